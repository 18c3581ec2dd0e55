import { describe, expect, test } from 'vitest'
import { type Body, type Cloud, cloud, type WireParameters } from '../../../../test/cloud.ts'
import { createVpc, defaultVpcOf, type Filter, filters } from '../../../../test/groups.ts'
import { createSubnet } from '../../../../test/interfaces.ts'

const account = '123456789012'

async function createTable(aws: Cloud, vpc: string, parameters: WireParameters = {}): Promise<string> {
  const { routeTable } = await aws.call('CreateRouteTable', { VpcId: vpc, ...parameters })
  return routeTable.routeTableId
}

async function describeTable(aws: Cloud, id: string): Promise<Body> {
  const { routeTableSet } = await aws.call('DescribeRouteTables', { 'RouteTableId.1': id })
  return routeTableSet.item[0]
}

async function mainTable(aws: Cloud, vpc: string): Promise<Body> {
  const { routeTableSet } = await aws.call(
    'DescribeRouteTables',
    filters(['vpc-id', vpc], ['association.main', 'true']),
  )
  return routeTableSet.item[0]
}

async function scene() {
  const aws = await cloud()
  const vpc = await createVpc(aws)
  const subnet = await createSubnet(aws, vpc, '10.0.1.0/24')
  return { aws, vpc, subnet, main: await mainTable(aws, vpc), table: await createTable(aws, vpc) }
}

async function associate(aws: Cloud, table: string, subnet: string): Promise<string> {
  return (await aws.call('AssociateRouteTable', { RouteTableId: table, SubnetId: subnet })).associationId
}

describe('the main table', () => {
  test('comes with the VPC and reaches all of it', async () => {
    const { vpc, main } = await scene()
    const association = main.associationSet.item[0].routeTableAssociationId
    expect(association).toMatch(/^rtbassoc-[0-9a-f]{17}$/)
    expect(main).toEqual({
      routeTableId: expect.stringMatching(/^rtb-[0-9a-f]{17}$/),
      vpcId: vpc,
      ownerId: account,
      associationSet: {
        item: [
          {
            main: 'true',
            routeTableAssociationId: association,
            routeTableId: main.routeTableId,
            associationState: { state: 'associated' },
          },
        ],
      },
      routeSet: {
        item: [
          { destinationCidrBlock: '10.0.0.0/16', gatewayId: 'local', origin: 'CreateRouteTable', state: 'active' },
        ],
      },
      propagatingVgwSet: '',
      tagSet: '',
    })
  })

  test('of the default VPC leads to the internet', async () => {
    const aws = await cloud()
    const { routeSet } = await mainTable(aws, await defaultVpcOf(aws))
    expect(routeSet.item[1]).toEqual({
      destinationCidrBlock: '0.0.0.0/0',
      gatewayId: expect.stringMatching(/^igw-/),
      origin: 'CreateRoute',
      state: 'active',
    })
  })

  test('is another one once its association is replaced', async () => {
    const { aws, vpc, main, table } = await scene()
    const [{ routeTableAssociationId }] = main.associationSet.item
    const { newAssociationId, associationState } = await aws.call('ReplaceRouteTableAssociation', {
      AssociationId: routeTableAssociationId,
      RouteTableId: table,
    })
    expect(associationState).toEqual({ state: 'associated' })
    expect(newAssociationId).not.toBe(routeTableAssociationId)
    const successor = await mainTable(aws, vpc)
    expect(successor.routeTableId).toBe(table)
    expect(successor.associationSet.item[0]).toMatchObject({
      main: 'true',
      routeTableAssociationId: newAssociationId,
    })
    expect((await describeTable(aws, main.routeTableId)).associationSet).toBe('')
    await aws.call('DeleteRouteTable', { RouteTableId: main.routeTableId })
  })
})

describe('a new table', () => {
  test('has the local route and its tags, and no association', async () => {
    const { aws, vpc } = await scene()
    const { routeTable, clientToken } = await aws.call('CreateRouteTable', {
      VpcId: vpc,
      ClientToken: 'once',
      'TagSpecification.1.ResourceType': 'route-table',
      'TagSpecification.1.Tag.1.Key': 'Name',
      'TagSpecification.1.Tag.1.Value': 'private',
    })
    expect(clientToken).toBe('once')
    expect(routeTable).toEqual(await describeTable(aws, routeTable.routeTableId))
    expect(routeTable).toMatchObject({
      associationSet: '',
      routeSet: { item: [{ destinationCidrBlock: '10.0.0.0/16', gatewayId: 'local' }] },
      tagSet: { item: [{ key: 'Name', value: 'private' }] },
    })
  })

  test('has a local route for each block of the VPC, whenever it came', async () => {
    const aws = await cloud()
    const vpc = await createVpc(aws, '10.0.0.0/16', { AmazonProvidedIpv6CidrBlock: true })
    const table = await createTable(aws, vpc)
    await aws.call('AssociateVpcCidrBlock', { VpcId: vpc, CidrBlock: '10.1.0.0/16' })
    const { routeSet } = await describeTable(aws, table)
    expect(routeSet.item).toEqual([
      expect.objectContaining({ destinationCidrBlock: '10.0.0.0/16', gatewayId: 'local' }),
      expect.objectContaining({ destinationCidrBlock: '10.1.0.0/16', gatewayId: 'local' }),
      expect.objectContaining({ destinationIpv6CidrBlock: expect.stringMatching(/::\/56$/), gatewayId: 'local' }),
    ])
  })

  test('is deleted with its tags', async () => {
    const { aws, table } = await scene()
    await aws.call('CreateTags', { 'ResourceId.1': table, 'Tag.1.Key': 'Name', 'Tag.1.Value': 'private' })
    expect((await aws.call('DeleteRouteTable', { RouteTableId: table })).return).toBe('true')
    expect(aws.world().tagSet.has(table)).toBe(false)
    expect((await aws.refusal('DescribeRouteTables', { 'RouteTableId.1': table })).code).toBe(
      'InvalidRouteTableID.NotFound',
    )
  })
})

