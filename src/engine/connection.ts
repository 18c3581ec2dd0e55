/** One tracked connection of one interface, as it stood when it was asked for. */

import type { Instant } from '../base/clock.ts'
import type { InstanceId, NetworkInterfaceId } from '../model/ids.ts'
import type { Direction } from '../model/rule.ts'
import type { Quoted } from '../packet/packet.ts'
import { matchingRulesQuickly } from '../policy/index-allows.ts'
import type { InterfacePolicy, RuleRef } from '../policy/policy.ts'
import type { ProtocolState } from './protocol-state.ts'
import type { ConnectionView, WhyTracked } from './verdict.ts'

export interface Connection {
  readonly networkInterface: NetworkInterfaceId
  /** With whose other interfaces it shares an allowance. */
  readonly instance: InstanceId | undefined
  /** The direction of the packet that opened it. */
  readonly direction: Direction
  readonly opening: Quoted
  readonly by: readonly RuleRef[]
  readonly why: WhyTracked
  readonly openedAt: Instant
  readonly state: ProtocolState
  readonly expiresAt: Instant
}

type Admitted = Pick<Connection, 'by' | 'direction' | 'opening'>

/** Each rule that admitted the connection, with whether it would admit it today. */
export function standingOf({ by, direction, opening }: Admitted, policy: InterfacePolicy): ConnectionView['by'] {
  const inForce = new Set(matchingRulesQuickly(policy, opening, direction).map(({ rule }) => rule))
  return by.map(({ rule, group }) => ({ rule, group, isInForce: inForce.has(rule) }))
}
