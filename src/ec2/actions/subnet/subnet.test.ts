import { describe, expect, test } from 'vitest'
import { type Body, type Cloud, cloud, type WireParameters } from '../../../../test/cloud.ts'
import { linked } from '../../../model/world.ts'

interface Place {
  readonly aws: Cloud
  readonly vpcId: string
}

async function place(): Promise<Place> {
  const aws = await cloud()
  return { aws, vpcId: (await aws.call('CreateVpc', { CidrBlock: '10.0.0.0/16' })).vpc.vpcId }
}

async function subnetIn({ aws, vpcId }: Place, parameters: WireParameters = {}): Promise<Body> {
  return (await aws.call('CreateSubnet', { VpcId: vpcId, CidrBlock: '10.0.1.0/24', ...parameters })).subnet
}

async function describeOne(aws: Cloud, subnetId: string): Promise<Body> {
  return (await aws.call('DescribeSubnets', { 'SubnetId.1': subnetId })).subnetSet.item[0]
}

describe('the life of a subnet', () => {
  test('it is made with every default, read back the same, and deleted', async () => {
    const here = await place()
    const { aws, vpcId } = here
    const subnet = await subnetIn(here, {
      AvailabilityZone: 'us-east-1b',
      'TagSpecification.1.ResourceType': 'subnet',
      'TagSpecification.1.Tag.1.Key': 'Name',
      'TagSpecification.1.Tag.1.Value': 'web',
    })
    expect(subnet).toEqual({
      subnetId: expect.stringMatching(/^subnet-[0-9a-f]{17}$/),
      subnetArn: `arn:aws:ec2:us-east-1:123456789012:subnet/${subnet.subnetId}`,
      state: 'available',
      vpcId,
      cidrBlock: '10.0.1.0/24',
      availableIpAddressCount: '251',
      availabilityZone: 'us-east-1b',
      availabilityZoneId: 'use1-az2',
      defaultForAz: 'false',
      mapPublicIpOnLaunch: 'false',
      mapCustomerOwnedIpOnLaunch: 'false',
      assignIpv6AddressOnCreation: 'false',
      ipv6CidrBlockAssociationSet: '',
      ipv6Native: 'false',
      enableDns64: 'false',
      ownerId: '123456789012',
      tagSet: { item: [{ key: 'Name', value: 'web' }] },
      privateDnsNameOptionsOnLaunch: {
        hostnameType: 'ip-name',
        enableResourceNameDnsARecord: 'false',
        enableResourceNameDnsAAAARecord: 'false',
      },
    })
    expect(await describeOne(aws, subnet.subnetId)).toEqual(subnet)
    await aws.call('DeleteSubnet', { SubnetId: subnet.subnetId })
    expect(await aws.refusal('DescribeSubnets', { 'SubnetId.1': subnet.subnetId })).toEqual({
      status: 400,
      code: 'InvalidSubnetID.NotFound',
      message: `The subnet ID '${subnet.subnetId}' does not exist`,
    })
    expect(aws.world().tagSet.size).toBe(0)
  })

  test('it joins the default ACL of its VPC and no route table by name', async () => {
    const here = await place()
    const { subnetId } = await subnetIn(here)
    const world = here.aws.world()
    const acl = world.networkAcl.get(world.subnet.get(subnetId)?.acl ?? '')
    expect(acl).toMatchObject({ vpc: here.vpcId, isDefault: true })
    expect(world.subnet.get(subnetId)?.aclAssociation).toMatch(/^aclassoc-[0-9a-f]{17}$/)
    expect(linked(world, 'route tables of subnet', subnetId)).toEqual([])
  })

  test('its zone is named, named by id, or the first', async () => {
    const here = await place()
    const zoneOf = async (parameters: WireParameters) => (await subnetIn(here, parameters)).availabilityZone
    expect(await zoneOf({ CidrBlock: '10.0.1.0/24', AvailabilityZone: 'us-east-1c' })).toBe('us-east-1c')
    expect(await zoneOf({ CidrBlock: '10.0.2.0/24', AvailabilityZoneId: 'use1-az4' })).toBe('us-east-1d')
    expect(await zoneOf({ CidrBlock: '10.0.3.0/24' })).toBe('us-east-1a')
  })

  test('host bits of its block are masked', async () => {
    expect((await subnetIn(await place(), { CidrBlock: '10.0.7.9/24' })).cidrBlock).toBe('10.0.7.0/24')
  })

  test('it may lie in any block of its VPC', async () => {
    const here = await place()
    await here.aws.call('AssociateVpcCidrBlock', { VpcId: here.vpcId, CidrBlock: '10.1.0.0/16' })
    expect((await subnetIn(here, { CidrBlock: '10.1.0.0/28' })).availableIpAddressCount).toBe('11')
  })

  test('interfaces take its addresses and hold it in place', async () => {
    const here = await place()
    const { aws } = here
    const { subnetId } = await subnetIn(here)
    const { networkInterface } = await aws.call('CreateNetworkInterface', {
      SubnetId: subnetId,
      SecondaryPrivateIpAddressCount: 2,
    })
    expect((await describeOne(aws, subnetId)).availableIpAddressCount).toBe('248')
    expect(await aws.refusal('DeleteSubnet', { SubnetId: subnetId })).toEqual({
      status: 400,
      code: 'DependencyViolation',
      message: `The subnet '${subnetId}' has dependencies and cannot be deleted.`,
    })
    expect((await aws.refusal('DeleteVpc', { VpcId: here.vpcId })).code).toBe('DependencyViolation')
    await aws.call('DeleteNetworkInterface', { NetworkInterfaceId: networkInterface.networkInterfaceId })
    await aws.call('DeleteSubnet', { SubnetId: subnetId })
  })

  test('its association with a route table goes with it', async () => {
    const here = await place()
    const { aws, vpcId } = here
    const { subnetId } = await subnetIn(here)
    const { routeTable } = await aws.call('CreateRouteTable', { VpcId: vpcId })
    await aws.call('AssociateRouteTable', { RouteTableId: routeTable.routeTableId, SubnetId: subnetId })
    await aws.call('DeleteSubnet', { SubnetId: subnetId })
    expect(aws.world().routeTable.get(routeTable.routeTableId)?.associations).toEqual([])
  })
})

