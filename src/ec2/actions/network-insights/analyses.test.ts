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
let path: string

beforeEach(async () => {
  aws = await cloud()
  webGroup = await createGroup(aws, 'web')
  dbGroup = await createGroup(aws, 'db')
  const { subnetSet } = await aws.call('DescribeSubnets')
  const [one, other] = subnetSet.item
  web = await launched(aws, { 'SecurityGroupId.1': webGroup, SubnetId: one.subnetId })
  db = await launched(aws, { 'SecurityGroupId.1': dbGroup, SubnetId: other.subnetId })
  path = await pathOf({ Source: web, Destination: db, Protocol: 'tcp', DestinationPort: 5432 })
})

async function pathOf(parameters: WireParameters): Promise<string> {
  return (await aws.call('CreateNetworkInsightsPath', parameters)).networkInsightsPath.networkInsightsPathId
}

async function start(parameters: WireParameters = {}): Promise<Body> {
  const started = await aws.call('StartNetworkInsightsAnalysis', { NetworkInsightsPathId: path, ...parameters })
  return started.networkInsightsAnalysis
}

async function described(parameters: WireParameters = {}): Promise<Body[]> {
  const { networkInsightsAnalysisSet: found } = await aws.call('DescribeNetworkInsightsAnalyses', parameters)
  return found === '' ? [] : found.item
}

async function analysed(parameters: WireParameters = {}): Promise<Body> {
  const { networkInsightsAnalysisId: id } = await start(parameters)
  const [analysis] = await described({ 'NetworkInsightsAnalysisId.1': id })
  return analysis
}

const arn = (type: string, id: string) => `arn:aws:ec2:us-east-1:123456789012:${type}/${id}`
const ids = (components: Body): string[] => components.item.map(({ component }: Body) => component.id)
const kindsOf = (components: Body): string[] => ids(components).map((id) => id.replace(/-[0-9a-f]+$/, ''))

test('an analysis runs when it is started, and has succeeded when it is asked for', async () => {
  const started = await start()
  expect(started).toEqual({
    networkInsightsAnalysisId: expect.stringMatching(/^nia-[0-9a-f]{17}$/),
    networkInsightsAnalysisArn: arn('network-insights-analysis', started.networkInsightsAnalysisId),
    networkInsightsPathId: path,
    startDate: '2026-11-22T10:00:00.000Z',
    status: 'running',
    tagSet: '',
  })
  const [analysis] = await described()
  expect(analysis).toMatchObject({ ...started, status: 'succeeded' })
})

test('a no names the interface, its groups and where they are', async () => {
  const analysis = await analysed()
  expect(analysis.networkPathFound).toBe('false')
  expect(analysis).not.toHaveProperty('forwardPathComponentSet')
  const [explanation, ...more] = analysis.explanationSet.item
  expect(more).toEqual([])
  expect(explanation).toMatchObject({
    direction: 'ingress',
    explanationCode: 'ENI_SG_RULES_MISMATCH',
    networkInterface: { id: expect.stringMatching(/^eni-/), arn: expect.stringContaining('network-interface/eni-') },
    securityGroupSet: { item: [{ id: dbGroup, arn: arn('security-group', dbGroup), name: 'db' }] },
    subnet: { id: expect.stringMatching(/^subnet-/) },
    vpc: { id: expect.stringMatching(/^vpc-/) },
  })
})

