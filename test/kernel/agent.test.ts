/** `sallyport agent` on a host's device: what passes there while the endpoint answers, is away, or never was. */

import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateNetworkInterfaceCommand,
  CreateSecurityGroupCommand,
  DescribeSubnetsCommand,
  EC2Client,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { EnforcementListing } from '../../src/app/enforcement/shown.ts'
import { Namespaces } from '../../src/app/stage/namespaces.ts'
import { PacketTool } from '../../src/app/stage/packet-tool.ts'
import { runTool } from '../../src/app/system-tool.ts'
import { program, runProgram, type ServerProcess, startServer } from '../server-process.ts'
import { hasStageTools } from './stage-tools.ts'

const isRoot = process.getuid?.() === 0
const ping = { IpProtocol: 'icmp', FromPort: 8, ToPort: -1, IpRanges: [{ CidrIp: '172.31.0.0/20' }] }
const web = { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: '172.31.0.0/20' }] }

type Agent = ChildProcessByStdio<null, Readable, Readable>

/** A host with `eth0`, at the other end of which somebody else is. */
const cabling = `
ip netns add host
ip link add outside type veth peer name eth0 netns host
ip addr add 172.31.0.9/20 dev outside
ip link set outside up
ip -n host addr add 172.31.0.4/20 dev eth0
ip -n host link set eth0 up
ip -n host link set lo up
ip -n host route add default via 172.31.0.9
`