const refusedCreations: [string, WireParameters, string, string][] = [
  [
    'a block outside the VPC',
    { CidrBlock: '10.1.0.0/24' },
    'InvalidSubnet.Range',
    "The CIDR '10.1.0.0/24' is invalid.",
  ],
  ['a block below /28', { CidrBlock: '10.0.0.0/29' }, 'InvalidSubnet.Range', "The CIDR '10.0.0.0/29' is invalid."],
  [
    'a block wider than the VPC',
    { CidrBlock: '10.0.0.0/15' },
    'InvalidSubnet.Range',
    "The CIDR '10.0.0.0/15' is invalid.",
  ],
  [
    'a block that another subnet has',
    { CidrBlock: '10.0.200.128/25' },
    'InvalidSubnet.Conflict',
    "The CIDR '10.0.200.128/25' conflicts with another subnet",
  ],
  [
    'text that is no block',
    { CidrBlock: '10.0.0/24' },
    'InvalidParameterValue',
    'Value (10.0.0/24) for parameter cidrBlock is invalid. This is not a valid CIDR block.',
  ],
  ['no block', { CidrBlock: '' }, 'MissingParameter', "Either 'cidrBlock' or 'ipv6CidrBlock' should be provided."],
  [
    'an unknown zone',
    { AvailabilityZone: 'us-east-1z' },
    'InvalidParameterValue',
    'Value (us-east-1z) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: us-east-1a, us-east-1b, us-east-1c, us-east-1d, us-east-1e, us-east-1f.',
  ],
  [
    'an unknown zone id',
    { AvailabilityZoneId: 'use1-az9' },
    'InvalidParameterValue',
    'Value (use1-az9) for parameter availabilityZoneId is invalid. Subnets can currently only be created in the following availability zones: use1-az1, use1-az2, use1-az3, use1-az4, use1-az5, use1-az6.',
  ],
  [
    'a zone twice',
    { AvailabilityZone: 'us-east-1a', AvailabilityZoneId: 'use1-az1' },
    'InvalidParameterCombination',
    'The parameter availabilityZone cannot be used with the parameter availabilityZoneId',
  ],
  [
    'an IPAM pool',
    { Ipv4IpamPoolId: 'ipam-pool-1' },
    'InvalidIpamPoolId.NotFound',
    "The ipam-pool ID 'ipam-pool-1' does not exist",
  ],
  ['an unknown VPC', { VpcId: 'vpc-00000000' }, 'InvalidVpcID.NotFound', "The vpc ID 'vpc-00000000' does not exist"],
  ['a malformed VPC id', { VpcId: 'main' }, 'InvalidVpcId.Malformed', 'Invalid id: "main" (expecting "vpc-...")'],
]

test.each(refusedCreations)('CreateSubnet refuses %s', async (_case, parameters, code, message) => {
  const here = await place()
  const { aws, vpcId } = here
  await subnetIn(here, { CidrBlock: '10.0.200.0/24' })
  const given = { VpcId: vpcId, CidrBlock: '10.0.1.0/24', ...parameters }
  expect(await aws.refusal('CreateSubnet', given)).toEqual({ status: 400, code, message })
})

