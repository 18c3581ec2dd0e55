/** AssociateSecurityGroupVpc (spec 3.12): lets interfaces of another VPC carry the group. */

import { put } from '../../../model/change.ts'
import { reject } from '../../../model/rejection.ts'
import { isDefaultGroup } from '../../../model/security-group.ts'
import type { Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'

export const run: Run<'AssociateSecurityGroupVpc'> = (input, { world }) => {
  const group = find(world, 'securityGroup', input.GroupId)
  const vpc = find(world, 'vpc', input.VpcId)
  if (isDefaultGroup(group)) reject('AssociationOfDefaultGroup', { id: group.id })
  if (vpc.isDefault) reject('AssociationWithDefaultVpc', { vpc: vpc.id })
  const id = `${group.id}/${vpc.id}` as const
  if (group.vpc === vpc.id || world.vpcAssociation.has(id)) reject('AssociationExists', { id: group.id, vpc: vpc.id })
  return {
    changes: [put('vpcAssociation', { id, group: group.id, vpc: vpc.id })],
    output: { State: 'associating' },
  }
}
