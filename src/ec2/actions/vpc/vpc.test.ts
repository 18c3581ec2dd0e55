import { describe, expect, test } from 'vitest'
import { type Body, type Cloud, cloud } from '../../../../test/cloud.ts'
import { linked } from '../../../model/world.ts'

async function defaultVpcOf(aws: Cloud): Promise<Body> {
  const { vpcSet } = await aws.call('DescribeVpcs', { 'Filter.1.Name': 'isDefault', 'Filter.1.Value.1': 'true' })
  return vpcSet.item[0]
}

/** Everything that keeps the default VPC from being deleted, taken away but for its gateway. */
async function withoutDefaultSubnets(aws: Cloud): Promise<Body> {
  const vpc = await defaultVpcOf(aws)
  const { subnetSet } = await aws.call('DescribeSubnets')
  for (const { subnetId } of subnetSet.item) await aws.call('DeleteSubnet', { SubnetId: subnetId })
  return vpc
}

describe('the life of a VPC', () => {
  test('it is pending in the answer that makes it and available at the next look', async () => {
    const aws = await cloud()
    const { vpc } = await aws.call('CreateVpc', {
      CidrBlock: '10.0.0.0/16',
      InstanceTenancy: 'default',
      AmazonProvidedIpv6CidrBlock: false,
      'TagSpecification.1.ResourceType': 'vpc',
      'TagSpecification.1.Tag.1.Key': 'Name',
      'TagSpecification.1.Tag.1.Value': 'main',
    })
    const shown = {
      vpcId: expect.stringMatching(/^vpc-[0-9a-f]{17}$/),
      cidrBlock: '10.0.0.0/16',
      cidrBlockAssociationSet: {
        item: [
          {
            associationId: expect.stringMatching(/^vpc-cidr-assoc-[0-9a-f]{17}$/),
            cidrBlock: '10.0.0.0/16',
            cidrBlockState: { state: 'associated' },
          },
        ],
      },
      ipv6CidrBlockAssociationSet: '',
      dhcpOptionsId: expect.stringMatching(/^dopt-[0-9a-f]{17}$/),
      instanceTenancy: 'default',
      isDefault: 'false',
      ownerId: '123456789012',
      tagSet: { item: [{ key: 'Name', value: 'main' }] },
    }
    expect(vpc).toEqual({ ...shown, state: 'pending' })
    const { vpcSet } = await aws.call('DescribeVpcs', { 'VpcId.1': vpc.vpcId })
    expect(vpcSet.item).toEqual([{ ...shown, vpcId: vpc.vpcId, state: 'available' }])
  })

  test('its default group, default ACL and main route table come and go with it', async () => {
    const aws = await cloud()
    const { vpc } = await aws.call('CreateVpc', { CidrBlock: '10.0.0.0/16' })
    const companions = () => {
      const world = aws.world()
      return {
        groups: linked(world, 'groups in vpc', vpc.vpcId).map((id) => world.securityGroup.get(id)?.name),
        acls: linked(world, 'acls in vpc', vpc.vpcId).map((id) => world.networkAcl.get(id)?.isDefault),
        tables: linked(world, 'route tables in vpc', vpc.vpcId).map(
          (id) => world.routeTable.get(id)?.associations[0]?.kind,
        ),
      }
    }
    expect(companions()).toEqual({ groups: ['default'], acls: [true], tables: ['main'] })
    await aws.call('DeleteVpc', { VpcId: vpc.vpcId })
    expect(companions()).toEqual({ groups: [], acls: [], tables: [] })
    expect(await aws.refusal('DescribeVpcs', { 'VpcId.1': vpc.vpcId })).toEqual({
      status: 400,
      code: 'InvalidVpcID.NotFound',
      message: `The vpc ID '${vpc.vpcId}' does not exist`,
    })
  })

  test('the default group lets its members in and everything out', async () => {
    const aws = await cloud()
    const { vpc } = await aws.call('CreateVpc', { CidrBlock: '10.0.0.0/16', AmazonProvidedIpv6CidrBlock: true })
    const { securityGroupInfo } = await aws.call('DescribeSecurityGroups', {
      'Filter.1.Name': 'group-name',
      'Filter.1.Value.1': 'default',
      'Filter.2.Name': 'vpc-id',
      'Filter.2.Value.1': vpc.vpcId,
    })
    const [group] = securityGroupInfo.item
    expect(group.groupDescription).toBe('default VPC security group')
    expect(group.ipPermissions.item[0].groups.item).toEqual([{ groupId: group.groupId, userId: '123456789012' }])
    expect(group.ipPermissionsEgress.item[0]).toMatchObject({
      ipProtocol: '-1',
      ipRanges: { item: [{ cidrIp: '0.0.0.0/0' }] },
      ipv6Ranges: { item: [{ cidrIpv6: '::/0' }] },
    })
  })

  test('host bits of its block are masked', async () => {
    const aws = await cloud()
    const { vpc } = await aws.call('CreateVpc', { CidrBlock: '10.1.2.3/16' })
    expect(vpc.cidrBlock).toBe('10.1.0.0/16')
  })

  test('an IPv6 block is a /56 of Amazon that is still associating in the answer', async () => {
    const aws = await cloud()
    const { vpc } = await aws.call('CreateVpc', { CidrBlock: '10.0.0.0/16', AmazonProvidedIpv6CidrBlock: true })
    const [association] = vpc.ipv6CidrBlockAssociationSet.item
    expect(association).toEqual({
      associationId: expect.stringMatching(/^vpc-cidr-assoc-/),
      ipv6CidrBlock: expect.stringMatching(/^2600:1f[0-9a-f:]+::\/56$/),
      ipv6CidrBlockState: { state: 'associating' },
      networkBorderGroup: 'us-east-1',
      ipv6Pool: 'Amazon',
    })
    const { vpcSet } = await aws.call('DescribeVpcs', { 'VpcId.1': vpc.vpcId })
    expect(vpcSet.item[0].ipv6CidrBlockAssociationSet.item[0].ipv6CidrBlockState).toEqual({ state: 'associated' })
  })

  test('a dry run of its creation makes nothing', async () => {
    const aws = await cloud()
    expect(await aws.refusal('CreateVpc', { CidrBlock: '10.0.0.0/16', DryRun: true })).toMatchObject({
      status: 412,
      code: 'DryRunOperation',
    })
  })
})

