/**
 * What tells packets apart on their way to and from the interfaces asked about: the peers and ports of
 * rules and ACL entries, routes, VPCs, the addresses and ports of services that are never filtered.
 */

import { blocksOfRoute, routesOf, tableOf } from '../model/route-lookup.ts'
import type { RouteTable } from '../model/routing.ts'
import type { World } from '../model/world.ts'
import type { Address, Family } from '../net/address.ts'
import { addressSet } from '../net/address-set.ts'
import { type Cidr, lastOf } from '../net/cidr.ts'
import { specialBlocks } from '../net/special-blocks.ts'
import { exemptAddresses, exemptPorts } from '../policy/exempt.ts'
import { blocksOfVpc } from './holder.ts'
import type { Host } from './host.ts'
import type { Range } from './parts.ts'

export interface Distinctions {
  /** Sets of addresses of one family. */
  readonly addresses: readonly (readonly Range[])[]
  /** Sets of destination ports. */
  readonly ports: readonly (readonly Range[])[]
  /** Sets of client ports: answers go there, and only ACLs look at where answers go. */
  readonly clientPorts: readonly (readonly Range[])[]
}

export function distinctionsOf(world: World, hosts: readonly Host[], family: Family): Distinctions {
  const aclLines = hosts.flatMap(({ policy }) => [...policy.acl.lines.ingress, ...policy.acl.lines.egress])
  const allows = hosts.flatMap(({ policy }) => [...policy.allows.ingress, ...policy.allows.egress])
  const aclPorts = aclLines.flatMap(({ ports }) => (ports ? [[rangeOf(ports)]] : []))
  const rulePorts = allows.flatMap(({ traffic }) => ('from' in traffic ? [[rangeOf(traffic)]] : []))
  return {
    addresses: [...allows.map(({ peers }) => peers[family]), ...marksBesideRules(world, hosts, family)],
    ports: [...rulePorts, ...aclPorts, ...exemptPorts.map((port) => [rangeOf({ from: port, to: port })])],
    clientPorts: aclPorts,
  }
}

/** Sets of addresses that ACLs, routes and services tell from others, and rules do not. */
export function marksBesideRules(world: World, hosts: readonly Host[], family: Family): (readonly Range[])[] {
  const subnets = hosts.flatMap(({ policy }) => policy.subnet)
  const routers = hosts.flatMap(({ policy }) => policy.router ?? [])
  return [...marksBeyondSubnets(world, hosts, family), ...marksOf(family, subnets, routers)]
}

/** The same without what tells one subnet from another: its block and its router. */
export function marksBeyondSubnets(world: World, hosts: readonly Host[], family: Family): (readonly Range[])[] {
  const acls = new Set(hosts.map(({ policy }) => policy.acl))
  const lines = Array.from(acls).flatMap(({ lines: { ingress, egress } }) => [...ingress, ...egress])
  const tables = new Set(hosts.flatMap((host) => routeTableOf(world, host) ?? []))
  const routes = Array.from(tables).flatMap((table) => routesOf(world, table))
  const blocks = [...lines.map(({ cidr }) => cidr), ...routes.flatMap((route) => blocksOfRoute(world, route))]
  const resolvers = hosts.flatMap(({ policy }) => policy.resolvers)
  return marksOf(family, [...blocks, ...worldBlocks(world)], [...exemptAddresses, ...resolvers])
}

function marksOf(family: Family, blocks: readonly Cidr[], addresses: readonly Address[]): (readonly Range[])[] {
  return [
    ...blocks.filter((block) => block.family === family).map(blockRange),
    ...addresses.filter((address) => address.family === family).map(({ bits }) => [{ first: bits, last: bits }]),
  ]
}

function routeTableOf(world: World, { card }: Host): RouteTable | undefined {
  const subnet = world.subnet.get(card.subnet)
  return subnet && tableOf(world, subnet)
}

/** A peering leads to a VPC's blocks, an internet gateway to what is not special. */
function worldBlocks(world: World): Cidr[] {
  return [...specialBlocks, ...Array.from(world.vpc.keys()).flatMap((id) => blocksOfVpc(world, id))]
}

function blockRange(block: Cidr): Range[] {
  return [{ first: block.first, last: lastOf(block) }]
}

function rangeOf({ from, to }: { readonly from: number; readonly to: number }): Range {
  return { first: BigInt(from), last: BigInt(to) }
}

/** The blocks' addresses of one family, as ranges. */
export function rangesOf(blocks: readonly Cidr[], family: Family): readonly Range[] {
  return addressSet(blocks)[family]
}
