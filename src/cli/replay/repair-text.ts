/** A repair for people: the aws lines, what each is for, how few they are, and what they open in all. */

import type { Comparison } from '../../reach/compare.ts'
import { endText, onText } from '../../reach/reachability/row-text.ts'
import type { Weight } from '../../replay/flow.ts'
import type { Addition, Repair } from '../../replay/repair.ts'
import type { Reproof } from '../../replay/reproof.ts'
import { thousands } from './progress.ts'
import { bytesText } from './results-text.ts'

export function repairText(repair: Repair, opened: Comparison, beyond: number): string {
  const { rules, entries, proof } = repair
  return [
    '',
    `To break nothing that was seen: ${countsText(repair)}.`,
    ...[...rules, ...entries].flatMap(additionLines),
    '',
    ...proofLines(proof, beyond),
    '',
    'What that opens, seen or not, against the proposed rules:',
    ...comparisonLines(opened),
    '',
  ].join('\n')
}

function countsText({ rules, entries, atLeast }: Repair): string {
  const fewest = rules.length === atLeast ? 'no fewer would do' : `it cannot be done with fewer than ${atLeast}`
  const ofRules = rules.length > 0 ? [`${plural(rules.length, 'rule')} to add (${fewest})`] : []
  const ofEntries = entries.length > 0 ? [`${plural(entries.length, 'ACL entry', 'ACL entries')} to add`] : []
  return [...ofRules, ...ofEntries].join(' and ') || 'nothing that can be added helps'
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${thousands(count)} ${count === 1 ? one : many}`
}

function weightText({ records, bytes }: Weight): string {
  return `${plural(records, 'record')}, ${bytesText(bytes)}`
}

function additionLines({ command, ...weight }: Addition): string[] {
  return [`  ${command}`, `      for ${weightText(weight)}`]
}

function proofLines({ denied, alsoAllowed }: Reproof, beyond: number): string[] {
  return [
    denied.records === 0
      ? 'Judged again with them: nothing that the log accepted is denied.'
      : `Judged again with them: ${weightText(denied)} are denied still.`,
    ...(alsoAllowed.records > 0
      ? [`They also admit what the log and the proposed rules refuse: ${weightText(alsoAllowed)}.`]
      : []),
    ...(beyond > 0
      ? [`${plural(beyond, 'record')} are of flows that were not kept: the rules are not made for those.`]
      : []),
  ]
}

const signs = { opens: '+', closes: '-', 'may open': '+?', 'may close': '-?' } as const
const mostRows = 30

export function comparisonLines({ rows }: Comparison): string[] {
  if (rows.length === 0) return ['  nothing']
  const more = rows.length > mostRows ? [`  and ${rows.length - mostRows} more; sallyport diff tells all`] : []
  const told = rows.slice(0, mostRows).map(({ from, to, result, ...facts }) => {
    const on = onText({ ...facts, result: 'reachable' }, false)
    return `  ${signs[result]} ${endText(from)} > ${endText(to)}  ${on}`
  })
  return [...told, ...more]
}
