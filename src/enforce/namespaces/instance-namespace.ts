/**
 * A running instance's namespace: a device for each interface, named by its place, with the addresses of it.
 * What has an address of a further interface leaves by that interface.
 */

import { invariant } from '../../base/invariant.ts'
import type { Instance } from '../../model/instance.ts'
import type { NetworkInterface } from '../../model/network-interface.ts'
import type { Subnet } from '../../model/subnet.ts'
import { linked, type World } from '../../model/world.ts'
import { type Address, formatAddress } from '../../net/address.ts'
import { type Cidr, formatCidr, parseCidr } from '../../net/cidr.ts'
import { bridgeOf, instanceNamespace, portOf, routerNamespace } from './names.ts'
import { blocksOfSubnet } from './router-routes.ts'
import type { Cable, Namespace, Part } from './topology.ts'

/** Every subnet's router has it, beside the second address of the subnet's IPv4 block. */
export const routerLinkLocal = 'fe80::1'

/** An interface in its place. */
interface Card {
  readonly card: NetworkInterface
  readonly slot: number
  readonly subnet: Subnet
}

export function runningInstances(world: World): Instance[] {
  return [...world.instance.values()].filter(({ state }) => state === 'running')
}

export function instanceOf(world: World, instance: Instance): { namespace: Namespace; cables: Cable[] } {
  const cards = cardsOf(world, instance)
  const [first, ...further] = cards
  const parts = [
    ...cards.flatMap(addressParts),
    ...(first ? defaultRoutes(first, 'main') : []),
    ...further.flatMap(ownTable),
  ]
  const name = instanceNamespace(instance.id)
  return {
    namespace: { name, role: 'instance', life: String(instance.stateSince), parts },
    cables: cards.map((each) => cableOf(name, each)),
  }
}

/** By their places. */
function cardsOf(world: World, { id }: Instance): Card[] {
  return linked(world, 'interfaces of instance', id)
    .flatMap((card) => world.networkInterface.get(card) ?? [])
    .map((card) => {
      const subnet = world.subnet.get(card.subnet)
      invariant(subnet && card.attachment, `${card.id} is attached, in a subnet that exists`)
      return { card, slot: card.attachment.deviceIndex, subnet }
    })
    .sort((a, b) => a.slot - b.slot)
}

function deviceAt(slot: number): string {
  return `eth${slot}`
}

function cableOf(namespace: string, { card, slot, subnet }: Card): Cable {
  const own = { namespace, device: deviceAt(slot), mac: card.macAddress }
  const port = { namespace: routerNamespace(subnet.vpc), device: portOf(card.id), bridge: bridgeOf(subnet.id) }
  return { ends: [own, port], seat: { networkInterface: card.id, slot } }
}

function addressParts({ card, slot, subnet }: Card): Part[] {
  const lengths = {
    4: 32,
    6: 64,
    ...Object.fromEntries(blocksOfSubnet(subnet).map((each) => [each.family, each.length])),
  }
  const device = deviceAt(slot)
  return [
    ...card.privateAddresses.map(
      ({ address }): Part => ({ kind: 'address', device, address: `${address}/${lengths[4]}` }),
    ),
    ...card.ipv6Addresses.map((address): Part => ({ kind: 'address', device, address: `${address}/${lengths[6]}` })),
  ]
}

function defaultRoutes({ card, slot, subnet }: Card, table: number | 'main'): Part[] {
  const device = deviceAt(slot)
  const router = routerAddress(subnet)
  const parts: Part[] = []
  const route = { kind: 'route', table, destination: 'default' } as const
  if (router !== undefined && card.privateAddresses.length > 0) {
    parts.push({ ...route, family: 4, hop: { kind: 'device', device, via: router } })
  }
  if (card.ipv6Addresses.length > 0) {
    parts.push({ ...route, family: 6, hop: { kind: 'device', device, via: routerLinkLocal } })
  }
  return parts
}

const ownTables = 1000

function ownTable(place: Card): Part[] {
  const { card, slot, subnet } = place
  const table = ownTables + slot
  const rule = { kind: 'rule', priority: table, table } as const
  return [
    ...blocksOfSubnet(subnet).map(
      (block): Part => ({
        kind: 'route',
        family: block.family,
        table,
        destination: formatCidr(block),
        hop: { kind: 'device', device: deviceAt(slot) },
      }),
    ),
    ...defaultRoutes(place, table),
    ...card.privateAddresses.map(({ address }): Part => ({ ...rule, family: 4, selector: `from ${address}` })),
    ...card.ipv6Addresses.map((address): Part => ({ ...rule, family: 6, selector: `from ${address}` })),
  ]
}

/** The second address of the subnet's IPv4 block. */
export function routerAddress({ cidr }: Subnet): string | undefined {
  const block = cidr === undefined ? undefined : parseCidr(cidr)?.cidr
  return block && formatAddress(secondOf(block))
}

function secondOf({ family, first }: Cidr): Address {
  return { family, bits: first + 1n }
}
