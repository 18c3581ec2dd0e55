/**
 * A route table as the kernel's: one route a block, the most specific taken. A local route leads to each subnet's
 * bridge, unless a route to another target covers the subnet more closely than the VPC's block does.
 */

import type { NetworkInterface } from '../../model/network-interface.ts'
import { blocksOfRoute, routesOf } from '../../model/route-lookup.ts'
import type { PlacedRoute, RouteTable } from '../../model/routing.ts'
import type { Subnet } from '../../model/subnet.ts'
import { linked, type World } from '../../model/world.ts'
import type { Family } from '../../net/address.ts'
import { type Cidr, contains, formatCidr, parseCidr } from '../../net/cidr.ts'
import { bridgeOf, gatewayDevice, peeringDevice } from './names.ts'
import type { Hop, RoutePart } from './topology.ts'

/** What of the world has been built: a route to what has not is a blackhole. */
export interface Surroundings {
  readonly world: World
  readonly hasGateway: boolean
  /** Ids of the peerings whose other router is there, and this side's neighbour on the link. */
  readonly neighbours: ReadonlyMap<string, string>
}

/** The internet's end of a gateway's link; the router's is `fe80::1`. */
export const internetNeighbour = 'fe80::2'

interface Entry {
  readonly block: Cidr
  readonly route: PlacedRoute
}

/** Behind every other route: nothing that a table does not know may leave by another one. */
const lastMetric = 2_000_000_000

const blackhole: Hop = { kind: 'blackhole' }

export function lastResort(family: Family, table: RoutePart['table']): RoutePart {
  return { kind: 'route', family, table, destination: 'default', hop: blackhole, metric: lastMetric }
}

export function routerRoutes(table: RouteTable, number: number, around: Surroundings): RoutePart[] {
  const entries = entriesOf(around.world, table)
  const parts = entries.map(({ block, route }) => {
    const hop = route.target.kind === 'local' ? blackhole : hopOf(route, block.family, around)
    return routePart(number, block, hop)
  })
  const lasts = ([4, 6] as const).map((family) => lastResort(family, number))
  return [...parts, ...localParts(around.world, table, number, entries), ...lasts]
}

/** The best route of each block. */
function entriesOf(world: World, table: RouteTable): Entry[] {
  const best = new Map<string, Entry>()
  // A static route comes before a prefix list's to the same block, whatever their order in the table.
  const placed = routesOf(world, table)
  const isList = ({ destination }: PlacedRoute) => destination.kind === 'prefix-list'
  for (const route of [...placed.filter((each) => !isList(each)), ...placed.filter(isList)]) {
    for (const block of blocksOfRoute(world, route)) {
      const key = formatCidr(block)
      if (!best.has(key)) best.set(key, { block, route })
    }
  }
  return [...best.values()]
}

function localParts(world: World, table: RouteTable, number: number, entries: readonly Entry[]): RoutePart[] {
  return subnetsOf(world, table.vpc).flatMap((subnet) =>
    blocksOfSubnet(subnet)
      .filter((block) => closest(entries, block)?.route.target.kind === 'local')
      .map((block) => routePart(number, block, { kind: 'device', device: bridgeOf(subnet.id) })),
  )
}

function closest(entries: readonly Entry[], block: Cidr): Entry | undefined {
  return entries.filter((entry) => contains(entry.block, block)).sort((a, b) => b.block.length - a.block.length)[0]
}

function routePart(table: number, block: Cidr, hop: Hop): RoutePart {
  return { kind: 'route', family: block.family, table, destination: formatCidr(block), hop }
}

function hopOf({ target, state }: PlacedRoute, family: Family, around: Surroundings): Hop {
  if (state === 'blackhole') return blackhole
  switch (target.kind) {
    case 'internet-gateway':
      return around.hasGateway ? { kind: 'device', device: gatewayDevice, via: internetNeighbour } : blackhole
    case 'network-interface':
      return hopTo(around.world.networkInterface.get(target.id), family)
    case 'peering': {
      const neighbour = around.neighbours.get(target.id)
      return neighbour === undefined ? blackhole : { kind: 'device', device: peeringDevice(target.id), via: neighbour }
    }
    case 'local':
    case 'other':
      return blackhole
    default:
      return target satisfies never
  }
}

function hopTo(card: NetworkInterface | undefined, family: Family): Hop {
  const via = family === 4 ? card?.privateAddresses[0]?.address : card?.ipv6Addresses[0]
  return card && via !== undefined ? { kind: 'device', device: bridgeOf(card.subnet), via } : blackhole
}

export function subnetsOf(world: World, vpc: string): Subnet[] {
  return linked(world, 'subnets in vpc', vpc).flatMap((id) => world.subnet.get(id) ?? [])
}

export function blocksOfSubnet({ cidr, ipv6CidrBlocks }: Subnet): Cidr[] {
  const texts = [...(cidr === undefined ? [] : [cidr]), ...ipv6CidrBlocks.map((each) => each.cidr)]
  return texts.flatMap((text) => parseCidr(text)?.cidr ?? [])
}
