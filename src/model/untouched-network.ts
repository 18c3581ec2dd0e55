/** Whether a default VPC is still as AWS made it: then there is nothing to say of it. */

import { defaultGroupName } from './security-group.ts'
import type { Vpc } from './vpc.ts'
import { linked, type World } from './world.ts'

export function isUntouched(world: World, vpc: Vpc): boolean {
  if (!vpc.isDefault || linked(world, 'interfaces in vpc', vpc.id).length > 0) return false
  const groups = linked(world, 'groups in vpc', vpc.id).flatMap((id) => world.securityGroup.get(id) ?? [])
  const isPlain = groups.every(({ name, rules, hasOriginalEgress }) => {
    const ingress = rules.filter(({ direction }) => direction === 'ingress')
    const isOwn = ingress.length === 1 && ingress[0]?.peer.kind === 'group' && ingress[0].traffic.protocol === 'all'
    return name === defaultGroupName && hasOriginalEgress && isOwn
  })
  const counts = [
    linked(world, 'acls in vpc', vpc.id).length === 1,
    linked(world, 'route tables in vpc', vpc.id).length === 1,
    linked(world, 'peerings of vpc', vpc.id).length === 0,
    linked(world, 'associations with vpc', vpc.id).length === 0,
    linked(world, 'flow logs of resource', vpc.id).length === 0,
    linked(world, 'subnets in vpc', vpc.id).every((id) => world.subnet.get(id)?.isDefaultForZone),
  ]
  return isPlain && counts.every((isSo) => isSo)
}
