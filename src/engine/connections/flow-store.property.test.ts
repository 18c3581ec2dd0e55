/** Flows that collide are told apart, whatever grew, shrank, closed its gaps or expired meanwhile. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Instant, instant } from '../../base/clock.ts'
import type { Address } from '../../net/address.ts'
import { none } from './flow-index.ts'
import type { Width } from './flow-records.ts'
import { FlowStore } from './flow-store.ts'
import { PackedFlow } from './packed-flow.ts'

function flowOf(width: Width, number: number): PackedFlow {
  const address = (low: bigint): Address =>
    width === 'narrow' ? { family: 4, bits: low } : { family: 6, bits: (0x2001_0db8n << 96n) | (low << 40n) }
  const ports = { source: number & 0xffff, destination: 443 }
  const ends = { source: address(BigInt(number >>> 16)), destination: address(10n) }
  const flow = new PackedFlow()
  flow.pack({ ...ends, payload: { kind: 'udp', ports } }, 'ingress', 7)
  return flow
}

/** The tag, and the home in a table of 64 places. */
const seen = 0xff00_003f

/** Flows that stand in each other's way as long as the table is small, and many others. */
function pool(width: Width): PackedFlow[] {
  const colliding: PackedFlow[] = []
  for (let number = 0; colliding.length < 12; number++) {
    const flow = flowOf(width, number)
    if (((flow.hash ^ flowOf(width, 0).hash) & seen) === 0) colliding.push(flow)
  }
  return [...colliding, ...Array.from({ length: 500 }, (_, n) => flowOf(width, 0x0100_0000 + n))]
}

const anyStep = fc.record({
  kind: fc.constantFrom('add', 'add', 'remove', 'renew', 'pass'),
  first: fc.oneof(fc.nat(11), fc.nat(511)),
  count: fc.constantFrom(1, 1, 1, 40, 300),
  span: fc.oneof(fc.nat(30), fc.nat(3000), fc.nat(4_000_000), fc.constant(2 ** 31)),
})

interface Walk {
  readonly store: FlowStore
  readonly flows: readonly PackedFlow[]
  readonly deadlines: Map<PackedFlow, Instant>
  now: Instant
}

function take(
  walk: Walk,
  { kind, first, count, span }: typeof anyStep extends fc.Arbitrary<infer T> ? T : never,
): void {
  const { store, flows, deadlines } = walk
  const deadline = instant(walk.now + 1 + span)
  if (kind === 'pass') {
    walk.now = deadline
    store.takeExpired(walk.now, Number.POSITIVE_INFINITY, (record) => store.remove(record))
    for (const [flow, end] of deadlines) if (end <= walk.now) deadlines.delete(flow)
    return
  }
  for (const flow of flows.slice(first, first + count)) {
    const record = store.find(flow)
    if (kind === 'add' && record === none) {
      store.add(flow, { now: walk.now, openedAt: walk.now, order: 0, expiresAt: deadline, state: 1, admission: 1 })
      deadlines.set(flow, deadline)
    } else if (kind === 'renew' && record !== none) {
      store.renew(record, deadline)
      deadlines.set(flow, deadline)
    } else if (kind === 'remove' && record !== none) {
      store.remove(record)
      deadlines.delete(flow)
    }
  }
}

test.each(['narrow', 'wide'] as const)('a store of %s flows holds what a Map holds', (width) => {
  const flows = pool(width)
  const property = fc.property(fc.array(anyStep, { maxLength: 40 }), (steps) => {
    const walk: Walk = { store: new FlowStore(width), flows, deadlines: new Map(), now: instant(1_700_000_000_000) }
    for (const step of steps) {
      take(walk, step)
      expect(walk.store.records.count).toBe(walk.deadlines.size)
      const held = flows.map((flow) => {
        const record = walk.store.find(flow)
        return record === none ? undefined : walk.store.records.expiresAt(record)
      })
      expect(held).toEqual(flows.map((flow) => walk.deadlines.get(flow)))
    }
  })
  fc.assert(property, { numRuns: 60 })
})

test('a turn of the wheel is short: what expires at once is handed over a few at a time', () => {
  const store = new FlowStore('narrow')
  const now = instant(0)
  for (let number = 0; number < 5000; number++) {
    store.add(flowOf('narrow', number), {
      now,
      openedAt: now,
      order: number,
      expiresAt: instant(90_000),
      state: 0,
      admission: 0,
    })
  }
  let taken = 0
  store.takeExpired(instant(200_000), 100, (record) => {
    store.remove(record)
    taken++
  })
  expect(taken).toBeLessThanOrEqual(100)
  expect(store.records.count).toBe(5000 - taken)
  store.takeExpired(instant(200_000), Number.POSITIVE_INFINITY, (record) => store.remove(record))
  expect(store.records.count).toBe(0)
})
