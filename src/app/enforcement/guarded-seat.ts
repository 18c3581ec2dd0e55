/** An interface in a namespace of ours. */

import type { Scope } from '../../model/world.ts'
import type { Seat } from '../lab/seat.ts'

export interface GuardedSeat extends Seat {
  readonly scope: Scope
}
