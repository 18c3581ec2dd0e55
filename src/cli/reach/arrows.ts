/** Rows of reachability as arrows of a picture: one between two names, whatever rows there are. */

import { groupedBy } from '../../base/grouped.ts'
import type { ReachRow as Row } from '../../reach/reachability/listing.ts'
import { servicesText } from '../../reach/reachability/row-text.ts'

export interface Arrow {
  readonly from: string
  readonly to: string
  readonly text: string
  readonly isKnown: boolean
}

/** More is no picture: the table and the JSON have it. */
const longestText = 44

export function arrowsOf(rows: readonly Row[]): Arrow[] {
  const byEnds = groupedBy(rows, ({ from, to }) => `${from.name}\n${to.name}`).values()
  return Array.from(byEnds, (own) => {
    const [{ from, to }] = own
    const texts = new Set(own.map(({ services }) => servicesText(services)))
    const isKnown = own.some(({ result }) => result === 'reachable')
    return { from: from.name, to: to.name, text: shortened([...texts].join('; ')), isKnown }
  })
}

function shortened(text: string): string {
  return text.length <= longestText ? text : `${text.slice(0, longestText - 1)}…`
}
