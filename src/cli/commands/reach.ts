/** `sallyport reach`: who can open a connection to whom, on what, for all interfaces and the internet. */

import { Command, Option } from 'commander'
import type { Imported } from '../../import/imported.ts'
import { servicesNamed } from '../../reach/packet-set/service-name.ts'
import { type Reaches, reachabilityWithin } from '../../reach/reachability/bounded.ts'
import { type LabelKind, labelKinds, labelsBy } from '../../reach/reachability/labels.ts'
import { listReachability, type ReachRow as Row } from '../../reach/reachability/listing.ts'
import { joinedSelections, type Selection, selectionOf } from '../../reach/reachability/selection.ts'
import { CommandFailure } from '../command-failure.ts'
import { doubtsTold, tellDoubts } from '../doubts.ts'
import { arrowsOf } from '../reach/arrows.ts'
import { formatMatrix } from '../reach/matrix.ts'
import { formatMermaid } from '../reach/mermaid.ts'
import { formatSvg } from '../reach/svg.ts'
import { formatTable } from '../reach/table.ts'
import { addWorldOptions, answeredFrom, loadImported, type WorldOptions } from '../world-options.ts'

interface ReachOptions extends WorldOptions {
  readonly from?: readonly string[]
  readonly to?: readonly string[]
  readonly on?: string
  readonly by?: LabelKind
  readonly matrix?: boolean
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
    .addOption(
      new Option('-o, --output <form>', 'how to print').choices(['table', 'json', 'mermaid', 'svg']).default('table'),
    )
    .addHelpText('after', '\nExit code: 0 something can be opened, 1 nothing can, 2 usage or error.')
    .action(run)
}

/** With more interfaces a list by interface is no reading matter. */
const mostByInterface = 40

async function run(options: ReachOptions): Promise<void> {
  const source = await loadImported(options)
  const rows = answeredFrom(options.state, () => {
    const reachability = reachabilityWithin(source)
    const { world } = reachability
    const kind = options.by ?? (world.networkInterface.size > mostByInterface ? 'group' : 'interface')
    return listReachability(reachability, {
      from: selected(reachability, options.from),
      to: selected(reachability, options.to),
      labels: labelsBy(world, kind),
      on: servicesNamed(reachability.diagrams, options.on),
    })
  })
  process.stdout.write(printed(rows, source, options))
  if (options.output !== 'json') tellDoubts(source)
  if (rows.length === 0) throw new CommandFailure(1, '')
}

function selected(reachability: Reaches, names: readonly string[] | undefined): Selection {
  if (!names) return selectionOf(reachability, undefined)
  return joinedSelections(names.map((name) => selectionOf(reachability, name)))
}

function printed(rows: readonly Row[], source: Imported, { output, matrix }: ReachOptions): string {
  if (output === 'json') return `${JSON.stringify({ rows, ...doubtsTold(source) }, null, 2)}\n`
  if (output === 'mermaid') return formatMermaid(arrowsOf(rows))
  if (output === 'svg') return formatSvg(arrowsOf(rows))
  if (rows.length === 0) return 'Nothing can be opened.\n'
  return matrix ? formatMatrix(rows) : formatTable(rows)
}
