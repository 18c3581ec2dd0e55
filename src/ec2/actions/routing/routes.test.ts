import { describe, expect, test } from 'vitest'
import { type Body, type Cloud, cloud, type WireParameters } from '../../../../test/cloud.ts'
import { createPrefixList, createVpc, filters } from '../../../../test/groups.ts'
import { createCard, createSubnet, launch } from '../../../../test/interfaces.ts'

async function scene() {
  const aws = await cloud()
  const vpc = await createVpc(aws)
  const subnet = await createSubnet(aws, vpc, '10.0.1.0/24')
  const { routeTable } = await aws.call('CreateRouteTable', { VpcId: vpc })
  const table: string = routeTable.routeTableId
  return { aws, vpc, subnet, table }
}

async function createGateway(aws: Cloud, vpc?: string): Promise<string> {
  const { internetGateway } = await aws.call('CreateInternetGateway')
  const id = internetGateway.internetGatewayId
  if (vpc) await aws.call('AttachInternetGateway', { InternetGatewayId: id, VpcId: vpc })
  return id
}

/** The routes that are not the VPC's own. */
async function madeRoutes(aws: Cloud, table: string): Promise<Body[]> {
  const { routeTableSet } = await aws.call('DescribeRouteTables', { 'RouteTableId.1': table })
  return routeTableSet.item[0].routeSet.item.filter((route: Body) => route.origin === 'CreateRoute')
}

async function localRoutes(aws: Cloud, table: string): Promise<Body[]> {
  const { routeTableSet } = await aws.call('DescribeRouteTables', { 'RouteTableId.1': table })
  return routeTableSet.item[0].routeSet.item.filter((route: Body) => route.origin === 'CreateRouteTable')
}

async function pendingPeering(aws: Cloud, vpc: string): Promise<string> {
  const peer = await createVpc(aws, '10.9.0.0/16')
  const { vpcPeeringConnection } = await aws.call('CreateVpcPeeringConnection', { VpcId: vpc, PeerVpcId: peer })
  return vpcPeeringConnection.vpcPeeringConnectionId
}

const everywhere = { DestinationCidrBlock: '0.0.0.0/0' }

describe('a route to an internet gateway', () => {
  test('is active while the gateway is attached and a blackhole from then on', async () => {
    const { aws, vpc, table } = await scene()
    const gateway = await createGateway(aws, vpc)
    const answer = await aws.call('CreateRoute', { RouteTableId: table, ...everywhere, GatewayId: gateway })
    expect(answer.return).toBe('true')
    const route = { destinationCidrBlock: '0.0.0.0/0', gatewayId: gateway, origin: 'CreateRoute' }
    expect(await madeRoutes(aws, table)).toEqual([{ ...route, state: 'active' }])
    await aws.call('DetachInternetGateway', { InternetGatewayId: gateway, VpcId: vpc })
    expect(await madeRoutes(aws, table)).toEqual([{ ...route, state: 'blackhole' }])
    await aws.call('DeleteInternetGateway', { InternetGatewayId: gateway })
    expect(await madeRoutes(aws, table)).toEqual([{ ...route, state: 'blackhole' }])
  })

  test('may be for IPv6', async () => {
    const { aws, vpc, table } = await scene()
    const gateway = await createGateway(aws, vpc)
    await aws.call('CreateRoute', { RouteTableId: table, DestinationIpv6CidrBlock: '::/0', GatewayId: gateway })
    expect(await madeRoutes(aws, table)).toEqual([
      { destinationIpv6CidrBlock: '::/0', gatewayId: gateway, origin: 'CreateRoute', state: 'active' },
    ])
  })
})

