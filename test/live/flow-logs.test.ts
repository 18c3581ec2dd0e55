/** Flow logs of live traffic: which records the rules and the ACL make, of whom, and when. */

import { beforeEach, describe, expect, test } from 'vitest'
import { FlowLogs } from '../../src/app/flow-logs.ts'
import { type Milliseconds, seconds } from '../../src/base/clock.ts'
import type { FlowLogId } from '../../src/model/ids.ts'
import { authorize, authorizeEgress, createVpc, defaultVpcOf, peerVpcs } from '../groups.ts'
import { createCard, createSubnet, defaultSubnet, launch } from '../interfaces.ts'
import { type Host, host, loseEgress, publish, type Scene, scene } from './scene.ts'

let at: Scene
let logs: FlowLogs
let web: Host

beforeEach(async () => {
  logs = new FlowLogs(() => undefined)
  at = await scene((witnessed) => logs.witness(witnessed))
  web = await host(at.aws, 'web', '172.31.0.20')
  await publish(at.aws, web)
})

const client = '198.51.100.7'
const tuple = ['srcaddr', 'dstaddr', 'srcport', 'dstport'] as const

interface Wanted {
  readonly resource?: string
  readonly fields?: string
  readonly traffic?: string
  readonly interval?: number
}

/** A flow log of the interface `web` unless told otherwise, into a log group. */
async function log({ resource = web.card, fields, traffic = 'ALL', interval = 600 }: Wanted = {}): Promise<FlowLogId> {
  const kinds = { vpc: 'VPC', subnet: 'Subnet', eni: 'NetworkInterface' } as const
  const { flowLogIdSet } = await at.aws.call('CreateFlowLogs', {
    'ResourceId.1': resource,
    ResourceType: kinds[resource.split('-', 1)[0] as keyof typeof kinds],
    TrafficType: traffic,
    LogGroupName: `group of ${resource} ${traffic}`,
    DeliverLogsPermissionArn: 'arn:aws:iam::123456789012:role/r',
    MaxAggregationInterval: interval,
    ...(fields === undefined
      ? {}
      : {
          LogFormat: fields
            .split(' ')
            .map((each) => `\${${each}}`)
            .join(' '),
        }),
  })
  logs.roll([at.aws.world()], at.aws.now)
  return flowLogIdSet.item[0]
}

function linesAfter(span: Milliseconds, id: FlowLogId): readonly string[] {
  at.aws.wait(span)
  logs.roll([at.aws.world()], at.aws.now)
  return logs.recent(id)
}

/** The default ACL without its rule 100 and with these instead: direction, ports. */
async function acl(...entries: readonly (readonly ['in' | 'out', string, number, number])[]): Promise<void> {
  const { networkAclSet } = await at.aws.call('DescribeNetworkAcls')
  const NetworkAclId = networkAclSet.item[0].networkAclId
  for (const Egress of [true, false])
    await at.aws.call('DeleteNetworkAclEntry', { NetworkAclId, RuleNumber: 100, Egress })
  for (const [direction, protocol, from, to] of entries) {
    const fields =
      protocol === '1' ? { 'Icmp.Type': from, 'Icmp.Code': to } : { 'PortRange.From': from, 'PortRange.To': to }
    await at.aws.call('CreateNetworkAclEntry', {
      ...{ NetworkAclId, RuleNumber: 100, Egress: direction === 'out', Protocol: protocol },
      ...{ RuleAction: 'allow', CidrBlock: '0.0.0.0/0', ...fields },
    })
  }
}

describe('the four cases of TCP 22 are told apart:', () => {
  const fields = 'flow-direction action tcp-flags packets'
  const request = { from: client, to: '172.31.0.20', port: 22, clientPort: 40000, exchange: true }
  const everyPort = [0, 65535] as const

  test('groups and ACL admit the connection: accepted both ways', async () => {
    const id = await log({ fields })
    await authorize(at.aws, web.group, ['tcp 22', '0.0.0.0/0'])
    await loseEgress(at.aws, web.group)
    await acl(['in', '6', 22, 22], ['out', '6', 1024, 65535])
    at.send(request)
    expect(linesAfter(seconds(600), id)).toEqual(['ingress ACCEPT 3 5', 'egress ACCEPT 19 3'])
  })

  test('the ACL lets no answer out: the answer alone is rejected', async () => {
    const id = await log({ fields })
    await authorize(at.aws, web.group, ['tcp 22', '0.0.0.0/0'])
    await loseEgress(at.aws, web.group)
    await acl(['in', '6', 22, 22], ['out', '6', 22, 22])
    at.send(request)
    expect(linesAfter(seconds(600), id)).toEqual(['ingress ACCEPT 2 1', 'egress REJECT 18 1'])
  })

  test('the ACL lets nothing in: one record', async () => {
    const id = await log({ fields })
    await authorize(at.aws, web.group, ['tcp 22', '0.0.0.0/0'])
    await acl(['out', '6', ...everyPort])
    at.send(request)
    expect(linesAfter(seconds(600), id)).toEqual(['ingress REJECT 2 1'])
  })

  test('the groups admit nothing, though they let everything out: one record', async () => {
    const id = await log({ fields })
    at.send(request)
    expect(linesAfter(seconds(600), id)).toEqual(['ingress REJECT 2 1'])
  })
})

