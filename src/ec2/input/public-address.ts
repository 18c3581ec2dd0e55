/**
 * Public addresses to give out: the blocks set aside for documentation and for benchmarks, which
 * belong to nobody on the internet.
 */

import { reject } from '../../model/rejection.ts'
import { isLinked, type World } from '../../model/world.ts'
import { formatAddress, parseAddress } from '../../net/address.ts'
import { containsAddress, lastOf, parseCidr } from '../../net/cidr.ts'
import { freeNumber } from './free-number.ts'

const pool = ['203.0.113.0/24', '198.51.100.0/24', '198.18.0.0/15'].flatMap((text) => parseCidr(text)?.cidr ?? [])

/** An address that neither an elastic address nor an interface of this world has. */
export function freePublicAddress(world: World): string {
  const isTaken = (bits: bigint) => isPublicAddressTaken(world, formatAddress({ family: 4, bits }))
  for (const block of pool) {
    const bits = freeNumber(block.first + 1n, lastOf(block) - 1n, isTaken)
    if (bits !== undefined) return formatAddress({ family: 4, bits })
  }
  return reject('PublicAddressesExhausted')
}

export function isPublicAddressTaken(world: World, address: string): boolean {
  return isLinked(world, 'holder of public address', address)
}

/** Whether the address is one that could be given out. */
export function isPoolAddress(text: string): boolean {
  const address = parseAddress(text)
  return address !== undefined && pool.some((block) => containsAddress(block, address))
}
