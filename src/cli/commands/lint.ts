/** `sallyport lint`: what is wrong or dangerous in a world's security groups, judged by what they do. */

import { readFileSync } from 'node:fs'
import { Command, Option } from 'commander'
import { type LintConfig, lintConfigFrom, noConfig } from '../../app/lint-config-file.ts'
import { version } from '../../app/version.ts'
import { BadYaml } from '../../app/yaml-reader.ts'
import type { LintRule, Severity } from '../../reach/lint/finding.ts'
import { severities } from '../../reach/lint/finding.ts'
import { lint } from '../../reach/lint/lint.ts'
import { lintRules } from '../../reach/lint/registry.ts'
import { judged } from '../../reach/lint/suppression.ts'
import { CommandFailure, isSystemError } from '../command-failure.ts'
import { isFailing, type LintReport, lintCases, lintJson, lintText, rulesText } from '../lint-report.ts'
import { formatReport, type ReportForm, reportForms } from '../report/report.ts'
import { addWorldOptions, answeredFrom, loadImported, type WorldOptions } from '../world-options.ts'

interface LintOptions extends WorldOptions {
  readonly config?: string
  readonly failOn: Severity
  readonly only?: readonly string[]
  readonly listRules?: boolean
  readonly explain?: string
  readonly output: 'text' | 'json' | ReportForm
}

const usualConfig = '.sallyport-lint.yaml'

export function lintCommand(): Command {
  return addWorldOptions(new Command('lint'))
    .summary('what is wrong in security groups, judged by what they do')
    .description(
      'Finds what is dangerous, useless or not what was meant in the security groups of a world. Judged is what ' +
        'passes, over all rules, groups, lists, ACLs and routes together, and never the literal text. Each finding has ' +
        'a packet where there is one, and the aws line that ends it. docs/lint.md has the rules.',
    )
    .option('--config <file>', `suppressions and what is meant to be public; ${usualConfig} is read if it is there`)
    .addOption(
      new Option('--fail-on <severity>', 'the least that makes the exit code 1').choices(severities).default('warning'),
    )
    .option('--only <id...>', 'these rules alone')
    .option('--list-rules', 'print the rules there are')
    .option('--explain <id>', 'print what a rule finds, and why')
    .addOption(
      new Option('-o, --output <form>', 'how to print').choices(['text', 'json', ...reportForms]).default('text'),
    )
    .addHelpText('after', '\nExit code: 0 nothing found, or nothing of --fail-on; 1 something; 2 usage or error.')
    .action(run)
}

async function run(options: LintOptions): Promise<void> {
  if (options.listRules || options.explain !== undefined) {
    process.stdout.write(options.explain === undefined ? rulesText() : explained(ruleNamed(options.explain)))
    return
  }
  const rules = options.only === undefined ? lintRules : options.only.map(ruleNamed)
  const config = configOf(options.config)
  const imported = await loadImported(options)
  const { certain, possible, origins, written = new Map() } = imported
  const report = answeredFrom(options.state, (): LintReport => {
    const settings = { ...config, written }
    const { findings, unknown } = lint({ certain, possible, settings, only: rules.map(({ id }) => id) })
    const suppressions = config.suppressions.filter(({ id }) => rules.some((rule) => rule.id === id))
    const sourceName = (id: string) => origins.get(id)?.name
    const question = { world: certain, suppressions, sourceName, today: new Date().toISOString().slice(0, 10) }
    const source = options.state ?? options.endpointUrl
    const facts = { unknown, origins, source, groups: certain.securityGroup.size, rules, failOn: options.failOn }
    return { ...judged(findings, question), ...facts }
  })
  process.stdout.write(printed(report, options.output))
  if (report.findings.some((finding) => isFailing(finding, options.failOn))) throw new CommandFailure(1, '')
}

function ruleNamed(id: string): LintRule {
  const rule = lintRules.find((each) => each.id === id.toUpperCase())
  if (!rule) throw new CommandFailure(2, `there is no ${id}: sallyport lint --list-rules tells those there are`)
  return rule
}

function explained({ id, severity, title, explanation }: LintRule): string {
  return `${id} (${severity})\n${title}.\n\n${explanation}\n`
}

function configOf(named: string | undefined): LintConfig {
  const file = named ?? usualConfig
  try {
    return lintConfigFrom(readFileSync(file === '-' ? 0 : file, 'utf8'))
  } catch (thrown) {
    if (named === undefined && isSystemError(thrown) && thrown.code === 'ENOENT') return noConfig
    if (thrown instanceof BadYaml || isSystemError(thrown)) throw new CommandFailure(2, `${file}: ${thrown.message}`)
    throw thrown
  }
}

function printed(report: LintReport, output: LintOptions['output']): string {
  if (output === 'text') return lintText(report)
  if (output === 'json') return lintJson(report)
  const described = lintRules.map(({ id, severity, title, explanation }) => {
    return { id, level: severity, title, explanation }
  })
  return formatReport(output, lintCases(report), version, described)
}
