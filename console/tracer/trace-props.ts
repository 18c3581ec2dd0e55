/** An open trace, and what can be done with it. */

import type { TraceView } from '../../src/app/console/api.ts'

export interface TraceProps {
  readonly trace: TraceView
  readonly onStep: (what: object) => Promise<void>
  readonly onRestart: () => void
}
