/**
 * Flows by their keys in typed arrays, with what was seen of each: a line whose flow is known costs one look-up.
 * It holds so many flows and no more.
 */

import { columnKinds } from './log-format.ts'

const fewest = 1024
export const keyLength = 7

export class FlowTable {
  /** The key that is looked for: written before each question, by whoever made it. */
  readonly #key: Int32Array
  readonly #most: number
  #keys = new Int32Array(fewest * keyLength)
  #weights = new Float64Array(fewest * weightLength)
  #judgements = new Int32Array(fewest)
  /** Row + 1 by hash. */
  #slots = new Int32Array(fewest * 2)
  #size = 0

  constructor(most: number, key: Int32Array) {
    this.#most = most
    this.#key = key
  }

  get size(): number {
    return this.#size
  }

  get isFull(): boolean {
    return this.#size >= this.#most
  }

  /** The row of the key, or -1. */
  find(): number {
    const slot = this.#slotOf(this.#key, 0)
    return (this.#slots[slot] as number) - 1
  }

  /** A new row for the key, which has none. */
  add(judgement: number): number {
    const row = this.#size
    if (row === this.#judgements.length) this.#grow()
    this.#size += 1
    this.#keys.set(this.#key, row * keyLength)
    this.#judgements[row] = judgement
    this.#weights[row * weightLength + 3] = Number.POSITIVE_INFINITY
    this.#slots[this.#slotOf(this.#key, 0)] = row + 1
    return row
  }

  /** A record of the row's flow; its numbers by the kind of their columns. */
  note(row: number, numbers: Float64Array): void {
    const packets = Math.max(0, numbers[columnKinds.packets] as number)
    const bytes = Math.max(0, numbers[columnKinds.bytes] as number)
    const start = numbers[columnKinds.start] as number
    const end = numbers[columnKinds.end] as number
    const weights = this.#weights
    const at = row * weightLength
    weights[at] = (weights[at] as number) + 1
    weights[at + 1] = (weights[at + 1] as number) + packets
    weights[at + 2] = (weights[at + 2] as number) + bytes
    if (start < (weights[at + 3] as number)) weights[at + 3] = start
    if (end > (weights[at + 4] as number)) weights[at + 4] = end
  }

  judgementOf(row: number): number {
    return this.#judgements[row] as number
  }

  keyOf(row: number): Int32Array {
    return this.#keys.subarray(row * keyLength, (row + 1) * keyLength)
  }

  weightOf(row: number) {
    const at = row * weightLength
    const [records = 0, packets = 0, bytes = 0, first = 0, last = 0] = this.#weights.subarray(at, at + weightLength)
    return { records, packets, bytes, first, last }
  }

  /** The slot of the key's row, or the free one where it would be. */
  #slotOf(words: Int32Array, offset: number): number {
    const mask = this.#slots.length - 1
    let slot = hashOf(words, offset) & mask
    for (;;) {
      const row = (this.#slots[slot] as number) - 1
      if (row < 0 || this.#isSame(row, words, offset)) return slot
      slot = (slot + 1) & mask
    }
  }

  #isSame(row: number, words: Int32Array, offset: number): boolean {
    const keys = this.#keys
    const at = row * keyLength
    for (let index = 0; index < keyLength; index++) if (keys[at + index] !== words[offset + index]) return false
    return true
  }

  #grow(): void {
    const capacity = this.#judgements.length * 2
    this.#keys = copied(this.#keys, new Int32Array(capacity * keyLength))
    this.#weights = copied(this.#weights, new Float64Array(capacity * weightLength))
    this.#judgements = copied(this.#judgements, new Int32Array(capacity))
    this.#slots = new Int32Array(capacity * 2)
    for (let row = 0; row < this.#size; row++) this.#slots[this.#slotOf(this.#keys, row * keyLength)] = row + 1
  }
}

/** Records, packets, bytes, first and last second. */
const weightLength = 5

function copied<T extends Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from)
  return to
}

function hashOf(words: Int32Array, offset: number): number {
  let hash = 0
  for (let index = 0; index < keyLength; index++) {
    hash = Math.imul(hash ^ (words[offset + index] as number), 0x9e37_79b1)
    hash ^= hash >>> 15
  }
  return hash >>> 0
}
