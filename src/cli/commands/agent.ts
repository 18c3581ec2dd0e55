/** `sallyport agent`: enforces the groups of one interface on this host, and follows their changes. */

import { Command, InvalidArgumentError, Option } from 'commander'
import { Agent, type AgentEvent } from '../../app/enforcement/agent.ts'
import { CommandFailure } from '../command-failure.ts'
import { addSeatOptions, interfaceIdFrom, type SeatOptions, seatFrom } from '../seat-options.ts'
import { fromEndpoint } from '../world-options.ts'

interface AgentOptions extends SeatOptions {
  readonly adopt: number
  readonly onExit: 'keep' | 'remove'
}

export function agentCommand(): Command {
  return addSeatOptions(new Command('agent'))
    .summary("enforce an interface's groups on this host")
    .description(
      'Asks the endpoint for the rules of a network interface, enforces them on a device of this host or of a ' +
        'container, and follows every change. While the endpoint is away the last rules stay in force; before the ' +
        'first ones nothing passes. Needs root, or CAP_NET_ADMIN in that network namespace.',
    )
    .option('--adopt <seconds>', 'take over connections that were open before, seen within this time', secondsFrom, 0)
    .addOption(
      new Option('--on-exit <what>', 'what becomes of the rules when the agent ends')
        .choices(['keep', 'remove'])
        .default('keep'),
    )
    .addHelpText(
      'after',
      '\nExit code: 0 ended as told, with the rules in force; 1 ended while they were not; 2 usage or error.',
    )
    .action(run)
}

function secondsFrom(text: string): number {
  const seconds = Number(text)
  if (Number.isInteger(seconds) && seconds >= 0 && seconds <= 3600) return seconds
  throw new InvalidArgumentError('a whole number of seconds, up to 3600')
}

async function run(options: AgentOptions): Promise<void> {
  const networkInterface = interfaceIdFrom(options)
  const seat = await seatFrom(options)
  const end = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end.abort())
  const agent = await fromEndpoint(options, async (remote) => {
    const parts = { remote, networkInterface, seat, adoptFor: options.adopt * 1000, onEvent: say, signal: end.signal }
    return new Agent(parts)
  })
  say({ kind: 'state', state: agent.state })
  await agent.run()
  const { state } = agent
  if (options.onExit === 'remove') await agent.remove()
  if (state.kind !== 'enforced') throw new CommandFailure(1, `ended while the rules were ${state.kind}: ${state.why}`)
}

function say(event: AgentEvent): void {
  process.stdout.write(`${new Date().toISOString()} ${sentence(event)}\n`)
}

function sentence(event: AgentEvent): string {
  switch (event.kind) {
    case 'state':
      return event.state.kind === 'enforced' ? 'enforced' : `${event.state.kind}: ${event.state.why}`
    case 'endpoint':
      return event.isThere ? 'the endpoint answers' : `the endpoint is away: ${event.why}`
    case 'rules':
      return `${event.count} rules in ${event.milliseconds.toFixed(0)} ms`
    default:
      return event satisfies never
  }
}
