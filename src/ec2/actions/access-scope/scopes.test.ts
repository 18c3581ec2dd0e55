import { beforeEach, describe, expect, test } from 'vitest'
import { type Body, type Cloud, cloud, type WireParameters } from '../../../../test/cloud.ts'
import { authorize, createGroup, filters } from '../../../../test/groups.ts'
import { launched } from '../../../../test/instances.ts'
import { seconds } from '../../../base/clock.ts'

let aws: Cloud
let webGroup: string
let dbGroup: string
let web: string
let db: string
let gateway: string

beforeEach(async () => {
  aws = await cloud()
  webGroup = await createGroup(aws, 'web')
  dbGroup = await createGroup(aws, 'db')
  await authorize(aws, webGroup, ['tcp 443', '0.0.0.0/0'], ['tcp 22', '198.51.100.0/24'])
  await authorize(aws, dbGroup, ['tcp 5432', webGroup])
  web = await launched(aws, { 'SecurityGroupId.1': webGroup })
  db = await launched(aws, { 'SecurityGroupId.1': dbGroup })
  gateway = (await aws.call('DescribeInternetGateways')).internetGatewaySet.item[0].internetGatewayId
})

const inward = {
  'MatchPath.1.Source.ResourceStatement.ResourceType.1': 'AWS::EC2::InternetGateway',
  'MatchPath.1.Destination.ResourceStatement.ResourceType.1': 'AWS::EC2::NetworkInterface',
}

async function create(parameters: WireParameters = inward): Promise<Body> {
  return aws.call('CreateNetworkInsightsAccessScope', parameters)
}

async function start(parameters: WireParameters = inward): Promise<Body> {
  const scope = (await create(parameters)).networkInsightsAccessScope.networkInsightsAccessScopeId
  const asked = { NetworkInsightsAccessScopeId: scope }
  return (await aws.call('StartNetworkInsightsAccessScopeAnalysis', asked)).networkInsightsAccessScopeAnalysis
}

async function analyses(parameters: WireParameters = {}): Promise<Body[]> {
  const answer = await aws.call('DescribeNetworkInsightsAccessScopeAnalyses', parameters)
  const found = answer.networkInsightsAccessScopeAnalysisSet
  return found === '' ? [] : found.item
}

/** The findings of a scope: whether there are any, and what they go from and to. */
async function found(parameters: WireParameters): Promise<[string, ...string[]]> {
  const { networkInsightsAccessScopeAnalysisId: id } = await start(parameters)
  const [analysis] = await analyses({ 'NetworkInsightsAccessScopeAnalysisId.1': id })
  const answer = await aws.call('GetNetworkInsightsAccessScopeAnalysisFindings', {
    NetworkInsightsAccessScopeAnalysisId: id,
  })
  const findings: Body[] = answer.analysisFindingSet === '' ? [] : answer.analysisFindingSet.item
  const named: Record<string, string> = { [web]: 'web', [db]: 'db', [gateway]: 'igw' }
  const ends = findings.map(({ findingComponentSet: { item } }) => {
    const [first, last] = [item[0], item.at(-1)].map(({ component }) => named[component.id])
    return `${first} > ${last}`
  })
  return [analysis.findingsFound, ...ends.sort()]
}

const arn = (type: string, id: string) => `arn:aws:ec2:us-east-1:123456789012:${type}/${id}`

/** A statement of every kind, but for the groups, which each test makes anew. */
const full = {
  ...inward,
  'MatchPath.1.Source.PacketHeaderStatement.SourceAddress.1': '198.51.100.0/24',
  'MatchPath.1.Source.PacketHeaderStatement.DestinationPort.1': '22',
  'MatchPath.1.Source.PacketHeaderStatement.DestinationPort.2': '8000-8080',
  'MatchPath.1.Source.PacketHeaderStatement.SourcePort.1': '1024-65535',
  'MatchPath.1.Source.PacketHeaderStatement.Protocol.1': 'tcp',
  'MatchPath.1.Destination.PacketHeaderStatement.DestinationAddress.1': '172.31.0.0/16',
  'MatchPath.1.Destination.PacketHeaderStatement.SourcePrefixList.1': 'pl-63a5400a',
  'MatchPath.1.Destination.PacketHeaderStatement.DestinationPrefixList.1': 'pl-63a5400a',
  'TagSpecification.1.ResourceType': 'network-insights-access-scope',
  'TagSpecification.1.Tag.1.Key': 'team',
  'TagSpecification.1.Tag.1.Value': 'net',
}

