/**
 * Records of flows in typed arrays: 32 bytes that each packet reads, which never lie across two cache lines, and
 * 20 that only opening, expiry and people do. A record keeps its number for life, and growing copies nothing:
 * it adds a chunk.
 */

import type { Instant } from '../../base/clock.ts'
import { invariant } from '../../base/invariant.ts'
import { flowWords, hashOf, hashOfWide } from './packed-flow.ts'

/** Behind the four words that each flow has: 4 and 5 are one double, the rest of a wide flow begins at 8. */
const expiryDouble = 2
const stateWord = 6
const admissionWord = 7
const wideWord = 8
const traitsWord = 3
const shiftOf = { narrow: 3, wide: 4 } as const

const chunkShift = 14
const chunkSize = 1 << chunkShift
const withinChunk = chunkSize - 1
/** The first chunk begins small and doubles: most tables hold little. */
const fewest = 64
/** An index entry has 24 bits for a record, and two values that mean none. */
const mostRecords = 2 ** 24 - 2

interface Chunk {
  readonly words: Int32Array
  readonly doubles: Float64Array
  /** Two a record. */
  readonly links: Int32Array
  readonly openedAt: Float64Array
  readonly order: Int32Array
}

export type Width = 'narrow' | 'wide'

export class FlowRecords {
  readonly #shift: number
  readonly #chunks: Chunk[] = []
  #capacity = 0
  /** Records below were taken at some time. */
  #end = 0
  /** Free ones, each naming the next: the record's number and one, 0 for none. */
  #free = 0
  #count = 0

  constructor(width: Width) {
    this.#shift = shiftOf[width]
  }

  get count(): number {
    return this.#count
  }

  /** A new record of the flow. */
  take(flow: Int32Array, openedAt: Instant, order: number): number {
    const record = this.#takeNumber()
    const chunk = this.#chunkOf(record)
    const { words } = chunk
    const within = record & withinChunk
    const base = within << this.#shift
    for (let word = 0; word < 4; word++) words[base + word] = flow[word] as number
    if (this.#isWide) for (let word = 4; word < flowWords; word++) words[base + 4 + word] = flow[word] as number
    chunk.openedAt[within] = openedAt
    chunk.order[within] = order
    this.#count++
    return record
  }

  release(record: number): void {
    this.#count--
    this.#setWord(record, traitsWord, 0)
    this.setNext(record, this.#free)
    this.#free = record + 1
    if (this.#count === 0 && this.#capacity > chunkSize) this.#clear()
  }

  /** Whether the record is of this flow. */
  holds(record: number, flow: Int32Array): boolean {
    const { words } = this.#chunkOf(record)
    const base = (record & withinChunk) << this.#shift
    if (words[base] !== flow[0] || words[base + 1] !== flow[1]) return false
    if (words[base + 2] !== flow[2] || words[base + 3] !== flow[3]) return false
    if (this.#isWide) {
      for (let word = 4; word < flowWords; word++) if (words[base + 4 + word] !== flow[word]) return false
    }
    return true
  }

  hashOf(record: number): number {
    const { words } = this.#chunkOf(record)
    const base = (record & withinChunk) << this.#shift
    return this.#isWide ? hashOfWide(words, base, base + wideWord) : hashOf(words, base)
  }

  /** The flow's words, as `PackedFlow` has them. */
  flowOf(record: number): Int32Array {
    const { words } = this.#chunkOf(record)
    const base = (record & withinChunk) << this.#shift
    const flow = new Int32Array(flowWords)
    flow.set(words.subarray(base, base + 4))
    if (this.#isWide) flow.set(words.subarray(base + wideWord, base + wideWord + flowWords - 4), 4)
    return flow
  }

  expiresAt(record: number): Instant {
    return this.#chunkOf(record).doubles[this.#expiryAt(record)] as Instant
  }

  setExpiresAt(record: number, expiresAt: Instant): void {
    this.#chunkOf(record).doubles[this.#expiryAt(record)] = expiresAt
  }

  state(record: number): number {
    return this.#word(record, stateWord)
  }

  setState(record: number, state: number): void {
    this.#setWord(record, stateWord, state)
  }

  admission(record: number): number {
    return this.#word(record, admissionWord)
  }

  setAdmission(record: number, admission: number): void {
    this.#setWord(record, admissionWord, admission)
  }

  openedAt(record: number): Instant {
    return this.#chunkOf(record).openedAt[record & withinChunk] as Instant
  }

  order(record: number): number {
    return this.#chunkOf(record).order[record & withinChunk] as number
  }

  next(record: number): number {
    return this.#chunkOf(record).links[(record & withinChunk) << 1] as number
  }

  setNext(record: number, link: number): void {
    this.#chunkOf(record).links[(record & withinChunk) << 1] = link
  }

  previous(record: number): number {
    return this.#chunkOf(record).links[((record & withinChunk) << 1) | 1] as number
  }

  setPrevious(record: number, link: number): void {
    this.#chunkOf(record).links[((record & withinChunk) << 1) | 1] = link
  }

  /** The records in use, by number. */
  *numbers(): IterableIterator<number> {
    for (let record = 0; record < this.#end; record++) if (this.#word(record, traitsWord) !== 0) yield record
  }

  get #isWide(): boolean {
    return this.#shift === shiftOf.wide
  }

  #chunkOf(record: number): Chunk {
    return this.#chunks[record >> chunkShift] as Chunk
  }

  #expiryAt(record: number): number {
    return ((record & withinChunk) << (this.#shift - 1)) + expiryDouble
  }

  #word(record: number, word: number): number {
    return this.#chunkOf(record).words[((record & withinChunk) << this.#shift) + word] as number
  }

  #setWord(record: number, word: number, value: number): void {
    this.#chunkOf(record).words[((record & withinChunk) << this.#shift) + word] = value
  }

  #takeNumber(): number {
    if (this.#free !== 0) {
      const record = this.#free - 1
      this.#free = this.next(record)
      return record
    }
    invariant(this.#end < mostRecords, `a table holds at most ${mostRecords} connections of a family`)
    if (this.#end === this.#capacity) this.#grow()
    return this.#end++
  }

  #grow(): void {
    if (this.#capacity >= chunkSize || this.#capacity === 0) {
      const size = this.#capacity === 0 ? fewest : chunkSize
      this.#chunks.push(this.#chunk(size))
      this.#capacity += size
      return
    }
    const before = this.#chunkOf(0)
    this.#capacity *= 2
    const chunk = this.#chunk(this.#capacity)
    chunk.words.set(before.words)
    chunk.links.set(before.links)
    chunk.openedAt.set(before.openedAt)
    chunk.order.set(before.order)
    this.#chunks[0] = chunk
  }

  #chunk(size: number): Chunk {
    const bytes = new ArrayBuffer((4 * size) << this.#shift)
    return {
      words: new Int32Array(bytes),
      doubles: new Float64Array(bytes),
      links: new Int32Array(2 * size),
      openedAt: new Float64Array(size),
      order: new Int32Array(size),
    }
  }

  /** Nothing is alive: what it once took up is given back. */
  #clear(): void {
    this.#chunks.length = 0
    this.#capacity = 0
    this.#end = 0
    this.#free = 0
  }
}
