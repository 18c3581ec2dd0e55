/** The tightest rules in the sentences that the command and the console share. */

import { plural } from '../base/amounts.ts'
import type { Change } from '../reach/compare.ts'
import { ruleLine } from '../reach/replay.ts'
import type { Addition } from './repair.ts'
import type { ReplayResults } from './results.ts'
import { timeText } from './sentences.ts'
import type { Shrink, Shrunk } from './shrink.ts'

export function shrinkHeadline({ rules }: Pick<Shrink, 'rules'>): string {
  return rules.length === 0
    ? 'No rule can be tighter: all admit what was seen, and no more.'
    : `The tightest rules that still admit all that was seen: ${plural(rules.length, 'rule')} of the source change.`
}

/** A rule as a line, without its group. */
export function addedLines({ added }: Pick<Shrunk, 'added'>): string[] {
  return added.flatMap(({ changes }) =>
    changes.flatMap((change) => (change.kind === 'rule-added' ? [ruleLine(change.rule)] : [])),
  )
}

/** Those that admit first, so that nothing is refused in between. */
export function shrinkCommands(rules: readonly Shrunk[]): string[] {
  const added: Addition[] = rules.flatMap((each) => each.added)
  return [...added.map(({ command }) => command), ...rules.map(({ revoke }) => revoke)]
}

/** What was done to show that nothing is lost. */
export function shrinkProof({ lost, tests }: Pick<Shrink, 'lost' | 'tests'>): string[] {
  return [
    lost.records === 0
      ? 'Judged again with them: all that passed passes still.'
      : `Judged again with them: ${plural(lost.records, 'record')} would be denied.`,
    ...(tests.all > 0 ? [`Accept tests: ${tests.passed} of ${tests.all} pass.`] : []),
  ]
}

/** The head of the list of what closes. */
export function closedHeadline(changes: readonly Change[]): string {
  const opens = changes.some((change) => change === 'opens' || change === 'may open')
  return `${opens ? 'What changes' : 'Proved: nothing opens. What closes'}, over all packets:`
}

/** What the logs cannot vouch for. */
export function riskLines({ risks }: Pick<Shrink, 'risks'>, results: ReplayResults): string[] {
  const { flows, seenOnce, guessed, uncertain, silentGroups } = risks
  const { first, last, skipData, damaged, beyond } = results
  const span =
    first === undefined || last === undefined ? 'unknown times' : `${timeText(first)} to ${timeText(last)} UTC`
  return [
    `They are of ${span}: what runs once a month or at a failover only was not seen.`,
    ...(seenOnce > 0
      ? [`${plural(seenOnce, 'flow')} of ${flows} ${seenOnce === 1 ? 'was' : 'were'} seen in one record only.`]
      : []),
    ...(guessed > 0 ? [`Of ${plural(guessed, 'flow')} it is guessed who opened them.`] : []),
    ...(uncertain > 0
      ? [`${plural(uncertain, 'flow')} could not be judged: every rule that may be theirs is kept for them.`]
      : []),
    ...(silentGroups.length > 0 ? [`No record of any interface with ${silentGroups.join(', ')}.`] : []),
    ...(skipData > 0 ? [`AWS lost records of ${plural(skipData, 'window')}.`] : []),
    ...(damaged.lines > 0 ? [`${plural(damaged.lines, 'line')} could not be read.`] : []),
    ...(beyond > 0
      ? [`${plural(beyond, 'record')} are of flows that were not kept: the rules that admit those stay whole.`]
      : []),
  ]
}
