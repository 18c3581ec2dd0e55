import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyStructure, everyAction, pairsOf } from '../../../test/ec2-shapes.ts'
import { Rejection } from '../../model/rejection.ts'
import { encodeInput } from './encode-input.ts'
import { inputShapeOf } from './shape.ts'

describe('an input as data becomes the parameters that a client sends', () => {
  test.each(everyAction)('%s', (action) => {
    const shape = inputShapeOf(action)
    const property = fc.property(anyStructure(shape), (input) => {
      expect(Array.from(encodeInput(action, input))).toEqual(Array.from(new Map(pairsOf(shape, input))))
    })
    fc.assert(property, { numRuns: 20 })
  })
})

const permission = { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }

test('a member that the model does not have is named with its place', () => {
  const input = { GroupId: 'sg-1', IpPermissions: [permission, { ...permission, Port: 80 }] }
  expect(() => encodeInput('AuthorizeSecurityGroupIngress', input)).toThrow(
    'The parameter IpPermissions.1.Port is not recognized',
  )
})

test.each([
  { input: { GroupIds: 'sg-1' }, message: 'Value ("sg-1") for parameter GroupIds is invalid. Expected a list.' },
  { input: { GroupIds: [['sg-1']] }, message: 'parameter GroupIds.0 is invalid. Expected a single value.' },
  {
    input: { GroupIds: [null] },
    message: 'Value (null) for parameter GroupIds.0 is invalid. Expected a single value.',
  },
  { input: { Filters: ['vpc-id'] }, message: 'parameter Filters.0 is invalid. Expected a structure.' },
  { input: [], message: 'Value ([]) for parameter  is invalid. Expected a structure.' },
])('the wrong kind of value is refused: $message', ({ input, message }) => {
  expect(() => encodeInput('DescribeSecurityGroups', input)).toThrow(message)
})

test('names of every object mean nothing', () => {
  const hostile = JSON.parse('{ "__proto__": "x" }') as object
  expect(() => encodeInput('DescribeVpcs', hostile)).toThrow(Rejection)
  expect(() => encodeInput('DescribeVpcs', { constructor: 'x' })).toThrow(Rejection)
})
