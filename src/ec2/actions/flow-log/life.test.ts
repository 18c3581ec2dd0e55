import { beforeEach, describe, expect, test } from 'vitest'
import { type Body, type Cloud, cloud, type WireParameters } from '../../../../test/cloud.ts'

const role = 'arn:aws:iam::123456789012:role/flow-logs'
const toBucket = { LogDestinationType: 's3', LogDestination: 'arn:aws:s3:::logs/vpc/' }
const toGroup = { LogGroupName: 'flows', DeliverLogsPermissionArn: role }

let aws: Cloud
let vpc: string
let subnet: string

beforeEach(async () => {
  aws = await cloud()
  vpc = (await aws.call('DescribeVpcs')).vpcSet.item[0].vpcId
  subnet = (await aws.call('DescribeSubnets')).subnetSet.item[0].subnetId
})

async function create(parameters: WireParameters = toBucket): Promise<Body> {
  return aws.call('CreateFlowLogs', { 'ResourceId.1': vpc, ResourceType: 'VPC', TrafficType: 'ALL', ...parameters })
}

async function described(parameters: WireParameters = {}): Promise<Body[]> {
  const { flowLogSet } = await aws.call('DescribeFlowLogs', parameters)
  return flowLogSet === '' ? [] : flowLogSet.item
}

function formatOf(...fields: readonly string[]): string {
  return fields.map((field) => `\${${field}}`).join(' ')
}

const defaultFormat = formatOf(
  ...['version', 'account-id', 'interface-id', 'srcaddr', 'dstaddr', 'srcport', 'dstport', 'protocol'],
  ...['packets', 'bytes', 'start', 'end', 'action', 'log-status'],
)

test('a flow log to a bucket is active with everything at its default', async () => {
  const made = await create()
  expect(made).toMatchObject({ clientToken: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/), unsuccessful: '' })
  expect(await described()).toEqual([
    {
      flowLogId: made.flowLogIdSet.item[0],
      flowLogStatus: 'ACTIVE',
      deliverLogsStatus: 'SUCCESS',
      resourceId: vpc,
      trafficType: 'ALL',
      logDestinationType: 's3',
      logDestination: 'arn:aws:s3:::logs/vpc/',
      logFormat: defaultFormat,
      maxAggregationInterval: '600',
      destinationOptions: { fileFormat: 'plain-text', hiveCompatiblePartitions: 'false', perHourPartition: 'false' },
      creationTime: '2026-11-22T10:00:00.000Z',
      tagSet: '',
    },
  ])
})

test('what was asked for comes back', async () => {
  await create({
    ...toBucket,
    LogFormat: formatOf('srcaddr', 'dstaddr', 'pkt-srcaddr'),
    MaxAggregationInterval: 60,
    DeliverCrossAccountRole: role,
    'DestinationOptions.FileFormat': 'parquet',
    'DestinationOptions.HiveCompatiblePartitions': true,
    'DestinationOptions.PerHourPartition': true,
    'TagSpecification.1.ResourceType': 'vpc-flow-log',
    'TagSpecification.1.Tag.1.Key': 'team',
    'TagSpecification.1.Tag.1.Value': 'net',
  })
  expect(await described()).toEqual([
    expect.objectContaining({
      logFormat: formatOf('srcaddr', 'dstaddr', 'pkt-srcaddr'),
      maxAggregationInterval: '60',
      deliverCrossAccountRole: role,
      destinationOptions: { fileFormat: 'parquet', hiveCompatiblePartitions: 'true', perHourPartition: 'true' },
      tagSet: { item: [{ key: 'team', value: 'net' }] },
    }),
  ])
})

test('a log group given by its name is shown by its name alone', async () => {
  await create(toGroup)
  const [log] = await described()
  expect(log).toMatchObject({
    logDestinationType: 'cloud-watch-logs',
    logGroupName: 'flows',
    deliverLogsPermissionArn: role,
  })
  expect(log).not.toHaveProperty('logDestination')
})

test('a log group given by its ARN is shown both ways', async () => {
  const arn = 'arn:aws:logs:us-east-1:123456789012:log-group:/vpc/flows'
  await create({ LogDestination: arn, DeliverLogsPermissionArn: role })
  expect(await described()).toEqual([expect.objectContaining({ logDestination: arn, logGroupName: '/vpc/flows' })])
})

test('each resource gets a flow log of its own, of the type that was named', async () => {
  const second = (await aws.call('DescribeSubnets')).subnetSet.item[1].subnetId
  const { flowLogIdSet } = await create({
    'ResourceId.1': subnet,
    'ResourceId.2': second,
    'ResourceId.3': subnet,
    ResourceType: 'Subnet',
    ...toBucket,
  })
  expect(flowLogIdSet.item).toHaveLength(2)
  expect((await described()).map(({ resourceId }) => resourceId).sort()).toEqual([subnet, second].sort())
})

test('an interface can be recorded, and a stream can be the destination', async () => {
  const { networkInterface } = await aws.call('CreateNetworkInterface', { SubnetId: subnet })
  const stream = 'arn:aws:firehose:us-east-1:123456789012:deliverystream/flows'
  await create({
    'ResourceId.1': networkInterface.networkInterfaceId,
    ResourceType: 'NetworkInterface',
    LogDestinationType: 'kinesis-data-firehose',
    LogDestination: stream,
  })
  expect(await described()).toEqual([expect.objectContaining({ logDestination: stream })])
})

test('the client token of the request is in the answer, and repeats it', async () => {
  const first = await create({ ...toBucket, ClientToken: 'one' })
  const again = await create({ ...toBucket, ClientToken: 'one' })
  expect(first.clientToken).toBe('one')
  expect(again.flowLogIdSet).toEqual(first.flowLogIdSet)
})

