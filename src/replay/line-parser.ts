/**
 * Lines of a flow log, byte by byte, into rows of a RecordBatch. No text is made of a line; an IPv6 address alone
 * is read as text. Columns of one sort side by side are read in one go. What does not read as its field says is
 * damage, and the caller counts it.
 */

import { parseAddress } from '../net/address.ts'
import { type InterfaceNames, mostLetters } from './interface-names.ts'
import { type ColumnKind, columnKinds, type LogFormat } from './log-format.ts'
import { absent, actions, addressWords, columns, directions, mostRows, RecordBatch, statuses } from './record-batch.ts'

const space = 32
const newline = 10
const carriageReturn = 13
const dash = 45
const dot = 46
const zero = 48
const nine = 57

/** Fields are read some bytes at a time: so many must lie behind the last line. */
export const bytesBehind = 4

/** The most that a number may be. */
function mostOf(kind: ColumnKind): number {
  if (kind === columnKinds.sourcePort || kind === columnKinds.destinationPort) return 65_535
  return kind === columnKinds.protocol || kind === columnKinds.flags ? 255 : Number.MAX_SAFE_INTEGER
}

/** The words that a line may have in these fields, by the kind of the column. */
const wordsOf: Readonly<Record<number, Readonly<Record<string, number>>>> = {
  [columnKinds.action]: { ACCEPT: actions.accept, REJECT: actions.reject },
  [columnKinds.status]: { OK: statuses.ok, NODATA: statuses.noData, SKIPDATA: statuses.skipData },
  [columnKinds.direction]: { ingress: directions.ingress, egress: directions.egress },
}

const sorts = { skipped: 0, interface: 1, address: 2, word: 3, number: 4 } as const

function sortOf(kind: ColumnKind): number {
  if (kind === columnKinds.skipped) return sorts.skipped
  if (kind === columnKinds.interface) return sorts.interface
  if (kind <= columnKinds.packetDestination) return sorts.address
  return kind < columnKinds.sourcePort ? sorts.word : sorts.number
}

export class LineParser {
  readonly #kinds: Uint8Array
  /** Of each column, its sort, the column behind those of the same sort, and the most that it may hold. */
  readonly #sorts: Uint8Array
  readonly #until: Uint16Array
  readonly #most: Float64Array
  readonly #names: InterfaceNames
  /** Where the line at hand is written. */
  #batch = nowhere
  #row = 0

