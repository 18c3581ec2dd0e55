/**
 * A flow log that is sent, judged while it comes. Parquet has its table of contents at its end, so it is laid down
 * as a file first.
 */

import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Replay } from '../../replay/replay.ts'
import { pushParquet } from './parquet-log.ts'
import { isOfFile, knownByStart, pushLines } from './read-file.ts'

export interface Upload {
  /** What its sender calls it. */
  readonly name: string
  readonly bytes: AsyncIterable<Uint8Array>
}

/** Why it could not be read to its end, if so. Rejects with what is not the log's fault. */
export async function readUpload(replay: Replay, { name, bytes }: Upload): Promise<string | undefined> {
  try {
    const known = await knownByStart(bytes)
    if (known.kind === 'parquet') await pushParquetOf(replay, known.raw, name)
    else await pushLines(replay.file(name), known, () => undefined)
    return undefined
  } catch (thrown) {
    if (!isOfFile(thrown)) throw thrown
    return thrown.message
  }
}

async function pushParquetOf(replay: Replay, raw: Readable, name: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-log-'))
  try {
    const path = join(folder, 'log.parquet')
    await pipeline(raw, createWriteStream(path))
    const { size } = await stat(path)
    await pushParquet(
      (format) => replay.file(name, format),
      { path, size },
      () => undefined,
    )
  } finally {
    await rm(folder, { recursive: true })
  }
}
