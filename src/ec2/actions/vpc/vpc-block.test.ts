import { describe, expect, test } from 'vitest'
import { type Body, type Cloud, type CloudOptions, cloud } from '../../../../test/cloud.ts'
import { linked } from '../../../model/world.ts'

async function vpcIn(aws: Cloud, cidr = '10.0.0.0/16'): Promise<Body> {
  return (await aws.call('CreateVpc', { CidrBlock: cidr })).vpc
}

async function cloudWithVpc(options?: CloudOptions): Promise<{ aws: Cloud; vpcId: string }> {
  const aws = await cloud(options)
  return { aws, vpcId: (await vpcIn(aws)).vpcId }
}

describe('a further IPv4 block', () => {
  test('is associated, used by a subnet, freed and disassociated', async () => {
    const { aws, vpcId } = await cloudWithVpc()
    const answer = await aws.call('AssociateVpcCidrBlock', { VpcId: vpcId, CidrBlock: '10.1.0.0/16' })
    const { associationId } = answer.cidrBlockAssociation
    expect(answer).toMatchObject({
      vpcId,
      cidrBlockAssociation: { cidrBlock: '10.1.0.0/16', cidrBlockState: { state: 'associating' } },
    })
    const blocks = async () => {
      const { vpcSet } = await aws.call('DescribeVpcs', { 'VpcId.1': vpcId })
      return vpcSet.item[0].cidrBlockAssociationSet.item.map((each: Body) => each.cidrBlock)
    }
    expect(await blocks()).toEqual(['10.0.0.0/16', '10.1.0.0/16'])

    const { subnet } = await aws.call('CreateSubnet', { VpcId: vpcId, CidrBlock: '10.1.5.0/24' })
    expect(await aws.refusal('DisassociateVpcCidrBlock', { AssociationId: associationId })).toEqual({
      status: 400,
      code: 'InvalidCidrBlock.InUse',
      message: `The vpc ${vpcId} currently has a subnet within CIDR block 10.1.0.0/16`,
    })
    await aws.call('DeleteSubnet', { SubnetId: subnet.subnetId })
    expect(await aws.call('DisassociateVpcCidrBlock', { AssociationId: associationId })).toMatchObject({
      vpcId,
      cidrBlockAssociation: { associationId, cidrBlockState: { state: 'disassociating' } },
    })
    expect(await blocks()).toEqual(['10.0.0.0/16'])
  })

  test('may be publicly routable or carrier-grade, whatever the primary block is', async () => {
    const { aws, vpcId } = await cloudWithVpc()
    for (const cidr of ['100.64.0.0/16', '198.51.100.0/24']) {
      await aws.call('AssociateVpcCidrBlock', { VpcId: vpcId, CidrBlock: cidr })
    }
    expect(aws.world().vpc.get(vpcId)?.cidrBlocks).toHaveLength(3)
  })

  test.each([
    ['10.0.0.0/16', '192.168.0.0/16'],
    ['10.0.0.0/16', '172.16.0.0/16'],
    ['10.0.0.0/16', '198.19.0.0/24'],
    ['192.168.0.0/16', '10.0.0.0/16'],
    ['100.64.0.0/16', '10.0.0.0/16'],
  ])('of a VPC in %s may not be %s', async (primary, further) => {
    const aws = await cloud()
    const { vpcId } = await vpcIn(aws, primary)
    expect(await aws.refusal('AssociateVpcCidrBlock', { VpcId: vpcId, CidrBlock: further })).toEqual({
      status: 400,
      code: 'InvalidVpc.Range',
      message: `The CIDR '${further}' is restricted. Use a CIDR from the same private address range as the current VPC CIDR, or use a publicly-routable CIDR. For additional restrictions, see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html`,
    })
  })

  test('may not overlap one that the VPC has', async () => {
    const { aws, vpcId } = await cloudWithVpc()
    expect(await aws.refusal('AssociateVpcCidrBlock', { VpcId: vpcId, CidrBlock: '10.0.128.0/17' })).toEqual({
      status: 400,
      code: 'InvalidVpc.Range',
      message: `The CIDR '10.0.128.0/17' conflicts with the CIDR '10.0.0.0/16' of the VPC '${vpcId}'`,
    })
  })

  test('may not overlap one of a VPC that is peered with it', async () => {
    const { aws, vpcId } = await cloudWithVpc()
    const { vpcId: peer } = await vpcIn(aws, '10.7.0.0/16')
    const peering = { VpcId: vpcId, PeerVpcId: peer }
    const { vpcPeeringConnection } = await aws.call('CreateVpcPeeringConnection', peering)
    const { vpcPeeringConnectionId } = vpcPeeringConnection
    await aws.call('AcceptVpcPeeringConnection', { VpcPeeringConnectionId: vpcPeeringConnectionId })
    expect(await aws.refusal('AssociateVpcCidrBlock', { VpcId: vpcId, CidrBlock: '10.7.1.0/24' })).toEqual({
      status: 400,
      code: 'InvalidVpc.Range',
      message: `The CIDR '10.7.1.0/24' conflicts with the CIDR '10.7.0.0/16' of the VPC '${peer}'`,
    })
  })

  test('is the fifth at most', async () => {
    const { aws, vpcId } = await cloudWithVpc()
    for (const second of [1, 2, 3, 4]) {
      await aws.call('AssociateVpcCidrBlock', { VpcId: vpcId, CidrBlock: `10.${second}.0.0/16` })
    }
    expect(await aws.refusal('AssociateVpcCidrBlock', { VpcId: vpcId, CidrBlock: '10.5.0.0/16' })).toEqual({
      status: 400,
      code: 'CidrLimitExceeded',
      message: `This network ${vpcId} has met its maximum number of allowed CIDRs: 5`,
    })
  })
})

