/** What a request with a ClientToken answered, so that its repetition answers the same (spec 1.7). */

import type { Instant } from '../base/clock.ts'

export interface ClientToken {
  /** `{Action}/{token}` */
  readonly id: `${string}/${string}`
  /** The request's parameters, less the token: a repetition must equal them. */
  readonly parameters: string
  /** The answer's output as JSON. */
  readonly output: string
  readonly at: Instant
}
