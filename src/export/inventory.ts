/**
 * A World as a list of pieces in the order that they can be made in, each with a name: what every written form
 * is printed from. Ids are not among it, as AWS chooses them anew; what cannot be said anywhere is listed.
 */

import { interfacesOf } from '../model/attached-interface.ts'
import { put } from '../model/change.ts'
import { openPair } from '../model/default-network.ts'
import type { ElasticAddress } from '../model/elastic-address.ts'
import type { GroupId, TaggableId, VpcId } from '../model/ids.ts'
import type { NetworkAcl } from '../model/network-acl.ts'
import { entriesAt, prefixListCidrs } from '../model/prefix-list-version.ts'
import { isMainTable, type Route, type RouteTable } from '../model/routing.ts'
import type { Rule } from '../model/rule.ts'
import { isDefaultGroup, type SecurityGroup } from '../model/security-group.ts'
import type { Subnet } from '../model/subnet.ts'
import { ownTagPrefix, type Tag } from '../model/tag.ts'
import { isUntouched } from '../model/untouched-network.ts'
import type { Vpc } from '../model/vpc.ts'
import { apply, linked, tagsOf, type World } from '../model/world.ts'
import { Names } from './names.ts'
import type { Piece } from './pieces.ts'

export interface Inventory {
  readonly world: World
  readonly pieces: readonly Piece[]
  /** By id: words joined by dashes, unlike those of all other ids. */
  readonly names: ReadonlyMap<string, string>
  /** Sentences, for people. */
  readonly unsaid: readonly string[]
}

/** The name of a group that this program makes for interfaces without any. */
export const noRules = 'no rules'

/** AWS knows no interface without a group: one without rules is the same. */
function withGroups(world: World, unsaid: string[]): World {
  const bare = Array.from(world.networkInterface.values()).filter(({ groups }) => groups.length === 0)
  const idIn = (vpc: VpcId): GroupId => `sg-no-rules-${vpc}`
  for (const { id } of bare) unsaid.push(`${id} has no group, which AWS does not know: it is given one without rules.`)
  return apply(world, [
    ...bare.map(({ vpc }) => {
      const group = { id: idIn(vpc), vpc, name: noRules, description: noRules, rules: [], hasOriginalEgress: false }
      return put('securityGroup', group)
    }),
    ...bare.map((card) => put('networkInterface', { ...card, groups: [idIn(card.vpc)] })),
  ])
}

export function inventoryOf(given: World): Inventory {
  const unsaid: string[] = []
  const world = withGroups(given, unsaid)
  const vpcs = Array.from(world.vpc.values()).filter((vpc) => {
    if (!isUntouched(world, vpc)) return true
    unsaid.push(`The default VPC ${vpc.id} is left out: it is as AWS makes it in every Region.`)
    return false
  })
  const isIn = ({ vpc }: { readonly vpc: string }) => vpcs.some(({ id }) => id === vpc)
  const pieces = [
    ...vpcs.map((vpc): Piece => ({ kind: 'vpc', vpc })),
    ...gatewaysOf(world, isIn),
    ...Array.from(world.subnet.values())
      .filter(isIn)
      .map((subnet): Piece => ({ kind: 'subnet', subnet })),
    ...aclsOf(world, isIn),
    ...listsOf(world),
    ...groupsOf(world, isIn, unsaid),
    ...cardsOf(world, unsaid),
    ...addressesOf(world),
    ...peeringsOf(world, unsaid),
    ...tablesOf(world, isIn, unsaid),
  ]
  noteRest(world, vpcs, unsaid)
  return { world, pieces, names: namesOf(world, pieces), unsaid }
}

/** Tags that may be given: not AWS's, not this program's. */
export function ownTags(world: World, id: string): readonly Tag[] {
  return tagsOf(world, id as TaggableId).filter(({ key }) => !key.startsWith('aws:') && !key.startsWith(ownTagPrefix))
}

type IsIn = (place: { readonly vpc: string }) => boolean

function gatewaysOf(world: World, isIn: IsIn): Piece[] {
  return Array.from(world.internetGateway.values())
    .filter(({ attachedTo: vpc }) => vpc === undefined || isIn({ vpc }))
    .map(({ id, attachedTo: vpc }) => ({ kind: 'internet-gateway', id, vpc }))
}

