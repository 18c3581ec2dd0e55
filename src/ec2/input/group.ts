/** Which group a request means: by id anywhere, by name in the default VPC only (spec 3.2-3.4). */

import type { VpcId } from '../../model/ids.ts'
import { groupNameKey } from '../../model/links.ts'
import { reject } from '../../model/rejection.ts'
import type { SecurityGroup } from '../../model/security-group.ts'
import type { Vpc } from '../../model/vpc.ts'
import { linked, type World } from '../../model/world.ts'
import { find } from './lookup.ts'

interface Addressed {
  readonly GroupId?: string | undefined
  readonly GroupName?: string | undefined
}

/** The group named by `GroupId`, or else by `GroupName`. */
export function addressedGroup(world: World, { GroupId, GroupName }: Addressed): SecurityGroup {
  if (GroupId) return find(world, 'securityGroup', GroupId)
  if (GroupName) return groupNamed(world, GroupName)
  return reject('MissingParameter', { name: 'groupName or groupId' })
}

/** A group of the default VPC. An id in the name's place is a name like any other. */
export function groupNamed(world: World, name: string): SecurityGroup {
  const vpc = findDefaultVpc(world) ?? reject('NoDefaultVpc')
  return findGroupNamed(world, vpc.id, name) ?? reject('GroupNameNotFound', { name, vpc: vpc.id })
}

export function findGroupNamed(world: World, vpc: VpcId, name: string): SecurityGroup | undefined {
  const [id] = linked(world, 'group named', groupNameKey(vpc, name))
  return id && world.securityGroup.get(id)
}

export function findDefaultVpc(world: World): Vpc | undefined {
  for (const vpc of world.vpc.values()) if (vpc.isDefault) return vpc
  return undefined
}
