/** Addresses as nft lists them: what it would print otherwise, a program would never be found equal to. */

import { expect, test } from 'vitest'
import { addressOf } from '../../../test/arbitraries.ts'
import { addressSet } from '../../net/address-set.ts'
import { parseCidr } from '../../net/cidr.ts'
import { addressElements, addressList, rangeElement, rangeElements } from './element.ts'

const blocks = (...texts: string[]) => addressSet(texts.flatMap((text) => parseCidr(text)?.cidr ?? []))

test.each([
  ['one address', ['10.0.0.5/32'], ['10.0.0.5']],
  ['a block', ['10.0.0.0/8'], ['10.0.0.0/8']],
  ['everything', ['0.0.0.0/0'], ['0.0.0.0/0']],
  ['neighbours that make a block', ['10.0.0.0/25', '10.0.0.128/25'], ['10.0.0.0/24']],
  ['neighbours that make none', ['10.0.0.1/32', '10.0.0.2/32'], ['10.0.0.1-10.0.0.2']],
])('IPv4: %s', (_, texts, expected) => {
  expect(rangeElements(blocks(...texts), 4)).toEqual(expected)
})

test.each([
  ['one address', ['2001:db8::5/128'], ['2001:db8::5']],
  ['a block', ['2001:db8::/32'], ['2001:db8::/32']],
  ['everything', ['::/0'], ['::/0']],
])('IPv6: %s', (_, texts, expected) => {
  expect(rangeElements(blocks(...texts), 6)).toEqual(expected)
})

test('a range of the size of a block that is none is spelled as a range', () => {
  expect(rangeElement({ first: 0x0a000002n, last: 0x0a000005n }, 4)).toBe('10.0.0.2-10.0.0.5')
})

test('members of a group are spelled one by one', () => {
  expect(addressElements(blocks('10.0.0.4/31', '10.0.0.9/32', '2001:db8::5/128'), 4)).toEqual([
    '10.0.0.4',
    '10.0.0.5',
    '10.0.0.9',
  ])
})

test('an anonymous set is sorted, and one address is no set', () => {
  expect(addressList([addressOf('10.0.0.10'), addressOf('9.0.0.1')])).toBe('{ 9.0.0.1, 10.0.0.10 }')
  expect(addressList([addressOf('9.0.0.1')])).toBe('9.0.0.1')
})
