/**
 * Records of flows in typed arrays: 32 bytes that each packet reads, which never lie across two cache lines, and
 * 20 that only opening, expiry and people do. A record keeps its number for life, and growing copies nothing: it
 * adds a chunk. Large arrays would set off V8's collector, which counts what they hold.
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
/** Words of a record, as a power of two. */
const narrowShift = 3
const wideShift = 4

/** The first chunk begins small and doubles: most tables hold little. */
const fewest = 64
/** An index entry has 24 bits for a record, and two values that mean none. */
const mostRecords = 2 ** 24 - 2

const chunkShift = 12
const chunkSize = 1 << chunkShift
const withinChunk = chunkSize - 1

export type Width = 'narrow' | 'wide'

/** What is read seldom. */
interface Chunk {
  /** Two a record. */
  readonly links: Int32Array
  readonly openedAt: Float64Array
  readonly order: Int32Array
}

export class FlowRecords {
  readonly #shift: number
  /** By chunk, the same bytes twice. */
  readonly #words: Int32Array[] = []
  readonly #doubles: Float64Array[] = []
  readonly #chunks: Chunk[] = []
  #capacity = 0
  /** Records below were taken at some time. */
  #end = 0
  /** Free ones, each naming the next: the record's number and one, 0 for none. */
  #free = 0
  #count = 0

  constructor(width: Width) {
    this.#shift = width === 'wide' ? wideShift : narrowShift
  }

  get count(): number {
    return this.#count
  }

  /** A new record of the flow. */
  take(flow: Int32Array, openedAt: Instant, order: number): number {
    const record = this.#takeNumber()
    this.#count++
    const words = this.#wordsOf(record)
    const base = (record & withinChunk) << this.#shift
    for (let word = 0; word < 4; word++) words[base + word] = flow[word] as number
    if (this.#isWide) for (let word = 4; word < flowWords; word++) words[base + 4 + word] = flow[word] as number
    const chunk = this.#chunkOf(record)
    chunk.openedAt[record & withinChunk] = openedAt
    chunk.order[record & withinChunk] = order
    return record
  }

  release(record: number): void {
    this.#count--
    this.#wordsOf(record)[((record & withinChunk) << this.#shift) + traitsWord] = 0
    this.setNext(record, this.#free)
    this.#free = record + 1
    if (this.#count === 0 && this.#capacity > fewest) this.#clear()
  }

  /** Whether the record is of this flow. Here and where packets pass, no private method: calling one costs 5 ns. */
  holds(record: number, flow: Int32Array): boolean {
    const words = this.#words[record >> chunkShift] as Int32Array
    const base = (record & withinChunk) << this.#shift
    return (
      words[base] === flow[0] &&
      words[base + 1] === flow[1] &&
      words[base + 2] === flow[2] &&
      words[base + 3] === flow[3] &&
      (this.#shift === narrowShift || holdsRest(words, base + wideWord, flow))
    )
  }

  hashOf(record: number): number {
    const words = this.#wordsOf(record)
    const base = (record & withinChunk) << this.#shift
    return this.#isWide ? hashOfWide(words, base, base + wideWord) : hashOf(words, base)
  }

  /** The flow's words, as `PackedFlow` has them. */
  flowOf(record: number): Int32Array {
    const words = this.#wordsOf(record)
    const base = (record & withinChunk) << this.#shift
    const flow = new Int32Array(flowWords)
    flow.set(words.subarray(base, base + 4))
    if (this.#isWide) flow.set(words.subarray(base + wideWord, base + wideWord + flowWords - 4), 4)
    return flow
  }

  expiresAt(record: number): Instant {
    const doubles = this.#doubles[record >> chunkShift] as Float64Array
    return doubles[((record & withinChunk) << (this.#shift - 1)) + expiryDouble] as Instant
  }

  /** Answered here, because a double that is returned costs an allocation. */
  isLive(record: number, now: Instant): boolean {
    const doubles = this.#doubles[record >> chunkShift] as Float64Array
    return now < (doubles[((record & withinChunk) << (this.#shift - 1)) + expiryDouble] as number)
  }

  /** True when the deadline before was a later one. */
  setExpiresAt(record: number, expiresAt: Instant): boolean {
    const doubles = this.#doubles[record >> chunkShift] as Float64Array
    const place = ((record & withinChunk) << (this.#shift - 1)) + expiryDouble
    const before = doubles[place] as number
    doubles[place] = expiresAt
    return expiresAt < before
  }

  state(record: number): number {
    return this.#wordsOf(record)[((record & withinChunk) << this.#shift) + stateWord] as number
  }

  setState(record: number, state: number): void {
    this.#wordsOf(record)[((record & withinChunk) << this.#shift) + stateWord] = state
  }

  admission(record: number): number {
    return this.#wordsOf(record)[((record & withinChunk) << this.#shift) + admissionWord] as number
  }

  setAdmission(record: number, admission: number): void {
    this.#wordsOf(record)[((record & withinChunk) << this.#shift) + admissionWord] = admission
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
    for (let record = 0; record < this.#end; record++) {
      if (this.#wordsOf(record)[((record & withinChunk) << this.#shift) + traitsWord] !== 0) yield record
    }
  }

  get #isWide(): boolean {
    return this.#shift === wideShift
  }

  #wordsOf(record: number): Int32Array {
    return this.#words[record >> chunkShift] as Int32Array
  }

  #chunkOf(record: number): Chunk {
    return this.#chunks[record >> chunkShift] as Chunk
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
    const isFirst = this.#capacity < chunkSize
    const size = isFirst ? Math.max(fewest, 2 * this.#capacity) : chunkSize
    const bytes = new ArrayBuffer((4 * size) << this.#shift)
    const words = new Int32Array(bytes)
    const chunk = newChunk(size)
    const place = isFirst ? 0 : this.#chunks.length
    const [outgrown, seldom] = [this.#words[place], this.#chunks[place]]
    if (outgrown && seldom) {
      words.set(outgrown)
      chunk.links.set(seldom.links)
      chunk.openedAt.set(seldom.openedAt)
      chunk.order.set(seldom.order)
    }
    this.#words[place] = words
    this.#doubles[place] = new Float64Array(bytes)
    this.#chunks[place] = chunk
    this.#capacity = isFirst ? size : this.#capacity + size
  }

  /** Nothing is alive: what it once took up is given back. */
  #clear(): void {
    this.#words.length = 0
    this.#doubles.length = 0
    this.#chunks.length = 0
    this.#capacity = 0
    this.#end = 0
    this.#free = 0
  }
}

function newChunk(size: number): Chunk {
  const bytes = new ArrayBuffer(20 * size)
  return {
    openedAt: new Float64Array(bytes, 0, size),
    links: new Int32Array(bytes, 8 * size, 2 * size),
    order: new Int32Array(bytes, 16 * size, size),
  }
}

function holdsRest(words: Int32Array, start: number, flow: Int32Array): boolean {
  for (let word = 4; word < flowWords; word++) if (words[start + word - 4] !== flow[word]) return false
  return true
}
