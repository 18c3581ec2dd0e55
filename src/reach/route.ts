/**
 * Where a subnet's route table sends a packet: the most specific route wins, and a prefix list yields
 * to a static route of the same length (VPC guide, route priority).
 */

import type { VpcId } from '../model/ids.ts'
import { blocksOfRoute, routesOf, tableOf } from '../model/route-lookup.ts'
import type { PlacedRoute, RouteTable } from '../model/routing.ts'
import type { Subnet } from '../model/subnet.ts'
import type { World } from '../model/world.ts'
import { type Address, formatAddress } from '../net/address.ts'
import { type Cidr, containsAddress } from '../net/cidr.ts'
import { isSpecial } from '../net/special-blocks.ts'
import { blocksOfVpc } from './holder.ts'
import type { HopOf, Leg, Outcome } from './hop.ts'

/** What a packet that left its subnet is in next. */
export type Onward =
  | { readonly kind: 'vpc'; readonly vpc: VpcId }
  | { readonly kind: 'internet' }
  /** Something that this program does not run, or another account's VPC. */
  | { readonly kind: 'unknown' }
  /** Connections are opened from inside alone: a NAT gateway, an egress-only internet gateway. */
  | { readonly kind: 'outbound-only' }
  /** `lacksInternet`: a gateway and a route to it would help. */
  | { readonly kind: 'nowhere'; readonly lacksInternet: boolean }

export interface Routed {
  readonly onward: Onward
  readonly hop: HopOf<'route'>
}

export function routeTo(world: World, subnet: Subnet, destination: Address, leg: Leg): Routed {
  const table = tableOf(world, subnet)
  const [route] = table ? routesFor(world, table, destination) : []
  const { onward, why } = route ? followed(world, subnet, route, destination) : noRoute
  const hop = {
    leg,
    kind: 'route',
    outcome: outcomeOf(onward, leg),
    subnet: subnet.id,
    table: table?.id,
    destination: formatAddress(destination),
    via: route && viaOf(route),
    why: onward.kind === 'outbound-only' && leg === 'return' ? 'which carries no answers to the outside' : why,
  } as const
  return { onward, hop }
}

/** Best first. */
function routesFor(world: World, table: RouteTable, destination: Address): PlacedRoute[] {
  return routeBlocksOf(world, table)
    .filter(({ block }) => containsAddress(block, destination))
    .sort((a, b) => b.block.length - a.block.length || listRank(a.route) - listRank(b.route))
    .map(({ route }) => route)
}

interface RouteBlock {
  readonly route: PlacedRoute
  readonly block: Cidr
}

/** A world never changes, and is asked about the same tables again and again. */
const routeBlocks = new WeakMap<World, Map<RouteTable, readonly RouteBlock[]>>()

function routeBlocksOf(world: World, table: RouteTable): readonly RouteBlock[] {
  const ofWorld = routeBlocks.get(world) ?? new Map<RouteTable, readonly RouteBlock[]>()
  routeBlocks.set(world, ofWorld)
  const known = ofWorld.get(table)
  if (known) return known
  const made = routesOf(world, table).flatMap((route) => blocksOfRoute(world, route).map((block) => ({ route, block })))
  ofWorld.set(table, made)
  return made
}

function listRank({ destination }: PlacedRoute): number {
  return destination.kind === 'prefix-list' ? 1 : 0
}

interface Followed {
  readonly onward: Onward
  readonly why: string | undefined
}

const noRoute: Followed = { onward: { kind: 'nowhere', lacksInternet: true }, why: 'no route' }
const blackhole: Followed = { onward: { kind: 'nowhere', lacksInternet: false }, why: 'a blackhole' }
const foreign: Followed = { onward: { kind: 'unknown' }, why: 'which this program does not run' }

function followed(world: World, { vpc }: Subnet, { target, state }: PlacedRoute, destination: Address): Followed {
  if (target.kind === 'other')
    return isOutboundOnly(target.id) ? { ...foreign, onward: { kind: 'outbound-only' } } : foreign
  if (state === 'blackhole') {
    return { ...blackhole, onward: { kind: 'nowhere', lacksInternet: target.kind === 'internet-gateway' } }
  }
  switch (target.kind) {
    case 'local':
      return { onward: { kind: 'vpc', vpc }, why: undefined }
    case 'internet-gateway':
      if (!isSpecial(destination)) return { onward: { kind: 'internet' }, why: undefined }
      return { onward: { kind: 'nowhere', lacksInternet: false }, why: 'which carries public addresses only' }
    case 'network-interface':
      return { onward: { kind: 'unknown' }, why: 'which may do anything with it' }
    case 'peering':
      return throughPeering(world, vpc, target.id, destination)
    default:
      return target satisfies never
  }
}

/** A peering carries what is for the other VPC itself and nothing beyond (peering guide, no transit). */
function throughPeering(world: World, vpc: VpcId, id: `pcx-${string}`, destination: Address): Followed {
  const peering = world.peering.get(id)
  const other = peering?.requester.vpc === vpc ? peering.accepter.vpc : peering?.requester.vpc
  if (other === undefined) return blackhole
  if (!world.vpc.has(other))
    return { onward: { kind: 'unknown' }, why: `which leads to ${other} of another account or Region` }
  const isThere = blocksOfVpc(world, other).some((block) => containsAddress(block, destination))
  if (isThere) return { onward: { kind: 'vpc', vpc: other }, why: undefined }
  return { onward: { kind: 'nowhere', lacksInternet: false }, why: `which leads to ${other} and not beyond` }
}

function isOutboundOnly(id: string): boolean {
  return id.startsWith('nat-') || id.startsWith('eigw-')
}

function outcomeOf({ kind }: Onward, leg: Leg): Outcome {
  if (kind === 'nowhere' || (kind === 'outbound-only' && leg === 'return')) return 'stops'
  return kind === 'unknown' || kind === 'outbound-only' ? 'unknown' : 'passes'
}

function viaOf({ target }: PlacedRoute): string {
  return target.kind === 'local' ? 'local' : target.id
}
