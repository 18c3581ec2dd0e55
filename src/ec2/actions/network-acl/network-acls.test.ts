import { describe, expect, test } from 'vitest'
import { type Body, type Cloud, cloud, type WireParameters } from '../../../../test/cloud.ts'
import { createVpc, type Filter, filters } from '../../../../test/groups.ts'
import { createSubnet, dualStack } from '../../../../test/interfaces.ts'

async function createAcl(aws: Cloud, vpc: string, parameters: WireParameters = {}): Promise<string> {
  const { networkAcl } = await aws.call('CreateNetworkAcl', { VpcId: vpc, ...parameters })
  return networkAcl.networkAclId
}

async function describeAcl(aws: Cloud, id: string): Promise<Body> {
  const { networkAclSet } = await aws.call('DescribeNetworkAcls', { 'NetworkAclId.1': id })
  return networkAclSet.item[0]
}

/** As Terraform looks for it. */
async function defaultAcl(aws: Cloud, vpc: string): Promise<Body> {
  const { networkAclSet } = await aws.call('DescribeNetworkAcls', filters(['default', 'true'], ['vpc-id', vpc]))
  return networkAclSet.item[0]
}

/** The association of a subnet, as Terraform looks for it. */
async function associationOf(aws: Cloud, subnet: string): Promise<Body> {
  const { networkAclSet } = await aws.call('DescribeNetworkAcls', filters(['association.subnet-id', subnet]))
  return networkAclSet.item[0].associationSet.item.find((each: Body) => each.subnetId === subnet)
}

const everything = (egress: boolean, ruleNumber: number, ruleAction: string) => {
  return { cidrBlock: '0.0.0.0/0', egress: `${egress}`, protocol: '-1', ruleAction, ruleNumber: `${ruleNumber}` }
}
const everythingIpv6 = (egress: boolean, ruleNumber: number, ruleAction: string) => {
  return { ipv6CidrBlock: '::/0', egress: `${egress}`, protocol: '-1', ruleAction, ruleNumber: `${ruleNumber}` }
}

describe('the default ACL', () => {
  test('allows everything, and every new subnet is in it', async () => {
    const aws = await cloud()
    const vpc = await createVpc(aws)
    const subnet = await createSubnet(aws, vpc, '10.0.0.0/24')
    const acl = await defaultAcl(aws, vpc)
    expect(acl).toEqual({
      networkAclId: expect.stringMatching(/^acl-[0-9a-f]{17}$/),
      vpcId: vpc,
      ownerId: '123456789012',
      default: 'true',
      associationSet: {
        item: [
          {
            networkAclAssociationId: expect.stringMatching(/^aclassoc-[0-9a-f]{17}$/),
            networkAclId: acl.networkAclId,
            subnetId: subnet,
          },
        ],
      },
      entrySet: {
        item: [
          everything(true, 100, 'allow'),
          everything(true, 32767, 'deny'),
          everything(false, 100, 'allow'),
          everything(false, 32767, 'deny'),
        ],
      },
      tagSet: '',
    })
  })

  test('has a second pair of rules where there is IPv6', async () => {
    const aws = await cloud()
    const { vpc } = await dualStack(aws)
    const { entrySet } = await defaultAcl(aws, vpc)
    expect(entrySet.item.slice(0, 4)).toEqual([
      everything(true, 100, 'allow'),
      everythingIpv6(true, 101, 'allow'),
      everything(true, 32767, 'deny'),
      everythingIpv6(true, 32768, 'deny'),
    ])
  })
})