describe.skipIf(!hasStageTools || !isRoot)('an agent on a host', () => {
  let namespaces: Namespaces
  let server: ServerProcess
  let ec2: EC2Client
  let data = ''
  let group = ''
  let networkInterface = ''
  const agents = new Set<Agent>()
  /** All that an agent has printed. */
  const said = new WeakMap<Agent, string>()

  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'sallyport-agent-'))
    server = await startServer(['--data', data])
    ec2 = clientOf(server.url)
    const { Subnets } = await ec2.send(new DescribeSubnetsCommand({}))
    const subnet = Subnets?.find(({ CidrBlock }) => CidrBlock === '172.31.0.0/20')
    const { GroupId = '' } = await ec2.send(new CreateSecurityGroupCommand({ GroupName: 'host', Description: 'host' }))
    group = GroupId
    const made = await ec2.send(
      new CreateNetworkInterfaceCommand({
        SubnetId: subnet?.SubnetId,
        PrivateIpAddress: '172.31.0.4',
        Groups: [group],
      }),
    )
    networkInterface = made.NetworkInterface?.NetworkInterfaceId ?? ''
  })

  beforeEach(async () => {
    namespaces = new Namespaces()
    await new PacketTool(namespaces.holder).ready()
    await runTool([...namespaces.enter, 'sh', '-e'], cabling)
  })

  afterEach(async () => {
    for (const agent of agents) agent.kill('SIGKILL')
    agents.clear()
    await namespaces.close()
  })

  afterAll(async () => {
    await server.stop()
    rmSync(data, { recursive: true })
  })

  const host = () => `/proc/${namespaces.holder.pid}/root/run/netns/host`
  const options = (url = server.url) => [
    ...['--endpoint-url', url, '--network-interface', networkInterface],
    ...['--device', 'eth0', '--netns', host()],
  ]
  const startAgent = (...more: string[]) => {
    const agent = spawn(process.execPath, [program, 'agent', ...options(), ...more], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    agent.stdout.setEncoding('utf8').on('data', (text: string) => said.set(agent, `${said.get(agent) ?? ''}${text}`))
    agent.stderr.resume()
    agents.add(agent)
    return agent
  }
  /** By its own word: the endpoint may still know of an agent that was killed. */
  const enforced = (agent: Agent) => expect.poll(() => said.get(agent)).toContain('Z enforced\n')
  const states = async () => {
    const { stdout } = await runProgram(['status', '--endpoint-url', server.url, '--output', 'json'])
    return (JSON.parse(stdout) as EnforcementListing).interfaces.map(({ state }) => state)
  }
  const isAnswered = () =>
    runTool([...namespaces.enter, 'ping', '-c', '1', '-W', '1', '172.31.0.4']).then(
      () => true,
      () => false,
    )
  const tables = () => runTool([...namespaces.enterNamed('host'), 'nft', 'list', 'tables'])
  const authorize = (...IpPermissions: object[]) =>
    ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: group, IpPermissions }))
  const revoke = (...IpPermissions: object[]) =>
    ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: group, IpPermissions }))

  test('enforces what the endpoint says, follows its changes, and keeps the rules when it ends', async () => {
    expect(await isAnswered()).toBe(true)
    const agent = startAgent()
    await enforced(agent)
    await expect.poll(states).toEqual(['enforced'])
    expect(await isAnswered()).toBe(false)
    await authorize(ping)
    await expect.poll(isAnswered).toBe(true)
    await revoke(ping)
    // A new ping is a new question.
    await expect.poll(isAnswered).toBe(false)
    agent.kill('SIGTERM')
    expect(await once(agent, 'exit')).toEqual([0, null])
    expect(await tables()).toBe('table inet sallyport-eth0\n')
    expect(await states()).toEqual([])
  })

  test('tells the endpoint of the connections that its kernel has', async () => {
    startAgent()
    await expect.poll(states).toEqual(['enforced'])
    await authorize(ping)
    await expect.poll(isAnswered).toBe(true)
    const seen = async () => {
      const { stdout } = await runProgram(['connections', '--endpoint-url', server.url])
      return stdout
    }
    await expect
      .poll(seen)
      .toMatch(/^tracked {2}ingress of \S+ {2}icmp 172\.31\.0\.9 > 172\.31\.0\.4 echo \d+ {2}query/m)
    expect(await seen()).toMatch(/\(kernel\)\n {2}the protocol is always tracked\n {2}by sgr-/)
    await revoke(ping)
  })

  test('keeps the last rules while the endpoint is away, and goes on when it is back', async () => {
    const agent = startAgent()
    await enforced(agent)
    await expect.poll(states).toEqual(['enforced'])
    await authorize(ping)
    await expect.poll(isAnswered).toBe(true)
    const { port } = new URL(server.url)
    await server.stop()
    const away = `the endpoint is away: Nothing answers at http://127.0.0.1:${port}`
    await expect.poll(() => said.get(agent)).toContain(away)
    expect(await isAnswered()).toBe(true)
    server = await startServer(['--data', data, '--port', port])
    await revoke(ping)
    await expect.poll(isAnswered).toBe(false)
    await expect.poll(states).toEqual(['enforced'])
  })

  test('lets nothing through before it ever had rules', async () => {
    const agent = spawn(process.execPath, [program, 'agent', ...options('http://127.0.0.1:9')], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    agents.add(agent)
    await expect.poll(isAnswered).toBe(false)
    agent.kill('SIGTERM')
    expect(await once(agent, 'exit')).toEqual([1, null])
    expect(await isAnswered()).toBe(false)
  })

  test('takes the rules off at its end if it is told to', async () => {
    const agent = startAgent('--on-exit', 'remove')
    await enforced(agent)
    agent.kill('SIGTERM')
    expect(await once(agent, 'exit')).toEqual([0, null])
    expect(await tables()).toBe('')
    expect(await isAnswered()).toBe(true)
  })

  test.each([
    { adopt: ['--adopt', '3'], isCut: false },
    { adopt: [], isCut: true },
  ])('a connection that is older than the rules, with %j', async ({ adopt, isCut }) => {
    await authorize(web)
    const echo = `require('node:net').createServer((s) => s.pipe(s)).listen(80)`
    const serving = spawnIn(namespaces.enterNamed('host'), echo)
    const talking = spawnIn(namespaces.enter, talk)
    let heard = 0
    talking.stdout.on('data', (text: Buffer) => {
      heard += text.length
    })
    await expect.poll(() => heard).toBeGreaterThan(2)
    const agent = startAgent(...adopt)
    await enforced(agent)
    // Past the time of adoption.
    await new Promise((resolve) => setTimeout(resolve, 4000))
    const before = heard
    await new Promise((resolve) => setTimeout(resolve, 1000))
    for (const each of [serving, talking, agent]) each.kill('SIGKILL')
    await revoke(web)
    expect(heard > before).toBe(!isCut)
  })

  test('enforce does it once: a second time there is nothing to do, and --remove undoes it', async () => {
    const first = await runProgram(['enforce', ...options(), '--dry-run'])
    expect(first.stdout).toContain(
      'add chain inet sallyport-eth0 input { type filter hook input priority 0; policy drop; }',
    )
    expect(await tables()).toBe('')
    expect(await runProgram(['enforce', ...options()])).toMatchObject({ status: 0, stdout: 'enforced\n' })
    expect(await isAnswered()).toBe(false)
    const again = await runProgram(['enforce', ...options(), '--dry-run'])
    expect(again).toMatchObject({ status: 0, stdout: 'nothing to do: the rules are in force\n' })
    expect(await runProgram(['enforce', ...options(), '--remove'])).toMatchObject({ status: 0 })
    expect(await tables()).toBe('')
  })

  test.each([
    [['--device', 'eth9'], "There is no device 'eth9' there. It has eth0"],
    [['--netns', '/run/netns/nowhere'], 'There is no network namespace at /run/netns/nowhere'],
    [['--network-interface', 'eni-0'], "'eni-0' is no id of a network interface"],
  ])('says what is wrong with %j', async (wrong, message) => {
    const { status, stderr } = await runProgram(['enforce', ...options(), ...wrong])
    expect({ status, isSaid: stderr.includes(message) }).toEqual({ status: 2, isSaid: true })
  })
})

function clientOf(endpoint: string): EC2Client {
  return new EC2Client({ endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } })
}

/** One connection, as soon as there is a server: a byte every tenth of a second, and what comes back of it. */
const talk = `
let isOpen = false
function open() {
  const socket = require('node:net').connect(80, '172.31.0.4')
  socket.on('data', (text) => process.stdout.write(text))
  socket.on('connect', () => { isOpen = true; setInterval(() => socket.write('.'), 100) })
  socket.on('error', () => { if (!isOpen) setTimeout(open, 100) })
}
open()`

function spawnIn(enter: readonly string[], script: string): ChildProcessByStdio<null, Readable, null> {
  const [file = '', ...args] = [...enter, process.execPath, '-e', script]
  return spawn(file, args, { stdio: ['ignore', 'pipe', 'ignore'] })
}
