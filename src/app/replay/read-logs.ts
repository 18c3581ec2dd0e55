/**
 * Flow logs into a replay, a chunk at a time: text, gzip and Parquet. Inflating is zlib's own thread's work, so
 * that the next chunk is made while one is judged. A file that cannot be read to its end is told, and the others go on.
 */

import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { BadFormat } from '../../replay/log-format.ts'
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

function isOfFile(thrown: unknown): thrown is Error {
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
  const lines = replay.file(file.path)
  for await (const chunk of kind === 'gzip' ? inflated(raw) : raw) {
    lines.push(chunk as Uint8Array)
    tell(read)
  }
  lines.end()
}

/** An error of the one below would else be nobody's. */
function inflated(raw: Readable): Readable {
  const gunzip = createGunzip({ chunkSize })
  raw.on('error', (error) => gunzip.destroy(error))
  return raw.pipe(gunzip)
}

/** What standard input is, its first chunk says. */
async function opened(file: LogFile): Promise<{ readonly raw: Readable; readonly kind: LogFile['kind'] }> {
  if (file.path !== '-') return { raw: createReadStream(file.path, { highWaterMark: chunkSize }), kind: file.kind }
  const chunks = process.stdin[Symbol.asyncIterator]()
  const { value: first = Buffer.alloc(0) } = await chunks.next()
  const kind = kindOf(first as Uint8Array)
  if (kind === 'parquet')
    throw new UnreadableParquet('Parquet is read from a file, not from standard input: give its path.')
  async function* all() {
    yield first
    yield* { [Symbol.asyncIterator]: () => chunks }
  }
  return { raw: Readable.from(all()), kind }
}
