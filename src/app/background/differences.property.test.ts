import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomEstate } from '../../../test/proof/estate.ts'
import { stateOf } from '../../model/state.ts'
import { apply, emptyWorld } from '../../model/world.ts'
import { differences } from './differences.ts'

test('what the differences make of one world is the other, and of itself there are none', () => {
  const seed = fc.integer({ min: 1, max: 1_000_000 })
  fc.assert(
    fc.property(seed, seed, fc.boolean(), (one, other, isFresh) => {
      const after = randomEstate(other)
      const before = isFresh ? emptyWorld(after.scope) : randomEstate(one)
      const made = [...differences(before, after)].reduce(apply, before)
      expect(stateOf(made)).toEqual(stateOf(after))
      expect([...made.links.keys()]).toEqual([...after.links.keys()])
      expect([...differences(after, after)].flat()).toEqual([])
    }),
    { numRuns: 50 },
  )
})
