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

/** All addresses of all sets. */
export function joined(sets: readonly AddressSet[]): AddressSet {
  return { 4: merged(sets.flatMap((each) => each[4])), 6: merged(sets.flatMap((each) => each[6])) }
}

function mergedRanges(blocks: readonly Cidr[], family: Family): Range[] {
  const own = blocks.filter((block) => block.family === family)
  return merged(own.map((block): Range => ({ first: block.first, last: lastOf(block) })))
}

function merged(unsorted: readonly Range[]): Range[] {
  const ranges = unsorted.toSorted((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))
  const disjoint: Range[] = []
  for (const range of ranges) {
    const before = disjoint.at(-1)
    if (before && range.first <= before.last + 1n) {
      disjoint[disjoint.length - 1] = { first: before.first, last: range.last > before.last ? range.last : before.last }
    } else disjoint.push(range)
  }
  return disjoint
}

export function hasAddress(set: AddressSet, { family, bits }: Address): boolean {
  const ranges = set[family]
  const range = ranges[firstEndingAt(ranges, bits)]
  return range !== undefined && range.first <= bits
}

/** The set with one address more; the set itself if it has it. */
export function withAddress(set: AddressSet, { family, bits }: Address): AddressSet {
  const ranges = set[family]
  const place = firstEndingAt(ranges, bits - 1n)
  const [one, other] = [ranges[place], ranges[place + 1]]
  if (one === undefined || one.first > bits + 1n)
    return withRanges(set, family, [place, 0, { first: bits, last: bits }])
  if (one.first <= bits && bits <= one.last) return set
  if (one.first === bits + 1n) return withRanges(set, family, [place, 1, { first: bits, last: one.last }])
  return other?.first === bits + 1n
    ? withRanges(set, family, [place, 2, { first: one.first, last: other.last }])
    : withRanges(set, family, [place, 1, { first: one.first, last: bits }])
}

/** The set without the address; the set itself if it lacks it. */
export function withoutAddress(set: AddressSet, { family, bits }: Address): AddressSet {
  const ranges = set[family]
  const place = firstEndingAt(ranges, bits)
  const range = ranges[place]
  if (range === undefined || range.first > bits) return set
  const rest = [
    { first: range.first, last: bits - 1n },
    { first: bits + 1n, last: range.last },
  ].filter(({ first, last }) => first <= last)
  return withRanges(set, family, [place, 1, ...rest])
}

function withRanges(
  set: AddressSet,
  family: Family,
  [place, count, ...ranges]: [place: number, count: number, ...ranges: Range[]],
): AddressSet {
  const copy = set[family].slice()
  copy.splice(place, count, ...ranges)
  return family === 4 ? { 4: copy, 6: set[6] } : { 4: set[4], 6: copy }
}

/** The place of the first range that ends at the address or behind it; how many there are for none. */
function firstEndingAt(ranges: readonly Range[], bits: bigint): number {
  let low = 0
  let high = ranges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ranges[middle] as Range).last < bits) low = middle + 1
    else high = middle
  }
  return low
}
