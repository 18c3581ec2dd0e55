import { beforeEach, describe, expect, test } from 'vitest'
import { type Body, type Cloud, cloud, type WireParameters } from '../../../../test/cloud.ts'
import { filters } from '../../../../test/groups.ts'
import { launched } from '../../../../test/instances.ts'

let aws: Cloud
let web: string
let db: string

beforeEach(async () => {
  aws = await cloud()
  web = await launched(aws)
  db = await launched(aws)
})

async function create(parameters: WireParameters = {}): Promise<Body> {
  const made = await aws.call('CreateNetworkInsightsPath', {
    Source: web,
    Destination: db,
    Protocol: 'tcp',
    ...parameters,
  })
  return made.networkInsightsPath
}

async function described(parameters: WireParameters = {}): Promise<Body[]> {
  const { networkInsightsPathSet: found } = await aws.call('DescribeNetworkInsightsPaths', parameters)
  return found === '' ? [] : found.item
}

const arn = (type: string, id: string) => `arn:aws:ec2:us-east-1:123456789012:${type}/${id}`

test('a path shows what it asks about, and the describe call the same', async () => {
  const path = await create({
    DestinationPort: 5432,
    'TagSpecification.1.ResourceType': 'network-insights-path',
    'TagSpecification.1.Tag.1.Key': 'Name',
    'TagSpecification.1.Tag.1.Value': 'web to db',
  })
  expect(path).toEqual({
    networkInsightsPathId: expect.stringMatching(/^nip-[0-9a-f]{17}$/),
    networkInsightsPathArn: arn('network-insights-path', path.networkInsightsPathId),
    createdDate: '2026-11-22T10:00:00.000Z',
    source: web,
    destination: db,
    sourceArn: arn('instance', web),
    destinationArn: arn('instance', db),
    protocol: 'tcp',
    destinationPort: '5432',
    tagSet: { item: [{ key: 'Name', value: 'web to db' }] },
  })
  expect(await described()).toEqual([path])
  expect(await described({ 'NetworkInsightsPathId.1': path.networkInsightsPathId })).toEqual([path])
})

test('both filters come back as they were given; one end of a range is that port', async () => {
  const { filterAtSource, filterAtDestination } = await create({
    'FilterAtSource.SourceAddress': '172.31.0.10',
    'FilterAtSource.SourcePortRange.FromPort': 1024,
    'FilterAtSource.SourcePortRange.ToPort': 2048,
    'FilterAtDestination.DestinationAddress': '172.31.0.20',
    'FilterAtDestination.DestinationPortRange.FromPort': 443,
  })
  expect(filterAtSource).toEqual({
    sourceAddress: '172.31.0.10',
    sourcePortRange: { fromPort: '1024', toPort: '2048' },
  })
  expect(filterAtDestination).toEqual({
    destinationAddress: '172.31.0.20',
    destinationPortRange: { fromPort: '443', toPort: '443' },
  })
})

describe('the ends', () => {
  test('may be given by their ARN, and are shown by their id', async () => {
    const path = await create({ Source: arn('instance', web), Destination: arn('instance', db) })
    expect([path.source, path.destination, path.sourceArn]).toEqual([web, db, arn('instance', web)])
  })

  test('may be an interface, a gateway and an address', async () => {
    const { networkInterfaceSet } = await aws.call('DescribeNetworkInterfaces')
    const { internetGatewaySet } = await aws.call('DescribeInternetGateways')
    const card: string = networkInterfaceSet.item[0].networkInterfaceId
    const gateway: string = internetGatewaySet.item[0].internetGatewayId
    expect(await create({ Source: gateway, Destination: card })).toMatchObject({
      sourceArn: arn('internet-gateway', gateway),
      destinationArn: arn('network-interface', card),
    })
    const path = await create({ Destination: '', DestinationIp: '192.0.2.7', SourceIp: '172.31.0.4' })
    expect(path).toMatchObject({ sourceIp: '172.31.0.4', destinationIp: '192.0.2.7' })
    expect(path).not.toHaveProperty('destination')
  })
})

test('the protocol may be spelled in capitals', async () => {
  expect((await create({ Protocol: 'UDP' })).protocol).toBe('udp')
})

test('the client token repeats the answer, and no token means two paths', async () => {
  const first = await create({ ClientToken: 'one' })
  expect(await create({ ClientToken: 'one' })).toEqual(first)
  await create()
  expect(await described()).toHaveLength(2)
  const other = { Source: web, Destination: db, Protocol: 'udp', ClientToken: 'one' }
  expect((await aws.refusal('CreateNetworkInsightsPath', other)).code).toBe('IdempotentParameterMismatch')
})

test('filters find a path by what it asks about', async () => {
  const plain = (await create()).networkInsightsPathId
  const narrow = await create({
    Source: db,
    Destination: web,
    Protocol: 'udp',
    'FilterAtSource.SourceAddress': '172.31.0.10',
    'FilterAtSource.DestinationPortRange.FromPort': 53,
    'FilterAtDestination.SourcePortRange.FromPort': 1024,
    'FilterAtDestination.SourcePortRange.ToPort': 2048,
    'FilterAtDestination.DestinationAddress': '172.31.0.20',
  })
  const id = narrow.networkInsightsPathId
  await aws.call('CreateTags', { 'ResourceId.1': id, 'Tag.1.Key': 'team', 'Tag.1.Value': 'net' })
  const rows: readonly [name: string, value: string, found: readonly string[]][] = [
    ['source', web, [plain]],
    ['destination', web, [id]],
    ['protocol', 'ud?', [id]],
    ['filter-at-source.source-address', '172.31.0.*', [id]],
    ['filter-at-source.destination-port-range', '53', [id]],
    ['filter-at-source.source-port-range', '*', []],
    ['filter-at-destination.source-port-range', '1024-2048', [id]],
    ['filter-at-destination.destination-address', '172.31.0.20', [id]],
    ['tag:team', 'net', [id]],
    ['tag-key', 'team', [id]],
  ]
  for (const [name, value, found] of rows) {
    const paths = await described(filters([name, value]))
    expect([name, paths.map(({ networkInsightsPathId }) => networkInsightsPathId)]).toEqual([name, found])
  }
})

test('pages go on where the last one ended', async () => {
  await create()
  await create()
  const first = await aws.call('DescribeNetworkInsightsPaths', { MaxResults: 1 })
  const second = await aws.call('DescribeNetworkInsightsPaths', { MaxResults: 1, NextToken: first.nextToken })
  expect(second.networkInsightsPathSet.item).toHaveLength(1)
  expect(second).not.toHaveProperty('nextToken')
})

test('a deleted path is gone with its tags', async () => {
  const { networkInsightsPathId: id } = await create()
  await aws.call('CreateTags', { 'ResourceId.1': id, 'Tag.1.Key': 'a', 'Tag.1.Value': '' })
  expect(await aws.call('DeleteNetworkInsightsPath', { NetworkInsightsPathId: id })).toMatchObject({
    networkInsightsPathId: id,
  })
  expect(await described()).toEqual([])
  expect(aws.world().tagSet.size).toBe(0)
})
