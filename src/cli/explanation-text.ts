/** An explanation as text. */

import type { Explanation, Finding, Result } from '../reach/explain.ts'
import type { Hop, Leg } from '../reach/hop.ts'
import { hopSentence } from '../reach/hop-sentence.ts'

const meaning: Readonly<Record<Result, string>> = {
  reachable: 'every packet asked about passes, and its answer',
  unreachable: 'no packet asked about passes',
  ambiguous: 'some packets asked about pass and some do not',
  undetermined: 'it depends on something that this program does not run or that is not known',
}

/** More are no reading matter. */
const mostShown = 20

type Told = Pick<Explanation, 'result' | 'findings'> & {
  readonly fixes: readonly { readonly why: string; readonly command?: string | null | undefined }[]
}

export function explanationText(question: string, { result, findings, fixes }: Told): string {
  const lines = [
    `${result}: ${question}`,
    `  ${meaning[result]}`,
    ...findings.slice(0, mostShown).flatMap(findingLines),
  ]
  const hidden = findings.length - mostShown
  if (hidden > 0) lines.push('', `… and ${hidden} more parts of the question, which --output json tells`)
  if (fixes.length > 0) lines.push('', 'in the way, and what would change it:')
  for (const { why, command } of fixes) lines.push(`  - ${why}`, ...(command ? [`      ${command}`] : []))
  return `${lines.join('\n')}\n`
}

function findingLines(finding: Finding): string[] {
  const { result, from, to, packet, hops, standsOn } = finding
  const part = partText(finding)
  const lines = ['', `${result}: ${from} > ${to}${part === '' ? '' : `, ${part}`}`, `  ${packet}`]
  for (const leg of ['forward', 'return'] as const) lines.push(...legLines(leg, hops))
  if (standsOn.length > 0) {
    lines.push(`  stands on ${standsOn.map(({ rule }) => rule).join(', ')}: revoke any of these and it stops`)
  }
  return lines
}

function partText({ addresses, ports, clientPorts }: Finding): string {
  const parts = [
    ['address', 'addresses', addresses],
    ['port', 'ports', ports],
    ['client port', 'client ports', clientPorts],
  ] as const
  return parts
    .filter(([, , ranges]) => ranges.length > 0)
    .map(([one, several, ranges]) => `${isOne(ranges) ? one : several} ${firstFew(ranges)}`)
    .join('; ')
}

function isOne(ranges: readonly string[]): boolean {
  return ranges.length === 1 && !ranges[0]?.includes('-')
}

/** All of them are in the JSON. */
function firstFew(ranges: readonly string[]): string {
  const more = ranges.length > 3 ? ` and ${ranges.length - 3} more ranges` : ''
  return `${ranges.slice(0, 3).join(', ')}${more}`
}

const marks = { passes: '✓', stops: '✗', unknown: '?' } as const

function legLines(leg: Leg, hops: readonly Hop[]): string[] {
  const own = hops.filter((hop) => hop.leg === leg)
  const title = leg === 'forward' ? 'there' : 'and back, where an answer needs no rule'
  return own.length === 0 ? [] : [`  ${title}`, ...own.map((hop) => `    ${marks[hop.outcome]} ${hopSentence(hop)}`)]
}
