import { describe, expect, test } from 'vitest'
import { type Cloud, cloud, insights } from '../../../../test/cloud.ts'
import { instant, seconds } from '../../../base/clock.ts'
import { seededEntropy } from '../../../base/entropy.ts'
import { type Change, put } from '../../../model/change.ts'
import type { VpcId } from '../../../model/ids.ts'
import { defaultQuotas } from '../../../model/quota.ts'
import { apply } from '../../../model/world.ts'
import { run } from './DeleteVpc.ts'

async function vpcIn(aws: Cloud, cidr = '10.0.0.0/16'): Promise<VpcId> {
  return (await aws.call('CreateVpc', { CidrBlock: cidr })).vpc.vpcId
}

/** DeleteVpc in the cloud's world as further changes leave it. */
function deletionAfter(aws: Cloud, vpc: VpcId, changes: readonly Change[]) {
  const context = {
    action: 'DeleteVpc' as const,
    world: apply(aws.world(), changes),
    now: aws.now,
    entropy: seededEntropy(1),
    quotas: defaultQuotas,
    enforcementOf: () => undefined,
    insights,
  }
  return run({ VpcId: vpc }, context)
}

describe('DeleteVpc is refused while the VPC holds', () => {
  const residents: [string, (vpc: VpcId) => Change][] = [
    ['an attached gateway', (vpc) => put('internetGateway', { id: 'igw-00000000', attachedTo: vpc })],
    ['another ACL', (vpc) => put('networkAcl', { id: 'acl-00000000', vpc, isDefault: false, entries: [] })],
    ['another route table', (vpc) => put('routeTable', { id: 'rtb-00000000', vpc, associations: [], routes: [] })],
    ['a group of another VPC', (vpc) => put('vpcAssociation', { id: `sg-00000000/${vpc}`, group: 'sg-00000000', vpc })],
  ]

  test.each(residents)('%s', async (_case, resident) => {
    const aws = await cloud()
    const vpc = await vpcIn(aws)
    expect(() => deletionAfter(aws, vpc, [resident(vpc)])).toThrow(
      `The vpc '${vpc}' has dependencies and cannot be deleted.`,
    )
  })

  test('a subnet', async () => {
    const aws = await cloud()
    const vpc = await vpcIn(aws)
    const { subnet } = await aws.call('CreateSubnet', { VpcId: vpc, CidrBlock: '10.0.0.0/24' })
    expect(await aws.refusal('DeleteVpc', { VpcId: vpc })).toEqual({
      status: 400,
      code: 'DependencyViolation',
      message: `The vpc '${vpc}' has dependencies and cannot be deleted.`,
    })
    await aws.call('DeleteSubnet', { SubnetId: subnet.subnetId })
    await aws.call('DeleteVpc', { VpcId: vpc })
  })

  test('a group that somebody made', async () => {
    const aws = await cloud()
    const vpc = await vpcIn(aws)
    const { groupId } = await aws.call('CreateSecurityGroup', { VpcId: vpc, GroupName: 'web', GroupDescription: 'web' })
    expect((await aws.refusal('DeleteVpc', { VpcId: vpc })).code).toBe('DependencyViolation')
    await aws.call('DeleteSecurityGroup', { GroupId: groupId })
    await aws.call('DeleteVpc', { VpcId: vpc })
  })
})