describe('an IPv6 block that comes later', () => {
  const ask = (aws: Cloud, vpcId: string) =>
    aws.call('AssociateVpcCidrBlock', { VpcId: vpcId, AmazonProvidedIpv6CidrBlock: true })

  const isOpenForIpv6 = (aws: Cloud, groupId: string) =>
    aws
      .world()
      .securityGroup.get(groupId)
      ?.rules.filter(({ peer }) => peer.kind === 'ipv6' && peer.cidr === '::/0').length

  async function groupIn(aws: Cloud, vpcId: string, name: string): Promise<string> {
    const parameters = { VpcId: vpcId, GroupName: name, GroupDescription: name }
    return (await aws.call('CreateSecurityGroup', parameters)).groupId
  }

  test('is associating in the answer and then associated', async () => {
    const { aws, vpcId } = await cloudWithVpc()
    const { ipv6CidrBlockAssociation } = await ask(aws, vpcId)
    expect(ipv6CidrBlockAssociation).toMatchObject({
      ipv6CidrBlock: expect.stringMatching(/^2600:1f.*\/56$/),
      ipv6CidrBlockState: { state: 'associating' },
      networkBorderGroup: 'us-east-1',
      ipv6Pool: 'Amazon',
    })
    const { vpcSet } = await aws.call('DescribeVpcs', { 'VpcId.1': vpcId })
    expect(vpcSet.item[0].ipv6CidrBlockAssociationSet.item).toEqual([
      { ...ipv6CidrBlockAssociation, ipv6CidrBlockState: { state: 'associated' } },
    ])
  })

  test('opens the way out of groups whose outbound rules nobody touched', async () => {
    const { aws, vpcId } = await cloudWithVpc()
    const [untouched, touched] = [await groupIn(aws, vpcId, 'untouched'), await groupIn(aws, vpcId, 'touched')]
    const elsewhere = await groupIn(aws, (await vpcIn(aws, '10.9.0.0/16')).vpcId, 'elsewhere')
    await aws.call('RevokeSecurityGroupEgress', {
      GroupId: touched,
      'IpPermissions.1.IpProtocol': '-1',
      'IpPermissions.1.IpRanges.1.CidrIp': '0.0.0.0/0',
    })
    await ask(aws, vpcId)
    const [defaultGroup] = linked(aws.world(), 'group named', `${vpcId}/default`)
    expect([untouched, touched, elsewhere, String(defaultGroup)].map((id) => isOpenForIpv6(aws, id))).toEqual([
      1, 0, 0, 1,
    ])
    expect(aws.world().securityGroup.get(untouched)?.hasOriginalEgress).toBe(true)
  })

  test('adds no second rule when the VPC had IPv6 before', async () => {
    const { aws, vpcId } = await cloudWithVpc()
    const group = await groupIn(aws, vpcId, 'web')
    const { ipv6CidrBlockAssociation } = await ask(aws, vpcId)
    await aws.call('DisassociateVpcCidrBlock', { AssociationId: ipv6CidrBlockAssociation.associationId })
    await ask(aws, vpcId)
    await ask(aws, vpcId)
    expect(isOpenForIpv6(aws, group)).toBe(1)
  })

  test('opens the default ACL with entry 101 both ways', async () => {
    const { aws, vpcId } = await cloudWithVpc()
    await ask(aws, vpcId)
    const [acl] = linked(aws.world(), 'acls in vpc', vpcId as `vpc-${string}`)
    const entries = aws
      .world()
      .networkAcl.get(String(acl))
      ?.entries.map((each) => `${each.number} ${each.direction} ${each.cidr}`)
    expect(entries).toEqual(['100 ingress 0.0.0.0/0', '100 egress 0.0.0.0/0', '101 ingress ::/0', '101 egress ::/0'])
  })

  test('leaves an ACL alone that somebody changed', async () => {
    const { aws, vpcId } = await cloudWithVpc()
    const [acl] = linked(aws.world(), 'acls in vpc', vpcId as `vpc-${string}`)
    await aws.call('DeleteNetworkAclEntry', { NetworkAclId: String(acl), RuleNumber: 100, Egress: true })
    await ask(aws, vpcId)
    expect(aws.world().networkAcl.get(String(acl))?.entries).toHaveLength(1)
  })

  test('stays while a subnet has a part of it', async () => {
    const { aws, vpcId } = await cloudWithVpc()
    const { ipv6CidrBlockAssociation } = await ask(aws, vpcId)
    const { ipv6CidrBlock, associationId } = ipv6CidrBlockAssociation
    const ipv6 = ipv6CidrBlock.replace('/56', '/64')
    await aws.call('CreateSubnet', { VpcId: vpcId, CidrBlock: '10.0.0.0/24', Ipv6CidrBlock: ipv6 })
    expect(await aws.refusal('DisassociateVpcCidrBlock', { AssociationId: associationId })).toEqual({
      status: 400,
      code: 'InvalidCidrBlock.InUse',
      message: `The vpc ${vpcId} currently has a subnet within CIDR block ${ipv6CidrBlock}`,
    })
  })

  test('is the fifth at most', async () => {
    const { aws, vpcId } = await cloudWithVpc({ quotas: { 'ipv6-blocks-per-vpc': 1 } })
    await ask(aws, vpcId)
    expect(await aws.refusal('AssociateVpcCidrBlock', { VpcId: vpcId, AmazonProvidedIpv6CidrBlock: true })).toEqual({
      status: 400,
      code: 'CidrLimitExceeded',
      message: `This network ${vpcId} has met its maximum number of allowed CIDRs: 1`,
    })
  })
})

