/** Blocks that cover a range hold all of it and nothing else, and no two of them could be one. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseAddress } from './address.ts'
import { lastOf } from './cidr.ts'
import { blocksOfRange, rangeTexts } from './cidr-cover.ts'

test('blocks follow each other from the first address to the last', () => {
  const anyEnd = fc.bigInt(0n, 2n ** 32n - 1n)
  const property = fc.property(anyEnd, anyEnd, (one, other) => {
    const [first, last] = one < other ? [one, other] : [other, one]
    const blocks = blocksOfRange({ family: 4, first, last })
    expect([blocks[0]?.first, lastOf(blocks.at(-1) as (typeof blocks)[number])]).toEqual([first, last])
    const gaps = blocks.slice(1).filter((block, index) => block.first !== lastOf(blocks[index] as typeof block) + 1n)
    expect(gaps).toEqual([])
    expect(blocks.length).toBeLessThanOrEqual(62)
  })
  fc.assert(property)
})

test.each([
  ['0.0.0.0', '255.255.255.255', ['0.0.0.0/0']],
  ['10.0.0.0', '10.0.0.255', ['10.0.0.0/24']],
  ['10.0.0.5', '10.0.0.5', ['10.0.0.5']],
  ['10.0.0.1', '10.0.0.4', ['10.0.0.1/32', '10.0.0.2/31', '10.0.0.4/32']],
  ['10.0.0.1', '10.0.1.7', ['10.0.0.1-10.0.1.7']],
  ['2001:db8::', '2001:db8:0:ffff:ffff:ffff:ffff:ffff', ['2001:db8::/48']],
] as const)('%s to %s is %j', (from, to, texts) => {
  const [first, last] = [parseAddress(from), parseAddress(to)]
  if (!first || !last) throw new Error('both are addresses')
  expect(rangeTexts({ family: first.family, first: first.bits, last: last.bits })).toEqual(texts)
})
