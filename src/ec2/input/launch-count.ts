/** How many instances a launch makes: as many as fit, at least MinCount, at most MaxCount. */

import { reject } from '../../model/rejection.ts'
import type { Context } from '../action.ts'
import type { RunInstancesRequest } from '../protocol/types.generated.ts'
import { availableAddressCount } from '../view/subnet.ts'
import type { InterfacePlan } from './launch-interface.ts'

/** Bounds what one request costs, whatever the quotas say. */
const mostPerLaunch = 1000

export function launchCount(
  { MinCount: least, MaxCount: most }: RunInstancesRequest,
  plans: readonly InterfacePlan[],
  context: Context,
): number {
  if (least < 1) reject('MinCountTooSmall')
  if (most < 1) reject('MaxCountTooSmall')
  if (least > most) reject('MaxCountBelowMinCount')
  if (least > mostPerLaunch) reject('InstanceLimitExceeded', { count: least, limit: mostPerLaunch })
  if (most > 1 && plans.some(isForOneInstance)) reject('AddressForManyInstances')
  const interfaces = context.quotas['network-interfaces-per-region'] - context.world.networkInterface.size
  const added = plans.filter(({ source }) => source.kind === 'new').length
  if (interfaces < added * least) reject('InterfaceLimitExceeded')
  const allowed = added === 0 ? most : Math.floor(interfaces / added)
  const fitting = Math.min(most, mostPerLaunch, allowed, roomInSubnets(plans, context))
  return fitting < least ? reject('SubnetFull') : fitting
}

/** An address or an interface that one instance only can have. */
function isForOneInstance({ source }: InterfacePlan): boolean {
  if (source.kind === 'existing') return true
  const { privateIpAddress, privateIpAddresses, ipv6Addresses } = source.request
  return Boolean(privateIpAddress || privateIpAddresses || ipv6Addresses)
}

function roomInSubnets(plans: readonly InterfacePlan[], { world }: Context): number {
  const needed = new Map<string, number>()
  for (const { subnet, source } of plans) {
    if (source.kind === 'existing' || subnet.cidr === undefined) continue
    const addresses = 1 + Math.max(0, source.request.secondaryPrivateIpAddressCount ?? 0)
    needed.set(subnet.id, (needed.get(subnet.id) ?? 0) + addresses)
  }
  const rooms = Array.from(needed, ([id, addresses]) => {
    const subnet = world.subnet.get(id)
    return subnet ? Math.floor(availableAddressCount(world, subnet) / addresses) : 0
  })
  return Math.min(...rooms, Number.POSITIVE_INFINITY)
}
