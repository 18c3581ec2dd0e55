import { expect, test } from 'vitest'
import type { Body } from '../../test/cloud.ts'
import { instant, seconds } from '../base/clock.ts'
import { seededEntropy } from '../base/entropy.ts'
import type { NetworkInterface } from '../model/network-interface.ts'
import { notationWorld } from '../model/notation.ts'
import { parsePacket } from '../packet/notation.ts'
import { Sandbox } from './sandbox.ts'

const scope = { account: '123456789012', region: 'us-east-1' }
const start = { scope, now: instant(Date.UTC(2026, 10, 22, 10)) }

async function interfaceIn(sandbox: Sandbox): Promise<{ readonly card: NetworkInterface; readonly group: string }> {
  const { Subnets } = (await sandbox.call('DescribeSubnets')) as Body
  const { GroupId } = (await sandbox.call('CreateSecurityGroup', {
    GroupName: 'db',
    Description: 'databases',
  })) as Body
  const input = { SubnetId: Subnets[0].SubnetId, Groups: [GroupId] }
  const { NetworkInterface: made } = (await sandbox.call('CreateNetworkInterface', input)) as Body
  const card = sandbox.world.networkInterface.get(made.NetworkInterfaceId)
  if (!card) throw new Error('the interface is in the world')
  return { card, group: GroupId }
}

const client = { IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, IpRanges: [{ CidrIp: '10.0.0.5/32' }] }

test('a new sandbox holds the default network of its region', async () => {
  const sandbox = await Sandbox.open({ ...start, scope: { ...scope, region: 'eu-central-1' } })
  expect(await sandbox.call('DescribeVpcs')).toMatchObject({ Vpcs: [{ CidrBlock: '172.31.0.0/16', IsDefault: true }] })
  const zones = [...sandbox.world.subnet.values()].map(({ zone }) => zone)
  expect(zones.toSorted()).toEqual(['eu-central-1a', 'eu-central-1b', 'eu-central-1c'])
})

test('a sandbox on a world holds that world, and leaves it as it is', async () => {
  const world = notationWorld()
  const sandbox = await Sandbox.open({ ...start, world })
  expect(sandbox.world).toBe(world)
  await sandbox.call('CreateVpc', { CidrBlock: '10.1.0.0/16' })
  expect(sandbox.world.vpc.size).toBe(2)
  expect(world.vpc.size).toBe(1)
})

test('a sandbox opened on the world of another goes its own way', async () => {
  const one = await Sandbox.open(start)
  const other = await Sandbox.open({ ...start, world: one.world })
  await other.call('CreateSecurityGroup', { GroupName: 'web', Description: 'web servers' })
  expect(one.world.securityGroup.size).toBe(1)
  expect(other.world.securityGroup.size).toBe(2)
})

test('a world of another region is refused', async () => {
  const world = notationWorld()
  const elsewhere = { ...scope, region: 'eu-west-1' }
  await expect(Sandbox.open({ ...start, scope: elsewhere, world })).rejects.toThrow('of its scope')
})

test('a refused action rejects as it does on the wire, and changes nothing', async () => {
  const sandbox = await Sandbox.open(start)
  const before = sandbox.world
  const refused = sandbox.call('DeleteSecurityGroup', { GroupId: 'sg-0123456789abcdef0' })
  await expect(refused).rejects.toMatchObject({ code: 'InvalidGroup.NotFound', status: 400 })
  expect(sandbox.world).toBe(before)
})

test('the clock stands still until it is told to move', async () => {
  const sandbox = await Sandbox.open(start)
  expect(sandbox.now).toBe(start.now)
  sandbox.wait(seconds(90))
  expect(sandbox.now).toBe(start.now + 90_000)
  await sandbox.call('AllocateAddress')
  const launch = { ImageId: 'ami-0123456789abcdef0', MinCount: 1, MaxCount: 1, InstanceType: 't3.micro' }
  expect(await sandbox.call('RunInstances', launch)).toMatchObject({ Instances: [{ LaunchTime: start.now + 90_000 }] })
})

test('the same seed makes the same ids, and none make different ones', async () => {
  const idsOf = async (options: object) => [...(await Sandbox.open({ ...start, ...options })).world.vpc.keys()]
  const seeded = () => idsOf({ entropy: seededEntropy(7) })
  expect(await seeded()).toEqual(await seeded())
  expect(await idsOf({})).not.toEqual(await idsOf({}))
})

test('its engine goes by the rules as its calls leave them, and remembers connections across a revoke', async () => {
  const met: string[] = []
  const witness = ({ verdict }: { readonly verdict: { readonly action: string } }) => met.push(verdict.action)
  const sandbox = await Sandbox.open({ ...start, witness })
  const { card, group } = await interfaceIn(sandbox)
  const meet = (text: string) => {
    const packet = parsePacket(text.replace('HERE', card.privateAddresses[0]?.address ?? ''))
    return sandbox.live.meet({ card, direction: 'ingress', packet, now: sandbox.now }).action
  }
  const syn = 'tcp 10.0.0.5:40000 > HERE:5432 S'
  expect(meet(syn)).toBe('deny')
  await sandbox.call('AuthorizeSecurityGroupIngress', { GroupId: group, IpPermissions: [client] })
  expect(meet(syn)).toBe('allow')
  await sandbox.call('RevokeSecurityGroupIngress', { GroupId: group, IpPermissions: [client] })
  expect(meet('tcp 10.0.0.5:40000 > HERE:5432 A')).toBe('allow')
  expect(sandbox.live.flows(sandbox.now)).toHaveLength(1)
  sandbox.wait(seconds(3600 * 24 * 6))
  expect(meet('tcp 10.0.0.5:40000 > HERE:5432 A')).toBe('deny')
  expect(met).toEqual(['deny', 'allow', 'allow', 'deny'])
})
