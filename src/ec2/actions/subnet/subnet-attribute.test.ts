import { describe, expect, test } from 'vitest'
import { type Body, type Cloud, cloud, type WireParameters } from '../../../../test/cloud.ts'

interface Place {
  readonly aws: Cloud
  readonly vpcId: string
  /** The VPC's IPv6 block up to where its /64s differ: `2600:1f12:3456:78`. */
  readonly ipv6: string
}

async function place(): Promise<Place> {
  const aws = await cloud()
  const { vpc } = await aws.call('CreateVpc', { CidrBlock: '10.0.0.0/16', AmazonProvidedIpv6CidrBlock: true })
  const [{ ipv6CidrBlock }] = vpc.ipv6CidrBlockAssociationSet.item
  return { aws, vpcId: vpc.vpcId, ipv6: ipv6CidrBlock.replace('00::/56', '') }
}

async function subnetIn({ aws, vpcId }: Place, parameters: WireParameters = {}): Promise<Body> {
  return (await aws.call('CreateSubnet', { VpcId: vpcId, CidrBlock: '10.0.1.0/24', ...parameters })).subnet
}

async function describeOne(aws: Cloud, subnetId: string): Promise<Body> {
  return (await aws.call('DescribeSubnets', { 'SubnetId.1': subnetId })).subnetSet.item[0]
}

