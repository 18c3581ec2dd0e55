/**
 * A table's routes at a moment. Local routes follow from the VPC's blocks and a route's state from
 * what has become of its target, so that neither can go stale in the store.
 */

import { invariant } from '../base/invariant.ts'
import { type Cidr, parseCidr } from '../net/cidr.ts'
import { isActive } from './peering-lookup.ts'
import { prefixListCidrs } from './prefix-list-version.ts'
import {
  isMainTable,
  type PlacedRoute,
  type Route,
  type RouteDestination,
  type RouteTable,
  type RouteTarget,
} from './routing.ts'
import type { Subnet } from './subnet.ts'
import { linked, type World } from './world.ts'

/** The table that the subnet is associated with, else the VPC's main one. */
export function tableOf(world: World, subnet: Subnet): RouteTable | undefined {
  const [own] = linked(world, 'route tables of subnet', subnet.id)
  if (own) return world.routeTable.get(own)
  return linked(world, 'route tables in vpc', subnet.vpc)
    .flatMap((id) => world.routeTable.get(id) ?? [])
    .find(isMainTable)
}

/** The blocks that a route is for: one, or a prefix list's. */
export function blocksOfRoute(world: World, { destination }: PlacedRoute): Cidr[] {
  const texts = destination.kind === 'prefix-list' ? prefixListCidrs(world, destination.list) : [destination.cidr]
  return texts.flatMap((text) => parseCidr(text)?.cidr ?? [])
}

/** The table's routes: local ones first, then in the order made. */
export function routesOf(world: World, table: RouteTable): PlacedRoute[] {
  const local = localDestinations(world, table)
  const isLocal = ({ destination }: Route) => local.some((each) => isSameDestination(each, destination))
  const place = (route: Route, ofVpc: boolean): PlacedRoute => {
    return { ...route, isLocal: ofVpc, state: reaches(world, table, route.target) ? 'active' : 'blackhole' }
  }
  return [
    ...local.map((destination) =>
      place(routeTo(table, destination) ?? { destination, target: { kind: 'local' } }, true),
    ),
    ...table.routes.filter((route) => !isLocal(route)).map((route) => place(route, false)),
  ]
}

/** The route made by a request; a local one only if its target was replaced. */
function routeTo(table: RouteTable, destination: RouteDestination): Route | undefined {
  return table.routes.find((route) => isSameDestination(route.destination, destination))
}

/** The blocks of the VPC, which every table of it reaches. */
export function localDestinations(world: World, table: RouteTable): RouteDestination[] {
  const vpc = world.vpc.get(table.vpc)
  invariant(vpc, `${table.vpc} exists as long as ${table.id} does`)
  return [
    ...vpc.cidrBlocks.map(({ cidr }) => ({ kind: 'ipv4', cidr }) as const),
    ...vpc.ipv6CidrBlocks.map(({ cidr }) => ({ kind: 'ipv6', cidr }) as const),
  ]
}

/** The CIDR or the list that names a route in its table. */
export function destinationText(destination: RouteDestination): string {
  return destination.kind === 'prefix-list' ? destination.list : destination.cidr
}

export function isSameDestination(a: RouteDestination, b: RouteDestination): boolean {
  return destinationText(a) === destinationText(b)
}

function reaches(world: World, { vpc }: RouteTable, target: RouteTarget): boolean {
  switch (target.kind) {
    case 'local':
      return true
    case 'internet-gateway':
      return world.internetGateway.get(target.id)?.attachedTo === vpc
    case 'network-interface': {
      const instance = world.networkInterface.get(target.id)?.attachment?.instance
      return instance !== undefined && world.instance.get(instance)?.state === 'running'
    }
    case 'peering': {
      const peering = world.peering.get(target.id)
      return peering !== undefined && isActive(peering)
    }
    case 'other':
      return false
    default:
      return target satisfies never
  }
}
