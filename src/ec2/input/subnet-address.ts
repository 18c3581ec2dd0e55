/**
 * Addresses of a subnet as interfaces take them: given ones checked, others picked. AWS keeps the
 * first four and the last address of every block to itself (spec 8.2).
 */

import { invariant } from '../../base/invariant.ts'
import type { NetworkInterfaceId, SubnetId } from '../../model/ids.ts'
import { reject } from '../../model/rejection.ts'
import type { Subnet } from '../../model/subnet.ts'
import { linked, type World } from '../../model/world.ts'
import { type Family, formatAddress, parseAddress } from '../../net/address.ts'
import { type Cidr, containsAddress, lastOf, parseCidr } from '../../net/cidr.ts'
import { freeNumber } from './free-number.ts'

const reservedAtStart = 4n

export function blocksOf(subnet: Subnet, family: Family): Cidr[] {
  const texts = family === 6 ? subnet.ipv6CidrBlocks.map(({ cidr }) => cidr) : subnet.cidr ? [subnet.cidr] : []
  return texts.map((text) => {
    const spelled = parseCidr(text)
    invariant(spelled, `${subnet.id} has blocks that parse`)
    return spelled.cidr
  })
}

/** `text` in canonical form; rejects what is no address an interface of the subnet could have. */
export function subnetAddress(text: string, family: Family, subnet: Subnet, name: string): string {
  const address = parseAddress(text)
  if (address?.family !== family) {
    reject('InvalidParameterValue', { value: text, name, reason: `Invalid IPv${family} address.` })
  }
  const spelled = formatAddress(address)
  const block = blocksOf(subnet, family).find((candidate) => containsAddress(candidate, address))
  if (!block) reject('AddressOutsideSubnet', { address: spelled })
  const isReserved = address.bits < block.first + reservedAtStart || address.bits === lastOf(block)
  return isReserved ? reject('AddressReserved', { address: spelled }) : spelled
}

/** The interface that has the address. */
export function holderOf(world: World, subnet: SubnetId, address: string): NetworkInterfaceId | undefined {
  return linked(world, 'interface with address', `${subnet}/${address}`)[0]
}

export interface Picking {
  readonly world: World
  readonly subnet: Subnet
  readonly family: Family
  /** Addresses that the same request takes already. */
  readonly besides: readonly string[]
}

/** `count` addresses that no interface has. */
export function freeAddresses(count: number, { world, subnet, family, besides }: Picking): string[] {
  const chosen = new Set(besides)
  const blocks = blocksOf(subnet, family)
  const isTaken = (bits: bigint) => {
    const address = formatAddress({ family, bits })
    return chosen.has(address) || holderOf(world, subnet.id, address) !== undefined
  }
  return Array.from({ length: count }, () => {
    const bits = freeInAny(blocks, isTaken)
    if (bits === undefined) reject('SubnetFull')
    const address = formatAddress({ family, bits })
    chosen.add(address)
    return address
  })
}

function freeInAny(blocks: readonly Cidr[], isTaken: (bits: bigint) => boolean): bigint | undefined {
  for (const block of blocks) {
    const bits = freeNumber(block.first + reservedAtStart, lastOf(block) - 1n, isTaken)
    if (bits !== undefined) return bits
  }
  return undefined
}
