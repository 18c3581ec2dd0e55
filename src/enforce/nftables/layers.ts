/**
 * Which rules a key counts for, as maps from intervals to counters. A packet counts for every rule that admits it,
 * and a map gives one counter a key: so the first rules of all pieces are one map, the second ones the next.
 */

import type { RuleId } from '../../model/ids.ts'
import { interval } from './program.ts'
import type { ProgramDraft } from './program-draft.ts'

export interface Piece {
  /** As nft spells the interval. */
  readonly element: string
  readonly rules: readonly RuleId[]
}

/** Lines that match the key and count, the one that holds every piece last and with the ending. */
export function countingLines(draft: ProgramDraft, { match, key, type, pieces, ending }: Counting): readonly string[] {
  const depth = Math.max(...pieces.map(({ rules }) => rules.length))
  const lines: string[] = []
  for (let layer = depth - 1; layer >= 0; layer -= 1) {
    const elements = pieces.flatMap(({ element, rules }) => {
      const rule = rules[layer]
      if (rule === undefined) return []
      draft.count([rule])
      return [`${element} : "${rule}"`]
    })
    const map = draft.set('k', { kind: 'map', type: `${type} : counter`, properties: interval, elements })
    lines.push([match, `counter name ${key} map @${map}`, layer === 0 ? ending : ''].filter(Boolean).join(' '))
  }
  return lines
}

interface Counting {
  /** What a packet must match first, or nothing. */
  readonly match: string
  /** `ip saddr`, `tcp dport`. */
  readonly key: string
  /** The key's type in a set. */
  readonly type: string
  readonly pieces: readonly Piece[]
  readonly ending: string
}
