/**
 * Finds a flow's record: open addressing in one Int32Array, linear probing, eight bits of the hash beside the
 * record's number so that strangers are passed over unread. It doubles and halves a few places at each change,
 * so that no change waits for a whole copy; a deletion closes its gap and leaves no tombstone.
 */

import type { FlowRecords } from './flow-records.ts'
import type { PackedFlow } from './packed-flow.ts'

const fewest = 64
const fullest = 0.6
const emptiest = 1 / 8
/** Doubling ends after an eighth of the changes that could fill the new table. */
const movedAtOnce = 8

const empty = 0
/** In the table that is being left: probes go on behind it. */
const moved = -1
const tagBits = 0xff00_0000
const recordBits = 0x00ff_ffff

export const none = -1

export class FlowIndex {
  readonly #records: FlowRecords
  #places = new Int32Array(fewest)
  #count = 0
  /** The table that is being left, and the first of its places that was not moved yet. */
  #left: Int32Array | undefined
  #toMove = 0

  constructor(records: FlowRecords) {
    this.#records = records
  }

  /** The flow's record, or `none`. */
  find({ words, hash }: PackedFlow): number {
    const records = this.#records
    const places = this.#places
    const mask = places.length - 1
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const entry = places[place] as number
      if (entry === empty) return this.#left === undefined ? none : this.#findLeft(this.#left, words, hash)
      if (((entry ^ hash) & tagBits) !== 0) continue
      const record = (entry & recordBits) - 1
      if (records.holds(record, words)) return record
    }
  }

  /** The record is of a flow that has none. */
  add(record: number, hash: number): void {
    this.#count++
    put(this.#places, (hash & tagBits) | (record + 1), hash)
    if (this.#left !== undefined) this.#move(this.#left)
    else if (this.#count > this.#places.length * fullest) this.#resize(2 * this.#places.length)
  }

  delete(record: number, hash: number): void {
    this.#count--
    const place = placeOf(this.#places, record, hash)
    if (place !== none) this.#close(place)
    else if (this.#left !== undefined) this.#left[placeOf(this.#left, record, hash)] = moved
    if (this.#left !== undefined) this.#move(this.#left)
    else if (this.#places.length > fewest && this.#count < this.#places.length * emptiest) {
      this.#resize(this.#places.length / 2)
    }
  }

  #findLeft(places: Int32Array, words: Int32Array, hash: number): number {
    const mask = places.length - 1
    for (let place = hash & mask; places[place] !== empty; place = (place + 1) & mask) {
      const entry = places[place] as number
      if (((entry ^ hash) & tagBits) !== 0 || entry === moved) continue
      const record = (entry & recordBits) - 1
      if (this.#records.holds(record, words)) return record
    }
    return none
  }

  /** Entries behind the gap that could have stood in it move up. */
  #close(place: number): void {
    const places = this.#places
    const mask = places.length - 1
    let gap = place
    for (let next = (gap + 1) & mask; places[next] !== empty; next = (next + 1) & mask) {
      const entry = places[next] as number
      const home = this.#records.hashOf((entry & recordBits) - 1) & mask
      if (((next - home) & mask) < ((next - gap) & mask)) continue
      places[gap] = entry
      gap = next
    }
    places[gap] = empty
  }

  #resize(size: number): void {
    this.#left = this.#places
    this.#toMove = 0
    this.#places = new Int32Array(size)
    this.#move(this.#left)
  }

  #move(left: Int32Array): void {
    const end = Math.min(this.#toMove + movedAtOnce, left.length)
    for (; this.#toMove < end; this.#toMove++) {
      const entry = left[this.#toMove] as number
      if (entry === empty || entry === moved) continue
      put(this.#places, entry, this.#records.hashOf((entry & recordBits) - 1))
      left[this.#toMove] = moved
    }
    if (end === left.length) this.#left = undefined
  }
}

function put(places: Int32Array, entry: number, hash: number): void {
  const mask = places.length - 1
  let place = hash & mask
  while (places[place] !== empty) place = (place + 1) & mask
  places[place] = entry
}

/** Where the record's entry stands, or `none`. */
function placeOf(places: Int32Array, record: number, hash: number): number {
  const mask = places.length - 1
  const entry = (hash & tagBits) | (record + 1)
  for (let place = hash & mask; places[place] !== empty; place = (place + 1) & mask) {
    if (places[place] === entry) return place
  }
  return none
}
