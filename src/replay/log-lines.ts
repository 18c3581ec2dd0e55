/**
 * A file of flow log lines in chunks of bytes, as they come: cut at the ends of lines, a header read where there
 * is one, records handed on in batches. A damaged line is told with its number and is never a record.
 */

import type { InterfaceNames } from './interface-names.ts'
import { bytesBehind, LineParser } from './line-parser.ts'
import { BadFormat, formatByFirstLine, formatOf, headerFields, type LogFormat } from './log-format.ts'
import { mostRows, RecordBatch } from './record-batch.ts'

const newline = 10
const behind = new Uint8Array(bytesBehind)
/** Of a line; a record is a tenth of a thousandth of it. */
const mostBytes = 2 ** 20

export interface DamagedLine {
  readonly file: string
  readonly line: number
  readonly text: string
}

/** Told one by one; of more there is a count. */
export const mostDamagedTold = 20

/** What was read of a file since the last portion. */
export interface Portion {
  readonly records: RecordBatch
  /** Interfaces that are met for the first time, in the order of their numbers. */
  readonly names: readonly string[]
  readonly damaged: { readonly lines: number; readonly examples: readonly DamagedLine[] }
}

/** Takes a portion and gives room for the next one: another batch, or the same when it is done with. */
export type Taker = (portion: Portion) => RecordBatch

export interface LogFile {
  readonly name: string
  /** For lines without a header. */
  readonly format: LogFormat | undefined
}

export class LogLines {
  readonly #names: InterfaceNames
  readonly #file: LogFile
  readonly #take: Taker
  #batch: RecordBatch = new RecordBatch()
  #damaged: { lines: number; examples: DamagedLine[] } = { lines: 0, examples: [] }
  #parser: LineParser | undefined
  #kinds: Uint8Array = new Uint8Array(0)
  #rest: Uint8Array = new Uint8Array(0)
  #line = 0

  /** `names` numbers the interfaces of all files whose portions are taken together. */
  constructor(names: InterfaceNames, file: LogFile, take: Taker) {
    this.#names = names
    this.#file = file
    this.#take = take
  }

  /** Throws BadFormat. */
  push(chunk: Uint8Array): void {
    const first = chunk.indexOf(newline) + 1
    const line = joined(this.#rest, first > 0 ? chunk.subarray(0, first) : chunk)
    if (first === 0) {
      if (line.length > mostBytes) throw new BadFormat('A line of it is longer than 1 MB: this is no flow log.')
      this.#rest = line
      return
    }
    this.#lines(joined(line, behind), 0, line.length)
    const mostAt = chunk.length - bytesBehind - 1
    const last = mostAt > first ? Math.max(first, chunk.lastIndexOf(newline, mostAt) + 1) : first
    this.#lines(chunk, first, last)
    this.#rest = chunk.slice(last)
  }

  /** What the file ends with, if it does not end with a line's end. Throws BadFormat. */
  end(): void {
    if (this.#rest.length > 0) this.push(Uint8Array.of(newline))
    this.flush()
  }

  /** Hands on what has been read. */
  flush(): void {
    if (this.#batch.size > 0 || this.#damaged.lines > 0) this.#handOn()
  }

  /** Whole lines, with bytes behind them. */
  #lines(bytes: Uint8Array, start: number, to: number): void {
    const view = viewOf(bytes)
    let from = start
    while (from < to) {
      const before = this.#batch.size
      if (this.#parser) from = this.#parser.read(view, from, to, this.#batch)
      this.#line += this.#batch.size - before
      if (this.#batch.size === mostRows) this.#handOn()
      else if (from < to) {
        const next = bytes.indexOf(newline, from) + 1
        this.#line += 1
        from = this.#otherLine(textOf(bytes.subarray(from, next))) ? from : next
      }
    }
  }

  /** A header, the first line of a file without one, an empty line, or damage; whether it is to be read as a record. */
  #otherLine(text: string): boolean {
    if (text === '') return false
    const fields = headerFields(text, this.#parser === undefined)
    if (fields) this.#use(formatOf(fields))
    else if (!this.#parser) {
      this.#use(formatByFirstLine(text, this.#file.format))
      this.#line -= 1
      return true
    } else this.#damage(text)
    return false
  }

  #damage(text: string): void {
    const { examples } = this.#damaged
    this.#damaged.lines += 1
    if (examples.length < mostDamagedTold)
      examples.push({ file: this.#file.name, line: this.#line, text: text.slice(0, 200) })
  }

  #use(format: LogFormat): void {
    this.flush()
    this.#kinds = format.kinds
    this.#parser = new LineParser(format, this.#names)
    this.#batch.begin(this.#kinds)
  }

  #handOn(): void {
    const damaged = this.#damaged
    this.#damaged = { lines: 0, examples: [] }
    this.#batch = this.#take({ records: this.#batch, names: this.#names.takeFresh(), damaged })
    this.#batch.begin(this.#kinds)
  }
}

function viewOf({ buffer, byteOffset, length }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, length)
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1').trim()
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const both = new Uint8Array(one.length + other.length)
  both.set(one)
  both.set(other, one.length)
  return both
}
