/**
 * One line of a flow log, byte by byte, into a LogRecord. No text is made of a line; an IPv6 address alone is
 * read as text. What does not read as its field says is damage, and the caller counts it.
 */

import { parseAddress } from '../net/address.ts'
import type { InterfaceNames } from './interface-names.ts'
import { columnKinds, type LogFormat } from './log-format.ts'
import { absent, actions, directions, type LogRecord, putAddress, statuses, unknownInterface } from './log-record.ts'

const space = 32
const newline = 10
const carriageReturn = 13
const dash = 45
const dot = 46
const zero = 48
const nine = 57

/** The most that a number may be, by the kind of its column. */
const most = new Float64Array(17).fill(Number.MAX_SAFE_INTEGER)
most.set([65_535, 65_535, 255], columnKinds.sourcePort)
most[columnKinds.flags] = 255

/** The words that a line may have in these fields, by the kind of the column. */
const wordsOf: Readonly<Record<number, Readonly<Record<string, number>>>> = {
  [columnKinds.action]: { ACCEPT: actions.accept, REJECT: actions.reject },
  [columnKinds.status]: { OK: statuses.ok, NODATA: statuses.noData, SKIPDATA: statuses.skipData },
  [columnKinds.direction]: { ingress: directions.ingress, egress: directions.egress },
}

export class LineParser {
  readonly #kinds: Uint8Array
  readonly #names: InterfaceNames
  readonly #record: LogRecord

  constructor(format: LogFormat, names: InterfaceNames, record: LogRecord) {
    this.#kinds = format.kinds
    this.#names = names
    this.#record = record
  }

  /** Reads the line at `from`; where the next one begins, or -1 for damage. `bytes` hold a line's end behind it. */
  parse(bytes: Uint8Array, view: DataView, from: number): number {
    const kinds = this.#kinds
    const { numbers } = this.#record
    const last = kinds.length - 1
    let at = from
    for (let column = 0; ; column++) {
      const kind = kinds[column] as number
      if (kind === columnKinds.skipped) at = longFieldEnd(view, at)
      else if (kind >= columnKinds.sourcePort) at = readNumber(bytes, at, numbers, kind)
      else if (kind === columnKinds.interface) at = this.#interface(bytes, view, at)
      else if (kind <= columnKinds.packetDestination) at = this.#address(bytes, at, kind - columnKinds.source)
      else at = readWord(bytes, at, numbers, kind)
      if (at < 0) return -1
      if (column === last) return nextLine(bytes, at)
      if (bytes[at] !== space) return -1
      at += 1
    }
  }

  #interface(bytes: Uint8Array, view: DataView, from: number): number {
    const to = longFieldEnd(view, from)
    const number = to < 0 ? -1 : this.#names.numberOf(view, from, to)
    this.#record.numbers[columnKinds.interface] = number >= 0 ? number : this.#stranger(bytes, from, to)
    return to
  }

  #stranger(bytes: Uint8Array, from: number, to: number): number {
    if (to < 0 || (to === from + 1 && bytes[from] === dash)) return absent
    this.#record.stranger = textOf(bytes, from, to)
    return unknownInterface
  }

  #address(bytes: Uint8Array, from: number, place: number): number {
    const { families, words } = this.#record
    if (bytes[from] === dash) {
      families[place] = 0
      return from + 1
    }
    const to = readDotted(bytes, from, words, place * 4)
    if (to < 0) return this.#otherAddress(bytes, from, place)
    families[place] = 4
    return to
  }

  #otherAddress(bytes: Uint8Array, from: number, place: number): number {
    const to = fieldEnd(bytes, from)
    const address = parseAddress(textOf(bytes, from, Math.max(from, to)))
    if (!address) return -1
    this.#record.families[place] = address.family
    putAddress(address, this.#record.words, place * 4)
    return to
  }
}