describe('the default VPC', () => {
  test('it can be deleted and made again, with a subnet in every zone and a way out', async () => {
    const aws = await cloud()
    const { vpcId } = await withoutDefaultSubnets(aws)
    const [gateway] = linked(aws.world(), 'gateways of vpc', vpcId)
    expect((await aws.refusal('DeleteVpc', { VpcId: vpcId })).code).toBe('DependencyViolation')
    await aws.call('DetachInternetGateway', { InternetGatewayId: String(gateway), VpcId: vpcId })
    await aws.call('DeleteVpc', { VpcId: vpcId })
    expect((await aws.call('DescribeVpcs')).vpcSet).toBe('')

    const { vpc } = await aws.call('CreateDefaultVpc')
    expect(vpc).toMatchObject({ isDefault: 'true', cidrBlock: '172.31.0.0/16', state: 'pending' })
    const { subnetSet } = await aws.call('DescribeSubnets', {
      'Filter.1.Name': 'vpc-id',
      'Filter.1.Value.1': vpc.vpcId,
      'Filter.2.Name': 'default-for-az',
      'Filter.2.Value.1': 'true',
    })
    const places = subnetSet.item.map((subnet: Body) => `${subnet.availabilityZone} ${subnet.cidrBlock}`).sort()
    expect(places).toEqual([
      'us-east-1a 172.31.0.0/20',
      'us-east-1b 172.31.16.0/20',
      'us-east-1c 172.31.32.0/20',
      'us-east-1d 172.31.48.0/20',
      'us-east-1e 172.31.64.0/20',
      'us-east-1f 172.31.80.0/20',
    ])
    expect(linked(aws.world(), 'gateways of vpc', vpc.vpcId)).toHaveLength(1)
  })

  test('there is one at most', async () => {
    const aws = await cloud()
    expect(await aws.refusal('CreateDefaultVpc')).toEqual({
      status: 400,
      code: 'DefaultVpcAlreadyExists',
      message: 'A Default VPC already exists for this account in this region.',
    })
  })
})

