/** DisassociateSecurityGroupVpc (spec 3.12). The association is gone from the next describe on. */

import { reject } from '../../../model/rejection.ts'
import { linked, removal } from '../../../model/world.ts'
import type { Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'

export const run: Run<'DisassociateSecurityGroupVpc'> = (input, { world }) => {
  const group = find(world, 'securityGroup', input.GroupId)
  const vpc = find(world, 'vpc', input.VpcId)
  const id = `${group.id}/${vpc.id}` as const
  if (!world.vpcAssociation.has(id)) reject('AssociationMissing', { id: group.id, vpc: vpc.id })
  const carriers = linked(world, 'interfaces of group', group.id)
  if (carriers.some((carrier) => world.networkInterface.get(carrier)?.vpc === vpc.id)) {
    reject('GroupInUse', { id: group.id })
  }
  return { changes: removal(world, 'vpcAssociation', id), output: { State: 'disassociating' } }
}
