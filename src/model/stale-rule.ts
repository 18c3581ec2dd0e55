/**
 * Stale rules: the group they name, or the way to it, is gone. Such a rule stays, counts and matches
 * nothing (spec 3.11); it revives when the two VPCs are peered again.
 */

import { activePeeringBetween } from './peering-lookup.ts'
import type { Rule } from './rule.ts'
import type { SecurityGroup } from './security-group.ts'
import type { World } from './world.ts'

export function isStale(world: World, holder: SecurityGroup, { peer }: Rule): boolean {
  if (peer.kind !== 'group') return false
  const target = world.securityGroup.get(peer.group)
  if (!target) return true
  if (target.vpc === holder.vpc) return false
  const isAssociated =
    world.vpcAssociation.has(`${target.id}/${holder.vpc}`) || world.vpcAssociation.has(`${holder.id}/${target.vpc}`)
  return !isAssociated && activePeeringBetween(world, holder.vpc, target.vpc) === undefined
}