describe('an association', () => {
  test('gives a subnet its table, and is there once', async () => {
    const { aws, subnet, table } = await scene()
    const answer = await aws.call('AssociateRouteTable', { RouteTableId: table, SubnetId: subnet })
    expect(answer).toMatchObject({
      associationId: expect.stringMatching(/^rtbassoc-[0-9a-f]{17}$/),
      associationState: { state: 'associated' },
    })
    expect(await associate(aws, table, subnet)).toBe(answer.associationId)
    expect((await describeTable(aws, table)).associationSet.item).toEqual([
      {
        routeTableAssociationId: answer.associationId,
        routeTableId: table,
        subnetId: subnet,
        main: 'false',
        associationState: { state: 'associated' },
      },
    ])
  })

  test('is moved to another table under a new id', async () => {
    const { aws, vpc, subnet, table } = await scene()
    const old = await associate(aws, table, subnet)
    const other = await createTable(aws, vpc)
    const replacement = { AssociationId: old, RouteTableId: other }
    const { newAssociationId } = await aws.call('ReplaceRouteTableAssociation', replacement)
    expect((await describeTable(aws, table)).associationSet).toBe('')
    expect((await describeTable(aws, other)).associationSet.item).toEqual([
      expect.objectContaining({ routeTableAssociationId: newAssociationId, subnetId: subnet }),
    ])
    expect(await aws.refusal('ReplaceRouteTableAssociation', replacement)).toMatchObject({
      code: 'InvalidAssociationID.NotFound',
      message: `The association ID '${old}' does not exist`,
    })
  })

  test('replaced by one with the same table has a new id all the same', async () => {
    const { aws, subnet, table } = await scene()
    const old = await associate(aws, table, subnet)
    const { newAssociationId } = await aws.call('ReplaceRouteTableAssociation', {
      AssociationId: old,
      RouteTableId: table,
    })
    expect((await describeTable(aws, table)).associationSet.item).toEqual([
      expect.objectContaining({ routeTableAssociationId: newAssociationId, subnetId: subnet }),
    ])
  })

  test('is gone once disassociated', async () => {
    const { aws, subnet, table } = await scene()
    const id = await associate(aws, table, subnet)
    expect((await aws.call('DisassociateRouteTable', { AssociationId: id })).return).toBe('true')
    expect((await describeTable(aws, table)).associationSet).toBe('')
  })
})

describe('DescribeRouteTables', () => {
  test('finds tables by association, VPC, id, owner and tag', async () => {
    const { aws, vpc, subnet, main, table } = await scene()
    const association = await associate(aws, table, subnet)
    await aws.call('CreateTags', { 'ResourceId.1': table, 'Tag.1.Key': 'Name', 'Tag.1.Value': 'private' })
    const found = async (...given: readonly Filter[]) => {
      const { routeTableSet } = await aws.call('DescribeRouteTables', filters(...given))
      return (routeTableSet.item ?? []).map((each: Body) => each.routeTableId)
    }
    const both = [table, main.routeTableId].sort()
    expect(await found(['association.subnet-id', subnet])).toEqual([table])
    expect(await found(['association.route-table-association-id', association])).toEqual([table])
    expect(await found(['association.route-table-id', table])).toEqual([table])
    expect(await found(['association.main', 'false'])).toEqual([table])
    expect(await found(['association.gateway-id', '*'])).toEqual([])
    expect(await found(['vpc-id', vpc])).toEqual(both)
    expect(await found(['vpc-id', `${vpc.slice(0, -1)}*`], ['owner-id', account])).toEqual(both)
    expect(await found(['route-table-id', table])).toEqual([table])
    expect(await found(['tag:Name', 'private'])).toEqual([table])
    expect(await found(['vpc-id', vpc], ['tag-key', 'Nothing'])).toEqual([])
  })

  test('keeps to the ids given when a filter names their VPC', async () => {
    const { aws, vpc, table } = await scene()
    const { routeTableSet } = await aws.call('DescribeRouteTables', {
      'RouteTableId.1': table,
      ...filters(['vpc-id', vpc]),
    })
    expect(routeTableSet.item).toHaveLength(1)
  })

  test('pages by five at least', async () => {
    const { aws, vpc } = await scene()
    for (let count = 0; count < 6; count++) await createTable(aws, vpc)
    const first = await aws.call('DescribeRouteTables', { MaxResults: 5 })
    const second = await aws.call('DescribeRouteTables', { MaxResults: 5, NextToken: first.nextToken })
    expect([first.routeTableSet.item.length, second.routeTableSet.item.length]).toEqual([5, 4])
  })
})

