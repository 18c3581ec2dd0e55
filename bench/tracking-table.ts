/** The connection table by itself: packets of known flows, beside the same table in C and a Map by text. */

import { instant } from '../src/base/clock.ts'
import {
  agree,
  compileC,
  formatSpread,
  inProcess,
  interleave,
  runC,
  type Standing,
  type Subject,
} from './interleave.ts'
import type { Figure, Size } from './report.ts'
import {
  begin,
  flowsFrom,
  idle,
  Key,
  randomFrom,
  seed,
  sequenceFrom,
  storeOf,
  type Traffic,
  textOf,
} from './tracking-flows.ts'

const packets = 262_144
/** A Map of more would take gigabytes. */
const mostInMap = 1_000_000

/** How much slower than C at so many flows; the smaller tables have no aim. */
const aims: Readonly<Record<string, number>> = {
  '1000000 hot': 1.4,
  '1000000 uniform': 1.15,
  '10000000 uniform': 1.2,
}

export async function measureTable({ connectionCounts, rounds }: Size): Promise<Figure[]> {
  const floor = compileC('tracking.c')
  const figures: Figure[] = []
  for (const flows of connectionCounts) {
    for (const traffic of ['hot', 'uniform'] as const) {
      const subjects = ours(flows, traffic)
      if ('program' in floor) {
        subjects.unshift(runC('C', floor.program, [flows, traffic, packets, seed]))
      }
      const standings = await interleave(subjects, rounds.rounds)
      if (!agree(standings)) throw new Error(`the tables found different records: ${JSON.stringify(standings)}`)
      figures.push(...figuresOf(standings, flows, traffic, 'missing' in floor ? floor.missing : ''))
    }
  }
  return figures
}

/** Ours against C where there is C, and against the Map where there is a Map. */
function figuresOf(standings: readonly Standing[], flows: number, traffic: Traffic, skipped: string): Figure[] {
  const nanoseconds = standings.map((each) => `${each.name} ${formatSpread(each.nanoseconds, 0)}`).join(', ')
  const note = `ns a packet: ${nanoseconds}${skipped && `; C ${skipped}`}; same records found`
  const name = `packet of one of ${flows} tracked connections, ${traffic}`
  const our = standings.find((each) => each.name === 'ours')
  if (our === undefined) throw new Error('ours was not measured')
  if (skipped) return [{ name, value: our.nanoseconds.median, unit: 'ns', aim: undefined, note }]
  const most = aims[`${flows} ${traffic}`]
  const aim = most === undefined ? undefined : { atMost: most }
  const spread = `${our.toFirst.lowest.toFixed(2)} to ${our.toFirst.highest.toFixed(2)} in single rounds; `
  return [{ name, value: our.toFirst.median, unit: 'of C', aim, note: spread + note }]
}

function ours(flows: number, traffic: Traffic): Subject[] {
  const random = randomFrom(seed)
  const keys = flowsFrom(random, flows)
  const sequence = sequenceFrom(random, traffic, flows, packets)
  const store = storeOf(keys)
  const key = new Key()
  let now = begin
  const table = inProcess('ours', packets, () => {
    let sum = 0
    now = instant(now + 1)
    const expiresAt = instant(now + idle)
    for (let packet = 0; packet < packets; packet++) {
      key.set(keys, sequence[packet] as number)
      const record = store.find(key)
      if (record < 0 || !store.records.isLive(record, now)) continue
      store.renew(record, expiresAt)
      sum = (sum + record) | 0
    }
    return sum >>> 0
  })
  return flows > mostInMap ? [table] : [table, mapByText(keys, sequence)]
}

function mapByText(keys: Int32Array, sequence: Int32Array): Subject {
  const map = new Map<string, { record: number; expiresAt: number }>()
  for (let flow = 0; 4 * flow < keys.length; flow++) {
    map.set(textOf(keys, flow), { record: flow, expiresAt: begin + idle })
  }
  let now: number = begin
  return inProcess('Map', packets, () => {
    let sum = 0
    now += 1
    for (let packet = 0; packet < packets; packet++) {
      const found = map.get(textOf(keys, sequence[packet] as number))
      if (found === undefined || now >= found.expiresAt) continue
      found.expiresAt = now + idle
      sum = (sum + found.record) | 0
    }
    return sum >>> 0
  })
}