  constructor({ kinds }: LogFormat, names: InterfaceNames) {
    this.#kinds = kinds
    this.#sorts = kinds.map((kind) => sortOf(kind as ColumnKind))
    this.#until = Uint16Array.from(this.#sorts, (sort, column) => {
      const other = this.#sorts.findIndex((each, index) => index > column && each !== sort)
      return other < 0 ? kinds.length : other
    })
    this.#most = Float64Array.from(kinds, (kind) => mostOf(kind as ColumnKind))
    this.#names = names
  }

  /** Reads lines from `from` on, until the batch is full, or `to`, or a line that is no record: there it stopped. */
  read(view: DataView, from: number, to: number, batch: RecordBatch): number {
    this.#batch = batch
    let at = from
    let row = batch.size
    while (at < to && row < mostRows) {
      this.#row = row
      const next = this.#line(view, at)
      if (next < 0) break
      at = next
      row += 1
    }
    batch.size = row
    return at
  }

  /** Where the next line begins, or -1 for damage. */
  #line(view: DataView, from: number): number {
    const length = this.#kinds.length
    let at = from
    for (let column = 0; ; ) {
      const until = this.#until[column] as number
      switch (this.#sorts[column]) {
        case sorts.skipped:
          at = fieldsEnd(view, at, until - column)
          break
        case sorts.interface:
          at = this.#interface(view, at)
          break
        case sorts.address:
          at = this.#addresses(view, at, column)
          break
        case sorts.word:
          at = this.#words(view, at, column)
          break
        default:
          at = this.#numbers(view, at, column)
      }
      if (at < 0) return -1
      column = until
      if (column === length) return nextLine(view, at)
      if (view.getUint8(at) !== space) return -1
      at += 1
    }
  }

  #interface(view: DataView, from: number): number {
    const to = fieldEnd(view, from)
    if (to < 0 || to - from > mostLetters) return -1
    const isAbsent = to === from + 1 && view.getUint8(from) === dash
    const number = isAbsent ? absent : this.#names.numberOf(view, from, to)
    this.#batch.numbers[columns.interface + this.#row] = number
    return to
  }

  #addresses(view: DataView, from: number, first: number): number {
    const until = this.#until[first] as number
    let at = from
    for (let column = first; ; ) {
      const place = (this.#kinds[column] as number) - columnKinds.source
      const to = this.#dotted(view, at, place)
      at = to < 0 ? this.#otherAddress(view, at, place) : to
      column += 1
      if (at < 0 || column === until) return at
      if (view.getUint8(at) !== space) return -1
      at += 1
    }
  }

  /** Four decimal numbers with dots; -1 for all else, and nothing is read. */
  #dotted(view: DataView, from: number, place: number): number {
    let at = from
    let word = 0
    for (let octets = 1; ; octets++) {
      let octet = view.getUint8(at) - zero
      if (octet < 0 || octet > 9) return -1
      let digit = view.getUint8(++at) - zero
      if (digit >= 0 && digit <= 9) {
        octet = octet * 10 + digit
        digit = view.getUint8(++at) - zero
        if (digit >= 0 && digit <= 9) {
          octet = octet * 10 + digit
          if (octet > 255) return -1
          at += 1
        }
      }
      word = (word << 8) | octet
      if (octets === 4) break
      if (view.getUint8(at) !== dot) return -1
      at += 1
    }
    if (view.getUint8(at) > space) return -1
    const { words, families } = this.#batch
    words[place * addressWords * mostRows + this.#row] = word
    families[place * mostRows + this.#row] = 4
    return at
  }

  #otherAddress(view: DataView, from: number, place: number): number {
    const to = fieldEnd(view, from)
    if (to < 0) return -1
    if (to === from + 1 && view.getUint8(from) === dash) {
      this.#batch.families[place * mostRows + this.#row] = 0
      return to
    }
    const address = parseAddress(textOf(view, from, to))
    if (!address) return -1
    this.#batch.putAddress(place, this.#row, address)
    return to
  }

  #numbers(view: DataView, from: number, first: number): number {
    const { numbers } = this.#batch
    const until = this.#until[first] as number
    let at = from
    for (let column = first; ; ) {
      let byte = view.getUint8(at)
      let value = byte - zero
      at += 1
      if (byte >= zero && byte <= nine) {
        byte = view.getUint8(at)
        while (byte >= zero && byte <= nine) {
          value = value * 10 + (byte - zero)
          byte = view.getUint8(++at)
        }
        if (value > (this.#most[column] as number)) return -1
      } else {
        if (byte !== dash) return -1
        value = absent
        byte = view.getUint8(at)
      }
      numbers[(this.#kinds[column] as number) * mostRows + this.#row] = value
      column += 1
      if (column === until) return at
      if (byte !== space) return -1
      at += 1
    }
  }

  #words(view: DataView, from: number, first: number): number {
    const { numbers } = this.#batch
    const until = this.#until[first] as number
    let at = from
    for (let column = first; ; ) {
      const kind = this.#kinds[column] as number
      const to = fieldEnd(view, at)
      const value = wordAt(view, at, to - at, kind)
      if (value === unknownWord) return -1
      numbers[kind * mostRows + this.#row] = value
      column += 1
      if (column === until) return to
      if (view.getUint8(to) !== space) return -1
      at = to + 1
    }
  }
}

const nowhere = new RecordBatch()

/** All that read a field give where it ends, or -1 for damage. */
function fieldEnd(view: DataView, from: number): number {
  let at = from
  let spaces = spacesIn(view.getInt32(at, true))
  while (spaces === 0) {
    at += 4
    spaces = spacesIn(view.getInt32(at, true))
  }
  at += (31 - Math.clz32(spaces & -spaces)) >> 3
  return at > from ? at : -1
}

/** Of four bytes, which are a space or below: the lowest bit that is set is of the first of them. */
function spacesIn(four: number): number {
  return (four - 0x2121_2121) & ~four & 0x8080_8080
}

function fieldsEnd(view: DataView, from: number, count: number): number {
  let at = fieldEnd(view, from)
  for (let field = 1; field < count && at > 0; field++) {
    if (view.getUint8(at) !== space) return -1
    at = fieldEnd(view, at + 1)
  }
  return at
}

/** What follows a carriage return belongs to the line's end. */
function nextLine(view: DataView, at: number): number {
  if (view.getUint8(at) === newline) return at + 1
  if (view.getUint8(at) !== carriageReturn) return -1
  let end = at + 1
  while (view.getUint8(end) !== newline) end += 1
  return end + 1
}

function textOf(view: DataView, from: number, to: number): string {
  return Buffer.from(view.buffer, view.byteOffset + from, to - from).toString('latin1')
}

/** A word of two to eight letters: its first four bytes and its last four; of fewer than four, 0 behind them. */
interface Spelled {
  readonly value: number
  readonly length: number
  readonly head: number
  readonly tail: number
}

const unknownWord = -3

function wordAt(view: DataView, from: number, length: number, kind: number): number {
  if (length < 1 || length > 8) return unknownWord
  const head = headOf(view, from, length)
  const tail = length > 4 ? view.getInt32(from + length - 4, true) : head
  const words = spelled[kind] as readonly Spelled[]
  for (let number = 0; number < words.length; number++) {
    const word = words[number] as Spelled
    if (word.head === head && word.tail === tail && word.length === length) return word.value
  }
  return unknownWord
}

function headOf(view: DataView, from: number, length: number): number {
  const four = view.getInt32(from, true)
  return length < 4 ? four & ((1 << (8 * length)) - 1) : four
}

const spelled: readonly (readonly Spelled[])[] = Array.from({ length: columnKinds.sourcePort }, (_, kind) =>
  Object.entries({ ...wordsOf[kind], '-': absent }).map(([word, value]): Spelled => {
    const view = new DataView(new TextEncoder().encode(word.padEnd(8, '\0')).buffer)
    const { length } = word
    const head = headOf(view, 0, length)
    return { value, length, head, tail: length > 4 ? view.getInt32(length - 4, true) : head }
  }),
)
