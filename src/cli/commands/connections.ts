/** `sallyport connections`: the live flows of a running endpoint, and what would end each. */

import { setTimeout } from 'node:timers/promises'
import { Command, Option } from 'commander'
import type { LiveFlow } from '../../app/live-flow.ts'
import type { Listing } from '../../app/live-paths.ts'
import { ask } from '../../app/remote.ts'
import { addEndpointOptions, type EndpointOptions, fromEndpoint } from '../world-options.ts'

interface ConnectionsOptions extends EndpointOptions {
  readonly networkInterface?: string
  readonly watch?: boolean
  readonly output: 'text' | 'json'
}

export function connectionsCommand(): Command {
  return addEndpointOptions(new Command('connections'))
    .summary('the flows that are alive, and what ends them')
    .description(
      'Shows tracked and untracked flows: the rules that admitted each, the seconds it has left, and what a revoke of ' +
        'a rule would do to it. Those that a kernel has are marked so: real traffic at an interface whose rules are enforced.',
    )
    .option('--network-interface <id>', 'of one interface only')
    .option('--watch', 'again every second, until interrupted')
    .addOption(new Option('-o, --output <form>', 'how to print').choices(['text', 'json']).default('text'))
    .action((options: ConnectionsOptions) => (options.watch ? watch(options) : show(options)))
}

async function show(options: ConnectionsOptions): Promise<void> {
  process.stdout.write(printed(await list(options), options))
}

const clearScreen = '\u001b[H\u001b[2J'
const everySecond = 1000

/** The first SIGINT or SIGTERM ends it well. */
async function watch(options: ConnectionsOptions): Promise<void> {
  const interrupted = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort())
  const { signal } = interrupted
  while (!signal.aborted) {
    const listing = await list(options)
    process.stdout.write(`${process.stdout.isTTY ? clearScreen : ''}${printed(listing, options)}`)
    await setTimeout(everySecond, undefined, { signal }).catch(() => undefined)
  }
}

async function list(options: ConnectionsOptions): Promise<Listing> {
  const { networkInterface } = options
  const query = networkInterface === undefined ? '' : `?network-interface=${encodeURIComponent(networkInterface)}`
  const target = `/_sallyport/connections${query}`
  return (await fromEndpoint(options, (remote) => ask(remote, { method: 'GET', target }))) as Listing
}

/** JSON is one line a look, for programs that watch. */
function printed(listing: Listing, { output, watch: isWatched }: ConnectionsOptions): string {
  if (output === 'json') return `${JSON.stringify(listing, null, isWatched ? 0 : 2)}\n`
  const { at, connections } = listing
  const lines = connections.length === 0 ? ['no flows'] : connections.flatMap(flowLines)
  return `${[...(isWatched ? [at] : []), ...lines].join('\n')}\n`
}

function flowLines({ isTracked, networkInterface, direction, flow, state, secondsLeft, ...rest }: LiveFlow): string[] {
  const left = secondsLeft === null ? '' : `, ${secondsLeft} s left`
  const witness = rest.witness === 'kernel' ? '  (kernel)' : ''
  return [
    `${isTracked ? 'tracked' : 'untracked'}  ${direction} of ${networkInterface}  ${flow}  ${state}${left}${witness}`,
    `  ${rest.why}`,
    ...rest.rules.map(({ rule, group, isInForce }) => `  by ${rule} of ${group}${isInForce ? '' : ', since revoked'}`),
    ...rest.onRevoke.map(({ rule, sentence }) => `  revoke ${rule}: ${sentence}`),
  ]
}
