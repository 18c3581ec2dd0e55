/**
 * Few CIDRs that hold given addresses: exactly them if so few are enough, else as little more as the same prefix
 * length for all allows.
 */

import { type Address, addressLength, type Family } from '../net/address.ts'
import { blockAround, type Cidr, contains } from '../net/cidr.ts'
import { blocksOfRange } from '../net/cidr-cover.ts'

/** Blocks wider than this, several of them, are everybody by another name. */
const widest = { 4: 8, 6: 16 } as const

/** Blocks of one family; at most `most` of them. `within` is what they must not leave. */
export function coveringBlocks(addresses: readonly Address[], most: number, within: Cidr): Cidr[] {
  const { family } = within
  const sorted = [...new Set(addresses.map(({ bits }) => bits))].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const exact = exactBlocks(sorted, family)
  if (exact.length <= most) return exact
  for (let length: number = addressLength[family] - 1; length > within.length; length--) {
    const groups = grouped(sorted, family, length)
    if (groups.length > most) continue
    if (length < widest[family] && groups.length > 1) break
    return groups.map((group) => smallestAround(group, family))
  }
  return [within]
}

function exactBlocks(sorted: readonly bigint[], family: Family): Cidr[] {
  const ranges: { first: bigint; last: bigint }[] = []
  for (const bits of sorted) {
    const before = ranges.at(-1)
    if (before && bits === before.last + 1n) before.last = bits
    else ranges.push({ first: bits, last: bits })
  }
  return ranges.flatMap(({ first, last }) => blocksOfRange({ family, first, last }))
}

function grouped(sorted: readonly bigint[], family: Family, length: number): bigint[][] {
  const groups: bigint[][] = []
  let block: Cidr | undefined
  for (const bits of sorted) {
    const own = blockAround({ family, bits }, length)
    if (block && own.first === block.first) groups.at(-1)?.push(bits)
    else groups.push([bits])
    block = own
  }
  return groups
}

function smallestAround(sorted: readonly bigint[], family: Family): Cidr {
  const [first = 0n, last = first] = [sorted[0], sorted.at(-1)]
  const other: Cidr = { family, first: last, length: addressLength[family] }
  let length: number = addressLength[family]
  while (!contains(blockAround({ family, bits: first }, length), other)) length -= 1
  return blockAround({ family, bits: first }, length)
}