describe('the IPv6 block of a subnet', () => {
  test('can be given at its creation', async () => {
    const here = await place()
    const cidr = `${here.ipv6}01::/64`
    const { subnetId, ipv6CidrBlockAssociationSet } = await subnetIn(here, { Ipv6CidrBlock: cidr })
    expect(ipv6CidrBlockAssociationSet.item).toEqual([
      {
        associationId: expect.stringMatching(/^subnet-cidr-assoc-[0-9a-f]{17}$/),
        ipv6CidrBlock: cidr,
        ipv6CidrBlockState: { state: 'associating' },
      },
    ])
    const { ipv6CidrBlockAssociationSet: later } = await describeOne(here.aws, subnetId)
    expect(later.item[0].ipv6CidrBlockState).toEqual({ state: 'associated' })
  })

  test('can be associated later and disassociated again', async () => {
    const here = await place()
    const { aws } = here
    const { subnetId } = await subnetIn(here)
    const cidr = `${here.ipv6}02::/64`
    const answer = await aws.call('AssociateSubnetCidrBlock', { SubnetId: subnetId, Ipv6CidrBlock: cidr })
    expect(answer).toMatchObject({
      subnetId,
      ipv6CidrBlockAssociation: { ipv6CidrBlock: cidr, ipv6CidrBlockState: { state: 'associating' } },
    })
    const { associationId } = answer.ipv6CidrBlockAssociation
    expect(await aws.call('DisassociateSubnetCidrBlock', { AssociationId: associationId })).toMatchObject({
      subnetId,
      ipv6CidrBlockAssociation: { associationId, ipv6CidrBlockState: { state: 'disassociating' } },
    })
    expect((await describeOne(aws, subnetId)).ipv6CidrBlockAssociationSet).toBe('')
  })

  test('may be the only block, and then new interfaces get an address of it', async () => {
    const here = await place()
    const wanted = { CidrBlock: '', Ipv6Native: true, Ipv6CidrBlock: `${here.ipv6}03::/64` }
    const subnet = await subnetIn(here, wanted)
    expect(subnet.cidrBlock).toBeUndefined()
    expect(subnet).toMatchObject({
      ipv6Native: 'true',
      availableIpAddressCount: '0',
      assignIpv6AddressOnCreation: 'true',
      privateDnsNameOptionsOnLaunch: { hostnameType: 'resource-name' },
    })
    const { associationId } = subnet.ipv6CidrBlockAssociationSet.item[0]
    expect(await here.aws.refusal('DisassociateSubnetCidrBlock', { AssociationId: associationId })).toEqual({
      status: 400,
      code: 'InvalidCidrBlock.InUse',
      message: `The subnet IPv6 CIDR block with association ID ${associationId} may not be disassociated, because its subnet is IPv6 only.`,
    })
  })

  test('stays while new interfaces are to get an address of it', async () => {
    const here = await place()
    const { aws } = here
    const subnet = await subnetIn(here, { Ipv6CidrBlock: `${here.ipv6}01::/64` })
    const { associationId } = subnet.ipv6CidrBlockAssociationSet.item[0]
    await aws.call('ModifySubnetAttribute', {
      SubnetId: subnet.subnetId,
      'AssignIpv6AddressOnCreation.Value': true,
    })
    expect(await aws.refusal('DisassociateSubnetCidrBlock', { AssociationId: associationId })).toEqual({
      status: 400,
      code: 'InvalidCidrBlock.InUse',
      message: `The subnet IPv6 CIDR block with association ID ${associationId} may not be disassociated, because its subnet has assign-ipv6-address-on-creation set to true.`,
    })
  })

  test('stays while an interface has an address of it', async () => {
    const here = await place()
    const { aws } = here
    const subnet = await subnetIn(here, { Ipv6CidrBlock: `${here.ipv6}01::/64` })
    const { associationId } = subnet.ipv6CidrBlockAssociationSet.item[0]
    const { networkInterface } = await aws.call('CreateNetworkInterface', {
      SubnetId: subnet.subnetId,
      Ipv6AddressCount: 1,
    })
    const { networkInterfaceId } = networkInterface
    expect(await aws.refusal('DisassociateSubnetCidrBlock', { AssociationId: associationId })).toEqual({
      status: 400,
      code: 'InvalidCidrBlock.InUse',
      message: `The subnet IPv6 CIDR block with association ID ${associationId} may not be disassociated, because the network interface ${networkInterfaceId} has an address of it.`,
    })
    await aws.call('DeleteNetworkInterface', { NetworkInterfaceId: networkInterfaceId })
    await aws.call('DisassociateSubnetCidrBlock', { AssociationId: associationId })
  })

  test('is the only one', async () => {
    const here = await place()
    const { subnetId } = await subnetIn(here, { Ipv6CidrBlock: `${here.ipv6}01::/64` })
    const another = { SubnetId: subnetId, Ipv6CidrBlock: `${here.ipv6}02::/64` }
    expect(await here.aws.refusal('AssociateSubnetCidrBlock', another)).toEqual({
      status: 400,
      code: 'CidrLimitExceeded',
      message: `This network ${subnetId} has met its maximum number of allowed CIDRs: 1`,
    })
  })

  const refused: [string, (ipv6: string) => string, string, (cidr: string) => string][] = [
    ['outside the VPC', () => '2001:db8::/64', 'InvalidSubnet.Range', (cidr) => `The IPv6 CIDR '${cidr}' is invalid.`],
    [
      'that another subnet has',
      (ipv6) => `${ipv6}c0::/60`,
      'InvalidSubnet.Conflict',
      (cidr) => `The IPv6 CIDR '${cidr}' conflicts with another subnet`,
    ],
    [
      'of an odd size',
      (ipv6) => `${ipv6}01::/63`,
      'InvalidParameterValue',
      (cidr) => `invalid value for parameter ipv6-cidr-block: ${cidr}`,
    ],
    [
      'that is no block of IPv6',
      () => '10.0.0.0/24',
      'InvalidParameterValue',
      (cidr) => `invalid value for parameter ipv6-cidr-block: ${cidr}`,
    ],
  ]

  test.each(refused)('cannot be one %s', async (_case, cidrFor, code, messageFor) => {
    const here = await place()
    await subnetIn(here, { CidrBlock: '10.0.2.0/24', Ipv6CidrBlock: `${here.ipv6}c8::/64` })
    const { subnetId } = await subnetIn(here)
    const cidr = cidrFor(here.ipv6)
    const refusal = { status: 400, code, message: messageFor(cidr) }
    const late = { SubnetId: subnetId, Ipv6CidrBlock: cidr }
    expect(await here.aws.refusal('AssociateSubnetCidrBlock', late)).toEqual(refusal)
    const early = { VpcId: here.vpcId, CidrBlock: '10.0.3.0/24', Ipv6CidrBlock: cidr }
    expect(await here.aws.refusal('CreateSubnet', early)).toEqual(refusal)
  })

  test('needs an IPv4 block beside it, or to be asked for alone', async () => {
    const { aws, vpcId, ipv6 } = await place()
    const wanted = { VpcId: vpcId, Ipv6CidrBlock: `${ipv6}01::/64` }
    expect(await aws.refusal('CreateSubnet', wanted)).toEqual({
      status: 400,
      code: 'MissingParameter',
      message: 'The request must contain the parameter cidrBlock',
    })
    expect(await aws.refusal('CreateSubnet', { ...wanted, CidrBlock: '10.0.1.0/24', Ipv6Native: true })).toEqual({
      status: 400,
      code: 'InvalidParameterCombination',
      message: 'The parameter cidrBlock cannot be used with the parameter ipv6Native',
    })
  })

  test.each([
    ['AssociateSubnetCidrBlock', {}, 'MissingParameter', 'The request must contain the parameter ipv6CidrBlock'],
    [
      'AssociateSubnetCidrBlock',
      { Ipv6IpamPoolId: 'ipam-pool-1' },
      'InvalidIpamPoolId.NotFound',
      "The ipam-pool ID 'ipam-pool-1' does not exist",
    ],
    [
      'DisassociateSubnetCidrBlock',
      { AssociationId: 'subnet-cidr-assoc-00000000' },
      'InvalidSubnetCidrBlockAssociationID.NotFound',
      "The subnet CIDR block with association ID 'subnet-cidr-assoc-00000000' does not exist",
    ],
    [
      'DisassociateSubnetCidrBlock',
      { AssociationId: 'first' },
      'InvalidSubnetCidrBlockAssociationId.Malformed',
      'Invalid id: "first" (expecting "subnet-cidr-assoc-...")',
    ],
  ])('%s %o is refused', async (action, parameters, code, message) => {
    const here = await place()
    const { subnetId } = await subnetIn(here)
    const given = action === 'AssociateSubnetCidrBlock' ? { SubnetId: subnetId, ...parameters } : parameters
    expect(await here.aws.refusal(action, given)).toEqual({ status: 400, code, message })
  })
})

