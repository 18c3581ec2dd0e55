/**
 * A World with names in place of ids, and without what no written form says: two worlds that are equal so are
 * the same network. Tables and ACLs are told by what they do to each subnet, as a VPC's own are of no name.
 */

import { noRules, ownTags } from '../src/export/inventory.ts'
import { interfacesOf } from '../src/model/attached-interface.ts'
import type { NetworkAcl } from '../src/model/network-acl.ts'
import { prefixListCidrs } from '../src/model/prefix-list-version.ts'
import { translationsOf } from '../src/model/public-address.ts'
import { routesOf, tableOf } from '../src/model/route-lookup.ts'
import type { RouteTarget } from '../src/model/routing.ts'
import { type Peer, type Rule, trafficKey } from '../src/model/rule.ts'
import { isDefaultGroup } from '../src/model/security-group.ts'
import { linked, type World } from '../src/model/world.ts'

export type NameOf = (id: string) => string

export function canonicalWorld(world: World, name: NameOf) {
  const tags = (id: string) => ownTags(world, id).map(({ key, value }) => `${key}=${value}`)
  const view = { world, name, tags }
  return { ...networksOf(view), ...filtersOf(view), ...endsOf(view) }
}

interface View {
  readonly world: World
  readonly name: NameOf
  readonly tags: (id: string) => string[]
}

/** By name, in its order. */
function table<T extends { readonly id: string }>(objects: Iterable<T>, name: NameOf, facts: (object: T) => object) {
  const rows = [...objects].map((each) => [name(each.id), facts(each)] as const)
  return Object.fromEntries(rows.sort(([a], [b]) => (a < b ? -1 : 1)))
}

function networksOf({ world, name, tags }: View) {
  return {
    vpcs: table(world.vpc.values(), name, ({ id, cidrBlocks, ipv6CidrBlocks, dnsSupport, dnsHostnames }) => ({
      blocks: [...cidrBlocks, ...ipv6CidrBlocks].map(({ cidr }) => cidr).sort(),
      gateways: linked(world, 'gateways of vpc', id).map(name).sort(),
      dns: [dnsSupport, dnsHostnames],
      tags: tags(id),
    })),
    subnets: table(world.subnet.values(), name, (subnet) => ({
      vpc: name(subnet.vpc),
      blocks: [subnet.cidr, ...subnet.ipv6CidrBlocks.map(({ cidr }) => cidr)],
      zone: subnet.zone,
      givesPublic: subnet.mapPublicIpOnLaunch,
      acl: entriesOf(world.networkAcl.get(subnet.acl)),
      routes: routesFrom(world, subnet.id, name),
      tags: tags(subnet.id),
    })),
    peerings: table(world.peering.values(), name, ({ requester, accepter }) => ({
      ends: [name(requester.vpc), name(accepter.vpc)],
    })),
  }
}

function filtersOf({ world, name, tags }: View) {
  const groups = [...world.securityGroup.values()].filter((group) => !isDefaultGroup(group) && group.name !== noRules)
  return {
    lists: table(world.prefixList.values(), name, ({ id, name: given, family, maxEntries }) => ({
      given,
      family,
      maxEntries,
      cidrs: prefixListCidrs(world, id),
    })),
    groups: table(groups, name, (group) => ({
      named: group.name,
      description: group.description,
      vpc: name(group.vpc),
      rules: [...new Set(group.rules.flatMap((rule) => ruleText(world, rule, name)))].sort(),
      tags: tags(group.id),
    })),
  }
}

function endsOf({ world, name, tags }: View) {
  const instances = [...world.instance.values()].filter((instance) => interfacesOf(world, instance).length > 0)
  return {
    interfaces: table(world.networkInterface.values(), name, (card) => ({
      subnet: name(card.subnet),
      description: card.description,
      private: card.privateAddresses.map(({ address }) => address),
      ipv6: card.ipv6Addresses,
      public: translationsOf(world, card).map(({ privateAddress }) => privateAddress),
      groups: card.groups.filter((id) => world.securityGroup.get(id)?.name !== noRules).map(name),
      isChecked: card.sourceDestCheck,
      tracking: card.tracking,
      tags: tags(card.id),
    })),
    instances: table(instances, name, (instance) => ({
      image: instance.image,
      type: instance.type,
      interfaces: interfacesOf(world, instance).map(({ id }) => name(id)),
      tags: tags(instance.id),
    })),
  }
}

function entriesOf(acl: NetworkAcl | undefined): string[] {
  return (acl?.entries ?? [])
    .map(({ number, direction, action, protocol, cidr, ports, icmp }) =>
      [direction, number, action, protocol, cidr, JSON.stringify({ ports, icmp })].join(' '),
    )
    .sort()
}

/** A route to what is gone is of no form. */
function isThere({ internetGateway, networkInterface }: World, target: RouteTarget): boolean {
  if (target.kind === 'other') return true
  return target.kind !== 'local' && (internetGateway.has(target.id) || networkInterface.has(target.id))
}

function routesFrom(world: World, subnetId: string, name: NameOf): string[] {
  const subnet = world.subnet.get(subnetId)
  const table = subnet && tableOf(world, subnet)
  return (table ? routesOf(world, table) : [])
    .filter(({ target, state }) => state === 'active' || isThere(world, target))
    .map(({ destination, target, state }) => {
      const to = destination.kind === 'prefix-list' ? name(destination.list) : destination.cidr
      return `${to} ${target.kind === 'local' ? 'local' : target.kind === 'other' ? target.id : name(target.id)} ${state}`
    })
    .sort()
}

/** A rule about a group or a list that is not there stands for nobody, and the one by which nothing leaves for nothing. */
function ruleText(world: World, { direction, traffic, peer, description }: Rule, name: NameOf): string[] {
  if (peer.kind === 'group' && !world.securityGroup.has(peer.group)) return []
  const isGone = peer.kind === 'prefix-list' && prefixListCidrs(world, peer.list).length === 0
  if (isGone && !world.prefixList.has(peer.list)) return []
  if (peer.kind === 'ipv4' && peer.cidr === '255.255.255.255/32') return []
  return [[direction, trafficKey(traffic), peerText(peer, name), description ?? ''].join(' ')]
}

function peerText(peer: Peer, name: NameOf): string {
  if (peer.kind === 'prefix-list') return name(peer.list)
  return peer.kind === 'group' ? name(peer.group) : peer.cidr
}
