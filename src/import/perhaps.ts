/**
 * ACL entries and routes of which something is not known. ACLs are read in order and routes by the longest prefix, so
 * one more may take away as well as give: each bound has of it what makes the least pass, or the most, there and back.
 */

import type { NetworkAcl, NetworkAclEntry } from '../model/network-acl.ts'
import type { Route, RouteDestination, RouteTable, RouteTarget } from '../model/routing.ts'
import type { Direction } from '../model/rule.ts'
import type { Family } from '../net/address.ts'
import { type Cidr, overlaps, parseCidr } from '../net/cidr.ts'
import { allAddresses } from './cidr-peer.ts'

export type Bound = 'certain' | 'possible'

/** What is known of an entry. */
export interface EntryKnown {
  /** Without it, the entry comes before all others. */
  readonly number?: number | undefined
  /** Both without it. */
  readonly direction?: Direction | undefined
  readonly action?: NetworkAclEntry['action'] | undefined
  /** Those that its block may be of. */
  readonly families: readonly Family[]
  /** Its block, where only something else is not known. */
  readonly cidr?: string | undefined
  /** Of all traffic without it. */
  readonly traffic?: Pick<NetworkAclEntry, 'protocol' | 'ports' | 'icmp'> | undefined
}

/** An entry that may allow does so in the possible world, and one that may deny in the certain one: for all addresses. */
export function withPerhapsEntry(acl: NetworkAcl, known: EntryKnown, bound: Bound): NetworkAcl {
  const bounding = bound === 'possible' ? 'allow' : 'deny'
  if (known.action !== undefined && known.action !== bounding) return acl
  const directions = known.direction === undefined ? (['ingress', 'egress'] as const) : [known.direction]
  const more = directions.flatMap((direction) =>
    known.families.map((family): NetworkAclEntry => {
      const everywhere = family === 4 ? '0.0.0.0/0' : '::/0'
      const traffic = known.traffic ?? { protocol: -1 }
      const { number = 1, cidr = everywhere } = known
      return { number, direction, action: bounding, family, cidr, ...traffic }
    }),
  )
  // Of entries with one number the first counts.
  return { ...acl, entries: [...more, ...acl.entries] }
}

/** A route that may be there. */
export interface PerhapsRoute {
  /** Undefined: any block of these families. */
  readonly destination?: RouteDestination | undefined
  readonly families: readonly Family[]
  readonly target: RouteTarget
}

/** Nobody knows where packets go. */
const either: RouteTarget = { kind: 'other', id: 'a route that is not known' }

/**
 * Where the table has another way for what the route may be for, nobody knows which it takes. Where it has none, the
 * possible world has the route. `blocks` are the VPC's own.
 */
export function withPerhapsRoute(
  table: RouteTable,
  perhaps: PerhapsRoute,
  { bound, blocks }: { readonly bound: Bound; readonly blocks: readonly string[] },
): RouteTable {
  const { destination, families, target } = perhaps
  const block = destination && blockOf(destination)
  return block && destination
    ? withKnownBlock(table, { destination, target }, { block, bound, blocks })
    : withAnyBlock(table, { families, target }, { bound, blocks })
}

function blockOf(destination: RouteDestination): Cidr | undefined {
  return destination.kind === 'prefix-list' ? undefined : parseCidr(destination.cidr)?.cidr
}

function isSameTarget(one: RouteTarget, other: RouteTarget): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

interface Around {
  readonly bound: Bound
  readonly blocks: readonly string[]
}

function withKnownBlock(
  table: RouteTable,
  route: Route,
  { block, bound, blocks }: Around & { readonly block: Cidr },
): RouteTable {
  const isSame = (each: Route) => JSON.stringify(each.destination) === JSON.stringify(route.destination)
  const rest = table.routes.filter((each) => !isSame(each))
  const [present] = table.routes.filter(isSame)
  if (present && isSameTarget(present.target, route.target)) return table
  // More specific routes win over it, and a prefix list may be anything.
  const isCovered =
    present !== undefined ||
    rest.some(({ destination }) => isAround(blockOf(destination), block)) ||
    blocks.some((each) => isAround(parseCidr(each)?.cidr, block))
  if (isCovered) return { ...table, routes: [...rest, { ...route, target: either }] }
  return bound === 'possible' ? { ...table, routes: [...rest, route] } : table
}

function isAround(outer: Cidr | undefined, inner: Cidr): boolean {
  return outer === undefined || (outer.length <= inner.length && overlaps(outer, inner))
}

function withAnyBlock(
  table: RouteTable,
  { families, target }: Omit<PerhapsRoute, 'destination'>,
  { bound, blocks }: Around,
): RouteTable {
  const isConcerned = (destination: RouteDestination) =>
    destination.kind === 'prefix-list' || families.includes(destination.kind === 'ipv4' ? 4 : 6)
  const routes = table.routes.map((each) =>
    isConcerned(each.destination) && !isSameTarget(each.target, target) ? { ...each, target: either } : each,
  )
  const own = blocks.map((cidr): RouteDestination => ({ kind: cidr.includes(':') ? 'ipv6' : 'ipv4', cidr }))
  const local = mayTakeLocal(target) ? own.filter(isConcerned).filter((each) => !has(routes, each)) : []
  const everywhere = allAddresses.filter(isConcerned).filter((each) => !has(routes, each))
  return {
    ...table,
    routes: [
      ...routes,
      ...local.map((destination) => ({ destination, target: either })),
      ...(bound === 'possible' ? everywhere.map((destination) => ({ destination, target })) : []),
    ],
  }
}

function has(routes: readonly Route[], destination: RouteDestination): boolean {
  return routes.some((each) => JSON.stringify(each.destination) === JSON.stringify(destination))
}

/** Inside a VPC, routes may lead to middleboxes alone: interfaces, NAT gateways, endpoints (VPC guide). */
function mayTakeLocal(target: RouteTarget): boolean {
  if (target.kind === 'network-interface') return true
  return target.kind === 'other' && !/^(vgw|tgw|eigw|lgw|cagw)-/.test(target.id)
}