describe('a refusal', () => {
  async function fullScene() {
    const first = await scene()
    const { aws } = first
    const elsewhere = await createVpc(aws, '10.1.0.0/16')
    const foreign = await createSubnet(aws, elsewhere, '10.1.0.0/24')
    const association = await associate(aws, first.table, first.subnet)
    return {
      ...first,
      foreign,
      association,
      other: await createTable(aws, first.vpc),
      foreignTable: await createTable(aws, elsewhere),
      mainAssociation: first.main.associationSet.item[0].routeTableAssociationId as string,
    }
  }
  type Scene = Awaited<ReturnType<typeof fullScene>>

  test.each<[string, (s: Scene) => WireParameters, string, (s: Scene) => string]>([
    [
      'CreateRouteTable',
      () => ({ VpcId: 'vpc-00000000' }),
      'InvalidVpcID.NotFound',
      () => "The vpc ID 'vpc-00000000' does not exist",
    ],
    [
      'DescribeRouteTables',
      () => ({ 'RouteTableId.1': 'rtb-00000000' }),
      'InvalidRouteTableID.NotFound',
      () => "The routeTable ID 'rtb-00000000' does not exist",
    ],
    [
      'DescribeRouteTables',
      () => filters(['association.color', 'red']),
      'InvalidParameterValue',
      () => "The filter 'association.color' is invalid",
    ],
    [
      'DeleteRouteTable',
      () => ({ RouteTableId: 'rtb-1' }),
      'InvalidRouteTableId.Malformed',
      () => 'Invalid id: "rtb-1" (expecting "rtb-...")',
    ],
    [
      'DeleteRouteTable',
      ({ main }) => ({ RouteTableId: main.routeTableId }),
      'DependencyViolation',
      ({ main }) => `The routeTable '${main.routeTableId}' has dependencies and cannot be deleted.`,
    ],
    [
      'DeleteRouteTable',
      ({ table }) => ({ RouteTableId: table }),
      'DependencyViolation',
      ({ table }) => `The routeTable '${table}' has dependencies and cannot be deleted.`,
    ],
    [
      'AssociateRouteTable',
      ({ other, subnet }) => ({ RouteTableId: other, SubnetId: subnet }),
      'Resource.AlreadyAssociated',
      ({ other }) => `the specified association for route table ${other} conflicts with an existing association`,
    ],
    [
      'AssociateRouteTable',
      ({ table, foreign }) => ({ RouteTableId: table, SubnetId: foreign }),
      'InvalidParameterValue',
      ({ table, foreign }) => `route table ${table} and subnet ${foreign} belong to different networks`,
    ],
    [
      'AssociateRouteTable',
      ({ table }) => ({ RouteTableId: table }),
      'MissingParameter',
      () => 'The request must contain the parameter subnetId or gatewayId',
    ],
    [
      'AssociateRouteTable',
      ({ table }) => ({ RouteTableId: table, GatewayId: 'igw-00000000' }),
      'UnsupportedOperation',
      () => 'The functionality you requested is not available in this Region.',
    ],
    [
      'DisassociateRouteTable',
      ({ mainAssociation }) => ({ AssociationId: mainAssociation }),
      'InvalidParameterValue',
      ({ mainAssociation }) => `cannot disassociate the main route table association ${mainAssociation}`,
    ],
    [
      'DisassociateRouteTable',
      () => ({ AssociationId: 'rtbassoc-00000000' }),
      'InvalidAssociationID.NotFound',
      () => "The association ID 'rtbassoc-00000000' does not exist",
    ],
    [
      'ReplaceRouteTableAssociation',
      ({ association, foreignTable }) => ({ AssociationId: association, RouteTableId: foreignTable }),
      'InvalidParameterValue',
      ({ vpc, foreignTable }) => `route table ${foreignTable} and network ${vpc} belong to different networks`,
    ],
  ])('of %s(%#) has its code and its sentence', async (action, parameters, code, message) => {
    const given = await fullScene()
    expect(await given.aws.refusal(action, parameters(given))).toEqual({ status: 400, code, message: message(given) })
  })

  test('meets one table more than the VPC may have, the main one included', async () => {
    const aws = await cloud({ quotas: { 'route-tables-per-vpc': 2 } })
    const vpc = await createVpc(aws)
    await createTable(aws, vpc)
    expect(await aws.refusal('CreateRouteTable', { VpcId: vpc })).toEqual({
      status: 400,
      code: 'RouteTableLimitExceeded',
      message: 'The maximum number of route tables has been reached.',
    })
  })
})
