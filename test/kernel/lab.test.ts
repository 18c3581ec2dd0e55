/** Instances as namespaces, with real packets: by root and by an ordinary user. The guard of these tests lets all pass. */

import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  AcceptVpcPeeringConnectionCommand,
  CreateNetworkAclCommand,
  CreateNetworkAclEntryCommand,
  CreateRouteCommand,
  CreateVpcPeeringConnectionCommand,
  DeleteNetworkAclEntryCommand,
  DescribeNetworkAclsCommand,
  DescribeSubnetsCommand,
  ReplaceNetworkAclAssociationCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { InstanceReport } from '../../src/app/lab/lab-paths.ts'
import { processNamespaceOf } from '../../src/app/lab/lab-paths.ts'
import { curl, launch, launchWith, type Network, network, openToInternet, subnet } from './lab-network.ts'
import { everybody, isGone, type Lab, lacksTools, openLab, processesWith, webServer } from './lab-scene.ts'

const v4 = (instance: InstanceReport) => instance.addresses[0] ?? ''
const v6 = (instance: InstanceReport) => instance.addresses.find((each) => each.includes(':')) ?? ''

/** Gives the subnet another ACL; answers with the one it had. */
async function moveAcl({ ec2 }: Lab, cidr: string, NetworkAclId: string): Promise<string> {
  const { Subnets } = await ec2.send(new DescribeSubnetsCommand({ Filters: [{ Name: 'cidr', Values: [cidr] }] }))
  const SubnetId = Subnets?.[0]?.SubnetId ?? ''
  const filter = { Name: 'association.subnet-id', Values: [SubnetId] }
  const { NetworkAcls } = await ec2.send(new DescribeNetworkAclsCommand({ Filters: [filter] }))
  const [acl] = NetworkAcls ?? []
  const AssociationId = acl?.Associations?.find((each) => each.SubnetId === SubnetId)?.NetworkAclAssociationId
  await ec2.send(new ReplaceNetworkAclAssociationCommand({ AssociationId, NetworkAclId }))
  return acl?.NetworkAclId ?? ''
}

