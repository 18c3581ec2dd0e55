/** What a check found, case by case, for the forms that other programs read: TAP, JUnit, SARIF, GitHub. */

export interface ReportCase {
  /** Stable: `policy/deny`, `lint/admin-port`. */
  readonly rule: string
  readonly name: string
  readonly file: string
  readonly line: number
  readonly isPassed: boolean
  readonly message: string
  /** Evidence, a line each. */
  readonly details: readonly string[]
  /** Of what did not pass; an error if absent. */
  readonly level?: 'error' | 'warning' | 'note'
  /** Told, but no failure. */
  readonly isTolerated?: boolean
  /** Why somebody wants it to be no failure. */
  readonly suppression?: string
  /** What it is about, where that is no place in a file. */
  readonly subject?: string
}

/** What a program shows beside a result. */
export interface ReportRule {
  readonly id: string
  readonly level: 'error' | 'warning' | 'note'
  readonly title: string
  readonly explanation: string
}

export type ReportForm = 'tap' | 'junit' | 'sarif' | 'github'
export const reportForms: readonly ReportForm[] = ['tap', 'junit', 'sarif', 'github']

/** `rules` are those that can be described; of others the ids that occur are listed. */
export function formatReport(
  form: ReportForm,
  cases: readonly ReportCase[],
  version: string,
  rules: readonly ReportRule[] = [],
): string {
  switch (form) {
    case 'tap':
      return tap(cases)
    case 'junit':
      return junit(cases)
    case 'sarif':
      return sarif(cases, version, rules)
    case 'github':
      return github(cases)
    default:
      return form satisfies never
  }
}

/** TAP version 13: a failed line, and its evidence as a YAML block of strings, which JSON is as well. */
function tap(cases: readonly ReportCase[]): string {
  const lines = cases.flatMap(({ isPassed, name, file, line, message, details, isTolerated, suppression }, index) => {
    const isOk = isPassed || suppression !== undefined
    const head = `${isOk ? 'ok' : 'not ok'} ${index + 1} - ${name.replaceAll('#', '\\#')}`
    if (suppression !== undefined) return [`${head} # SKIP ${suppression}`]
    if (isPassed) return [head]
    const block = { message, at: `${file}:${line}`, details }
    return [
      // A directive of TAP, in any case of letters: such a line fails nothing.
      isTolerated ? `${head} # todo` : head,
      '  ---',
      ...Object.entries(block).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`),
      '  ...',
    ]
  })
  return ['TAP version 13', `1..${cases.length}`, ...lines, ''].join('\n')
}

function junit(cases: readonly ReportCase[]): string {
  const failures = cases.filter(isFailure).length
  const elements = cases.map((each) => {
    const { isPassed, name, file, line, rule, message, details, suppression } = each
    const open = `    <testcase classname="${xml(rule)}" name="${xml(name)}" file="${xml(file)}" line="${line}"`
    if (isPassed) return `${open}/>`
    if (suppression !== undefined) return `${open}>\n      <skipped message="${xml(suppression)}"/>\n    </testcase>`
    if (!isFailure(each)) {
      return `${open}>\n      <system-out>${xml([message, ...details].join('\n'))}</system-out>\n    </testcase>`
    }
    return `${open}>\n      <failure message="${xml(message)}">${xml(details.join('\n'))}</failure>\n    </testcase>`
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite name="sallyport" tests="${cases.length}" failures="${failures}">`,
    ...elements,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function isFailure({ isPassed, isTolerated = false, suppression }: ReportCase): boolean {
  return !isPassed && !isTolerated && suppression === undefined
}

function xml(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character)
}

function sarif(cases: readonly ReportCase[], version: string, rules: readonly ReportRule[]): string {
  const failed = cases.filter(({ isPassed }) => !isPassed)
  const others = [...new Set(failed.map(({ rule }) => rule))].filter((id) => rules.every((rule) => rule.id !== id))
  const described = rules.map(({ id, level, title, explanation }) => ({
    id,
    shortDescription: { text: title },
    fullDescription: { text: explanation },
    defaultConfiguration: { level },
  }))
  const driver = { name: 'sallyport', version, rules: [...described, ...others.map((id) => ({ id }))] }
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, results: failed.map(sarifResult) }],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

function sarifResult({
  rule,
  message,
  details,
  file,
  line,
  level = 'error',
  suppression,
  subject,
}: ReportCase): object {
  const place = { artifactLocation: { uri: file }, region: { startLine: Math.max(1, line) } }
  const named = subject === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: subject }] }
  return {
    ruleId: rule,
    level,
    message: { text: [message, ...details].join('\n') },
    locations: [{ physicalLocation: place, ...named }],
    ...(subject === undefined ? {} : { partialFingerprints: { 'rule/object/v1': `${rule}/${subject}` } }),
    ...(suppression === undefined ? {} : { suppressions: [{ kind: 'external', justification: suppression }] }),
  }
}

/** Workflow commands: one annotation a failure, beside the line that it is about. */
function github(cases: readonly ReportCase[]): string {
  return cases
    .filter(({ isPassed, suppression }) => !isPassed && suppression === undefined)
    .map(({ file, line, name, message, details, level = 'error' }) => {
      const place = `file=${property(file)},line=${line},title=${property(name)}`
      return `::${level === 'note' ? 'notice' : level} ${place}::${data([message, ...details].join('\n'))}\n`
    })
    .join('')
}

/** What would end a workflow command or its properties. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
