/**
 * Blocks of addresses. A Cidr is always canonical: its host bits are zero. Text with host bits is
 * told apart, because some EC2 calls mask it and others refuse it (spec 2.4).
 */

import { type Address, addressLength, type Family, formatAddress, parseAddress } from './address.ts'

export interface Cidr {
  readonly family: Family
  /** The lowest address of the block. */
  readonly first: bigint
  /** Prefix length in bits. */
  readonly length: number
}

export interface SpelledCidr {
  readonly cidr: Cidr
  /** The text spelled the canonical form: no host bits, compressed lower-case IPv6. */
  readonly isCanonical: boolean
}

const prefixLength = /^(0|[1-9]\d{0,2})$/

/** The block that `text` spells (`10.0.0.0/8`, `2001:db8::/32`), or undefined. */
export function parseCidr(text: string): SpelledCidr | undefined {
  const slash = text.indexOf('/')
  if (slash < 0) return undefined
  const lengthText = text.slice(slash + 1)
  const address = parseAddress(text.slice(0, slash))
  if (address === undefined || !prefixLength.test(lengthText)) return undefined
  const length = Number(lengthText)
  if (length > addressLength[address.family]) return undefined
  const cidr = blockAround(address, length)
  return { cidr, isCanonical: formatCidr(cidr) === text }
}

/** The block of that length which holds `address`. */
export function blockAround({ family, bits }: Address, length: number): Cidr {
  const host = BigInt(addressLength[family] - length)
  return { family, first: (bits >> host) << host, length }
}

export function formatCidr({ family, first, length }: Cidr): string {
  return `${formatAddress({ family, bits: first })}/${length}`
}

/** How many addresses the block holds. */
export function sizeOf({ family, length }: Cidr): bigint {
  return 1n << BigInt(addressLength[family] - length)
}

/** The highest address of the block. */
export function lastOf(cidr: Cidr): bigint {
  return cidr.first + sizeOf(cidr) - 1n
}

export function contains(outer: Cidr, inner: Cidr): boolean {
  return outer.family === inner.family && outer.length <= inner.length && holds(outer, inner.first)
}

export function containsAddress(block: Cidr, address: Address): boolean {
  return block.family === address.family && holds(block, address.bits)
}

export function overlaps(a: Cidr, b: Cidr): boolean {
  return contains(a, b) || contains(b, a)
}

function holds(block: Cidr, bits: bigint): boolean {
  return bits >= block.first && bits <= lastOf(block)
}
