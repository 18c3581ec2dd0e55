/**
 * Which interfaces' policies a list of changes can touch: the links of the world walked backwards, from
 * what `compile` reads to the interfaces it reads it for. The world after the changes is enough: on the way
 * from an interface to the nearest object that changed, nothing did, so the links there are those of before.
 */

import { type Change, touched } from '../model/change.ts'
import type { NetworkInterfaceId } from '../model/ids.ts'
import type { Kind, Objects } from '../model/objects.ts'
import type { SecurityGroup } from '../model/security-group.ts'
import { linked, type World } from '../model/world.ts'

/** At least those whose policy differs; interfaces that came or went are among them. */
export function affectedInterfaces(
  before: World,
  after: World,
  changes: readonly Change[],
): ReadonlySet<NetworkInterfaceId> {
  const found = new Set<NetworkInterfaceId>()
  for (const { of, id } of changes.map(touched)) {
    const readers = readersOf[of] as Readers<Kind> | undefined
    const altered = { world: after, id, before: before[of].get(id), after: after[of].get(id) }
    for (const networkInterface of readers?.(altered) ?? []) found.add(networkInterface)
  }
  return found
}

interface Altered<K extends Kind> {
  /** Where links are followed. */
  readonly world: World
  readonly id: string
  readonly before: Objects[K] | undefined
  readonly after: Objects[K] | undefined
}

type Readers<K extends Kind> = (altered: Altered<K>) => readonly NetworkInterfaceId[]

/** A kind without a row is nothing that a policy is compiled from. */
const readersOf: { readonly [K in Kind]?: Readers<K> } = {
  vpc: ({ world, id }) => linked(world, 'interfaces in vpc', id),
  subnet: ({ world, id }) => linked(world, 'interfaces in subnet', id),
  networkAcl: ({ world, id }) =>
    linked(world, 'subnets of acl', id).flatMap((subnet) => linked(world, 'interfaces in subnet', subnet)),
  securityGroup: readersOfGroup,
  vpcAssociation: ({ world, before, after }) =>
    [before, after].flatMap((each) => (each ? [...members(world, each.group), ...referrers(world, each.group)] : [])),
  prefixList: ({ world, id }) => usersOfList(world, id),
  prefixListVersion: ({ world, before, after }) =>
    [before, after].flatMap((each) => (each ? usersOfList(world, each.list) : [])),
  networkInterface: readersOfInterface,
  peering: ({ world, before, after }) =>
    [before, after].flatMap((each) =>
      each ? [each.requester, each.accepter].flatMap(({ vpc }) => referrersIn(world, vpc)) : [],
    ),
}

/** Whether a group is there, and in which VPC, decides also if rules that name it are stale. */
function readersOfGroup({ world, id, before, after }: Altered<'securityGroup'>): NetworkInterfaceId[] {
  return [...members(world, id), ...(before?.vpc === after?.vpc ? [] : referrers(world, id))]
}

/** An interface's addresses are read by the rules that name its groups. */
function readersOfInterface({ world, id, before, after }: Altered<'networkInterface'>): NetworkInterfaceId[] {
  const own = (before ?? after)?.id ?? (id as NetworkInterfaceId)
  const groups = new Set([...(before?.groups ?? []), ...(after?.groups ?? [])])
  if (before && after && isSamePeer(before, after)) return [own]
  return [own, ...Array.from(groups).flatMap((group) => [...members(world, group), ...referrers(world, group)])]
}

function isSamePeer(a: Objects['networkInterface'], b: Objects['networkInterface']): boolean {
  const textOf = ({ groups, privateAddresses, ipv6Addresses }: Objects['networkInterface']) =>
    [groups, privateAddresses.map(({ address }) => address), ipv6Addresses].join(' ')
  return textOf(a) === textOf(b)
}

function usersOfList(world: World, list: string): NetworkInterfaceId[] {
  return linked(world, 'groups using prefix list', list).flatMap((group) => members(world, group))
}

function members(world: World, group: string): NetworkInterfaceId[] {
  return linked(world, 'interfaces of group', group)
}

/** Interfaces with a rule that names the group; a group's own interfaces are not found by this link. */
function referrers(world: World, group: string): NetworkInterfaceId[] {
  return linked(world, 'groups referencing group', group).flatMap((each) => members(world, each))
}

/** Interfaces of the VPC's groups that name groups at all: a peering may make such a rule stale, or revive it. */
function referrersIn(world: World, vpc: string): NetworkInterfaceId[] {
  return linked(world, 'groups in vpc', vpc)
    .filter((id) => namesGroups(world.securityGroup.get(id)))
    .flatMap((id) => members(world, id))
}

function namesGroups(group: SecurityGroup | undefined): boolean {
  return group?.rules.some(({ peer }) => peer.kind === 'group') ?? false
}
