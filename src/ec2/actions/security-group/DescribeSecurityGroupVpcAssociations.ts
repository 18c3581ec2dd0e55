/** DescribeSecurityGroupVpcAssociations (spec 3.12). */

import { answer, type Run } from '../../action.ts'
import { list, tableRows } from '../../page.ts'

export const run: Run<'DescribeSecurityGroupVpcAssociations'> = (input, { world }) => {
  const { account } = world.scope
  const { items, nextToken } = list({
    input,
    rows: tableRows(world.vpcAssociation),
    filters: {
      'group-id': ({ group }) => group,
      'group-owner-id': () => account,
      state: () => 'associated',
      'vpc-id': ({ vpc }) => vpc,
      'vpc-owner-id': () => account,
    },
  })
  const associations = items.map(({ group, vpc }) => ({
    GroupId: group,
    VpcId: vpc,
    VpcOwnerId: account,
    GroupOwnerId: account,
    State: 'associated',
  }))
  return answer({ SecurityGroupVpcAssociations: associations, NextToken: nextToken })
}
