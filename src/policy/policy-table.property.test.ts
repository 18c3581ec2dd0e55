/** A table that follows changes holds what compiling the final world would make, and forgets no more than it must. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changesOf, walkWorld } from '../../test/policy-walk.ts'
import { put } from '../model/change.ts'
import { apply, type World } from '../model/world.ts'
import { affectedInterfaces } from './affected.ts'
import { compile } from './compile.ts'
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
    }
  })
  fc.assert(property, { numRuns: 300 })
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
    title: 'an interface with other addresses touches those with rules that name its groups',
    line: put('networkInterface', { ...cardOf('eni-a'), ipv6Addresses: ['2001:db8::1'] }),
    of: ['eni-a', 'eni-b', 'eni-c'],
  },
  { title: 'a tag touches nobody', line: put('tagSet', { id: 'eni-a', tags: [] }), of: [] },
  {
    title: 'a prefix list touches those with rules that name it',
    line: { kind: 'removed', of: 'prefixList', id: 'pl-1' },
    of: ['eni-a'],
  },
] as const)('$title', ({ line, of }) => {
  const world = walkWorld()
  expect(Array.from(affectedInterfaces(world, apply(world, [line]), [line])).sort()).toEqual(of)
})

function cardOf(id: string) {
  const card = walkWorld().networkInterface.get(id)
  if (!card) throw new Error(`${id} is of the world`)
  return card
}
