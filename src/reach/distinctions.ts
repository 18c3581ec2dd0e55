/**
 * What tells packets apart on their way to and from the interfaces asked about: the peers and ports of
 * rules and ACL entries, routes, VPCs, the addresses and ports of services that are never filtered.
 */

import { blocksOfRoute, routesOf, tableOf } from '../model/route-lookup.ts'
import type { World } from '../model/world.ts'
import type { Family } from '../net/address.ts'
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
  const blocks = [...aclLines.map(({ cidr }) => cidr), ...hosts.flatMap((host) => blocksAround(world, host))]
  return {
    addresses: [
      ...allows.map(({ peers }) => peers[family]),
      ...[...blocks, ...worldBlocks(world)].filter((block) => block.family === family).map(blockRange),
      ...[...exemptAddresses, ...hosts.flatMap(({ policy }) => servicesOf(policy))]
        .filter((address) => address.family === family)
        .map(({ bits }) => [{ first: bits, last: bits }]),
    ],
    ports: [...rulePorts, ...aclPorts, ...exemptPorts.map((port) => [rangeOf({ from: port, to: port })])],
    clientPorts: aclPorts,
  }
}

function servicesOf({ resolvers, router }: Host['policy']) {
  return router ? [...resolvers, router] : resolvers
}

function blocksAround(world: World, { card, policy }: Host): Cidr[] {
  const subnet = world.subnet.get(card.subnet)
  const table = subnet && tableOf(world, subnet)
  const routes = table ? routesOf(world, table) : []
  return [...policy.subnet, ...routes.flatMap((route) => blocksOfRoute(world, route))]
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
