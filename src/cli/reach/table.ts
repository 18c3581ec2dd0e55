/** Rows of reachability as a table for people. */

import { thousands } from '../../base/amounts.ts'
import type { RowEnd } from '../../reach/reachability/findings.ts'
import type { ReachFacts, ReachRows } from '../../reach/reachability/listing.ts'
import { endText, onText } from '../../reach/reachability/row-text.ts'

/** As much of rows as a table needs. */
export interface Listed extends Pick<ReachRows, 'endsAt' | 'families'> {
  readonly facts: () => Iterable<ReachFacts>
}

/** Line by line: there may be more of them than fit into one text. */
export function* tableLines(rows: Listed): Generator<string> {
  const [from, to] = [column('FROM', rows.endsAt('from')), column('TO', rows.endsAt('to'))]
  const hasBoth = rows.families.size > 1
  yield `${from.head}  ${to.head}  ON\n`
  for (const row of rows.facts()) yield `${from.cell(row.from)}  ${to.cell(row.to)}  ${onText(row, hasBoth)}\n`
}

/** The largest rows, and how many there are besides. */
export function* topLines(rows: ReachRows, count: number): Generator<string> {
  const { size } = rows
  if (size <= count) {
    yield* tableLines(rows)
    return
  }
  const shown = rows.top(count)
  yield* tableLines({
    families: rows.families,
    facts: () => shown.values(),
    endsAt: (side) => shown.map((row) => row[side]),
  })
  yield moreText(size - count)
}

function moreText(more: number): string {
  return `\n… ${thousands(more)} more ${more === 1 ? 'row' : 'rows'}: narrow with --from, --to or --on; --all prints all, --output json has them too.\n`
}

interface Column {
  readonly head: string
  readonly cell: (end: RowEnd) => string
}

/** As wide as its widest cell; many rows have the same. */
function column(head: string, ends: readonly RowEnd[]): Column {
  const texts = new Map(ends.map((end) => [end, endText(end)]))
  const width = Array.from(texts.values()).reduce((widest, { length }) => Math.max(widest, length), head.length)
  const cells = new Map(Array.from(texts, ([end, text]) => [end, text.padEnd(width)]))
  return { head: head.padEnd(width), cell: (end) => cells.get(end) ?? endText(end) }
}

export function alignedColumns(lines: readonly (readonly string[])[]): string {
  // Arguments are put on the stack: half a million of them are too many.
  const widths = (lines[0] ?? []).map((_, column) =>
    lines.reduce((widest, line) => Math.max(widest, (line[column] ?? '').length), 0),
  )
  const padded = lines.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
  return padded.map((line) => `${line.trimEnd()}\n`).join('')
}