/** A default ACL that was altered is written as one of its own, as no form can take AWS's entries from it. */
function aclsOf(world: World, isIn: IsIn): Piece[] {
  return Array.from(world.networkAcl.values())
    .filter((acl) => isIn(acl) && !(acl.isDefault && isOpen(acl, world.vpc.get(acl.vpc))))
    .map((acl) => {
      const subnets = linked(world, 'subnets of acl', acl.id).flatMap((id) => world.subnet.get(id) ?? [])
      return { kind: 'network-acl', acl, subnets }
    })
}

function isOpen({ entries }: NetworkAcl, vpc: Vpc | undefined): boolean {
  const hasIpv6 = (vpc?.ipv6CidrBlocks.length ?? 0) > 0
  const open = [...openPair(4), ...(hasIpv6 ? openPair(6) : [])].map((entry) => JSON.stringify(entry))
  const own = entries.map(({ number, direction, action, protocol, family, cidr, ...more }) =>
    JSON.stringify({ number, direction, action, protocol, family, cidr, ...more }),
  )
  return own.length === open.length && open.every((entry) => own.includes(entry))
}

function listsOf(world: World): Piece[] {
  return Array.from(world.prefixList.values(), (list) => ({
    kind: 'prefix-list',
    list,
    entries: entriesAt(world, list) ?? [],
  }))
}

function groupsOf(world: World, isIn: IsIn, unsaid: string[]): Piece[] {
  const groups = Array.from(world.securityGroup.values()).filter(isIn)
  const told = groups.map((group) => ({
    group,
    rules: group.rules.filter((rule) => isSayable(world, group, rule, unsaid)),
  }))
  return [
    ...told.map((each): Piece => ({ kind: 'group', ...each })),
    ...told.map((each): Piece => ({ kind: 'rules', ...each })),
  ]
}

function isSayable(world: World, group: SecurityGroup, { id, peer }: Rule, unsaid: string[]): boolean {
  if (
    peer.kind === 'prefix-list' &&
    !world.prefixList.has(peer.list) &&
    prefixListCidrs(world, peer.list).length === 0
  ) {
    unsaid.push(`The rule ${id} of ${group.id} is left out: its list ${peer.list} is not of this world.`)
    return false
  }
  if (peer.kind !== 'group' || world.securityGroup.has(peer.group)) return true
  unsaid.push(`The rule ${id} of ${group.id} is left out: its peer ${peer.group} is not of this world.`)
  return false
}

function cardsOf(world: World, unsaid: string[]): Piece[] {
  const instances = Array.from(world.instance.values()).filter(({ state }) => state !== 'terminated')
  const withCards = instances.map((instance) => ({ instance, cards: interfacesOf(world, instance) }))
  const written = withCards.filter(({ instance: { id, image }, cards }) => {
    // The vectors' lines tell of instances no more than that they are there.
    if (image !== undefined && cards.length > 0) return true
    unsaid.push(`The instance ${id} is left out: nothing is known of it. Its interfaces stand alone.`)
    return false
  })
  for (const { instance } of written) {
    if (instance.state === 'stopped') unsaid.push(`${instance.id} is stopped, which cannot be written: it will run.`)
  }
  return [
    ...Array.from(world.networkInterface.values(), (card): Piece => ({ kind: 'interface', card })),
    ...written.map(({ instance, cards }): Piece => ({ kind: 'instance', instance, cards })),
  ]
}

/** An address that came with a launch is the instance's own only as long as it runs: it is written as an elastic one. */
function addressesOf(world: World): Piece[] {
  const elastic = Array.from(world.elasticAddress.values())
  const launched = Array.from(world.networkInterface.values()).flatMap((card): ElasticAddress[] => {
    const { id, autoAssignedPublicAddress: publicAddress, privateAddresses } = card
    const privateAddress = privateAddresses[0]?.address
    const association = { id: `eipassoc-${id}`, networkInterface: id, privateAddress: privateAddress ?? '' } as const
    const isReplaced = elastic.some(({ association: own }) => {
      return own?.networkInterface === id && own.privateAddress === privateAddress
    })
    if (publicAddress === undefined || privateAddress === undefined || isReplaced) return []
    return [{ id: `eipalloc-${id}`, publicAddress, networkBorderGroup: world.scope.region, association }]
  })
  return [...elastic, ...launched].map((address) => ({ kind: 'elastic-address', address }))
}

