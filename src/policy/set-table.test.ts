import { expect, test } from 'vitest'
import { SetTable } from './set-table.ts'

test('equal sets have one id, however they came to be, and their members', () => {
  const table = new SetTable(70)
  const empty = table.id()
  for (const member of [3, 64, 69]) table.toggle(member)
  const some = table.id()
  for (const member of [3, 64, 69]) table.toggle(member)
  expect(table.id()).toBe(empty)
  for (const member of [69, 5, 3, 64, 5]) table.toggle(member)
  expect(table.id()).toBe(some)
  expect(table.members(some)).toEqual([3, 64, 69])
  expect([3, 4, 69].map((member) => table.has(some, member))).toEqual([true, false, true])
  expect(table.size).toBe(2)
})

/** 180,000 pairs have some that hash alike: a table that trusts its hashes would find fewer sets. */
test('sets of one hash are told apart', () => {
  const members = 600
  const table = new SetTable(members)
  for (let one = 0; one < members; one++) {
    table.toggle(one)
    for (let other = 0; other < one; other++) {
      table.toggle(other)
      table.id()
      table.toggle(other)
    }
    table.toggle(one)
  }
  expect(table.size).toBe((members * (members - 1)) / 2)
})
