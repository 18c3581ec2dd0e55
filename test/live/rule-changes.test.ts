/** What a change made through the EC2 API does to flows that are alive at that moment. */

import { beforeEach, describe, expect, test } from 'vitest'
import { days, seconds } from '../../src/base/clock.ts'
import { authorize, createPrefixList, type Permission, permissions } from '../groups.ts'
import { launch } from '../interfaces.ts'
import { type Host, host, loseEgress, publish, type Scene, scene } from './scene.ts'

let at: Scene
let app: Host
let db: Host

beforeEach(async () => {
  at = await scene()
  app = await host(at.aws, 'app', '172.31.0.10')
  db = await host(at.aws, 'db', '172.31.0.20')
  await publish(at.aws, db)
})

const client = '198.51.100.7'
/** Opens a connection from `from` and leaves it open. */
const opened = (from: string, port = 5432) => ({
  from,
  to: db.card,
  protocol: 'tcp',
  port,
  clientPort: 40000,
  keepOpen: true,
})
const asked = (from: string, flags: string, port = 5432) => `tcp ${from}:40000 > ${db.address}:${port} ${flags}`
const answered = (to: string, flags: string, port = 5432) => `tcp ${db.address}:${port} > ${to}:40000 ${flags}`

async function revoke(group: string, ...given: readonly Permission[]): Promise<void> {
  await at.aws.call('RevokeSecurityGroupIngress', { GroupId: group, ...permissions(...given) })
}

describe('a rule that is authorized', () => {
  test('admits the next packet', async () => {
    expect(at.fates(asked(app.address, 'S'))).toBe('D')
    await authorize(at.aws, db.group, ['tcp 5432', app.group])
    expect(at.fates(asked(app.address, 'S'), answered(app.address, 'SA'), asked(app.address, 'A'))).toBe('AAA')
  })
})

describe('a rule that is revoked', () => {
  test('leaves the tracked connections it admitted alone and admits no new ones', async () => {
    await authorize(at.aws, db.group, ['tcp 5432', app.group])
    expect(at.fates(opened(app.card))).toBe('AAAAA')
    await revoke(db.group, ['tcp 5432', app.group])
    expect(at.fates(asked(app.address, 'PA'), answered(app.address, 'PA'))).toBe('AA')
    expect(at.fates({ from: app.card, to: db.card, protocol: 'tcp', port: 5432 })).toBe('D')
    expect(at.flows(db.card).map(({ rules }) => rules.map(({ isInForce }) => isInForce))).toEqual([[false]])
  })

  test('cuts the untracked flows it let pass at once', async () => {
    await authorize(at.aws, db.group, ['tcp 22', '0.0.0.0/0'])
    expect(at.fates({ ...opened(client, 22) })).toBe('AAAAA')
    await revoke(db.group, ['tcp 22', '0.0.0.0/0'])
    expect(at.fates(asked(client, 'PA', 22), asked(client, 'S', 22))).toBe('DD')
    expect(at.flows(db.card).map(({ state, isTracked }) => [state, isTracked])).toEqual([['cut', false]])
  })

  test('cuts an untracked flow as well when it is the other half of the pair', async () => {
    await authorize(at.aws, db.group, ['tcp 22', '0.0.0.0/0'])
    expect(at.fates(opened(client, 22))).toBe('AAAAA')
    await loseEgress(at.aws, db.group)
    expect(at.fates(asked(client, 'PA', 22), answered(client, 'PA', 22))).toBe('DD')
    expect(at.fates(asked(client, 'S', 22), answered(client, 'SA', 22))).toBe('AA')
    expect(at.flows(db.card).map(({ isTracked }) => isTracked)).toEqual([true])
  })

  test('stops UDP until a datagram that rules still admit opens the flow again', async () => {
    await authorize(at.aws, db.group, ['udp 53', '0.0.0.0/0'])
    const question = `udp ${client}:40000 > ${db.address}:53`
    const answer = `udp ${db.address}:53 > ${client}:40000`
    expect(at.fates(question, answer)).toBe('AA')
    await revoke(db.group, ['udp 53', '0.0.0.0/0'])
    expect(at.fates(question, answer, question)).toBe('DAA')
  })
})

