/** A rule's group peer as responses show it: a peered group with its VPC and connection (spec 2.5). */

import { activePeeringBetween } from '../../model/peering-lookup.ts'
import type { Peer } from '../../model/rule.ts'
import type { SecurityGroup } from '../../model/security-group.ts'
import type { World } from '../../model/world.ts'

type GroupPeer = Extract<Peer, { kind: 'group' }>

export interface ViewedGroupPair {
  readonly GroupId: string
  readonly UserId: string
  readonly VpcId?: string
  readonly VpcPeeringConnectionId?: string
  readonly PeeringStatus?: string
}

/** No name and no VPC for a group that is no peered one, as AWS prints it. */
export function viewGroupPair(world: World, holder: SecurityGroup, peer: GroupPeer): ViewedGroupPair {
  const pair = { GroupId: peer.group, UserId: peer.owner }
  if (!peer.peered) return pair
  const { vpc, peering } = peer.peered
  const active = activePeeringBetween(world, holder.vpc, vpc)
  return {
    ...pair,
    VpcId: vpc,
    VpcPeeringConnectionId: active?.id ?? peering,
    PeeringStatus: active?.state ?? world.peering.get(peering)?.state ?? 'deleted',
  }
}
