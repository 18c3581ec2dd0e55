/** The peering connection that a request names, and what may become of it (spec 4). */

import type { Instant } from '../../base/clock.ts'
import { blockOf } from '../../model/address-block.ts'
import type { Peering } from '../../model/peering.ts'
import { isActive, isVisibleAt, type PeeringStatus, peeringsOf, statusAt } from '../../model/peering-lookup.ts'
import type { Quotas } from '../../model/quota.ts'
import { reject } from '../../model/rejection.ts'
import type { Vpc } from '../../model/vpc.ts'
import type { World } from '../../model/world.ts'
import { overlaps } from '../../net/cidr.ts'
import { find } from './lookup.ts'

/** Like `find`, but a connection that ended long enough ago is not found. */
export function findPeering(world: World, id: string, now: Instant): Peering {
  const peering = find(world, 'peering', id)
  return isVisibleAt(peering, now) ? peering : reject('PeeringNotFound', { id })
}

/** What a request may turn a connection into, and from which states (peering guide, life cycle). */
const origins = {
  provisioning: ['pending-acceptance'],
  rejected: ['pending-acceptance'],
  deleting: ['pending-acceptance', 'active'],
} as const satisfies Record<string, readonly PeeringStatus[]>

/** The connection, if it is in a state from which it can become `to`. */
export function peeringToBecome(to: keyof typeof origins, world: World, id: string, now: Instant): Peering {
  const peering = findPeering(world, id, now)
  const from = statusAt(peering, now)
  const allowed: readonly PeeringStatus[] = origins[to]
  return allowed.includes(from) ? peering : reject('PeeringStateTransition', { id, from, to })
}

/** Why AWS fails a request: the same sentence for every cause. */
export const failureMessage = 'Failed due to incorrect VPC-ID, Account ID, or overlapping CIDR range'

/** Whether an address could belong to either VPC: such two cannot be peered. */
export function shareAddresses(a: Vpc, b: Vpc): boolean {
  const others = blocksOf(b)
  return blocksOf(a).some((block) => others.some((other) => overlaps(block, other)))
}

function blocksOf({ cidrBlocks, ipv6CidrBlocks }: Vpc) {
  return [...cidrBlocks, ...ipv6CidrBlocks].map(({ cidr }) => blockOf(cidr))
}

/** Rejects one active connection more than the VPC may have. */
export function refuseFurtherPeering(world: World, id: string, quotas: Quotas): void {
  const active = peeringsOf(world, id).filter(isActive).length
  if (active >= quotas['active-peerings-per-vpc']) reject('PeeringLimitExceeded', { id })
}
