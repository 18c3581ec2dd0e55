/** Packets on their way from end to end: who is asked, in which order, and what ends the way. */

import { beforeEach, describe, expect, test } from 'vitest'
import { authorize, createVpc, defaultVpcOf, peerVpcs } from '../groups.ts'
import { createCard, createSubnet, dualStack, launch } from '../interfaces.ts'
import { type Host, hopsOf, host, loseEgress, publish, type Scene, scene } from './scene.ts'

let at: Scene
let app: Host
let db: Host

beforeEach(async () => {
  at = await scene()
  app = await host(at.aws, 'app', '172.31.0.10')
  db = await host(at.aws, 'db', '172.31.0.20')
})

describe('a packet between two interfaces', () => {
  test("passes the sender's egress, then the receiver's ingress", async () => {
    await authorize(at.aws, db.group, ['tcp 5432', app.group])
    const [report, ...more] = at.send({ from: app.card, to: db.card, protocol: 'tcp', port: 5432 })
    expect(more).toEqual([])
    expect(report).toMatchObject({
      packet: 'tcp 172.31.0.10:32768 > 172.31.0.20:5432 S',
      hops: [
        { networkInterface: app.card, direction: 'egress', action: 'allow', because: { kind: 'rules' } },
        { networkInterface: db.card, direction: 'ingress', action: 'allow', because: { kind: 'rules' } },
      ],
    })
    expect(report?.hops[1]?.sentence).toMatch(/^admitted by sgr-\w+ of sg-\w+ and tracked, as /)
  })

  test('is not seen by the receiver when the sender may not send it', async () => {
    await authorize(at.aws, db.group, ['tcp 5432', app.group])
    await loseEgress(at.aws, app.group)
    expect(at.send({ from: app.card, to: db.card, port: 5432 }).map(hopsOf)).toEqual([['egress deny no-rule']])
    expect(at.flows()).toEqual([])
  })

  test('leaves a connection at the sender also when the receiver refuses it', () => {
    expect(at.send({ from: app.card, to: db.card, port: 5432 }).map(hopsOf)).toEqual([
      ['egress allow rules', 'ingress deny no-rule'],
    ])
    expect(at.flows().map(({ networkInterface }) => networkInterface)).toEqual([app.card])
  })

  test('has a client port of its own each time, unless it is given one', async () => {
    const packet = (more: object) => at.send({ from: app.card, to: db.card, port: 22, ...more })[0]?.packet
    expect([packet({}), packet({}), packet({ clientPort: 7 })]).toEqual([
      'tcp 172.31.0.10:32768 > 172.31.0.20:22 S',
      'tcp 172.31.0.10:32769 > 172.31.0.20:22 S',
      'tcp 172.31.0.10:7 > 172.31.0.20:22 S',
    ])
  })
})

describe('an exchange', () => {
  beforeEach(() => authorize(at.aws, db.group, ['-1', app.group]))

  const packets = (request: object) =>
    at.send({ from: app.card, to: db.card, ...request }).map(({ packet }) => packet.replaceAll('172.31.0.', '.'))

  test('of TCP is a handshake, data both ways and a close both ways', () => {
    expect(packets({ protocol: 'tcp', port: 80, exchange: true })).toEqual([
      'tcp .10:32768 > .20:80 S',
      'tcp .20:80 > .10:32768 SA',
      'tcp .10:32768 > .20:80 A',
      'tcp .10:32768 > .20:80 PA',
      'tcp .20:80 > .10:32768 PA',
      'tcp .10:32768 > .20:80 FA',
      'tcp .20:80 > .10:32768 FA',
      'tcp .10:32768 > .20:80 A',
    ])
    expect(at.flows().map(({ state }) => state)).toEqual(['time-wait', 'time-wait'])
  })

  test('that is kept open has no close', () => {
    expect(packets({ port: 80, keepOpen: true })).toHaveLength(5)
    expect(at.flows().map(({ state }) => state)).toEqual(['established', 'established'])
  })

  test.each([
    ['udp', { protocol: 'udp', port: 53 }, ['udp .10:32768 > .20:53', 'udp .20:53 > .10:32768']],
    ['icmp', { protocol: 'icmp' }, ['icmp .10 > .20 echo 32768', 'icmp .20 > .10 reply 32768']],
    ['ESP', { protocol: 50 }, ['50 .10 > .20', '50 .20 > .10']],
    [
      'a protocol given by its number',
      { protocol: '17', port: 53 },
      ['udp .10:32768 > .20:53', 'udp .20:53 > .10:32768'],
    ],
  ])('of %s is a question and its answer', (_, request, expected) => {
    expect(packets({ ...request, exchange: true })).toEqual(expected)
  })

  test('ends at the first packet that is refused', async () => {
    const wall = await host(at.aws, 'wall', '172.31.0.30')
    expect(at.send({ from: app.card, to: wall.card, port: 80, exchange: true }).map(hopsOf)).toEqual([
      ['egress allow rules', 'ingress deny no-rule'],
    ])
  })

  test('has answers that pass the same interfaces the other way round', () => {
    const [, answer] = at.send({ from: app.card, to: db.card, port: 80, exchange: true })
    expect(answer?.hops.map(({ networkInterface, direction }) => [networkInterface, direction])).toEqual([
      [db.card, 'egress'],
      [app.card, 'ingress'],
    ])
  })
})

