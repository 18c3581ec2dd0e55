/** ReplaceNetworkAclAssociation (spec 8.5): the subnet gets a new association and the old id is dead. */

import { put } from '../../../model/change.ts'
import { newId } from '../../../model/ids.ts'
import { reject } from '../../../model/rejection.ts'
import type { Subnet } from '../../../model/subnet.ts'
import { linked, type World } from '../../../model/world.ts'
import type { Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'

export const run: Run<'ReplaceNetworkAclAssociation'> = (input, { world, entropy }) => {
  const subnet = associatedSubnet(world, input.AssociationId)
  const acl = find(world, 'networkAcl', input.NetworkAclId)
  if (acl.vpc !== subnet.vpc) reject('NetworkAclOfOtherNetwork', { acl: acl.id, subnet: subnet.id })
  const aclAssociation = newId(entropy, 'aclassoc')
  return {
    changes: [put('subnet', { ...subnet, acl: acl.id, aclAssociation })],
    output: { NewAssociationId: aclAssociation },
  }
}

function associatedSubnet(world: World, id: string): Subnet {
  const [subnet] = linked(world, 'subnet with acl association', id)
  return (subnet && world.subnet.get(subnet)) ?? reject('AssociationNotFound', { id })
}
