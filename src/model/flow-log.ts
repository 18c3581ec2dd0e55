/** The definition of a VPC flow log (spec 8.8): which resource is recorded, how, and to where. */

import type { Instant, Milliseconds } from '../base/clock.ts'
import type { FlowLogId, NetworkInterfaceId, SubnetId, VpcId } from './ids.ts'

export const trafficTypes = ['ACCEPT', 'REJECT', 'ALL'] as const
export const destinationTypes = ['cloud-watch-logs', 's3', 'kinesis-data-firehose'] as const

const defaultFields = [
  ...['version', 'account-id', 'interface-id', 'srcaddr', 'dstaddr', 'srcport', 'dstport', 'protocol'],
  ...['packets', 'bytes', 'start', 'end', 'action', 'log-status'],
]

/** What a record holds unless the request says otherwise, in this order. */
export const defaultFlowLogFormat = defaultFields.map((field) => `\${${field}}`).join(' ')

export interface FlowLog {
  readonly id: FlowLogId
  readonly resource: VpcId | SubnetId | NetworkInterfaceId
  readonly trafficType: (typeof trafficTypes)[number]
  readonly destinationType: (typeof destinationTypes)[number]
  /** An ARN; absent where the log group was given by its name. */
  readonly destination?: string
  readonly logGroup?: string
  readonly permissionArn?: string
  readonly crossAccountRoleArn?: string
  readonly format: string
  readonly maxAggregation: Milliseconds
  readonly destinationOptions: {
    readonly fileFormat: string
    readonly hiveCompatiblePartitions: boolean
    readonly perHourPartition: boolean
  }
  readonly createdAt: Instant
}

const arnShapes: Readonly<Record<FlowLog['destinationType'], RegExp>> = {
  'cloud-watch-logs': /^arn:[a-z-]+:logs:[a-z0-9-]+:\d{12}:log-group:(?<name>[^:*]+)(?::\*)?$/,
  s3: /^arn:[a-z-]+:s3:::(?<name>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/.*)?$/,
  'kinesis-data-firehose': /^arn:[a-z-]+:firehose:[a-z0-9-]+:\d{12}:deliverystream[:/](?<name>[\w.-]{1,64})$/,
}

/**
 * The log group, bucket or stream that a destination's ARN names; undefined for text that is no such
 * ARN. None of them is kept here: one that can be named is taken to exist.
 */
export function nameInDestination(type: FlowLog['destinationType'], destination: string): string | undefined {
  return arnShapes[type].exec(destination)?.groups?.['name']
}

/** The log group's name, whether it was given by name or by ARN. */
export function logGroupOf({ logGroup, destinationType, destination }: FlowLog): string | undefined {
  if (logGroup !== undefined || destinationType !== 'cloud-watch-logs') return logGroup
  return destination && nameInDestination(destinationType, destination)
}