describe.skipIf(lacksTools).each(everybody)('instances run by %s', (who) => {
  let lab: Lab
  let near: Network
  let web: InstanceReport
  let app: InstanceReport

  beforeAll(async () => {
    lab = await openLab(who)
    near = await network(lab, '10.0.0.0/16')
    await openToInternet(lab, near)
    web = await launch(lab, await subnet(lab, near, '10.0.1.0/24', 1), webServer)
    app = await launch(lab, await subnet(lab, near, '10.0.2.0/24', 2))
    await vi.waitFor(async () => expect(await curl(lab, web.id, '127.0.0.1')).toMatch('hello'), { timeout: 10_000 })
  })

  afterAll(() => lab.stop())

  test('each interface is guarded while its device is down', () => {
    const attached = lab.calls.filter(({ call }) => call === 'attach')
    expect(attached.map(({ device, isUp }) => [device, isUp])).toEqual([
      ['eth0', false],
      ['eth0', false],
    ])
  })

  test('subnets reach each other through the router, with IPv4 and IPv6', async () => {
    expect(await curl(lab, app.id, v4(web))).toBe(`hello ::ffff:${v4(app)}`)
    expect(await curl(lab, app.id, v6(web))).toBe(`hello ${v6(app)}`)
    const large = await lab.sallyport('exec', app.id, 'ping', '-c', '1', '-W', '2', '-s', '4000', v4(web))
    expect(large.status).toBe(0)
  })

  test('the router remembers no flow, and no kernel setting of a bridge sends frames to its filters', async () => {
    const inside = (...words: string[]) => lab.sallyport('exec', '--privileged', near.vpc, ...words)
    expect((await inside('conntrack', '-C')).stdout.trim()).toBe('0')
    const calls = await inside('bash', '-c', 'cat /proc/sys/net/bridge/bridge-nf-call-* 2> /dev/null')
    expect(calls.stdout).not.toMatch('1')
  })

  test('the internet and an instance reach each other by public addresses', async () => {
    expect(await curl(lab, 'internet', web.publicAddresses[0] ?? '')).toBe('hello ::ffff:192.0.2.1')
    expect(await curl(lab, 'internet', v6(web))).toBe('hello 2001:db8:ffff::1')
    expect(await curl(lab, app.id, web.publicAddresses[0] ?? '')).toBe(`hello ::ffff:${app.publicAddresses[0]}`)
    for (const address of ['198.51.100.1', '2001:db8:ffff::9']) {
      expect((await lab.sallyport('exec', app.id, 'ping', '-c', '1', '-W', '2', address)).status).toBe(0)
    }
  })

  test('private addresses do not lead in from the internet', async () => {
    expect(await curl(lab, 'internet', v4(web))).toBe('')
  })

  test('a network ACL is stateless, and holds from the next packet on', async () => {
    const { NetworkAcls } = await lab.ec2.send(
      new DescribeNetworkAclsCommand({ Filters: [{ Name: 'vpc-id', Values: [near.vpc] }] }),
    )
    const entry = { NetworkAclId: NetworkAcls?.[0]?.NetworkAclId ?? '', RuleNumber: 50 }
    for (const [Egress, PortRange] of [
      [false, { From: 80, To: 80 }],
      // The answers.
      [true, { From: 1024, To: 65_535 }],
    ] as const) {
      const denial = {
        ...entry,
        Egress,
        PortRange,
        Protocol: '6',
        RuleAction: 'deny',
        CidrBlock: '10.0.0.0/16',
      } as const
      await lab.ec2.send(new CreateNetworkAclEntryCommand(denial))
      await expect.poll(() => curl(lab, app.id, v4(web))).toBe('')
      expect(await curl(lab, app.id, v6(web))).toBe(`hello ${v6(app)}`)
      await lab.ec2.send(new DeleteNetworkAclEntryCommand({ ...entry, Egress }))
      await expect.poll(() => curl(lab, app.id, v4(web))).toMatch('hello')
    }
  })

  test('an ACL of its own decides by protocol, ICMP type and number, and leaves with its association', async () => {
    const { NetworkAcl } = await lab.ec2.send(new CreateNetworkAclCommand({ VpcId: near.vpc }))
    const NetworkAclId = NetworkAcl?.NetworkAclId ?? ''
    const entries = [
      { RuleNumber: 10, Protocol: '1', IcmpTypeCode: { Type: 8, Code: 0 }, CidrBlock: '0.0.0.0/0' },
      { RuleNumber: 11, Protocol: '58', IcmpTypeCode: { Type: 128, Code: -1 }, Ipv6CidrBlock: '::/0' },
      { RuleNumber: 12, Protocol: '50', CidrBlock: '10.0.0.0/8' },
      { RuleNumber: 13, Protocol: '17', PortRange: { From: 53, To: 53 }, CidrBlock: '10.0.2.0/24' },
    ]
    for (const each of entries) {
      const entry = { NetworkAclId, Egress: false, RuleAction: 'allow', ...each } as const
      await lab.ec2.send(new CreateNetworkAclEntryCommand(entry))
    }
    const everything = { RuleNumber: 10, Protocol: '-1', RuleAction: 'allow', Egress: true } as const
    await lab.ec2.send(new CreateNetworkAclEntryCommand({ NetworkAclId, ...everything, CidrBlock: '0.0.0.0/0' }))
    const moved = await moveAcl(lab, '10.0.1.0/24', NetworkAclId)
    await expect.poll(() => curl(lab, app.id, v4(web))).toBe('')
    const ping = async (address: string) =>
      (await lab.sallyport('exec', app.id, 'ping', '-c', '1', '-W', '1', address)).status
    // The echo comes in; the answer over IPv6 has no egress entry.
    expect([await ping(v4(web)), await ping(v6(web))]).toEqual([0, 1])
    await moveAcl(lab, '10.0.1.0/24', moved)
    await expect.poll(() => curl(lab, app.id, v4(web))).toMatch('hello')
    const rules = await lab.sallyport('exec', '--privileged', near.vpc, 'nft', 'list', 'ruleset')
    expect(rules.stdout).not.toMatch(NetworkAclId)
  })

  test('peered networks reach each other once both have routes', async () => {
    const far = await network(lab, '10.9.0.0/16')
    const peer = await launch(lab, await subnet(lab, far, '10.9.0.0/24', 1))
    const made = await lab.ec2.send(new CreateVpcPeeringConnectionCommand({ VpcId: near.vpc, PeerVpcId: far.vpc }))
    const VpcPeeringConnectionId = made.VpcPeeringConnection?.VpcPeeringConnectionId ?? ''
    await lab.ec2.send(new AcceptVpcPeeringConnectionCommand({ VpcPeeringConnectionId }))
    await lab.ec2.send(
      new CreateRouteCommand({
        RouteTableId: far.mainTable,
        VpcPeeringConnectionId,
        DestinationCidrBlock: '10.0.0.0/16',
      }),
    )
    expect(await curl(lab, peer.id, v4(web))).toBe('')
    await lab.ec2.send(
      new CreateRouteCommand({
        RouteTableId: near.mainTable,
        VpcPeeringConnectionId,
        DestinationCidrBlock: '10.9.0.0/16',
      }),
    )
    await expect.poll(() => curl(lab, peer.id, v4(web))).toBe(`hello ::ffff:${v4(peer)}`)
    // Through the other network and beyond it nothing passes.
    await lab.ec2.send(
      new CreateRouteCommand({
        RouteTableId: far.mainTable,
        VpcPeeringConnectionId,
        DestinationCidrBlock: '0.0.0.0/0',
      }),
    )
    expect((await lab.sallyport('exec', peer.id, 'ping', '-c', '1', '-W', '1', '198.51.100.1')).status).toBe(1)
  })

  test('user data that is no script is not run, and the log says so', async () => {
    const id = await launchWith(lab, { UserData: Buffer.from('packages: [nginx]').toString('base64') })
    const { stdout } = await lab.sallyport('logs', id)
    expect(stdout).toMatch(/^\[sallyport\] \S+Z first boot\n\[sallyport\] user data is not run: only a script is/)
  })

  test('what runs inside cannot change its devices, its rules or its kernel settings', async () => {
    const inside = (...words: string[]) => lab.sallyport('exec', app.id, '--', ...words)
    expect((await inside('ip', 'link', 'set', 'eth0', 'down')).stderr).toMatch('Operation not permitted')
    expect((await inside('nft', 'flush', 'ruleset')).status).not.toBe(0)
    const write = await inside('bash', '-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward')
    expect(write.stderr).toMatch('Read-only file system')
    const remount = await inside('mount', '-o', 'remount,rw', '/proc/sys')
    expect(remount.status).not.toBe(0)
  })

  test('exec ends as its command does, and says what is wrong otherwise', async () => {
    expect((await lab.sallyport('exec', app.id, 'bash', '-c', 'exit 7')).status).toBe(7)
    expect(await lab.sallyport('exec', 'nobody', 'true')).toMatchObject({
      status: 2,
      stderr: "sallyport: There is no instance 'nobody': sallyport ps lists what there is.\n",
    })
  })

  test('ps lists the instances with what runs in them', async () => {
    const { stdout } = await lab.sallyport('ps')
    expect(stdout).toMatch(new RegExp(`^${web.id} .* running .* ${v4(web)},.* ${web.publicAddresses[0]} +1$`, 'm'))
    expect(stdout).toMatch(new RegExp(`^${web.id}  \\d+  .*node`, 'm'))
  })

  test('stop ends everything inside, start does not run user data again, terminate leaves nothing', async () => {
    const id = await launchWith(lab, {
      UserData: Buffer.from('#!/bin/bash\nsetsid sleep 1000 &\nexec sleep 1000\n').toString('base64'),
    })
    const processes = async () => (await lab.report()).instances.find((each) => each.id === id)?.processes ?? []
    await expect.poll(async () => (await processes()).length).toBe(2)
    const pids = (await processes()).map(({ pid }) => pid)
    await lab.ec2.send(new StopInstancesCommand({ InstanceIds: [id] }))
    await expect.poll(() => pids.every(isGone)).toBe(true)
    expect(await lab.sallyport('exec', id, 'true')).toMatchObject({
      status: 2,
      stderr: `sallyport: ${id} is stopped: only in a running instance can a command be run.\n`,
    })
    await lab.ec2.send(new StartInstancesCommand({ InstanceIds: [id] }))
    await expect.poll(async () => (await lab.sallyport('exec', id, 'true')).status).toBe(0)
    expect(await processes()).toEqual([])
    expect((await lab.sallyport('logs', id)).stdout).toMatch('started again; user data is run at the first boot only')
    await lab.ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }))
    const attached = lab.calls.filter(({ call }) => call === 'attach').at(-1)
    await expect
      .poll(() =>
        lab.calls.some((each) => each.call === 'detach' && each.networkInterface === attached?.networkInterface),
      )
      .toBe(true)
    await expect.poll(() => curl(lab, app.id, v4(web))).toMatch('hello')
  })

  test('the lab was never degraded', () => {
    expect(lab.calls.filter(({ call }) => call === 'degraded')).toEqual([])
  })
})

