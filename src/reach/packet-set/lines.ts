/**
 * The number lines that packets are cut along, in the order of the diagrams' levels: source, destination,
 * protocol, service (destination port, or ICMP type and code), client port. IPv4 addresses are plain numbers.
 */

import type { Address, Family } from '../../net/address.ts'
import type { AddressSet } from '../../net/address-set.ts'
import type { Cut, Line } from './diagram.ts'

export const addressLines: Readonly<Record<Family, Line>> = {
  4: { first: 0, last: 2 ** 32 - 1 },
  6: { first: 0n, last: 2n ** 128n - 1n },
}
export const protocolLine: Line = { first: 0, last: 255 }
/** A port, or 256 times the ICMP type and the code: both are of sixteen bits. */
export const serviceLine: Line = { first: 0, last: 65_535 }
export const clientLine: Line = { first: 0, last: 65_535 }

export const protocols = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58 } as const

export function addressCut({ family, bits }: Address): Cut {
  return family === 4 ? Number(bits) : bits
}

export function addressAt(family: Family, cut: Cut): Address {
  return { family, bits: BigInt(cut) }
}

interface AddressRange {
  readonly first: bigint
  readonly last: bigint
}

export function lineOf(family: Family, { first, last }: AddressRange): Line {
  return { first: addressCut({ family, bits: first }), last: addressCut({ family, bits: last }) }
}

export function addressRanges(set: AddressSet, family: Family): Line[] {
  return set[family].map((range) => lineOf(family, range))
}