describe('between an interface and the world', () => {
  test('rules are asked at the interface only', async () => {
    await publish(at.aws, db)
    await authorize(at.aws, db.group, ['tcp 80', '0.0.0.0/0'])
    const reports = at.send({ from: '203.0.113.5', to: db.card, port: 80, exchange: true })
    expect(reports.slice(0, 2).map(hopsOf)).toEqual([['ingress allow untracked'], ['egress allow untracked']])
  })

  test('a public address leads to the private one, and comes from the public one', async () => {
    const [from, to] = [await publish(at.aws, app), await publish(at.aws, db)]
    await authorize(at.aws, db.group, ['tcp 80', `${from}/32`])
    const reports = at.send({ from: app.card, to, port: 80, exchange: true })
    expect(reports.map(({ packet }) => packet).slice(0, 2)).toEqual([
      `tcp 172.31.0.10:32768 > ${to}:80 S`,
      `tcp 172.31.0.20:80 > ${from}:32768 SA`,
    ])
    expect(at.flows(db.card).map(({ flow }) => flow)).toEqual([`tcp ${from}:32768 > 172.31.0.20:80`])
    expect(reports).toHaveLength(8)
  })

  test('nothing leaves for the internet without a public address', () => {
    expect(at.send({ from: app.card, to: '203.0.113.5', port: 443 }).map(hopsOf)).toEqual([
      ['egress allow rules', 'egress deny public-address'],
    ])
  })

  test('nothing comes in from the internet without one either', () => {
    expect(at.send({ from: '203.0.113.5', to: app.card, port: 443 }).map(hopsOf)).toEqual([
      ['ingress deny public-address'],
    ])
  })

  test('the metadata service is never filtered', async () => {
    await loseEgress(at.aws, app.group)
    expect(at.send({ from: app.card, to: '169.254.169.254', port: 80, exchange: true }).map(hopsOf)).toEqual(
      Array.from({ length: 8 }, (_, index) => [`${[1, 4, 6].includes(index) ? 'ingress' : 'egress'} allow exempt`]),
    )
  })
})

describe('what carries a packet', () => {
  test('is a route, which two VPCs have not', async () => {
    const { card } = await elsewhere()
    await authorize(at.aws, app.group, ['-1', '10.0.0.0/8'])
    expect(at.send({ from: app.card, to: card, protocol: 'icmp' }).map(hopsOf)[0]?.[1]).toMatch(/^egress deny /)
  })

  test('is a peering with routes on both sides', async () => {
    const { vpc, card, group } = await elsewhere()
    await at.aws.call('AuthorizeSecurityGroupIngress', {
      GroupId: group,
      'IpPermissions.1.IpProtocol': '-1',
      'IpPermissions.1.IpRanges.1.CidrIp': '172.31.0.0/16',
    })
    const home = await defaultVpcOf(at.aws)
    const peering = await peerVpcs(at.aws, home, vpc)
    await route(home, '10.0.0.0/16', peering)
    const request = { from: app.card, to: card, protocol: 'icmp', exchange: true }
    expect(at.send(request).map(hopsOf)).toEqual([
      ['egress allow rules', 'ingress allow rules'],
      ['egress allow connection', 'egress deny route'],
    ])
    await route(vpc, '172.31.0.0/16', peering)
    expect(at.send(request).map(hopsOf)[1]).toEqual(['egress allow connection', 'ingress allow connection'])
  })

  test('is a running instance at both ends', async () => {
    const { instanceId } = await launch(at.aws, { 'SecurityGroupId.1': db.group })
    await authorize(at.aws, db.group, ['-1', app.group])
    await at.aws.call('StopInstances', { 'InstanceId.1': instanceId })
    const there = at.send({ from: app.card, to: instanceId, protocol: 'icmp' })
    expect(there.map(hopsOf)).toEqual([['egress allow rules', 'ingress deny interface-state']])
    expect(there[0]?.hops[1]?.sentence).toMatch(new RegExp(`${instanceId}.* is stopped`))
    expect(at.send({ from: instanceId, to: app.card, protocol: 'icmp' }).map(hopsOf)).toEqual([
      ['egress deny interface-state'],
    ])
  })

  async function elsewhere() {
    const vpc = await createVpc(at.aws)
    const subnet = await createSubnet(at.aws, vpc, '10.0.0.0/24')
    const { networkInterfaceId: card, groupSet } = await createCard(at.aws, { SubnetId: subnet })
    return { vpc, card, group: groupSet.item[0].groupId }
  }

  async function route(vpc: string, block: string, peering: string) {
    const { routeTableSet } = await at.aws.call('DescribeRouteTables', {
      'Filter.1.Name': 'vpc-id',
      'Filter.1.Value.1': vpc,
    })
    const RouteTableId = routeTableSet.item[0].routeTableId
    await at.aws.call('CreateRoute', { RouteTableId, DestinationCidrBlock: block, VpcPeeringConnectionId: peering })
  }
})