describe.skipIf(lacksTools).each(everybody)('a server of %s that is killed', (who) => {
  let directory: string

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'sallyport-lab-'))
    chmodSync(directory, 0o777)
  })

  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  test('leaves no process and no namespace, and the next one rebuilds what ran', async () => {
    const first = await openLab(who, directory)
    const id = await launchWith(first, { UserData: Buffer.from(webServer).toString('base64') })
    await expect.poll(() => curl(first, id, '127.0.0.1')).toMatch('hello')
    const { holder, instances } = await first.report()
    const inside = processNamespaceOf(holder.pid) ?? ''
    expect(processesWith('pid', inside)).not.toEqual([])
    const net = await first.sallyport('exec', id, 'readlink', '/proc/self/ns/net')
    await first.stop('SIGKILL')
    await expect
      .poll(() => [holder.pid, ...(instances[0]?.processes ?? []).map(({ pid }) => pid)].every(isGone))
      .toBe(true)
    // The kernel ends all of a process namespace, one after the other, once its first process is gone.
    await expect.poll(() => processesWith('pid', inside)).toEqual([])
    await expect.poll(() => processesWith('net', net.stdout.trim())).toEqual([])

    const second = await openLab(who, directory)
    await expect.poll(() => curl(second, id, '127.0.0.1')).toMatch('hello')
    const { stdout } = await second.sallyport('logs', id)
    expect(stdout).toMatch(
      /first boot\nserving\n(.*\n)*.* rebuilt, as the server was restarted; user data is run again\nserving/,
    )
    await second.stop()
  })
})
