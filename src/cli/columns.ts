/** Rows of words in columns as wide as their widest word; a row of fewer words ends early. */

export function columns(rows: readonly (readonly string[])[]): string {
  const full = Math.max(...rows.map((row) => row.length))
  const widths = Array.from({ length: full }, (_, index) =>
    Math.max(...rows.filter((row) => row.length === full).map((row) => row[index]?.length ?? 0)),
  )
  return rows
    .map((row) => row.map((word, index) => (row.length === full ? word.padEnd(widths[index] ?? 0) : word)).join('  '))
    .map((line) => `${line.trimEnd()}\n`)
    .join('')
}
