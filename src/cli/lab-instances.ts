/** How the commands about running instances ask the endpoint for them, and find the one that is meant. */

import type { LogPart } from '../app/lab/instance-logs.ts'
import type { InstanceReport, LabReport } from '../app/lab/lab-paths.ts'
import { ask } from '../app/remote.ts'
import { CommandFailure } from './command-failure.ts'
import { type EndpointOptions, fromEndpoint } from './world-options.ts'

export async function fetchLab(options: EndpointOptions): Promise<LabReport> {
  return (await fromEndpoint(options, (remote) =>
    ask(remote, { method: 'GET', target: '/_sallyport/instances' }),
  )) as LabReport
}

export async function fetchLog(options: EndpointOptions, instance: string, from: number): Promise<LogPart> {
  const target = `/_sallyport/instances/log?instance=${encodeURIComponent(instance)}&from=${from}`
  return (await fromEndpoint(options, (remote) => ask(remote, { method: 'GET', target }))) as LogPart
}

/** By id or Name tag; a name that a terminated instance had as well means the other one. Throws CommandFailure. */
export function instanceNamed({ instances }: LabReport, given: string): InstanceReport {
  const found = instances.filter(({ id, name }) => id === given || name === given)
  const alive = found.filter(({ state }) => state !== 'terminated')
  const [one, other] = alive.length > 0 ? alive : found
  if (!one) throw new CommandFailure(2, `There is no instance '${given}': sallyport ps lists what there is.`)
  if (other) throw new CommandFailure(2, `'${given}' is the name of ${one.id} and of ${other.id}: give an id.`)
  return one
}
