/** One packet as one interface meets it: all that a verdict rests on, but for what the engine remembers. */

import type { Instant } from '../base/clock.ts'
import type { Direction } from '../model/rule.ts'
import type { Packet } from '../packet/packet.ts'
import type { InterfacePolicy } from '../policy/policy.ts'

/** Facts of an interface that no API call sets: what stands in the path, how much its instance may track. */
export interface PathFacts {
  readonly isAutoTracked?: boolean
  readonly allowance?: number
}

export interface Meeting {
  readonly packet: Packet
  readonly policy: InterfacePolicy
  readonly direction: Direction
  readonly now: Instant
  readonly path?: PathFacts
}
