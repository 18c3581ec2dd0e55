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
  /** Where the field that was read last ends; -1 for damage. */
  #at = 0

  constructor(format: LogFormat, names: InterfaceNames, record: LogRecord) {
    this.#kinds = format.kinds
    this.#names = names
    this.#record = record
  }

  /** Reads the line at `from`, which ends before `bytes` do; false for damage. */
  parse(bytes: Uint8Array, from: number): boolean {
    const kinds = this.#kinds
    const count = kinds.length
    this.#at = from
    for (let column = 0; column < count; column++) {
      const kind = kinds[column] as number
      if (kind === columnKinds.skipped) this.#skip(bytes)
      else if (kind >= columnKinds.sourcePort) this.#number(bytes, kind)
      else if (kind >= columnKinds.source && kind <= columnKinds.packetDestination) this.#address(bytes, kind)
      else this.#word(bytes, kind)
      if (this.#at < 0) return false
      if (column < count - 1) {
        if (bytes[this.#at] !== space) return false
        this.#at += 1
      }
    }
    return isEnd(bytes[this.#at] as number)
  }

  #skip(bytes: Uint8Array): void {
    let at = this.#at
    while ((bytes[at] as number) > space) at++
    this.#at = at > this.#at ? at : -1
  }

  #number(bytes: Uint8Array, kind: number): void {
    let at = this.#at
    let byte = bytes[at] as number
    if (byte === dash) {
      this.#record.numbers[kind] = absent
      this.#at = at + 1
      return
    }
    let value = 0
    while (byte >= zero && byte <= nine) {
      value = value * 10 + (byte - zero)
      byte = bytes[++at] as number
    }
    this.#record.numbers[kind] = value
    this.#at = at === this.#at || value > (most[kind] as number) ? -1 : at
  }

  #address(bytes: Uint8Array, kind: number): void {
    const place = kind - columnKinds.source
    if (bytes[this.#at] === dash) {
      this.#record.families[place] = 0
      this.#at += 1
    } else if (!this.#dotted(bytes, place)) this.#otherAddress(bytes, place)
  }

  /** Four decimal numbers with dots; false for all else, and nothing is read. */
  #dotted(bytes: Uint8Array, place: number): boolean {
    const { families, words } = this.#record
    let at = this.#at
    let word = 0
    for (let octets = 1; ; octets++) {
      let octet = 0
      const start = at
      let byte = bytes[at] as number
      while (byte >= zero && byte <= nine) {
        octet = octet * 10 + (byte - zero)
        byte = bytes[++at] as number
      }
      if (octet > 255 || at === start || at > start + 3) return false
      word = (word << 8) | octet
      if (octets === 4) break
      if (byte !== dot) return false
      at += 1
    }
    if ((bytes[at] as number) > space) return false
    families[place] = 4
    const first = place * 4
    words[first] = word
    words[first + 1] = 0
    words[first + 2] = 0
    words[first + 3] = 0
    this.#at = at
    return true
  }

  #otherAddress(bytes: Uint8Array, place: number): void {
    const address = parseAddress(this.#text(bytes))
    if (address) {
      this.#record.families[place] = address.family
      putAddress(address, this.#record.words, place * 4)
    } else this.#at = -1
  }

  #word(bytes: Uint8Array, kind: number): void {
    const from = this.#at
    const { numbers } = this.#record
    if (kind === columnKinds.interface) {
      this.#skip(bytes)
      const number = this.#names.numberOf(bytes, from, this.#at)
      numbers[kind] = number >= 0 ? number : this.#stranger(bytes, from)
      return
    }
    const value = bytes[from] === dash ? absent : knownWord(bytes, from, kind)
    if (value === undefined) {
      this.#at = -1
      return
    }
    numbers[kind] = value
    this.#skip(bytes)
  }

  #stranger(bytes: Uint8Array, from: number): number {
    const to = this.#at
    if (to < 0 || (to === from + 1 && bytes[from] === dash)) return absent
    this.#record.stranger = textOf(bytes, from, to)
    return unknownInterface
  }

  /** The field at hand; reading goes on behind it. */
  #text(bytes: Uint8Array): string {
    const from = this.#at
    this.#skip(bytes)
    return textOf(bytes, from, Math.max(from, this.#at))
  }
}

function textOf(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1')
}

/** By its first letter; the rest is held against the word. */
function knownWord(bytes: Uint8Array, from: number, kind: number): number | undefined {
  for (const [word, bytesOfWord] of spelled[kind] ?? []) {
    if (bytes[from] !== bytesOfWord[0]) continue
    for (let index = 1; index < bytesOfWord.length; index++) {
      if (bytes[from + index] !== bytesOfWord[index]) return undefined
    }
    return (bytes[from + bytesOfWord.length] as number) <= space ? word : undefined
  }
  return undefined
}

const spelled: readonly (readonly (readonly [value: number, bytes: Uint8Array])[])[] = Array.from(
  { length: columnKinds.sourcePort },
  (_, kind) =>
    Object.entries(wordsOf[kind] ?? {}).map(([word, value]) => [value, new TextEncoder().encode(word)] as const),
)

function isEnd(byte: number): boolean {
  return byte === newline || byte === carriageReturn
}
