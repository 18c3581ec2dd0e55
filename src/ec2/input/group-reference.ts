/**
 * A rule's peer that is a group (spec 2.5): of the same VPC, of an actively peered one, or reached
 * through a VPC association of either group.
 */

import { isIdOf, type VpcId } from '../../model/ids.ts'
import { activePeeringBetween } from '../../model/peering-lookup.ts'
import { reject } from '../../model/rejection.ts'
import type { Peer } from '../../model/rule.ts'
import type { SecurityGroup } from '../../model/security-group.ts'
import type { Context } from '../action.ts'
import type { UserIdGroupPair } from '../protocol/types.generated.ts'
import { findDefaultVpc, groupNamed } from './group.ts'
import { find } from './lookup.ts'

type GroupPeer = Extract<Peer, { kind: 'group' }>

/** The peer that rules of `holder` get from `pair`, checked to exist and to be reachable. */
export function referencedGroup(pair: UserIdGroupPair, holder: SecurityGroup, context: Context): GroupPeer {
  const { world } = context
  const target = pair.GroupId ? find(world, 'securityGroup', pair.GroupId) : referencedByName(pair, holder, context)
  const owner = world.scope.account
  refuseOtherOwner(pair, owner)
  if (target.vpc === holder.vpc || sharesNetwork(context, target, holder))
    return { kind: 'group', group: target.id, owner }
  const peering = activePeeringBetween(world, holder.vpc, target.vpc) ?? reject('GroupsOfDifferentNetworks')
  return { kind: 'group', group: target.id, owner, peered: { vpc: target.vpc, peering: peering.id } }
}

/** The peer that `pair` spells, for finding a rule that may name a group which is gone. */
export function spelledGroup(pair: UserIdGroupPair, holder: SecurityGroup, context: Context): GroupPeer {
  const { GroupId: id } = pair
  if (!id) return referencedGroup(pair, holder, context)
  if (!isIdOf('sg', id)) reject('GroupIdMalformed', { id })
  const owner = context.world.scope.account
  refuseOtherOwner(pair, owner)
  return { kind: 'group', group: id, owner }
}

/** Worlds of different accounts never mix, so another owner's group is one that does not exist. */
function refuseOtherOwner({ UserId, GroupId, GroupName = '' }: UserIdGroupPair, owner: string): void {
  if (UserId && UserId !== owner) reject('GroupNotFound', { id: GroupId || GroupName })
}

function referencedByName(pair: UserIdGroupPair, holder: SecurityGroup, { world }: Context): SecurityGroup {
  const { GroupName: name } = pair
  if (!name) return pair.UserId ? reject('RuleSourceGroupMissing') : reject('RuleSourceMissing')
  if (holder.vpc !== findDefaultVpc(world)?.id) reject('GroupReferenceByName', { name })
  return groupNamed(world, name)
}

function sharesNetwork({ world }: Context, target: SecurityGroup, holder: SecurityGroup): boolean {
  const isAssociated = (group: SecurityGroup, vpc: VpcId) => world.vpcAssociation.has(`${group.id}/${vpc}`)
  return isAssociated(target, holder.vpc) || isAssociated(holder, target.vpc)
}
