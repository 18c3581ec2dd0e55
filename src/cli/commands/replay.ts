/** `sallyport replay`: flow logs judged under rules that are proposed. */

import { Command, InvalidArgumentError, Option } from 'commander'
import { logFilesAt } from '../../app/replay/log-files.ts'
import { beginReading, type LogReading, type UnreadFile } from '../../app/replay/read-logs.ts'
import { version } from '../../app/version.ts'
import type { Imported } from '../../import/imported.ts'
import type { World } from '../../model/world.ts'
import { type Comparison, compareWorlds } from '../../reach/compare.ts'
import { labelsBy } from '../../reach/reachability/labels.ts'
import { BadFormat, formatFromText, type LogFormat } from '../../replay/log-format.ts'
import { type Repair, repairOf } from '../../replay/repair.ts'
import { Replay } from '../../replay/replay.ts'
import { type ReplayResults, resultsOf, type Weighing, weighings } from '../../replay/results.ts'
import { type Shrink, shrinkOf } from '../../replay/shrink.ts'
import { CommandFailure, isSystemError } from '../command-failure.ts'
import { countNamed } from '../count-option.ts'
import { testsIn } from '../policy-tests.ts'
import { progressLine } from '../replay/progress.ts'
import { repairText } from '../replay/repair-text.ts'
import { replayCases, replayRules } from '../replay/replay-cases.ts'
import { resultsText } from '../replay/results-text.ts'
import { shrinkText } from '../replay/shrink-text.ts'
import { formatReport, type ReportForm, reportForms } from '../report/report.ts'
import { sourceHelp, sourceNamed } from '../source.ts'
import { addEndpointOptions, answeredFrom, type EndpointOptions } from '../world-options.ts'

const reasons = ['denied', 'allowed', 'uncertain', 'any', 'nothing'] as const

interface ReplayCommandOptions extends EndpointOptions {
  readonly against: string
  readonly format?: LogFormat
  readonly since?: number
  readonly until?: number
  readonly strict?: true
  readonly by: Weighing
  readonly top: number
  readonly all?: true
  readonly blocks: number
  readonly shrink?: true
  readonly acceptTests?: readonly string[]
  readonly maxRules: number
  readonly failOn: (typeof reasons)[number]
  readonly quiet?: true
  readonly output: 'text' | 'json' | ReportForm
}

export function replayCommand(): Command {
  return addEndpointOptions(new Command('replay'))
    .summary('what rules that are proposed would do to the traffic that flow logs saw')
    .description(
      'Judges VPC flow logs under proposed rules and network ACLs: newly denied, newly allowed, unchanged, uncertain. ' +
        'Who opened a connection is known from tcp-flags, else guessed by its ports and said to be guessed. ' +
        'Then the fewest rules to add so that nothing seen breaks. Changes nothing anywhere.',
    )
    .argument('<logs...>', 'flow logs: text, gzip, Parquet, folders of them as S3 lays them; - is standard input')
    .requiredOption('--against <source>', sourceHelp)
    .option('--format <fields>', `the log's format, where its files have no header: '\${version} …'`, formatNamed)
    .option('--since <time>', 'leave out what ended before: 2026-11-01T00:00:00Z or seconds since 1970', timeNamed)
    .option('--until <time>', 'leave out what began then or later', timeNamed)
    .option('--strict', 'guess nothing: what would rest on a guess is uncertain')
    .addOption(new Option('--by <weight>', 'what makes one bigger than another').choices(weighings).default('bytes'))
    .option('--top <number>', 'how many rules, and pairs of each, are told', countNamed, 10)
    .option('--blocks <number>', 'of more sources on one port, so many wider CIDRs are proposed', countNamed, 8)
    .option('--shrink', 'also the tightest rules that still admit everything seen')
    .option('--accept-tests <file...>', 'policy tests whose accepts the tightest rules must pass as well')
    .option('--max-rules <number>', 'the tightest rules have at most so many in place of one', countNamed, 4)
    .option('--all', 'also tell by which rules passes what does not change')
    .addOption(new Option('--fail-on <what>', 'which records make the exit code 1').choices(reasons).default('denied'))
    .option('-q, --quiet', 'no progress bar')
    .addOption(
      new Option('-o, --output <form>', 'how to print').choices(['text', 'json', ...reportForms]).default('text'),
    )
    .addHelpText(
      'after',
      '\nExit code: 0 no record that --fail-on names, 1 there are some, 2 usage, error, or a log that could not be ' +
        'read to its end.',
    )
    .action(run)
}

async function run(logs: readonly string[], options: ReplayCommandOptions): Promise<void> {
  if (options.against === '-' && logs.includes('-')) {
    throw new CommandFailure(2, 'Standard input is either a log or the source: name a file for one of them.')
  }
  const reading = beginReading(filesNamed(logs), options.format)
  try {
    await judged(reading, options)
  } finally {
    await reading.stop()
  }
}

