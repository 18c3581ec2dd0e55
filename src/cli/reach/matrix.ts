/** Reachability as a matrix: who opens connections down the side, to whom along the top, on what in the cells. */

import { groupedBy } from '../../base/grouped.ts'
import type { ReachFacts as Row } from '../../reach/reachability/listing.ts'
import { endText, onText, servicesText } from '../../reach/reachability/row-text.ts'
import { alignedColumns } from './table.ts'

/** A cell that needs more says `[1]`, and what that is stands below. */
const widestCell = 14

export function formatMatrix(rows: readonly Row[]): string {
  const senders = [...new Set(rows.map(({ from }) => from.name))].sort()
  const receivers = [...new Set(rows.map(({ to }) => to.name))].sort()
  const cells = groupedBy(rows, ({ from, to }) => `${from.name}\n${to.name}`)
  const notes = new Map<string, number>()
  const noteFor = (text: string) => {
    const number = notes.get(text) ?? notes.size + 1
    notes.set(text, number)
    return `[${number}]`
  }
  const lines = senders.map((from) => [from, ...receivers.map((to) => cellText(cells.get(`${from}\n${to}`), noteFor))])
  const table = alignedColumns([['FROM \\ TO', ...receivers], ...lines])
  const legend = Array.from(notes, ([text, number]) => `[${number}] ${text}\n`)
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
