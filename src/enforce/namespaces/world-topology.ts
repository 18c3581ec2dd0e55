/**
 * World → the namespaces that stand for it: one for each running instance, a router for each VPC that has one,
 * and an internet that answers at made-up addresses. Worlds of different scopes are never joined.
 */

import type { VpcId } from '../../model/ids.ts'
import { linked, type World } from '../../model/world.ts'
import { type Address, parseAddress } from '../../net/address.ts'
import { type Cidr, containsAddress, formatCidr, parseCidr } from '../../net/cidr.ts'
import { instanceOf, runningInstances } from './instance-namespace.ts'
import { internetNamespace } from './names.ts'
import { beyondGateway, routerCables, routerOf } from './router-namespace.ts'
import type { Namespace, Part, Topology } from './topology.ts'

export function topologyOf(world: World): Topology {
  const instances = runningInstances(world).map((instance) => instanceOf(world, instance))
  const vpcs = vpcsInUse(world)
  const namespaces = [
    internetOf(world, vpcs),
    ...[...vpcs].map((vpc) => routerOf(world, vpc, vpcs)),
    ...instances.map(({ namespace }) => namespace),
  ]
  return {
    namespaces: new Map(namespaces.map((each) => [each.name, each])),
    cables: [
      ...[...vpcs].flatMap((vpc) => routerCables(world, vpc, vpcs)),
      ...instances.flatMap(({ cables }) => cables),
    ],
  }
}

/** The VPCs with an interface of a running instance: the others' routers would have nothing to carry. */
export function vpcsInUse(world: World): ReadonlySet<VpcId> {
  const cards = runningInstances(world).flatMap(({ id }) => linked(world, 'interfaces of instance', id))
  return new Set(cards.flatMap((id) => world.networkInterface.get(id)?.vpc ?? []))
}

/** Addresses that the internet answers at, made up: documentation blocks (RFC 5737, RFC 3849). */
const internetBlocks = ['192.0.2.0/24', '198.51.100.0/24', '2001:db8:ffff::/48']

/** Whose packets it sends unless a program binds to another. */
export const internetAddresses = ['192.0.2.1', '2001:db8:ffff::1']

const answered = internetBlocks.flatMap((text) => parseCidr(text)?.cidr ?? [])

function internetOf(world: World, vpcs: ReadonlySet<VpcId>): Namespace {
  const beyond = [...vpcs].flatMap((vpc) => beyondGateway(world, vpc))
  return {
    name: internetNamespace(world.scope),
    role: 'internet',
    life: '',
    parts: [
      ...internetAddresses.map((address): Part => {
        return { kind: 'address', device: 'lo', address: `${address}/${address.includes(':') ? 128 : 32}` }
      }),
      ...answered.map(hereRoute),
      ...beyond.flatMap(outOfTheWay),
      ...beyond,
    ],
  }
}

function hereRoute(block: Cidr): Part {
  return { kind: 'route', family: block.family, table: 'local', destination: formatCidr(block), hop: { kind: 'here' } }
}

/** An instance's public address may come from a block that is answered here: then it is not. */
function outOfTheWay(part: Part): Part[] {
  if (part.kind !== 'route') return []
  const address: Address | undefined = parseAddress(part.destination.replace(/\/32$/, ''))
  if (!address || !answered.some((block) => containsAddress(block, address))) return []
  return [{ ...part, table: 'local', hop: { kind: 'elsewhere' } }]
}
