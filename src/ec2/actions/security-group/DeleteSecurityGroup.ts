/** DeleteSecurityGroup (spec 3.2). */

import { reject } from '../../../model/rejection.ts'
import { isDefaultGroup, type SecurityGroup } from '../../../model/security-group.ts'
import { isLinked, linked, removal, type World } from '../../../model/world.ts'
import type { Run } from '../../action.ts'
import { addressedGroup } from '../../input/group.ts'

export const run: Run<'DeleteSecurityGroup'> = (input, { world }) => {
  const group = addressedGroup(world, input)
  if (isDefaultGroup(group)) reject('DefaultGroupDelete', { id: group.id })
  if (isInUse(world, group)) reject('GroupInUse', { id: group.id })
  return { changes: removal(world, 'securityGroup', group.id), output: { Return: true, GroupId: group.id } }
}

/** A group's own rules never block it, nor do rules of a peered VPC: those go stale. */
function isInUse(world: World, { id, vpc }: SecurityGroup): boolean {
  return (
    isLinked(world, 'interfaces of group', id) ||
    isLinked(world, 'associations of group', id) ||
    linked(world, 'groups referencing group', id).some((holder) => world.securityGroup.get(holder)?.vpc === vpc)
  )
}
