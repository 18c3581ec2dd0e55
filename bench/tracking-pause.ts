/**
 * A process of its own, whose heap holds nothing else: a table grows from nothing, then all of it expires while as
 * many again are opened. Argument: connections. Processor time of all threads, as on a
 * busy machine the wall's would show the turns of other programs.
 */

import { instant } from '../src/base/clock.ts'
import { FlowStore } from '../src/engine/connections/flow-store.ts'
import { addFlow, begin, flowsFrom, Key, life, randomFrom, seed, turns } from './tracking-flows.ts'

export interface Pause {
  readonly milliseconds: number
  readonly batch: number
  /** Nanoseconds of an opening. */
  readonly mean: number
}

const most = Number(process.argv[2])
const batch = 16

const keys = flowsFrom(randomFrom(seed), 2 * most)
const key = new Key()

/** The longest of all batches of openings, and their average. */
function openAll(count: number): Pause {
  const store = new FlowStore('narrow')
  let longest = 0
  let total = 0
  for (let turn = 0; turn < count; turn += batch) {
    const now = instant(begin + (turn < count / 2 ? 0 : life))
    const before = process.cpuUsage()
    for (let each = turn; each < turn + batch; each++) {
      key.set(keys, each)
      addFlow(store, key, now, instant(now + life))
      store.takeExpired(now, turns, (record) => store.remove(record))
    }
    const { user, system } = process.cpuUsage(before)
    const taken = (user + system) / 1000
    longest = Math.max(longest, taken)
    total += taken
  }
  return { milliseconds: longest, batch, mean: (total * 1e6) / count }
}

/** Compiling is not what is measured. */
openAll(40_000)
process.send?.(openAll(2 * most))
