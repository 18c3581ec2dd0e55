/** Every action's input survives the trip through the query language, whatever the order and gaps. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyStructure, everyAction, formText, type Pair, pairsOf, sayable } from '../../../test/ec2-shapes.ts'
import { Rejection } from '../../model/rejection.ts'
import { decodeInput, decodeQuery } from './query.ts'
import { inputShapeOf, membersOf } from './shape.ts'
import type { ActionName } from './types.generated.ts'

describe('an input that a client encodes is the input that the action gets', () => {
  test.each(everyAction)('%s', (action) => {
    const shape = inputShapeOf(action)
    const property = fc.property(anyStructure(shape), (input) => {
      fc.pre(isSayable(shape, input))
      const text = formText([['Action', action], ['Version', '2016-11-15'], ...pairsOf(shape, input)])
      expect(decodeInput(action, decodeQuery(text))).toEqual(sayable(input) ?? {})
    })
    fc.assert(property, { numRuns: 30 })
  })
})

/** A required structure that is empty cannot be said, and is rightly missed. */
function isSayable(shape: string, value: unknown): boolean {
  return membersOf(shape).every(({ name, type, isList, isRequired }) => {
    const member = (value as Record<string, unknown>)[name]
    if (isRequired && sayable(member) === undefined) return false
    const items = member === undefined ? [] : isList ? (member as unknown[]) : [member]
    return items.every((item) => typeof item !== 'object' || sayable(item) === undefined || isSayable(type, item))
  })
}

test('indexes may have gaps and come in any order', () => {
  const property = fc.property(
    fc.uniqueArray(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 20 }),
    (indexes) => {
      const pairs: Pair[] = indexes.map((index) => [`GroupId.${index}`, `sg-${index}`])
      const expected = indexes.sort((one, other) => one - other).map((index) => `sg-${index}`)
      expect(decodeInput('DescribeSecurityGroups', decodeQuery(formText(pairs))).GroupIds).toEqual(expected)
    },
  )
  fc.assert(property)
})

const fragment = fc.oneof(
  fc.constantFrom('IpPermissions', 'GroupId', 'Groups', 'TagSpecification', 'Tag', 'FromPort', 'DryRun', 'ResourceId'),
  fc.constantFrom('.', '.1', '.2.', '.0', '.01', '.100001', '=', '=1', '=true', '&', '%', '%zz', '%C3', '+', '\ud800'),
  fc.constantFrom('__proto__', 'constructor', 'prototype', '.toString', '.length', 'X-Amz-Date=', '\0', 'é'),
  fc.string({ unit: 'binary', maxLength: 5 }),
)

test('no text makes the decoder fail in any way but a rejection', () => {
  const text = fc.array(fragment, { maxLength: 40 }).map((parts) => parts.join(''))
  const property = fc.property(text, fc.constantFrom<ActionName>(...everyAction), (query, action) => {
    try {
      decodeInput(action, decodeQuery(query))
    } catch (error) {
      expect(error).toBeInstanceOf(Rejection)
    }
    expect(Object.keys(Object.prototype)).toEqual([])
  })
  fc.assert(property, { numRuns: 3_000 })
})

test('no bytes make the decoder fail in any way but a rejection', () => {
  const property = fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
    try {
      decodeInput('RunInstances', decodeQuery(Buffer.from(bytes).toString('latin1')))
    } catch (error) {
      expect(error).toBeInstanceOf(Rejection)
    }
  })
  fc.assert(property, { numRuns: 1_000 })
})