test('a VPC holds 200 subnets', async () => {
  const aws = await cloud({ quotas: { 'subnets-per-vpc': 1 } })
  const { vpc } = await aws.call('CreateVpc', { CidrBlock: '10.0.0.0/16' })
  const here = { aws, vpcId: vpc.vpcId }
  await subnetIn(here)
  expect(await aws.refusal('CreateSubnet', { VpcId: vpc.vpcId, CidrBlock: '10.0.2.0/24' })).toEqual({
    status: 400,
    code: 'SubnetLimitExceeded',
    message: 'The maximum number of subnets has been reached.',
  })
})

test.each([
  ['subnet-00000000', 'InvalidSubnetID.NotFound', "The subnet ID 'subnet-00000000' does not exist"],
  ['web', 'InvalidSubnetId.Malformed', 'Invalid id: "web" (expecting "subnet-...")'],
])('DeleteSubnet of %s is refused', async (id, code, message) => {
  const aws = await cloud()
  expect(await aws.refusal('DeleteSubnet', { SubnetId: id })).toEqual({ status: 400, code, message })
})

describe('a default subnet', () => {
  async function defaultSubnetIn(aws: Cloud, zone: string): Promise<Body> {
    const parameters = { 'Filter.1.Name': 'availabilityZone', 'Filter.1.Value.1': zone }
    return (await aws.call('DescribeSubnets', parameters)).subnetSet.item[0]
  }

  test('that is gone comes back in the lowest free /20', async () => {
    const aws = await cloud()
    for (const zone of ['us-east-1b', 'us-east-1d']) {
      await aws.call('DeleteSubnet', { SubnetId: (await defaultSubnetIn(aws, zone)).subnetId })
    }
    const { subnet } = await aws.call('CreateDefaultSubnet', { AvailabilityZone: 'us-east-1d' })
    expect(subnet).toMatchObject({
      cidrBlock: '172.31.16.0/20',
      availabilityZone: 'us-east-1d',
      availableIpAddressCount: '4091',
      defaultForAz: 'true',
      mapPublicIpOnLaunch: 'true',
      state: 'available',
    })
  })

  test('can be of IPv6 only where the default VPC has IPv6', async () => {
    const aws = await cloud()
    const { subnetId, vpcId } = await defaultSubnetIn(aws, 'us-east-1a')
    await aws.call('DeleteSubnet', { SubnetId: subnetId })
    const wanted = { AvailabilityZone: 'us-east-1a', Ipv6Native: true }
    expect(await aws.refusal('CreateDefaultSubnet', wanted)).toEqual({
      status: 400,
      code: 'InsufficientCidrBlocks',
      message: 'The default VPC does not have a free CIDR block for another default subnet.',
    })
    const answer = await aws.call('AssociateVpcCidrBlock', { VpcId: vpcId, AmazonProvidedIpv6CidrBlock: true })
    const { subnet } = await aws.call('CreateDefaultSubnet', wanted)
    expect(subnet).toMatchObject({ ipv6Native: 'true', defaultForAz: 'true', availableIpAddressCount: '0' })
    expect(subnet.cidrBlock).toBeUndefined()
    const around = answer.ipv6CidrBlockAssociation.ipv6CidrBlock
    expect(subnet.ipv6CidrBlockAssociationSet.item[0].ipv6CidrBlock).toBe(around.replace('/56', '/64'))
  })

  test('is the only one of its zone', async () => {
    const aws = await cloud()
    const { subnetId } = await defaultSubnetIn(aws, 'us-east-1a')
    expect(await aws.refusal('CreateDefaultSubnet', { AvailabilityZone: 'us-east-1a' })).toEqual({
      status: 400,
      code: 'DefaultSubnetAlreadyExistsInAvailabilityZone',
      message: `'${subnetId}' is already the default subnet in us-east-1a.`,
    })
  })

  test('needs a zone', async () => {
    const aws = await cloud()
    expect(await aws.refusal('CreateDefaultSubnet')).toEqual({
      status: 400,
      code: 'MissingParameter',
      message: 'The request must contain the parameter availabilityZone',
    })
  })

  test('needs a default VPC', async () => {
    const aws = await cloud()
    const { subnetSet } = await aws.call('DescribeSubnets')
    const { vpcId } = subnetSet.item[0]
    for (const { subnetId } of subnetSet.item) await aws.call('DeleteSubnet', { SubnetId: subnetId })
    const [gateway] = linked(aws.world(), 'gateways of vpc', vpcId)
    await aws.call('DetachInternetGateway', { InternetGatewayId: String(gateway), VpcId: vpcId })
    await aws.call('DeleteVpc', { VpcId: vpcId })
    expect(await aws.refusal('CreateDefaultSubnet', { AvailabilityZone: 'us-east-1a' })).toEqual({
      status: 400,
      code: 'DefaultVpcDoesNotExist',
      message: 'No default VPC exists for this account in this region.',
    })
  })
})
