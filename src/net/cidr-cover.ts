/** Ranges of addresses as blocks: the fewest CIDRs that hold exactly the range. */

import { addressLength, type Family, formatAddress } from './address.ts'
import { type Cidr, formatCidr, lastOf } from './cidr.ts'

export interface AddressRange {
  readonly family: Family
  readonly first: bigint
  readonly last: bigint
}

/** In ascending order. */
export function blocksOfRange({ family, first, last }: AddressRange): Cidr[] {
  const blocks: Cidr[] = []
  for (let from = first; from <= last; ) {
    const block = largestBlockAt(family, from, last)
    blocks.push(block)
    from = lastOf(block) + 1n
  }
  return blocks
}

function largestBlockAt(family: Family, first: bigint, last: bigint): Cidr {
  let length: number = addressLength[family]
  for (;;) {
    const wider = { family, first, length: length - 1 }
    const isAligned = length > 0 && first % (1n << BigInt(addressLength[family] - length + 1)) === 0n
    if (!isAligned || lastOf(wider) > last) return { family, first, length }
    length -= 1
  }
}

/** Beyond so many blocks, first and last address are easier to read. */
const mostBlocks = 4

/** An address alone, a few CIDRs, or `first-last`. */
export function rangeTexts({ family, first, last }: AddressRange): string[] {
  if (first === last) return [formatAddress({ family, bits: first })]
  const blocks = blocksOfRange({ family, first, last })
  if (blocks.length <= mostBlocks) return blocks.map(formatCidr)
  return [`${formatAddress({ family, bits: first })}-${formatAddress({ family, bits: last })}`]
}
