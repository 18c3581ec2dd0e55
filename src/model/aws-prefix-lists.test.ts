import { expect, test } from 'vitest'
import { formatCidr, parseCidr } from '../net/cidr.ts'
import { awsPrefixLists, findAwsPrefixList } from './aws-prefix-lists.ts'
import { isIdOf } from './ids.ts'
import { regionNames } from './region.ts'

test.each(regionNames)('the lists of %s have ids of eight digits, all different, in order', (region) => {
  const ids = awsPrefixLists(region).map(({ id }) => id)
  expect(ids.every((id) => isIdOf('pl', id) && id.length === 'pl-12345678'.length)).toBe(true)
  expect(ids).toEqual([...new Set(ids)].sort())
})

test('us-east-1 has the ids that scripts have written down', () => {
  expect(findAwsPrefixList('us-east-1', 'pl-63a5400a')?.name).toBe('com.amazonaws.us-east-1.s3')
  expect(findAwsPrefixList('us-east-1', 'pl-02cd2c6b')?.name).toBe('com.amazonaws.us-east-1.dynamodb')
  expect(findAwsPrefixList('us-east-2', 'pl-63a5400a')).toBeUndefined()
})

test('each list weighs what the user guide says', () => {
  expect(Object.fromEntries(awsPrefixLists('us-east-1').map(({ name, weight }) => [name, weight]))).toEqual({
    'com.amazonaws.us-east-1.s3': 1,
    'com.amazonaws.us-east-1.dynamodb': 1,
    'com.amazonaws.us-east-1.vpc-lattice': 10,
    'com.amazonaws.us-east-1.ipv6.vpc-lattice': 10,
    'com.amazonaws.global.cloudfront.origin-facing': 55,
    'com.amazonaws.global.ipv6.cloudfront.origin-facing': 55,
    'com.amazonaws.global.groundstation': 5,
  })
})

test('every CIDR is canonical and of its list’s family, and none outweighs its list but those of weight 1', () => {
  for (const { family, cidrs, weight } of awsPrefixLists('us-east-1')) {
    const spelled = cidrs.map((text) => parseCidr(text)?.cidr)
    expect(spelled.map((cidr) => cidr && formatCidr(cidr))).toEqual(cidrs)
    expect(spelled.every((cidr) => cidr?.family === family)).toBe(true)
    expect(weight === 1 || cidrs.length <= weight).toBe(true)
  }
})
