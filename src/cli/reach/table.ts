/** Rows of reachability as a table for people. */

import { ruleText } from '../../reach/packet-set/service-text.ts'
import type { ReachRow as Row } from '../../reach/reachability/listing.ts'
import type { RowEnd } from '../../reach/reachability/rows.ts'

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

export function endText({ name, addresses }: RowEnd): string {
  return addresses.length === 0 || addresses.join() === name ? name : `${name} (${firstFew(addresses)})`
}

/** All of them are in the JSON. */
function firstFew(texts: readonly string[]): string {
  const more = texts.length > 3 ? ` and ${texts.length - 3} more ranges` : ''
  return `${texts.slice(0, 3).join(', ')}${more}`
}

/** `hasBoth`: rows of both IP families are told, so one of a single family says which. */
export function onText(
  { services, result, families, pairs, outOf }: Omit<Row, 'from' | 'to' | 'packet'>,
  hasBoth: boolean,
): string {
  const family = hasBoth && families.length === 1 ? ` over IPv${families[0]}` : ''
  const some = pairs === outOf ? '' : `, ${pairs} of ${outOf} pairs`
  return `${result === 'undetermined' ? 'perhaps ' : ''}${servicesText(services)}${family}${some}`
}

export function servicesText(services: Row['services']): string {
  return services.map(ruleText).join('; ')
}
