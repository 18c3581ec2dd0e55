/** After any walk the table holds what plain Maps with text for keys hold. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addressOf } from '../../test/arbitraries.ts'
import { type Instant, instant } from '../base/clock.ts'
import type { InstanceId, NetworkInterfaceId } from '../model/ids.ts'
import type { Direction } from '../model/rule.ts'
import { addressSet } from '../net/address-set.ts'
import { parseCidr } from '../net/cidr.ts'
import { flowKey } from '../packet/flow-key.ts'
import { type Payload, type Quoted, reversed } from '../packet/packet.ts'
import type { Allow, InterfacePolicy } from '../policy/policy.ts'
import { ConnectionTable } from './connection-table.ts'
import { firstState, nextState, type ProtocolState } from './protocol-state.ts'
import { opposite } from './tracking.ts'
import type { ConnectionView } from './verdict.ts'

const cards: Readonly<Record<NetworkInterfaceId, InstanceId | undefined>> = {
  'eni-a': 'i-1',
  'eni-b': 'i-1',
  'eni-c': undefined,
}
const cardIds = Object.keys(cards) as NetworkInterfaceId[]
const ownerOf = (card: NetworkInterfaceId) => cards[card] ?? card

function allowOf(rule: `sgr-${string}`, direction: Direction): Allow {
  const everywhere = ['0.0.0.0/0', '::/0'].flatMap((text) => parseCidr(text)?.cidr ?? [])
  const peers = addressSet(everywhere)
  return {
    rule,
    group: 'sg-1',
    direction,
    traffic: { protocol: 'all' },
    peerKind: 'ipv4',
    peer: '',
    peers,
    open: undefined,
  }
}

/** Version 0 has rules 0 and 1, version 1 has 1 and 2, and so on. */
function policyOf(card: NetworkInterfaceId, version: number): InterfacePolicy {
  const rules = [version, version + 1].map((number) => `sgr-${number}` as const)
  const allows = {
    ingress: rules.map((rule) => allowOf(rule, 'ingress')),
    egress: rules.map((rule) => allowOf(rule, 'egress')),
  }
  const acl = { id: 'acl-1', lines: { ingress: [], egress: [] } } as const
  const facts = { groups: [], subnet: [], addresses: [], resolvers: [], router: undefined, tracking: {} }
  return { id: card, instance: cards[card], allows, acl, sourceDestCheck: true, ...facts }
}

const payloads: readonly ((port: number) => Payload)[] = [
  (port) => ({ kind: 'tcp', ports: { source: 40_000 + port, destination: 443 }, flags: 2 }),
  (port) => ({ kind: 'udp', ports: { source: 443, destination: 40_000 + port } }),
  (port) => ({ kind: 'icmp', protocol: 'icmp', type: 8, code: port % 2, identifier: port }),
  (port) => ({ kind: 'icmp', protocol: 'icmpv6', type: 128, code: 0, identifier: port }),
  (port) => ({ kind: 'other', protocol: port % 256 }),
]

/** The last two pairs are one number in both families. */
const ends = [
  ['203.0.113.5', '10.0.0.10'],
  ['10.0.0.10', '203.0.113.5'],
  ['2001:db8::5', '2001:db8:1::10'],
  ['2001:db8:1::10', '2001:db8::5'],
  ['2001:db8::1:0:0:5', '2001:db8:1::10'],
  ['0.0.0.7', '0.0.0.9'],
  ['::7', '::9'],
].map(([source = '', destination = '']) => ({ source: addressOf(source), destination: addressOf(destination) }))

const anyFlow = fc.record({
  card: fc.constantFrom(...cardIds),
  direction: fc.constantFrom('ingress' as const, 'egress' as const),
  ends: fc.constantFrom(...ends),
  payload: fc.constantFrom(...payloads),
  port: fc.integer({ min: 0, max: 3 }),
})

