/**
 * The truth table of two groups, with real sockets between real instances: what leaves needs an egress rule of the
 * sender, what enters an ingress rule of the receiver, and the answer needs none. Every cell is a question and an answer.
 */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateManagedPrefixListCommand,
  CreateSecurityGroupCommand,
  EC2Client,
  type IpPermission,
  RevokeSecurityGroupEgressCommand,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { EnforcementListing } from '../../src/app/enforcement/shown.ts'
import { enterCommand } from '../../src/app/lab/holder.ts'
import type { LabReport } from '../../src/app/lab/lab-paths.ts'
import { runTool } from '../../src/app/system-tool.ts'
import { runProgram, type ServerProcess, startServer } from '../server-process.ts'
import { type Network, network, subnet } from './lab-network.ts'
import { isGone, lacksTools, processesWith } from './lab-scene.ts'

const kinds = ['cidr', 'group', 'prefix list'] as const
const fates = ['allow', 'deny'] as const
const places = ['same', 'different'] as const
const versions = ['IPv4', 'IPv6'] as const
const protocols = ['tcp', 'udp', 'icmp', 'other'] as const

type Kind = (typeof kinds)[number]
type Fate = (typeof fates)[number]
type Place = (typeof places)[number]

const cells = kinds.flatMap((kind) =>
  fates.flatMap((egress) =>
    fates.flatMap((ingress) =>
      places.flatMap((place) =>
        versions.flatMap((version) =>
          protocols.map((protocol) => ({ kind, egress, ingress, place, version, protocol })),
        ),
      ),
    ),
  ),
)

type Cell = (typeof cells)[number]

interface Instance {
  readonly enter: readonly string[]
  readonly addresses: readonly string[]
}

const script = fileURLToPath(new URL('exchange.py', import.meta.url))

/** Who is not there: rules that name them let nobody in. */
const elsewhere = { v4: '10.0.9.0/24', v6: '2001:db8:9::/64' }

