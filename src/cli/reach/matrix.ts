/** Reachability as a matrix: who opens connections down the side, to whom along the top, on what in the cells. */

import { groupedBy } from '../../base/grouped.ts'
import type { ReachRow as Row } from '../../reach/reachability/listing.ts'
import { endText, onText, servicesText } from '../../reach/reachability/row-text.ts'
import { alignedColumns } from './table.ts'

/** A cell that needs more says `[1]`, and what that is stands below. */
const widestCell = 14

export function formatMatrix(rows: readonly Row[]): string {
  const senders = [...new Set(rows.map(({ from }) => from.name))].sort()
  const receivers = [...new Set(rows.map(({ to }) => to.name))].sort()
  const cells = groupedBy(rows, ({ from, to }) => `${from.name}\n${to.name}`)
  const notes: string[] = []
  const noteFor = (text: string) => {
    if (!notes.includes(text)) notes.push(text)
    return `[${notes.indexOf(text) + 1}]`
  }
  const lines = senders.map((from) => [from, ...receivers.map((to) => cellText(cells.get(`${from}\n${to}`), noteFor))])
  const table = alignedColumns([['FROM \\ TO', ...receivers], ...lines])
  const legend = notes.map((text, index) => `[${index + 1}] ${text}\n`)
  return `${table}${legend.length > 0 ? '\n' : ''}${legend.join('')}`
}

function cellText(rows: readonly Row[] | undefined, noteFor: (text: string) => string): string {
  if (!rows) return '.'
  const [first] = rows
  const plain = first && servicesText(first.services)
  const isPlain = rows.length === 1 && first && first.result === 'reachable' && first.pairs === first.outOf
  const isWhole = isPlain && [...first.from.addresses, ...first.to.addresses].length === 0
  if (isWhole && plain !== undefined && plain.length <= widestCell) return plain
  return noteFor(rows.map(noteText).join('; '))
}

function noteText(row: Row): string {
  const ends = [row.from, row.to].filter(({ addresses }) => addresses.length > 0).map(endText)
  return [onText(row, true), ...ends.map((text) => `with ${text}`)].join(' ')
}
