/** The lab when something goes wrong: closed while it lasts, said aloud, and right again afterwards. */

import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  AttachNetworkInterfaceCommand,
  CreateNetworkAclEntryCommand,
  CreateNetworkInterfaceCommand,
  DeleteNetworkAclEntryCommand,
  DescribeNetworkAclsCommand,
  DescribeSubnetsCommand,
} from '@aws-sdk/client-ec2'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { program } from '../server-process.ts'
import { curl, launchWith } from './lab-network.ts'
import { everybody, type Lab, lacksTools, openLab, webServer } from './lab-scene.ts'

const script = (text: string) => Buffer.from(text).toString('base64')

/** What there is less of to try: one of the two will do. */
const [who = 'an ordinary user'] = everybody.slice(-1)

describe.skipIf(lacksTools)('a lab in trouble', () => {
  let directory: string
  let lab: Lab

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'sallyport-lab-'))
    chmodSync(directory, 0o777)
    lab = await openLab(who, directory)
  })

  afterAll(async () => {
    await lab.stop()
    rmSync(directory, { recursive: true, force: true })
  })

  const addressOf = async (id: string) =>
    (await lab.report()).instances.find((each) => each.id === id)?.addresses[0] ?? ''

  test('an interface that cannot be guarded stays down, alone, and is plugged in when it can', async () => {
    const before = await launchWith(lab, { UserData: script(webServer) })
    await expect.poll(() => curl(lab, before, '127.0.0.1')).toMatch('hello')
    writeFileSync(join(directory, 'refuse'), '')
    const id = await launchWith(lab, { UserData: script(webServer) })
    const ps = await lab.sallyport('ps')
    expect(ps.status).toBe(1)
    expect(ps.stderr).toMatch('degraded: not all instances are as they should be, and it is tried again: refused')
    expect((await lab.sallyport('exec', id, 'ip', '-br', 'link', 'show', 'dev', 'eth0')).stdout).toMatch(/ DOWN /)
    expect((await lab.sallyport('logs', id)).stdout).toBe('')
    expect(await curl(lab, id, await addressOf(before))).toBe('')
    rmSync(join(directory, 'refuse'))
    await expect.poll(async () => (await lab.sallyport('ps')).status).toBe(0)
    const address = await addressOf(id)
    await expect.poll(() => curl(lab, before, address)).toMatch('hello')
    expect(lab.calls.filter(({ call }) => call === 'degraded' || call === 'ready').map(({ call }) => call)).toEqual([
      'degraded',
      'ready',
    ])
  })

  test('a holder that somebody ends is replaced, and what ran is rebuilt', async () => {
    const id = await launchWith(lab, { UserData: script(webServer) })
    const { holder } = await lab.report()
    process.kill(holder.pid, 'SIGKILL')
    await expect.poll(async () => (await lab.report()).holder.pid).not.toBe(holder.pid)
    await expect.poll(() => curl(lab, id, '127.0.0.1')).toMatch('hello')
  })

  test('a further interface has its own device, addresses and way out', async () => {
    const { Subnets } = await lab.ec2.send(new DescribeSubnetsCommand({}))
    const SubnetId = Subnets?.[0]?.SubnetId
    const id = await launchWith(lab, { SubnetId })
    const made = await lab.ec2.send(new CreateNetworkInterfaceCommand({ SubnetId }))
    const NetworkInterfaceId = made.NetworkInterface?.NetworkInterfaceId
    const address = made.NetworkInterface?.PrivateIpAddress ?? ''
    await lab.ec2.send(new AttachNetworkInterfaceCommand({ InstanceId: id, DeviceIndex: 1, NetworkInterfaceId }))
    await expect
      .poll(async () => (await lab.sallyport('exec', id, 'ip', 'route', 'get', '192.0.2.1', 'from', address)).stdout)
      .toMatch(/ dev eth1 /)
    expect(lab.calls.findLast(({ call }) => call === 'attach')).toMatchObject({ device: 'eth1', isUp: false })
    const other = await launchWith(lab, { SubnetId: Subnets?.[1]?.SubnetId })
    const pinged = async () => (await lab.sallyport('exec', other, 'ping', '-c', '1', '-W', '1', address)).status
    await expect.poll(pinged).toBe(0)
  })

  test('changes to an ACL lose none of the packets that it allows before and after', async () => {
    const { Subnets } = await lab.ec2.send(new DescribeSubnetsCommand({}))
    const [one, two] = await Promise.all(
      [0, 1].map((index) => launchWith(lab, { SubnetId: Subnets?.[index]?.SubnetId })),
    )
    const to = await addressOf(two ?? '')
    const { NetworkAcls } = await lab.ec2.send(new DescribeNetworkAclsCommand({}))
    const entry = { NetworkAclId: NetworkAcls?.[0]?.NetworkAclId ?? '', RuleNumber: 50, Egress: false }
    const stream = lab.sallyport('exec', one ?? '', 'ping', '-q', '-i', '0.002', '-c', '1500', '-W', '2', to)
    for (let change = 0; change < 20; change++) {
      const denial = { ...entry, Protocol: '6', RuleAction: 'deny', CidrBlock: '0.0.0.0/0' } as const
      await lab.ec2.send(new CreateNetworkAclEntryCommand({ ...denial, PortRange: { From: 80, To: 80 } }))
      await lab.ec2.send(new DeleteNetworkAclEntryCommand(entry))
    }
    expect((await stream).stdout).toMatch(/1500 packets transmitted, 1500 received, 0% packet loss/)
  })
})

describe.skipIf(lacksTools)('a system that does not let it', () => {
  const serve = ['serve', '--memory', '--port', '0', '--data-plane', 'namespaces']

  test('is told what would allow user namespaces', () => {
    const shut = 'echo 0 > /proc/sys/user/max_user_namespaces; exec setpriv --bounding-set=-all "$@"'
    const words = ['--user', '--map-root-user', 'bash', '-c', shut, 'sallyport', process.execPath, program, ...serve]
    const { status, stderr } = spawnSync('unshare', words, { encoding: 'utf8', timeout: 20_000 })
    expect(status).toBe(1)
    expect(stderr).toMatch(
      /^sallyport: --data-plane namespaces cannot be had here: this system refuses user namespaces\. Run/,
    )
  })
})
