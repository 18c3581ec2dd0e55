/** Flows of the tracking benchmarks, from a seed: the same that bench/c/tracking.c makes, word by word. */

import { type Instant, instant } from '../src/base/clock.ts'
import { FlowStore } from '../src/engine/connections/flow-store.ts'
import { hashOf, PackedFlow } from '../src/engine/connections/packed-flow.ts'

export const begin = instant(1_700_000_000_000)
/** AWS's idle timeout of an established TCP connection. */
export const idle = 432_000_000

/** Of a SYN that nobody answers. */
export const life = 120_000
/** Turns of the wheel that an opening pays for, as in the engine's table. */
export const turns = 8

export const seed = 20_261_122

export function randomFrom(start: number): () => number {
  let turn = start
  return () => {
    turn ^= turn << 13
    turn ^= turn >>> 17
    turn ^= turn << 5
    return turn >>> 0
  }
}

/** Four words a flow: remote, local, ports, interface and protocol. */
export function flowsFrom(random: () => number, count: number): Int32Array {
  const keys = new Int32Array(4 * count)
  for (let at = 0; at < keys.length; at += 4) {
    keys[at] = random()
    keys[at + 1] = 0x0a00_0000 | (random() & 0xffff)
    keys[at + 2] = random()
    keys[at + 3] = ((random() % 10_000) << 11) | 6
  }
  return keys
}

export type Traffic = 'hot' | 'uniform'

/** Numbers of flows; of hot traffic nine packets of ten are of the first 1,000 flows. */
export function sequenceFrom(random: () => number, traffic: Traffic, flows: number, packets: number): Int32Array {
  return Int32Array.from({ length: packets }, () => {
    const among = traffic === 'hot' && random() % 10 !== 0 ? 1000 : flows
    return random() % among
  })
}

/** One key at a time, as `PackedFlow.pack` leaves it. */
export class Key extends PackedFlow {
  set(keys: Int32Array, number: number): void {
    const from = 4 * number
    this.words[0] = keys[from] as number
    this.words[1] = keys[from + 1] as number
    this.words[2] = keys[from + 2] as number
    this.words[3] = keys[from + 3] as number
    this.hash = hashOf(this.words, 0)
  }
}

export function addFlow(store: FlowStore, key: Key, openedAt: Instant, expiresAt: Instant): void {
  store.add(key, { now: openedAt, openedAt, order: 0, expiresAt, state: 3, admission: 0 })
}

export function storeOf(keys: Int32Array): FlowStore {
  const store = new FlowStore('narrow')
  const key = new Key()
  for (let flow = 0; 4 * flow < keys.length; flow++) {
    key.set(keys, flow)
    addFlow(store, key, begin, instant(begin + idle))
  }
  return store
}

/** What a program would do that has only what the language brings: a Map by text. */
export function textOf(keys: Int32Array, number: number): string {
  const at = 4 * number
  return `${keys[at]}|${keys[at + 1]}|${keys[at + 2]}|${keys[at + 3]}`
}
