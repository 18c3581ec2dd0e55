/** A repair for people: the aws lines, what each is for, how few they are, and what they open in all. */

import type { Comparison } from '../../reach/compare.ts'
import { endText, onText } from '../../reach/reachability/row-text.ts'
import type { Addition, Repair } from '../../replay/repair.ts'
import { proofNotes, repairCounts, weightText } from '../../replay/sentences.ts'

export function repairText(repair: Repair, opened: Comparison, beyond: number): string {
  const { rules, entries, proof } = repair
  return [
    '',
    `To break nothing that was seen: ${repairCounts(repair)}.`,
    ...[...rules, ...entries].flatMap(additionLines),
    '',
    ...proofNotes(proof, beyond),
    '',
    'What that opens, seen or not, against the proposed rules:',
    ...comparisonLines(opened),
    '',
  ].join('\n')
}

function additionLines({ command, ...weight }: Addition): string[] {
  return [`  ${command}`, `      for ${weightText(weight)}`]
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