describe('a custom ACL', () => {
  test('denies everything until it is told otherwise', async () => {
    const aws = await cloud()
    const vpc = await createVpc(aws)
    const { networkAcl, clientToken } = await aws.call('CreateNetworkAcl', {
      VpcId: vpc,
      ClientToken: 'once',
      'TagSpecification.1.ResourceType': 'network-acl',
      'TagSpecification.1.Tag.1.Key': 'Name',
      'TagSpecification.1.Tag.1.Value': 'edge',
    })
    expect(clientToken).toBe('once')
    expect(networkAcl).toMatchObject({
      vpcId: vpc,
      default: 'false',
      associationSet: '',
      entrySet: { item: [everything(true, 32767, 'deny'), everything(false, 32767, 'deny')] },
      tagSet: { item: [{ key: 'Name', value: 'edge' }] },
    })
    expect(await describeAcl(aws, networkAcl.networkAclId)).toEqual(networkAcl)
  })

  test('denies IPv6, too, as long as the VPC has it', async () => {
    const aws = await cloud()
    const vpc = await createVpc(aws)
    const acl = await createAcl(aws, vpc)
    const numbers = async () => (await describeAcl(aws, acl)).entrySet.item.map((each: Body) => each.ruleNumber)
    expect(await numbers()).toEqual(['32767', '32767'])
    await aws.call('AssociateVpcCidrBlock', { VpcId: vpc, AmazonProvidedIpv6CidrBlock: true })
    expect(await numbers()).toEqual(['32767', '32768', '32767', '32768'])
  })

  test('takes over a subnet, gives it back and is deleted', async () => {
    const aws = await cloud()
    const vpc = await createVpc(aws)
    const subnet = await createSubnet(aws, vpc, '10.0.0.0/24')
    const byDefault = await associationOf(aws, subnet)
    const acl = await createAcl(aws, vpc)
    const { newAssociationId } = await aws.call('ReplaceNetworkAclAssociation', {
      AssociationId: byDefault.networkAclAssociationId,
      NetworkAclId: acl,
    })
    expect(newAssociationId).not.toBe(byDefault.networkAclAssociationId)
    expect((await defaultAcl(aws, vpc)).associationSet).toBe('')
    expect((await describeAcl(aws, acl)).associationSet.item).toEqual([
      { networkAclAssociationId: newAssociationId, networkAclId: acl, subnetId: subnet },
    ])
    await aws.call('ReplaceNetworkAclAssociation', {
      AssociationId: newAssociationId,
      NetworkAclId: byDefault.networkAclId,
    })
    expect((await aws.call('DeleteNetworkAcl', { NetworkAclId: acl })).return).toBe('true')
    expect((await aws.refusal('DescribeNetworkAcls', { 'NetworkAclId.1': acl })).code).toBe(
      'InvalidNetworkAclID.NotFound',
    )
  })
})

describe('DescribeNetworkAcls', () => {
  async function scene() {
    const aws = await cloud()
    const vpc = await createVpc(aws)
    const subnet = await createSubnet(aws, vpc, '10.0.0.0/24')
    const acl = await createAcl(aws, vpc)
    const entries: WireParameters[] = [
      { Protocol: '6', CidrBlock: '192.0.2.0/24', 'PortRange.From': 80, 'PortRange.To': 90 },
      { Protocol: '1', CidrBlock: '192.0.2.0/24', 'Icmp.Type': 8, 'Icmp.Code': 3 },
      { Protocol: '50', Ipv6CidrBlock: '2001:db8::/32' },
    ]
    for (const [index, entry] of entries.entries()) {
      const number = { RuleNumber: 200 + index, RuleAction: 'allow', Egress: false }
      await aws.call('CreateNetworkAclEntry', { NetworkAclId: acl, ...number, ...entry })
    }
    await aws.call('CreateTags', { 'ResourceId.1': acl, 'Tag.1.Key': 'Name', 'Tag.1.Value': 'edge' })
    const found = async (...given: readonly Filter[]): Promise<string[]> => {
      const { networkAclSet } = await aws.call('DescribeNetworkAcls', filters(['vpc-id', vpc], ...given))
      return (networkAclSet.item ?? []).map((each: Body) => (each.networkAclId === acl ? 'custom' : 'default')).sort()
    }
    return { aws, vpc, subnet, acl, found }
  }

  test.each<[name: string, value: string, expected: string[]]>([
    ['default', 'false', ['custom']],
    ['entry.cidr', '192.0.2.0/24', ['custom']],
    ['entry.ipv6-cidr', '2001:db8::/32', ['custom']],
    ['entry.icmp.type', '8', ['custom']],
    ['entry.icmp.code', '3', ['custom']],
    ['entry.port-range.from', '80', ['custom']],
    ['entry.port-range.to', '90', ['custom']],
    ['entry.protocol', '6', ['custom']],
    ['entry.protocol', 'tcp', ['custom']],
    ['entry.protocol', 'icmp', ['custom']],
    ['entry.protocol', '50', ['custom']],
    ['entry.protocol', '-1', ['custom', 'default']],
    ['entry.rule-action', 'deny', ['custom', 'default']],
    ['entry.egress', 'true', ['custom', 'default']],
    ['entry.rule-number', '201', ['custom']],
    ['entry.rule-number', '100', ['default']],
    ['owner-id', '123456789012', ['custom', 'default']],
    ['tag:Name', 'edge', ['custom']],
    ['tag-key', 'Name', ['custom']],
  ])('finds by %s = %s', async (name, value, expected) => {
    const { found } = await scene()
    expect(await found([name, value])).toEqual(expected)
  })

  test('finds by association and by id', async () => {
    const { aws, subnet, acl, found } = await scene()
    const { networkAclAssociationId, networkAclId } = await associationOf(aws, subnet)
    expect(await found(['association.association-id', networkAclAssociationId])).toEqual(['default'])
    expect(await found(['association.network-acl-id', networkAclId])).toEqual(['default'])
    expect(await found(['association.subnet-id', subnet])).toEqual(['default'])
    expect(await found(['association.subnet-id', 'subnet-00000000'])).toEqual([])
    expect(await found(['network-acl-id', acl])).toEqual(['custom'])
  })

  test('keeps to the ids given when a filter names their VPC', async () => {
    const { aws, vpc, acl } = await scene()
    const { networkAclSet } = await aws.call('DescribeNetworkAcls', {
      'NetworkAclId.1': acl,
      ...filters(['vpc-id', vpc]),
    })
    expect(networkAclSet.item).toHaveLength(1)
  })
})