describe('a route to an interface', () => {
  test('is a blackhole while no running instance has it', async () => {
    const { aws, table, subnet } = await scene()
    const { networkInterfaceId } = await createCard(aws, { SubnetId: subnet })
    await aws.call('CreateRoute', { RouteTableId: table, ...everywhere, NetworkInterfaceId: networkInterfaceId })
    const route = { destinationCidrBlock: '0.0.0.0/0', networkInterfaceId, origin: 'CreateRoute' }
    expect(await madeRoutes(aws, table)).toEqual([{ ...route, state: 'blackhole' }])
    const { instanceId } = await launch(aws, { SubnetId: subnet })
    const attachment = { NetworkInterfaceId: networkInterfaceId, InstanceId: instanceId, DeviceIndex: 1 }
    await aws.call('AttachNetworkInterface', attachment)
    const attached = { ...route, instanceId, instanceOwnerId: '123456789012' }
    expect(await madeRoutes(aws, table)).toEqual([{ ...attached, state: 'active' }])
    await aws.call('StopInstances', { 'InstanceId.1': instanceId })
    expect(await madeRoutes(aws, table)).toEqual([{ ...attached, state: 'blackhole' }])
  })

  test('may name the instance that has it', async () => {
    const { aws, table, subnet } = await scene()
    const { instanceId, networkInterfaceSet } = await launch(aws, { SubnetId: subnet })
    await aws.call('CreateRoute', { RouteTableId: table, ...everywhere, InstanceId: instanceId })
    const [{ networkInterfaceId }] = networkInterfaceSet.item
    expect(await madeRoutes(aws, table)).toMatchObject([{ instanceId, networkInterfaceId, state: 'active' }])
    await aws.call('TerminateInstances', { 'InstanceId.1': instanceId })
    expect(await madeRoutes(aws, table)).toMatchObject([{ networkInterfaceId, state: 'blackhole' }])
  })

  test('may not name an instance that has several', async () => {
    const { aws, table, subnet } = await scene()
    const { instanceId } = await launch(aws, { SubnetId: subnet })
    const { networkInterfaceId } = await createCard(aws, { SubnetId: subnet })
    const attachment = { NetworkInterfaceId: networkInterfaceId, InstanceId: instanceId, DeviceIndex: 1 }
    await aws.call('AttachNetworkInterface', attachment)
    expect(await aws.refusal('CreateRoute', { RouteTableId: table, ...everywhere, InstanceId: instanceId })).toEqual({
      status: 400,
      code: 'InvalidInstanceID',
      message: `There are multiple interfaces attached to instance '${instanceId}'. Please specify an interface ID for the operation instead.`,
    })
  })

  test('is refused for an instance that has none left', async () => {
    const { aws, table, subnet } = await scene()
    const { instanceId } = await launch(aws, { SubnetId: subnet })
    await aws.call('TerminateInstances', { 'InstanceId.1': instanceId })
    expect(await aws.refusal('CreateRoute', { RouteTableId: table, ...everywhere, InstanceId: instanceId })).toEqual({
      status: 400,
      code: 'InvalidInstanceID.NotFound',
      message: `The instance ID '${instanceId}' does not exist`,
    })
  })
})

describe('a route to a peering connection', () => {
  test('waits for the connection and ends with it', async () => {
    const { aws, vpc, table } = await scene()
    const peering = await pendingPeering(aws, vpc)
    await aws.call('CreateRoute', {
      RouteTableId: table,
      DestinationCidrBlock: '10.9.0.0/16',
      VpcPeeringConnectionId: peering,
    })
    const states = async () => (await madeRoutes(aws, table)).map(({ state }) => state)
    expect(await madeRoutes(aws, table)).toMatchObject([{ vpcPeeringConnectionId: peering }])
    expect(await states()).toEqual(['blackhole'])
    await aws.call('AcceptVpcPeeringConnection', { VpcPeeringConnectionId: peering })
    expect(await states()).toEqual(['active'])
    await aws.call('DeleteVpcPeeringConnection', { VpcPeeringConnectionId: peering })
    expect(await states()).toEqual(['blackhole'])
  })

  test('is refused when the connection has ended', async () => {
    const { aws, vpc, table } = await scene()
    const peering = await pendingPeering(aws, vpc)
    await aws.call('RejectVpcPeeringConnection', { VpcPeeringConnectionId: peering })
    const route = { RouteTableId: table, ...everywhere, VpcPeeringConnectionId: peering }
    expect((await aws.refusal('CreateRoute', route)).code).toBe('InvalidVpcPeeringConnectionID.NotFound')
  })
})

