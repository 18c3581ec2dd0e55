/** GetSecurityGroupsForVpc (spec 3.12): every group that interfaces of a VPC may carry. */

import type { VpcId } from '../../../model/ids.ts'
import type { SecurityGroup } from '../../../model/security-group.ts'
import { linked, type World } from '../../../model/world.ts'
import { answer, type Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'
import { list, rowsFrom } from '../../page.ts'
import { viewTagsOf } from '../../view/tags.ts'

export const run: Run<'GetSecurityGroupsForVpc'> = (input, { world }) => {
  const vpc = find(world, 'vpc', input.VpcId)
  const { items, nextToken } = list({
    input,
    rows: rowsFrom(usableIn(world, vpc.id), ({ id }) => id),
    filters: {
      'group-id': (group) => group.id,
      description: (group) => group.description,
      'group-name': (group) => group.name,
      'owner-id': () => world.scope.account,
      'primary-vpc-id': (group) => group.vpc,
    },
  })
  const groups = items.map((group) => ({
    GroupId: group.id,
    GroupName: group.name,
    Description: group.description,
    OwnerId: world.scope.account,
    PrimaryVpcId: group.vpc,
    Tags: viewTagsOf(world, group.id),
  }))
  return answer({ SecurityGroupForVpcs: groups, NextToken: nextToken })
}

function usableIn(world: World, vpc: VpcId): SecurityGroup[] {
  const associated = linked(world, 'associations with vpc', vpc).flatMap((id) => world.vpcAssociation.get(id) ?? [])
  const ids = [...linked(world, 'groups in vpc', vpc), ...associated.map(({ group }) => group)]
  return ids.flatMap((id) => world.securityGroup.get(id) ?? [])
}
