/**
 * Flows by their keys in typed arrays, with what was seen of each: a line whose flow is known costs one look-up.
 * It holds so many flows and no more.
 */

import { columnKinds } from './log-format.ts'

const fewest = 1024
export const keyLength = 7
/** A row is 72 bytes in one piece: the key, the judgement, then the weights; counted in words of 32 and of 64 bits. */
const rowWords = 18
const rowDoubles = 9
const judgementAt = 7
/** Records, packets, bytes, first and last second. */
const weightsAt = 4
const weightLength = 5

export class FlowTable {
  /** The key that is looked for: written before each question, by whoever made it. */
  readonly #key: Int32Array
  readonly #most: number
  #words = new Int32Array(fewest * rowWords)
  #doubles = new Float64Array(this.#words.buffer)
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
    if (row * rowWords === this.#words.length) this.#grow()
    this.#size += 1
    this.#words.set(this.#key, row * rowWords)
    this.#words[row * rowWords + judgementAt] = judgement
    this.#doubles[row * rowDoubles + weightsAt + 3] = Number.POSITIVE_INFINITY
    this.#slots[this.#slotOf(this.#key, 0)] = row + 1
    return row
  }

  /** A record of the row's flow; its numbers by the kind of their columns. */
  note(row: number, numbers: Float64Array): void {
    const packets = Math.max(0, numbers[columnKinds.packets] as number)
    const bytes = Math.max(0, numbers[columnKinds.bytes] as number)
    const start = numbers[columnKinds.start] as number
    const end = numbers[columnKinds.end] as number
    const weights = this.#doubles
    const at = row * rowDoubles + weightsAt
    weights[at] = (weights[at] as number) + 1
    weights[at + 1] = (weights[at + 1] as number) + packets
    weights[at + 2] = (weights[at + 2] as number) + bytes
    if (start < (weights[at + 3] as number)) weights[at + 3] = start
    if (end > (weights[at + 4] as number)) weights[at + 4] = end
  }

  judgementOf(row: number): number {
    return this.#words[row * rowWords + judgementAt] as number
  }

  keyOf(row: number): Int32Array {
    return this.#words.subarray(row * rowWords, row * rowWords + keyLength)
  }

  weightOf(row: number) {
    const at = row * rowDoubles + weightsAt
    const [records = 0, packets = 0, bytes = 0, first = 0, last = 0] = this.#doubles.subarray(at, at + weightLength)
    return { records, packets, bytes, first, last }
  }

  /** The slot of the key's row, or the free one where it would be. */
  #slotOf(words: Int32Array, offset: number): number {
    const slots = this.#slots
    const mask = slots.length - 1
    let slot = hashOf(words, offset) & mask
    for (;;) {
      const row = (slots[slot] as number) - 1
      if (row < 0 || this.#isSame(row, words, offset)) return slot
      slot = (slot + 1) & mask
    }
  }

  #isSame(row: number, words: Int32Array, offset: number): boolean {
    const own = this.#words
    const at = row * rowWords
    for (let index = 0; index < keyLength; index++) if (own[at + index] !== words[offset + index]) return false
    return true
  }

  #grow(): void {
    const words = new Int32Array(this.#words.length * 2)
    words.set(this.#words)
    this.#words = words
    this.#doubles = new Float64Array(words.buffer)
    this.#slots = new Int32Array((words.length / rowWords) * 2)
    for (let row = 0; row < this.#size; row++) this.#slots[this.#slotOf(words, row * rowWords)] = row + 1
  }
}

/** The words are multiplied apart from each other, so that none waits for the one before. */
function hashOf(words: Int32Array, at: number): number {
  const ends = Math.imul(words[at] as number, 0x9e37_79b1) ^ Math.imul(words[at + 1] as number, 0x85eb_ca6b)
  const low = Math.imul(words[at + 2] as number, 0xc2b2_ae35) ^ Math.imul(words[at + 3] as number, 0x27d4_eb2f)
  const rest = Math.imul(words[at + 4] as number, 0x1656_67b1) ^ Math.imul(words[at + 5] as number, 0xd3a2_646d)
  let hash = ends ^ low ^ rest ^ Math.imul(words[at + 6] as number, 0xfd70_46c5)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b_3c6d)
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a_2d39)
  return (hash ^ (hash >>> 15)) >>> 0
}
