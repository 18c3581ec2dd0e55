import { describe, expect, test } from 'vitest'
import { type Body, type Cloud, cloud } from '../../../../test/cloud.ts'

/** Two subnets of one VPC that differ in everything a filter can see, beside the default ones. */
async function twoSubnets(): Promise<{ aws: Cloud; plain: Body; rich: Body }> {
  const aws = await cloud()
  const { vpc } = await aws.call('CreateVpc', { CidrBlock: '10.0.0.0/16', AmazonProvidedIpv6CidrBlock: true })
  const around = vpc.ipv6CidrBlockAssociationSet.item[0].ipv6CidrBlock
  const { subnet: plain } = await aws.call('CreateSubnet', { VpcId: vpc.vpcId, CidrBlock: '10.0.1.0/24' })
  const { subnet: rich } = await aws.call('CreateSubnet', {
    VpcId: vpc.vpcId,
    CidrBlock: '10.0.2.0/25',
    Ipv6CidrBlock: around.replace('/56', '/64'),
    AvailabilityZone: 'us-east-1b',
    'TagSpecification.1.ResourceType': 'subnet',
    'TagSpecification.1.Tag.1.Key': 'Name',
    'TagSpecification.1.Tag.1.Value': 'web',
  })
  const attributes = [
    { 'MapPublicIpOnLaunch.Value': true },
    { 'EnableDns64.Value': true },
    { 'EnableResourceNameDnsARecordOnLaunch.Value': true },
    { 'EnableResourceNameDnsAAAARecordOnLaunch.Value': true },
    { PrivateDnsHostnameTypeOnLaunch: 'resource-name' },
  ]
  for (const each of attributes) await aws.call('ModifySubnetAttribute', { SubnetId: rich.subnetId, ...each })
  return { aws, plain, rich }
}

async function found(aws: Cloud, filters: readonly (readonly [string, string])[]): Promise<string[]> {
  const parameters = filters.flatMap(([name, value], index) => [
    [`Filter.${index + 1}.Name`, name],
    [`Filter.${index + 1}.Value.1`, value],
  ])
  const { subnetSet } = await aws.call('DescribeSubnets', Object.fromEntries(parameters))
  return (subnetSet.item ?? []).map(({ subnetId }: Body) => subnetId)
}

const block = (subnet: Body) => subnet.ipv6CidrBlockAssociationSet.item[0]

describe('DescribeSubnets', () => {
  test.each([
    ['availability-zone', () => 'us-east-1b'],
    ['availabilityZone', () => 'us-east-1b'],
    ['availability-zone-id', () => 'use1-az2'],
    ['availabilityZoneId', () => 'use1-az2'],
    ['available-ip-address-count', () => '123'],
    ['cidr-block', () => '10.0.2.0/25'],
    ['cidr', () => '10.0.2.0/25'],
    ['cidrBlock', () => '10.0.2.*'],
    ['enable-dns64', () => 'true'],
    ['ipv6-cidr-block-association.ipv6-cidr-block', (subnet: Body) => block(subnet).ipv6CidrBlock],
    ['ipv6-cidr-block-association.association-id', (subnet: Body) => block(subnet).associationId],
    ['ipv6-cidr-block-association.state', () => 'associated'],
    ['map-public-ip-on-launch', () => 'true'],
    ['private-dns-name-options-on-launch.hostname-type', () => 'resource-name'],
    ['private-dns-name-options-on-launch.enable-resource-name-dns-a-record', () => 'true'],
    ['private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record', () => 'true'],
    ['subnet-arn', (subnet: Body) => subnet.subnetArn],
    ['subnet-id', (subnet: Body) => subnet.subnetId],
    ['tag:Name', () => 'web'],
    ['tag-key', () => 'Name'],
  ])('tells two subnets of a VPC apart by %s', async (name, valueFor) => {
    const { aws, rich } = await twoSubnets()
    const filters = [['vpc-id', rich.vpcId] as const, [name, valueFor(rich)] as const]
    expect(await found(aws, filters)).toEqual([rich.subnetId])
    expect(await found(aws, filters.reverse())).toEqual([rich.subnetId])
  })

  test.each([
    ['state', 'available'],
    ['owner-id', '123456789012'],
    ['ipv6-native', 'false'],
    ['default-for-az', 'false'],
    ['defaultForAz', 'false'],
    ['map-customer-owned-ip-on-launch', 'false'],
  ])('finds both by %s, which they share', async (name, value) => {
    const { aws, plain, rich } = await twoSubnets()
    const both = [plain.subnetId, rich.subnetId].sort()
    expect(
      await found(aws, [
        ['vpc-id', rich.vpcId],
        [name, value],
      ]),
    ).toEqual(both)
  })

  test.each(['outpost-arn', 'customer-owned-ipv4-pool', 'enable-lni-at-device-index'])(
    'finds nothing by %s, which only Outposts have',
    async (name) => {
      const { aws } = await twoSubnets()
      expect(await found(aws, [[name, '*']])).toEqual([])
    },
  )

  test('finds none in a VPC that does not exist', async () => {
    const { aws } = await twoSubnets()
    expect(await found(aws, [['vpc-id', 'vpc-00000000']])).toEqual([])
  })

  test('goes through pages', async () => {
    const { aws } = await twoSubnets()
    const first = await aws.call('DescribeSubnets', { MaxResults: 5 })
    const second = await aws.call('DescribeSubnets', { MaxResults: 5, NextToken: first.nextToken })
    expect([first.subnetSet.item.length, second.subnetSet.item.length]).toEqual([5, 3])
    expect(second.nextToken).toBeUndefined()
  })
})
