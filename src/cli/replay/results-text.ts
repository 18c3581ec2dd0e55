/** The results of a replay for people: totals first, then what changes by rule and by pair, biggest first. */

import type { UnreadFile } from '../../app/replay/read-logs.ts'
import type { Weight } from '../../replay/flow.ts'
import { type Cause, doubts, type Outcome } from '../../replay/judgement.ts'
import type { CauseGroup, OutcomeResult, PairRow, ReplayResults } from '../../replay/results.ts'
import { alignedColumns } from '../reach/table.ts'
import { thousands } from './progress.ts'

export interface TextOptions {
  readonly source: string
  readonly top: number
  /** Also what does not change. */
  readonly all: boolean
}

export function resultsText(results: ReplayResults, unread: readonly UnreadFile[], options: TextOptions): string {
  const told = results.outcomes.filter(({ outcome, records }) => records > 0 && (options.all || changes(outcome)))
  return [
    `${thousands(results.records)} records${spanText(results)}, under ${options.source}:`,
    '',
    alignedColumns(results.outcomes.map(totalCells)).trimEnd(),
    ...notes(results, unread).map((note) => `\n${note}`),
    ...told.map((outcome) => `\n${outcomeText(outcome, options)}`),
    '',
  ].join('\n')
}

function changes(outcome: Outcome): boolean {
  return !outcome.startsWith('unchanged')
}

function spanText({ first, last }: ReplayResults): string {
  return first === undefined || last === undefined ? '' : `, ${timeText(first)} to ${timeText(last)} UTC`
}

/** `2026-11-01 10:00:00` */
export function timeText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')
}

function totalCells({ outcome, guessed, ...weight }: OutcomeResult): string[] {
  const guess = guessed > 0 ? `${thousands(guessed)} of them guessed` : ''
  return [`  ${outcome}`, recordsText(weight), bytesText(weight.bytes), guess]
}

function recordsText({ records }: Weight): string {
  return records === 1 ? '1 record' : `${thousands(records)} records`
}

const units = ['B', 'KB', 'MB', 'GB', 'TB', 'PB']

export function bytesText(bytes: number): string {
  let [value, unit] = [bytes, 0]
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${unit === 0 ? value : value.toPrecision(3)} ${units[unit]}`
}

/** What was no record, and what is not in the lists. */
function notes(results: ReplayResults, unread: readonly UnreadFile[]): string[] {
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

function outcomeText({ outcome, groups }: OutcomeResult, { top }: TextOptions): string {
  const shown = groups.slice(0, top)
  const rest = groups.length - shown.length
  return [
    `${outcome}:`,
    ...shown.flatMap((group) => groupLines(group, top)),
    ...(rest > 0 ? [`  and ${rest} more ${rest === 1 ? 'cause' : 'causes'}`] : []),
  ].join('\n')
}

function groupLines(group: CauseGroup, top: number): string[] {
  const shown = group.pairs.slice(0, top)
  const rest = group.pairs.length - shown.length
  const table = alignedColumns(shown.map(pairCells)).trimEnd()
  return [
    `  ${causeText(group.cause)}   ${recordsText(group)}, ${bytesText(group.bytes)}`,
    ...(shown.length > 0 ? table.split('\n') : []),
    ...(rest > 0 ? [`      and ${thousands(rest)} more ${rest === 1 ? 'pair' : 'pairs'}`] : []),
    ...(group.others.records > 0 ? [`      and ${recordsText(group.others)} of pairs that were not kept`] : []),
  ]
}

function pairCells({ from, to, service, isGuessed, ...weight }: PairRow): string[] {
  const guess = isGuessed ? 'who opened it is guessed' : ''
  return [`      ${from} > ${to}`, service, recordsText(weight), bytesText(weight.bytes), guess]
}

function causeText(cause: Cause): string {
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