test('a scope comes back with its content as it was given', async () => {
  const answer = await create({
    ...full,
    'MatchPath.1.ThroughResource.1.ResourceStatement.Resource.1': arn('security-group', webGroup),
    'ExcludePath.1.Destination.ResourceStatement.Resource.1': web,
  })
  const scope = answer.networkInsightsAccessScope
  const id: string = scope.networkInsightsAccessScopeId
  expect(scope).toEqual({
    networkInsightsAccessScopeId: expect.stringMatching(/^nis-[0-9a-f]{17}$/),
    networkInsightsAccessScopeArn: arn('network-insights-access-scope', id),
    createdDate: '2026-11-22T10:00:00.000Z',
    updatedDate: '2026-11-22T10:00:00.000Z',
    tagSet: { item: [{ key: 'team', value: 'net' }] },
  })
  const content = answer.networkInsightsAccessScopeContent
  expect(content).toEqual({
    networkInsightsAccessScopeId: id,
    matchPathSet: {
      item: [
        {
          source: {
            packetHeaderStatement: {
              sourceAddressSet: { item: ['198.51.100.0/24'] },
              sourcePortSet: { item: ['1024-65535'] },
              destinationPortSet: { item: ['22', '8000-8080'] },
              protocolSet: { item: ['tcp'] },
            },
            resourceStatement: { resourceTypeSet: { item: ['AWS::EC2::InternetGateway'] } },
          },
          destination: {
            packetHeaderStatement: {
              destinationAddressSet: { item: ['172.31.0.0/16'] },
              sourcePrefixListSet: { item: ['pl-63a5400a'] },
              destinationPrefixListSet: { item: ['pl-63a5400a'] },
            },
            resourceStatement: { resourceTypeSet: { item: ['AWS::EC2::NetworkInterface'] } },
          },
          throughResourceSet: { item: [{ resourceStatement: { resourceSet: { item: [webGroup] } } }] },
        },
      ],
    },
    excludePathSet: { item: [{ destination: { resourceStatement: { resourceSet: { item: [web] } } } }] },
  })
  const asked = { NetworkInsightsAccessScopeId: id }
  expect(await aws.call('GetNetworkInsightsAccessScopeContent', asked)).toMatchObject({
    networkInsightsAccessScopeContent: content,
  })
  const listed = await aws.call('DescribeNetworkInsightsAccessScopes', filters(['tag:team', 'net']))
  expect(listed.networkInsightsAccessScopeSet.item).toEqual([scope])
})

test('an analysis runs when it is started, and has counted interfaces when it is asked for', async () => {
  const started = await start()
  expect(started).toMatchObject({
    networkInsightsAccessScopeAnalysisId: expect.stringMatching(/^nisa-[0-9a-f]{17}$/),
    status: 'running',
    startDate: '2026-11-22T10:00:00.000Z',
  })
  expect(await analyses()).toMatchObject([
    {
      ...started,
      status: 'succeeded',
      endDate: '2026-11-22T10:00:00.000Z',
      findingsFound: 'true',
      analyzedEniCount: '2',
    },
  ])
})

describe('findings are what gets', () => {
  const rows: readonly [what: string, parameters: () => WireParameters, found: readonly string[]][] = [
    ['in from the internet', () => inward, ['true', 'igw > web']],
    ['out to the internet', () => flipped(inward), ['true', 'db > igw', 'web > igw']],
    [
      'to one instance, by its group',
      () => ({ 'MatchPath.1.Destination.ResourceStatement.Resource.1': dbGroup }),
      ['true', 'web > db'],
    ],
    [
      'in on a port that only some addresses may use',
      () => ({ ...inward, 'MatchPath.1.Source.PacketHeaderStatement.DestinationPort.1': '22' }),
      ['true', 'igw > web'],
    ],
    [
      'in on that port from others',
      () => ({
        ...inward,
        'MatchPath.1.Source.PacketHeaderStatement.DestinationPort.1': '22',
        'MatchPath.1.Source.PacketHeaderStatement.SourceAddress.1': '192.0.2.0/24',
      }),
      ['false'],
    ],
    [
      'in, but for what is meant',
      () => ({
        ...inward,
        'ExcludePath.1.Source.PacketHeaderStatement.DestinationPort.1': '443',
        'ExcludePath.2.Source.PacketHeaderStatement.DestinationPort.1': '22',
        'ExcludePath.2.Source.PacketHeaderStatement.SourceAddress.1': '198.51.100.0/25',
      }),
      ['true', 'igw > web'],
    ],
    [
      'in, where all of it is meant',
      () => ({
        ...inward,
        'ExcludePath.1.Source.PacketHeaderStatement.DestinationPort.1': '443',
        'ExcludePath.2.Source.PacketHeaderStatement.DestinationPort.1': '22',
        'ExcludePath.2.Source.PacketHeaderStatement.SourceAddress.1': '198.51.100.0/24',
      }),
      ['false'],
    ],
    [
      'in through a group that lets nobody in',
      () => ({ ...inward, 'MatchPath.1.ThroughResource.1.ResourceStatement.Resource.1': dbGroup }),
      ['false'],
    ],
    ['in by UDP', () => ({ ...inward, 'MatchPath.1.Source.PacketHeaderStatement.Protocol.1': 'udp' }), ['false']],
    [
      'to what there is none of here',
      () => ({ 'MatchPath.1.Destination.ResourceStatement.ResourceType.1': 'AWS::EC2::NatGateway' }),
      ['false'],
    ],
  ]

  test.each(rows)('%s', async (_what, parameters, expected) => {
    expect(await found(parameters())).toEqual(expected)
  })
})

