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
}

export type ReportForm = 'tap' | 'junit' | 'sarif' | 'github'
export const reportForms: readonly ReportForm[] = ['tap', 'junit', 'sarif', 'github']

export function formatReport(form: ReportForm, cases: readonly ReportCase[], version: string): string {
  switch (form) {
    case 'tap':
      return tap(cases)
    case 'junit':
      return junit(cases)
    case 'sarif':
      return sarif(cases, version)
    case 'github':
      return github(cases)
    default:
      return form satisfies never
  }
}

/** TAP version 13: a failed line, and its evidence as a YAML block of strings, which JSON is as well. */
function tap(cases: readonly ReportCase[]): string {
  const lines = cases.flatMap(({ isPassed, name, file, line, message, details }, index) => {
    const head = `${isPassed ? 'ok' : 'not ok'} ${index + 1} - ${name.replaceAll('#', '\\#')}`
    if (isPassed) return [head]
    const block = { message, at: `${file}:${line}`, details }
    return [
      head,
      '  ---',
      ...Object.entries(block).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`),
      '  ...',
    ]
  })
  return ['TAP version 13', `1..${cases.length}`, ...lines, ''].join('\n')
}

function junit(cases: readonly ReportCase[]): string {
  const failures = cases.filter(({ isPassed }) => !isPassed).length
  const elements = cases.map(({ isPassed, name, file, line, rule, message, details }) => {
    const open = `    <testcase classname="${xml(rule)}" name="${xml(name)}" file="${xml(file)}" line="${line}"`
    if (isPassed) return `${open}/>`
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

function xml(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character)
}

function sarif(cases: readonly ReportCase[], version: string): string {
  const failed = cases.filter(({ isPassed }) => !isPassed)
  const rules = [...new Set(failed.map(({ rule }) => rule))].map((id) => ({ id }))
  const results = failed.map(({ rule, message, details, file, line }) => ({
    ruleId: rule,
    level: 'error',
    message: { text: [message, ...details].join('\n') },
    locations: [{ physicalLocation: { artifactLocation: { uri: file }, region: { startLine: Math.max(1, line) } } }],
  }))
  const driver = { name: 'sallyport', version, rules }
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, results }],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

/** Workflow commands: one annotation a failure, beside the line that it is about. */
function github(cases: readonly ReportCase[]): string {
  return cases
    .filter(({ isPassed }) => !isPassed)
    .map(({ file, line, name, message, details }) => {
      const place = `file=${property(file)},line=${line},title=${property(name)}`
      return `::error ${place}::${data([message, ...details].join('\n'))}\n`
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
