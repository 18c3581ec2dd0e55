/**
 * The security groups of an interface as a request gives them (spec 3.9). What is too many is said
 * with another code when an instance is what the request is about.
 */

import { invariant } from '../../base/invariant.ts'
import type { GroupId, SubnetId, VpcId } from '../../model/ids.ts'
import { groupNameKey } from '../../model/links.ts'
import { reject } from '../../model/rejection.ts'
import { defaultGroupName } from '../../model/security-group.ts'
import { linked, type World } from '../../model/world.ts'
import type { Context } from '../action.ts'
import { find } from './lookup.ts'

export type GroupLimit = 'interface' | 'instance'

/** Where the interface is or will be; an existing interface is such a place itself. */
export interface InterfacePlace {
  readonly vpc: VpcId
  readonly subnet: SubnetId
}

/** The groups that `given` names, each once; the VPC's default group when it names none. */
export function interfaceGroups(
  given: readonly string[] | undefined,
  place: InterfacePlace,
  { world, quotas }: Pick<Context, 'world' | 'quotas'>,
  limit: GroupLimit,
): GroupId[] {
  if (!given?.length) return [defaultGroupOf(world, place.vpc)]
  const groups = [...new Set(given)].map((id) => usableGroup(world, id, place))
  if (groups.length > quotas['security-groups-per-interface']) {
    reject(limit === 'interface' ? 'GroupsPerInterfaceExceeded' : 'GroupsPerInstanceExceeded')
  }
  return groups
}

function usableGroup(world: World, given: string, { vpc, subnet }: InterfacePlace): GroupId {
  const { id, vpc: home } = find(world, 'securityGroup', given)
  const isUsable = home === vpc || world.vpcAssociation.has(`${id}/${vpc}`)
  return isUsable ? id : reject('GroupOfAnotherNetwork', { group: id, subnet })
}

function defaultGroupOf(world: World, vpc: VpcId): GroupId {
  const [group] = linked(world, 'group named', groupNameKey(vpc, defaultGroupName))
  invariant(group, `${vpc} has a default group as long as it exists`)
  return group
}
