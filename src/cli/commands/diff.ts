/** `sallyport diff`: what opens and what closes between two worlds, proved over all packets. */

import { Command, Option } from 'commander'
import type { Imported } from '../../import/imported.ts'
import { type Comparison, compareBounds, type DifferenceRow, type UndeterminedRow } from '../../reach/compare.ts'
import { type LabelKind, labelKinds } from '../../reach/reachability/labels.ts'
import { endText, onText } from '../../reach/reachability/row-text.ts'
import { CommandFailure } from '../command-failure.ts'
import { doubtsTold, tellDoubts } from '../doubts.ts'
import { type Outage, outageOf, outageText, planFrom } from '../reach/outage.ts'
import { alignedColumns } from '../reach/table.ts'
import { type Origins, ruleText, ruleWritten } from '../rule-origin.ts'
import { sourceHelp, sourceNamed } from '../source.ts'
import { addSourceOptions, answeredFrom, type EndpointOptions } from '../world-options.ts'

const reasons = ['any', 'opened', 'closed', 'undetermined', 'outage', 'nothing'] as const

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
        'both IP families. Each difference comes with a packet. What is not listed is proved to be as before; what nobody can tell ' +
        'before or after, and may come out otherwise, is listed as undetermined.',
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
  const isOne = plan ? haveSameDoubts(sources) : before === after
  const isMany = sources.some(({ possible }) => possible.networkInterface.size > mostByInterface)
  const kind = options.by ?? (isMany ? 'group' : 'interface')
  const comparison = answeredFrom(`${before} or ${after}`, () => compareBounds(...sources, kind, isOne))
  const outage = plan && answeredFrom(before, () => outageOf(plan, kind))
  process.stdout.write(options.output === 'json' ? json(comparison, sources, outage) : text(comparison, sources))
  if (outage && options.output === 'text') process.stdout.write(outageText(outage))
  if (options.output !== 'json') tellDoubts(...sources)
  const isUnproved = options.failOn === 'undetermined' && comparison.undetermined.length > 0
  const isFailed = isUnproved || comparison.rows.some(({ result }) => fails(result, options.failOn))
  const isOutage = outage !== undefined && outage.rows.length + outage.stuck.length > 0
  if (isFailed || (isOutage && failsOnOutage.has(options.failOn))) throw new CommandFailure(1, '')
}

/** A plan leaves the same open of what is there and of what will be: what it does not tell, and does not touch. */
function haveSameDoubts(sources: Sources): boolean {
  const [before, after] = sources.map(({ doubts }) => doubts.map(({ what, origin }) => `${origin.name} ${what}`).sort())
  return JSON.stringify(before) === JSON.stringify(after)
}

const failsOnOutage: ReadonlySet<DiffOptions['failOn']> = new Set(['any', 'undetermined', 'outage'])

function fails(result: DifferenceRow['result'], failOn: DiffOptions['failOn']): boolean {
  const isOpening = result === 'opens' || result === 'may open'
  return (
    failOn === 'any' ||
    failOn === 'undetermined' ||
    (failOn === 'opened' && isOpening) ||
    (failOn === 'closed' && !isOpening)
  )
}

function json({ rows, undetermined, ends }: Comparison, sources: Sources, outage: Outage | undefined): string {
  const told = (all: readonly AnyRow[]) =>
    all.map((row) => ({ ...row, by: row.by.map((rule) => ruleWritten(rule, originsOf(row, sources))) }))
  const isSame = rows.length + undetermined.length === 0
  const whole = { isSame, ends, rows: told(rows), undetermined: told(undetermined) }
  const all = { ...whole, ...(outage && { whileApplied: outage }) }
  return `${JSON.stringify({ ...all, ...doubtsTold(...sources) }, null, 2)}\n`
}

type Sources = readonly [before: Imported, after: Imported]

type AnyRow = DifferenceRow | UndeterminedRow

/** What opens is let by after, what closes before. */
function originsOf({ result }: AnyRow, [before, after]: Sources): Origins {
  return result === 'closes' || result === 'may close' ? before.origins : after.origins
}

/** More of what nobody can tell are no reading matter; the JSON has them all. */
const mostUndetermined = 20

function text({ rows, undetermined, ends }: Comparison, sources: Sources): string {
  const shown = [...rows, ...undetermined.slice(0, mostUndetermined)]
  const hasBoth = new Set([...rows, ...undetermined].flatMap(({ families }) => families)).size > 1
  const table = alignedColumns(shown.map((row) => cellsOf(row, hasBoth))).split('\n')
  const lines = shown.flatMap((row, index) => [table[index] ?? '', ...proofOf(row, originsOf(row, sources))])
  const hidden = undetermined.length - mostUndetermined
  const more = hidden > 0 ? [`?  and ${hidden} more that are undetermined in both, which --output json tells`] : []
  const told = shown.length > 0 ? [...lines, ...more, '', ''].join('\n') : ''
  return `${told}${conclusion(rows.length > 0, undetermined.length)} ${scopeOf(ends)}.\n`
}

/** A theorem only where nothing is left that may come out otherwise. */
function conclusion(hasRows: boolean, undetermined: number): string {
  const nothing = hasRows ? 'Nothing else changes' : 'Nothing changes'
  if (undetermined === 0) return `${nothing}: every ${hasRows ? 'other ' : ''}packet fares as before,`
  const sets = undetermined === 1 ? 'one set of packets (?) is' : `${undetermined} sets of packets (?) are`
  return `${nothing} as far as is known; ${sets} undetermined in both, and may fare otherwise,`
}

function scopeOf(ends: number): string {
  return `between ${ends} addresses of interfaces, and between them and the internet`
}

const signs = { opens: '+', closes: '-', 'may open': '+?', 'may close': '-?', undetermined: '?' } as const

function cellsOf(row: AnyRow, hasBoth: boolean): string[] {
  const { from, to, result, ...facts } = row
  const on = onText({ ...facts, result: 'reachable' }, hasBoth)
  return [signs[result], result, `${endText(from)} > ${endText(to)}`, on]
}

function proofOf({ packet, by }: AnyRow, origins: Origins): string[] {
  const rules = by.map((rule) => ruleText(rule, origins)).join(', ')
  return [`     ${packet}${rules === '' ? '' : `   by ${rules}`}`]
}
