/** The results of a replay for people: totals first, then what changes by rule and by pair, biggest first. */

import type { UnreadFile } from '../../app/replay/read-logs.ts'
import { bytesText, plural, thousands } from '../../base/amounts.ts'
import type { Outcome } from '../../replay/judgement.ts'
import type { CauseGroup, OutcomeResult, PairRow, ReplayResults } from '../../replay/results.ts'
import { causeText, notesOf, timeText } from '../../replay/sentences.ts'
import { alignedColumns } from '../reach/table.ts'

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
    ...notesOf(results, unread).map((note) => `\n${note}`),
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

function totalCells({ outcome, guessed, ...weight }: OutcomeResult): string[] {
  const guess = guessed > 0 ? `${thousands(guessed)} of them guessed` : ''
  return [`  ${outcome}`, plural(weight.records, 'record'), bytesText(weight.bytes), guess]
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
    `  ${causeText(group.cause)}   ${plural(group.records, 'record')}, ${bytesText(group.bytes)}`,
    ...(shown.length > 0 ? table.split('\n') : []),
    ...(rest > 0 ? [`      and ${thousands(rest)} more ${rest === 1 ? 'pair' : 'pairs'}`] : []),
    ...(group.others.records > 0
      ? [`      and ${plural(group.others.records, 'record')} of pairs that were not kept`]
      : []),
  ]
}

function pairCells({ from, to, service, isGuessed, ...weight }: PairRow): string[] {
  const guess = isGuessed ? 'who opened it is guessed' : ''
  return [`      ${from} > ${to}`, service, plural(weight.records, 'record'), bytesText(weight.bytes), guess]
}