test('the rule that was missing makes it a yes, hop by hop and back; the first answer stays what it was', async () => {
  await start()
  await authorize(aws, dbGroup, ['tcp 5432', webGroup])
  aws.wait(seconds(1))
  const analysis = await analysed()
  expect(analysis.networkPathFound).toBe('true')
  expect(analysis).not.toHaveProperty('explanationSet')
  const forward = analysis.forwardPathComponentSet
  expect(kindsOf(forward)).toEqual(['i', 'eni', 'sg', 'acl', 'rtb', 'acl', 'sg', 'eni', 'i'])
  expect(kindsOf(analysis.returnPathComponentSet)).toEqual(['i', 'eni', 'acl', 'rtb', 'acl', 'eni', 'i'])
  expect([ids(forward)[0], ids(forward)[2], ids(forward)[6], ids(forward)[8]]).toEqual([web, webGroup, dbGroup, db])
  const [, sender, egress, acl, table, , ingress, receiver] = forward.item
  expect(egress.securityGroupRule).toEqual({ cidr: '0.0.0.0/0', direction: 'egress', protocol: 'all' })
  expect(acl.aclRule).toEqual({
    cidr: '0.0.0.0/0',
    egress: 'true',
    protocol: 'all',
    ruleAction: 'allow',
    ruleNumber: '100',
  })
  expect(table.routeTableRoute).toMatchObject({ destinationCidr: '172.31.0.0/16', gatewayId: 'local', state: 'active' })
  expect(ingress.securityGroupRule).toEqual({
    direction: 'ingress',
    portRange: { from: '5432', to: '5432' },
    protocol: 'tcp',
    securityGroupId: webGroup,
  })
  expect(sender.outboundHeader).toEqual(receiver.inboundHeader)
  expect(sender).toMatchObject({
    sequenceNumber: '2',
    attachedTo: { id: web },
    outboundHeader: { protocol: '6', destinationPortRangeSet: { item: [{ from: '5432', to: '5432' }] } },
  })
  expect((await described()).map(({ networkPathFound }) => networkPathFound).sort()).toEqual(['false', 'true'])
})

test('what depends on a gateway that is not run here fails, and says on what', async () => {
  const { routeTableSet } = await aws.call('DescribeRouteTables')
  await aws.call('ReplaceRoute', {
    RouteTableId: routeTableSet.item[0].routeTableId,
    DestinationCidrBlock: '0.0.0.0/0',
    NatGatewayId: 'nat-0123456789abcdef0',
  })
  path = await pathOf({ Source: web, DestinationIp: '192.0.2.7', Protocol: 'tcp', DestinationPort: 443 })
  const analysis = await analysed()
  expect(analysis.status).toBe('failed')
  expect(analysis.statusMessage).toMatch(/nat-0123456789abcdef0/)
  expect(analysis).not.toHaveProperty('networkPathFound')
  expect(await described(filters(['status', 'failed']))).toHaveLength(1)
  expect(await described(filters(['path-found', 'false']))).toHaveLength(0)
})

describe('an end that went away', () => {
  test('is what there is to say of a path', async () => {
    await aws.call('StopInstances', { 'InstanceId.1': db })
    const codes = (await analysed()).explanationSet.item.map(({ explanationCode }: Body) => explanationCode)
    expect(codes).toContain('BAD_STATE')
    await aws.call('TerminateInstances', { 'InstanceId.1': db })
    expect((await analysed()).explanationSet.item).toMatchObject([
      { explanationCode: 'BAD_STATE', component: { id: db }, state: 'terminated' },
    ])
  })
})

describe('filters of components', () => {
  beforeEach(() => authorize(aws, dbGroup, ['tcp 5432', webGroup]))

  test('a path must go through what is filtered in, which the answer shows', async () => {
    const analysis = await analysed({ 'FilterInArn.1': arn('security-group', webGroup) })
    expect([analysis.networkPathFound, analysis.filterInArnSet]).toEqual([
      'true',
      { item: [arn('security-group', webGroup)] },
    ])
    const missed = await analysed({ 'FilterInArn.1': arn('internet-gateway', 'igw-0123456789abcdef0') })
    expect(missed.explanationSet.item).toMatchObject([
      { explanationCode: 'COMPONENT_FILTER_RESTRICTION', component: { id: 'igw-0123456789abcdef0' } },
    ])
  })

  test('and not through what is filtered out', async () => {
    const analysis = await analysed({ 'FilterOutArn.1': arn('security-group', dbGroup) })
    expect(analysis.networkPathFound).toBe('false')
    expect(analysis.explanationSet.item).toMatchObject([
      { explanationCode: 'COMPONENT_FILTER_RESTRICTION', component: { id: dbGroup } },
    ])
  })
})

