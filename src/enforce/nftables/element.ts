/** Addresses and ports as nft spells them in sets and rules. */

import { type Address, addressLength, type Family, formatAddress } from '../../net/address.ts'
import type { AddressSet } from '../../net/address-set.ts'

export interface Range {
  readonly first: bigint
  readonly last: bigint
}

export const families = [4, 6] as const

/** `10.0.0.5`, `10.0.0.0/8`, or `10.0.0.1-10.0.0.9` for what is no block. */
export function rangeElement({ first, last }: Range, family: Family): string {
  const text = formatAddress({ family, bits: first })
  if (first === last) return text
  const size = last - first + 1n
  const isBlock = (size & (size - 1n)) === 0n && first % size === 0n
  if (!isBlock) return `${text}-${formatAddress({ family, bits: last })}`
  return `${text}/${addressLength[family] - (size.toString(2).length - 1)}`
}

/** Ranges as they are, for a set of intervals. */
export function rangeElements(set: AddressSet, family: Family): readonly string[] {
  return remembered(asRanges, set, family, () => set[family].map((range) => rangeElement(range, family)))
}

/** Every address by itself, for a set without intervals: one more costs the same however many there are. */
export function addressElements(set: AddressSet, family: Family): readonly string[] {
  return remembered(asAddresses, set, family, () => set[family].flatMap((range) => addressesIn(range, family)))
}

function addressesIn({ first, last }: Range, family: Family): string[] {
  const texts: string[] = []
  for (let bits = first; bits <= last; bits += 1n) texts.push(formatAddress({ family, bits }))
  return texts
}

type Memory = WeakMap<AddressSet[Family], readonly string[]>

/** Interfaces share the sets of groups and lists, and a set never changes. */
const asRanges: Memory = new WeakMap()
const asAddresses: Memory = new WeakMap()

function remembered(memory: Memory, set: AddressSet, family: Family, make: () => string[]): readonly string[] {
  const known = memory.get(set[family])
  if (known) return known
  const made = make()
  memory.set(set[family], made)
  return made
}

/** `ip saddr`, `ip6 daddr`. */
export function addressField(family: Family, end: 'saddr' | 'daddr'): string {
  return `${family === 4 ? 'ip' : 'ip6'} ${end}`
}

/** Matches packets of one IP family. */
export function familyMatch(family: Family): string {
  return `meta nfproto ${family === 4 ? 2 : 10}`
}

export function addressType(family: Family): string {
  return family === 4 ? 'ipv4_addr' : 'ipv6_addr'
}

export function portElement({ from, to }: { readonly from: number; readonly to: number }): string {
  return from === to ? String(from) : `${from}-${to}`
}

/** An anonymous set of addresses, sorted as nft lists it. */
export function addressList(addresses: readonly Address[]): string {
  const sorted = addresses.toSorted((a, b) => (a.bits < b.bits ? -1 : 1)).map(formatAddress)
  return sorted.length === 1 ? String(sorted[0]) : `{ ${sorted.join(', ')} }`
}
