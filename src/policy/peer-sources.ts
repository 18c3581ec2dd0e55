/**
 * What groups and prefix lists stand for, one set each however many rules name it, kept in step with a world's
 * changes: an interface that joins a group of thousands costs its own addresses, not theirs.
 */

import type { Change } from '../model/change.ts'
import { touched } from '../model/change.ts'
import type { GroupId } from '../model/ids.ts'
import type { NetworkInterface } from '../model/network-interface.ts'
import { linked, type World } from '../model/world.ts'
import type { Address, Family } from '../net/address.ts'
import { type AddressSet, withAddress, withoutAddress } from '../net/address-set.ts'
import { addressesOf, listAddresses, memberAddresses } from './resolve-peer.ts'

/** Whoever holds on to it sees the set change with the world. */
export interface PeerSource {
  readonly set: AddressSet
}

export class PeerSources {
  #world: World
  readonly #groups = new Map<GroupId, Members>()
  readonly #lists = new Map<string, { set: AddressSet }>()

  constructor(world: World) {
    this.#world = world
  }

  /** The private addresses of the group's interfaces. */
  ofGroup(id: GroupId): PeerSource {
    const known = this.#groups.get(id)
    if (known) return known
    const cards = linked(this.#world, 'interfaces of group', id).flatMap(
      (each) => this.#world.networkInterface.get(each) ?? [],
    )
    const members = new Members(memberAddresses(this.#world, id), cards.flatMap(addressesOf))
    this.#groups.set(id, members)
    return members
  }

  /** The CIDRs of the list's present version. */
  ofList(id: string): PeerSource {
    const known = this.#lists.get(id)
    if (known) return known
    const source = { set: listAddresses(this.#world, id) }
    this.#lists.set(id, source)
    return source
  }

  update(before: World, after: World, changes: readonly Change[]): void {
    this.#world = after
    const lists = new Set<string>()
    const cards = new Set<string>()
    for (const { of, id } of changes.map(touched)) {
      if (of === 'networkInterface') cards.add(id)
      if (of === 'prefixList') lists.add(id)
      if (of === 'prefixListVersion') {
        for (const world of [before, after]) lists.add(world.prefixListVersion.get(id)?.list ?? '')
      }
    }
    for (const id of cards) this.#moveCard(before.networkInterface.get(id), after.networkInterface.get(id))
    for (const id of lists) {
      const source = this.#lists.get(id)
      if (source) source.set = listAddresses(after, id)
    }
  }

  #moveCard(before: NetworkInterface | undefined, after: NetworkInterface | undefined): void {
    const isElsewhere = before && after && !hasSameAddresses(before, after)
    for (const group of before?.groups ?? []) {
      if (before && (isElsewhere || !after?.groups.includes(group))) this.#groups.get(group)?.leave(addressesOf(before))
    }
    for (const group of after?.groups ?? []) {
      if (after && (isElsewhere || !before?.groups.includes(group))) this.#groups.get(group)?.join(addressesOf(after))
    }
  }
}

function hasSameAddresses(one: NetworkInterface, other: NetworkInterface): boolean {
  return (
    one.ipv6Addresses.join() === other.ipv6Addresses.join() &&
    one.privateAddresses.map(({ address }) => address).join() ===
      other.privateAddresses.map(({ address }) => address).join()
  )
}

/** Interfaces of VPCs that know nothing of each other may have an address twice: it goes with the last of them. */
class Members implements PeerSource {
  set: AddressSet
  readonly #counts: Readonly<Record<Family, Map<bigint, number>>> = { 4: new Map(), 6: new Map() }

  constructor(set: AddressSet, addresses: readonly Address[]) {
    this.set = set
    for (const address of addresses) this.#count(address, 1)
  }

  join(addresses: readonly Address[]): void {
    for (const address of addresses) if (this.#count(address, 1) === 1) this.set = withAddress(this.set, address)
  }

  leave(addresses: readonly Address[]): void {
    for (const address of addresses) if (this.#count(address, -1) === 0) this.set = withoutAddress(this.set, address)
  }

  #count({ family, bits }: Address, more: 1 | -1): number {
    const counts = this.#counts[family]
    const count = (counts.get(bits) ?? 0) + more
    if (count === 0) counts.delete(bits)
    else counts.set(bits, count)
    return count
  }
}
