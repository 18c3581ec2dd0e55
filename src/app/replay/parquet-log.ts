/**
 * A flow log in Parquet (data-plane 4.5): the columns that judging needs, a group of rows at a time, as the lines
 * that the same records would be as text.
 */

import { type FileHandle, open } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { type AsyncBuffer, type FileMetaData, parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet'
import { BadFormat, formatOf, type LogFormat, neededFields } from '../../replay/log-format.ts'
import type { LogLines } from '../../replay/log-lines.ts'
import type { LogFile } from './log-files.ts'

const compressors = { GZIP: (bytes: Uint8Array) => new Uint8Array(gunzipSync(bytes)) }
/** Rows that are in memory as objects at a time. */
const mostRows = 20_000

/** `tell` is given the bytes of the file that are done with. Throws BadFormat. */
export async function pushParquet(
  linesIn: (format: LogFormat) => LogLines,
  file: Pick<LogFile, 'path' | 'size'>,
  tell: (bytes: number) => Promise<void> | void,
): Promise<void> {
  const handle = await open(file.path)
  try {
    const source = { byteLength: file.size, slice: sliceOf(handle, file.size) }
    const metadata = await readable(() => parquetMetadataAsync(source))
    const names = parquetSchema(metadata).children.map(({ element }) => element.name)
    const columns = names.filter((name) => neededFields.has(name.replaceAll('_', '-')))
    const lines = linesIn(formatOf(columns.map((name) => name.replaceAll('_', '-'))))
    await pushRows(lines, { source, metadata, columns }, tell)
  } finally {
    await handle.close()
  }
}

interface Rows {
  readonly source: AsyncBuffer
  readonly metadata: FileMetaData
  readonly columns: readonly string[]
}

/** What came before a fault is judged. */
async function pushRows(
  lines: LogLines,
  { source, metadata, columns }: Rows,
  tell: (bytes: number) => Promise<void> | void,
): Promise<void> {
  const total = Number(metadata.num_rows)
  try {
    for (const [rowStart, rowEnd] of portionsOf(metadata)) {
      const rows = await readable(() =>
        parquetReadObjects({ file: source, metadata, columns: [...columns], rowStart, rowEnd, compressors }),
      )
      lines.push(Buffer.from(rows.map((row) => `${columns.map((name) => cellText(row[name])).join(' ')}\n`).join('')))
      await tell((source.byteLength * rowEnd) / total)
    }
    lines.end()
  } finally {
    lines.flush()
  }
}

/** A portion never crosses from one group of rows to the next. */
function portionsOf({ row_groups: groups }: FileMetaData): (readonly [start: number, end: number])[] {
  const portions: (readonly [number, number])[] = []
  let start = 0
  for (const group of groups) {
    const end = start + Number(group.num_rows)
    for (let from = start; from < end; from += mostRows) portions.push([from, Math.min(end, from + mostRows)])
    start = end
  }
  return portions
}

/** A field that a record does not have is null where it is a number. */
function cellText(value: unknown): string {
  return value === null || value === undefined || value === '' ? '-' : String(value)
}

function sliceOf(handle: FileHandle, size: number) {
  return async (start: number, end = size): Promise<ArrayBuffer> => {
    const buffer = new ArrayBuffer(end - start)
    await handle.read(new Uint8Array(buffer), 0, end - start, start)
    return buffer
  }
}

async function readable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (thrown) {
    throw new BadFormat(`It cannot be read as Parquet: ${thrown instanceof Error ? thrown.message : thrown}`)
  }
}