/** All that read a field give where it ends, or -1 for damage. */
function fieldEnd(bytes: Uint8Array, from: number): number {
  let at = from
  while ((bytes[at] as number) > space) at++
  return at > from ? at : -1
}

/** The same, four bytes at a time: such fields are mostly long. */
function longFieldEnd(view: DataView, from: number): number {
  const mostAt = view.byteLength - 4
  let at = from
  while (at <= mostAt && !hasSpace(view.getInt32(at, true))) at += 4
  while (view.getUint8(at) > space) at++
  return at > from ? at : -1
}

/** Whether any of four bytes is a space or below: each is taken from in its own place, and a borrow tells. */
function hasSpace(four: number): boolean {
  return ((four - 0x2121_2121) & ~four & 0x8080_8080) !== 0
}

/** So many digits are no more than 32 bits hold, which is quicker. */
const shortNumber = 9

function readNumber(bytes: Uint8Array, from: number, numbers: Float64Array, kind: number): number {
  let at = from
  let byte = bytes[at] as number
  if (byte === dash) {
    numbers[kind] = absent
    return at + 1
  }
  let value = 0
  while (byte >= zero && byte <= nine && at - from < shortNumber) {
    value = (value * 10 + (byte - zero)) | 0
    byte = bytes[++at] as number
  }
  let long = value
  while (byte >= zero && byte <= nine) {
    long = long * 10 + (byte - zero)
    byte = bytes[++at] as number
  }
  numbers[kind] = long
  return at === from || long > (most[kind] as number) ? -1 : at
}

/** Four decimal numbers with dots; -1 for all else, and nothing is read. */
function readDotted(bytes: Uint8Array, from: number, words: Int32Array, first: number): number {
  let at = from
  let word = 0
  for (let octets = 1; ; octets++) {
    let octet = (bytes[at] as number) - zero
    if (octet < 0 || octet > 9) return -1
    let digit = (bytes[++at] as number) - zero
    if (digit >= 0 && digit <= 9) {
      octet = octet * 10 + digit
      digit = (bytes[++at] as number) - zero
      if (digit >= 0 && digit <= 9) {
        octet = octet * 10 + digit
        at += 1
      }
    }
    if (octet > 255) return -1
    word = (word << 8) | octet
    if (octets === 4) break
    if (bytes[at] !== dot) return -1
    at += 1
  }
  if ((bytes[at] as number) > space) return -1
  words[first] = word
  words[first + 1] = 0
  words[first + 2] = 0
  words[first + 3] = 0
  return at
}

function readWord(bytes: Uint8Array, from: number, numbers: Float64Array, kind: number): number {
  const value = bytes[from] === dash ? absent : knownWord(bytes, from, kind)
  if (value === undefined) return -1
  numbers[kind] = value
  return fieldEnd(bytes, from)
}

/** What follows a carriage return belongs to the line's end. */
function nextLine(bytes: Uint8Array, at: number): number {
  if (bytes[at] === newline) return at + 1
  return bytes[at] === carriageReturn ? bytes.indexOf(newline, at) + 1 : -1
}

function textOf(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1')
}

/** By its first letter; the rest is held against the word. */
function knownWord(bytes: Uint8Array, from: number, kind: number): number | undefined {
  const words = spelled[kind] as readonly Spelled[]
  for (let number = 0; number < words.length; number++) {
    const { value, letters } = words[number] as Spelled
    if (bytes[from] !== letters[0]) continue
    for (let index = 1; index < letters.length; index++) {
      if (bytes[from + index] !== letters[index]) return undefined
    }
    return (bytes[from + letters.length] as number) <= space ? value : undefined
  }
  return undefined
}

interface Spelled {
  readonly value: number
  readonly letters: Uint8Array
}

const spelled: readonly (readonly Spelled[])[] = Array.from({ length: columnKinds.sourcePort }, (_, kind) =>
  Object.entries(wordsOf[kind] ?? {}).map(([word, value]) => ({ value, letters: new TextEncoder().encode(word) })),
)