async function judged(reading: LogReading, options: ReplayCommandOptions): Promise<void> {
  const source = await sourceNamed(options.against, options)
  const { against, isStrict, since, until, format } = { ...options, isStrict: options.strict ?? false }
  const replay = answeredFrom(
    against,
    () =>
      new Replay(source, {
        isStrict,
        ...(since === undefined ? {} : { since }),
        ...(until === undefined ? {} : { until }),
        ...(format === undefined ? {} : { format }),
      }),
  )
  const progress = progressLine(options.quiet ?? false)
  const unread = await reading.into(replay, (state) => progress.show(state, replay.tally.records))
  progress.clear()
  const results = resultsOf(replay, { labels: labelsBy(source.certain, 'interface'), by: options.by })
  const { repaired, shrunk } = answeredFrom(against, () => ({
    repaired: repairedBy(replay, source, options),
    shrunk: options.shrink ? shrunkBy(replay, source, options) : undefined,
  }))
  process.stdout.write(printed({ results, unread, repaired, shrunk, source }, options))
  throwIfFailed(results, unread, options)
}

interface Answer {
  readonly results: ReplayResults
  readonly unread: readonly UnreadFile[]
  readonly repaired: Repaired | undefined
  readonly shrunk: Tightened | undefined
  readonly source: Imported
}

function printed({ results, unread, repaired, shrunk, source }: Answer, options: ReplayCommandOptions): string {
  const { output, against, top, all = false, failOn } = options
  if (output === 'json') {
    const extras = { repair: repaired && repairJson(repaired), shrink: shrunk && shrinkJson(shrunk) }
    return `${JSON.stringify({ ...results, unread, ...extras }, null, 2)}\n`
  }
  if (output === 'text') {
    return [
      resultsText(results, unread, { source: against, top, all }),
      repaired ? repairText(repaired.repair, repaired.opened, results.beyond) : '',
      shrunk ? shrinkText(shrunk.shrink, shrunk.closed, results) : '',
    ].join('')
  }
  const found = { results, unread, repair: repaired?.repair, shrink: shrunk?.shrink }
  const place = { origins: source.origins, source: against }
  return formatReport(output, replayCases({ ...found, ...place, top, failing: failing[failOn] }), version, replayRules)
}

interface Repaired {
  readonly repair: Repair
  readonly opened: Comparison
}

function repairedBy(replay: Replay, source: Imported, { blocks }: ReplayCommandOptions): Repaired | undefined {
  const repair = repairOf(replay, source, blocks)
  return repair && { repair, opened: compared(source.certain, repair.changed.certain) }
}

/** With more interfaces a list by interface is no reading matter. */
const mostByInterface = 40

function compared(before: World, after: World): Comparison {
  return compareWorlds(before, after, before.networkInterface.size > mostByInterface ? 'group' : 'interface')
}

interface Tightened {
  readonly shrink: Shrink
  readonly closed: Comparison
}

function shrunkBy(replay: Replay, source: Imported, options: ReplayCommandOptions): Tightened {
  const { maxRules: mostRules, acceptTests = [] } = options
  const claims = acceptTests.flatMap((file) => testsIn(file).flatMap((each) => each.claims))
  const shrink = shrinkOf(replay, source, { mostRules, claims })
  return { shrink, closed: compared(source.certain, shrink.changed.certain) }
}

function shrinkJson({ shrink, closed }: Tightened) {
  const { rules, whole, lost, tests, risks } = shrink
  return { rules, whole, lost, tests, risks, changes: closed.rows }
}

function repairJson({ repair, opened }: Repaired) {
  const { rules, atLeast, entries, proof } = repair
  return { rules, atLeast, entries, proof, opens: opened.rows }
}

function filesNamed(logs: readonly string[]) {
  try {
    return logFilesAt(logs)
  } catch (thrown) {
    if (isSystemError(thrown)) throw new CommandFailure(2, thrown.message)
    throw thrown
  }
}

const failing: Readonly<Record<(typeof reasons)[number], readonly string[]>> = {
  denied: ['newly denied'],
  allowed: ['newly allowed'],
  uncertain: ['newly denied', 'uncertain'],
  any: ['newly denied', 'newly allowed', 'uncertain'],
  nothing: [],
}

function throwIfFailed(results: ReplayResults, unread: readonly UnreadFile[], { failOn }: ReplayCommandOptions): void {
  const [first] = unread
  if (first) throw new CommandFailure(2, `${first.path} could not be read to its end: ${first.why}`)
  const failed = results.outcomes.some(({ outcome, records }) => records > 0 && failing[failOn].includes(outcome))
  if (failed) throw new CommandFailure(1, '')
}

function formatNamed(text: string): LogFormat {
  try {
    return formatFromText(text)
  } catch (thrown) {
    if (thrown instanceof BadFormat) throw new InvalidArgumentError(thrown.message)
    throw thrown
  }
}

function timeNamed(text: string): number {
  const seconds = /^\d+$/.test(text) ? Number(text) : Date.parse(text) / 1000
  if (Number.isFinite(seconds)) return seconds
  throw new InvalidArgumentError('Use 2026-11-01T00:00:00Z or seconds since 1970.')
}
