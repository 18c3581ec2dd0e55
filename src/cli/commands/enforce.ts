/** `sallyport enforce`: brings an interface's rules into force once, or says what that would do. */

import { Command, Option } from 'commander'
import { enforceOnce, type PlannedTransaction, planOnce, unenforce } from '../../app/enforcement/one-shot.ts'
import { fetchPolicy } from '../../app/enforcement/remote-policy.ts'
import { CommandFailure } from '../command-failure.ts'
import { addSeatOptions, interfaceIdFrom, type SeatOptions, seatFrom } from '../seat-options.ts'
import { fromEndpoint } from '../world-options.ts'

interface EnforceOptions extends SeatOptions {
  readonly dryRun?: boolean
  readonly remove?: boolean
  readonly output: 'text' | 'json'
}

export function enforceCommand(): Command {
  return addSeatOptions(new Command('enforce'))
    .summary("enforce an interface's rules once")
    .description(
      'Brings the rules of a network interface into force on a device, and ends; `sallyport agent` goes on following ' +
        'changes. Applying twice changes nothing.',
    )
    .option('--dry-run', 'print what would be done, as nft commands, and do nothing')
    .addOption(new Option('--remove', 'take the rules off the device').conflicts('dryRun'))
    .addOption(new Option('-o, --output <form>', 'how to print').choices(['text', 'json']).default('text'))
    .addHelpText('after', '\nExit code: 0 enforced (or nothing to do), 1 not enforced, 2 usage or error.')
    .action(run)
}

async function run(options: EnforceOptions): Promise<void> {
  const networkInterface = interfaceIdFrom(options)
  const seat = await seatFrom(options)
  if (options.remove) return unenforce(seat)
  const policy = await fromEndpoint(options, (remote) => fetchPolicy(remote, networkInterface))
  if (options.dryRun) {
    const plan = await planOnce(seat, policy)
    process.stdout.write(options.output === 'json' ? `${JSON.stringify(plan, null, 2)}\n` : planText(plan))
    return
  }
  const state = await enforceOnce(seat, policy)
  process.stdout.write(options.output === 'json' ? `${JSON.stringify(state)}\n` : `${stateText(state)}\n`)
  if (state.kind !== 'enforced') throw new CommandFailure(1, '')
}

function stateText(state: Awaited<ReturnType<typeof enforceOnce>>): string {
  return state.kind === 'enforced' ? 'enforced' : `${state.kind}: ${state.why}`
}

const titles: Readonly<Record<PlannedTransaction['does'], string>> = {
  frame: 'the frame: closed, loaded once',
  stage: 'staged: out of reach of any packet',
  switch: 'the switch: from here on the new rules hold',
  sweep: 'swept: what nothing points at any more',
}

/** Each block is one transaction of nft's. */
function planText(plan: readonly PlannedTransaction[]): string {
  if (plan.length === 0) return 'nothing to do: the rules are in force\n'
  return plan.map(({ does, commands }) => `# ${titles[does]}\n${commands.join('\n')}\n`).join('\n')
}
