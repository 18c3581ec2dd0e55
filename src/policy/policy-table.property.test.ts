/** A table that follows changes holds what compiling the final world would make, and makes no more anew than it must. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { worldLines } from '../../test/arbitraries.ts'
import { changesOf, walkWorld } from '../../test/policy-walk.ts'
import { type Change, put } from '../model/change.ts'
import { apply, type World } from '../model/world.ts'
import { parsePacket } from '../packet/notation.ts'
import { compile } from './compile.ts'
import { matchingRulesQuickly } from './index-allows.ts'
import { matchingRules } from './match.ts'
import type { InterfacePolicy } from './policy.ts'
import { PolicyTable } from './policy-table.ts'

const anyNumber = fc.nat({ max: 5000 })
const anyChoice = fc.record({ operation: anyNumber, a: anyNumber, b: anyNumber, c: anyNumber })

function policies(world: World) {
  return Object.fromEntries(Array.from(world.networkInterface.values(), (card) => [card.id, compile(world, card)]))
}

function tabled(table: PolicyTable, world: World) {
  return Object.fromEntries(Array.from(world.networkInterface.keys(), (id) => [id, table.get(id as `eni-${string}`)]))
}

test('after any walk of changes the table is a full compile of the final world', () => {
  const anyWalk = fc.array(fc.array(anyChoice, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 12 })
  const property = fc.property(anyWalk, (steps) => {
    let world = walkWorld()
    const table = new PolicyTable(world)
    tabled(table, world)
    for (const choices of steps) {
      const before = world
      const changes = choices.flatMap((choice) => {
        const some = changesOf(world, choice)
        world = apply(world, some)
        return some
      })
      table.update(before, world, changes)
      expect(tabled(table, world)).toEqual(policies(world))
      expectShared(table, world)
    }
  })
  fc.assert(property, { numRuns: 300 })
})

/** Interfaces with the same groups, in the same order, have one list of rules in each direction. */
function expectShared(table: PolicyTable, world: World): void {
  const lists = new Map<string, Set<unknown>>()
  for (const { id, groups } of world.networkInterface.values()) {
    const known = lists.get(groups.join()) ?? new Set()
    lists.set(groups.join(), known.add(table.get(id)?.allows))
  }
  expect(Array.from(lists.values(), ({ size }) => size).filter((size) => size !== 1)).toEqual([])
}

test('interfaces whose rules are indexed are answered from the index of the rules that they had, as from their own', () => {
  const wide = Array.from({ length: 40 }, (_, index): Change => {
    const traffic = { protocol: 'tcp', from: index, to: index + 50 } as const
    const peer = { kind: 'ipv4', cidr: `10.${index % 4}.0.0/16` } as const
    const direction = index % 2 === 0 ? 'ingress' : 'egress'
    return { kind: 'rule-added', group: 'sg-a', rule: { id: `sgr-wide-${index}`, direction, traffic, peer } }
  })
  const packets = ['10.0.0.10', '10.1.0.10', '203.0.113.1', '192.0.2.1', '10.0.0.101'].flatMap((text) => [
    parsePacket(`tcp ${text}:1 > ${text}:20 S`),
    parsePacket(`tcp ${text}:1 > ${text}:80 S`),
    parsePacket(`udp ${text}:1 > ${text}:80`),
  ])
  const answers = (policy: InterfacePolicy | undefined, find: typeof matchingRules) =>
    policy && packets.flatMap((packet) => [find(policy, packet, 'ingress'), find(policy, packet, 'egress')])
  const property = fc.property(fc.array(anyChoice, { minLength: 1, maxLength: 25 }), (choices) => {
    let world = apply(walkWorld(), wide)
    const table = new PolicyTable(world)
    for (let time = 0; time < 30; time++) answers(table.get('eni-a'), matchingRulesQuickly)
    for (const choice of choices) {
      const before = world
      const changes = changesOf(world, choice)
      world = apply(world, changes)
      table.update(before, world, changes)
      const policy = table.get('eni-a')
      expect(answers(policy, matchingRulesQuickly)).toEqual(answers(policy, matchingRules))
    }
  })
  fc.assert(property, { numRuns: 60 })
})

test('an interface that goes is no longer in the table', () => {
  const world = walkWorld()
  const table = new PolicyTable(world)
  expect(table.get('eni-a')?.id).toBe('eni-a')
  const changes = [{ kind: 'removed', of: 'networkInterface', id: 'eni-a' }] as const
  table.update(world, apply(world, changes), changes)
  expect(table.get('eni-a')).toBeUndefined()
})

test.each([
  {
    title: 'a rule touches those of its group',
    line: { kind: 'rule-removed', group: 'sg-a', rule: 'sgr-3' },
    of: ['eni-a'],
  },
  {
    title: 'an interface with other settings touches itself alone',
    line: put('networkInterface', { ...cardOf('eni-a'), sourceDestCheck: false }),
    of: ['eni-a'],
  },
  {
    title: 'an interface with other addresses touches itself and those that its addresses are let in by',
    line: put('networkInterface', { ...cardOf('eni-a'), ipv6Addresses: ['2001:db8::1'] }),
    of: ['eni-a', 'eni-b'],
  },
  { title: 'a tag touches nobody', line: put('tagSet', { id: 'eni-a', tags: [] }), of: [] },
  {
    title: 'a prefix list touches those with rules that name it',
    line: { kind: 'removed', of: 'prefixList', id: 'pl-1' },
    of: ['eni-a'],
  },
] as const)('$title', ({ line, of }) => {
  const world = walkWorld()
  const table = new PolicyTable(world)
  const before = tabled(table, world)
  table.update(world, apply(world, [line]), [line])
  const after = tabled(table, world)
  expect(Object.keys(after).filter((id) => after[id] !== before[id])).toEqual(of)
})

test('an instance that changes its type touches its interfaces, whose timeouts are the type’s', () => {
  const world = worldLines(['group web', 'interface e 10.0.0.10 in web instance one type m8i.large'])
  const table = new PolicyTable(world)
  expect(table.get('eni-e')?.tracking).toEqual({ tcpEstablishedTimeout: 350 })
  const instance = world.instance.get('i-one')
  if (!instance) throw new Error('the line makes an instance')
  const changes = [put('instance', { ...instance, type: 'm7i.large' })]
  table.update(world, apply(world, changes), changes)
  expect(table.get('eni-e')?.tracking).toEqual({ tcpEstablishedTimeout: 432_000 })
})

function cardOf(id: string) {
  const card = walkWorld().networkInterface.get(id)
  if (!card) throw new Error(`${id} is of the world`)
  return card
}
