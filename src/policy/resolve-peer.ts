/** The addresses that a rule's peer stands for at this moment (data-plane 1.3, 1.4). */

import { invariant } from '../base/invariant.ts'
import type { GroupId } from '../model/ids.ts'
import type { NetworkInterface } from '../model/network-interface.ts'
import { prefixListCidrs } from '../model/prefix-list-version.ts'
import type { Rule } from '../model/rule.ts'
import type { SecurityGroup } from '../model/security-group.ts'
import { isStale } from '../model/stale-rule.ts'
import { linked, type World } from '../model/world.ts'
import { type Address, parseAddress } from '../net/address.ts'
import { type AddressSet, addressSet, noAddresses } from '../net/address-set.ts'
import { blockAround, type Cidr, parseCidr } from '../net/cidr.ts'

/** A stale rule stands for nobody. */
export function resolvePeer(world: World, holder: SecurityGroup, rule: Rule): AddressSet {
  const { peer } = rule
  switch (peer.kind) {
    case 'ipv4':
    case 'ipv6':
      return addressSet([cidrOf(peer.cidr)])
    case 'prefix-list':
      return listAddresses(world, peer.list)
    case 'group':
      return isStale(world, holder, rule) ? noAddresses : memberAddresses(world, peer.group)
    default:
      return peer satisfies never
  }
}

function cidrOf(text: string): Cidr {
  const spelled = parseCidr(text)
  invariant(spelled, `${text} was checked to be a CIDR when it was stored`)
  return spelled.cidr
}

export function listAddresses(world: World, list: string): AddressSet {
  return addressSet(prefixListCidrs(world, list).map(cidrOf))
}

/** Private addresses of all interfaces that carry the group, never public ones. */
export function memberAddresses(world: World, group: GroupId): AddressSet {
  const cards = linked(world, 'interfaces of group', group).flatMap((id) => world.networkInterface.get(id) ?? [])
  return addressSet(cards.flatMap(addressesOf).map(hostBlock))
}

export function addressesOf({ privateAddresses, ipv6Addresses }: NetworkInterface): Address[] {
  const texts = [...privateAddresses.map(({ address }) => address), ...ipv6Addresses]
  return texts.flatMap((text) => parseAddress(text) ?? [])
}

function hostBlock(address: Address): Cidr {
  return blockAround(address, address.family === 4 ? 32 : 128)
}