const anyStep = fc.record({
  kind: fc.constantFrom('add', 'add', 'add', 'burst', 'delete', 'forget', 'wait', 'answer', 'count', 'change'),
  flow: anyFlow,
  span: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 900, max: 2100 }), fc.integer({ max: 2 ** 31 })),
})

type Flow = typeof anyFlow extends fc.Arbitrary<infer T> ? T : never
type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never

interface Entry {
  readonly card: NetworkInterfaceId
  readonly keys: readonly [string, string]
  readonly direction: Direction
  readonly opening: Quoted
  readonly version: number
  readonly openedAt: Instant
  state: ProtocolState
  expiresAt: Instant
}

class Walk {
  readonly table = new ConnectionTable()
  readonly policies = new Map(cardIds.map((id) => [id, policyOf(id, 0)]))
  readonly versions = new Map(cardIds.map((id) => [id, 0]))
  entries = new Map<string, Entry>()
  now = instant(1_700_000_000_000)

  take({ kind, flow, span }: Step): void {
    const { card, direction } = flow
    const header = headerOf(flow)
    const found = this.compare(card, header, direction)
    const end = instant(this.now + Math.abs(span))
    if (kind === 'wait') this.now = end
    else if (kind === 'forget') this.forget(card)
    else if (kind === 'change') this.change(card)
    else if (kind === 'burst') for (let port = 0; port < 150; port++) this.add({ ...flow, port: 100 + port }, end)
    else if (kind === 'count') this.count(card)
    else if (kind === 'add' && !found) this.add(flow, end)
    else if (found && kind === 'delete') this.delete(found)
    else if (found && kind === 'answer') this.answer(found, end)
    this.entries = new Map([...this.entries].filter(([, { expiresAt }]) => this.now < expiresAt))
  }

  /** The flow's entry, after the table has shown the same in both orientations. */
  compare(card: NetworkInterfaceId, header: Quoted, direction: Direction): Entry | undefined {
    const entry = this.entries.get(keyOf(card, header, direction))
    const policy = this.policyOf(card)
    const orientations = [
      [header, direction],
      [reversed(header), opposite(direction)],
    ] as const
    for (const [each, way] of orientations) {
      const handle = this.table.find(policy, each, way, this.now)
      expect(handle === undefined ? undefined : this.table.viewOf(handle, policy)).toEqual(entry && this.viewOf(entry))
    }
    return entry
  }

  add({ card, direction, ...rest }: Flow, expiresAt: Instant): void {
    const opening = headerOf({ card, direction, ...rest })
    if (this.compare(card, opening, direction)) return
    const keys = [keyOf(card, opening, direction), keyOf(card, reversed(opening), opposite(direction))] as const
    const version = this.versions.get(card) ?? 0
    const state = firstState(opening.payload)
    const facts = { direction, state, expiresAt, opening }
    const policy = this.policyOf(card)
    const [matching, now] = [policy.allows[direction], this.now]
    this.table.add({ ...facts, policy, matching, why: 'the protocol is always tracked', now, openedAt: now })
    const entry = { ...facts, card, keys, version, openedAt: now }
    for (const key of keys) this.entries.set(key, entry)
  }

  answer(entry: Entry, expiresAt: Instant): void {
    const answer = reversed(entry.opening)
    const handle = this.table.find(this.policyOf(entry.card), answer, opposite(entry.direction), this.now)
    entry.state = nextState(entry.state, 'reply', answer.payload)
    entry.expiresAt = expiresAt
    if (handle !== undefined) this.table.renew(handle, entry.state, expiresAt)
  }

  delete(entry: Entry): void {
    const handle = this.table.find(this.policyOf(entry.card), entry.opening, entry.direction, this.now)
    if (handle !== undefined) this.table.delete(handle)
    for (const key of entry.keys) this.entries.delete(key)
  }

  forget(card: NetworkInterfaceId): void {
    this.table.forget(card)
    this.entries = new Map([...this.entries].filter(([, entry]) => entry.card !== card))
  }

