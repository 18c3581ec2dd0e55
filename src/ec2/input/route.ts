/** Rules for a route in its table: what a destination inside the VPC may lead to, and how many fit. */

import type { Instant } from '../../base/clock.ts'
import { blockOf, blocksTaken } from '../../model/address-block.ts'
import type { Quotas } from '../../model/quota.ts'
import { reject } from '../../model/rejection.ts'
import { localDestinations } from '../../model/route-lookup.ts'
import type { Route, RouteDestination, RouteTable, RouteTarget } from '../../model/routing.ts'
import type { World } from '../../model/world.ts'
import { contains, formatCidr } from '../../net/cidr.ts'
import { findPrefixListReference } from './prefix-list-reference.ts'

/** The table that a route is made in, at the moment of the request. */
export interface RoutePlace {
  readonly world: World
  readonly now: Instant
  readonly table: RouteTable
}

/** Traffic between the VPC's subnets may be led through an appliance, and only subnet by subnet (user guide). */
export function refuseUnfitRoute({ destination, target }: Route, { world, table }: RoutePlace): void {
  if (destination.kind === 'prefix-list') return
  const block = blockOf(destination.cidr)
  const around = localDestinations(world, table).flatMap((local) => (local.kind === 'prefix-list' ? [] : local.cidr))
  if (!around.some((cidr) => contains(blockOf(cidr), block))) return
  if (!isAppliance(target)) reject('RouteTargetUnfit', { destination: destination.cidr })
  const isWhole = [...around, ...blocksTaken(world, table.vpc).map(formatCidr)].includes(destination.cidr)
  if (!isWhole) reject('RouteDestinationUnfit')
}

function isAppliance(target: RouteTarget): boolean {
  return target.kind === 'network-interface' || (target.kind === 'other' && /^(?:nat|vpce)-/.test(target.id))
}

/** Families are counted apart, and a prefix list as the most it can hold (user guide, quotas; spec 6.4). */
export function refuseFurtherRoute(destination: RouteDestination, { world, table }: RoutePlace, quotas: Quotas): void {
  const weigh = (each: RouteDestination) => weightOf(world, each)
  const added = weigh(destination)
  const held = table.routes.map((route) => weigh(route.destination)).filter(({ family }) => family === added.family)
  const count = [...held, added].reduce((sum, { weight }) => sum + weight, 0)
  if (count > quotas['routes-per-route-table']) reject('RouteLimitExceeded')
}

function weightOf(world: World, destination: RouteDestination): { readonly family: 4 | 6; readonly weight: number } {
  if (destination.kind !== 'prefix-list') return { family: destination.kind === 'ipv4' ? 4 : 6, weight: 1 }
  return findPrefixListReference(world, destination.list) ?? { family: 4, weight: 0 }
}
