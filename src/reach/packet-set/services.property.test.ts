/** Sets of services say of every packet what match.ts says of it, for rules and for ACLs, there and back. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyPacket, anyRuleFacts } from '../../../test/arbitraries.ts'
import { parseCidr } from '../../net/cidr.ts'
import { type Packet, reversed } from '../../packet/packet.ts'
import { decidingLine, hasTraffic } from '../../policy/match.ts'
import type { AclLine, AclPolicy } from '../../policy/policy.ts'
import { at, type Diagram, Diagrams, everything, nothing } from './diagram.ts'
import { boxOf, hasPacket, samplePacket, servicePoint } from './packet-set.ts'
import { ruleText, serviceRules } from './service-text.ts'
import { aclServices, openings, trafficServices } from './services.ts'

const diagrams = new Diagrams()

function isAmong(services: Diagram, { payload }: Packet): boolean {
  return servicePoint(payload).reduce(at, services) === everything
}

test('a rule’s services are those that match admits', () => {
  const property = fc.property(anyRuleFacts, anyPacket, ({ traffic }, packet) => {
    expect(isAmong(trafficServices(diagrams, traffic), packet)).toBe(hasTraffic(traffic, packet.payload))
  })
  fc.assert(property, { numRuns: 3000 })
})

const anyLine = fc.oneof(
  ...['0.0.0.0/0', '::/0', '203.0.113.0/24', '2001:db8::/32'].map((cidr) =>
    fc.record({
      action: fc.constantFrom('allow', 'deny', 'allow'),
      traffic: fc.constantFrom(
        ...[{ protocol: -1 }, { protocol: 50 }, { protocol: 6 }, { protocol: 17 }, { protocol: 1 }, { protocol: 58 }],
        ...[6, 17].flatMap((protocol) =>
          [
            [22, 22],
            [1024, 65_535],
            [0, 443],
          ].map(([from = 0, to = 0]) => ({ protocol, ports: { from, to } })),
        ),
        ...[1, 58].flatMap((protocol) =>
          [
            [-1, -1],
            [8, -1],
            [0, 0],
            [128, 0],
            [129, -1],
            [3, 4],
          ].map(([type = 0, code = 0]) => ({ protocol, icmp: { type, code } })),
        ),
      ),
      cidr: fc.constant(cidr),
    }),
  ),
)

function aclOf(lines: readonly { action: string; traffic: Partial<AclLine>; cidr: string }[]): AclPolicy {
  const made = lines.map(({ action, traffic, cidr }, index): AclLine => {
    const block = parseCidr(cidr)?.cidr
    if (!block) throw new Error('it is a CIDR')
    const shape = { protocol: -1, ports: undefined, icmp: undefined, ...traffic }
    return { number: index + 1, action: action as AclLine['action'], cidr: block, ...shape }
  })
  const finals = aclLinesOf(['0.0.0.0/0', '::/0'])
  return { id: 'acl-1', lines: { ingress: [...made, ...finals], egress: [...made, ...finals] } }
}

function aclLinesOf(cidrs: readonly string[]): AclLine[] {
  return cidrs.flatMap((cidr) => {
    const block = parseCidr(cidr)?.cidr
    return block
      ? [{ number: '*', action: 'deny', protocol: -1, cidr: block, ports: undefined, icmp: undefined } as const]
      : []
  })
}

describe('an ACL’s services', () => {
  const anyAcl = fc.array(anyLine, { maxLength: 6 }).map(aclOf)

  test('are those of the packets that its deciding lines allow', () => {
    const property = fc.property(anyAcl, anyPacket, (acl, packet) => {
      const services = aclServices(diagrams, acl, { direction: 'ingress', peer: packet.source, heading: 'there' })
      expect(isAmong(services, packet)).toBe(decidingLine(acl, packet, 'ingress').action === 'allow')
    })
    fc.assert(property, { numRuns: 3000 })
  })

  test('on the way back are those of the packets whose answers it allows', () => {
    const property = fc.property(anyAcl, anyPacket, (acl, packet) => {
      const services = aclServices(diagrams, acl, { direction: 'egress', peer: packet.source, heading: 'back' })
      expect(isAmong(services, packet)).toBe(decidingLine(acl, reversed(packet), 'egress').action === 'allow')
    })
    fc.assert(property, { numRuns: 3000 })
  })
})

test('a sample is in its set, and a set without one is empty', () => {
  const anySet = fc.array(fc.tuple(anyRuleFacts, fc.constantFrom(4, 6)), { maxLength: 4 })
  const property = fc.property(anySet, ([first, ...more]) => {
    const whole = { 4: [{ first: 5n, last: 9n }], 6: [{ first: 5n, last: 9n }] }
    const services = more.reduce<Diagram>(
      (known, [{ traffic }]) => diagrams.difference(known, trafficServices(diagrams, traffic)),
      first ? trafficServices(diagrams, first[0].traffic) : nothing,
    )
    const set = boxOf(diagrams, { sources: whole, destinations: whole, services: { 4: services, 6: services } })
    const packet = samplePacket(diagrams, set)
    expect(packet === undefined).toBe(services === nothing)
    if (packet) expect(hasPacket(set, packet)).toBe(true)
  })
  fc.assert(property, { numRuns: 1000 })
})

const tcp22 = { protocol: 'tcp', from: 22, to: 22 } as const

test.each([
  ['all traffic', everything],
  ['', nothing],
  ['tcp 22', trafficServices(diagrams, tcp22)],
  ['tcp 22; udp', union(trafficServices(diagrams, tcp22), trafficServices(diagrams, anyOf('udp')))],
  ['tcp 0-21, 23-65535; udp; icmp; other protocols', without(everything, tcp22)],
  ['tcp', trafficServices(diagrams, anyOf('tcp'))],
  ['icmp 8', trafficServices(diagrams, { protocol: 'icmp', type: 8, code: -1 })],
  ['icmp 3/4', trafficServices(diagrams, { protocol: 'icmp', type: 3, code: 4 })],
  ['icmp', trafficServices(diagrams, { protocol: 'icmp', type: -1, code: -1 })],
  ['icmp 0-2, 3/0-3, 3/5-255, 4-255', without(icmp(), { protocol: 'icmp', type: 3, code: 4 })],
  ['protocol 50', trafficServices(diagrams, { protocol: 50 })],
  ['tcp 22 (from client ports 32768-60999)', narrowed()],
])('printed: %s', (text, services) => {
  expect(serviceRules(diagrams, services, 4).map(ruleText).join('; ')).toBe(text)
})

function anyOf(protocol: 'tcp' | 'udp') {
  return { protocol, from: 0, to: 65_535 } as const
}

function icmp(): Diagram {
  return trafficServices(diagrams, { protocol: 'icmp', type: -1, code: -1 })
}

function union(a: Diagram, b: Diagram): Diagram {
  return diagrams.union(a, b)
}

function without(services: Diagram, traffic: Parameters<typeof trafficServices>[1]): Diagram {
  return diagrams.difference(services, trafficServices(diagrams, traffic))
}

/** Port 22, whose answers may go to Linux's client ports. */
function narrowed(): Diagram {
  const answers = aclOf([
    { action: 'allow', traffic: { protocol: 6, ports: { from: 32_768, to: 60_999 } }, cidr: '0.0.0.0/0' },
  ])
  const back = aclServices(diagrams, answers, {
    direction: 'egress',
    peer: { family: 4, bits: 1n },
    heading: 'back',
  })
  return diagrams.intersection(trafficServices(diagrams, tcp22), back)
}

test('what may begin something has neither discovery nor the other family’s ICMP', () => {
  const printed = (family: 4 | 6) => serviceRules(diagrams, openings(diagrams, family), family).map(ruleText)
  expect([printed(4), printed(6)]).toEqual([['all traffic'], ['all traffic']])
  const rest = diagrams.difference(openings(diagrams, 6), trafficServices(diagrams, tcp22))
  expect(serviceRules(diagrams, rest, 6).map(ruleText).join('; ')).toBe(
    'tcp 0-21, 23-65535; udp; icmpv6; other protocols',
  )
})
