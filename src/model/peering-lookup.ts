/**
 * What a peering is at a moment, and which one joins two VPCs. Expiry and vanishing follow from the
 * clock alone: nothing is written when a request lapses (spec 4).
 */

import { after, days, hours, type Instant, type Milliseconds } from '../base/clock.ts'
import type { VpcId } from './ids.ts'
import type { Peering, PeeringState } from './peering.ts'
import { linked, type World } from './world.ts'

export type PeeringStatus = PeeringState | 'expired'

/** How long a connection that has ended stays visible (peering guide). */
const visibleFor: Readonly<Partial<Record<PeeringStatus, Milliseconds>>> = {
  rejected: days(2),
  expired: days(2),
  failed: days(2),
  deleted: hours(1),
}

/** A request that nobody accepts lapses after seven days (spec 4). */
export function expiryOf(peering: Peering): Instant {
  return after(peering.createdAt, days(7))
}

/** The status that a reader sees at `now`. */
export function statusAt(peering: Peering, now: Instant): PeeringStatus {
  return peering.state === 'pending-acceptance' && now >= expiryOf(peering) ? 'expired' : peering.state
}

/** The sentence that goes with the status. */
export function messageAt(peering: Peering, now: Instant): string {
  return statusAt(peering, now) === 'expired' ? 'Expired' : peering.message
}

/** Whether the connection can still be found by its id at `now`. */
export function isVisibleAt(peering: Peering, now: Instant): boolean {
  const status = statusAt(peering, now)
  const span = visibleFor[status]
  if (span === undefined) return true
  return now < after(status === 'expired' ? expiryOf(peering) : peering.stateSince, span)
}

/** Whether the connection carries traffic: once active it stays so until somebody deletes it. */
export function isActive(peering: Peering): boolean {
  return peering.state === 'active'
}

/** The active connection between two VPCs, whichever of them asked for it. */
export function activePeeringBetween(world: World, a: VpcId, b: VpcId): Peering | undefined {
  return peeringsOf(world, a).find(
    (peering) => isActive(peering) && (peering.requester.vpc === b || peering.accepter.vpc === b),
  )
}

/** Every connection that names the VPC, ended ones included. */
export function peeringsOf(world: World, vpc: string): Peering[] {
  return linked(world, 'peerings of vpc', vpc).flatMap((id) => world.peering.get(id) ?? [])
}
