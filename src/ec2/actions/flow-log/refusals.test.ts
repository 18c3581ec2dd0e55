import { expect, test } from 'vitest'
import { cloud, type WireParameters } from '../../../../test/cloud.ts'

type Row = readonly [what: string, parameters: WireParameters, code: string, message: string]

const srcaddr = ['$', '{srcaddr}'].join('')
const bucket = 'arn:aws:s3:::logs'

const creating: readonly Row[] = [
  [
    'a log group and a destination',
    { LogDestinationType: 's3', LogGroupName: 'flows', LogDestination: bucket },
    'InvalidParameter',
    'Please only provide LogGroupName or only provide LogDestination.',
  ],
  [
    'neither a log group nor a destination',
    { LogDestinationType: 's3' },
    'InvalidParameter',
    "LogDestination can't be empty if LogGroupName is not provided.",
  ],
  [
    'a log group of type s3',
    { LogDestinationType: 's3', LogGroupName: 'flows' },
    'InvalidParameter',
    'LogDestination type must be cloud-watch-logs if LogGroupName is provided.',
  ],
  [
    'a log group without a role',
    { LogGroupName: 'flows' },
    'InvalidParameter',
    "DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs.",
  ],
  [
    'an interval that is neither 60 nor 600',
    { LogDestinationType: 's3', LogDestination: bucket, MaxAggregationInterval: 300 },
    'InvalidParameter',
    'Invalid Flow Log Max Aggregation Interval',
  ],
  [
    'a format with a blank at its end',
    { LogDestinationType: 's3', LogDestination: bucket, LogFormat: `${srcaddr} ` },
    'InvalidParameter',
    `1 validation error detected: Value '${srcaddr} ' at 'logFormat' has an invalid format`,
  ],
  [
    'a format without a field',
    { LogDestinationType: 's3', LogDestination: bucket, LogFormat: '' },
    'InvalidParameter',
    "1 validation error detected: Value '' at 'logFormat' has an invalid format",
  ],
  [
    'an unknown destination type',
    { LogDestinationType: 'S3', LogDestination: bucket },
    'InvalidParameterValue',
    'Value (S3) for parameter logDestinationType is invalid. Valid values: cloud-watch-logs, s3, kinesis-data-firehose.',
  ],
  [
    'an unknown file format',
    { LogDestinationType: 's3', LogDestination: bucket, 'DestinationOptions.FileFormat': 'csv' },
    'InvalidParameterValue',
    'Value (csv) for parameter fileFormat is invalid. Valid values: plain-text, parquet.',
  ],
  [
    'an unknown traffic type',
    { LogDestinationType: 's3', LogDestination: bucket, TrafficType: 'SOME' },
    'InvalidParameterValue',
    'Value (SOME) for parameter trafficType is invalid. Valid values: ACCEPT, REJECT, ALL.',
  ],
  [
    'no traffic type',
    { LogDestinationType: 's3', LogDestination: bucket, TrafficType: '' },
    'MissingParameter',
    'The request must contain the parameter trafficType',
  ],
  [
    'a resource type that there is none of',
    { LogDestinationType: 's3', LogDestination: bucket, ResourceType: 'TransitGateway' },
    'InvalidParameterValue',
    'Value (TransitGateway) for parameter resourceType is invalid. Valid values: VPC, Subnet, NetworkInterface.',
  ],
  [
    'an id of another type',
    { LogDestinationType: 's3', LogDestination: bucket, 'ResourceId.1': 'subnet-12345678' },
    'InvalidVpcId.Malformed',
    'Invalid id: "subnet-12345678" (expecting "vpc-...")',
  ],
  [
    'more than a thousand resources',
    {
      LogDestinationType: 's3',
      LogDestination: bucket,
      ...Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`ResourceId.${index + 1}`, 'vpc-00000000'])),
    },
    'InvalidParameterValue',
    'Value (1001) for parameter resourceId is invalid. Expecting at most 1000 resources.',
  ],
  [
    'tags of another type',
    {
      LogDestinationType: 's3',
      LogDestination: bucket,
      'TagSpecification.1.ResourceType': 'vpc',
      'TagSpecification.1.Tag.1.Key': 'a',
      'TagSpecification.1.Tag.1.Value': 'b',
    },
    'InvalidParameter',
    "'vpc' is not a valid taggable resource type for this operation.",
  ],
]

test.each(creating)('CreateFlowLogs refuses %s', async (_what, parameters, code, message) => {
  const aws = await cloud()
  const { vpcSet } = await aws.call('DescribeVpcs')
  const given = { 'ResourceId.1': vpcSet.item[0].vpcId, ResourceType: 'VPC', TrafficType: 'ALL', ...parameters }
  expect(await aws.refusal('CreateFlowLogs', given)).toEqual({ status: 400, code, message })
})

test('the same configuration again is refused, for all resources of the call', async () => {
  const aws = await cloud()
  const { subnetSet } = await aws.call('DescribeSubnets')
  const [one, other] = subnetSet.item
  const given = { ResourceType: 'Subnet', TrafficType: 'ALL', LogDestinationType: 's3', LogDestination: bucket }
  await aws.call('CreateFlowLogs', { 'ResourceId.1': one.subnetId, ...given })
  const both = { 'ResourceId.1': other.subnetId, 'ResourceId.2': one.subnetId, ...given }
  expect(await aws.refusal('CreateFlowLogs', both)).toEqual({
    status: 400,
    code: 'FlowLogAlreadyExists',
    message: 'Error. There is an existing Flow Log with the same configuration and log destination.',
  })
})

const deleting: readonly Row[] = [
  [
    'an unknown flow log',
    { 'FlowLogId.1': 'fl-1a2b3c4d' },
    'InvalidFlowLogId.NotFound',
    'These flow log ids in the input list are not found: [TotalCount: 1] fl-1a2b3c4d',
  ],
  [
    'several unknown flow logs',
    { 'FlowLogId.1': 'fl-1a2b3c4d', 'FlowLogId.2': 'fl-2b3c4d5e' },
    'InvalidFlowLogId.NotFound',
    'These flow log ids in the input list are not found: [TotalCount: 2] fl-1a2b3c4d fl-2b3c4d5e',
  ],
  [
    'a malformed id',
    { 'FlowLogId.1': 'foobar' },
    'InvalidFlowLogId.Malformed',
    'Invalid id: "foobar" (expecting "fl-...")',
  ],
  ['no id', {}, 'MissingParameter', 'The request must contain the parameter flowLogId'],
]

test.each(deleting)('DeleteFlowLogs refuses %s', async (_what, parameters, code, message) => {
  const aws = await cloud()
  expect(await aws.refusal('DeleteFlowLogs', parameters)).toEqual({ status: 400, code, message })
})

const describing: readonly Row[] = [
  [
    'a malformed id',
    { 'FlowLogId.1': 'foobar' },
    'InvalidFlowLogId.Malformed',
    'Invalid id: "foobar" (expecting "fl-...")',
  ],
  [
    'an unknown filter',
    { 'Filter.1.Name': 'format', 'Filter.1.Value.1': 'x' },
    'InvalidParameterValue',
    "The filter 'format' is invalid",
  ],
]

test.each(describing)('DescribeFlowLogs refuses %s', async (_what, parameters, code, message) => {
  const aws = await cloud()
  expect(await aws.refusal('DescribeFlowLogs', parameters)).toEqual({ status: 400, code, message })
})
