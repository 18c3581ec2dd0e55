/** Shrunk rules for people: a diff of rules, the aws lines for it, what closes, and what the logs cannot vouch for. */

import type { Comparison } from '../../reach/compare.ts'
import { ruleLine } from '../../reach/replay.ts'
import type { ReplayResults } from '../../replay/results.ts'
import type { Shrink, Shrunk } from '../../replay/shrink.ts'
import {
  addedLines,
  closedHeadline,
  riskLines,
  shrinkCommands,
  shrinkHeadline,
  shrinkProof,
} from '../../replay/shrink-sentences.ts'
import { comparisonLines } from './repair-text.ts'

export function shrinkText(shrink: Shrink, closed: Comparison, results: ReplayResults): string {
  const { rules, whole } = shrink
  return [
    '',
    shrinkHeadline(shrink),
    ...rules.flatMap(diffLines),
    ...(whole.length > 0 ? ['', 'Left as they are:'] : []),
    ...whole.map(({ group, rule, why }) => `  ${rule.id} of ${group} ${ruleLine(rule)}: ${why}`),
    ...commandLines(rules),
    '',
    ...shrinkProof(shrink),
    closedHeadline(closed.rows.map(({ result }) => result)),
    ...comparisonLines(closed),
    '',
    'What the logs cannot vouch for:',
    ...riskLines(shrink, results).map((line) => `  ${line}`),
    '',
  ].join('\n')
}

function diffLines(shrunk: Shrunk): string[] {
  const { group, rule, added } = shrunk
  return [
    `  - ${group} ${ruleLine(rule)}   ${rule.id}${added.length === 0 ? ', unused' : ''}`,
    ...addedLines(shrunk).map((line) => `  + ${group} ${line}`),
  ]
}

function commandLines(rules: readonly Shrunk[]): string[] {
  if (rules.length === 0) return []
  return [
    '',
    'As commands, those that admit first, so that nothing is refused in between:',
    ...shrinkCommands(rules).map((line) => `  ${line}`),
  ]
}
