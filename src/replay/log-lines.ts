/**
 * A file of flow log lines in chunks of bytes, as they come: cut at the ends of lines, a header read where there
 * is one, each record handed on. A damaged line is told with its number and is never a record.
 */

import type { InterfaceNames } from './interface-names.ts'
import { LineParser } from './line-parser.ts'
import { BadFormat, formatByFirstLine, formatOf, headerFields, type LogFormat } from './log-format.ts'
import type { LogRecord } from './log-record.ts'

const newline = 10
/** Of a line; a record is a tenth of a thousandth of it. */
const mostBytes = 2 ** 20

export interface LineSink {
  /** The record was read into the reader's own. */
  readonly take: (format: LogFormat) => void
  readonly damaged: (line: number, text: string) => void
}

export class LogLines {
  readonly #names: InterfaceNames
  readonly #record: LogRecord
  readonly #asked: LogFormat | undefined
  readonly #sink: LineSink
  #format: LogFormat | undefined
  #parser: LineParser | undefined
  #rest: Uint8Array = new Uint8Array(0)
  #line = 0

  constructor(names: InterfaceNames, record: LogRecord, asked: LogFormat | undefined, sink: LineSink) {
    this.#names = names
    this.#record = record
    this.#asked = asked
    this.#sink = sink
  }

  /** Throws BadFormat. */
  push(chunk: Uint8Array): void {
    const last = chunk.lastIndexOf(newline)
    if (last < 0) {
      if (this.#rest.length > mostBytes) throw new BadFormat('A line of it is longer than 1 MB: this is no flow log.')
      this.#rest = joined(this.#rest, chunk)
      return
    }
    let from = 0
    if (this.#rest.length > 0) {
      from = chunk.indexOf(newline) + 1
      this.#lines(joined(this.#rest, chunk.subarray(0, from)), 0)
    }
    this.#lines(chunk.subarray(0, last + 1), from)
    this.#rest = chunk.slice(last + 1)
  }

  /** What the file ends with, if it does not end with a line's end. Throws BadFormat. */
  end(): void {
    if (this.#rest.length > 0) this.push(Uint8Array.of(newline))
  }

  /** `bytes` end with a line's end. */
  #lines(bytes: Uint8Array, start: number): void {
    const view = viewOf(bytes)
    let from = start
    while (from < bytes.length) {
      this.#line += 1
      let next = this.#parser ? this.#parser.parse(bytes, view, from) : -1
      if (next > 0) this.#sink.take(this.#format as LogFormat)
      else {
        next = bytes.indexOf(newline, from) + 1
        this.#otherLine(bytes, from, next)
      }
      from = next
    }
  }

  /** A header, the first line of a file without one, an empty line, or damage. */
  #otherLine(bytes: Uint8Array, from: number, next: number): void {
    const text = textOf(bytes.subarray(from, next))
    if (text === '') return
    const fields = headerFields(text, this.#parser === undefined)
    if (fields) {
      this.#use(formatOf(fields))
      return
    }
    if (!this.#parser) {
      this.#use(formatByFirstLine(text, this.#asked))
      if (this.#parser && (this.#parser as LineParser).parse(bytes, viewOf(bytes), from) > 0) {
        this.#sink.take(this.#format as unknown as LogFormat)
        return
      }
    }
    this.#sink.damaged(this.#line, text)
  }

  #use(format: LogFormat): void {
    this.#format = format
    this.#record.numbers.fill(-1)
    this.#record.families.fill(0)
    this.#parser = new LineParser(format, this.#names, this.#record)
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
