/** A world named on the command line: `live` or an endpoint's URL, else a file; `-` is standard input. */

import type { World } from '../model/world.ts'
import { type EndpointOptions, loadWorld, savedWorld } from './world-options.ts'

/** Throws CommandFailure. */
export async function worldNamed(name: string, options: EndpointOptions): Promise<World> {
  const { endpointUrl, region } = options
  if (name === 'live') return loadWorld({ endpointUrl, region })
  return /^https?:\/\//.test(name) ? loadWorld({ endpointUrl: name, region }) : savedWorld(name)
}

export const sourceHelp = 'live, the URL of an endpoint, a saved state or a file of world lines; - is standard input'