describe.skipIf(lacksTools)('egress and ingress', () => {
  let server: ServerProcess
  let ec2: EC2Client
  let near: Network
  let report: LabReport
  const named = new Map<string, Instance>()
  /** By the sender's name, `protocol address`; by the receiver's likewise. */
  const answered = new Map<string, readonly string[]>()
  const heard = new Map<string, readonly string[]>()

  const senderName = (kind: Kind, egress: Fate) => `sender ${kind} ${egress}`
  const receiverName = (kind: Kind, ingress: Fate, place: Place) => `receiver ${kind} ${ingress} ${place}`

  beforeAll(async () => {
    server = await startServer(['--memory', '--quota', 'off', '--data-plane', 'namespaces'])
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
    ec2 = new EC2Client({ endpoint: server.url, region: 'us-east-1', credentials })
    near = await network({ ec2 }, '10.0.0.0/16')
    const subnets = {
      same: await subnet({ ec2 }, near, '10.0.1.0/24', 1),
      different: await subnet({ ec2 }, near, '10.0.2.0/24', 2),
    }
    await Promise.all(kinds.map((kind) => launchAll(kind, subnets)))
    await vi.waitFor(async () => expect(await states()).toBe(named.size), { timeout: 40_000, interval: 200 })
    await describeAll()
    await exchangeAll()
  })

  afterAll(() => server.stop())

  async function launchAll(kind: Kind, subnets: Readonly<Record<Place, string>>): Promise<void> {
    const [senders, receivers, nobody] = await Promise.all([group(), group(), group()])
    for (const fate of fates) {
      const peers = fate === 'allow' ? { senders, receivers } : { senders: nobody, receivers: nobody }
      const out = await group()
      await ec2.send(
        new AuthorizeSecurityGroupEgressCommand({
          GroupId: out,
          IpPermissions: await rules(kind, fate, peers.receivers),
        }),
      )
      await launch(senderName(kind, fate), subnets.same, [senders, out])
      const within = await group()
      await ec2.send(
        new AuthorizeSecurityGroupIngressCommand({
          GroupId: within,
          IpPermissions: await rules(kind, fate, peers.senders),
        }),
      )
      for (const place of places) await launch(receiverName(kind, fate, place), subnets[place], [receivers, within])
    }
  }

  /** Without any rule. */
  async function group(): Promise<string> {
    const GroupName = `g${Math.floor(performance.now() * 1e6)}`
    const { GroupId = '' } = await ec2.send(
      new CreateSecurityGroupCommand({ GroupName, Description: 'a group', VpcId: near.vpc }),
    )
    // A new group lets everything out, with IPv6 too in a VPC that has it.
    const everything = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }], Ipv6Ranges: [{ CidrIpv6: '::/0' }] }
    await ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions: [everything] }))
    return GroupId
  }

  /** For all protocols of the table; rules that deny are for others. */
  async function rules(kind: Kind, fate: Fate, peer: string): Promise<IpPermission[]> {
    const blocks = fate === 'allow' ? { v4: '10.0.0.0/16', v6: near.ipv6 } : elsewhere
    const peers: Partial<IpPermission>[] =
      kind === 'cidr'
        ? [{ IpRanges: [{ CidrIp: blocks.v4 }] }, { Ipv6Ranges: [{ CidrIpv6: blocks.v6 }] }]
        : kind === 'group'
          ? [{ UserIdGroupPairs: [{ GroupId: peer }] }]
          : [await list('IPv4', blocks.v4), await list('IPv6', blocks.v6)]
    const traffic: IpPermission[] = [
      { IpProtocol: 'tcp', FromPort: 7000, ToPort: 7000 },
      { IpProtocol: 'udp', FromPort: 7000, ToPort: 7000 },
      { IpProtocol: 'icmp', FromPort: 8, ToPort: -1 },
      { IpProtocol: 'icmpv6', FromPort: 128, ToPort: -1 },
      { IpProtocol: '253' },
    ]
    return traffic.flatMap((each) => peers.map((its) => ({ ...each, ...its })))
  }

  async function list(AddressFamily: 'IPv4' | 'IPv6', Cidr: string): Promise<Partial<IpPermission>> {
    const input = { PrefixListName: 'a list', AddressFamily, MaxEntries: 1, Entries: [{ Cidr }] }
    const { PrefixList } = await ec2.send(new CreateManagedPrefixListCommand(input))
    return { PrefixListIds: [{ PrefixListId: PrefixList?.PrefixListId }] }
  }

  const ids = new Map<string, string>()

  async function launch(name: string, SubnetId: string, Groups: string[]): Promise<void> {
    const card = { DeviceIndex: 0, SubnetId, Ipv6AddressCount: 1, Groups }
    const { Instances } = await ec2.send(
      new RunInstancesCommand({
        ImageId: 'ami-0abcdef1234567890',
        MinCount: 1,
        MaxCount: 1,
        NetworkInterfaces: [card],
      }),
    )
    ids.set(name, Instances?.[0]?.InstanceId ?? '')
    named.set(name, { enter: [], addresses: [] })
  }

  /** How many interfaces are enforced. */
  async function states(): Promise<number> {
    const { interfaces } = JSON.parse(await sallyport('status')) as EnforcementListing
    return interfaces.filter(({ state }) => state === 'enforced').length
  }

  async function sallyport(...words: string[]): Promise<string> {
    const env = { AWS_ENDPOINT_URL: server.url, AWS_REGION: 'us-east-1' }
    return (await runProgram([...words, '--output', 'json'], { env })).stdout
  }

  async function describeAll(): Promise<void> {
    report = JSON.parse(await sallyport('ps')) as LabReport
    for (const [name, id] of ids) {
      const found = report.instances.find((each) => each.id === id)
      if (found?.namespace === undefined) throw new Error(`${name} does not run`)
      named.set(name, { enter: enterCommand(report.holder, found.namespace), addresses: found.addresses })
    }
  }

  async function exchangeAll(): Promise<void> {
    const receivers = [...named].filter(([name]) => name.startsWith('receiver'))
    const serving = await Promise.all(receivers.map(([, { enter }]) => serve(enter)))
    const senders = kinds.flatMap((kind) => fates.map((egress) => ({ kind, name: senderName(kind, egress) })))
    await Promise.all(
      senders.map(async ({ kind, name }) => {
        const own = receivers.filter(([each]) => each.startsWith(`receiver ${kind} `))
        const targets = own.flatMap(([, { addresses }]) => addresses)
        const { enter = [] } = named.get(name) ?? {}
        answered.set(
          name,
          JSON.parse(await runTool([...enter, 'python3', '-B', script, 'call', ...targets])) as string[],
        )
      }),
    )
    await Promise.all(receivers.map(async ([name], index) => heard.set(name, (await serving[index]?.()) ?? [])))
  }

  /** Gives what ends it and tells from whom it heard. */
  async function serve(enter: readonly string[]): Promise<() => Promise<string[]>> {
    const [file = '', ...words] = [...enter, 'python3', '-B', script, 'serve']
    const child = spawn(file, words, { stdio: ['pipe', 'pipe', 'inherit'] })
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    expect((await lines.next()).value).toBe('ready')
    return async () => {
      const ended = once(child, 'exit')
      child.stdin.end()
      const { value } = await lines.next()
      await ended
      return JSON.parse(String(value)) as string[]
    }
  }

  function addressOf(name: string, version: Cell['version']): string {
    const all = named.get(name)?.addresses ?? []
    return all.find((each) => each.includes(':') === (version === 'IPv6')) ?? `no ${version} address of ${name}`
  }

  test('the table is whole', () => {
    expect(cells).toHaveLength(192)
  })

  test.each(cells)(
    'egress $egress, ingress $ingress: $protocol by $kind, $version, $place subnet',
    ({ kind, egress, ingress, place, version, protocol }) => {
      const [sender, receiver] = [senderName(kind, egress), receiverName(kind, ingress, place)]
      const passes = egress === 'allow' && ingress === 'allow'
      expect(answered.get(sender)?.includes(`${protocol} ${addressOf(receiver, version)}`)).toBe(passes)
      // The host answers an echo itself.
      if (protocol === 'icmp') return
      expect(heard.get(receiver)?.includes(`${protocol} ${addressOf(sender, version)}`)).toBe(passes)
    },
  )

  test('a server that is killed leaves no process and no namespace', async () => {
    const inside = report.holder.processNamespace
    const [first] = named.values()
    const net = (await runTool([...(first?.enter ?? []), 'readlink', '/proc/self/ns/net'])).trim()
    expect(processesWith('pid', inside)).not.toEqual([])
    await server.stop('SIGKILL')
    await expect.poll(() => isGone(report.holder.pid)).toBe(true)
    await expect.poll(() => [...processesWith('pid', inside), ...processesWith('net', net)]).toEqual([])
  })
})
