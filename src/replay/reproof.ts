/** Changed rules held against all that was seen: flows are judged again, no log is read again. */

import type { Imported } from '../import/imported.ts'
import type { Change } from '../model/change.ts'
import { apply } from '../model/world.ts'
import { heavier, noWeight, type SeenFlow, type Weight } from './flow.ts'
import type { Judgement } from './judgement.ts'
import type { Replay } from './replay.ts'

export type Bounds = Pick<Imported, 'certain' | 'possible'>

export interface Reproof {
  /** Accepted by the log, and denied under the changed rules. */
  readonly denied: Weight
  /** Refused by the log and under the rules as they were, and admitted under the changed ones. */
  readonly alsoAllowed: Weight
}

export function boundsAfter({ certain, possible }: Bounds, changes: readonly Change[]): Bounds {
  const changed = apply(certain, changes)
  return { certain: changed, possible: certain === possible ? changed : apply(possible, changes) }
}

/** `whenDenied` is called for each flow that the log accepted and the changed rules deny. */
export function reproved(
  replay: Replay,
  changed: Bounds,
  whenDenied: (seen: SeenFlow, before: Judgement) => void = () => undefined,
): Reproof {
  const judge = replay.judgeUnder(changed)
  let [denied, alsoAllowed] = [noWeight, noWeight]
  for (const seen of replay.flows()) {
    const { outcome } = judge(seen.flow)
    if (outcome === 'newly denied') {
      denied = heavier(denied, seen)
      whenDenied(seen, seen.judgement)
    }
    if (outcome === 'newly allowed' && seen.judgement.outcome !== outcome) alsoAllowed = heavier(alsoAllowed, seen)
  }
  return { denied, alsoAllowed }
}
