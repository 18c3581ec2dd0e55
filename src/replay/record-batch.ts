/**
 * Records of flow logs as numbers, many at a time, a column behind the other: nothing is made for a record, and
 * one thread hands to another what it has read as one piece of memory. A record is a row of its batch.
 */

import type { Address, Family } from '../net/address.ts'
import { columnKinds } from './log-format.ts'

/** What a field holds that is `-`, or that the format does not have. */
export const absent = -1

/** An interface that is not counted apart (interface-names.ts). */
export const unnamedInterface = -2

export const statuses = { ok: 0, noData: 1, skipData: 2 } as const
export const directions = { ingress: 0, egress: 1 } as const
export const actions = { accept: 0, reject: 1 } as const

/** Addresses by their place: as columnKinds has them, from the source on. */
export const places = { source: 0, destination: 1, packetSource: 2, packetDestination: 3 } as const

/** Not 4096: columns that begin a power of two apart push each other out of a processor's cache. */
export const mostRows = 4088
/** Where the columns of numbers begin. */
export const columns = {
  interface: columnKinds.interface * mostRows,
  action: columnKinds.action * mostRows,
  status: columnKinds.status * mostRows,
  direction: columnKinds.direction * mostRows,
  sourcePort: columnKinds.sourcePort * mostRows,
  destinationPort: columnKinds.destinationPort * mostRows,
  protocol: columnKinds.protocol * mostRows,
  packets: columnKinds.packets * mostRows,
  bytes: columnKinds.bytes * mostRows,
  start: columnKinds.start * mostRows,
  end: columnKinds.end * mostRows,
  flags: columnKinds.flags * mostRows,
} as const

const numberColumns = 17
const addressColumns = 4
export const addressWords = 4

const numberBytes = numberColumns * mostRows * 8
const wordBytes = addressColumns * addressWords * mostRows * 4
const batchBytes = numberBytes + wordBytes + addressColumns * mostRows

export class RecordBatch {
  /** Threads may see it both, and say to each other whose turn it is. */
  readonly memory: SharedArrayBuffer
  /** Columns by their kind (log-format.ts); times in seconds; an interface as InterfaceNames numbers it. */
  readonly numbers: Float64Array
  /** Columns by place and word. An IPv4 address is in its first word, and the others hold anything. */
  readonly words: Int32Array
  /** Columns by place: 4, 6, or 0 where there is no address. */
  readonly families: Uint8Array
  size: number

  constructor(memory = new SharedArrayBuffer(batchBytes), size = 0) {
    this.memory = memory
    this.numbers = new Float64Array(memory, 0, numberColumns * mostRows)
    this.words = new Int32Array(memory, numberBytes, addressColumns * addressWords * mostRows)
    this.families = new Uint8Array(memory, numberBytes + wordBytes, addressColumns * mostRows)
    this.size = size
  }

  /** Empty, and absent what a format with these kinds does not have. */
  begin(kinds: Uint8Array): void {
    this.size = 0
    const fill = (kind: number) => this.numbers.fill(absent, kind * mostRows, (kind + 1) * mostRows)
    for (let kind = 0; kind < numberColumns; kind++) if (!kinds.includes(kind)) fill(kind)
    for (let place = 0; place < addressColumns; place++) {
      const has = kinds.includes(columnKinds.source + place)
      if (!has) this.families.fill(0, place * mostRows, (place + 1) * mostRows)
    }
  }

  address(place: number, row: number): Address {
    const words = Int32Array.from({ length: addressWords }, (_, word) => this.#wordAt(place, word, row))
    return addressFromWords(this.families[place * mostRows + row] as Family, words, 0)
  }

  #wordAt(place: number, word: number, row: number): number {
    return this.words[(place * addressWords + word) * mostRows + row] as number
  }

  putAddress(place: number, row: number, { family, bits }: Address): void {
    this.families[place * mostRows + row] = family
    const count = family === 4 ? 1 : addressWords
    for (let word = 0; word < count; word++) {
      const own = (bits >> BigInt((count - 1 - word) * 32)) & 0xffff_ffffn
      this.words[(place * addressWords + word) * mostRows + row] = Number(own) | 0
    }
  }
}

/** The address in four words of the array, of which an IPv4 one has the first. */
export function addressFromWords(family: Family, words: Int32Array, offset: number): Address {
  const word = (index: number) => BigInt((words[offset + index] as number) >>> 0)
  if (family === 4) return { family, bits: word(0) }
  return { family, bits: (word(0) << 96n) | (word(1) << 64n) | (word(2) << 32n) | word(3) }
}