function peeringsOf(world: World, unsaid: string[]): Piece[] {
  return Array.from(world.peering.values()).flatMap((peering): Piece[] => {
    const isHere = world.vpc.has(peering.requester.vpc)
    if (peering.state === 'active' && isHere) return [{ kind: 'peering', peering }]
    unsaid.push(`The peering ${peering.id} is left out: it is ${peering.state}.`)
    return []
  })
}

/** The main table is AWS's and is not named by any form: it is written as a table of the subnets that follow it. */
function tablesOf(world: World, isIn: IsIn, unsaid: string[]): Piece[] {
  return Array.from(world.routeTable.values())
    .filter(isIn)
    .flatMap((table): Piece[] => {
      const routes = table.routes.filter((route) => isRouteSayable(world, table, route, unsaid))
      const subnets = subnetsOf(world, table)
      const isNeedless = isMainTable(table) && routes.length === 0
      return isNeedless ? [] : [{ kind: 'route-table', table, subnets, routes }]
    })
}

function subnetsOf(world: World, table: RouteTable): Subnet[] {
  const own = table.associations.flatMap((each) =>
    each.kind === 'subnet' ? (world.subnet.get(each.subnet) ?? []) : [],
  )
  if (!isMainTable(table)) return own
  const left = linked(world, 'subnets in vpc', table.vpc).filter((id) => {
    return linked(world, 'route tables of subnet', id).length === 0
  })
  return [...own, ...left.flatMap((id) => world.subnet.get(id) ?? [])]
}

function isRouteSayable(world: World, { id }: RouteTable, { target }: Route, unsaid: string[]): boolean {
  const isThere =
    target.kind === 'other' ||
    (target.kind === 'internet-gateway' && world.internetGateway.has(target.id)) ||
    (target.kind === 'network-interface' && world.networkInterface.has(target.id)) ||
    (target.kind === 'peering' && world.peering.get(target.id)?.state === 'active')
  if (isThere || target.kind === 'local') return isThere
  unsaid.push(`A route of ${id} is left out: ${target.id} is not there, or not active.`)
  return false
}

function noteRest(world: World, vpcs: readonly Vpc[], unsaid: string[]): void {
  for (const { id, isDefault } of vpcs) {
    if (isDefault) unsaid.push(`${id} is the default VPC, and is written as one like all others.`)
  }
  for (const { id } of world.vpcAssociation.values()) unsaid.push(`The association ${id} is left out.`)
  for (const { id } of world.flowLog.values()) unsaid.push(`The flow log ${id} is left out.`)
}

/** A companion of a VPC that is not written itself is called after the VPC. */
function namesOf(world: World, pieces: readonly Piece[]): ReadonlyMap<string, string> {
  const names = new Names(world)
  for (const piece of pieces) {
    if (piece.kind === 'vpc') names.give(piece.vpc.id, 'vpc')
    else if (piece.kind === 'internet-gateway') names.give(piece.id, 'gateway')
    else if (piece.kind === 'subnet') names.give(piece.subnet.id, 'subnet')
    else if (piece.kind === 'network-acl') names.give(piece.acl.id, 'acl')
    else if (piece.kind === 'prefix-list') names.give(piece.list.id, 'list', piece.list.name)
    else if (piece.kind === 'group') names.give(piece.group.id, 'group', groupLabel(names, piece.group))
    else if (piece.kind === 'interface') names.give(piece.card.id, 'interface')
    else if (piece.kind === 'instance') names.give(piece.instance.id, 'instance')
    else if (piece.kind === 'elastic-address') names.give(piece.address.id, 'address', holderName(names, piece.address))
    else if (piece.kind === 'peering') names.give(piece.peering.id, 'peering')
    else if (piece.kind === 'route-table') names.give(piece.table.id, 'table')
  }
  return names.all
}

function groupLabel(names: Names, group: SecurityGroup): string {
  return isDefaultGroup(group) ? `${names.all.get(group.vpc) ?? ''} default` : group.name
}

function holderName(names: Names, { association }: ElasticAddress): string | undefined {
  return association && names.all.get(association.networkInterface)
}
