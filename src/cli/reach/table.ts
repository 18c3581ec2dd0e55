/** Rows of reachability as a table for people. */

import type { ReachRow as Row } from '../../reach/reachability/listing.ts'
import { endText, onText } from '../../reach/reachability/row-text.ts'

export function formatTable(rows: readonly Row[]): string {
  const hasBoth = new Set(rows.flatMap(({ families }) => families)).size > 1
  const cells = rows.map((row) => [endText(row.from), endText(row.to), onText(row, hasBoth)])
  return alignedColumns([['FROM', 'TO', 'ON'], ...cells])
}

export function alignedColumns(lines: readonly (readonly string[])[]): string {
  // Arguments are put on the stack: half a million of them are too many.
  const widths = (lines[0] ?? []).map((_, column) =>
    lines.reduce((widest, line) => Math.max(widest, (line[column] ?? '').length), 0),
  )
  const padded = lines.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
  return padded.map((line) => `${line.trimEnd()}\n`).join('')
}
