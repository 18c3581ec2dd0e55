/** `sallyport state`: the world of a running endpoint as one JSON value. */

import { Command } from 'commander'
import { stateOf } from '../../model/state.ts'
import { addEndpointOptions, loadWorld, type WorldOptions } from '../world-options.ts'

export function stateCommand(): Command {
  return addEndpointOptions(new Command('state'))
    .summary('print the state of a running endpoint')
    .description('Prints all objects of one account and region as JSON, for --state of other commands.')
    .action(async (options: WorldOptions) => {
      process.stdout.write(`${JSON.stringify(stateOf(await loadWorld(options)), null, 2)}\n`)
    })
}
