/** What the kernel saw comes back: connections, flow log records with true counts, and how enforcement stands. */

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateFlowLogsCommand,
  CreateNetworkAclEntryCommand,
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSubnetsCommand,
  EC2Client,
  RevokeSecurityGroupIngressCommand,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { LiveFlow } from '../../src/app/live-flow.ts'
import { program, runProgram, type ServerProcess, startServer } from '../server-process.ts'
import { lacksTools } from './lab-scene.ts'

/** Echoes UDP on 5000, and takes TCP connections on 80. */
const echo = `#!/bin/bash
exec ${process.execPath} -e "
const udp = require('dgram').createSocket('udp4')
udp.on('message', (text, from) => udp.send(text, from.port, from.address)).bind(5000)
require('net').createServer((socket) => socket.on('error', () => 0)).listen(80)
"
`
const fields = 'interface-id flow-direction srcaddr dstaddr srcport dstport protocol packets bytes tcp-flags action'
const format = fields.replace(/[\w-]+/g, (name) => `\${${name}}`)
const inside = [{ CidrIp: '172.31.0.0/16' }]
const allowed = [
  { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges: inside },
  { IpProtocol: 'udp', FromPort: 5000, ToPort: 5009, IpRanges: inside },
]

interface Host {
  readonly id: string
  readonly card: string
  readonly address: string
}

