/** What a replay found, in the sentences that the command and the console share. */

import { bytesText, plural, thousands } from '../base/amounts.ts'
import type { Weight } from './flow.ts'
import { type Cause, doubts } from './judgement.ts'
import type { Repair } from './repair.ts'
import type { Reproof } from './reproof.ts'
import type { ReplayResults } from './results.ts'

export function causeText(cause: Cause): string {
  switch (cause.kind) {
    case 'rules':
      return `by ${cause.direction} ${cause.rules.map(({ rule, group }) => `${rule} of ${group}`).join(', ')}`
    case 'exempt':
      return `never filtered: ${cause.service}`
    case 'no-rule':
      return `no ${cause.direction} rule of ${cause.groups.join(', ')}`
    case 'acl': {
      const what = cause.entry === '*' ? 'its final deny' : `entry ${cause.entry}`
      return `${cause.acl} denies it, ${cause.direction}: ${what}`
    }
    case 'doubt':
      return doubts[cause.doubt]
    default:
      return cause satisfies never
  }
}

/** What was no record, and what is not in the lists. */
export function notesOf(
  results: ReplayResults,
  unread: readonly { readonly path: string; readonly why: string }[],
): string[] {
  const { noData, skipData, outside, damaged, strangers, beyond } = results
  const strange = strangers.slice(0, 5).map(({ networkInterface }) => networkInterface)
  const more = strangers.length > strange.length ? `, and ${strangers.length - strange.length} more` : ''
  return [
    ...(damaged.lines > 0 ? [damagedText(damaged)] : []),
    ...unread.map(({ path, why }) => `Not read to its end: ${path}: ${why}`),
    ...(skipData > 0
      ? [`${thousands(skipData)} SKIPDATA: of these windows AWS lost records, and nobody can tell what was in them.`]
      : []),
    ...(noData > 0 ? [`${thousands(noData)} NODATA: windows in which nothing was sent.`] : []),
    ...(outside > 0 ? [`${thousands(outside)} records are outside of the time that was asked for.`] : []),
    ...(strange.length > 0 ? [`Interfaces that the source does not have: ${strange.join(', ')}${more}.`] : []),
    ...(beyond > 0
      ? [`${thousands(beyond)} records are of flows beyond those that are kept: counted by rule, in no pair.`]
      : []),
  ]
}

function damagedText({ lines, examples }: ReplayResults['damaged']): string {
  const told = examples.map(({ file, line, text }) => `  ${file}:${line}: ${text}`)
  const more = lines > examples.length ? [`  and ${thousands(lines - examples.length)} more`] : []
  return [`${thousands(lines)} damaged ${lines === 1 ? 'line' : 'lines'}, not judged:`, ...told, ...more].join('\n')
}

/** How many rules and entries, and how few they are. */
export function repairCounts({ rules, entries, atLeast }: Repair): string {
  const fewest = rules.length === atLeast ? 'no fewer would do' : `it cannot be done with fewer than ${atLeast}`
  const ofRules = rules.length > 0 ? [`${plural(rules.length, 'rule')} to add (${fewest})`] : []
  const ofEntries = entries.length > 0 ? [`${plural(entries.length, 'ACL entry', 'ACL entries')} to add`] : []
  return [...ofRules, ...ofEntries].join(' and ') || 'nothing that can be added helps'
}

export function weightText({ records, bytes }: Weight): string {
  return `${plural(records, 'record')}, ${bytesText(bytes)}`
}

/** What all that was seen is under the repaired rules. */
export function proofNotes({ denied, alsoAllowed }: Reproof, beyond: number): string[] {
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

/** `2026-11-01 10:00:00` */
export function timeText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')
}
