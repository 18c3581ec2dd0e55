/**
 * `aws ec2 wait …`: asks until a state is reached. Nothing here takes time but what the service says, so the
 * question is asked as often as the CLI would, without the pauses.
 */

import type { ActionName } from '../ec2/protocol/types.generated.ts'
import { CliError, generalError, validationError } from './cli-error.ts'
import { operationHelp } from './help.ts'
import type { GivenOptions, Input } from './input/given-options.ts'
import { inputOf } from './input/input.ts'
import { type Operation, operationOf } from './input/operation.ts'
import { invalidChoice } from './parse/command-line.ts'
import type { Answer } from './print/answer.ts'
import { parseQuery } from './print/query.ts'

interface Waiter {
  /** As the CLI names it in messages. */
  readonly title: string
  readonly action: ActionName
  /** What to look at, and what all of it must be; without it, an answer is enough. */
  readonly all?: readonly [query: string, expected: string]
  /** The states that end the waiting in failure. */
  readonly never?: readonly string[]
  /** The refusal that means that the thing is not there yet, or for a deletion, that it is done. */
  readonly retried?: string
  readonly done?: string
}

const instanceStates = 'Reservations[].Instances[].State.Name'
const waiters: Readonly<Record<string, Waiter>> = {
  'instance-exists': { title: 'InstanceExists', action: 'DescribeInstances', retried: 'InvalidInstanceID.NotFound' },
  'instance-running': {
    title: 'InstanceRunning',
    action: 'DescribeInstances',
    all: [instanceStates, 'running'],
    never: ['shutting-down', 'terminated', 'stopping'],
    retried: 'InvalidInstanceID.NotFound',
  },
  'instance-stopped': {
    title: 'InstanceStopped',
    action: 'DescribeInstances',
    all: [instanceStates, 'stopped'],
    never: ['pending', 'terminated'],
  },
  'instance-terminated': {
    title: 'InstanceTerminated',
    action: 'DescribeInstances',
    all: [instanceStates, 'terminated'],
    never: ['pending', 'stopping'],
  },
  'network-interface-available': {
    title: 'NetworkInterfaceAvailable',
    action: 'DescribeNetworkInterfaces',
    all: ['NetworkInterfaces[].Status', 'available'],
  },
  'security-group-exists': {
    title: 'SecurityGroupExists',
    action: 'DescribeSecurityGroups',
    retried: 'InvalidGroup.NotFound',
  },
  'subnet-available': { title: 'SubnetAvailable', action: 'DescribeSubnets', all: ['Subnets[].State', 'available'] },
  'vpc-available': { title: 'VpcAvailable', action: 'DescribeVpcs', all: ['Vpcs[].State', 'available'] },
  'vpc-exists': { title: 'VpcExists', action: 'DescribeVpcs', retried: 'InvalidVpcID.NotFound' },
  'vpc-peering-connection-exists': {
    title: 'VpcPeeringConnectionExists',
    action: 'DescribeVpcPeeringConnections',
    retried: 'InvalidVpcPeeringConnectionID.NotFound',
  },
  'vpc-peering-connection-deleted': {
    title: 'VpcPeeringConnectionDeleted',
    action: 'DescribeVpcPeeringConnections',
    all: ['VpcPeeringConnections[].Status.Code', 'deleted'],
    done: 'InvalidVpcPeeringConnectionID.NotFound',
  },
}

const mostAttempts = 40

export interface WaitParts {
  readonly givenOptions: (operation: Operation, words: readonly string[]) => GivenOptions | 'help'
  readonly call: (action: ActionName, input: Input) => Promise<Answer>
}

/** Throws CliError. Prints nothing but help. */
export async function waitFor(words: readonly string[], { givenOptions, call }: WaitParts): Promise<string> {
  const [name, ...rest] = words
  if (name === undefined)
    throw validationError('usage: aws [options] ec2 wait <subcommand> [parameters]\naws: error: too few arguments')
  const waiter = Object.hasOwn(waiters, name) ? waiters[name] : undefined
  if (!waiter) throw invalidChoice('subcommand', name, Object.keys(waiters))
  const operation = operationOf(waiter.action)
  const given = givenOptions(operation, rest)
  if (given === 'help') return operationHelp(operation)
  const input = inputOf(waiter.action, given)
  for (let attempt = 0; attempt < mostAttempts; attempt++) if (await isReached(waiter, input, call)) return ''
  throw generalError(`Waiter ${waiter.title} failed: Max attempts exceeded`)
}

async function isReached(waiter: Waiter, input: Input, call: WaitParts['call']): Promise<boolean> {
  const { title, action, all, never = [] } = waiter
  let answer: Answer
  try {
    answer = await call(action, input)
  } catch (cause) {
    if (!(cause instanceof CliError) || cause.exitCode !== 254) throw cause
    return afterRefusal(waiter, cause)
  }
  if (!all) return true
  const [query, expected] = all
  const states = parseQuery(query)(answer) as readonly unknown[]
  const fatal = states.find((state) => never.includes(String(state)))
  if (fatal !== undefined) {
    throw generalError(
      `Waiter ${title} failed: Waiter encountered a terminal failure state: For expression "${query}" ` +
        `we matched expected path: "${String(fatal)}" at least once`,
    )
  }
  return states.length > 0 && states.every((state) => state === expected)
}

function afterRefusal({ title, retried, done }: Waiter, cause: CliError): boolean {
  const code = /\(([^)]*)\)/.exec(cause.message)?.[1]
  if (code === done && done !== undefined) return true
  if (code === retried && retried !== undefined) return false
  const message = cause.message.replace(/ when calling the \S+ operation/, '')
  throw generalError(`Waiter ${title} failed: ${message}`)
}
