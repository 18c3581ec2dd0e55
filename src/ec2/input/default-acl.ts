/** The ACL that a new subnet of a VPC joins (spec 8.2). */

import { invariant } from '../../base/invariant.ts'
import type { VpcId } from '../../model/ids.ts'
import type { NetworkAcl } from '../../model/network-acl.ts'
import { linked, type World } from '../../model/world.ts'

export function defaultAclOf(world: World, vpc: VpcId): NetworkAcl {
  const acls = linked(world, 'acls in vpc', vpc).flatMap((id) => world.networkAcl.get(id) ?? [])
  const found = acls.find(({ isDefault }) => isDefault)
  invariant(found, `${vpc} has a default ACL`)
  return found
}
