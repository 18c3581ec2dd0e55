import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import { describe, expect, test } from 'vitest'
import { addressLength, type Family, formatAddress } from './address.ts'
import {
  blockAround,
  type Cidr,
  contains,
  containsAddress,
  formatCidr,
  lastOf,
  overlaps,
  parseCidr,
  sizeOf,
} from './cidr.ts'

function cidr(text: string): Cidr {
  const spelled = parseCidr(text)
  if (!spelled) throw new Error(`${text} is no CIDR`)
  return spelled.cidr
}

describe('text is read as a block', () => {
  test.each([
    ['10.0.0.0/8', '10.0.0.0/8', true],
    ['100.68.0.18/18', '100.68.0.0/18', false],
    ['10.1.2.3/0', '0.0.0.0/0', false],
    ['10.1.2.3/32', '10.1.2.3/32', true],
    ['2001:DB8:0::1/64', '2001:db8::/64', false],
    ['2001:DB8::/32', '2001:db8::/32', false],
    ['::/0', '::/0', true],
    ['0::0/0', '::/0', false],
    ['::1/128', '::1/128', true],
  ])('%s is %s, canonical: %s', (text, printed, isCanonical) => {
    const spelled = parseCidr(text)
    expect(spelled && formatCidr(spelled.cidr)).toBe(printed)
    expect(spelled?.isCanonical).toBe(isCanonical)
  })

  test.each([
    '',
    '/',
    '10.0.0.0',
    '10.0.0.0/',
    '/8',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/08',
    '10.0.0.0/8/8',
    '10.0.0.0/8 ',
    '10.0.0.0/255.0.0.0',
    '::/129',
    '::/1e1',
    '::',
  ])('%j is none', (text) => {
    expect(parseCidr(text)).toBeUndefined()
  })
})

test.each([
  ['10.0.0.0/8', '10.1.0.0/16', true, true],
  ['10.1.0.0/16', '10.0.0.0/8', false, true],
  ['10.0.0.0/8', '10.0.0.0/8', true, true],
  ['10.0.0.0/9', '10.128.0.0/9', false, false],
  ['0.0.0.0/0', '::/0', false, false],
  ['::/0', '2001:db8::/32', true, true],
])('%s contains %s: %s; they overlap: %s', (outer, inner, holds, overlap) => {
  expect(contains(cidr(outer), cidr(inner))).toBe(holds)
  expect(overlaps(cidr(outer), cidr(inner))).toBe(overlap)
  expect(overlaps(cidr(inner), cidr(outer))).toBe(overlap)
})

test('a block knows its size and its last address', () => {
  expect(sizeOf(cidr('10.0.0.0/24'))).toBe(256n)
  expect(sizeOf(cidr('::/0'))).toBe(2n ** 128n)
  expect(formatAddress({ family: 4, bits: lastOf(cidr('10.0.0.0/24')) })).toBe('10.0.0.255')
  expect(containsAddress(cidr('10.0.0.0/24'), { family: 4, bits: lastOf(cidr('10.0.0.0/24')) })).toBe(true)
  expect(containsAddress(cidr('::/0'), { family: 4, bits: 0n })).toBe(false)
})

const anyBlock: fc.Arbitrary<Cidr> = fc
  .constantFrom<Family>(4, 6)
  .chain((family) =>
    fc
      .tuple(
        fc.bigInt({ min: 0n, max: 2n ** BigInt(addressLength[family]) - 1n }),
        fc.integer({ min: 0, max: addressLength[family] }),
      )
      .map(([bits, length]) => blockAround({ family, bits }, length)),
  )

test('what is printed is canonical and read back as it was', () => {
  fc.assert(
    fc.property(anyBlock, (block) => {
      expect(parseCidr(formatCidr(block))).toEqual({ cidr: block, isCanonical: true })
    }),
  )
})

test('another program agrees on the first and the last address', () => {
  fc.assert(
    fc.property(anyBlock, (block) => {
      const text = formatCidr(block)
      const kind = block.family === 4 ? ipaddr.IPv4 : ipaddr.IPv6
      const bitsOf = (bytes: readonly number[]) => bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
      expect(bitsOf(kind.networkAddressFromCIDR(text).toByteArray())).toBe(block.first)
      expect(bitsOf(kind.broadcastAddressFromCIDR(text).toByteArray())).toBe(lastOf(block))
    }),
  )
})

test('another program agrees on which addresses are inside', () => {
  fc.assert(
    fc.property(anyBlock, anyBlock, fc.boolean(), (block, other, near) => {
      const bits = near ? block.first : other.first
      fc.pre(block.family === other.family)
      const address = { family: block.family, bits }
      const [range, length] = ipaddr.parseCIDR(formatCidr(block))
      const parsed = ipaddr.parse(formatAddress(address))
      expect(containsAddress(block, address)).toBe(parsed.match(range as never, length))
    }),
  )
})

test('two blocks overlap when one contains the first address of the other', () => {
  fc.assert(
    fc.property(anyBlock, anyBlock, (a, b) => {
      const first = ({ family, first: bits }: Cidr) => ({ family, bits })
      expect(overlaps(a, b)).toBe(containsAddress(a, first(b)) || containsAddress(b, first(a)))
    }),
  )
})
