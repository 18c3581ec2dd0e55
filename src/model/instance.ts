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
  /** Whether the primary interface is given a public address at every start. */
  readonly associatesPublicAddress: boolean
  readonly options: LaunchOptions
}

/** What a launch may ask for that nothing here acts on, kept because clients read it back. */
export interface LaunchOptions {
  readonly metadata: MetadataOptions
  readonly dnsName: DnsNameOptions
  readonly hibernation: boolean
  readonly enclave: boolean
  readonly autoRecovery: string
  readonly capacityReservation: string
  readonly instanceProfile?: { readonly arn: string; readonly id: string }
  readonly cpuCredits?: string
  readonly cpu?: { readonly coreCount: number; readonly threadsPerCore: number }
  readonly placementGroup?: string
}

export interface MetadataOptions {
  readonly tokens: string
  readonly hopLimit: number
  readonly endpoint: string
  readonly ipv6: string
  readonly tags: string
}

export interface DnsNameOptions {
  readonly hostnameType: string
  readonly a: boolean
  readonly aaaa: boolean
}
