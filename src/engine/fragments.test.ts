/** Which datagram's verdict a later fragment shares, for how long, and how many are remembered. */

import { describe, expect, test } from 'vitest'
import { worldLines } from '../../test/arbitraries.ts'
import { instant, seconds } from '../base/clock.ts'
import { invariant } from '../base/invariant.ts'
import type { Direction } from '../model/rule.ts'
import { parsePacket } from '../packet/notation.ts'
import { PolicyTable } from '../policy/policy-table.ts'
import { FragmentMemory } from './fragments.ts'
import { allow, deny, type Verdict } from './verdict.ts'

const policies = new PolicyTable(worldLines(['interface e 10.0.0.10', 'interface f 10.0.0.10']))

function meeting(text: string, at = 0, name: 'e' | 'f' = 'e', direction: Direction = 'ingress') {
  const policy = policies.get(`eni-${name}`)
  invariant(policy, 'the world has both')
  return { packet: parsePacket(text), policy, direction, now: instant(at) }
}

const because = { kind: 'message', rules: [{ rule: 'sgr-1', group: 'sg-e' }] } as const
const passed = allow(because)
const first = 'udp 203.0.113.5:1000 > 10.0.0.10:53 first 7'
const later = 'udp 203.0.113.5:1000 > 10.0.0.10:53 later 7'
const unknown = deny({ kind: 'fragment-without-first' })

function remembering(verdict: Verdict = passed, at = 0): FragmentMemory {
  const memory = new FragmentMemory(seconds(30))
  const met = meeting(first, at)
  memory.remember(met, verdict, met.now)
  return memory
}

describe('a later fragment', () => {
  test('passes as its datagram’s first did, because of the same', () => {
    expect(remembering().verdictOf(meeting(later))).toEqual(allow({ kind: 'fragment', first: because }))
  })

  test('is refused as its datagram’s first was', () => {
    const refused = deny({ kind: 'multicast' })
    expect(remembering(refused).verdictOf(meeting(later))).toEqual(
      deny({ kind: 'fragment', first: { kind: 'multicast' } }),
    )
  })

  test.each([
    ['of another identifier', meeting('udp 203.0.113.5:1000 > 10.0.0.10:53 later 8')],
    ['from another source', meeting('udp 203.0.113.6:1000 > 10.0.0.10:53 later 7')],
    ['for another destination', meeting('udp 203.0.113.5:1000 > 10.0.0.11:53 later 7')],
    ['of the other family', meeting('udp [::cb00:7105]:1000 > [::a00:a]:53 later 7')],
    ['of another protocol', meeting('tcp 203.0.113.5:1000 > 10.0.0.10:53 A later 7')],
    ['in the other direction', meeting(later, 0, 'e', 'egress')],
    ['at another interface', meeting(later, 0, 'f')],
  ])('%s is of another datagram', (_, met) => {
    expect(remembering().verdictOf(met)).toEqual(unknown)
  })

  test('is of the same datagram whatever its ports would be, as it has none', () => {
    const other = 'udp 203.0.113.5:1 > 10.0.0.10:2 later 7'
    expect(remembering().verdictOf(meeting(other)).action).toBe('allow')
  })

  test.each([
    [0, 29_999, 'allow'],
    [0, 30_000, 'deny'],
    [500, 30_499, 'allow'],
    [500, 30_500, 'deny'],
  ])('of a first at %i ms comes in time at %i ms: %s', (at, now, action) => {
    expect(remembering(passed, at).verdictOf(meeting(later, now)).action).toBe(action)
  })

  test('goes by the latest first of its identifier', () => {
    const memory = remembering(passed, 0)
    const again = meeting(first, 20_000)
    memory.remember(again, deny({ kind: 'multicast' }), again.now)
    expect(memory.verdictOf(meeting(later, 49_999))).toEqual(deny({ kind: 'fragment', first: { kind: 'multicast' } }))
  })
})

test('four thousand and ninety-six datagrams are remembered, and the oldest makes room', () => {
  const memory = new FragmentMemory(seconds(30))
  const remember = (id: number) => {
    const met = meeting(`udp 203.0.113.5:1000 > 10.0.0.10:53 first ${id}`)
    memory.remember(met, passed, met.now)
  }
  const isKnown = (id: number) =>
    memory.verdictOf(meeting(`udp 203.0.113.5:1000 > 10.0.0.10:53 later ${id}`)).action === 'allow'
  for (let id = 1; id <= 4096; id++) remember(id)
  expect([1, 2, 4096].map(isKnown)).toEqual([true, true, true])
  remember(1)
  remember(5000)
  expect([1, 2, 3, 4096, 5000].map(isKnown)).toEqual([true, false, true, true, true])
})
