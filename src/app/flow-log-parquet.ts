/**
 * Flow log lines as an Apache Parquet file (data-plane 4.5): a column a field, underscores for its hyphens, pages
 * compressed with gzip. A number that a record does not have is null; a string that it does not have stays `-`.
 */

import { gzipSync } from 'node:zlib'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { parquetTypeOf } from '../engine/flow-record-text.ts'

const compressors = { GZIP: (bytes: Uint8Array) => gzipSync(bytes) }

/** `fields` are those of the lines, in their order. */
export function parquetFile(fields: readonly string[], lines: readonly string[]): Uint8Array {
  const rows = lines.map((line) => line.split(' '))
  // A field that a format names twice is one column: their names are unique.
  const columnData = [...new Set(fields)].map((field) => {
    const at = fields.indexOf(field)
    const type = parquetTypeOf(field)
    const cells = rows.map((row) => row[at] ?? '-')
    return { name: field.replaceAll('-', '_'), type, data: cells.map((cell) => cellValue(type, cell)) }
  })
  return new Uint8Array(parquetWriteBuffer({ columnData, codec: 'GZIP', compressors }))
}

function cellValue(type: ReturnType<typeof parquetTypeOf>, cell: string): string | number | bigint | null {
  if (type === 'STRING') return cell
  if (cell === '-') return null
  return type === 'INT32' ? Number(cell) : BigInt(cell)
}
