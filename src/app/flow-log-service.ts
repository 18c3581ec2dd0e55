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
}

export interface FlowLogService {
  readonly logs: FlowLogs
  /** Writes what is gathered. */
  stop(): Promise<void>
}

const everySecond = 1000

export function startFlowLogs({ ledger, clock, entropy, store, choices, onFailure }: Parts): FlowLogService {
  const directory = 'directory' in store ? join(store.directory, 'flow-logs') : undefined
  const files = directory === undefined ? undefined : new FlowLogFiles({ directory, entropy, onFailure })
  const logs = new FlowLogs((delivery) => files?.take(delivery), choices)
  const turn = () => {
    try {
      logs.roll(ledger.worlds, clock())
      files?.flush(clock())
    } catch (cause) {
      // Nobody waits for it: thrown on, it would end the process.
      onFailure(cause)
    }
  }
  const timer = setInterval(turn, everySecond).unref()
  return {
    logs,
    async stop() {
      clearInterval(timer)
      logs.close()
      await files?.close()
    },
  }
}
