/** Where a command takes its world from: the running endpoint, a file that `sallyport state` wrote, or lines of a world. */

import type { Command } from 'commander'
import { type Remote, RemoteFailure } from '../app/remote.ts'
import { fetchWorld } from '../app/remote-world.ts'
import { BadSource, readSource } from '../app/source.ts'
import { BrokenInvariant } from '../base/invariant.ts'
import { type Imported, whollyKnown } from '../import/imported.ts'
import { BadState } from '../model/state.ts'
import type { World } from '../model/world.ts'
import { UnknownServices } from '../reach/packet-set/service-name.ts'
import { UnknownPlace } from '../reach/place.ts'
import { CommandFailure, isSystemError } from './command-failure.ts'
import { parametersFrom } from './parameters.ts'

export interface EndpointOptions {
  readonly endpointUrl: string
  readonly region: string
  /** Of templates. */
  readonly parameters?: readonly string[]
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

/** For commands that read files as well. */
export function addSourceOptions(command: Command): Command {
  return addEndpointOptions(command).option(
    '--parameters <name=value...>',
    'parameters of a CloudFormation template, or a JSON file of them',
  )
}

export function addWorldOptions(command: Command): Command {
  return addSourceOptions(command).option(
    '--state <file>',
    'look at a saved state, a folder of describe output, a Terraform plan or state, a CloudFormation template, a ' +
      'cdk.out or world lines instead; - is standard input',
  )
}

/** Throws CommandFailure. */
export async function loadImported(options: WorldOptions): Promise<Imported> {
  if (options.state !== undefined) return importedFrom(options.state, options)
  return whollyKnown(await fromEndpoint(options, fetchWorld))
}

/** Throws CommandFailure. */
export async function loadWorld(options: WorldOptions): Promise<World> {
  return (await loadImported(options)).certain
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

/** Throws CommandFailure. */
export function importedFrom(file: string, { region, parameters }: EndpointOptions): Imported {
  const given = { region, parameters: parametersFrom(parameters ?? []) }
  return readFrom(file, (path) => readSource(path, given))
}

/** What a reader makes of a file. Throws CommandFailure. */
export function readFrom<T>(file: string, read: (file: string) => T): T {
  try {
    return read(file)
  } catch (thrown) {
    if (thrown instanceof BadSource || isSystemError(thrown)) throw new CommandFailure(2, `${file}: ${thrown.message}`)
    throw thrown
  }
}

/** What the world says; an end or a service that nobody knows, or a state that contradicts itself, is exit code 2. */
export function answeredFrom<T>(file: string | undefined, answer: () => T): T {
  try {
    return answer()
  } catch (thrown) {
    if (thrown instanceof UnknownPlace || thrown instanceof UnknownServices) throw new CommandFailure(2, thrown.message)
    // A saved state may have been edited by hand.
    if (file !== undefined && (thrown instanceof BrokenInvariant || thrown instanceof TypeError)) {
      throw new CommandFailure(2, `${file}: This state is damaged: ${thrown.message}`)
    }
    throw thrown
  }
}
