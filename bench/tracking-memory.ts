/**
 * A process of its own, with --expose-gc: opens so many connections through the engine and reports what they take
 * up. Arguments: connections, 4 or 6.
 */

import { instant } from '../src/base/clock.ts'
import { Engine } from '../src/engine/engine.ts'
import { tcpFlags } from '../src/packet/packet.ts'
import { policyOfSixtyRules, segment } from './packets.ts'
import { begin } from './tracking-flows.ts'

export interface Taken {
  /** Resident, and what the heap and its array buffers count. */
  readonly resident: number
  readonly counted: number
  readonly alive: number
}

const connections = Number(process.argv[2])
const family = process.argv[3] === '6' ? 6 : 4

function taken(): Omit<Taken, 'alive'> {
  for (let round = 0; round < 4; round++) globalThis.gc?.()
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage()
  return { resident: rss, counted: heapUsed + arrayBuffers }
}

const policy = policyOfSixtyRules()
const path = { allowance: connections + 1 }
const engine = new Engine()
/** The heap reaches its working size before the first look. */
const warm = new Engine()
const openIn = (each: Engine, count: number) => {
  for (let number = 0; number < count; number++) {
    const packet = segment(family, number, tcpFlags.syn)
    const verdict = each.decide({ packet, policy, direction: 'ingress', now: instant(begin), path })
    if (verdict.because.kind !== 'rules') throw new Error(`connection ${number} was not opened`)
  }
}
openIn(warm, 50_000)
const before = taken()
openIn(engine, connections)
const after = taken()
const alive = Array.from(engine.connections(instant(begin))).length
process.send?.({
  resident: (after.resident - before.resident) / alive,
  counted: (after.counted - before.counted) / alive,
  alive,
})