describe('what is wrong with one resource or the destination is no refusal', () => {
  test('a bucket that cannot be makes every resource unsuccessful', async () => {
    const made = await create({ LogDestinationType: 's3', LogDestination: 'arn:aws:s3:::No_Such_Bucket' })
    expect(made).toMatchObject({
      flowLogIdSet: '',
      unsuccessful: {
        item: [{ resourceId: vpc, error: { code: '400', message: 'LogDestination: No_Such_Bucket does not exist' } }],
      },
    })
    expect(await described()).toEqual([])
  })

  test.each([
    ['s3', 'logs'],
    ['cloud-watch-logs', 'arn:aws:s3:::logs'],
    ['kinesis-data-firehose', 'arn:aws:firehose:us-east-1:deliverystream'],
  ])('an ARN that is none of type %s', async (type, destination) => {
    const made = await create({
      LogDestinationType: type,
      LogDestination: destination,
      DeliverLogsPermissionArn: role,
    })
    const name = destination === 'arn:aws:s3:::logs' ? 'logs' : destination
    expect(made.unsuccessful.item[0].error.message).toBe(`LogDestination: ${name} does not exist`)
  })

  const unknown = [
    ['VPC', 'vpc-00000000', 'InvalidVpcId.NotFound'],
    ['Subnet', 'subnet-00000000', 'InvalidSubnetId.NotFound'],
    ['NetworkInterface', 'eni-00000000', 'InvalidNetworkInterfaceId.NotFound'],
  ] as const

  test.each(unknown)('an unknown %s', async (type, id, code) => {
    const made = await create({ ...toBucket, 'ResourceId.1': id, ResourceType: type })
    expect(made.unsuccessful.item).toEqual([{ resourceId: id, error: { code, message: `Unknown resource ${id}` } }])
  })

  test('the other resources get their flow logs', async () => {
    const made = await create({ ...toBucket, 'ResourceId.2': 'vpc-00000000' })
    expect([made.flowLogIdSet.item.length, made.unsuccessful.item.length]).toEqual([1, 1])
  })
})

test('a resource may have several flow logs as long as they differ', async () => {
  await create(toBucket)
  await create({ ...toBucket, TrafficType: 'REJECT' })
  await create({ ...toBucket, MaxAggregationInterval: 60 })
  await create(toGroup)
  expect(await described()).toHaveLength(4)
})

test('filters find a flow log by what it is', async () => {
  const bucket = await create({ ...toBucket, TrafficType: 'ACCEPT' })
  const group = await create({ ...toGroup, 'ResourceId.1': subnet, ResourceType: 'Subnet' })
  const bucketLog = bucket.flowLogIdSet.item[0]
  const groupLog = group.flowLogIdSet.item[0]
  await aws.call('CreateTags', { 'ResourceId.1': groupLog, 'Tag.1.Key': 'team', 'Tag.1.Value': 'net' })
  const rows: readonly [name: string, value: string, found: readonly string[]][] = [
    ['log-destination-type', 's3', [bucketLog]],
    ['log-group-name', 'flow*', [groupLog]],
    ['flow-log-id', groupLog, [groupLog]],
    ['resource-id', vpc, [bucketLog]],
    ['resource-id', 'subnet-*', [groupLog]],
    ['traffic-type', 'ACCEPT', [bucketLog]],
    ['deliver-log-status', 'FAILED', []],
    ['tag:team', 'net', [groupLog]],
    ['tag-key', 'team', [groupLog]],
  ]
  for (const [name, value, found] of rows) {
    const logs = await described({ 'Filter.1.Name': name, 'Filter.1.Value.1': value })
    expect([name, logs.map(({ flowLogId }) => flowLogId)]).toEqual([name, found])
  }
  expect(await described({ 'Filter.1.Name': 'deliver-log-status', 'Filter.1.Value.1': 'SUCCESS' })).toHaveLength(2)
})

test('pages go on where the last one ended', async () => {
  await create({ ...toBucket, TrafficType: 'ALL' })
  await create({ ...toBucket, TrafficType: 'REJECT' })
  const first = await aws.call('DescribeFlowLogs', { MaxResults: 1 })
  const second = await aws.call('DescribeFlowLogs', { MaxResults: 1, NextToken: first.nextToken })
  expect(second.flowLogSet.item).toHaveLength(1)
  expect(second).not.toHaveProperty('nextToken')
})

test('a deleted flow log is gone with its tags, and asking for it by id finds nothing', async () => {
  const { flowLogIdSet } = await create(toBucket)
  const [id] = flowLogIdSet.item
  await aws.call('CreateTags', { 'ResourceId.1': id, 'Tag.1.Key': 'a', 'Tag.1.Value': '' })
  expect(await described({ 'FlowLogId.1': id })).toHaveLength(1)
  expect(await aws.call('DeleteFlowLogs', { 'FlowLogId.1': id })).toMatchObject({ unsuccessful: '' })
  expect(await described({ 'FlowLogId.1': id })).toEqual([])
  expect(aws.world().tagSet.size).toBe(0)
})

test('a flow log goes with the interface or subnet it records', async () => {
  const { networkInterface } = await aws.call('CreateNetworkInterface', { SubnetId: subnet })
  const card: string = networkInterface.networkInterfaceId
  await create({ ...toBucket, 'ResourceId.1': card, ResourceType: 'NetworkInterface' })
  await create({ ...toBucket, 'ResourceId.1': subnet, ResourceType: 'Subnet' })
  await aws.call('DeleteNetworkInterface', { NetworkInterfaceId: card })
  expect((await described()).map(({ resourceId }) => resourceId)).toEqual([subnet])
  await aws.call('DeleteSubnet', { SubnetId: subnet })
  expect(await described()).toEqual([])
})
