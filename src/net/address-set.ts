/** A set of addresses of both families as sorted, disjoint ranges; asked by binary search. */

import type { Address, Family } from './address.ts'
import { type Cidr, lastOf } from './cidr.ts'

interface Range {
  readonly first: bigint
  readonly last: bigint
}

export type AddressSet = Readonly<Record<Family, readonly Range[]>>

export const noAddresses: AddressSet = { 4: [], 6: [] }

/** The union of the blocks. */
export function addressSet(blocks: readonly Cidr[]): AddressSet {
  return { 4: mergedRanges(blocks, 4), 6: mergedRanges(blocks, 6) }
}

function mergedRanges(blocks: readonly Cidr[], family: Family): Range[] {
  const ranges = blocks
    .filter((block) => block.family === family)
    .map((block): Range => ({ first: block.first, last: lastOf(block) }))
    .sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))
  const merged: Range[] = []
  for (const range of ranges) {
    const before = merged.at(-1)
    if (before && range.first <= before.last + 1n) {
      merged[merged.length - 1] = { first: before.first, last: range.last > before.last ? range.last : before.last }
    } else merged.push(range)
  }
  return merged
}

export function hasAddress(set: AddressSet, { family, bits }: Address): boolean {
  const ranges = set[family]
  let low = 0
  let high = ranges.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const range = ranges[middle] as Range
    if (bits < range.first) high = middle - 1
    else if (bits > range.last) low = middle + 1
    else return true
  }
  return false
}
