/**
 * Flow logs into a replay, a chunk at a time: text, gzip and Parquet. Inflating is zlib's own thread's work, so
 * that the next chunk is made while one is judged. A file that cannot be read to its end is told, and the others go on.
 */

import { createReadStream } from 'node:fs'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { BadFormat } from '../../replay/log-format.ts'
import type { LogLines } from '../../replay/log-lines.ts'
import type { Replay } from '../../replay/replay.ts'
import { kindOf, type LogFile } from './log-files.ts'
import { pushParquet, UnreadableParquet } from './parquet-log.ts'

/** A file that is no flow log, or that is damaged as a whole. */
export interface UnreadFile {
  readonly path: string
  readonly why: string
}

const chunkSize = 2 ** 18

export interface Progress {
  /** Bytes of files as they lie on the disk. */
  readonly done: number
  readonly all: number
}

/** What went wrong with files is in the result; `tell` is called after each chunk. */
export async function readLogs(
  replay: Replay,
  files: readonly LogFile[],
  tell: (progress: Progress) => void,
): Promise<readonly UnreadFile[]> {
  const all = files.reduce((sum, { size }) => sum + size, 0)
  const unread: UnreadFile[] = []
  let before = 0
  for (const file of files) {
    try {
      await readLog(replay, file, (bytes) => tell({ done: before + bytes, all }))
    } catch (thrown) {
      if (!isOfFile(thrown)) throw thrown
      unread.push({ path: file.path, why: thrown.message })
    }
    before += file.size
    tell({ done: before, all })
  }
  return unread
}

/** Whether it is the file's fault. */
export function isOfFile(thrown: unknown): thrown is Error {
  if (thrown instanceof BadFormat || thrown instanceof UnreadableParquet) return true
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
  return code.startsWith('Z_') || code.startsWith('E')
}

async function readLog(replay: Replay, file: LogFile, tell: (bytes: number) => void): Promise<void> {
  if (file.kind === 'parquet') return pushParquet(replay, file, tell)
  const { raw, kind } = await opened(file)
  let read = 0
  raw.on('data', (chunk: Buffer) => {
    read += chunk.length
  })
  await pushLines(replay.file(file.path), { raw, kind }, () => tell(read))
}

/** Bytes whose kind is known by the first of them. */
export interface Known {
  readonly raw: Readable
  readonly kind: LogFile['kind']
}

/** `tell` is called after each chunk. Throws BadFormat, and what zlib says. */
export async function pushLines(lines: LogLines, { raw, kind }: Known, tell: () => void): Promise<void> {
  for await (const chunk of kind === 'gzip' ? inflated(raw) : raw) {
    lines.push(chunk as Uint8Array)
    tell()
  }
  lines.end()
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
    throw new UnreadableParquet('Parquet is read from a file, not from standard input: give its path.')
  return known
}
