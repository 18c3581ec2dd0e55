/** Where a command takes its world from: the running endpoint, or a file that `sallyport state` wrote. */

import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { type Remote, RemoteFailure } from '../app/remote.ts'
import { fetchWorld } from '../app/remote-world.ts'
import { BadState, worldFromState } from '../model/state.ts'
import type { World } from '../model/world.ts'
import { CommandFailure, isSystemError } from './command-failure.ts'

export interface EndpointOptions {
  readonly endpointUrl: string
  readonly region: string
}

export interface WorldOptions extends EndpointOptions {
  readonly state?: string
}

/** The environment variables are the aws CLI's own. */
export function addEndpointOptions(command: Command): Command {
  const { AWS_ENDPOINT_URL, AWS_REGION, AWS_DEFAULT_REGION } = process.env
  return command
    .option('--endpoint-url <url>', 'the running endpoint', AWS_ENDPOINT_URL ?? 'http://127.0.0.1:4510')
    .option('--region <region>', 'the region to look at', AWS_REGION ?? AWS_DEFAULT_REGION ?? 'us-east-1')
}

export function addWorldOptions(command: Command): Command {
  return addEndpointOptions(command).option('--state <file>', 'look at a saved state instead; - is standard input')
}

/** Throws CommandFailure. */
export async function loadWorld(options: WorldOptions): Promise<World> {
  if (options.state !== undefined) return savedWorld(options.state)
  return fromEndpoint(options, fetchWorld)
}

/** What the running endpoint answers; a command that it does not answer fails with exit code 2. */
export async function fromEndpoint<T>(options: EndpointOptions, call: (remote: Remote) => Promise<T>): Promise<T> {
  const { endpointUrl: url, region } = options
  const { AWS_ACCESS_KEY_ID: accessKeyId = 'test', AWS_SECRET_ACCESS_KEY: secret = 'test' } = process.env
  try {
    return await call({ url, region, accessKeyId, secret })
  } catch (thrown) {
    if (thrown instanceof RemoteFailure || thrown instanceof BadState) throw new CommandFailure(2, thrown.message)
    throw thrown
  }
}

function savedWorld(file: string): World {
  try {
    return worldFromState(JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8')))
  } catch (thrown) {
    if (thrown instanceof BadState || thrown instanceof SyntaxError || isSystemError(thrown)) {
      throw new CommandFailure(2, `${file}: ${thrown.message}`)
    }
    // Objects that are not what their kind says: a list that is none, a time that is none.
    if (thrown instanceof TypeError || thrown instanceof RangeError) {
      throw new CommandFailure(2, `${file}: This state is damaged: ${thrown.message}`)
    }
    throw thrown
  }
}
