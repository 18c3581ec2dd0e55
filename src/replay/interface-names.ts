/**
 * The ids of interfaces as they come in logs, numbered in the order of their coming: a line's bytes are looked up
 * without making a text of them, and only a new id is told as one.
 */

import { unnamedInterface } from './record-batch.ts'

/** More are of no network, and are not told apart: memory stays bounded whatever a file holds. */
const mostNames = 2 ** 18
/** Of an id; AWS's have 21. */
export const mostLetters = 64

export class InterfaceNames {
  /** All ids, one behind the other, and where each begins. */
  #bytes = new DataView(new ArrayBuffer(2 ** 14))
  #starts = new Int32Array(2 ** 9)
  /** Number + 1 by hash, open addressing, at most half full. */
  #slots = new Int32Array(2 ** 10)
  #count = 0
  #fresh: string[] = []

  /** The number of the id that the bytes spell, which are no more than mostLetters. */
  numberOf(bytes: DataView, from: number, to: number): number {
    const mask = this.#slots.length - 1
    let slot = hashOf(bytes, from, to) & mask
    for (;;) {
      const number = (this.#slots[slot] as number) - 1
      if (number < 0) return this.#added(bytes, from, to)
      if (this.#isSame(number, bytes, from, to)) return number
      slot = (slot + 1) & mask
    }
  }

  /** The ids that came since this was asked last, in the order of their numbers. */
  takeFresh(): string[] {
    const fresh = this.#fresh
    this.#fresh = []
    return fresh
  }

  #isSame(number: number, bytes: DataView, from: number, to: number): boolean {
    const own = this.#bytes
    let at = this.#starts[number] as number
    if ((this.#starts[number + 1] as number) - at !== to - from) return false
    let other = from
    for (; other + 4 <= to; other += 4, at += 4)
      if (own.getInt32(at, true) !== bytes.getInt32(other, true)) return false
    for (; other < to; other++, at++) if (own.getUint8(at) !== bytes.getUint8(other)) return false
    return true
  }

  #added(bytes: DataView, from: number, to: number): number {
    if (this.#count >= mostNames) return unnamedInterface
    const number = this.#count
    const start = this.#starts[number] as number
    this.#makeRoom(start + mostLetters)
    const id = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from)
    new Uint8Array(this.#bytes.buffer).set(id, start)
    this.#count += 1
    this.#starts[this.#count] = start + id.length
    this.#enter(number)
    this.#fresh.push(id.toString('latin1'))
    return number
  }

  #enter(number: number): void {
    const mask = this.#slots.length - 1
    let slot = hashOf(this.#bytes, this.#starts[number] as number, this.#starts[number + 1] as number) & mask
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask
    this.#slots[slot] = number + 1
  }

  /** For one more id, and for `end` bytes of all. */
  #makeRoom(end: number): void {
    if (end > this.#bytes.byteLength) {
      const more = new Uint8Array(this.#bytes.byteLength * 2)
      more.set(new Uint8Array(this.#bytes.buffer))
      this.#bytes = new DataView(more.buffer)
    }
    if (this.#count + 2 > this.#starts.length) {
      const more = new Int32Array(this.#starts.length * 2)
      more.set(this.#starts)
      this.#starts = more
    }
    if ((this.#count + 1) * 2 > this.#slots.length) {
      this.#slots = new Int32Array(this.#slots.length * 2)
      for (let number = 0; number < this.#count; number++) this.#enter(number)
    }
  }
}

/** Ids differ in their ends: the last eight bytes are enough to spread them. */
function hashOf(bytes: DataView, from: number, to: number): number {
  let hash = to - from
  if (hash >= 8) hash = Math.imul(bytes.getInt32(to - 8, true), 0x85eb_ca6b) ^ bytes.getInt32(to - 4, true)
  else for (let at = from; at < to; at++) hash = Math.imul(hash, 31) + bytes.getUint8(at)
  hash = Math.imul(hash ^ (hash >>> 15), 0x9e37_79b1)
  return (hash ^ (hash >>> 13)) >>> 0
}