describe('the ping of the user guide', () => {
  const ping = { from: client, to: '172.31.0.20', protocol: 'icmp', exchange: true }
  const shown = (from: string, to: string, action: string) =>
    `2 123456789012 ${web.card} ${from} ${to} 0 0 1 1 40 1795341600 1795341600 ${action} OK`

  test.each([
    ['the ACL lets no ICMP out', ['in'], ['ACCEPT', 'REJECT']],
    ['the ACL lets it out', ['in', 'out'], ['ACCEPT', 'ACCEPT']],
  ] as const)('is two records where %s', async (_, directions, [there, back]) => {
    const id = await log()
    await authorize(at.aws, web.group, ['icmp -1', '0.0.0.0/0'])
    await loseEgress(at.aws, web.group)
    await acl(...directions.map((each) => [each, '1', -1, -1] as const))
    at.send(ping)
    expect(linesAfter(seconds(600), id)).toEqual([
      shown(client, '172.31.0.20', there),
      shown('172.31.0.20', client, back),
    ])
  })

  test('is one record where the groups let no ICMP in', async () => {
    const id = await log()
    at.send(ping)
    expect(linesAfter(seconds(600), id)).toEqual([shown(client, '172.31.0.20', 'REJECT')])
  })
})

describe('a record', () => {
  test('is a REJECT for what comes after its connection was closed', async () => {
    const id = await log({ fields: 'action packets tcp-flags' })
    await authorize(at.aws, web.group, ['tcp 22', `${client}/32`])
    const segment = (flags: string) => `tcp ${client}:40000 > 172.31.0.20:22 ${flags}`
    at.send({ from: client, to: '172.31.0.20', port: 22, clientPort: 40000, keepOpen: true })
    at.fates(segment('R'))
    at.aws.wait(seconds(11))
    expect(at.fates(segment('A'))).toBe('D')
    expect(linesAfter(seconds(600), id)).toEqual(['ACCEPT 4 6', 'ACCEPT 2 18', 'REJECT 1 0'])
  })

  test('is taken at each end of a flow between two interfaces', async () => {
    const vpc = await defaultVpcOf(at.aws)
    const app = await host(at.aws, 'app', '172.31.0.10')
    const id = await log({ resource: vpc, fields: `interface-id flow-direction action ${tuple.join(' ')}` })
    at.send({ from: app.card, to: web.card, port: 22, clientPort: 9 })
    const ends = '172.31.0.10 172.31.0.20 9 22'
    expect(linesAfter(seconds(600), id)).toEqual(
      [`${app.card} egress ACCEPT ${ends}`, `${web.card} ingress REJECT ${ends}`].sort(),
    )
  })

  test('is not made of what is never filtered', async () => {
    const id = await log({ fields: 'log-status' })
    at.send({ from: web.card, to: '169.254.169.253', protocol: 'udp', port: 53, exchange: true })
    expect(linesAfter(seconds(600), id)).toEqual(['NODATA'])
  })
})

