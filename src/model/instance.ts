/** An instance, as far as networking goes. Its interfaces name it in their attachments. */

import type { Instant } from '../base/clock.ts'
import type { InstanceId, ReservationId, SubnetId } from './ids.ts'

/** State codes as AWS numbers them (spec 8.4). Transitional ones appear in answers only. */
export const instanceStateCodes = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
} as const

export type InstanceStateName = keyof typeof instanceStateCodes
export type SettledInstanceState = 'running' | 'stopped' | 'terminated'

export interface Instance {
  readonly id: InstanceId
  readonly reservation: ReservationId
  readonly launchIndex: number
  readonly image: string
  readonly type: string
  readonly state: SettledInstanceState
  readonly stateSince: Instant
  /** Why it left `running`: the sentence of `reason`, empty while nothing happened. */
  readonly stateReason: string
  readonly launchedAt: Instant
  readonly zone: string
  readonly tenancy: string
  /** The subnet it was launched into; absent once terminated. */
  readonly subnet?: SubnetId
  readonly clientToken: string
  readonly keyName?: string
  /** Base64, as given. */
  readonly userData?: string
  readonly disableApiTermination: boolean
  readonly disableApiStop: boolean
  readonly shutdownBehavior: 'stop' | 'terminate'
  readonly monitoring: boolean
  readonly ebsOptimized: boolean
}