test('analyses are found by path, by time and by filters, a page at a time', async () => {
  await start()
  aws.wait(seconds(60))
  await authorize(aws, dbGroup, ['tcp 5432', webGroup])
  const late = (await start()).networkInsightsAnalysisId
  const other = await pathOf({ Source: db, Destination: web, Protocol: 'udp' })
  await start({ NetworkInsightsPathId: other })
  const found = async (parameters: WireParameters) =>
    (await described(parameters)).map(({ networkInsightsAnalysisId: id }) => id)
  expect(await found({ NetworkInsightsPathId: path })).toHaveLength(2)
  expect(await found({ NetworkInsightsPathId: path, AnalysisStartTime: '2026-11-22T10:00:30Z' })).toEqual([late])
  expect(await found({ AnalysisEndTime: '2026-11-22T10:00:30Z' })).toHaveLength(1)
  expect(await found({ NetworkInsightsPathId: other, 'NetworkInsightsAnalysisId.1': late })).toEqual([])
  expect(await found(filters(['path-found', 'true']))).toEqual([late])
  const first = await aws.call('DescribeNetworkInsightsAnalyses', { MaxResults: 2 })
  const second = await aws.call('DescribeNetworkInsightsAnalyses', { MaxResults: 2, NextToken: first.nextToken })
  expect([first, second].map((page) => page.networkInsightsAnalysisSet.item.length)).toEqual([2, 1])
})

test('analyses have tags, and the client token repeats one', async () => {
  const tags = {
    'TagSpecification.1.ResourceType': 'network-insights-analysis',
    'TagSpecification.1.Tag.1.Key': 'team',
    'TagSpecification.1.Tag.1.Value': 'net',
  }
  const first = await start({ ...tags, ClientToken: 'one' })
  expect(await start({ ...tags, ClientToken: 'one' })).toEqual(first)
  expect(first.tagSet).toEqual({ item: [{ key: 'team', value: 'net' }] })
  expect(await described(filters(['tag:team', 'net']))).toHaveLength(1)
})

test('a path can be deleted once its analyses are', async () => {
  const { networkInsightsAnalysisId: id } = await start()
  expect(await aws.refusal('DeleteNetworkInsightsPath', { NetworkInsightsPathId: path })).toEqual({
    status: 400,
    code: 'AnalysisExistsForNetworkInsightsPath',
    message: `The network insights path '${path}' has analyses. Delete these first.`,
  })
  expect(await aws.call('DeleteNetworkInsightsAnalysis', { NetworkInsightsAnalysisId: id })).toMatchObject({
    networkInsightsAnalysisId: id,
  })
  await aws.call('DeleteNetworkInsightsPath', { NetworkInsightsPathId: path })
  expect(aws.world().networkInsightsPath.size).toBe(0)
})

test('an analysis that takes a while is running until somebody ends it, and may be deleted', async () => {
  const slow = await cloud({ insights: { analysePath: () => undefined, analyseScope: () => undefined } })
  const source = (await slow.call('DescribeInternetGateways')).internetGatewaySet.item[0].internetGatewayId
  const asked = { Source: source, DestinationIp: '172.31.0.9', Protocol: 'tcp' }
  const path = (await slow.call('CreateNetworkInsightsPath', asked)).networkInsightsPath.networkInsightsPathId
  const started = await slow.call('StartNetworkInsightsAnalysis', { NetworkInsightsPathId: path })
  const id = started.networkInsightsAnalysis.networkInsightsAnalysisId
  const running = await slow.call('DescribeNetworkInsightsAnalyses', filters(['status', 'running']))
  const [item] = running.networkInsightsAnalysisSet.item
  expect(item).toMatchObject({ networkInsightsAnalysisId: id, status: 'running' })
  expect(item).not.toHaveProperty('networkPathFound')
  expect(item).not.toHaveProperty('explanationSet')
  for (const found of ['true', 'false']) {
    const none = await slow.call('DescribeNetworkInsightsAnalyses', filters(['path-found', found]))
    expect(none.networkInsightsAnalysisSet).toBe('')
  }
  await slow.call('DeleteNetworkInsightsAnalysis', { NetworkInsightsAnalysisId: id })
  expect((await slow.call('DescribeNetworkInsightsAnalyses')).networkInsightsAnalysisSet).toBe('')
})
