/** `sallyport logs`: what an instance printed, its user data's output first. */

import { setTimeout } from 'node:timers/promises'
import { Command } from 'commander'
import { fetchLab, fetchLog, instanceNamed } from '../lab-instances.ts'
import { addEndpointOptions, type EndpointOptions } from '../world-options.ts'

interface LogsOptions extends EndpointOptions {
  readonly follow?: boolean
}

export function logsCommand(): Command {
  return addEndpointOptions(new Command('logs'))
    .summary('what an instance printed')
    .description('Prints the output of an instance’s user data. Lines of Sallyport’s own begin with [sallyport].')
    .argument('<instance>', 'an id or a Name tag')
    .option('-f, --follow', 'go on as it prints, until interrupted')
    .addHelpText('after', '\nExit code: 0 printed, 2 usage or error.')
    .action(logs)
}

const everySecond = 1000

async function logs(given: string, options: LogsOptions): Promise<void> {
  const { id } = instanceNamed(await fetchLab(options), given)
  const interrupted = new AbortController()
  if (options.follow) for (const each of ['SIGINT', 'SIGTERM'] as const) process.once(each, () => interrupted.abort())
  const { signal } = interrupted
  for (let from = 0; !signal.aborted; ) {
    const { bytes, next } = await fetchLog(options, id, from)
    process.stdout.write(Buffer.from(bytes, 'base64'))
    if (next === from && !options.follow) return
    if (next === from) await setTimeout(everySecond, undefined, { signal }).catch(() => undefined)
    from = next
  }
}