const refusedAssociations: [string, Record<string, string | boolean>, string, string][] = [
  ['no block', {}, 'MissingParameter', "Either 'cidrBlock' or 'amazonProvidedIpv6CidrBlock' should be provided."],
  [
    'blocks of both families at once',
    { CidrBlock: '10.1.0.0/16', AmazonProvidedIpv6CidrBlock: true },
    'InvalidParameterCombination',
    'The parameter cidrBlock cannot be used with the parameter amazonProvidedIpv6CidrBlock',
  ],
  [
    'a block and a pool',
    { CidrBlock: '10.1.0.0/16', Ipv4IpamPoolId: 'ipam-pool-1' },
    'InvalidParameterCombination',
    'The parameter cidrBlock cannot be used with the parameter ipv4IpamPoolId',
  ],
  [
    'a pool',
    { Ipv4IpamPoolId: 'ipam-pool-1' },
    'InvalidIpamPoolId.NotFound',
    "The ipam-pool ID 'ipam-pool-1' does not exist",
  ],
  ['a block above /16', { CidrBlock: '10.0.0.0/15' }, 'InvalidVpc.Range', "The CIDR '10.0.0.0/15' is invalid."],
  [
    'an unknown VPC',
    { VpcId: 'vpc-00000000', CidrBlock: '10.1.0.0/16' },
    'InvalidVpcID.NotFound',
    "The vpc ID 'vpc-00000000' does not exist",
  ],
]

test.each(refusedAssociations)('AssociateVpcCidrBlock refuses %s', async (_case, parameters, code, message) => {
  const { aws, vpcId } = await cloudWithVpc()
  expect(await aws.refusal('AssociateVpcCidrBlock', { VpcId: vpcId, ...parameters })).toEqual({
    status: 400,
    code,
    message,
  })
})

test('the primary block cannot be disassociated', async () => {
  const aws = await cloud()
  const vpc = await vpcIn(aws)
  const { associationId } = vpc.cidrBlockAssociationSet.item[0]
  expect(await aws.refusal('DisassociateVpcCidrBlock', { AssociationId: associationId })).toEqual({
    status: 400,
    code: 'OperationNotPermitted',
    message: `The vpc CIDR block with association ID ${associationId} may not be disassociated. It is the primary IPv4 CIDR block of the VPC`,
  })
})

test.each([
  [
    'vpc-cidr-assoc-00000000',
    'InvalidVpcCidrBlockAssociationID.NotFound',
    "The vpc CIDR block association ID 'vpc-cidr-assoc-00000000' does not exist",
  ],
  ['first', 'InvalidVpcCidrBlockAssociationId.Malformed', 'Invalid id: "first" (expecting "vpc-cidr-assoc-...")'],
])('DisassociateVpcCidrBlock of %s is refused', async (id, code, message) => {
  const aws = await cloud()
  expect(await aws.refusal('DisassociateVpcCidrBlock', { AssociationId: id })).toEqual({ status: 400, code, message })
})
