/** Shrunk rules for people: a diff of rules, the aws lines for it, what closes, and what the logs cannot vouch for. */

import { plural } from '../../base/amounts.ts'
import type { Comparison } from '../../reach/compare.ts'
import { ruleLine } from '../../reach/replay.ts'
import type { Addition } from '../../replay/repair.ts'
import type { ReplayResults } from '../../replay/results.ts'
import { timeText } from '../../replay/sentences.ts'
import type { Shrink, Shrunk } from '../../replay/shrink.ts'
import { comparisonLines } from './repair-text.ts'

export function shrinkText(shrink: Shrink, closed: Comparison, results: ReplayResults): string {
  const { rules, whole } = shrink
  return [
    '',
    rules.length === 0
      ? 'No rule can be tighter: all admit what was seen, and no more.'
      : `The tightest rules that still admit all that was seen: ${plural(rules.length, 'rule')} of the source change.`,
    ...rules.flatMap(diffLines),
    ...(whole.length > 0 ? ['', 'Left as they are:'] : []),
    ...whole.map(({ group, rule, why }) => `  ${rule.id} of ${group} ${ruleLine(rule)}: ${why}`),
    ...commandLines(rules),
    '',
    ...proofLines(shrink, closed),
    '',
    'What the logs cannot vouch for:',
    ...riskLines(shrink, results).map((line) => `  ${line}`),
    '',
  ].join('\n')
}

function diffLines({ group, rule, added }: Shrunk): string[] {
  return [
    `  - ${group} ${ruleLine(rule)}   ${rule.id}${added.length === 0 ? ', unused' : ''}`,
    ...added.flatMap(({ changes }) =>
      changes.flatMap((change) => (change.kind === 'rule-added' ? [`  + ${group} ${ruleLine(change.rule)}`] : [])),
    ),
  ]
}

function commandLines(rules: readonly Shrunk[]): string[] {
  if (rules.length === 0) return []
  const added: Addition[] = rules.flatMap((each) => each.added)
  return [
    '',
    'As commands, those that admit first, so that nothing is refused in between:',
    ...added.map(({ command }) => `  ${command}`),
    ...rules.map(({ revoke }) => `  ${revoke}`),
  ]
}

function proofLines({ lost, tests }: Shrink, closed: Comparison): string[] {
  const opens = closed.rows.some(({ result }) => result === 'opens' || result === 'may open')
  return [
    lost.records === 0
      ? 'Judged again with them: all that passed passes still.'
      : `Judged again with them: ${plural(lost.records, 'record')} would be denied.`,
    ...(tests.all > 0 ? [`Accept tests: ${tests.passed} of ${tests.all} pass.`] : []),
    `${opens ? 'What changes' : 'Proved: nothing opens. What closes'}, over all packets:`,
    ...comparisonLines(closed),
  ]
}

function riskLines({ risks }: Shrink, results: ReplayResults): string[] {
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
