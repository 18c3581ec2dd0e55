/** Where addresses begin to be told apart: by the blocks of rules and lists, and by what lies beside rules. */

import { prefixListCidrs } from '../../model/prefix-list-version.ts'
import { linked, type World } from '../../model/world.ts'
import type { Family } from '../../net/address.ts'
import { type Cidr, lastOf, parseCidr } from '../../net/cidr.ts'
import { marksBesideRules, marksBeyondSubnets } from '../distinctions.ts'
import type { Host, Terrain } from '../host.ts'
import type { Cut } from '../packet-set/diagram.ts'
import { addressCut, addressLines } from '../packet-set/lines.ts'
import type { Range } from '../parts.ts'

export type Cuts = Readonly<Record<Family, readonly Cut[]>>

/** Of the groups that interfaces carry. What a rule says of a group's members is told by who carries it. */
export function ruleCuts(world: World): Cuts {
  const lists = new Set<string>()
  const blocks = new Set<string>()
  for (const group of world.securityGroup.values()) {
    for (const { peer } of group.rules) {
      if (peer.kind === 'prefix-list') lists.add(peer.list)
      else if (peer.kind !== 'group') blocks.add(peer.cidr)
    }
  }
  const texts = [...blocks, ...Array.from(lists).flatMap((list) => prefixListCidrs(world, list))]
  const cidrs = texts.flatMap((text) => parseCidr(text)?.cidr ?? [])
  return bothFamilies((family) => cidrs.filter((cidr) => cidr.family === family).map(rangeOfBlock))
}

function rangeOfBlock(block: Cidr): Range {
  return { first: block.first, last: lastOf(block) }
}

/** One interface of each subnet that has any, for the subnet's ACL, routes and services. */
export function hostsOfSubnets(terrain: Terrain): Host[] {
  const { world } = terrain
  return Array.from(world.subnet.keys()).flatMap((subnet) => {
    const [id] = linked(world, 'interfaces in subnet', subnet)
    const card = id && world.networkInterface.get(id)
    return card ? [terrain.hostOf(card)] : []
  })
}

export function edgeCuts(world: World, hosts: readonly Host[]): Cuts {
  return bothFamilies((family) => marksBesideRules(world, hosts, family).flat())
}

/** Those that do not tell one subnet from another. */
export function zoneCuts(world: World, hosts: readonly Host[]): Cuts {
  return bothFamilies((family) => marksBeyondSubnets(world, hosts, family).flat())
}

/** Subnets that share no address with another: who is in one is nobody else's neighbour. */
export function apartSubnets(world: World): ReadonlySet<string> {
  const blocks = Array.from(world.subnet.values())
    .flatMap(({ id, cidr, ipv6CidrBlocks }) =>
      [...(cidr === undefined ? [] : [cidr]), ...ipv6CidrBlocks.map((each) => each.cidr)].flatMap((text) => {
        const block = parseCidr(text)?.cidr
        return block ? [{ id, ...block, last: lastOf(block) }] : []
      }),
    )
    .sort((a, b) => a.family - b.family || (a.first < b.first ? -1 : 1))
  const apart = new Set<string>(world.subnet.keys())
  let furthest = blocks[0]
  for (const block of blocks.slice(1)) {
    if (furthest && furthest.family === block.family && block.first <= furthest.last) {
      apart.delete(block.id)
      apart.delete(furthest.id)
    }
    if (!furthest || furthest.family !== block.family || block.last > furthest.last) furthest = block
  }
  return apart
}

function bothFamilies(rangesOf: (family: Family) => readonly Range[]): Cuts {
  return { 4: cutsAround(rangesOf(4), 4), 6: cutsAround(rangesOf(6), 6) }
}

/** From the line's lowest number on, ascending. */
export function cutsAround(ranges: readonly Range[], family: Family): Cut[] {
  const { first, last } = addressLines[family]
  const cuts = new Set<Cut>([first])
  for (const range of ranges) {
    cuts.add(addressCut({ family, bits: range.first }))
    const end = addressCut({ family, bits: range.last + 1n })
    if (end <= last) cuts.add(end)
  }
  return [...cuts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}