describe('a flow log', () => {
  test('of a VPC, a subnet or an interface covers what is in it', async () => {
    const { subnetId } = await defaultSubnet(at.aws)
    const other = await host(at.aws, 'other', '172.31.0.30')
    const fields = 'interface-id action'
    const ids: FlowLogId[] = []
    for (const resource of [await defaultVpcOf(at.aws), subnetId, other.card]) ids.push(await log({ resource, fields }))
    at.send({ from: client, to: web.card, port: 22 })
    at.aws.wait(seconds(600))
    const both = [`${web.card} REJECT`, `${other.card} -`].sort()
    expect(ids.map((id) => linesAfter(seconds(0), id).toSorted())).toEqual([both, both, [`${other.card} -`]])
  })

  test('takes what was accepted, what was rejected, or all', async () => {
    const ids: FlowLogId[] = []
    for (const traffic of ['ACCEPT', 'REJECT', 'ALL']) ids.push(await log({ traffic, fields: 'dstport action' }))
    await authorize(at.aws, web.group, ['tcp 80', '0.0.0.0/0'])
    for (const port of [80, 81]) at.send({ from: client, to: web.card, port })
    at.aws.wait(seconds(600))
    expect(ids.map((id) => linesAfter(seconds(0), id))).toEqual([
      ['80 ACCEPT'],
      ['81 REJECT'],
      ['80 ACCEPT', '81 REJECT'],
    ])
  })

  test('says NODATA of a window in which nothing came, once for each window', async () => {
    const id = await log({ interval: 60, fields: 'start end packets log-status' })
    linesAfter(seconds(60), id)
    at.send({ from: client, to: web.card, port: 22 })
    linesAfter(seconds(60), id)
    expect(linesAfter(seconds(60), id)).toEqual([
      '1795341600 1795341660 - NODATA',
      '1795341660 1795341660 1 OK',
      '1795341720 1795341780 - NODATA',
    ])
  })

  test('ends its windows by the clock, every ten minutes or every minute', async () => {
    const [long, short] = [await log({ fields: 'packets' }), await log({ interval: 60, fields: 'packets bytes' })]
    at.send({ from: client, to: web.card, port: 22, clientPort: 9 })
    at.aws.wait(seconds(59))
    at.send({ from: client, to: web.card, port: 22, clientPort: 9 })
    expect([linesAfter(seconds(0), long), linesAfter(seconds(0), short)]).toEqual([[], []])
    expect([linesAfter(seconds(1), long), linesAfter(seconds(0), short)]).toEqual([[], ['2 80']])
    at.send({ from: client, to: web.card, port: 22, clientPort: 9 })
    expect(linesAfter(seconds(540), long)).toEqual(['3'])
  })

  test('of a Nitro instance has windows of a minute at most', async () => {
    const { networkInterfaceSet } = await launch(at.aws, { InstanceType: 't3.micro' })
    const card = networkInterfaceSet.item[0].networkInterfaceId
    const id = await log({ resource: card, fields: 'interface-id action' })
    at.send({ from: client, to: card, port: 22 })
    expect(linesAfter(seconds(60), id)).toEqual([`${card} REJECT`])
  })

  test('that is deleted ends its windows and is forgotten', async () => {
    const delivered: string[] = []
    logs = new FlowLogs(({ lines }) => delivered.push(...lines.map(({ text }) => text)))
    const id = await log({ fields: 'action' })
    at.send({ from: client, to: web.card, port: 22 })
    await at.aws.call('DeleteFlowLogs', { 'FlowLogId.1': id })
    expect(linesAfter(seconds(1), id)).toEqual([])
    expect(delivered).toEqual(['REJECT'])
  })

  test('keeps its latest thousand lines to be looked at', async () => {
    const id = await log({ fields: 'srcport' })
    const place = { networkInterface: web.card, direction: 'ingress' }
    for (let port = 1; port <= 1001; port++) at.send({ packet: `udp ${client}:${port} > 172.31.0.20:9`, at: place })
    const lines = linesAfter(seconds(600), id)
    expect([lines.length, lines[0], lines.at(-1)]).toEqual([1000, '2', '1001'])
  })
})

describe('the way out', () => {
  const fields = 'pkt-dstaddr traffic-path'
  const udp = (to: string, from = '172.31.0.20') => ({
    packet: `udp ${from}:9 > ${to}:9`,
    at: { networkInterface: web.card, direction: 'egress' },
  })

  test('is 1 inside the VPC and 2 through an internet gateway', async () => {
    const id = await log({ fields })
    for (const to of ['172.31.0.99', '172.31.200.1', client]) at.send(udp(to))
    expect(linesAfter(seconds(600), id)).toEqual(['172.31.0.99 1', '172.31.200.1 1', `${client} 2`])
  })

  test('is 8 through an internet gateway on a Nitro instance', async () => {
    const { networkInterfaceSet } = await launch(at.aws)
    const { networkInterfaceId: card } = networkInterfaceSet.item[0]
    const id = await log({ resource: card, fields })
    at.send({ from: card, to: client, port: 443 })
    expect(linesAfter(seconds(60), id)).toEqual([`${client} 8`])
  })

  test('is 4 through a peering, and unknown where there is no route', async () => {
    const other = await createVpc(at.aws)
    await createCard(at.aws, { SubnetId: await createSubnet(at.aws, other, '10.0.0.0/24') })
    const home = await defaultVpcOf(at.aws)
    const peering = await peerVpcs(at.aws, home, other)
    const { routeTableSet } = await at.aws.call('DescribeRouteTables', {
      'Filter.1.Name': 'vpc-id',
      'Filter.1.Value.1': home,
    })
    const { routeTableId: RouteTableId } = routeTableSet.item[0]
    await at.aws.call('CreateRoute', {
      RouteTableId,
      DestinationCidrBlock: '10.0.0.0/16',
      VpcPeeringConnectionId: peering,
    })
    await at.aws.call('DeleteRoute', { RouteTableId, DestinationCidrBlock: '0.0.0.0/0' })
    const id = await log({ fields })
    await authorizeEgress(at.aws, web.group, ['udp 9', '10.0.0.0/8'])
    for (const to of ['10.0.0.4', client]) at.send(udp(to))
    expect(linesAfter(seconds(600), id)).toEqual(['10.0.0.4 4', `${client} -`])
  })
})