test.each([
  ['NatGatewayId', 'nat-0123456789abcdef0', 'natGatewayId'],
  ['TransitGatewayId', 'tgw-0123456789abcdef0', 'transitGatewayId'],
  ['EgressOnlyInternetGatewayId', 'eigw-0123456789abcdef0', 'egressOnlyInternetGatewayId'],
  ['LocalGatewayId', 'lgw-0123456789abcdef0', 'localGatewayId'],
  ['CarrierGatewayId', 'cagw-0123456789abcdef0', 'carrierGatewayId'],
  ['GatewayId', 'vgw-0123456789abcdef0', 'gatewayId'],
  ['VpcEndpointId', 'vpce-0123456789abcdef0', 'gatewayId'],
  ['CoreNetworkArn', 'arn:aws:networkmanager::123456789012:core-network/core-network-1', 'coreNetworkArn'],
  ['OdbNetworkArn', 'arn:aws:odb:us-east-1:123456789012:odb-network/odbnet-1', 'odbNetworkArn'],
])('a route to a gateway that is not run here (%s) is a blackhole', async (parameter, id, shown) => {
  const { aws, table } = await scene()
  await aws.call('CreateRoute', { RouteTableId: table, ...everywhere, [parameter]: id })
  expect(await madeRoutes(aws, table)).toEqual([
    { destinationCidrBlock: '0.0.0.0/0', [shown]: id, origin: 'CreateRoute', state: 'blackhole' },
  ])
})

describe('the destination', () => {
  test.each([
    ['DestinationCidrBlock', '100.68.0.18/18', 'destinationCidrBlock', '100.68.0.0/18'],
    ['DestinationIpv6CidrBlock', '2001:DB8::1/32', 'destinationIpv6CidrBlock', '2001:db8::/32'],
  ])('loses its host bits: %s %s', async (parameter, given, shown, canonical) => {
    const { aws, vpc, table } = await scene()
    const gateway = await createGateway(aws, vpc)
    await aws.call('CreateRoute', { RouteTableId: table, [parameter]: given, GatewayId: gateway })
    expect(await madeRoutes(aws, table)).toMatchObject([{ [shown]: canonical }])
    await aws.call('DeleteRoute', { RouteTableId: table, [parameter]: given })
    expect(await madeRoutes(aws, table)).toEqual([])
  })

  test('may be a prefix list', async () => {
    const { aws, vpc, table } = await scene()
    const list = await createPrefixList(aws)
    const gateway = await createGateway(aws, vpc)
    await aws.call('CreateRoute', { RouteTableId: table, DestinationPrefixListId: list, GatewayId: gateway })
    expect(await madeRoutes(aws, table)).toMatchObject([{ destinationPrefixListId: list, state: 'active' }])
    await aws.call('DeleteRoute', { RouteTableId: table, DestinationPrefixListId: list })
    expect(await madeRoutes(aws, table)).toEqual([])
  })

  test("may be one of the VPC's subnets when an appliance takes the packets", async () => {
    const { aws, subnet, table } = await scene()
    const { networkInterfaceId } = await createCard(aws, { SubnetId: subnet })
    await aws.call('CreateRoute', {
      RouteTableId: table,
      DestinationCidrBlock: '10.0.1.0/24',
      NetworkInterfaceId: networkInterfaceId,
    })
    expect(await madeRoutes(aws, table)).toMatchObject([{ destinationCidrBlock: '10.0.1.0/24' }])
  })
})

