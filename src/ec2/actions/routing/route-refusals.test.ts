import { describe, expect, test } from 'vitest'
import { cloud, type WireParameters } from '../../../../test/cloud.ts'
import { createPrefixList, createVpc } from '../../../../test/groups.ts'
import { createCard, createSubnet } from '../../../../test/interfaces.ts'

const nat = { NatGatewayId: 'nat-0123456789abcdef0' }
const exactlyOne =
  'The request must contain exactly one of gatewayId, natGatewayId, networkInterfaceId, vpcPeeringConnectionId, egressOnlyInternetGatewayId, transitGatewayId, localGatewayId or instanceId'

/** A table with one route, 0.0.0.0/0, and beside it a second VPC with an interface, a gateway and a peering. */
async function scene() {
  const aws = await cloud()
  const vpc = await createVpc(aws)
  const elsewhere = await createVpc(aws, '10.1.0.0/16')
  const third = await createVpc(aws, '10.2.0.0/16')
  const { routeTable } = await aws.call('CreateRouteTable', { VpcId: vpc })
  const table: string = routeTable.routeTableId
  await aws.call('CreateRoute', { RouteTableId: table, DestinationCidrBlock: '0.0.0.0/0', ...nat })
  const card = await createCard(aws, { SubnetId: await createSubnet(aws, vpc, '10.0.1.0/24') })
  const foreignCard = await createCard(aws, { SubnetId: await createSubnet(aws, elsewhere, '10.1.1.0/24') })
  const { internetGateway } = await aws.call('CreateInternetGateway')
  const peering = await aws.call('CreateVpcPeeringConnection', { VpcId: elsewhere, PeerVpcId: third })
  return {
    aws,
    table,
    card: card.networkInterfaceId as string,
    foreignCard: foreignCard.networkInterfaceId as string,
    gateway: internetGateway.internetGatewayId as string,
    foreignPeering: peering.vpcPeeringConnection.vpcPeeringConnectionId as string,
  }
}
type Scene = Awaited<ReturnType<typeof scene>>

type Row = readonly [
  action: string,
  parameters: (s: Scene) => WireParameters,
  code: string,
  message: (s: Scene) => string,
]

const destinations: readonly Row[] = [
  [
    'CreateRoute',
    () => nat,
    'MissingParameter',
    () => 'The request must contain the parameter destinationCidrBlock or destinationIpv6CidrBlock',
  ],
  [
    'CreateRoute',
    () => ({ DestinationCidrBlock: '10.9.0.0/16', DestinationIpv6CidrBlock: '::/0', ...nat }),
    'InvalidParameterCombination',
    () => 'The parameter destinationCidrBlock cannot be used with the parameter destinationIpv6CidrBlock',
  ],
  [
    'CreateRoute',
    () => ({ DestinationCidrBlock: '10.9.0.0', ...nat }),
    'InvalidParameterValue',
    () => 'Value (10.9.0.0) for parameter destinationCidrBlock is invalid. This is not a valid CIDR block.',
  ],
  [
    'CreateRoute',
    () => ({ DestinationIpv6CidrBlock: '10.9.0.0/16', ...nat }),
    'InvalidParameterValue',
    () => 'Value (10.9.0.0/16) for parameter destinationIpv6CidrBlock is invalid. This is not a valid CIDR block.',
  ],
  [
    'CreateRoute',
    () => ({ DestinationPrefixListId: 'pl-00000000', ...nat }),
    'InvalidPrefixListID.NotFound',
    () => "The prefix list ID 'pl-00000000' does not exist",
  ],
  [
    'CreateRoute',
    () => ({ DestinationCidrBlock: '0.0.0.0/0', ...nat }),
    'RouteAlreadyExists',
    () => 'The route identified by 0.0.0.0/0 already exists.',
  ],
  [
    'CreateRoute',
    ({ card }) => ({ DestinationCidrBlock: '10.0.0.0/16', NetworkInterfaceId: card }),
    'RouteAlreadyExists',
    () => 'The route identified by 10.0.0.0/16 already exists.',
  ],
  [
    'CreateRoute',
    () => ({ DestinationCidrBlock: '10.0.1.0/24', TransitGatewayId: 'tgw-00000000' }),
    'InvalidParameterValue',
    () =>
      "The destination CIDR block 10.0.1.0/24 is equal to or more specific than one of this VPC's CIDR blocks. This route can target only an interface or an instance.",
  ],
  [
    'CreateRoute',
    ({ card }) => ({ DestinationCidrBlock: '10.0.1.0/25', NetworkInterfaceId: card }),
    'InvalidParameterValue',
    () => "Route destination doesn't match any subnet CIDR blocks.",
  ],
  [
    'ReplaceRoute',
    () => ({ DestinationCidrBlock: '10.0.0.0/16', TransitGatewayId: 'tgw-00000000' }),
    'InvalidParameterValue',
    () =>
      "The destination CIDR block 10.0.0.0/16 is equal to or more specific than one of this VPC's CIDR blocks. This route can target only an interface or an instance.",
  ],
  [
    'ReplaceRoute',
    () => ({ DestinationCidrBlock: '192.0.2.0/24', ...nat }),
    'InvalidParameterValue',
    () => "There is no route defined for '192.0.2.0/24' in the route table. Use CreateRoute instead.",
  ],
  [
    'ReplaceRoute',
    () => ({ DestinationCidrBlock: '0.0.0.0/0', LocalTarget: true }),
    'InvalidParameterValue',
    () => "The route for '0.0.0.0/0' is not a local route of the route table.",
  ],
  [
    'DeleteRoute',
    () => ({ DestinationCidrBlock: '10.0.0.0/16' }),
    'InvalidParameterValue',
    ({ table }) => `cannot remove local route 10.0.0.0/16 in route table ${table}`,
  ],
  [
    'DeleteRoute',
    () => ({ DestinationCidrBlock: '192.0.2.0/24' }),
    'InvalidRoute.NotFound',
    ({ table }) => `no route with destination-cidr-block 192.0.2.0/24 in route table ${table}`,
  ],
  [
    'DeleteRoute',
    () => ({ DestinationIpv6CidrBlock: '::/0' }),
    'InvalidRoute.NotFound',
    ({ table }) => `no route with destination-ipv6-cidr-block ::/0 in route table ${table}`,
  ],
]

