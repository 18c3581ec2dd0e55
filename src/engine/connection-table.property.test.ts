/** After any walk the table holds what a plain list holds. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addressOf } from '../../test/arbitraries.ts'
import { type Instant, instant } from '../base/clock.ts'
import type { NetworkInterfaceId } from '../model/ids.ts'
import { flowKey } from '../packet/flow-key.ts'
import { type Packet, reversed } from '../packet/packet.ts'
import type { Connection, TrackingKey } from './connection.ts'
import { ConnectionTable } from './connection-table.ts'

const cards: readonly NetworkInterfaceId[] = ['eni-a', 'eni-b', 'eni-c']

/** `eni-a` and `eni-b` are of one instance. */
function ownerOf(card: NetworkInterfaceId): string {
  return card === 'eni-c' ? card : 'i-1'
}

function packetTo(port: number): Packet {
  const payload = { kind: 'udp', ports: { source: 1000, destination: port } } as const
  return { source: addressOf('203.0.113.5'), destination: addressOf('10.0.0.10'), payload, length: 40 }
}

function connectionOf(card: NetworkInterfaceId, port: number, now: Instant, expiresAt: Instant): Connection {
  const opening = packetTo(port)
  return {
    networkInterface: card,
    instance: card === 'eni-c' ? undefined : 'i-1',
    direction: 'ingress',
    opening,
    originalKey: `ingress ${flowKey(opening)}`,
    replyKey: `egress ${flowKey(reversed(opening))}`,
    by: [],
    why: 'the protocol is always tracked',
    openedAt: now,
    state: { protocol: 'other' },
    expiresAt,
  }
}

const anyStep = fc.record({
  kind: fc.constantFrom('add', 'add', 'add', 'delete', 'forget', 'wait', 'renew'),
  card: fc.constantFrom(...cards),
  port: fc.integer({ min: 1, max: 6 }),
  span: fc.integer({ min: 1, max: 20 }),
})

type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never

interface Walk {
  readonly table: ConnectionTable
  list: Connection[]
  now: Instant
}

function take(walk: Walk, { kind, card, port, span }: Step): void {
  const key: TrackingKey = `ingress ${flowKey(packetTo(port))}`
  const found = walk.table.find(card, key, walk.now)
  const listed = walk.list.find((each) => each.networkInterface === card && each.originalKey === key)
  expect(found).toBe(listed)
  if (kind === 'wait') walk.now = instant(walk.now + span)
  else if (kind === 'forget') {
    walk.table.forget(card)
    walk.list = walk.list.filter((each) => each.networkInterface !== card)
  } else if (found && kind === 'renew') found.expiresAt = instant(walk.now + span)
  else if (found && kind === 'delete') {
    walk.table.delete(found)
    walk.list = walk.list.filter((each) => each !== found)
  } else if (!found && kind === 'add') {
    const connection = connectionOf(card, port, walk.now, instant(walk.now + span))
    walk.table.add(connection, walk.now)
    walk.list.push(connection)
  }
  walk.list = walk.list.filter(({ expiresAt }) => walk.now < expiresAt)
}

test('live connections, found and counted, are those of a list after any walk', () => {
  const property = fc.property(fc.array(anyStep, { maxLength: 60 }), (steps) => {
    const walk: Walk = { table: new ConnectionTable(), list: [], now: instant(0) }
    for (const step of steps) {
      take(walk, step)
      expect(new Set(walk.table.live(walk.now))).toEqual(new Set(walk.list))
    }
    for (const card of cards) {
      const counted = walk.list.filter(({ networkInterface }) => ownerOf(networkInterface) === ownerOf(card))
      expect(walk.table.countFor(ownerOf(card), walk.now, 0)).toBe(counted.length)
      for (const each of walk.list) expect(walk.table.find(each.networkInterface, each.replyKey, walk.now)).toBe(each)
    }
  })
  fc.assert(property, { numRuns: 500 })
})

test('memory is bounded by what is alive, not by what was', () => {
  const table = new ConnectionTable()
  for (let port = 0; port < 20_000; port++) {
    const now = instant(port)
    table.add(connectionOf('eni-a', port, now, instant(port + 10)), now)
  }
  expect(Array.from(table.live(instant(20_000)))).toHaveLength(9)
  expect(table.countFor('i-1', instant(20_000), 1_000_000)).toBeLessThan(2_000)
})
