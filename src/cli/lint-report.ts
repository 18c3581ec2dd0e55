/** Lint findings as people read them, as JSON, and as cases of the forms that other programs read. */

import type { Origin } from '../import/imported.ts'
import { type Finding, type LintRule, type Severity, severities } from '../reach/lint/finding.ts'
import { lintRules } from '../reach/lint/registry.ts'
import type { Intended } from '../reach/lint/settings.ts'
import type { Judged, Suppression } from '../reach/lint/suppression.ts'
import type { ReportCase } from './report/report.ts'

export interface LintReport extends Judged {
  /** Entries of the register whose end nobody knows. */
  readonly unknown: readonly Intended[]
  /** By id of an object. */
  readonly origins: ReadonlyMap<string, Origin>
  /** What the world is read from. */
  readonly source: string
  readonly groups: number
  readonly rules: readonly LintRule[]
  readonly failOn: Severity
}

export function isFailing({ severity }: Finding, failOn: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(failOn)
}

/** Of the first of its objects that the source has a line for. */
function placeOf({ origins, source }: LintReport, { objects }: Finding): Pick<Origin, 'file' | 'line'> {
  const known = objects.map((id) => origins.get(id)).find((origin) => origin !== undefined)
  return known ?? { file: source, line: 1 }
}

export function lintCases(report: LintReport): ReportCase[] {
  const failed = report.findings.map((finding) => caseOf(report, finding))
  const suppressed = report.suppressed.map(({ finding, reason }) => ({
    ...caseOf(report, finding),
    suppression: reason,
  }))
  const told = new Set([...failed, ...suppressed].map(({ rule }) => rule))
  const passed = report.rules
    .filter(({ id }) => !told.has(id))
    .map(({ id, title }) => {
      const nowhere = { file: report.source, line: 1, message: '', details: [] }
      return { rule: id, name: `${id}: none (${title})`, isPassed: true, ...nowhere }
    })
  return [...failed, ...suppressed, ...passed]
}

function caseOf(report: LintReport, finding: Finding): ReportCase {
  const { id, on, severity, message } = finding
  return {
    rule: id,
    name: `${id} ${on}`,
    ...placeOf(report, finding),
    isPassed: false,
    message,
    details: evidenceOf(finding),
    level: severity,
    isTolerated: !isFailing(finding, report.failOn),
    subject: on,
  }
}

/** More fixes than these are a list that nobody reads. */
const mostLines = 6

function evidenceOf({ packet, details, fix, isCertain }: Finding): string[] {
  const more = fix.length - mostLines
  return [
    ...(packet === undefined ? [] : [packet]),
    ...(isCertain ? [] : ['undetermined: it depends on what is not known here']),
    ...details,
    ...fix.slice(0, mostLines).map((line) => `fix: ${line}`),
    ...(more > 0 ? [`fix: and ${more} more: --output json has them all`] : []),
  ]
}

const signs: Readonly<Record<Severity, string>> = { error: '✗', warning: '!', note: '-' }

export function lintText(report: LintReport): string {
  const { findings, suppressed, groups } = report
  const blocks = findings.map((finding) => {
    const { severity, id, on, message } = finding
    const origin = finding.objects.some((each) => report.origins.has(each)) ? placeOf(report, finding) : undefined
    const place = origin ? `   ${origin.file}:${origin.line}` : ''
    const head = `${signs[severity]} ${severity} ${id} ${on}${place}`
    return [head, ...[message, ...evidenceOf(finding)].map((line) => `    ${line}`), ''].join('\n')
  })
  const counts = severities.map((severity) =>
    counted(
      findings.filter((each) => each.severity === severity),
      severity,
    ),
  )
  const found = findings.length === 0 ? 'Nothing found' : counts.filter((text) => text !== '').join(', ')
  const kept = suppressed.length > 0 ? `; ${suppressed.length} suppressed` : ''
  const last = `${found} in ${groups} ${groups === 1 ? 'group' : 'groups'}${kept}`
  return [...blocks, last, ...remarks(report), ''].join('\n')
}

function counted(findings: readonly Finding[], severity: Severity): string {
  if (findings.length === 0) return ''
  return `${findings.length} ${severity}${findings.length === 1 ? '' : 's'}`
}

/** What of the configuration does nothing. */
function remarks({ unused, ended, unknown }: LintReport): string[] {
  const named = ({ line, id, on }: Suppression) => `line ${line}: ${id} on ${on}`
  return [
    ...unused.map((each) => `unused suppression, ${named(each)}: nothing of that kind is found there`),
    ...ended.map((each) => `suppression that ended on ${each.until}, ${named(each)}`),
    ...unknown.map(({ to }) => `intended-public names ${to}, which nobody knows`),
  ]
}

export function lintJson(report: LintReport): string {
  const { findings, suppressed, unused, ended, unknown } = report
  const told = (finding: Finding) => ({ ...finding, ...placeOf(report, finding) })
  const all = {
    findings: findings.map(told),
    suppressed: suppressed.map(({ finding, reason }) => ({ ...told(finding), reason })),
    unused,
    ended,
    unknown,
  }
  return `${JSON.stringify(all, null, 2)}\n`
}

export function rulesText(): string {
  const width = Math.max(...lintRules.map(({ id }) => id.length))
  const lines = lintRules.map(({ id, severity, title }) => `${id.padEnd(width)}  ${severity.padEnd(7)}  ${title}`)
  return `${lines.join('\n')}\n`
}
