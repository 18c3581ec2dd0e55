/**
 * Which addresses a new interface asks for, and the bounds that adding addresses obeys. The primary
 * IPv4 address is the one marked so, or the first given, or a free one.
 */

import { findInstanceType } from '../../model/instance-type.ts'
import type { NetworkInterface } from '../../model/network-interface.ts'
import { reject } from '../../model/rejection.ts'
import type { Subnet } from '../../model/subnet.ts'
import type { World } from '../../model/world.ts'
import type { Family } from '../../net/address.ts'
import type { Context } from '../action.ts'
import type { InstanceIpv6Address, PrivateIpAddressSpecification } from '../protocol/types.generated.ts'
import { required } from './lookup.ts'
import { blocksOf, freeAddresses, holderOf, subnetAddress } from './subnet-address.ts'

export interface AddressWishes {
  readonly subnet: Subnet
  readonly privateIpAddress?: string | undefined
  readonly privateIpAddresses?: readonly PrivateIpAddressSpecification[] | undefined
  readonly secondaryPrivateIpAddressCount?: number | undefined
  readonly ipv6Addresses?: readonly InstanceIpv6Address[] | undefined
  readonly ipv6AddressCount?: number | undefined
  readonly hasPrimaryIpv6?: boolean | undefined
}

/** The interface's IPv4 addresses, the primary one first; none in a subnet without IPv4. */
export function privateAddressesFor(wishes: AddressWishes, context: Context): string[] {
  const { subnet, privateIpAddresses = [], secondaryPrivateIpAddressCount: count } = wishes
  const given = primaryFirst(wishes)
  if (count !== undefined && privateIpAddresses.length > 1) {
    reject('ParametersExclusive', { first: 'secondaryPrivateIpAddressCount', second: 'privateIpAddresses' })
  }
  const secondaries = count === undefined ? 0 : addressCount(count, 'secondaryPrivateIpAddressCount')
  if (subnet.cidr === undefined && given.length === 0 && secondaries === 0) return []
  const free = given.length === 0 ? secondaries + 1 : secondaries
  return takeAddresses({ subnet, family: 4, given, free }, context)
}

function primaryFirst({ privateIpAddress, privateIpAddresses = [] }: AddressWishes): string[] {
  const marked = privateIpAddresses.filter(({ Primary }) => Primary)
  if (marked.length + (privateIpAddress === undefined ? 0 : 1) > 1) reject('PrimaryAddressRepeated')
  const others = privateIpAddresses.filter(({ Primary }) => !Primary)
  const texts = [...marked, ...others].map((each) => required(each.PrivateIpAddress, 'privateIpAddress'))
  return privateIpAddress === undefined ? texts : [privateIpAddress, ...texts]
}

/** The interface's IPv6 addresses. A count of 0 overrides what the subnet does for new interfaces. */
export function ipv6AddressesFor(wishes: AddressWishes, context: Context): string[] {
  const { subnet, ipv6Addresses = [], ipv6AddressCount: count } = wishes
  if (count !== undefined && ipv6Addresses.length > 0) {
    reject('ParametersExclusive', { first: 'ipv6AddressCount', second: 'ipv6Addresses' })
  }
  const given = ipv6Addresses.map(({ Ipv6Address }) => required(Ipv6Address, 'ipv6Address'))
  const isAutomatic = subnet.assignIpv6OnCreation || subnet.cidr === undefined || wishes.hasPrimaryIpv6 === true
  const automatic = given.length === 0 && isAutomatic ? 1 : 0
  const free = count === undefined ? automatic : addressCount(count, 'ipv6AddressCount')
  return takeAddresses({ subnet, family: 6, given, free }, context)
}

/** A count of addresses that a request asks for. */
export function addressCount(count: number, name: string): number {
  if (count >= 0) return count
  return reject('InvalidParameterValue', { value: String(count), name, reason: 'Expecting a value of at least 0.' })
}

export interface Taking {
  readonly subnet: Subnet
  readonly family: Family
  readonly given: readonly string[]
  /** How many more to pick. */
  readonly free: number
  /** The interface that takes them, unless it is new. */
  readonly card?: NetworkInterface
  /** A given address may be another interface's: the request moves it. */
  readonly mayMove?: boolean
}

/** No interface has more addresses of a family than this, whatever the quotas say: each costs a search. */
const boundOfAll = 4096

/** What the type of the instance allows that the interface is attached to. */
function limitOfType(world: World, card: NetworkInterface | undefined, family: Family): number | undefined {
  const instance = card?.attachment && world.instance.get(card.attachment.instance)
  const type = instance && findInstanceType(instance.type)
  return family === 4 ? type?.ipv4PerInterface : type?.ipv6PerInterface
}

/** The given addresses in canonical form, then the picked ones. */
export function takeAddresses(taking: Taking, { world, quotas }: Context): string[] {
  const { subnet, family, given, free, card, mayMove = false } = taking
  if (given.length + free === 0) return []
  if (blocksOf(subnet, family).length === 0) reject('SubnetWithoutFamily', { subnet: subnet.id, family })
  const limit = Math.min(quotas['addresses-per-interface'], limitOfType(world, card, family) ?? boundOfAll)
  const held = (family === 4 ? card?.privateAddresses : card?.ipv6Addresses)?.length ?? 0
  if (held + given.length + free > limit) reject('AddressesPerInterfaceExceeded')
  const name = family === 4 ? 'privateIpAddress' : 'ipv6Address'
  const taken: string[] = []
  for (const text of given) {
    const address = subnetAddress(text, family, subnet, name)
    const isHeld = holderOf(world, subnet.id, address) !== undefined
    if (taken.includes(address) || (isHeld && !mayMove)) reject('AddressInUse', { address })
    taken.push(address)
  }
  return [...taken, ...freeAddresses(free, { world, subnet, family, besides: taken })]
}
