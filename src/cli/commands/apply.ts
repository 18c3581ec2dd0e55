/** `sallyport apply`: loads a world, wherever it is written down, into the running endpoint. */

import { Command } from 'commander'
import { pushWorld } from '../../app/remote-world.ts'
import { CommandFailure } from '../command-failure.ts'
import { sourceHelp, sourceNamed } from '../source.ts'
import { addSourceOptions, type EndpointOptions, fromEndpoint } from '../world-options.ts'

interface ApplyOptions extends EndpointOptions {
  readonly replace?: boolean
  readonly certain?: boolean
}

export function applyCommand(): Command {
  return addSourceOptions(new Command('apply'))
    .summary('load a world into the running endpoint')
    .description(
      'Makes all objects of a source in the running endpoint, with their ids, as one change: live packets, instances ' +
        'and enforcement follow as after any call. What is there already stays; where the two contradict each other ' +
        'nothing is changed.',
    )
    .argument('<source>', sourceHelp)
    .option('--replace', "replace everything in the account's Region")
    .option('--certain', 'load a source of which not everything is known: what it allows for certain')
    .addHelpText('after', '\nExit code: 0 done; 2 refused, usage or error: nothing has changed.')
    .action(run)
}

async function run(source: string, options: ApplyOptions): Promise<void> {
  const { certain, doubts } = await sourceNamed(source, options)
  for (const { what, origin } of doubts) process.stderr.write(`not known: ${origin.file}:${origin.line}: ${what}\n`)
  if (doubts.length > 0 && !options.certain) {
    throw new CommandFailure(2, 'Not everything of it is known, see above: --certain loads what is.')
  }
  const { made, altered, removed } = await fromEndpoint(options, (remote) =>
    pushWorld(remote, certain, { replaces: options.replace === true }),
  )
  const lines = Object.entries({ made, altered, removed }).flatMap(([verb, counts]) => {
    return Object.entries(counts).map(([kind, count]) => `${verb} ${count} ${wordsOf(kind, count)}\n`)
  })
  process.stdout.write(lines.length > 0 ? lines.join('') : 'Nothing to do: all of it is there.\n')
}

/** `networkInterface` as `network interfaces`. */
function wordsOf(kind: string, count: number): string {
  const words = kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace(/^vpc\b/, 'VPC')
  return count === 1 ? words : `${words.replace(/s$/, 'se')}s`
}
