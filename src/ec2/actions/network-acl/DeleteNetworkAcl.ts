/** DeleteNetworkAcl (spec 8.5): the default one goes with its VPC only. */

import { reject } from '../../../model/rejection.ts'
import { isLinked, removal } from '../../../model/world.ts'
import type { Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'

export const run: Run<'DeleteNetworkAcl'> = (input, { world }) => {
  const { id, isDefault } = find(world, 'networkAcl', input.NetworkAclId)
  if (isDefault) reject('DefaultNetworkAclDelete', { id })
  if (isLinked(world, 'subnets of acl', id)) reject('DependencyViolation', { thing: 'network ACL', id })
  return { changes: removal(world, 'networkAcl', id), output: {} }
}
