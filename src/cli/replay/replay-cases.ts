/**
 * A replay as cases of the forms that other programs read: each group of flows that would fare otherwise, at the
 * line that writes the rule, the group or the ACL it is about; the repair and the tightest rules as notes.
 */

import type { UnreadFile } from '../../app/replay/read-logs.ts'
import { bytesText, plural, thousands } from '../../base/amounts.ts'
import type { Origin } from '../../import/imported.ts'
import { aclEntryName } from '../../model/network-acl.ts'
import { ruleLine } from '../../reach/replay.ts'
import type { Cause, Outcome } from '../../replay/judgement.ts'
import type { Repair } from '../../replay/repair.ts'
import type { CauseGroup, OutcomeResult, PairRow, ReplayResults } from '../../replay/results.ts'
import { causeText, proofNotes, repairCounts, weightText } from '../../replay/sentences.ts'
import type { Shrink, Shrunk } from '../../replay/shrink.ts'
import { addedLines, riskLines, shrinkCommands, shrinkHeadline, shrinkProof } from '../../replay/shrink-sentences.ts'
import type { ReportCase, ReportRule } from '../report/report.ts'
import type { Origins } from '../rule-origin.ts'

export interface ReplayReport {
  readonly results: ReplayResults
  readonly unread: readonly UnreadFile[]
  readonly repair: Repair | undefined
  readonly shrink: Shrink | undefined
  readonly origins: Origins
  /** What rules and ACLs are read from. */
  readonly source: string
  /** The outcomes that make the exit code 1. */
  readonly failing: readonly string[]
  /** So many pairs of each group are told. */
  readonly top: number
}

/** What programs show beside a result; the level is that of a result, as --fail-on has it. */
export const replayRules: readonly ReportRule[] = [
  {
    id: 'replay/newly-denied',
    level: 'error',
    title: 'Traffic that was accepted would be denied',
    explanation: 'The flow logs say ACCEPT, and no rule of the proposed ones admits it, or an ACL denies it.',
  },
  {
    id: 'replay/newly-allowed',
    level: 'warning',
    title: 'Traffic that was refused would be allowed',
    explanation: 'The flow logs say REJECT, and the proposed rules and ACLs admit it.',
  },
  {
    id: 'replay/uncertain',
    level: 'note',
    title: 'Nobody can tell what would become of this traffic',
    explanation: 'The record or the source does not say enough to judge it.',
  },
  {
    id: 'replay/tighter-rule',
    level: 'note',
    title: 'A rule that nothing used, or only in part',
    explanation:
      'All that the logs saw is admitted without it, or by a narrower one. The logs saw their own time only.',
  },
]

export function replayCases(report: ReplayReport): ReportCase[] {
  const { results, repair, shrink } = report
  return [
    ...results.outcomes.flatMap((outcome) => outcomeCases(report, outcome)),
    ...logCases(report),
    ...(repair ? [repairNote(report, repair)] : []),
    ...(shrink ? shrinkNotes(report, shrink) : []),
  ]
}

/** Of what may change each group is a case; what there is none of, or does not change, is one that passed. */
function outcomeCases(report: ReplayReport, outcome: OutcomeResult): ReportCase[] {
  const rule = ruleIds[outcome.outcome]
  if (rule !== undefined && outcome.records > 0) return outcome.groups.map((group) => groupCase(report, outcome, group))
  const told = outcome.records === 0 ? 'none' : weightText(outcome)
  return [
    {
      rule: rule ?? 'replay/unchanged',
      name: `${outcome.outcome}: ${told}`,
      file: report.source,
      line: 1,
      isPassed: true,
      message: '',
      details: [],
    },
  ]
}

const ruleIds: Partial<Record<Outcome, string>> = {
  'newly denied': 'replay/newly-denied',
  'newly allowed': 'replay/newly-allowed',
  uncertain: 'replay/uncertain',
}

function groupCase(report: ReplayReport, { outcome }: OutcomeResult, group: CauseGroup): ReportCase {
  const { cause, pairs, others } = group
  const isTolerated = !report.failing.includes(outcome)
  const more = pairs.length - report.top
  return {
    rule: ruleIds[outcome] ?? outcome,
    name: `${outcome}: ${causeText(cause)}`,
    ...placeOf(report, objectsOf(cause)),
    isPassed: false,
    message: `${outcome}, ${causeText(cause)}: ${weightText(group)}`,
    details: [
      ...pairs.slice(0, report.top).map(pairText),
      ...(more > 0 ? [`and ${thousands(more)} more ${more === 1 ? 'pair' : 'pairs'}`] : []),
      ...(others.records > 0 ? [`and ${plural(others.records, 'record')} of pairs that were not kept`] : []),
      ...(cause.kind === 'doubt' && cause.doubt === 'unknown-interface' ? strangersOf(report) : []),
    ],
    level: isTolerated ? (outcome === 'uncertain' ? 'note' : 'warning') : 'error',
    isTolerated,
    subject: subjectOf(cause),
  }
}

