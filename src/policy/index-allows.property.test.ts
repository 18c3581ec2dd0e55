/** The index answers what the plain search answers, rule for rule and in the same order. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyDirection, anyPacket, anyRules, worldWith } from '../../test/arbitraries.ts'
import { invariant } from '../base/invariant.ts'
import type { Traffic } from '../model/rule.ts'
import type { Address, Family } from '../net/address.ts'
import { addressSet } from '../net/address-set.ts'
import { blockAround, type Cidr, lastOf } from '../net/cidr.ts'
import { parsePacket } from '../packet/notation.ts'
import type { Payload } from '../packet/packet.ts'
import { inheritIndex, matchingRulesQuickly } from './index-allows.ts'
import { IndexOverlay } from './index-overlay.ts'
import { admits, matchingRules } from './match.ts'
import type { Allow, InterfacePolicy } from './policy.ts'
import { PolicyTable } from './policy-table.ts'
import { indexRules, type RuleIndex } from './rule-index.ts'

function policyOf(rules: Parameters<typeof worldWith>[0]): InterfacePolicy {
  return new PolicyTable(worldWith(rules)).get('eni-e') as InterfacePolicy
}

function indexed(allows: readonly Allow[]): RuleIndex {
  const index = indexRules(allows)
  invariant(index, 'so few rules can be indexed')
  return index
}

test('over random policies and packets', () => {
  const anyCase = fc.record({
    rules: anyRules(80),
    questions: fc.array(fc.tuple(anyPacket, anyDirection), { minLength: 1, maxLength: 20 }),
  })
  const property = fc.property(anyCase, ({ rules, questions }) => {
    const policy = policyOf(rules)
    const index = { ingress: indexed(policy.allows.ingress), egress: indexed(policy.allows.egress) }
    for (const [packet, direction] of questions) {
      const peer = direction === 'ingress' ? packet.source : packet.destination
      expect(index[direction].matching(peer, packet.payload)).toEqual(matchingRules(policy, packet, direction))
    }
  })
  fc.assert(property, { numRuns: 300 })
})

/** Blocks near each other, so that they overlap, touch and nest; some at either end of the line. */
const places: Readonly<Record<Family, readonly bigint[]>> = {
  4: [0n, 0x0a00_0000n, 0x0a00_ff00n, 0x7fff_ff00n, 0x8000_0000n, 0xcb00_7100n, 0xffff_ff00n],
  6: [0n, 0x2001_0db8n << 96n, (0x2001_0db8n << 96n) + (1n << 64n), (0x2600n << 112n) - 1n, (1n << 128n) - 256n],
}
const anyFamily = fc.constantFrom<Family>(4, 6)
const anyBits = (family: Family) =>
  fc
    .tuple(fc.constantFrom(...places[family]), fc.nat({ max: 1023 }), fc.constantFrom(0, 8, 22, 32, 64, 100))
    .map(([place, offset, shift]) => BigInt.asUintN(family === 4 ? 32 : 128, place + (BigInt(offset) << BigInt(shift))))
const anyBlock: fc.Arbitrary<Cidr> = anyFamily.chain((family) =>
  fc
    .tuple(
      anyBits(family),
      fc.constantFrom(...(family === 4 ? [0, 1, 8, 16, 23, 24, 30, 32] : [0, 3, 32, 63, 64, 65, 96, 127, 128])),
    )
    .map(([bits, length]) => blockAround({ family, bits }, length)),
)
const anyPort = fc.oneof(fc.constantFrom(0, 255, 256, 443, 65_280, 65_535), fc.nat({ max: 65_535 }))
const anyCode = fc.constantFrom(-1, 0, 1, 255)
const anyTraffic: fc.Arbitrary<Traffic> = fc.oneof(
  fc.constant<Traffic>({ protocol: 'all' }),
  fc
    .record({ protocol: fc.constantFrom('tcp', 'udp'), one: anyPort, other: anyPort })
    .map(({ protocol, one, other }): Traffic => ({ protocol, from: Math.min(one, other), to: Math.max(one, other) })),
  fc
    .record({ protocol: fc.constantFrom('tcp', 'udp'), at: anyPort })
    .map(({ protocol, at }) => ({ protocol, from: at, to: at })),
  fc.record({ protocol: fc.constantFrom('icmp', 'icmpv6'), type: anyCode, code: anyCode }),
  fc.constantFrom(0, 6, 47, 50, 255).map((protocol): Traffic => ({ protocol })),
)
const anyAllow = fc
  .record({ traffic: anyTraffic, blocks: fc.array(anyBlock, { maxLength: 6 }), rule: fc.nat({ max: 99_999 }) })
  .map(({ traffic, blocks, rule }): Allow => {
    const peers = addressSet(blocks)
    return {
      rule: `sgr-${rule}`,
      group: 'sg-1',
      direction: 'ingress',
      traffic,
      peerKind: 'ipv4',
      peer: '',
      peers,
      open: undefined,
    }
  })