const refusedCreations: [string, Record<string, string | boolean>, string, string][] = [
  ['a block above /16', { CidrBlock: '10.0.0.0/8' }, 'InvalidVpc.Range', "The CIDR '10.0.0.0/8' is invalid."],
  ['a block below /28', { CidrBlock: '10.0.0.0/29' }, 'InvalidVpc.Range', "The CIDR '10.0.0.0/29' is invalid."],
  ['a link-local block', { CidrBlock: '169.254.0.0/16' }, 'InvalidVpc.Range', "The CIDR '169.254.0.0/16' is invalid."],
  [
    'text that is no block',
    { CidrBlock: '10.0.0.0' },
    'InvalidParameterValue',
    'Value (10.0.0.0) for parameter cidrBlock is invalid. This is not a valid CIDR block.',
  ],
  [
    'an IPv6 block in place of the IPv4 one',
    { CidrBlock: '2001:db8::/56' },
    'InvalidParameterValue',
    'Value (2001:db8::/56) for parameter cidrBlock is invalid. This is not a valid CIDR block.',
  ],
  ['no block', {}, 'MissingParameter', "Either 'cidrBlock' or 'ipv4IpamPoolId' should be provided."],
  [
    'a block and a pool to take one from',
    { CidrBlock: '10.0.0.0/16', Ipv4IpamPoolId: 'ipam-pool-0123456789abcdef0' },
    'InvalidParameterCombination',
    'The parameter cidrBlock cannot be used with the parameter ipv4IpamPoolId',
  ],
  [
    'an IPAM pool',
    { Ipv4IpamPoolId: 'ipam-pool-0123456789abcdef0' },
    'InvalidIpamPoolId.NotFound',
    "The ipam-pool ID 'ipam-pool-0123456789abcdef0' does not exist",
  ],
  [
    'an IPAM pool for IPv6',
    { CidrBlock: '10.0.0.0/16', Ipv6IpamPoolId: 'ipam-pool-0123456789abcdef0' },
    'InvalidIpamPoolId.NotFound',
    "The ipam-pool ID 'ipam-pool-0123456789abcdef0' does not exist",
  ],
  [
    'a pool of own IPv6 addresses',
    { CidrBlock: '10.0.0.0/16', Ipv6CidrBlock: '2001:db8::/56', Ipv6Pool: 'ipv6pool-ec2-0123456789abcdef0' },
    'InvalidPublicIpv6PoolID.NotFound',
    "The ipv6pool-ec2 ID 'ipv6pool-ec2-0123456789abcdef0' does not exist",
  ],
  [
    'an IPv6 block out of nowhere',
    { CidrBlock: '10.0.0.0/16', Ipv6CidrBlock: '2001:db8::/56' },
    'MissingParameter',
    'The request must contain the parameter ipv6Pool',
  ],
  [
    'an IPv6 block and one of Amazon',
    { CidrBlock: '10.0.0.0/16', Ipv6CidrBlock: '2001:db8::/56', AmazonProvidedIpv6CidrBlock: true },
    'InvalidParameterCombination',
    'The parameter ipv6CidrBlock cannot be used with the parameter amazonProvidedIpv6CidrBlock',
  ],
  [
    'a network border group of another place',
    { CidrBlock: '10.0.0.0/16', AmazonProvidedIpv6CidrBlock: true, Ipv6CidrBlockNetworkBorderGroup: 'eu-west-1' },
    'InvalidParameterValue',
    'Value (eu-west-1) for parameter ipv6CidrBlockNetworkBorderGroup is invalid. The network border group of this Region is us-east-1.',
  ],
  [
    'an unknown tenancy',
    { CidrBlock: '10.0.0.0/16', InstanceTenancy: 'shared' },
    'InvalidParameterValue',
    'Value (shared) for parameter instanceTenancy is invalid. Expected one of default, dedicated, host.',
  ],
  [
    'tags for another type',
    {
      CidrBlock: '10.0.0.0/16',
      'TagSpecification.1.ResourceType': 'subnet',
      'TagSpecification.1.Tag.1.Key': 'a',
      'TagSpecification.1.Tag.1.Value': 'b',
    },
    'InvalidParameter',
    "'subnet' is not a valid taggable resource type for this operation.",
  ],
]