test('IPv6 is taken where the ends have nothing else in common, or the protocol wants it', async () => {
  const { subnet, prefix } = await dualStack(at.aws)
  const cards = [`${prefix}::a`, `${prefix}::b`].map((address) => ({
    SubnetId: subnet,
    'Ipv6Addresses.1.Ipv6Address': address,
  }))
  const [one, other] = await Promise.all(cards.map((each) => createCard(at.aws, each)))
  const to = `${prefix}::b`
  const [named] = at.send({ from: one.networkInterfaceId, to, port: 22 })
  expect(named?.packet).toBe(`tcp [${prefix}::a]:32768 > [${to}]:22 S`)
  const [ping] = at.send({ from: one.networkInterfaceId, to: other.networkInterfaceId, protocol: 'icmpv6' })
  expect(ping?.packet).toBe(`icmpv6 ${prefix}::a > ${to} echo 32769`)
})

describe('one packet as text', () => {
  test('is met at one interface when told so, wherever it would come from', () => {
    const packet = 'tcp 203.0.113.5:40000 > 172.31.0.20:22 S'
    const place = { networkInterface: db.card, direction: 'ingress' }
    expect(at.send({ packet, at: place }).map(hopsOf)).toEqual([['ingress deny no-rule']])
  })

  test('finds its interfaces by its addresses', () => {
    expect(at.send({ packet: 'icmp 172.31.0.10 > 172.31.0.20 echo 1' }).map(hopsOf)).toEqual([
      ['egress allow rules', 'ingress deny no-rule'],
    ])
  })

  test('does not reach a stopped instance', async () => {
    const { instanceId, networkInterfaceSet } = await launch(at.aws)
    await at.aws.call('StopInstances', { 'InstanceId.1': instanceId })
    const { networkInterfaceId: networkInterface } = networkInterfaceSet.item[0]
    const request = { packet: 'udp 172.31.0.10:1 > 172.31.0.20:2', at: { networkInterface, direction: 'ingress' } }
    expect(at.send(request).map(hopsOf)).toEqual([['ingress deny interface-state']])
  })
})

describe('ends that make no packet', () => {
  test.each([
    ['nobody', 'app-1', '172.31.0.20', "'app-1' is no interface, instance, Name tag, address or CIDR"],
    ['a block', '172.31.0.10', '203.0.113.0/24', "'203.0.113.0/24' is a block of addresses"],
    ['the internet', '172.31.0.10', 'internet', "'internet' names several"],
    ['two strangers', '203.0.113.1', '203.0.113.2', 'so there is no rule to ask'],
    ['of two families', '172.31.0.10', '2001:db8::1', 'do not both have addresses of one IP family'],
  ])('are refused: %s', (_, from, to, message) => {
    expect(() => at.send({ from, to, port: 80 })).toThrow(message)
  })

  test('are refused where the protocol has another family', () => {
    expect(() => at.send({ from: app.card, to: db.card, protocol: 'icmpv6' })).toThrow(
      'do not both have IPv6 addresses',
    )
  })

  test('are refused where an address is of several VPCs, unless the other end tells which', async () => {
    const vpc = await createVpc(at.aws, '172.31.0.0/16')
    const SubnetId = await createSubnet(at.aws, vpc, '172.31.0.0/24')
    const { networkInterfaceId: twin } = await createCard(at.aws, { SubnetId, PrivateIpAddress: '172.31.0.20' })
    expect(() => at.send({ from: '172.31.0.20', to: '203.0.113.5', port: 80 })).toThrow(
      `names several: ${[db.card, twin].sort().join(', ')}`,
    )
    expect(at.send({ from: app.card, to: '172.31.0.20', port: 80 })[0]?.hops[1]?.networkInterface).toBe(db.card)
  })

  test('are refused where a name is of several, but an instance is its primary interface', async () => {
    const tag = { 'Tag.1.Key': 'Name', 'Tag.1.Value': 'host' }
    await at.aws.call('CreateTags', { 'ResourceId.1': app.card, 'ResourceId.2': db.card, ...tag })
    expect(() => at.send({ from: 'host', to: db.card, port: 80 })).toThrow("'host' names several")
    const { instanceId, networkInterfaceSet } = await launch(at.aws)
    await at.aws.call('AttachNetworkInterface', {
      NetworkInterfaceId: app.card,
      InstanceId: instanceId,
      DeviceIndex: 1,
    })
    const [report] = at.send({ from: instanceId, to: db.card, port: 80 })
    expect(report?.hops[0]?.networkInterface).toBe(networkInterfaceSet.item[0].networkInterfaceId)
  })
})
