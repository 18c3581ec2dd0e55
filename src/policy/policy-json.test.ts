/** A policy that went over a wire is what it was. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changesOf, walkWorld } from '../../test/policy-walk.ts'
import { apply } from '../model/world.ts'
import { compile } from './compile.ts'
import { BadPolicy, policyFromJson, policyJson } from './policy-json.ts'

const anyNumber = fc.nat({ max: 5000 })
const anyWalk = fc.array(fc.record({ operation: anyNumber, a: anyNumber, b: anyNumber, c: anyNumber }), {
  maxLength: 25,
})

test('any policy read back from its JSON is the policy', () => {
  const property = fc.property(anyWalk, (choices) => {
    const world = choices.reduce((before, choice) => apply(before, changesOf(before, choice)), walkWorld())
    for (const card of world.networkInterface.values()) {
      const policy = compile(world, card)
      expect(policyFromJson(JSON.parse(JSON.stringify(policyJson(policy))))).toEqual(policy)
    }
  })
  fc.assert(property, { numRuns: 200 })
})

test.each([
  [{ format: 2 }, 'This policy is of a form that this version does not know.'],
  [{ addresses: ['10.0.0'] }, "'10.0.0' is no address."],
  [{ subnet: ['10.0.0.0'] }, "'10.0.0.0' is no CIDR."],
])('what is no policy is refused: %j', (wrong, message) => {
  const [card] = walkWorld().networkInterface.values()
  const good = card && policyJson(compile(walkWorld(), card))
  const bad = JSON.parse(JSON.stringify({ ...good, ...wrong }))
  expect(() => policyFromJson(bad)).toThrow(new BadPolicy(message))
})
