/** DescribeSecurityGroupReferences (spec 3.10): which other VPCs name these groups in their rules. */

import type { SecurityGroup } from '../../../model/security-group.ts'
import { linked, type World } from '../../../model/world.ts'
import { answer, type Run } from '../../action.ts'
import { findEach } from '../../input/lookup.ts'
import type { SecurityGroupReference } from '../../protocol/types.generated.ts'
import { viewGroupPair } from '../../view/group-pair.ts'

export const run: Run<'DescribeSecurityGroupReferences'> = (input, { world }) => {
  const groups = findEach(world, 'securityGroup', input.GroupId)
  return answer({ SecurityGroupReferenceSet: groups.flatMap((group) => referencesTo(world, group)) })
}

/** One item for each referencing VPC and connection. */
function referencesTo(world: World, group: SecurityGroup): SecurityGroupReference[] {
  const references = new Map<string, SecurityGroupReference>()
  for (const id of linked(world, 'groups referencing group', group.id)) {
    const holder = world.securityGroup.get(id)
    if (!holder || holder.vpc === group.vpc) continue
    for (const { peer } of holder.rules) {
      if (peer.kind !== 'group' || peer.group !== group.id) continue
      const connection = viewGroupPair(world, holder, peer).VpcPeeringConnectionId
      references.set(`${holder.vpc} ${connection}`, {
        GroupId: group.id,
        ReferencingVpcId: holder.vpc,
        VpcPeeringConnectionId: connection,
      })
    }
  }
  return [...references.values()]
}
