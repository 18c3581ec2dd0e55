/**
 * CreateFlowLogs (spec 8.8): one flow log for each resource. What is wrong with a single resource or
 * with the destination makes an `unsuccessful` item and no refusal.
 */

import { type Milliseconds, seconds } from '../../../base/clock.ts'
import type { Entropy } from '../../../base/entropy.ts'
import { put } from '../../../model/change.ts'
import { defaultFlowLogFormat, type FlowLog, nameInDestination, trafficTypes } from '../../../model/flow-log.ts'
import { isIdOf, newId } from '../../../model/ids.ts'
import { type Rejection, reject, rejection } from '../../../model/rejection.ts'
import { linked, type World } from '../../../model/world.ts'
import type { Context, InputOf, Run } from '../../action.ts'
import { choice } from '../../input/choice.ts'
import { flowLogTarget } from '../../input/flow-log-target.ts'
import { required } from '../../input/lookup.ts'
import { tagged, tagsFor } from '../../input/tag-specification.ts'

type Input = InputOf<'CreateFlowLogs'>
type Configuration = Omit<FlowLog, 'id' | 'resource'>
type Resource = FlowLog['resource']

export const run: Run<'CreateFlowLogs'> = (input, context) => {
  const { world, entropy, quotas } = context
  const configuration = configurationFrom(input, context)
  const tags = tagsFor(input.TagSpecifications, 'vpc-flow-log', quotas)
  const resources = resourcesFrom(input)
  const faults = resources.map((resource) => faultOf(world, resource, configuration))
  const sound = resources.filter((_, index) => faults[index] === undefined)
  if (sound.some((resource) => isRecordedAlready(world, resource, configuration))) reject('FlowLogAlreadyExists')
  const logs = sound.map((resource): FlowLog => ({ id: newId(entropy, 'fl'), resource, ...configuration }))
  return {
    changes: logs.flatMap((log) => [put('flowLog', log), ...tagged(log.id, tags)]),
    output: {
      ClientToken: input.ClientToken || tokenFrom(entropy),
      FlowLogIds: logs.map(({ id }) => id),
      Unsuccessful: resources.flatMap((resource, index) => {
        const fault = faults[index]
        return fault ? [{ ResourceId: resource, Error: { Code: fault.code, Message: fault.message } }] : []
      }),
    },
  }
}

const mostResources = 1000

interface ResourceKind {
  readonly prefix: 'vpc' | 'subnet' | 'eni'
  readonly table: 'vpc' | 'subnet' | 'networkInterface'
  readonly malformed: 'VpcIdMalformed' | 'SubnetIdMalformed' | 'NetworkInterfaceIdMalformed'
  readonly unknown: 'FlowLogVpcUnknown' | 'FlowLogSubnetUnknown' | 'FlowLogInterfaceUnknown'
}

const resourceKinds = {
  VPC: { prefix: 'vpc', table: 'vpc', malformed: 'VpcIdMalformed', unknown: 'FlowLogVpcUnknown' },
  Subnet: { prefix: 'subnet', table: 'subnet', malformed: 'SubnetIdMalformed', unknown: 'FlowLogSubnetUnknown' },
  NetworkInterface: {
    prefix: 'eni',
    table: 'networkInterface',
    malformed: 'NetworkInterfaceIdMalformed',
    unknown: 'FlowLogInterfaceUnknown',
  },
} as const satisfies Readonly<Record<string, ResourceKind>>

const resourceTypes = Object.keys(resourceKinds) as (keyof typeof resourceKinds)[]

/** Each resource once. */
function resourcesFrom({ ResourceIds, ResourceType }: Input): Resource[] {
  const { prefix, malformed } =
    resourceKinds[required(choice(ResourceType, resourceTypes, 'resourceType'), 'resourceType')]
  if (ResourceIds.length > mostResources) {
    const reason = `Expecting at most ${mostResources} resources.`
    reject('InvalidParameterValue', { value: String(ResourceIds.length), name: 'resourceId', reason })
  }
  return [...new Set(ResourceIds)].map((id) => (isIdOf(prefix, id) ? id : reject(malformed, { id })))
}

function configurationFrom(input: Input, { now }: Context): Configuration {
  const { LogFormat, DestinationOptions = {}, DeliverCrossAccountRole: crossAccountRoleArn } = input
  return {
    trafficType: required(choice(input.TrafficType, trafficTypes, 'trafficType'), 'trafficType'),
    ...flowLogTarget(input),
    ...(crossAccountRoleArn ? { crossAccountRoleArn } : {}),
    format: LogFormat === undefined ? defaultFlowLogFormat : formatFrom(LogFormat),
    maxAggregation: intervalFrom(input.MaxAggregationInterval ?? 600),
    destinationOptions: {
      fileFormat: choice(DestinationOptions.FileFormat, ['plain-text', 'parquet'], 'fileFormat') ?? 'plain-text',
      hiveCompatiblePartitions: DestinationOptions.HiveCompatiblePartitions ?? false,
      perHourPartition: DestinationOptions.PerHourPartition ?? false,
    },
    createdAt: now,
  }
}

function intervalFrom(given: number): Milliseconds {
  return given === 60 || given === 600 ? seconds(given) : reject('FlowLogIntervalInvalid')
}

/** `${field}`s with single blanks between them: AWS refuses a blank at the end, too. */
function formatFrom(text: string): string {
  const isFormat = text.split(' ').every((word) => /^\$\{[a-z0-9-]+\}$/.test(word))
  return isFormat ? text : reject('FlowLogFormatInvalid', { format: text })
}

function faultOf(world: World, resource: Resource, configuration: Configuration): Rejection | undefined {
  const kind = Object.values(resourceKinds).find(({ prefix }) => isIdOf(prefix, resource))
  if (kind && !world[kind.table].has(resource)) return rejection(kind.unknown, { id: resource })
  const { destinationType, destination } = configuration
  if (destination === undefined || nameInDestination(destinationType, destination)) return undefined
  return rejection('FlowLogDestinationMissing', { destination: destination.split(':::')[1] ?? destination })
}

const identity = ['trafficType', 'destinationType', 'destination', 'logGroup', 'format', 'maxAggregation'] as const

function isRecordedAlready(world: World, resource: Resource, configuration: Configuration): boolean {
  return linked(world, 'flow logs of resource', resource).some((id) => {
    const existing = world.flowLog.get(id)
    return existing !== undefined && identity.every((each) => existing[each] === configuration[each])
  })
}

/** AWS makes up the token that the caller left out: 32 bytes in base64. */
function tokenFrom(entropy: Entropy): string {
  return Buffer.from(entropy.hex(64), 'hex').toString('base64')
}
