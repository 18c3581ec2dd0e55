/**
 * One flow log into lines, a chunk at a time: text, gzip and Parquet. Inflating is zlib's own thread's work, so that
 * the next chunk is made while one is read.
 */

import { createReadStream } from 'node:fs'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { BadFormat, type LogFormat } from '../../replay/log-format.ts'
import type { LogLines } from '../../replay/log-lines.ts'
import { kindOf, type LogFile } from './log-files.ts'

const chunkSize = 2 ** 18

export interface Reader {
  /** The lines of the file, which says its format or not. */
  readonly linesIn: (format?: LogFormat) => LogLines
  /** Called after each chunk with the bytes that are done with, as they lie on the disk; the next is read when it resolves. */
  readonly tell: (bytes: number) => Promise<void> | void
}

/** Why it could not be read to its end, if so. Rejects with what is not the file's fault. */
export async function readFile(file: LogFile, reader: Reader): Promise<string | undefined> {
  try {
    await readWhole(file, reader)
    return undefined
  } catch (thrown) {
    if (!isOfFile(thrown)) throw thrown
    return thrown.message
  }
}

/** Whether it is the file's fault. */
export function isOfFile(thrown: unknown): thrown is Error {
  if (thrown instanceof BadFormat) return true
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
  return code.startsWith('Z_') || code.startsWith('E')
}

async function readWhole(file: LogFile, { linesIn, tell }: Reader): Promise<void> {
  if (file.kind === 'parquet') {
    // Most logs are none, and its reader takes a while to load.
    const { pushParquet } = await import('./parquet-log.ts')
    return pushParquet(linesIn, file, tell)
  }
  const { raw, kind } = await opened(file)
  let read = 0
  raw.on('data', (chunk: Buffer) => {
    read += chunk.length
  })
  await pushLines(linesIn(), { raw, kind }, () => tell(read))
}

/** Bytes whose kind is known by the first of them. */
export interface Known {
  readonly raw: Readable
  readonly kind: LogFile['kind']
}

/** `tell` is called after each chunk. Throws BadFormat, and what zlib says; what came before that is judged. */
export async function pushLines(lines: LogLines, { raw, kind }: Known, tell: () => Promise<void> | void) {
  try {
    for await (const chunk of kind === 'gzip' ? inflated(raw) : raw) {
      lines.push(chunk as Uint8Array)
      await tell()
    }
    lines.end()
  } finally {
    lines.flush()
  }
}

/** A fault of either ends both: it is thrown to who reads. */
function inflated(raw: Readable): Readable {
  return pipeline(raw, createGunzip({ chunkSize }), () => undefined)
}

/** What bytes are that come one chunk after the other, the first chunk says. */
export async function knownByStart(source: AsyncIterable<Uint8Array>): Promise<Known> {
  const chunks = source[Symbol.asyncIterator]()
  const { value: first = new Uint8Array() } = await chunks.next()
  async function* all() {
    yield first
    yield* { [Symbol.asyncIterator]: () => chunks }
  }
  return { raw: Readable.from(all()), kind: kindOf(first) }
}

async function opened(file: LogFile): Promise<Known> {
  if (file.path !== '-') return { raw: createReadStream(file.path, { highWaterMark: chunkSize }), kind: file.kind }
  const known = await knownByStart(process.stdin)
  if (known.kind === 'parquet')
    throw new BadFormat('Parquet is read from a file, not from standard input: give its path.')
  return known
}
