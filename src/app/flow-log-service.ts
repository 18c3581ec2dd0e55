/** Flow logs in step with the clock: windows are ended and files written while the service runs. */

import { join } from 'node:path'
import type { Clock } from '../base/clock.ts'
import type { Entropy } from '../base/entropy.ts'
import type { EngineDefaults } from '../engine/defaults.ts'
import type { StoreTarget } from '../store/open-store.ts'
import { FlowLogFiles } from './flow-log-files.ts'
import { FlowLogs } from './flow-logs.ts'
import type { StoredLedger } from './ledger.ts'

interface Parts {
  readonly ledger: StoredLedger
  readonly clock: Clock
  readonly entropy: Entropy
  /** Files are written beside a store that has a directory; otherwise lines are kept in memory only. */
  readonly store: StoreTarget
  readonly choices: EngineDefaults
  readonly onFailure: (cause: unknown) => void
  /** Brings what kernels counted into the windows. */
  readonly gather: () => Promise<void>
}

export interface FlowLogService {
  readonly logs: FlowLogs
  /** Writes what is gathered. */
  stop(): Promise<void>
}

const everySecond = 1000
/** How often what kernels count is gathered, in turns; and before a window ends. */
const gatherEvery = 5

export function startFlowLogs(parts: Parts): FlowLogService {
  const { ledger, clock, entropy, store, choices, onFailure, gather } = parts
  const directory = 'directory' in store ? join(store.directory, 'flow-logs') : undefined
  const files = directory === undefined ? undefined : new FlowLogFiles({ directory, entropy, onFailure })
  const logs = new FlowLogs((delivery) => files?.take(delivery), choices)
  let turns = 0
  let isTurning = false
  const turn = async () => {
    if (isTurning) return
    isTurning = true
    turns += 1
    try {
      if (turns % gatherEvery === 0 || logs.isDue(clock())) await gather()
      logs.roll(ledger.worlds, clock())
      files?.flush(clock())
    } catch (cause) {
      // Nobody waits for it: thrown on, it would end the process.
      onFailure(cause)
    } finally {
      isTurning = false
    }
  }
  const timer = setInterval(() => void turn(), everySecond).unref()
  return {
    logs,
    async stop() {
      clearInterval(timer)
      logs.close()
      await files?.close()
    },
  }
}
