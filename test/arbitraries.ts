/**
 * Random packets, rules and worlds for properties. Values are drawn from few places and ports, so that
 * what is drawn meets: two random addresses of 2^32 never would.
 */

import fc from 'fast-check'
import { invariant } from '../src/base/invariant.ts'
import type { GroupId } from '../src/model/ids.ts'
import { notationWorld, worldLine } from '../src/model/notation.ts'
import type { Direction, Peer, Rule, Traffic } from '../src/model/rule.ts'
import { apply, type World } from '../src/model/world.ts'
import { type Address, parseAddress } from '../src/net/address.ts'
import type { Packet, Payload, Quoted } from '../src/packet/packet.ts'

const ownAddresses = ['10.0.0.10', '2001:db8::10'] as const
const remotes = {
  4: ['203.0.113.5', '203.0.113.200', '198.51.100.7', '10.0.0.20', '10.0.1.20', '192.0.2.1'],
  6: ['2001:db8:1::5', '2001:db8::20', '2001:db8:2::9', '2600:1f18::1'],
} as const

export function addressOf(text: string): Address {
  const address = parseAddress(text)
  invariant(address, `${text} is an address`)
  return address
}

export const anyDirection = fc.constantFrom<Direction>('ingress', 'egress')
const anyFamily = fc.constantFrom<4 | 6>(4, 6)
const anyPort = fc.oneof(fc.constantFrom(22, 53, 80, 443, 40_000), fc.integer({ min: 0, max: 65_535 }))
const anyPorts = fc.record({ source: anyPort, destination: anyPort })
const anyFlags = fc.oneof(fc.constantFrom(2, 18, 16, 24, 17, 4, 20, 0), fc.integer({ min: 0, max: 63 }))
const anyOther = fc.constantFrom(0, 41, 47, 50, 132, 255).map((protocol): Payload => ({ kind: 'other', protocol }))

const anyTransport = fc.oneof(
  fc.record({ kind: fc.constant('tcp' as const), ports: anyPorts, flags: anyFlags }),
  fc.record({ kind: fc.constant('udp' as const), ports: anyPorts }),
)

/** Quoted headers carry no errors of their own, as RFC 1122 has it. */
function anyIcmp(family: 4 | 6, about: fc.Arbitrary<Quoted> | undefined): fc.Arbitrary<Payload> {
  const protocol = family === 4 ? ('icmp' as const) : ('icmpv6' as const)
  const echoes = family === 4 ? [8, 0, 13, 14] : [128, 129]
  const errors = family === 4 ? [3, 4, 11, 12] : [1, 2, 3, 4]
  const base = { kind: fc.constant('icmp' as const), protocol: fc.constant(protocol) }
  const code = fc.constantFrom(0, 0, 1, 4, 255)
  const identifier = fc.constantFrom(0, 7, 65_535)
  const question = fc.record({ ...base, type: fc.constantFrom(...echoes), code, identifier })
  const bare = fc.record({ ...base, type: fc.integer({ min: 0, max: 255 }), code })
  return about
    ? fc.oneof(question, bare, fc.record({ ...base, type: fc.constantFrom(...errors), code, about }))
    : fc.oneof(question, bare)
}

function anyPayload(family: 4 | 6, about: fc.Arbitrary<Quoted> | undefined): fc.Arbitrary<Payload> {
  return fc.oneof(anyTransport, anyTransport, anyIcmp(family, about), anyOther)
}

function anyAddress(family: 4 | 6): fc.Arbitrary<Address> {
  return fc.constantFrom(...remotes[family], ownAddresses[family === 4 ? 0 : 1]).map(addressOf)
}

function anyHeader(family: 4 | 6, depth: number): fc.Arbitrary<Quoted> {
  const about = depth > 0 ? anyHeader(family, depth - 1) : undefined
  return fc.record({ source: anyAddress(family), destination: anyAddress(family), payload: anyPayload(family, about) })
}

const anyFragment = fc.record({ id: fc.integer({ min: 0, max: 3 }), part: fc.constantFrom('first', 'later') })

/** Any packet at all. */
export const anyPacket: fc.Arbitrary<Packet> = anyFamily.chain((family) =>
  fc.record(
    { ...spread(anyHeader(family, 1)), length: fc.integer({ min: 20, max: 65_535 }), fragment: anyFragment },
    { requiredKeys: ['source', 'destination', 'payload', 'length'] },
  ),
) as fc.Arbitrary<Packet>

