/** `sallyport status`: which interfaces' rules are in force on real traffic, and which are not. */

import { Command, Option } from 'commander'
import type { EnforcementListing, InterfaceStanding } from '../../app/enforcement/shown.ts'
import { ask } from '../../app/remote.ts'
import { columns } from '../columns.ts'
import { CommandFailure } from '../command-failure.ts'
import { addEndpointOptions, type EndpointOptions, fromEndpoint } from '../world-options.ts'

interface StatusOptions extends EndpointOptions {
  readonly output: 'text' | 'json'
}

export function statusCommand(): Command {
  return addEndpointOptions(new Command('status'))
    .summary('which interfaces are enforced')
    .description(
      'Lists the network interfaces whose rules somebody enforces on real traffic: enforced, degraded (the last good ' +
        'rules are still on) or off (nothing passes, or a canary got through).',
    )
    .addOption(new Option('-o, --output <form>', 'how to print').choices(['text', 'json']).default('text'))
    .addHelpText('after', '\nExit code: 0 all are enforced, 1 one is not, 2 usage or error.')
    .action(run)
}

async function run(options: StatusOptions): Promise<void> {
  const target = '/_sallyport/enforcement'
  const listing = (await fromEndpoint(options, (remote) =>
    ask(remote, { method: 'GET', target }),
  )) as EnforcementListing
  process.stdout.write(options.output === 'json' ? `${JSON.stringify(listing, null, 2)}\n` : text(listing))
  if (listing.interfaces.some(({ state }) => state !== 'enforced')) throw new CommandFailure(1, '')
}

function text({ interfaces }: EnforcementListing): string {
  if (interfaces.length === 0) {
    return 'no interface is enforced: start `serve --data-plane namespaces`, or `sallyport agent` on a host\n'
  }
  const head = ['INTERFACE', 'INSTANCE', 'STATE', 'SINCE', 'WHERE', 'REFUSED IN', 'REFUSED OUT']
  const rows = interfaces.flatMap((each) => [row(each), ...(each.why === null ? [] : [['', each.why]])])
  return columns([head, ...rows])
}

function row({ networkInterface, instance, state, since, where, refused }: InterfaceStanding): string[] {
  const place = where.kind === 'host' ? `${where.host} ${where.device}` : `namespace ${where.device}`
  return [networkInterface, instance ?? '-', state, since, place, String(refused.ingress), String(refused.egress)]
}