  change(card: NetworkInterfaceId): void {
    const version = (this.versions.get(card) ?? 0) + 1
    this.versions.set(card, version)
    this.policies.set(card, policyOf(card, version))
  }

  count(card: NetworkInterfaceId): void {
    const counted = this.all.filter((entry) => ownerOf(entry.card) === ownerOf(card))
    expect(this.table.countFor(ownerOf(card), this.now, 0)).toBe(counted.length)
  }

  policyOf(card: NetworkInterfaceId): InterfacePolicy {
    return this.policies.get(card) ?? policyOf(card, 0)
  }

  get all(): Entry[] {
    return [...new Set(this.entries.values())]
  }

  viewOf({ card, version, direction, openedAt, expiresAt, state }: Entry): ConnectionView {
    const today = this.versions.get(card) ?? 0
    const by = [version, version + 1].map((number) => ({
      rule: `sgr-${number}` as const,
      group: 'sg-1' as const,
      isInForce: number === today || number === today + 1,
    }))
    return { by, direction, openedAt, expiresAt, state }
  }
}

function headerOf({ ends: { source, destination }, payload, port }: Flow): Quoted {
  return { source, destination, payload: payload(port) }
}

function keyOf(card: NetworkInterfaceId, header: Quoted, direction: Direction): string {
  return `${card} ${direction} ${flowKey(header)}`
}

test('live connections, found, shown and counted, are those of Maps after any walk', () => {
  const property = fc.property(fc.array(anyStep, { maxLength: 80 }), (steps) => {
    const walk = new Walk()
    for (const step of steps) {
      walk.take(step)
      const facts = Array.from(walk.table.live(walk.now), ({ networkInterface, instance, opening, openedAt, by }) => {
        return { networkInterface, instance, opening, openedAt, rules: by.map(({ rule }) => rule) }
      })
      const expected = walk.all.map(({ card, opening, openedAt, version }) => {
        const rules = [`sgr-${version}`, `sgr-${version + 1}`]
        return { networkInterface: card, instance: cards[card], opening, openedAt, rules }
      })
      expect(facts).toEqual(expected)
    }
    for (const entry of walk.all) walk.compare(entry.card, entry.opening, entry.direction)
    for (const card of cardIds) walk.count(card)
  })
  fc.assert(property, { numRuns: 120 })
})

test('a connection is there until the millisecond before its deadline, wherever the deadline was moved', () => {
  const anySpans = fc.array(fc.integer({ min: 1, max: 2 ** 31 }), { minLength: 1, maxLength: 5 })
  const property = fc.property(anyFlow, anySpans, (flow, spans) => {
    const walk = new Walk()
    walk.add(flow, instant(walk.now + (spans[0] ?? 1)))
    for (const span of spans) for (const entry of walk.all) walk.answer(entry, instant(walk.now + span))
    const deadline = walk.now + (spans.at(-1) ?? 1)
    expect(walk.table.countFor(ownerOf(flow.card), instant(deadline - 1), 0)).toBe(1)
    expect(walk.table.countFor(ownerOf(flow.card), instant(deadline), 0)).toBe(0)
  })
  fc.assert(property, { numRuns: 500 })
})

test('memory is bounded by what is alive, not by what was', () => {
  const walk = new Walk()
  const payload = (port: number) => ({ kind: 'udp', ports: { source: 53, destination: port } }) as const
  const [v6 = { source: addressOf('::1'), destination: addressOf('::2') }] = ends.slice(2)
  const udp: Flow = { card: 'eni-a', direction: 'egress', ends: v6, payload, port: 0 }
  const start = walk.now
  for (let port = 0; port < 6000; port++) {
    walk.now = instant(start + port)
    walk.add({ ...udp, port }, instant(start + port + 10))
  }
  expect(Array.from(walk.table.live(instant(start + 6000)))).toHaveLength(9)
  expect(walk.table.countFor(ownerOf(udp.card), instant(start + 6000), 1_000_000)).toBeLessThan(12)
})
