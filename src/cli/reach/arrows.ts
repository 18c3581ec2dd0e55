/** Rows of reachability as arrows of a picture: one between two names, whatever rows there are. */

import type { ReachFacts as Row } from '../../reach/reachability/listing.ts'
import { servicesText } from '../../reach/reachability/row-text.ts'

export interface Arrow {
  readonly from: string
  readonly to: string
  readonly text: string
  readonly isKnown: boolean
}

/** More is no picture: the table and the JSON have it. */
const longestText = 44

/** Mermaid itself draws no more (its `maxEdges`), and nobody follows so many. */
export const mostArrows = 500

/** Undefined if there are too many for a picture. */
export function arrowsOf(rows: Iterable<Row>): Arrow[] | undefined {
  const byEnds = new Map<string, { first: Row; texts: Set<string>; isKnown: boolean }>()
  for (const row of rows) {
    const key = `${row.from.name}\n${row.to.name}`
    const own = byEnds.get(key) ?? { first: row, texts: new Set(), isKnown: false }
    own.texts.add(servicesText(row.services))
    own.isKnown ||= row.result === 'reachable'
    byEnds.set(key, own)
    if (byEnds.size > mostArrows) return undefined
  }
  return Array.from(byEnds.values(), ({ first: { from, to }, texts, isKnown }) => {
    return { from: from.name, to: to.name, text: shortened([...texts].join('; ')), isKnown }
  })
}

function shortened(text: string): string {
  return text.length <= longestText ? text : `${text.slice(0, longestText - 1)}…`
}
