import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import { describe, expect, test } from 'vitest'
import { type Address, formatAddress, parseAddress } from './address.ts'

describe('text is read as an address', () => {
  test.each([
    ['0.0.0.0', 4, 0n],
    ['10.0.0.1', 4, 0x0a000001n],
    ['255.255.255.255', 4, 0xffffffffn],
    ['::', 6, 0n],
    ['::1', 6, 1n],
    ['2001:DB8::1', 6, 0x20010db8_00000000_00000000_00000001n],
    ['1:2:3:4:5:6:7:8', 6, 0x00010002_00030004_00050006_00070008n],
    ['1:2:3:4:5:6:7::', 6, 0x00010002_00030004_00050006_00070000n],
    ['::ffff:10.0.0.1', 6, 0xffff_0a000001n],
  ] as const)('%s', (text, family, bits) => {
    expect(parseAddress(text)).toEqual({ family, bits })
  })
})

test.each([
  '',
  '10',
  '10.0.0',
  '10.0.0.0.0',
  '10.0.0.256',
  '010.0.0.1',
  '0x0a.0.0.1',
  '10.0.0.-1',
  ' 10.0.0.1',
  '10.0.0.1\n',
  '１0.0.0.1',
  ':',
  ':::',
  '1::2::3',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9',
  ':1:2:3:4:5:6:7',
  '12345::',
  'g::',
  '::10.0.0.1:1',
  '1:2:3:4:5:6:7:10.0.0.1',
  'fe80::1%eth0',
])('%j is no address', (text) => {
  expect(parseAddress(text)).toBeUndefined()
})

/** The rows of RFC 5952, section 4. */
test.each([
  ['2001:0db8::0001', '2001:db8::1'],
  ['2001:db8:0:0:0:0:2:1', '2001:db8::2:1'],
  ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
  ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
  ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['2001:DB8::ABCD', '2001:db8::abcd'],
  ['0:0:0:0:0:0:0:0', '::'],
])('%s is printed as %s', (text, printed) => {
  const address = parseAddress(text)
  expect(address && formatAddress(address)).toBe(printed)
})

const anyAddress: fc.Arbitrary<Address> = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 32n - 1n }).map((bits) => ({ family: 4 as const, bits })),
  fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }).map((bits) => ({ family: 6 as const, bits })),
  // Addresses with runs of zeros, which random bits hardly ever have.
  fc
    .array(fc.constantFrom<bigint>(0n, 0n, 1n, 0xffffn), { minLength: 8, maxLength: 8 })
    .map((groups) => ({ family: 6 as const, bits: groups.reduce((bits, group) => (bits << 16n) | group) })),
)

test('what is printed is read back as it was', () => {
  fc.assert(
    fc.property(anyAddress, (address) => {
      expect(parseAddress(formatAddress(address))).toEqual(address)
    }),
  )
})

test('another program reads what is printed as the same address', () => {
  fc.assert(
    fc.property(anyAddress, (address) => {
      const other = ipaddr.parse(formatAddress(address))
      const bits = other.toByteArray().reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
      expect({ family: other.kind() === 'ipv4' ? 4 : 6, bits }).toEqual(address)
    }),
  )
})

test('another program prints IPv6 the same way', () => {
  fc.assert(
    fc.property(anyAddress, (address) => {
      fc.pre(address.family === 6)
      const text = formatAddress(address)
      expect(ipaddr.IPv6.parse(text).toRFC5952String()).toBe(text)
    }),
  )
})

test('no text is read that another program would not read', () => {
  const piece = fc.constantFrom('0', '1', '10', '255', '256', 'f', 'ffff', '.', '.', ':', ':', '::')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 16 }), (pieces) => {
      const text = pieces.join('')
      if (parseAddress(text)) expect(ipaddr.isValid(text)).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})