function strangersOf({ results: { strangers }, top }: ReplayReport): string[] {
  const more = strangers.length - top
  return [
    ...strangers
      .slice(0, top)
      .map(({ networkInterface, records }) => `${networkInterface}: ${plural(records, 'record')}`),
    ...(more > 0 ? [`and ${thousands(more)} more`] : []),
  ]
}

function pairText({ from, to, service, isGuessed, records, bytes }: PairRow): string {
  const guess = isGuessed ? ', who opened it is guessed' : ''
  return `${from} > ${to} ${service}: ${plural(records, 'record')}, ${bytesText(bytes)}${guess}`
}

/** What a source may have a line for. */
function objectsOf(cause: Cause): readonly string[] {
  if (cause.kind === 'rules') return cause.rules.flatMap(({ rule, group }) => [rule, group])
  if (cause.kind === 'no-rule') return cause.groups
  if (cause.kind !== 'acl') return []
  const { acl, direction, entry } = cause
  return [aclEntryName(acl, { direction, number: entry }), acl]
}

/** Equal from one run to the next, so that a program knows again what it was told before. */
function subjectOf(cause: Cause): string {
  if (cause.kind === 'doubt') return cause.doubt
  if (cause.kind === 'exempt') return cause.service
  if (cause.kind === 'rules') return cause.rules.map(({ rule }) => rule).join()
  return `${cause.kind === 'acl' ? `${cause.acl} ${cause.entry}` : cause.groups.join()} ${cause.direction}`
}

function placeOf({ origins, source }: ReplayReport, objects: readonly string[]): Pick<Origin, 'file' | 'line'> {
  const known = objects.map((id) => origins.get(id)).find((origin) => origin !== undefined)
  return { file: known?.file ?? source, line: known?.line ?? 1 }
}

/** Logs that end too soon fail the run; of damaged lines those that are told have a place. */
function logCases({ results, unread }: ReplayReport): ReportCase[] {
  const cut = unread.map(({ path, why }): ReportCase => {
    const message = `not read to its end: ${why}`
    const facts = { isPassed: false, details: [], level: 'error' } as const
    return { rule: 'replay/unread', name: `unread: ${path}`, file: path, line: 1, message, ...facts }
  })
  const damaged = results.damaged.examples.map(({ file, line, text }): ReportCase => {
    const message = 'a damaged line, not judged'
    const facts = { isPassed: false, details: [text], level: 'warning', isTolerated: true } as const
    return { rule: 'replay/damaged-line', name: `damaged: ${file}:${line}`, file, line, message, ...facts }
  })
  return [...cut, ...damaged]
}

function note(
  rule: string,
  place: Pick<Origin, 'file' | 'line'>,
  name: string,
  details: readonly string[],
): ReportCase {
  return { rule, name, ...place, isPassed: false, message: name, details, level: 'note', isTolerated: true }
}

function repairNote(report: ReplayReport, repair: Repair): ReportCase {
  const lines = [...repair.rules, ...repair.entries].map(({ command }) => command)
  const name = `To break nothing that was seen: ${repairCounts(repair)}`
  return note('replay/repair', placeOf(report, []), name, [
    ...lines,
    ...proofNotes(repair.proof, report.results.beyond),
  ])
}

/** Each rule that can be tighter where it is written, and what holds for all of them. */
function shrinkNotes(report: ReplayReport, shrink: Shrink): ReportCase[] {
  const details = [...shrinkProof(shrink), ...riskLines(shrink, report.results)]
  return [
    note('replay/tightest-rules', placeOf(report, []), shrinkHeadline(shrink), details),
    ...shrink.rules.map((shrunk) => shrunkNote(report, shrunk)),
  ]
}

function shrunkNote(report: ReplayReport, shrunk: Shrunk): ReportCase {
  const { group, rule } = shrunk
  const lines = addedLines(shrunk)
  const what = lines.length === 0 ? 'is unused' : `is used for ${lines.join('; ')} only`
  const name = `${rule.id} of ${group}, ${ruleLine(rule)}, ${what}`
  const place = placeOf(report, [rule.id, group])
  return { ...note('replay/tighter-rule', place, name, shrinkCommands([shrunk])), subject: rule.id }
}