describe('a flow is judged by the rules of this moment', () => {
  test('when its interface leaves the group', async () => {
    await authorize(at.aws, db.group, ['tcp 5432', app.group])
    expect(at.fates(opened(app.card))).toBe('AAAAA')
    await at.aws.call('ModifyNetworkInterfaceAttribute', {
      NetworkInterfaceId: db.card,
      'SecurityGroupId.1': app.group,
    })
    expect(at.fates(asked(app.address, 'A'), { from: app.card, to: db.card, port: 5432 })).toBe('AD')
  })

  test('when its peer leaves the group that a rule names', async () => {
    await authorize(at.aws, db.group, ['tcp 5432', app.group])
    expect(at.fates(opened(app.card))).toBe('AAAAA')
    await at.aws.call('ModifyNetworkInterfaceAttribute', {
      NetworkInterfaceId: app.card,
      'SecurityGroupId.1': db.group,
    })
    expect(at.fates(asked(app.address, 'A'), { from: app.card, to: db.card, port: 5432 })).toBe('AD')
  })

  test('when a prefix list loses its address', async () => {
    const entry = { 'Entry.1.Cidr': '172.31.0.10/32' }
    const list = await createPrefixList(at.aws, entry)
    await authorize(at.aws, db.group, ['tcp 5432', list])
    expect(at.fates(opened(app.card))).toBe('AAAAA')
    await at.aws.call('ModifyManagedPrefixList', {
      PrefixListId: list,
      CurrentVersion: 1,
      'RemoveEntry.1.Cidr': '172.31.0.10/32',
    })
    expect(at.fates(asked(app.address, 'A'), { from: app.card, to: db.card, port: 5432 })).toBe('AD')
  })

  test('and by the network ACL, which cuts tracked connections too', async () => {
    await authorize(at.aws, db.group, ['tcp 5432', `${client}/32`])
    expect(at.fates(opened(client))).toBe('AAAAA')
    const { networkAclSet } = await at.aws.call('DescribeNetworkAcls')
    const entry = { NetworkAclId: networkAclSet.item[0].networkAclId, RuleNumber: 50, Egress: true }
    await at.aws.call('CreateNetworkAclEntry', {
      ...entry,
      Protocol: '6',
      RuleAction: 'deny',
      CidrBlock: `${client}/32`,
      'PortRange.From': 0,
      'PortRange.To': 65535,
    })
    expect(at.fates(asked(client, 'PA'), answered(client, 'PA'))).toBe('AD')
    await at.aws.call('DeleteNetworkAclEntry', entry)
    expect(at.fates(answered(client, 'PA'))).toBe('A')
  })
})

describe('a tracked connection is forgotten', () => {
  beforeEach(() => authorize(at.aws, db.group, ['tcp 5432', app.group]))

  test('five days after its last packet', () => {
    expect(at.fates(opened(app.card))).toBe('AAAAA')
    at.aws.wait(days(5))
    expect(at.flows()).toEqual([])
    expect(at.fates(asked(app.address, 'PA'))).toBe('D')
  })

  test('as early as the interface wants, from the connection’s next packet on', async () => {
    expect(at.fates(opened(app.card))).toBe('AAAAA')
    await at.aws.call('ModifyNetworkInterfaceAttribute', {
      NetworkInterfaceId: db.card,
      'ConnectionTrackingSpecification.TcpEstablishedTimeout': 60,
    })
    expect(at.fates(asked(app.address, 'PA'))).toBe('A')
    at.aws.wait(seconds(60))
    expect(at.flows(db.card)).toEqual([])
  })

  test('when its interface is deleted', async () => {
    expect(at.fates(opened(app.card))).toBe('AAAAA')
    await at.aws.call('DeleteNetworkInterface', { NetworkInterfaceId: app.card })
    expect(at.flows().map(({ networkInterface }) => networkInterface)).toEqual([db.card])
  })
})

describe('an instance', () => {
  test('that stops loses its connections, though it starts again at once', async () => {
    const instance = await launch(at.aws, { 'SecurityGroupId.1': db.group, PrivateIpAddress: '172.31.0.30' })
    const id = instance.instanceId
    await authorize(at.aws, db.group, ['tcp 5432', app.group])
    const packet = 'tcp 172.31.0.10:40000 > 172.31.0.30:5432 PA'
    expect(at.fates({ from: app.card, to: id, port: 5432, clientPort: 40000, keepOpen: true }, packet)).toBe('AAAAAA')
    at.aws.wait(seconds(1))
    await at.aws.call('StopInstances', { 'InstanceId.1': id })
    await at.aws.call('StartInstances', { 'InstanceId.1': id })
    expect(at.fates(packet)).toBe('D')
    expect(at.fates({ from: app.card, to: id, port: 5432 })).toBe('A')
  })

  test('keeps its untracked flows through a stop, as they have no state to lose', async () => {
    const { instanceId } = await launch(at.aws, { 'SecurityGroupId.1': db.group, PrivateIpAddress: '172.31.0.30' })
    await authorize(at.aws, db.group, ['tcp 22', '0.0.0.0/0'])
    const request = { from: app.card, to: instanceId, port: 22, clientPort: 40000, keepOpen: true }
    expect(at.fates(request)).toBe('AAAAA')
    await at.aws.call('StopInstances', { 'InstanceId.1': instanceId })
    expect(at.fates('tcp 172.31.0.10:40000 > 172.31.0.30:22 PA')).toBe('D')
    await at.aws.call('StartInstances', { 'InstanceId.1': instanceId })
    expect(at.fates('tcp 172.31.0.10:40000 > 172.31.0.30:22 PA')).toBe('A')
  })
})