describe('ReplaceRoute', () => {
  test('changes the target in place', async () => {
    const { aws, vpc, table } = await scene()
    const gateway = await createGateway(aws, vpc)
    const nat = { NatGatewayId: 'nat-0123456789abcdef0' }
    await aws.call('CreateRoute', { RouteTableId: table, ...everywhere, ...nat })
    await aws.call('CreateRoute', { RouteTableId: table, DestinationCidrBlock: '192.0.2.0/24', ...nat })
    const replacement = { RouteTableId: table, ...everywhere, GatewayId: gateway }
    expect((await aws.call('ReplaceRoute', replacement)).return).toBe('true')
    const [first, second] = await madeRoutes(aws, table)
    expect(first).toEqual({
      destinationCidrBlock: '0.0.0.0/0',
      gatewayId: gateway,
      origin: 'CreateRoute',
      state: 'active',
    })
    expect(second).toMatchObject({ destinationCidrBlock: '192.0.2.0/24', natGatewayId: nat.NatGatewayId })
  })

  test("leads the VPC's own traffic through an interface, and back", async () => {
    const { aws, subnet, table } = await scene()
    const { networkInterfaceId } = await createCard(aws, { SubnetId: subnet })
    const local = { RouteTableId: table, DestinationCidrBlock: '10.0.0.0/16' }
    await aws.call('ReplaceRoute', { ...local, NetworkInterfaceId: networkInterfaceId })
    const led = { destinationCidrBlock: '10.0.0.0/16', networkInterfaceId, origin: 'CreateRouteTable' }
    expect(await localRoutes(aws, table)).toEqual([{ ...led, state: 'blackhole' }])
    expect(await madeRoutes(aws, table)).toEqual([])
    await aws.call('ReplaceRoute', { ...local, LocalTarget: true })
    expect(await localRoutes(aws, table)).toMatchObject([{ gatewayId: 'local', state: 'active' }])
  })
})

test('DescribeRouteTables finds tables by what their routes are', async () => {
  const { aws, vpc, subnet, table } = await scene()
  const gateway = await createGateway(aws, vpc)
  const { instanceId } = await launch(aws, { SubnetId: subnet })
  const peering = await pendingPeering(aws, vpc)
  const list = await createPrefixList(aws)
  const routes: WireParameters[] = [
    { ...everywhere, GatewayId: gateway },
    { DestinationIpv6CidrBlock: '2001:db8::/32', EgressOnlyInternetGatewayId: 'eigw-00000001' },
    { DestinationPrefixListId: list, TransitGatewayId: 'tgw-00000001' },
    { DestinationCidrBlock: '192.0.2.0/24', NatGatewayId: 'nat-00000001' },
    { DestinationCidrBlock: '198.51.100.0/24', InstanceId: instanceId },
    { DestinationCidrBlock: '10.9.0.0/16', VpcPeeringConnectionId: peering },
  ]
  for (const route of routes) await aws.call('CreateRoute', { RouteTableId: table, ...route })
  const rows: [name: string, value: string][] = [
    ['route.destination-cidr-block', '192.0.2.0/24'],
    ['route.destination-ipv6-cidr-block', '2001:db8::/32'],
    ['route.destination-prefix-list-id', list],
    ['route.egress-only-internet-gateway-id', 'eigw-00000001'],
    ['route.gateway-id', gateway],
    ['route.instance-id', instanceId],
    ['route.nat-gateway-id', 'nat-00000001'],
    ['route.transit-gateway-id', 'tgw-00000001'],
    ['route.vpc-peering-connection-id', peering],
    ['route.state', 'blackhole'],
  ]
  for (const row of rows) {
    const { routeTableSet } = await aws.call('DescribeRouteTables', filters(['route.origin', 'CreateRoute'], row))
    expect([row[0], routeTableSet.item.map((each: Body) => each.routeTableId)]).toEqual([row[0], [table]])
  }
})