test.each(refusedCreations)('CreateVpc refuses %s', async (_case, parameters, code, message) => {
  const aws = await cloud()
  expect(await aws.refusal('CreateVpc', parameters)).toEqual({ status: 400, code, message })
})

test('a region holds five VPCs, the default one included', async () => {
  const aws = await cloud()
  for (const second of [0, 1, 2, 3]) await aws.call('CreateVpc', { CidrBlock: `10.${second}.0.0/16` })
  expect(await aws.refusal('CreateVpc', { CidrBlock: '10.4.0.0/16' })).toEqual({
    status: 400,
    code: 'VpcLimitExceeded',
    message: 'The maximum number of VPCs has been reached.',
  })
})

describe('DescribeVpcs finds a VPC', () => {
  test.each([
    ['by its id', 'vpc-id', ({ vpcId }: Body) => vpcId],
    ['by its primary block', 'cidr', () => '10.0.0.0/16'],
    ['by any of its blocks', 'cidr-block-association.cidr-block', () => '10.1.0.0/16'],
    [
      'by the association of a block',
      'cidr-block-association.association-id',
      (vpc: Body) => vpc.cidrBlockAssociationSet.item[0].associationId,
    ],
    [
      'by its IPv6 block',
      'ipv6-cidr-block-association.ipv6-cidr-block',
      (vpc: Body) => vpc.ipv6CidrBlockAssociationSet.item[0].ipv6CidrBlock,
    ],
    [
      'by the association of its IPv6 block',
      'ipv6-cidr-block-association.association-id',
      (vpc: Body) => vpc.ipv6CidrBlockAssociationSet.item[0].associationId,
    ],
    ['by where its IPv6 comes from', 'ipv6-cidr-block-association.ipv6-pool', () => 'Amazon'],
    ['by the state of its IPv6 block', 'ipv6-cidr-block-association.state', () => 'associated'],
    ['by not being the default one', 'is-default', () => 'false'],
    ['by a tag', 'tag:Name', () => 'ma*'],
    ['by the key of a tag', 'tag-key', () => 'Name'],
  ])('%s', async (_case, name, valueFor) => {
    const aws = await cloud()
    const { vpc } = await aws.call('CreateVpc', {
      CidrBlock: '10.0.0.0/16',
      AmazonProvidedIpv6CidrBlock: true,
      'TagSpecification.1.ResourceType': 'vpc',
      'TagSpecification.1.Tag.1.Key': 'Name',
      'TagSpecification.1.Tag.1.Value': 'main',
    })
    await aws.call('AssociateVpcCidrBlock', { VpcId: vpc.vpcId, CidrBlock: '10.1.0.0/16' })
    const { vpcSet } = await aws.call('DescribeVpcs', { 'Filter.1.Name': name, 'Filter.1.Value.1': valueFor(vpc) })
    expect(vpcSet.item.map(({ vpcId }: Body) => vpcId)).toEqual([vpc.vpcId])
  })

  test.each(['state', 'owner-id', 'dhcp-options-id', 'cidr-block-association.state'])(
    'and all of them by %s, which they share',
    async (name) => {
      const aws = await cloud()
      const { vpc } = await aws.call('CreateVpc', { CidrBlock: '10.0.0.0/16' })
      const shared = new Map([
        ['state', 'available'],
        ['owner-id', '123456789012'],
        ['dhcp-options-id', vpc.dhcpOptionsId],
        ['cidr-block-association.state', 'associated'],
      ])
      const { vpcSet } = await aws.call('DescribeVpcs', {
        'Filter.1.Name': name,
        'Filter.1.Value.1': shared.get(name) ?? '',
      })
      expect(vpcSet.item).toHaveLength(2)
    },
  )
})