const toDocumentation = { DestinationCidrBlock: '192.0.2.0/24' }

const targets: readonly Row[] = [
  ['CreateRoute', () => toDocumentation, 'MissingParameter', () => exactlyOne],
  ['ReplaceRoute', () => toDocumentation, 'MissingParameter', () => exactlyOne],
  [
    'CreateRoute',
    () => ({ ...toDocumentation, ...nat, GatewayId: 'igw-00000000' }),
    'InvalidParameterCombination',
    () => exactlyOne,
  ],
  [
    'ReplaceRoute',
    () => ({ ...toDocumentation, ...nat, LocalTarget: true }),
    'InvalidParameterCombination',
    () => exactlyOne,
  ],
  [
    'CreateRoute',
    () => ({ ...toDocumentation, GatewayId: 'igw-00000000' }),
    'InvalidGatewayID.NotFound',
    () => "The gateway ID 'igw-00000000' does not exist",
  ],
  [
    'CreateRoute',
    ({ card }) => ({ ...toDocumentation, GatewayId: card }),
    'InvalidGatewayID.NotFound',
    ({ card }) => `The gateway ID '${card}' does not exist`,
  ],
  [
    'CreateRoute',
    ({ gateway }) => ({ ...toDocumentation, GatewayId: gateway }),
    'InvalidParameterValue',
    ({ table, gateway }) => `route table ${table} and network gateway ${gateway} belong to different networks`,
  ],
  [
    'CreateRoute',
    ({ foreignCard }) => ({ ...toDocumentation, NetworkInterfaceId: foreignCard }),
    'InvalidParameterValue',
    ({ table, foreignCard }) => `route table ${table} and interface ${foreignCard} belong to different networks`,
  ],
  [
    'CreateRoute',
    ({ foreignPeering }) => ({ ...toDocumentation, VpcPeeringConnectionId: foreignPeering }),
    'InvalidParameterValue',
    ({ table, foreignPeering }) =>
      `route table ${table} and vpc peering connection ${foreignPeering} belong to different networks`,
  ],
  [
    'CreateRoute',
    () => ({ ...toDocumentation, NetworkInterfaceId: 'eni-00000000' }),
    'InvalidNetworkInterfaceID.NotFound',
    () => "The networkInterface ID 'eni-00000000' does not exist",
  ],
  [
    'CreateRoute',
    () => ({ ...toDocumentation, NatGatewayId: 'igw-00000000' }),
    'InvalidParameterValue',
    () => 'Value (igw-00000000) for parameter natGatewayId is invalid. Expecting "nat-...".',
  ],
  [
    'CreateRoute',
    () => ({ ...toDocumentation, CoreNetworkArn: 'core' }),
    'InvalidParameterValue',
    () => 'Value (core) for parameter coreNetworkArn is invalid. Expecting "arn:aws:networkmanager:...".',
  ],
]

describe('a refusal', () => {
  test.each([...destinations, ...targets])(
    'of %s(%#) has its code and its sentence',
    async (action, parameters, code, message) => {
      const given = await scene()
      const request = { RouteTableId: given.table, ...parameters(given) }
      expect(await given.aws.refusal(action, request)).toEqual({ status: 400, code, message: message(given) })
    },
  )

  test.each(['CreateRoute', 'ReplaceRoute', 'DeleteRoute'])(
    'of %s meets a table that does not exist',
    async (action) => {
      const aws = await cloud()
      expect(await aws.refusal(action, { RouteTableId: 'rtb-00000000' })).toMatchObject({
        code: 'InvalidRouteTableID.NotFound',
      })
    },
  )

  test('meets one route more than the table may have, each family by itself and lists by their maximum', async () => {
    const aws = await cloud({ quotas: { 'routes-per-route-table': 3 } })
    const { routeTable } = await aws.call('CreateRouteTable', { VpcId: await createVpc(aws) })
    const add = { RouteTableId: routeTable.routeTableId, ...nat }
    const list = await createPrefixList(aws, { MaxEntries: 2 })
    await aws.call('CreateRoute', { ...add, DestinationCidrBlock: '192.0.2.0/24' })
    await aws.call('CreateRoute', { ...add, DestinationPrefixListId: list })
    await aws.call('CreateRoute', { ...add, DestinationIpv6CidrBlock: '::/0' })
    expect(await aws.refusal('CreateRoute', { ...add, DestinationCidrBlock: '198.51.100.0/24' })).toEqual({
      status: 400,
      code: 'RouteLimitExceeded',
      message: 'The maximum number of routes has been reached.',
    })
  })
})