function spread(header: fc.Arbitrary<Quoted>) {
  const part = <K extends keyof Quoted>(key: K) => header.map((each) => each[key])
  return { source: part('source'), destination: part('destination'), payload: part('payload') }
}

/** A packet between the interface of `worldWith` and somebody else, whole. */
export function anyPacketOf(direction: Direction): fc.Arbitrary<Packet> {
  return anyFamily.chain((family) => {
    const own = addressOf(ownAddresses[family === 4 ? 0 : 1])
    const far = fc.constantFrom(...remotes[family]).map(addressOf)
    return fc.record({ far, payload: anyPayload(family, anyHeader(family, 0)) }).map(({ far: other, payload }) => ({
      ...(direction === 'ingress' ? { source: other, destination: own } : { source: own, destination: other }),
      payload,
      length: 40,
    }))
  })
}

const anyTraffic: fc.Arbitrary<Traffic> = fc.oneof(
  fc.constant({ protocol: 'all' as const }),
  fc
    .record({ protocol: fc.constantFrom('tcp', 'udp'), one: anyPort, other: anyPort })
    .map(({ protocol, one, other }): Traffic => ({ protocol, from: Math.min(one, other), to: Math.max(one, other) })),
  fc.constantFrom<Traffic>(
    { protocol: 'tcp', from: 0, to: 65_535 },
    { protocol: 'udp', from: 0, to: 65_535 },
    { protocol: 'icmp', type: -1, code: -1 },
    { protocol: 'icmp', type: 8, code: -1 },
    { protocol: 'icmp', type: 3, code: 4 },
    { protocol: 'icmpv6', type: -1, code: -1 },
    { protocol: 'icmpv6', type: 128, code: 0 },
    { protocol: 50 },
    { protocol: 47 },
  ),
)

const anyPeer: fc.Arbitrary<Peer> = fc.oneof(
  fc
    .constantFrom('0.0.0.0/0', '0.0.0.0/1', '203.0.113.0/24', '203.0.113.5/32', '198.51.100.7/32', '10.0.0.0/16')
    .map((cidr): Peer => ({ kind: 'ipv4', cidr })),
  fc
    .constantFrom('::/0', '2001:db8::/32', '2001:db8:1::5/128', '2600::/12')
    .map((cidr): Peer => ({ kind: 'ipv6', cidr })),
  fc.constantFrom<Peer>(
    { kind: 'prefix-list', list: 'pl-4' },
    { kind: 'prefix-list', list: 'pl-6' },
    { kind: 'group', group: 'sg-p', owner: '123456789012' },
    { kind: 'group', group: 'sg-e', owner: '123456789012' },
    { kind: 'group', group: 'sg-gone', owner: '123456789012' },
  ),
)

type RuleFacts = Omit<Rule, 'id'>

export const anyRuleFacts: fc.Arbitrary<RuleFacts> = fc.record({
  direction: anyDirection,
  traffic: anyTraffic,
  peer: anyPeer,
})

/** Rules with ids of their own, in order. */
export function anyRules(most: number): fc.Arbitrary<Rule[]> {
  return fc
    .array(anyRuleFacts, { maxLength: most })
    .map((all) => all.map((facts, index): Rule => ({ id: `sgr-${index + 1}`, ...facts })))
}

const lines = [
  'prefix-list pl-4 203.0.113.0/25 198.51.100.7',
  'prefix-list pl-6 2001:db8:1::/48',
  'group e',
  'group p',
  'interface e 10.0.0.10 2001:db8::10 in e',
  'interface p 10.0.0.20 2001:db8::20 in p',
]

const bareWorld = worldLines(lines)
const holder: GroupId = 'sg-e'

/** The world of these lines of the notation. */
export function worldLines(texts: readonly string[]): World {
  return texts.reduce((world, line) => apply(world, worldLine(line, world)), notationWorld())
}

/** A world whose interface `eni-e` has these rules, and no others. */
export function worldWith(rules: readonly Rule[]): World {
  return apply(
    bareWorld,
    rules.map((rule) => ({ kind: 'rule-added', group: holder, rule })),
  )
}