const near = (value: number, most: number) => [value - 1, value, value + 1].filter((each) => each >= 0 && each <= most)

/** At, before and behind the edges of a rule's traffic, and of all protocols. */
function payloadsAround(traffic: Traffic): Payload[] {
  const ports = 'from' in traffic ? [...near(traffic.from, 65_535), ...near(traffic.to, 65_535)] : [80]
  const [type, code] = 'type' in traffic ? [traffic.type, traffic.code] : [8, 0]
  const numbers = typeof traffic.protocol === 'number' ? [traffic.protocol, 6, 132] : [6]
  return [
    ...ports.flatMap((destination): Payload[] => [
      { kind: 'tcp', ports: { source: 9, destination }, flags: 2 },
      { kind: 'udp', ports: { source: 9, destination } },
    ]),
    ...(['icmp', 'icmpv6'] as const).flatMap((protocol) =>
      near(Math.max(type, 0), 255).flatMap((each) =>
        near(Math.max(code, 0), 255).map((one): Payload => ({ kind: 'icmp', protocol, type: each, code: one })),
      ),
    ),
    ...numbers.map((protocol): Payload => ({ kind: 'other', protocol })),
  ]
}

function addressesAround({ peers }: Allow): Address[] {
  return ([4, 6] as const).flatMap((family) => {
    const most = lastOf(blockAround({ family, bits: 0n }, 0))
    return peers[family]
      .flatMap(({ first, last }) => [first - 1n, first, (first + last) / 2n, last, last + 1n])
      .filter((bits) => bits >= 0n && bits <= most)
      .map((bits) => ({ family, bits }))
  })
}

interface Finder {
  matching(peer: Address, payload: Payload): readonly Allow[]
}

/** Holds the finder to the plain search at the edges of some rules' addresses, with the traffic of others. */
function expectSame(finder: Finder, allows: readonly Allow[], probes: readonly Allow[]): void {
  for (const [at, probe] of probes.entries()) {
    const payloads = payloadsAround((probes[(at * 7 + 3) % probes.length] as Allow).traffic)
    addressesAround(probe).forEach((peer, index) => {
      const some = [...payloadsAround(probe.traffic), ...payloads].filter((_, each) => each % 5 === index % 5)
      for (const payload of some) {
        const found = finder.matching(peer, payload)
        const wanted = allows.filter((allow) => admits(allow, peer, payload))
        if (found.length !== wanted.length || found.some((allow, place) => allow !== wanted[place])) {
          expect({ peer, payload, found }).toEqual({ peer, payload, found: wanted })
        }
      }
    })
  }
}

describe('at the edges of overlapping rules of every protocol and both families', () => {
  test.each([
    { way: 'by search', size: 40, isAccelerated: false },
    { way: 'by tries', size: 40, isAccelerated: true },
  ])('$way', ({ size, isAccelerated }) => {
    const property = fc.property(fc.array(anyAllow, { minLength: 1, maxLength: size }), (allows) => {
      const index = indexed(allows)
      if (isAccelerated) index.accelerate()
      expectSame(index, allows, allows)
    })
    fc.assert(property, { numRuns: 120 })
  })

  test('of hundreds of rules, so that long lines of both families have tries', () => {
    const property = fc.property(fc.array(anyAllow, { minLength: 400, maxLength: 500, size: 'max' }), (allows) => {
      const index = indexed(allows)
      index.accelerate()
      expectSame(index, allows, allows.slice(0, 40))
    })
    fc.assert(property, { numRuns: 6 })
  })
})