/** Source and destination exchanged. */
function flipped(parameters: WireParameters): WireParameters {
  const other = (name: string) =>
    name.includes('Source') ? name.replace('Source', 'Destination') : name.replace('Destination', 'Source')
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [other(name), value]))
}

test('what depends on a gateway that is not run here is neither found nor not', async () => {
  const { routeTableSet } = await aws.call('DescribeRouteTables')
  await aws.call('ReplaceRoute', {
    RouteTableId: routeTableSet.item[0].routeTableId,
    DestinationCidrBlock: '0.0.0.0/0',
    NatGatewayId: 'nat-0123456789abcdef0',
  })
  await start(flipped(inward))
  expect(await analyses()).toMatchObject([
    {
      findingsFound: 'unknown',
      warningMessage: 'Some connections depend on gateways that are not modelled here: they are not listed.',
    },
  ])
})

test('a finding is numbered, and its packet is seen before and behind the gateway', async () => {
  const { networkInsightsAccessScopeAnalysisId: id, networkInsightsAccessScopeId: scope } = await start()
  const answer = await aws.call('GetNetworkInsightsAccessScopeAnalysisFindings', {
    NetworkInsightsAccessScopeAnalysisId: id,
  })
  expect(answer).toMatchObject({ networkInsightsAccessScopeAnalysisId: id, analysisStatus: 'succeeded' })
  const [finding] = answer.analysisFindingSet.item
  expect(finding).toMatchObject({
    networkInsightsAccessScopeAnalysisId: id,
    networkInsightsAccessScopeId: scope,
    findingId: 'AccessScopeAnalysisFinding-1',
  })
  const [first] = finding.findingComponentSet.item
  expect(first).toMatchObject({
    sequenceNumber: '1',
    component: { id: gateway, arn: arn('internet-gateway', gateway) },
    inboundHeader: { destinationAddressSet: { item: [expect.stringMatching(/^203\.0\.113\.\d+\/32$/)] } },
    outboundHeader: { destinationAddressSet: { item: [expect.stringMatching(/^172\.31\./)] } },
  })
})

test('findings come a page at a time', async () => {
  const { networkInsightsAccessScopeAnalysisId: id } = await start(flipped(inward))
  const page = (parameters: WireParameters) =>
    aws.call('GetNetworkInsightsAccessScopeAnalysisFindings', {
      NetworkInsightsAccessScopeAnalysisId: id,
      MaxResults: 1,
      ...parameters,
    })
  const first = await page({})
  const second = await page({ NextToken: first.nextToken })
  const idsOf = ({ analysisFindingSet }: Body) => analysisFindingSet.item.map(({ findingId }: Body) => findingId)
  expect([first, second].flatMap(idsOf)).toEqual(['AccessScopeAnalysisFinding-1', 'AccessScopeAnalysisFinding-2'])
  expect(second).not.toHaveProperty('nextToken')
})

test('analyses are found by scope, by time and by tags', async () => {
  const early = await start()
  aws.wait(seconds(60))
  const late = await start()
  const id: string = late.networkInsightsAccessScopeAnalysisId
  await aws.call('CreateTags', { 'ResourceId.1': id, 'Tag.1.Key': 'team', 'Tag.1.Value': 'net' })
  const ids = async (parameters: WireParameters) =>
    (await analyses(parameters)).map((each) => each.networkInsightsAccessScopeAnalysisId)
  expect(await ids({ NetworkInsightsAccessScopeId: late.networkInsightsAccessScopeId })).toEqual([id])
  expect(await ids({ AnalysisStartTimeBegin: '2026-11-22T10:00:30Z' })).toEqual([id])
  expect(await ids({ AnalysisStartTimeEnd: '2026-11-22T10:00:30Z' })).toEqual([
    early.networkInsightsAccessScopeAnalysisId,
  ])
  const both = {
    NetworkInsightsAccessScopeId: early.networkInsightsAccessScopeId,
    'NetworkInsightsAccessScopeAnalysisId.1': id,
  }
  expect(await ids(both)).toEqual([])
  expect(await ids(filters(['tag:team', 'net']))).toEqual([id])
})

test('a scope can be deleted once its analyses are', async () => {
  const { networkInsightsAccessScopeAnalysisId: id, networkInsightsAccessScopeId: scope } = await start()
  expect(await aws.refusal('DeleteNetworkInsightsAccessScope', { NetworkInsightsAccessScopeId: scope })).toEqual({
    status: 400,
    code: 'AnalysisExistsForNetworkInsightsAccessScope',
    message: `The network insights access scope '${scope}' has analyses. Delete these first.`,
  })
  const deleted = await aws.call('DeleteNetworkInsightsAccessScopeAnalysis', {
    NetworkInsightsAccessScopeAnalysisId: id,
  })
  expect(deleted).toMatchObject({ networkInsightsAccessScopeAnalysisId: id })
  await aws.call('DeleteNetworkInsightsAccessScope', { NetworkInsightsAccessScopeId: scope })
  expect([aws.world().accessScope.size, aws.world().accessScopeAnalysis.size]).toEqual([0, 0])
})
