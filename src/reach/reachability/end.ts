/**
 * The ends that connections have inside: interfaces at their addresses. Those that nothing can tell apart
 * are of one class, and all classes of one site meet the same ACLs and routes: what is found of one holds
 * for all, so ten thousand interfaces cost what their differences cost.
 */

import { groupedBy } from '../../base/grouped.ts'
import type { SubnetId } from '../../model/ids.ts'
import type { NetworkInterface } from '../../model/network-interface.ts'
import { tableOf } from '../../model/route-lookup.ts'
import { linked, type World } from '../../model/world.ts'
import { type Address, type Family, formatAddress } from '../../net/address.ts'
import { containsAddress } from '../../net/cidr.ts'
import { addressesOf } from '../../policy/resolve-peer.ts'
import { holderIn, indexHolders, privateOf, publicOf } from '../holder.ts'
import type { Terrain } from '../host.ts'
import { type Cut, intervalAt } from '../packet-set/diagram.ts'
import { addressCut } from '../packet-set/lines.ts'
import { cardPlace, type InterfacePlace } from '../place.ts'
import { apartSubnets, edgeCuts, hostsOfSubnets, ruleCuts, zoneCuts } from './cuts.ts'

export interface End {
  readonly card: NetworkInterface
  readonly address: Address
}

/** Ends of one subnet that ACLs, routes and deliveries treat alike. */
export interface Site {
  readonly index: number
  readonly family: Family
  readonly subnet: SubnetId
  /** Between subnets, sites of one zone are treated alike. Undefined where a subnet's addresses are another's too. */
  readonly zone: string | undefined
  /** Of two interfaces where there are two: a packet to oneself goes no way at all. */
  readonly examples: readonly End[]
}

export interface EndClass {
  readonly index: number
  /** Equal for classes whose interfaces carry the same groups. */
  readonly carrier: number
  readonly family: Family
  readonly site: Site
  readonly members: readonly [End, ...End[]]
}

export function placeOf({ card, address }: End): InterfacePlace {
  return { ...cardPlace(card), addresses: [address], isByAddress: true }
}

export function classesOf(terrain: Terrain): EndClass[] {
  const { world } = terrain
  indexHolders(world)
  const ends = Array.from(world.networkInterface.values()).flatMap((card) =>
    addressesOf(card).map((address): End => ({ card, address })),
  )
  const keys = keysOf(terrain, ends)
  const sites = new Map<string, Site>()
  const carriers = new Map<string, number>()
  const byClass = groupedBy(ends, (end) => `${keys.site(end)} ${keys.rules(end)}`)
  return Array.from(byClass.values(), (members, index) => {
    const site = joinSite(sites, keys, members)
    const groups = members[0].card.groups.join()
    const carrier = carriers.get(groups) ?? carriers.size
    carriers.set(groups, carrier)
    return { index, carrier, family: site.family, site, members }
  })
}

function joinSite(sites: Map<string, Site>, keys: Keys, members: readonly [End, ...End[]]): Site {
  const [first] = members
  const key = keys.site(first)
  const { family } = first.address
  const made = () => ({ index: sites.size, family, subnet: first.card.subnet, zone: keys.zone(first), examples: [] })
  const known: Site = sites.get(key) ?? made()
  const [one] = known.examples
  const another = one && members.find(({ card }) => card.id !== one.card.id)
  const examples = known.examples as End[]
  if (!one) examples.push(...firstTwo(members))
  else if (another && examples.length < 2) examples.push(another)
  sites.set(key, known)
  return known
}

function firstTwo(members: readonly [End, ...End[]]): End[] {
  const [first] = members
  const second = members.find(({ card }) => card.id !== first.card.id)
  return second ? [first, second] : [first]
}

interface Keys {
  readonly site: (end: End) => string
  readonly zone: (end: End) => string | undefined
  readonly rules: (end: End) => string
}

/** Equal texts for ends that are alike. */
function keysOf(terrain: Terrain, ends: readonly End[]): Keys {
  const { world } = terrain
  const hosts = hostsOfSubnets(terrain)
  const apart = apartSubnets(world)
  const cuts = { edge: edgeCuts(world, hosts), zone: zoneCuts(world, hosts), rules: ruleCuts(world) }
  // Rules know a group's members by their addresses alone: whoever shares an address shares what it is let in by.
  const carried = new Map<string, Set<string>>()
  for (const { card, address } of ends) {
    const text = formatAddress(address)
    const groups = carried.get(text) ?? new Set()
    for (const group of card.groups) groups.add(group)
    carried.set(text, groups)
  }
  const cell = (all: Readonly<Record<Family, readonly Cut[]>>, address: Address) =>
    intervalAt(all[address.family], addressCut(address))
  const memory = new Map<End, string>()
  return {
    site: (end) => {
      const known = memory.get(end)
      if (known !== undefined) return known
      const { card, address } = end
      const key = [address.family, card.subnet, cell(cuts.edge, address), oddities(world, end)].join(' ')
      memory.set(end, key)
      return key
    },
    zone: (end) => {
      const { card, address } = end
      const { policy } = terrain.hostOf(card)
      const subnet = world.subnet.get(card.subnet)
      if (!subnet || !apart.has(subnet.id) || !policy.subnet.some((block) => containsAddress(block, address))) return
      const table = tableOf(world, subnet)?.id
      return [subnet.vpc, policy.acl.id, table, cell(cuts.zone, address), oddities(world, end)].join(' ')
    },
    rules: ({ card, address }) =>
      [
        card.groups.join(),
        [...(carried.get(formatAddress(address)) ?? [])].sort().join(),
        cell(cuts.rules, address),
        hasPublicAddress(world, card) && publicOf(world, card, address) !== undefined,
      ].join(' '),
  }
}

/** What sets an end apart besides where it is: it is down, its address is another's, or public as well. */
function oddities(world: World, { card, address }: End): string {
  const instance = card.attachment?.instance
  const state = instance === undefined ? 'running' : (world.instance.get(instance)?.state ?? 'running')
  const isHolder = holderIn(world, world.subnet.get(card.subnet)?.vpc ?? '', address)?.id === card.id
  const isTranslated = hasPublicAddress(world, card) && privateOf(world, card, address) !== undefined
  return [state, isHolder, isTranslated ? card.id : ''].join(' ')
}

function hasPublicAddress(world: World, card: NetworkInterface): boolean {
  return (
    card.autoAssignedPublicAddress !== undefined || linked(world, 'elastic addresses of interface', card.id).length > 0
  )
}