describe('rules that came of others by changes', () => {
  const anyChange = fc.record({
    at: fc.nat({ max: 99 }),
    kind: fc.constantFrom('gone', 'new', 'other', 'moved'),
    allow: anyAllow,
  })

  test('are answered from the index of those, whatever changed', () => {
    const anyCase = fc.record({
      allows: fc.uniqueArray(anyAllow, { minLength: 1, maxLength: 40, selector: ({ rule }) => rule }),
      changes: fc.array(anyChange, { maxLength: 12 }),
    })
    let overlays = 0
    const property = fc.property(anyCase, ({ allows, changes }) => {
      const after = changes.reduce(changed, allows)
      const overlay = IndexOverlay.over(indexed(allows), after)
      if (overlay) overlays += 1
      if (overlay) expectSame(overlay, after, [...allows, ...after].slice(0, 40))
    })
    fc.assert(property, { numRuns: 120 })
    expect(overlays).toBeGreaterThan(100)
  })

  test('are too many changes for an overlay beyond 32 new rules', () => {
    const allows = fc.sample(anyAllow, { numRuns: 80, seed: 1 })
    const base = indexed(allows.slice(0, 40))
    expect(IndexOverlay.over(base, [...allows.slice(0, 40), ...allows.slice(40, 72)])).toBeDefined()
    expect(IndexOverlay.over(base, [...allows.slice(0, 40), ...allows.slice(40, 73)])).toBeUndefined()
  })

  interface RuleEdit {
    readonly at: number
    readonly kind: string
    readonly allow: Allow
  }

  function changed(allows: readonly Allow[], { at, kind, allow }: RuleEdit): readonly Allow[] {
    const place = at % (allows.length + 1)
    const present = allows[place]
    if (kind === 'new' || !present) return allows.toSpliced(place, 0, allow)
    if (kind === 'gone') return allows.toSpliced(place, 1)
    if (kind === 'other') return allows.toSpliced(place, 1, { ...allow, rule: present.rule })
    return [...allows.toSpliced(place, 1), present]
  }
})

const many = Array.from({ length: 70 }, (_, index) => ({
  id: `sgr-${index}` as const,
  direction: 'ingress' as const,
  traffic: { protocol: 'tcp' as const, from: index * 10, to: index * 10 + 9 },
  peer: { kind: 'ipv4' as const, cidr: index % 2 === 0 ? '0.0.0.0/0' : '203.0.113.0/24' },
}))

test.each([
  ['203.0.113.5', 0, ['sgr-0']],
  ['203.0.113.5', 9, ['sgr-0']],
  ['203.0.113.5', 10, ['sgr-1']],
  ['203.0.112.255', 10, []],
  ['203.0.113.0', 319, ['sgr-31']],
  ['203.0.113.255', 320, ['sgr-32']],
  ['203.0.114.0', 330, []],
  ['255.255.255.255', 699, []],
  ['0.0.0.0', 689, ['sgr-68']],
  ['203.0.113.5', 700, []],
  ['203.0.113.5', 65_535, []],
])('at the edges: from %s to port %i', (source, port, rules) => {
  const { source: peer, payload } = parsePacket(`tcp ${source}:1 > 10.0.0.10:${port} S`)
  expect(
    indexed(policyOf(many).allows.ingress)
      .matching(peer, payload)
      .map(({ rule }) => rule),
  ).toEqual(rules)
})

describe('a policy that is asked often', () => {
  const packet = parsePacket('tcp 203.0.113.5:1 > 10.0.0.10:105 S')
  const answersOf = (policy: InterfacePolicy, times: number) =>
    new Set(Array.from({ length: times }, () => namesOf(matchingRulesQuickly(policy, packet, 'ingress'))))
  const namesOf = (allows: readonly Allow[]) => allows.map(({ rule }) => rule).join(' ')

  test('answers the same from its index, and from its tries, as before it had them', () => {
    expect(answersOf(policyOf(many), 20_000)).toEqual(new Set(['sgr-10']))
  })

  test('hands its index on, and what follows answers as its own rules say', () => {
    const policy = policyOf(many)
    answersOf(policy, 600)
    const without = policy.allows.ingress.filter(({ rule }) => rule !== 'sgr-10')
    inheritIndex(policy.allows.ingress, without)
    const after = { ...policy, allows: { ...policy.allows, ingress: without } }
    expect(answersOf(after, 600)).toEqual(new Set(['']))
  })
})
