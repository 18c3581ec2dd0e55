/** `sallyport send`: a packet, or a whole exchange, through the rules of a running endpoint. */

import { Command, Option } from 'commander'
import type { HopReport, PacketReport } from '../../app/exchange.ts'
import { ask } from '../../app/remote.ts'
import { CommandFailure } from '../command-failure.ts'
import { UsageError } from '../usage-error.ts'
import { addEndpointOptions, type EndpointOptions, fromEndpoint } from '../world-options.ts'

interface SendOptions extends EndpointOptions {
  readonly exchange?: boolean
  readonly keepOpen?: boolean
  readonly clientPort?: string
  readonly packet?: string
  readonly at?: readonly string[]
  readonly output: 'text' | 'json'
}

export function sendCommand(): Command {
  const command = addEndpointOptions(new Command('send'))
    .summary('send packets through the current rules')
    .description(
      "Sends a packet, or a whole exchange, between two interfaces, or an interface and the world: the sender's " +
        "egress, then the receiver's ingress, with the connections that the endpoint tracks. An end is eni-…, i-…, " +
        'a Name tag or an address.',
    )
    .argument('[from]', 'who sends')
    .argument('[to]', 'to whom')
    .argument('[protocol]', 'tcp, udp, icmp, icmpv6 or a protocol number; tcp unless given')
    .argument('[port]', 'destination port, for tcp and udp')
    .option(
      '--exchange',
      'not the first packet alone but all to the end: handshake, data and close; question and answer',
    )
    .option('--keep-open', 'an exchange without its close: the connection stays')
    .option('--client-port <number>', 'port that the sender sends from; a fresh one unless given')
    .option('--packet <text>', "one packet as text, `tcp 10.0.0.5:40000 > 10.0.1.9:22 A`, in FROM's and TO's place")
    .option('--at <place...>', 'with --packet: at one interface only, eni-… ingress|egress')
    .addOption(new Option('-o, --output <form>', 'how to print').choices(['text', 'json']).default('text'))
    .addHelpText('after', '\nExit code: 0 delivered, 1 refused, 2 usage or error.')
  return command.action(() => send(command.args, command.opts<SendOptions>()))
}

async function send(words: readonly string[], options: SendOptions): Promise<void> {
  const body = JSON.stringify(question(words, options))
  const reports = (await fromEndpoint(options, (remote) =>
    ask(remote, { method: 'POST', target: '/_sallyport/packets', body }),
  )) as readonly PacketReport[]
  const refusal = refusalOf(reports)
  process.stdout.write(options.output === 'json' ? `${JSON.stringify(reports, null, 2)}\n` : text(reports, refusal))
  if (refusal) throw new CommandFailure(1, '')
}

/** What is asked of the endpoint, which checks it. */
function question([from, to, protocol, port]: readonly string[], options: SendOptions): object {
  const { packet, at, exchange, keepOpen, clientPort } = options
  if (packet !== undefined) {
    if (from !== undefined) throw new UsageError('--packet has its own source and destination: leave FROM and TO out.')
    return { packet, ...(at ? { at: placeFrom(at) } : {}) }
  }
  if (at) throw new UsageError('--at is for one --packet.')
  if (from === undefined || to === undefined) throw new UsageError('Say from where and to where, or give --packet.')
  return {
    from,
    to,
    ...(protocol === undefined ? {} : { protocol }),
    ...(port === undefined ? {} : { port: portFrom(port) }),
    ...(clientPort === undefined ? {} : { clientPort: portFrom(clientPort) }),
    ...(exchange ? { exchange } : {}),
    ...(keepOpen ? { keepOpen } : {}),
  }
}

function placeFrom([networkInterface, direction, ...rest]: readonly string[]): object {
  if (direction === undefined || rest.length > 0) throw new UsageError('--at takes eni-… and ingress or egress.')
  return { networkInterface, direction }
}

function portFrom(port: string): number {
  if (!/^\d{1,5}$/.test(port)) throw new UsageError(`'${port}' is no port.`)
  return Number(port)
}

function refusalOf(reports: readonly PacketReport[]): HopReport | undefined {
  return reports.flatMap(({ hops }) => hops).find(({ action }) => action === 'deny')
}

const marks = { allow: '✓', deny: '✗' } as const

function text(reports: readonly PacketReport[], refusal: HopReport | undefined): string {
  const verdict = refusal ? `refused: packet ${reports.length}, ${place(refusal)}` : delivered(reports)
  const lines = reports.flatMap(({ packet, hops }) => [
    packet,
    ...hops.map((hop) => `  ${marks[hop.action]} ${place(hop)}: ${hop.sentence}`),
  ])
  return `${[verdict, ...lines].join('\n')}\n`
}

function delivered({ length }: readonly PacketReport[]): string {
  return length === 1 ? 'delivered' : `delivered: all ${length} packets`
}

function place({ networkInterface, direction }: HopReport): string {
  return `${direction} of ${networkInterface}`
}
