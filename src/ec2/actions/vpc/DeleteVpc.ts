/** DeleteVpc (spec 8.1): refused while anything but the VPC's own companions is in it. */

import { type Change, put } from '../../../model/change.ts'
import { dhcpOptionsRelease } from '../../../model/dhcp-options.ts'
import type { VpcId } from '../../../model/ids.ts'
import { type PeeringStatus, peeringsOf, statusAt } from '../../../model/peering-lookup.ts'
import { reject } from '../../../model/rejection.ts'
import { isMainTable } from '../../../model/routing.ts'
import { isDefaultGroup } from '../../../model/security-group.ts'
import { isLinked, linked, removal, type World } from '../../../model/world.ts'
import type { Context, Run } from '../../action.ts'
import { find } from '../../input/lookup.ts'

export const run: Run<'DeleteVpc'> = (input, context) => {
  const { world } = context
  const vpc = find(world, 'vpc', input.VpcId)
  const { id } = vpc
  const { groups, acls, tables } = residents(world, id)
  const hasDependencies =
    blockers.some((name) => isLinked(world, name, id)) ||
    groups.some((group) => !isDefaultGroup(group)) ||
    acls.some((acl) => !acl.isDefault) ||
    tables.some((table) => !isMainTable(table))
  if (hasDependencies) reject('DependencyViolation', { thing: 'vpc', id })
  const changes = [
    ...endedPeerings(id, context),
    ...groups.flatMap((group) => removal(world, 'securityGroup', group.id)),
    ...acls.flatMap((acl) => removal(world, 'networkAcl', acl.id)),
    ...tables.flatMap((table) => removal(world, 'routeTable', table.id)),
    ...dhcpOptionsRelease(world, vpc),
    ...removal(world, 'vpc', id),
  ]
  return { changes, output: {} }
}

const blockers = ['subnets in vpc', 'interfaces in vpc', 'gateways of vpc', 'associations with vpc'] as const

function residents(world: World, vpc: VpcId) {
  return {
    groups: linked(world, 'groups in vpc', vpc).flatMap((id) => world.securityGroup.get(id) ?? []),
    acls: linked(world, 'acls in vpc', vpc).flatMap((id) => world.networkAcl.get(id) ?? []),
    tables: linked(world, 'route tables in vpc', vpc).flatMap((id) => world.routeTable.get(id) ?? []),
  }
}

const endingStatuses: readonly PeeringStatus[] = ['active', 'pending-acceptance']

/** Connections end with the VPC and stay visible as deleted (spec 4). */
function endedPeerings(vpc: VpcId, { world, now }: Context): Change[] {
  return peeringsOf(world, vpc)
    .filter((peering) => endingStatuses.includes(statusAt(peering, now)))
    .map((peering) => {
      const message = `Deleted by ${world.scope.account}`
      return put('peering', { ...peering, state: 'deleted', message, stateSince: now })
    })
}
