/** `sallyport reach`: who can open a connection to whom, on what, for all interfaces and the internet. */

import { Command, Option } from 'commander'
import type { Imported } from '../../import/imported.ts'
import { servicesNamed } from '../../reach/packet-set/service-name.ts'
import { type Reaches, reachabilityWithin } from '../../reach/reachability/bounded.ts'
import { type LabelKind, labelKinds, labelsBy } from '../../reach/reachability/labels.ts'
import { type ReachRows, reachabilityRows } from '../../reach/reachability/listing.ts'
import { joinedSelections, type Selection, selectionOf } from '../../reach/reachability/selection.ts'
import { CommandFailure } from '../command-failure.ts'
import { countNamed } from '../count-option.ts'
import { doubtsTold, tellDoubts } from '../doubts.ts'
import { arrowsOf, mostArrows } from '../reach/arrows.ts'
import { jsonPieces } from '../reach/json.ts'
import { formatMatrix } from '../reach/matrix.ts'
import { formatMermaid } from '../reach/mermaid.ts'
import { formatSvg } from '../reach/svg.ts'
import { tableLines, topLines } from '../reach/table.ts'
import { writeAll } from '../streamed-output.ts'
import { addWorldOptions, answeredFrom, loadImported, type WorldOptions } from '../world-options.ts'

interface ReachOptions extends WorldOptions {
  readonly from?: readonly string[]
  readonly to?: readonly string[]
  readonly on?: string
  readonly by?: LabelKind
  readonly matrix?: boolean
  readonly top?: number
  readonly all?: boolean
  readonly output: 'table' | 'json' | 'mermaid' | 'svg'
}

const ends = 'eni-…, i-…, a Name tag, an address, a CIDR, internet, sg-…, subnet-…, vpc-… or tag:KEY=VALUE'

export function reachCommand(): Command {
  return addWorldOptions(new Command('reach'))
    .summary('who can open a connection to whom, on what')
    .description(
      'Lists all that can be opened between interfaces, and between them and the internet, over IPv4 and IPv6: ' +
        'rules, network ACLs, routes and the way back of the answers. Exact for all packets, not a sample.',
    )
    .option('--from <end...>', `only what these open: ${ends}`)
    .option('--to <end...>', 'only what is opened to these')
    .option('--on <service>', 'only on this: tcp/22, udp/500-600, icmp/8, tcp, 50')
    .addOption(new Option('--by <kind>', 'what is told together; by group where there are many').choices(labelKinds))
    .option('--matrix', 'a matrix instead of a list')
    .option(
      '--top <number>',
      `only the rows that hold for the most pairs; ${mostOnScreen} where a table goes to a screen`,
      countNamed,
    )
    .addOption(new Option('--all', 'all rows, on a screen too').conflicts('top'))
    .addOption(
      new Option('-o, --output <form>', 'how to print').choices(['table', 'json', 'mermaid', 'svg']).default('table'),
    )
    .addHelpText('after', '\nExit code: 0 something can be opened, 1 nothing can, 2 usage or error.')
    .action(run)
}

/** With more interfaces a list by interface is no reading matter. */
const mostByInterface = 40

/** More rows on a screen are no reading matter either; who reads from a file or a pipe gets them all. */
const mostOnScreen = 200

async function run(options: ReachOptions): Promise<void> {
  const source = await loadImported(options)
  const rows = answeredFrom(options.state, () => {
    const reachability = reachabilityWithin(source)
    const { world } = reachability
    const kind = options.by ?? (world.networkInterface.size > mostByInterface ? 'group' : 'interface')
    return reachabilityRows(reachability, {
      from: selected(reachability, options.from),
      to: selected(reachability, options.to),
      labels: labelsBy(world, kind),
      on: servicesNamed(reachability.diagrams, options.on),
    })
  })
  await writeAll(printed(rows, source, options))
  if (options.output !== 'json') tellDoubts(source)
  if (rows.isEmpty) throw new CommandFailure(1, '')
}

function selected(reachability: Reaches, names: readonly string[] | undefined): Selection {
  if (!names) return selectionOf(reachability, undefined)
  return joinedSelections(names.map((name) => selectionOf(reachability, name)))
}

function printed(rows: ReachRows, source: Imported, options: ReachOptions): Iterable<string> {
  const { output, matrix, all, top = process.stdout.isTTY ? mostOnScreen : undefined } = options
  if (output === 'json') return jsonPieces(rows, doubtsTold(source))
  if (output !== 'table') return [picture(rows, output)]
  if (rows.isEmpty) return ['Nothing can be opened.\n']
  if (matrix) return [formatMatrix([...rows.facts()])]
  return all || top === undefined ? tableLines(rows) : topLines(rows, top)
}

/** Throws CommandFailure. */
function picture(rows: ReachRows, output: 'mermaid' | 'svg'): string {
  const arrows = arrowsOf(rows.facts())
  if (arrows) return output === 'mermaid' ? formatMermaid(arrows) : formatSvg(arrows)
  throw new CommandFailure(
    2,
    `More than ${mostArrows} arrows are no picture: narrow them with --from, --to or --on, tell them --by subnet, or ` +
      'take --output table or json.',
  )
}
