/** Connections that come and go: what one costs from its opening to its end, and the longest that an opening takes. */

import { type Instant, instant } from '../src/base/clock.ts'
import { FlowStore } from '../src/engine/connections/flow-store.ts'
import { formatSpread, inProcess, interleave, type Subject } from './interleave.ts'
import { inChild } from './process.ts'
import type { Figure, Size } from './report.ts'
import { addFlow, begin, flowsFrom, Key, life, randomFrom, seed, textOf, turns } from './tracking-flows.ts'
import type { Pause } from './tracking-pause.ts'

const opened = 131_072
export async function measureChurn({ usualConnections: alive, rounds }: Size): Promise<Figure[]> {
  const [ours, map] = await interleave([storeChurn(alive), mapChurn(alive)], rounds.rounds)
  if (!ours || !map) throw new Error('a subject was not measured')
  const note = `ns: ours ${formatSpread(ours.nanoseconds, 0)}, Map by text ${formatSpread(map.nanoseconds, 0)}`
  const { milliseconds, batch, mean } = await inChild<Pause>('tracking-pause.ts', alive)
  return [
    {
      name: `a connection's opening and expiry with ${alive} alive, Map to ours`,
      value: map.toFirst.median,
      unit: 'times',
      aim: { atLeast: 12 },
      note: `${map.toFirst.lowest.toFixed(1)} to ${map.toFirst.highest.toFixed(1)} in single rounds; ${note}`,
    },
    {
      name: `longest pause while a table grows to ${alive} connections and all of them expire`,
      value: milliseconds,
      unit: 'ms',
      aim: { atMost: 5 },
      note: `processor time, all threads, of ${batch} openings at once; ${mean.toFixed(0)} ns each on average`,
    },
  ]
}

/** Time passes so that `alive` are. */
function storeChurn(alive: number): Subject {
  const keys = flowsFrom(randomFrom(seed), 2 * alive)
  const store = new FlowStore('narrow')
  const key = new Key()
  let turn = 0
  const open = () => {
    const now = momentOf(turn, alive)
    key.set(keys, turn % (2 * alive))
    addFlow(store, key, now, instant(now + life))
    store.takeExpired(now, turns, (record) => store.remove(record))
    turn++
  }
  for (let each = 0; each < alive; each++) open()
  return inProcess('ours', opened, () => {
    for (let each = 0; each < opened; each++) open()
    return store.records.count
  })
}

/** The same with what the language brings: a Map by text, and the texts in a ring in the order of their expiry. */
function mapChurn(alive: number): Subject {
  const keys = flowsFrom(randomFrom(seed), 2 * alive)
  const map = new Map<string, { readonly expiresAt: number; readonly state: number }>()
  const ring: string[] = Array.from({ length: alive }, () => '')
  let turn = 0
  const open = () => {
    const text = textOf(keys, turn % (2 * alive))
    map.delete(ring[turn % alive] as string)
    ring[turn % alive] = text
    map.set(text, { expiresAt: momentOf(turn, alive) + life, state: 0 })
    turn++
  }
  for (let each = 0; each < alive; each++) open()
  return inProcess('Map', opened, () => {
    for (let each = 0; each < opened; each++) open()
    return map.size
  })
}

function momentOf(turn: number, alive: number): Instant {
  return instant(begin + Math.floor((turn * life) / alive))
}
