/**
 * Flows by their keys in typed arrays, with what was seen of each. A flow is a row of 64 bytes, in the order of
 * their coming: the flows with the most records come early, so that these lie together. It holds so many flows and
 * no more.
 */

import type { Weight } from './flow.ts'
import { mostRows } from './record-batch.ts'

const fewest = 1024
export const keyLength = 7
/** Counted in words of 32 and of 64 bits: the key, the judgement, the weights, the first and last second. */
const rowWords = 16
const rowDoubles = 8
const judgementAt = 7
const weightsAt = 4
const timesAt = 14
/** Later seconds than 32 bits hold are told as this one. */
const lastSecond = 2 ** 32 - 1

export class FlowTable {
  /** Keys that are looked for, of records of one batch, one behind the other, and those records' rows. */
  readonly #keys = new Int32Array(mostRows * keyLength)
  readonly #rows = new Uint16Array(mostRows)
  #asked = 0
  readonly #hashes = new Int32Array(mostRows)
  /** The row of each, or 0, and what the row that lies where its search begins has first. */
  readonly #found = new Int32Array(mostRows)
  readonly #firstWords = new Int32Array(mostRows)
  readonly #most: number
  #words = new Int32Array(fewest * rowWords)
  #doubles = new Float64Array(this.#words.buffer)
  /** Rows by hash, open addressing, at most a quarter full. */
  #slots = new Int32Array(fewest * 4)
  /** Rows are counted from 1, so that 0 is a free slot, and a row like any other to look at. */
  #size = 0

  constructor(most: number) {
    this.#most = most
  }

  get size(): number {
    return this.#size
  }

  get isFull(): boolean {
    return this.#size >= this.#most
  }

  /** Puts the key of a batch's row on the list of those that are looked for. */
  ask(key: Int32Array, batchRow: number): void {
    const at = this.#asked * keyLength
    for (let index = 0; index < keyLength; index++) this.#keys[at + index] = key[index] as number
    this.#hashes[this.#asked] = hashOf(key, 0)
    this.#rows[this.#asked] = batchRow
    this.#asked += 1
  }

  /**
   * Looks for the keys on the list; how many there are. All at once, since most flows are not in the processor's
   * cache: first it is asked for all of them, and fetches many while it waits for one.
   */
  findAll(): number {
    const count = this.#asked
    const slots = this.#slots
    const mask = slots.length - 1
    for (let index = 0; index < count; index++) {
      const row = slots[(this.#hashes[index] as number) & mask] as number
      this.#found[index] = row
      this.#firstWords[index] = this.#words[row * rowWords] as number
    }
    for (let index = 0; index < count; index++) {
      const key = index * keyLength
      const isFirst = this.#firstWords[index] === this.#keys[key] && this.#isOf(this.#found[index] as number, key)
      if (!isFirst) this.#found[index] = this.#find(index)
    }
    this.#asked = 0
    return count
  }

  batchRowOf(index: number): number {
    return this.#rows[index] as number
  }

  askedKey(index: number): Int32Array {
    return this.#keys.subarray(index * keyLength, (index + 1) * keyLength)
  }

  /** The row of a key that was looked for with all others, or that was added since; or 0. */
  rowOf(index: number): number {
    const row = this.#found[index] as number
    return row === 0 ? this.#find(index) : row
  }

  #find(index: number): number {
    const slots = this.#slots
    const mask = slots.length - 1
    for (let slot = (this.#hashes[index] as number) & mask; ; slot = (slot + 1) & mask) {
      const row = slots[slot] as number
      if (row === 0 || this.#isOf(row, index * keyLength)) return row
    }
  }

  #isOf(row: number, key: number): boolean {
    const words = this.#words
    const keys = this.#keys
    const at = row * rowWords
    return (
      row > 0 &&
      words[at] === keys[key] &&
      words[at + 1] === keys[key + 1] &&
      words[at + 6] === keys[key + 6] &&
      words[at + 5] === keys[key + 5] &&
      words[at + 2] === keys[key + 2] &&
      words[at + 3] === keys[key + 3] &&
      words[at + 4] === keys[key + 4]
    )
  }

  /** A new row for a key that was looked for, and has none. */
  add(index: number, judgement: number): number {
    const row = this.#size + 1
    if (row * rowWords === this.#words.length) this.#grow()
    const at = row * rowWords
    this.#words.set(this.askedKey(index), at)
    this.#words[at + judgementAt] = judgement
    this.#words[at + timesAt] = -1
    this.#size = row
    this.#enter(row, this.#hashes[index] as number)
    return row
  }

  weigh(row: number, packets: number, bytes: number): void {
    const weights = this.#doubles
    const at = row * rowDoubles + weightsAt
    weights[at] = (weights[at] as number) + 1
    weights[at + 1] = (weights[at + 1] as number) + packets
    weights[at + 2] = (weights[at + 2] as number) + bytes
  }

  /** In seconds since 1970; what a record does not have is below. */
  date(row: number, start: number, end: number): void {
    const words = this.#words
    const at = row * rowWords + timesAt
    if (start >= 0 && start < (words[at] as number) >>> 0) words[at] = start
    if (end > (words[at + 1] as number) >>> 0) words[at + 1] = Math.min(end, lastSecond)
  }

  judgementOf(row: number): number {
    return this.#words[row * rowWords + judgementAt] as number
  }

  keyOf(row: number): Int32Array {
    return this.#words.subarray(row * rowWords, row * rowWords + keyLength)
  }

  weightOf(row: number): Weight {
    const at = row * rowDoubles + weightsAt
    const [records = 0, packets = 0, bytes = 0] = this.#doubles.subarray(at, at + 3)
    return { records, packets, bytes }
  }

  timesOf(row: number): { readonly first: number; readonly last: number } {
    const [first = 0, last = 0] = this.#words.subarray(row * rowWords + timesAt, (row + 1) * rowWords)
    return { first: first >>> 0, last: last >>> 0 }
  }

  #grow(): void {
    const words = new Int32Array(this.#words.length * 2)
    words.set(this.#words)
    this.#words = words
    this.#doubles = new Float64Array(words.buffer)
    this.#slots = new Int32Array(this.#slots.length * 2)
    for (let row = 1; row <= this.#size; row++) this.#enter(row, hashOf(words, row * rowWords))
  }

  #enter(row: number, hash: number): void {
    const mask = this.#slots.length - 1
    let slot = hash & mask
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask
    this.#slots[slot] = row
  }
}

/** Of a key. The words are multiplied apart from each other, so that none waits for the one before. */
function hashOf(words: Int32Array, at: number): number {
  const ends = Math.imul(words[at] as number, 0x9e37_79b1) ^ Math.imul(words[at + 1] as number, 0x85eb_ca6b)
  const low = Math.imul(words[at + 2] as number, 0xc2b2_ae35) ^ Math.imul(words[at + 3] as number, 0x27d4_eb2f)
  const rest = Math.imul(words[at + 4] as number, 0x1656_67b1) ^ Math.imul(words[at + 5] as number, 0xd3a2_646d)
  let hash = ends ^ low ^ rest ^ Math.imul(words[at + 6] as number, 0xfd70_46c5)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b_3c6d)
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a_2d39)
  return hash ^ (hash >>> 15)
}
