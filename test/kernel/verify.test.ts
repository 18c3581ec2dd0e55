/** `sallyport explain --verify`: what the engine says and what the kernel does with a real packet, side by side. */

import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateNetworkAclEntryCommand,
  CreateRouteCommand,
  CreateSecurityGroupCommand,
  DeleteNetworkAclEntryCommand,
  DeleteRouteCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  DescribeVpcsCommand,
  EC2Client,
  type IpPermission,
  RevokeSecurityGroupEgressCommand,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Ended, runProgram, type ServerProcess, startServer } from '../server-process.ts'
import { lacksTools } from './lab-scene.ts'

/** Says whoever connects. */
const server = `#!${process.execPath}
require('node:net').createServer((socket) => console.log('somebody connects') ?? socket.end()).listen(80, () => console.log('serving'))
const socket = require('node:dgram').createSocket('udp4')
socket.on('message', (text) => console.log('somebody sends ' + text)).bind(53)
`

const everywhere = { IpRanges: [{ CidrIp: '0.0.0.0/0' }] }
const everything: IpPermission[] = [{ IpProtocol: '-1', ...everywhere }]

describe.skipIf(lacksTools)('engine and kernel side by side', () => {
  let endpoint: ServerProcess
  let ec2: EC2Client
  let vpc: string
  let group: string

  beforeAll(async () => {
    endpoint = await startServer(['--memory', '--data-plane', 'namespaces'])
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
    ec2 = new EC2Client({ endpoint: endpoint.url, region: 'us-east-1', credentials })
    vpc = (await ec2.send(new DescribeVpcsCommand({}))).Vpcs?.[0]?.VpcId ?? ''
    group = (await ec2.send(new CreateSecurityGroupCommand({ GroupName: 'web', Description: 'web' }))).GroupId ?? ''
    await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: group,
        IpPermissions: [
          { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, ...everywhere },
          { IpProtocol: 'udp', FromPort: 53, ToPort: 53, ...everywhere },
          { IpProtocol: 'icmp', FromPort: 8, ToPort: -1, ...everywhere },
          { IpProtocol: '47', ...everywhere },
        ],
      }),
    )
    await launch('web', { SecurityGroupIds: [group], UserData: Buffer.from(server).toString('base64') })
    await launch('app', {})
    await vi.waitFor(async () => expect(await logOf('web')).toMatch('serving'), { timeout: 10_000, interval: 200 })
  })

  afterAll(() => endpoint.stop())

  const launch = (name: string, more: object) =>
    ec2.send(
      new RunInstancesCommand({
        ...{ ImageId: 'ami-0abcdef1234567890', MinCount: 1, MaxCount: 1 },
        TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Name', Value: name }] }],
        ...more,
      }),
    )

  const sallyport = (...words: string[]): Promise<Ended> =>
    runProgram(words, { env: { AWS_ENDPOINT_URL: endpoint.url, AWS_REGION: 'us-east-1' } })

  const logOf = async (name: string) => (await sallyport('logs', name)).stdout

  /** The two words and the exit code. */
  async function verified(question: string) {
    const { status, stdout } = await sallyport('explain', ...question.split(' '), '--verify')
    const [engine, kernel = ''] = stdout.split('\n')
    return [engine, kernel.replace(/\d+\.\d ms/, '… ms'), status]
  }

  const no = (what: string) => `kernel: unreachable (${what} not answered within 1.5 s, and it did not arrive)`
  const yes = (what: string) => `kernel: reachable (${what} answered after … ms)`

  test.each([
    ['app web tcp 80', 'reachable', yes('SYN')],
    ['app web tcp 22', 'unreachable', no('SYN')],
    ['app web udp 53', 'reachable', yes('datagram')],
    ['app web udp 54', 'unreachable', no('datagram')],
    ['app web icmp', 'reachable', yes('echo request')],
    ['web app icmp', 'unreachable', no('echo request')],
    ['app web 47', 'reachable', yes('packet of protocol 47')],
    ['app web 50', 'unreachable', no('packet of protocol 50')],
    ['internet web tcp 80', 'reachable', yes('SYN')],
    ['internet app tcp 80', 'unreachable', no('SYN')],
    ['203.0.113.200 web udp 53', 'reachable', yes('datagram')],
    ['web internet tcp 443', 'reachable', yes('SYN')],
    ['web internet 50', 'reachable', yes('packet of protocol 50')],
    ['web 172.31.99.99 tcp 80', 'unreachable', 'kernel: unreachable (SYN not answered within 1.5 s)'],
  ])('%s is %s', async (question, engine, kernel) => {
    expect(await verified(question)).toEqual([`engine: ${engine}`, kernel, engine === 'reachable' ? 0 : 1])
  })

  test('a question of several parts is verified part by part', async () => {
    const { status, stdout } = await sallyport('explain', 'app', 'web', 'tcp', '--verify', '--output', 'json')
    const { result, findings, kernel } = JSON.parse(stdout)
    expect([status, result]).toEqual([1, 'ambiguous'])
    expect(findings.map((each: { ports: string[] }) => each.ports)).toEqual([['0-79', '81-65535'], ['80']])
    expect(kernel).toMatchObject([
      { result: 'unreachable', isAgreed: true },
      { result: 'reachable', isAgreed: true },
    ])
  })

  test('a protocol is forgotten after its probe, so that the next one asks the rules again', async () => {
    expect((await verified('app web 47'))[2]).toBe(0)
    expect((await verified('app web 47'))[2]).toBe(0)
  })

  test('what listens at the receiver saw nothing of it, and no table is left', async () => {
    expect((await logOf('web')).match(/^somebody.*$/gm)).toBeNull()
    for (const place of ['web', 'app', 'internet']) {
      const { stdout } = await sallyport('exec', '--privileged', place, '--', 'nft', 'list', 'tables')
      expect(stdout).not.toMatch('probe')
    }
  })

  test('egress rules', async () => {
    await ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId: group, IpPermissions: everything }))
    expect(await verified('web internet tcp 443')).toEqual(['engine: unreachable', no('SYN'), 1])
    expect(await verified('app web tcp 80')).toEqual(['engine: reachable', yes('SYN'), 0])
    await ec2.send(new AuthorizeSecurityGroupEgressCommand({ GroupId: group, IpPermissions: everything }))
    expect(await verified('web internet tcp 443')).toEqual(['engine: reachable', yes('SYN'), 0])
  })

  test('network ACLs, there and back', async () => {
    const { NetworkAcls } = await ec2.send(new DescribeNetworkAclsCommand({}))
    const NetworkAclId = NetworkAcls?.[0]?.NetworkAclId ?? ''
    const denied = { NetworkAclId, RuleNumber: 50, Protocol: '6', RuleAction: 'deny', CidrBlock: '0.0.0.0/0' } as const
    const there = { ...denied, Egress: false, PortRange: { From: 80, To: 80 } }
    await ec2.send(new CreateNetworkAclEntryCommand(there))
    expect(await verified('internet web tcp 80')).toEqual(['engine: unreachable', no('SYN'), 1])
    await ec2.send(new DeleteNetworkAclEntryCommand(there))
    const back = { ...denied, Egress: true, PortRange: { From: 1024, To: 65_535 } }
    await ec2.send(new CreateNetworkAclEntryCommand(back))
    expect(await verified('internet web tcp 80')).toEqual([
      'engine: unreachable',
      'kernel: unreachable (SYN arrived, and no answer came back within 1.5 s)',
      1,
    ])
    await ec2.send(new DeleteNetworkAclEntryCommand(back))
  })

  test('routes', async () => {
    const { RouteTables } = await ec2.send(
      new DescribeRouteTablesCommand({ Filters: [{ Name: 'vpc-id', Values: [vpc] }] }),
    )
    const [table] = RouteTables ?? []
    const GatewayId = table?.Routes?.find((route) => route.GatewayId?.startsWith('igw-'))?.GatewayId ?? ''
    const route = { RouteTableId: table?.RouteTableId ?? '', DestinationCidrBlock: '0.0.0.0/0' }
    await ec2.send(new DeleteRouteCommand(route))
    expect(await verified('web internet tcp 443')).toEqual(['engine: unreachable', no('SYN'), 1])
    await ec2.send(new CreateRouteCommand({ ...route, GatewayId }))
    expect(await verified('web internet tcp 443')).toEqual(['engine: reachable', yes('SYN'), 0])
  })

  test('a kernel whose rules were changed by hand disagrees, both ways, with exit code 3', async () => {
    const nft = (...words: string[]) => sallyport('exec', '--privileged', 'web', '--', 'nft', ...words)
    const first = ['insert', 'rule', 'inet', 'sallyport-eth0', 'ingress']
    // Every half a minute the server puts right what it finds changed: then it is changed again.
    const afterChange = async (change: readonly string[], ...question: string[]) => {
      for (let attempt = 0; ; attempt += 1) {
        expect((await nft(...first, ...change)).status).toBe(0)
        const ended = await sallyport('explain', ...question, '--verify')
        if (ended.status === 3 || attempt === 2) return ended
      }
    }
    const dropped = await afterChange(['tcp', 'dport', '80', 'drop'], 'app', 'web', 'tcp', '80')
    const silent = 'unreachable (SYN not answered within 1.5 s, and it did not arrive)'
    expect(dropped.status).toBe(3)
    expect(dropped.stdout).toMatch(`engine: reachable\nkernel: ${silent}\nThey disagree.\n`)
    const opened = await afterChange(['tcp', 'dport', '22', 'accept'], 'app', 'web', 'tcp', '22')
    const unanswered = 'unreachable (SYN arrived, and no answer came back within 1.5 s)'
    expect(opened.status).toBe(3)
    expect(opened.stdout).toMatch(`engine: unreachable\nkernel: ${unanswered}\nThey disagree.\n`)
  })

  test('what cannot be sent is said, with exit code 2', async () => {
    expect(await verified('web internet 132')).toEqual([
      'engine: reachable',
      'kernel: cannot be verified: no well-formed packet of SCTP can be made here',
      2,
    ])
    expect(await sallyport('explain', 'web', 'nobody', '--verify')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching("'nobody' is no interface"),
    })
  })
})

test('an endpoint without instances cannot verify, and says so', async () => {
  const endpoint = await startServer()
  const { status, stderr } = await runProgram(['explain', 'a', 'b', '--verify', '--endpoint-url', endpoint.url])
  await endpoint.stop()
  expect(status).toBe(2)
  expect(stderr).toBe(
    'sallyport: This endpoint runs no instances: start it with `sallyport serve --data-plane namespaces`.\n',
  )
})