describe('ModifySubnetAttribute', () => {
  const dnsOptions = 'privateDnsNameOptionsOnLaunch'

  test.each([
    ['MapPublicIpOnLaunch', (subnet: Body) => subnet.mapPublicIpOnLaunch],
    ['AssignIpv6AddressOnCreation', (subnet: Body) => subnet.assignIpv6AddressOnCreation],
    ['EnableDns64', (subnet: Body) => subnet.enableDns64],
    ['EnableResourceNameDnsARecordOnLaunch', (subnet: Body) => subnet[dnsOptions].enableResourceNameDnsARecord],
    ['EnableResourceNameDnsAAAARecordOnLaunch', (subnet: Body) => subnet[dnsOptions].enableResourceNameDnsAAAARecord],
  ])('turns %s on and off', async (attribute, read) => {
    const here = await place()
    const { subnetId } = await subnetIn(here, { Ipv6CidrBlock: `${here.ipv6}01::/64` })
    for (const value of ['true', 'false']) {
      const answer = await here.aws.call('ModifySubnetAttribute', { SubnetId: subnetId, [`${attribute}.Value`]: value })
      expect(answer).toMatchObject({ return: 'true' })
      expect(read(await describeOne(here.aws, subnetId))).toBe(value)
    }
  })

  test('chooses what host names are made of', async () => {
    const here = await place()
    const { subnetId } = await subnetIn(here)
    const wanted = { SubnetId: subnetId, PrivateDnsHostnameTypeOnLaunch: 'resource-name' }
    await here.aws.call('ModifySubnetAttribute', wanted)
    expect((await describeOne(here.aws, subnetId))[dnsOptions].hostnameType).toBe('resource-name')
  })

  test.each([
    ['AssignIpv6AddressOnCreation', 'assign-ipv6-address-on-creation'],
    ['EnableDns64', 'enable-dns64'],
    ['EnableResourceNameDnsAAAARecordOnLaunch', 'enable-resource-name-dns-aaaa-record-on-launch'],
  ])('does not turn %s on without IPv6', async (attribute, name) => {
    const here = await place()
    const { subnetId } = await subnetIn(here)
    const off = { SubnetId: subnetId, [`${attribute}.Value`]: false }
    expect(await here.aws.call('ModifySubnetAttribute', off)).toMatchObject({ return: 'true' })
    const on = { SubnetId: subnetId, [`${attribute}.Value`]: true }
    expect(await here.aws.refusal('ModifySubnetAttribute', on)).toEqual({
      status: 400,
      code: 'InvalidParameterValue',
      message: `Invalid value 'true' for ${name}. Cannot set ${name} to true unless the subnet (${subnetId}) has an IPv6 CIDR block associated with it.`,
    })
  })

  const refused: [string, WireParameters, string, string][] = [
    ['no attribute', {}, 'InvalidParameterCombination', 'No attributes specified.'],
    [
      'two attributes',
      { 'MapPublicIpOnLaunch.Value': true, 'EnableDns64.Value': true },
      'InvalidParameterCombination',
      'Fields for multiple attribute types specified: enableDns64, mapPublicIpOnLaunch',
    ],
    [
      'an attribute without a value',
      { 'MapPublicIpOnLaunch.Values': true },
      'MissingParameter',
      'The request must contain the parameter value',
    ],
    [
      'an unknown kind of host name',
      { PrivateDnsHostnameTypeOnLaunch: 'own-name' },
      'InvalidParameterValue',
      'Value (own-name) for parameter privateDnsHostnameTypeOnLaunch is invalid. Expected one of ip-name, resource-name.',
    ],
    [
      'an unknown subnet',
      { SubnetId: 'subnet-00000000', 'MapPublicIpOnLaunch.Value': true },
      'InvalidSubnetID.NotFound',
      "The subnet ID 'subnet-00000000' does not exist",
    ],
  ]

  test.each(refused)('refuses %s', async (_case, parameters, code, message) => {
    const here = await place()
    const { subnetId } = await subnetIn(here)
    const given = { SubnetId: subnetId, ...parameters }
    expect(await here.aws.refusal('ModifySubnetAttribute', given)).toEqual({ status: 400, code, message })
  })

  test('refuses what only Outposts have', async () => {
    const here = await place()
    const { subnetId } = await subnetIn(here)
    const given = { SubnetId: subnetId, EnableLniAtDeviceIndex: 1 }
    expect(await here.aws.refusal('ModifySubnetAttribute', given)).toEqual({
      status: 400,
      code: 'InvalidParameterValue',
      message: `The attribute enableLniAtDeviceIndex cannot be modified because the subnet '${subnetId}' is not on an Outpost.`,
    })
  })
})