describe.skipIf(lacksTools)('the kernel of enforced interfaces', () => {
  let data: string
  let server: ServerProcess
  let ec2: EC2Client
  let group: string
  let web: Host
  let app: Host
  const running = new Set<ChildProcess>()

  const sallyport = (...words: string[]) => runProgram([...words, '--endpoint-url', server.url])
  const inApp = (script: string) =>
    runProgram(['exec', '--endpoint-url', server.url, app.id, '--', 'bash', '-c', script])
  const flowsOf = async ({ card }: Host) => {
    const { stdout } = await sallyport('connections', '--network-interface', card, '--output', 'json')
    return (JSON.parse(stdout) as { connections: LiveFlow[] }).connections
  }

  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'sallyport-truth-'))
    server = await startServer(['--data', data, '--data-plane', 'namespaces'])
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
    ec2 = new EC2Client({ endpoint: server.url, region: 'us-east-1', credentials })
    const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}))
    const [first, second] = Subnets
    const vpc = first?.VpcId ?? ''
    const made = await ec2.send(new CreateSecurityGroupCommand({ GroupName: 'web', Description: 'web', VpcId: vpc }))
    group = made.GroupId ?? ''
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: group, IpPermissions: allowed }))
    const { NetworkAcls } = await ec2.send(new DescribeNetworkAclsCommand({}))
    for (const [Egress, port] of [
      [false, 5001],
      [true, 5002],
    ] as const) {
      const entry = { NetworkAclId: NetworkAcls?.[0]?.NetworkAclId, RuleNumber: 50, Protocol: '17' }
      const PortRange = { From: port, To: port }
      await ec2.send(
        new CreateNetworkAclEntryCommand({ ...entry, RuleAction: 'deny', Egress, PortRange, CidrBlock: '0.0.0.0/0' }),
      )
    }
    await ec2.send(
      new CreateFlowLogsCommand({
        ResourceType: 'VPC',
        ResourceIds: [vpc],
        TrafficType: 'ALL',
        LogDestinationType: 's3',
        LogDestination: 'arn:aws:s3:::logs',
        LogFormat: format,
      }),
    )
    web = await launch(first?.SubnetId, { SecurityGroupIds: [group], UserData: Buffer.from(echo).toString('base64') })
    app = await launch(second?.SubnetId, {})
    const listening = `ss -Htuln | grep -c -e ':80 ' -e ':5000 '`
    const look = () => runProgram(['exec', '--endpoint-url', server.url, web.id, '--', 'bash', '-c', listening])
    await vi.waitFor(async () => expect((await look()).stdout.trim()).toBe('2'), { timeout: 30_000, interval: 200 })
  })

  async function launch(SubnetId: string | undefined, more: object): Promise<Host> {
    const wanted = { ImageId: 'ami-0abcdef1234567890', MinCount: 1, MaxCount: 1, SubnetId, ...more }
    const { Instances } = await ec2.send(new RunInstancesCommand(wanted))
    const [instance] = Instances ?? []
    const card = instance?.NetworkInterfaces?.[0]
    return {
      id: instance?.InstanceId ?? '',
      card: card?.NetworkInterfaceId ?? '',
      address: card?.PrivateIpAddress ?? '',
    }
  }

  afterAll(async () => {
    for (const each of running) each.kill('SIGKILL')
    await server.stop()
    rmSync(data, { recursive: true, force: true })
  })

  test('has its state in a tag that filters find and that nobody gives', async () => {
    const enforced = { Filters: [{ Name: 'tag:sallyport:enforcement', Values: ['enforced'] }] }
    const found = async () => (await ec2.send(new DescribeNetworkInterfacesCommand(enforced))).NetworkInterfaces ?? []
    await expect.poll(async () => (await found()).length, { timeout: 30_000 }).toBe(2)
    expect((await found())[0]?.TagSet).toEqual([{ Key: 'sallyport:enforcement', Value: 'enforced' }])
    const tags = { Resources: [web.card], Tags: [{ Key: 'sallyport:enforcement', Value: 'off' }] }
    await expect(ec2.send(new CreateTagsCommand(tags))).rejects.toMatchObject({ name: 'InvalidParameterValue' })
  })

  test('lists a connection, which goes on without its rule', async () => {
    const words = ['exec', '--endpoint-url', server.url, app.id, '--', 'bash', '-c']
    const client = spawn(process.execPath, [program, ...words, `exec 3<>/dev/tcp/${web.address}/80; sleep 60`])
    running.add(client)
    const opened = async () => (await flowsOf(web)).filter(({ flow }) => flow.endsWith(`${web.address}:80`))
    await expect.poll(async () => (await opened()).map(({ state }) => state)).toEqual(['established'])
    const [before] = await opened()
    expect(before).toMatchObject({ witness: 'kernel', isTracked: true, direction: 'ingress' })
    expect(before?.rules).toMatchObject([{ group, isInForce: true }])
    expect(before?.onRevoke).toMatchObject([{ effect: 'goes on' }])
    expect(Math.abs(Date.now() - Date.parse(before?.openedAt ?? ''))).toBeLessThan(60_000)
    const [http] = allowed
    await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: group, IpPermissions: http ? [http] : [] }))
    await expect.poll(async () => (await opened())[0]?.rules).toEqual([])
    expect((await opened())[0]).toMatchObject({ state: 'established', onRevoke: [] })
    const { stdout } = await sallyport('connections', '--network-interface', web.card)
    expect(stdout).toMatch(/established, \d+ s left {2}\(kernel\)\n {2}no rule admits it any more/)
  })

  test('is written into flow logs with true counts, and its canaries are not', async () => {
    for (const each of running) each.kill('SIGKILL')
    const send = (port: number) =>
      `exec 3<>/dev/udp/${web.address}/${port}; for i in 1 2 3; do printf %0100d $i >&3; done; sleep 0.3`
    for (const port of [5000, 5001, 5002]) await inApp(send(port))
    await inApp(`timeout 0.5 bash -c 'exec 3<>/dev/tcp/${web.address}/81'; ping -c 2 -W 1 ${web.address}`)
    // The last packets of interfaces that go are told, too.
    await server.stop()
    const of80 = / 80 | 80$/
    expect(records().filter((line) => !of80.test(line))).toEqual(
      [
        'app egress app web * 5000 17 3 384 - ACCEPT',
        'app ingress web app 5000 * 17 3 384 - ACCEPT',
        'web ingress app web * 5000 17 3 384 - ACCEPT',
        'web egress web app 5000 * 17 3 384 - ACCEPT',
        // Refused by the ACL on the way into web's subnet, and on the way out of app's.
        'app egress app web * 5001 17 3 384 - ACCEPT',
        'web ingress app web * 5001 17 3 384 - REJECT',
        'app egress app web * 5002 17 3 384 - REJECT',
        'app egress app web * 81 6 1 60 2 ACCEPT',
        'web ingress app web * 81 6 1 60 2 REJECT',
        'app egress app web 0 0 1 2 168 - ACCEPT',
        'web ingress app web 0 0 1 2 168 - REJECT',
      ].sort(),
    )
  })

  /** Of all windows, a flow's counts added up; a client's port is `*`. */
  function records(): string[] {
    const folder = join(data, 'flow-logs')
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.gz'))
    const textOf = (file: string) => gunzipSync(readFileSync(join(folder, file))).toString()
    const lines = files.flatMap((file) => textOf(file).trim().split('\n').slice(1))
    const names = new Map(
      [web, app].flatMap((host, at) => {
        const name = at === 0 ? 'web' : 'app'
        return [
          [host.card, name],
          [host.address, name],
        ] as const
      }),
    )
    const sums = new Map<string, { packets: number; bytes: number }>()
    for (const line of lines) {
      const words = line.split(' ').map((word) => names.get(word) ?? (Number(word) >= 32_768 ? '*' : word))
      const [packets = 0, bytes = 0] = line.split(' ').slice(7, 9).map(Number)
      if (words[2] === '-') continue
      const key = [...words.slice(0, 7), '#', ...words.slice(9)].join(' ')
      const sum = sums.get(key) ?? { packets: 0, bytes: 0 }
      sums.set(key, { packets: sum.packets + packets, bytes: sum.bytes + bytes })
    }
    return Array.from(sums, ([key, { packets, bytes }]) => key.replace('#', `${packets} ${bytes}`)).sort()
  }
})
