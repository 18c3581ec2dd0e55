/** `sallyport diff`: what opens and what closes between two worlds, proved over all packets. */

import { Command, Option } from 'commander'
import type { Imported } from '../../import/imported.ts'
import { type Comparison, compareBounds, type DifferenceRow } from '../../reach/compare.ts'
import { type LabelKind, labelKinds } from '../../reach/reachability/labels.ts'
import { endText, onText } from '../../reach/reachability/row-text.ts'
import { CommandFailure } from '../command-failure.ts'
import { doubtsTold, tellDoubts } from '../doubts.ts'
import { type Outage, outageOf, outageText, planFrom } from '../reach/outage.ts'
import { alignedColumns } from '../reach/table.ts'
import { type Origins, ruleText, ruleWritten } from '../rule-origin.ts'
import { sourceHelp, sourceNamed } from '../source.ts'
import { addSourceOptions, answeredFrom, type EndpointOptions } from '../world-options.ts'

const reasons = ['any', 'opened', 'closed', 'outage', 'nothing'] as const

interface DiffOptions extends EndpointOptions {
  readonly failOn: (typeof reasons)[number]
  readonly by?: LabelKind
  readonly output: 'text' | 'json'
}

export function diffCommand(): Command {
  return addSourceOptions(new Command('diff'))
    .summary('what opens and what closes between two worlds')
    .description(
      'Compares who can open a connection to whom before and after, over all packets: rules, network ACLs, routes, ' +
        'both IP families. Each difference comes with a packet. What is not listed is proved to be as before.',
    )
    .argument('<before>', sourceHelp)
    .argument('[after]', 'the same; left out, BEFORE is a Terraform plan, which has both and what is in between')
    .addOption(new Option('--fail-on <what>', 'which differences make the exit code 1').choices(reasons).default('any'))
    .addOption(new Option('--by <kind>', 'what is told together; by group where there are many').choices(labelKinds))
    .addOption(new Option('-o, --output <form>', 'how to print').choices(['text', 'json']).default('text'))
    .addHelpText(
      'after',
      '\nExit code: 0 no difference, or none that --fail-on names; 1 one that it names; 2 usage or error.',
    )
    .action(run)
}

/** With more interfaces a list by interface is no reading matter. */
const mostByInterface = 40

async function run(before: string, after: string | undefined, options: DiffOptions): Promise<void> {
  const plan = after === undefined ? planFrom(before) : undefined
  const sources = plan
    ? ([plan.before, plan.after] as const)
    : ([await sourceNamed(before, options), await sourceNamed(after ?? '', options)] as const)
  const isMany = sources.some(({ possible }) => possible.networkInterface.size > mostByInterface)
  const kind = options.by ?? (isMany ? 'group' : 'interface')
  const comparison = answeredFrom(`${before} or ${after}`, () => compareBounds(...sources, kind))
  const outage = plan && answeredFrom(before, () => outageOf(plan, kind))
  process.stdout.write(options.output === 'json' ? json(comparison, sources, outage) : text(comparison, sources))
  if (outage && options.output === 'text') process.stdout.write(outageText(outage))
  if (options.output !== 'json') tellDoubts(...sources)
  const isFailed = comparison.rows.some(({ result }) => fails(result, options.failOn))
  const isOutage = outage !== undefined && outage.rows.length + outage.stuck.length > 0
  if (isFailed || (isOutage && failsOnOutage.has(options.failOn))) throw new CommandFailure(1, '')
}

const failsOnOutage: ReadonlySet<DiffOptions['failOn']> = new Set(['any', 'outage'])

function fails(result: DifferenceRow['result'], failOn: DiffOptions['failOn']): boolean {
  const isOpening = result === 'opens' || result === 'may open'
  return failOn === 'any' || (failOn === 'opened' && isOpening) || (failOn === 'closed' && !isOpening)
}

function json({ rows, ends }: Comparison, sources: Sources, outage: Outage | undefined): string {
  const told = rows.map((row) => ({ ...row, by: row.by.map((rule) => ruleWritten(rule, originsOf(row, sources))) }))
  const whole = { isSame: rows.length === 0, ends, rows: told, ...(outage && { whileApplied: outage }) }
  return `${JSON.stringify({ ...whole, ...doubtsTold(...sources) }, null, 2)}\n`
}

type Sources = readonly [before: Imported, after: Imported]

/** What opens is let by after, what closes before. */
function originsOf({ result }: DifferenceRow, [before, after]: Sources): Origins {
  return result === 'opens' || result === 'may open' ? after.origins : before.origins
}

function text({ rows, ends }: Comparison, sources: Sources): string {
  const scope = `between ${ends} addresses of interfaces, and between them and the internet`
  if (rows.length === 0) return `Nothing changes: every packet fares as before, ${scope}.\n`
  const hasBoth = new Set(rows.flatMap(({ families }) => families)).size > 1
  const told = rows.map((row) => ({ cells: cellsOf(row, hasBoth), row }))
  const table = alignedColumns(told.map(({ cells }) => cells)).split('\n')
  const lines = told.flatMap(({ row }, index) => [table[index] ?? '', ...proofOf(row, originsOf(row, sources))])
  return `${lines.join('\n')}\n\nNothing else changes: every other packet fares as before, ${scope}.\n`
}

const signs = { opens: '+', closes: '-', 'may open': '+?', 'may close': '-?' } as const

function cellsOf(row: DifferenceRow, hasBoth: boolean): string[] {
  const { from, to, result, ...facts } = row
  const on = onText({ ...facts, result: 'reachable' }, hasBoth)
  return [signs[result], result, `${endText(from)} > ${endText(to)}`, on]
}

function proofOf({ packet, by }: DifferenceRow, origins: Origins): string[] {
  const rules = by.map((rule) => ruleText(rule, origins)).join(', ')
  return [`     ${packet}${rules === '' ? '' : `   by ${rules}`}`]
}