describe('with the VPC goes', () => {
  const peeringFrom = (requester: VpcId, accepter: VpcId, state: 'active' | 'rejected') => {
    const side = { owner: '123456789012', region: 'us-east-1', allowDnsResolution: false }
    const [createdAt, stateSince] = [instant(0), instant(0)]
    return put('peering', {
      id: 'pcx-00000000',
      requester: { ...side, vpc: requester },
      accepter: { ...side, vpc: accepter },
      state,
      message: '',
      createdAt,
      stateSince,
    })
  }

  test('an active peering, which stays visible as deleted', async () => {
    const aws = await cloud()
    const [one, other] = [await vpcIn(aws), await vpcIn(aws, '10.1.0.0/16')]
    const { changes } = deletionAfter(aws, other, [peeringFrom(one, other, 'active')])
    expect(changes).toContainEqual({
      kind: 'put',
      of: 'peering',
      object: expect.objectContaining({
        id: 'pcx-00000000',
        state: 'deleted',
        message: 'Deleted by 123456789012',
        stateSince: aws.now,
      }),
    })
  })

  test('no peering that had ended before', async () => {
    const aws = await cloud()
    const [one, other] = [await vpcIn(aws), await vpcIn(aws, '10.1.0.0/16')]
    const { changes } = deletionAfter(aws, other, [peeringFrom(one, other, 'rejected')])
    expect(changes.filter(({ kind }) => kind === 'put')).toEqual([])
  })

  test('the flow logs that record it', async () => {
    const aws = await cloud()
    const vpc = await vpcIn(aws)
    const log = put('flowLog', {
      id: 'fl-00000000',
      resource: vpc,
      trafficType: 'ALL',
      destinationType: 's3',
      format: '',
      maxAggregation: seconds(600),
      destinationOptions: { fileFormat: 'plain-text', hiveCompatiblePartitions: false, perHourPartition: false },
      createdAt: aws.now,
    })
    const { changes } = deletionAfter(aws, vpc, [log])
    expect(changes).toContainEqual({ kind: 'removed', of: 'flowLog', id: 'fl-00000000' })
  })

  test('its tags', async () => {
    const aws = await cloud()
    const { vpc } = await aws.call('CreateVpc', {
      CidrBlock: '10.0.0.0/16',
      'TagSpecification.1.ResourceType': 'vpc',
      'TagSpecification.1.Tag.1.Key': 'Name',
      'TagSpecification.1.Tag.1.Value': 'main',
    })
    expect(aws.world().tagSet.size).toBe(1)
    await aws.call('DeleteVpc', { VpcId: vpc.vpcId })
    expect(aws.world().tagSet.size).toBe(0)
  })

  test('the tags of the DHCP options set, if no other VPC uses it', async () => {
    const aws = await cloud()
    const [first] = (await aws.call('DescribeVpcs')).vpcSet.item
    const { vpc: second } = await aws.call('CreateVpc', { CidrBlock: '10.0.0.0/16' })
    await aws.call('CreateTags', { 'ResourceId.1': first.dhcpOptionsId, 'Tag.1.Key': 'a', 'Tag.1.Value': 'b' })
    await aws.call('DeleteVpc', { VpcId: second.vpcId })
    expect(aws.world().tagSet.size).toBe(1)
    await emptyDefaultVpc(aws, first.vpcId)
    await aws.call('DeleteVpc', { VpcId: first.vpcId })
    expect(aws.world().tagSet.size).toBe(0)
  })
})

async function emptyDefaultVpc(aws: Cloud, vpc: string): Promise<void> {
  const { subnetSet } = await aws.call('DescribeSubnets')
  for (const { subnetId } of subnetSet.item) await aws.call('DeleteSubnet', { SubnetId: subnetId })
  const { internetGatewayId } = (await aws.call('DescribeInternetGateways')).internetGatewaySet.item[0]
  await aws.call('DetachInternetGateway', { InternetGatewayId: internetGatewayId, VpcId: vpc })
}

test.each([
  ['vpc-00000000', 'InvalidVpcID.NotFound', "The vpc ID 'vpc-00000000' does not exist"],
  ['main', 'InvalidVpcId.Malformed', 'Invalid id: "main" (expecting "vpc-...")'],
])('DeleteVpc of %s is refused', async (id, code, message) => {
  const aws = await cloud()
  expect(await aws.refusal('DeleteVpc', { VpcId: id })).toEqual({ status: 400, code, message })
})