describe('a refusal', () => {
  async function scene() {
    const aws = await cloud()
    const vpc = await createVpc(aws)
    const subnet = await createSubnet(aws, vpc, '10.0.0.0/24')
    const byDefault = await associationOf(aws, subnet)
    const used = await createAcl(aws, vpc)
    const replacement = { AssociationId: byDefault.networkAclAssociationId, NetworkAclId: used }
    const { newAssociationId } = await aws.call('ReplaceNetworkAclAssociation', replacement)
    return {
      aws,
      subnet,
      used,
      byDefault: byDefault.networkAclId as string,
      dead: byDefault.networkAclAssociationId as string,
      association: newAssociationId as string,
      foreign: await createAcl(aws, await createVpc(aws, '10.1.0.0/16')),
    }
  }
  type Scene = Awaited<ReturnType<typeof scene>>

  test.each<[string, (s: Scene) => WireParameters, string, (s: Scene) => string]>([
    [
      'CreateNetworkAcl',
      () => ({ VpcId: 'vpc-00000000' }),
      'InvalidVpcID.NotFound',
      () => "The vpc ID 'vpc-00000000' does not exist",
    ],
    [
      'DeleteNetworkAcl',
      () => ({ NetworkAclId: 'acl-00000000' }),
      'InvalidNetworkAclID.NotFound',
      () => "The networkAcl ID 'acl-00000000' does not exist",
    ],
    [
      'DeleteNetworkAcl',
      () => ({ NetworkAclId: 'foobar' }),
      'InvalidNetworkAclId.Malformed',
      () => 'Invalid id: "foobar" (expecting "acl-...")',
    ],
    [
      'DeleteNetworkAcl',
      ({ byDefault }) => ({ NetworkAclId: byDefault }),
      'InvalidParameterValue',
      ({ byDefault }) => `cannot delete default network ACL ${byDefault}`,
    ],
    [
      'DeleteNetworkAcl',
      ({ used }) => ({ NetworkAclId: used }),
      'DependencyViolation',
      ({ used }) => `The network ACL '${used}' has dependencies and cannot be deleted.`,
    ],
    [
      'ReplaceNetworkAclAssociation',
      ({ dead, used }) => ({ AssociationId: dead, NetworkAclId: used }),
      'InvalidAssociationID.NotFound',
      ({ dead }) => `The association ID '${dead}' does not exist`,
    ],
    [
      'ReplaceNetworkAclAssociation',
      ({ association, foreign }) => ({ AssociationId: association, NetworkAclId: foreign }),
      'InvalidParameterValue',
      ({ foreign, subnet }) => `network acl ${foreign} and subnet ${subnet} belong to different networks`,
    ],
    [
      'DescribeNetworkAcls',
      () => filters(['entry.color', 'red']),
      'InvalidParameterValue',
      () => "The filter 'entry.color' is invalid",
    ],
  ])('of %s(%#) has its code and its sentence', async (action, parameters, code, message) => {
    const given = await scene()
    expect(await given.aws.refusal(action, parameters(given))).toEqual({ status: 400, code, message: message(given) })
  })

  test('meets one ACL more than the VPC may have, the default one included', async () => {
    const aws = await cloud({ quotas: { 'network-acls-per-vpc': 2 } })
    const vpc = await createVpc(aws)
    await createAcl(aws, vpc)
    expect(await aws.refusal('CreateNetworkAcl', { VpcId: vpc })).toEqual({
      status: 400,
      code: 'NetworkAclLimitExceeded',
      message: 'The maximum number of network acls has been reached.',
    })
  })
})
