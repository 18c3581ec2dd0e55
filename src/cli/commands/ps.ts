/** `sallyport ps`: the instances of a running endpoint, where they run and what runs in them. */

import { Command, Option } from 'commander'
import type { InstanceReport, LabReport } from '../../app/lab/lab-paths.ts'
import { CommandFailure } from '../command-failure.ts'
import { fetchLab } from '../lab-instances.ts'
import { addEndpointOptions, type EndpointOptions } from '../world-options.ts'

interface PsOptions extends EndpointOptions {
  readonly output: 'text' | 'json'
}

export function psCommand(): Command {
  return addEndpointOptions(new Command('ps'))
    .summary('the instances that run, and their processes')
    .description(
      'Lists the instances of an endpoint that runs them (serve --data-plane namespaces): state, namespace, addresses, ' +
        'public address, and the processes in each, by their numbers outside.',
    )
    .addOption(new Option('-o, --output <form>', 'how to print').choices(['text', 'json']).default('text'))
    .addHelpText('after', '\nExit code: 0 all as they should be, 1 degraded, 2 usage or error.')
    .action(ps)
}

async function ps(options: PsOptions): Promise<void> {
  const report = await fetchLab(options)
  process.stdout.write(options.output === 'json' ? `${JSON.stringify(report, null, 2)}\n` : text(report))
  if (report.status === 'degraded') {
    throw new CommandFailure(
      1,
      `degraded: not all instances are as they should be, and it is tried again: ${report.trouble}`,
    )
  }
}

const columns = ['INSTANCE', 'NAME', 'STATE', 'NAMESPACE', 'ADDRESSES', 'PUBLIC', 'PROCESSES'] as const

function text({ instances, internet }: LabReport): string {
  const rows = [
    columns,
    ...instances.map(row),
    ['internet', '-', 'running', internet.namespace, internet.addresses.join(','), '-', '-'],
  ]
  const widths = columns.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)))
  const lines = rows.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  const processes = instances.flatMap(({ id, processes: list }) =>
    list.map(({ pid, command }) => `${id}  ${pid}  ${command.slice(0, 100)}`),
  )
  return `${[...lines, ...(processes.length > 0 ? [''] : []), ...processes].join('\n')}\n`
}

function row({ id, name, state, namespace = '-', addresses, publicAddresses, processes }: InstanceReport): string[] {
  const listed = (texts: readonly string[]) => (texts.length === 0 ? '-' : texts.join(','))
  return [id, name || '-', state, namespace, listed(addresses), listed(publicAddresses), String(processes.length)]
}
