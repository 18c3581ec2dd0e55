/** One tracked connection of one interface. */

import type { Instant } from '../base/clock.ts'
import type { InstanceId, NetworkInterfaceId } from '../model/ids.ts'
import type { Direction } from '../model/rule.ts'
import type { FlowKey } from '../packet/flow-key.ts'
import type { Packet } from '../packet/packet.ts'
import type { RuleRef } from '../policy/policy.ts'
import type { ProtocolState } from './protocol-state.ts'
import type { WhyTracked } from './verdict.ts'

/** A direction and a flow in that direction's orientation: where the interface meets the packet. */
export type TrackingKey = `${Direction} ${FlowKey}`

export interface Connection {
  readonly networkInterface: NetworkInterfaceId
  readonly instance: InstanceId | undefined
  /** The direction of the packet that opened it. */
  readonly direction: Direction
  readonly opening: Packet
  readonly originalKey: TrackingKey
  readonly replyKey: TrackingKey
  readonly by: readonly RuleRef[]
  readonly why: WhyTracked
  readonly openedAt: Instant
  state: ProtocolState
  expiresAt: Instant
}
