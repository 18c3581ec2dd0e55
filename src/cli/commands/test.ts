/** `sallyport test`: policy tests, each proved over all packets between all its ends. */

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command, Option } from 'commander'
import { version } from '../../app/version.ts'
import type { Imported } from '../../import/imported.ts'
import type { ClaimResult } from '../../reach/policy-test/claim.ts'
import { type Coverage, coverageOf } from '../../reach/policy-test/coverage.ts'
import { Examiner } from '../../reach/policy-test/examiner.ts'
import { type Mutant, mutantsOf } from '../../reach/policy-test/mutants.ts'
import { reachabilityWithin } from '../../reach/reachability/bounded.ts'
import { ruleLine } from '../../reach/replay.ts'
import { CommandFailure } from '../command-failure.ts'
import { doubtsTold, tellDoubts } from '../doubts.ts'
import { testsIn } from '../policy-tests.ts'
import { formatReport, type ReportCase, type ReportForm, reportForms } from '../report/report.ts'
import { type Origins, originText, ruleText, ruleWritten } from '../rule-origin.ts'
import { addWorldOptions, answeredFrom, loadImported, type WorldOptions } from '../world-options.ts'

interface TestOptions extends WorldOptions {
  readonly coverage?: boolean
  readonly mutate?: boolean
  readonly replay?: string
  readonly output: 'text' | 'json' | ReportForm
}

export function testCommand(): Command {
  return addWorldOptions(new Command('test'))
    .summary('policy tests: who must reach whom, and who must not')
    .description(
      'Holds files of policy tests against a world. Each accept and each deny is proved over all packets from every ' +
        'end of its source to every end of its target, or fails with one packet. docs/test.md has the form.',
    )
    .argument('<file...>', 'policy tests in YAML')
    .option('--coverage', 'also tell the rules that no accept exercises')
    .option('--mutate', 'also change each rule, one at a time, and tell the changes that no test notices')
    .option('--replay <folder>', 'write each counterexample there, for sallyport simulate')
    .addOption(
      new Option('-o, --output <form>', 'how to print').choices(['text', 'json', ...reportForms]).default('text'),
    )
    .addHelpText('after', '\nExit code: 0 all passed, 1 not all did, 2 a file makes no sense, usage or error.')
    .action(run)
}

/** A claim of a file, and what became of it. */
interface Told {
  readonly file: string
  readonly test: string
  readonly result: ClaimResult
}

interface Extras {
  readonly coverage: Coverage | undefined
  readonly mutants: readonly Mutant[] | undefined
}

async function run(files: readonly string[], options: TestOptions): Promise<void> {
  const suites = files.map((file) => ({ file, tests: testsIn(file) }))
  const source = await loadImported(options)
  const { told, extras } = answeredFrom(options.state, () => {
    const examiner = new Examiner(reachabilityWithin(source))
    const all = suites.flatMap(({ file, tests }) =>
      tests.flatMap(({ name, claims }) =>
        claims.map((claim): Told => ({ file, test: name, result: examiner.examine(claim) })),
      ),
    )
    const results = all.map(({ result }) => result)
    const known = results.filter(({ outcome }) => outcome !== 'error').map(({ claim }) => claim)
    const coverage = options.coverage ? coverageOf(examiner, known) : undefined
    return { told: all, extras: { coverage, mutants: options.mutate ? [...mutantsOf(source, results)] : undefined } }
  })
  if (options.replay !== undefined) writeReplays(options.replay, told)
  process.stdout.write(printed(told, extras, source, options.output))
  if (options.output !== 'json') tellDoubts(source)
  if (told.some(({ result }) => result.outcome !== 'passed')) throw new CommandFailure(1, '')
}

function writeReplays(folder: string, told: readonly Told[]): void {
  mkdirSync(folder, { recursive: true })
  for (const { file, test, result } of told) {
    if (result.replay === undefined) continue
    const name = `${file}-${result.claim.line}-${result.claim.kind}-${result.claim.text}`.replace(
      /[^A-Za-z0-9.]+/g,
      '-',
    )
    writeFileSync(join(folder, `${name}.txt`), `# ${test}: ${result.message}\n${result.replay}`)
  }
}

function printed(told: readonly Told[], extras: Extras, source: Imported, output: TestOptions['output']): string {
  if (output === 'text') return text(told, extras, source.origins)
  if (output === 'json') return json(told, extras, source)
  const cases = told.map((each) => caseOf(each, source.origins))
  return formatReport(output, cases, version)
}

function caseOf({ file, test, result }: Told, origins: Origins): ReportCase {
  const { claim, outcome, message } = result
  return {
    rule: `policy/${claim.kind}`,
    name: `${test}: ${claim.kind} ${claim.text}`,
    file,
    line: claim.line,
    isPassed: outcome === 'passed',
    message,
    details: evidenceOf(result, origins),
  }
}

function evidenceOf({ rules, blockers }: ClaimResult, origins: Origins): string[] {
  return [...blockers, ...(rules.length > 0 ? [`by ${rules.map((rule) => ruleText(rule, origins)).join(', ')}`] : [])]
}

function json(told: readonly Told[], { coverage, mutants }: Extras, source: Imported): string {
  const claims = told.map(({ file, test, result: { claim, ...result } }) => {
    const { line, kind, text: target, from, to } = claim
    const rules = result.rules.map((rule) => ruleWritten(rule, source.origins))
    return { file, line, test, kind, target, from, to, ...result, rules }
  })
  return `${JSON.stringify({ claims, coverage, mutants, ...doubtsTold(source) }, null, 2)}\n`
}

function text(told: readonly Told[], { coverage, mutants }: Extras, origins: Origins): string {
  const failed = told.filter(({ result }) => result.outcome !== 'passed')
  const lines = failed.flatMap(({ file, test, result }) => [
    `✗ ${test}: ${result.claim.kind} ${result.claim.text}   ${file}:${result.claim.line}`,
    `    ${result.message}`,
    ...evidenceOf(result, origins).map((line) => `    ${line}`),
  ])
  return [
    ...lines,
    ...(lines.length > 0 ? [''] : []),
    `${told.length} ${told.length === 1 ? 'claim' : 'claims'}, ${told.length - failed.length} passed, ${failed.length} failed`,
    ...(coverage ? coverageLines(coverage, origins) : []),
    ...(mutants ? mutantLines(mutants, origins) : []),
    '',
  ].join('\n')
}

function coverageLines({ exercised, all, missed }: Coverage, origins: Origins): string[] {
  const head = `${exercised} of ${all} rules are exercised by an accept`
  return [
    '',
    missed.length === 0 ? head : `${head}; not these:`,
    ...missed.map((rule) => `  ${ruleText(rule, origins)}`),
  ]
}

function mutantLines(mutants: readonly Mutant[], origins: Origins): string[] {
  const survivors = mutants.filter(({ isNoticed }) => !isNoticed)
  const head = `${mutants.length - survivors.length} of ${mutants.length} changes of rules would be noticed`
  const lines = survivors.map(
    ({ group, rule, mutation }) =>
      `  ${rule.id} of ${group} ${mutation}: ${ruleLine(rule)}${originText(rule.id, origins)}`,
  )
  return ['', survivors.length === 0 ? head : `${head}; not these:`, ...lines]
}
