/** A VPC peering connection (spec 4). Expiry follows from `createdAt` and is not stored. */

import type { Instant } from '../base/clock.ts'
import type { PeeringId, VpcId } from './ids.ts'

export interface PeeringSide {
  readonly vpc: VpcId
  readonly owner: string
  readonly region: string
  readonly allowDnsResolution: boolean
}

export type PeeringState = 'pending-acceptance' | 'active' | 'rejected' | 'deleted' | 'failed'

export interface Peering {
  readonly id: PeeringId
  readonly requester: PeeringSide
  readonly accepter: PeeringSide
  readonly state: PeeringState
  /** The sentence of the status. */
  readonly message: string
  readonly createdAt: Instant
  readonly stateSince: Instant
}
