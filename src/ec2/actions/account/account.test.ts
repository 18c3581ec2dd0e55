import { describe, expect, test } from 'vitest'
import { type Body, cloud, type WireParameters } from '../../../../test/cloud.ts'

describe('DescribeRegions', () => {
  test('lists regions with their endpoints', async () => {
    const aws = await cloud()
    const { regionInfo } = await aws.call('DescribeRegions')
    expect(regionInfo.item.length).toBeGreaterThan(10)
    expect(regionInfo.item).toContainEqual({
      regionName: 'eu-west-1',
      regionEndpoint: 'ec2.eu-west-1.amazonaws.com',
      optInStatus: 'opt-in-not-required',
    })
  })

  test('takes names and filters', async () => {
    const aws = await cloud()
    const names = async (parameters: WireParameters) => {
      const { regionInfo } = await aws.call('DescribeRegions', parameters)
      return regionInfo === '' ? [] : regionInfo.item.map((item: Body) => item.regionName)
    }
    expect(await names({ 'RegionName.1': 'us-west-2', AllRegions: true })).toEqual(['us-west-2'])
    expect(await names({ 'Filter.1.Name': 'region-name', 'Filter.1.Value.1': 'us-w*' })).toEqual([
      'us-west-1',
      'us-west-2',
    ])
    const endpoint = { 'Filter.1.Name': 'endpoint', 'Filter.1.Value.1': '*eu-west-2*' }
    expect(await names(endpoint)).toEqual(['eu-west-2'])
    expect(await names({ 'Filter.1.Name': 'opt-in-status', 'Filter.1.Value.1': 'opted-in' })).toEqual([])
  })

  test('lists the caller’s own region even if it is made up', async () => {
    const made = (await cloud()).as({ region: 'eu-made-up-9' })
    const { regionInfo } = await made.call('DescribeRegions', { 'RegionName.1': 'eu-made-up-9' })
    expect(regionInfo.item).toHaveLength(1)
  })

  test('refuses an unknown name and an unknown filter', async () => {
    const aws = await cloud()
    expect(await aws.refusal('DescribeRegions', { 'RegionName.1': 'mars-north-1' })).toEqual({
      status: 400,
      code: 'InvalidParameterValue',
      message: 'Invalid region name: [mars-north-1]',
    })
    expect(await aws.refusal('DescribeRegions', { 'Filter.1.Name': 'name', 'Filter.1.Value.1': 'x' })).toEqual({
      status: 400,
      code: 'InvalidParameterValue',
      message: "The filter 'name' is invalid",
    })
  })
})

describe('DescribeAvailabilityZones', () => {
  test('lists the zones of the region', async () => {
    const aws = await cloud()
    const { availabilityZoneInfo } = await aws.call('DescribeAvailabilityZones')
    expect(availabilityZoneInfo.item).toHaveLength(6)
    expect(availabilityZoneInfo.item[0]).toEqual({
      zoneName: 'us-east-1a',
      zoneId: 'use1-az1',
      zoneState: 'available',
      regionName: 'us-east-1',
      zoneType: 'availability-zone',
      optInStatus: 'opt-in-not-required',
      groupName: 'us-east-1-zg-1',
      groupLongName: 'US East (N. Virginia) 1',
      networkBorderGroup: 'us-east-1',
      messageSet: '',
    })
  })

  const rows: readonly [parameters: WireParameters, found: readonly string[]][] = [
    [{ 'ZoneName.1': 'us-east-1c', 'ZoneName.2': 'us-east-1a' }, ['us-east-1a', 'us-east-1c']],
    [{ 'ZoneId.1': 'use1-az2' }, ['us-east-1b']],
    [{ 'Filter.1.Name': 'zone-name', 'Filter.1.Value.1': '*f' }, ['us-east-1f']],
    [{ 'Filter.1.Name': 'zone-id', 'Filter.1.Value.1': 'use1-az3' }, ['us-east-1c']],
    [{ 'Filter.1.Name': 'zone-type', 'Filter.1.Value.1': 'local-zone' }, []],
    [{ 'Filter.1.Name': 'state', 'Filter.1.Value.1': 'unavailable' }, []],
    [{ 'Filter.1.Name': 'region-name', 'Filter.1.Value.1': 'us-west-2' }, []],
    [{ 'Filter.1.Name': 'group-name', 'Filter.1.Value.1': 'us-east-1-lax-1' }, []],
    [{ 'Filter.1.Name': 'group-long-name', 'Filter.1.Value.1': 'US West*' }, []],
    [{ 'Filter.1.Name': 'opt-in-status', 'Filter.1.Value.1': 'opted-in' }, []],
    [{ 'Filter.1.Name': 'parent-zone-name', 'Filter.1.Value.1': '*' }, []],
  ]

  test.each(rows)('%o finds %o', async (parameters, found) => {
    const aws = await cloud()
    const { availabilityZoneInfo } = await aws.call('DescribeAvailabilityZones', parameters)
    const items = availabilityZoneInfo === '' ? [] : availabilityZoneInfo.item
    expect(items.map((item: Body) => item.zoneName)).toEqual(found)
  })

  test('Terraform’s usual question finds them all', async () => {
    const aws = await cloud()
    const { availabilityZoneInfo } = await aws.call('DescribeAvailabilityZones', {
      'Filter.1.Name': 'state',
      'Filter.1.Value.1': 'available',
      'Filter.2.Name': 'opt-in-status',
      'Filter.2.Value.1': 'opt-in-not-required',
    })
    expect(availabilityZoneInfo.item).toHaveLength(6)
  })

  test.each([
    [{ 'ZoneName.1': 'us-west-2a' }, 'Invalid availability zone: [us-west-2a]'],
    [{ 'ZoneName.1': 'use1-az1' }, 'Invalid availability zone: [use1-az1]'],
    [{ 'ZoneId.1': 'us-east-1a' }, 'Invalid availability zone-id: [us-east-1a]'],
    [{ 'Filter.1.Name': 'zone', 'Filter.1.Value.1': 'x' }, "The filter 'zone' is invalid"],
  ])('%o is refused', async (parameters, message) => {
    const aws = await cloud()
    expect(await aws.refusal('DescribeAvailabilityZones', { ...parameters })).toEqual({
      status: 400,
      code: 'InvalidParameterValue',
      message,
    })
  })
})

describe('DescribeAccountAttributes', () => {
  async function attributes(aws: Awaited<ReturnType<typeof cloud>>, parameters: WireParameters = {}) {
    const { accountAttributeSet } = await aws.call('DescribeAccountAttributes', parameters)
    return Object.fromEntries(
      accountAttributeSet.item.map((each: Body) => [
        each.attributeName,
        each.attributeValueSet.item.map(({ attributeValue }: Body) => attributeValue).join(),
      ]),
    )
  }

  test('tells the default VPC and the quotas', async () => {
    const aws = await cloud({ quotas: { 'security-groups-per-interface': 16 } })
    const { vpcSet } = await aws.call('DescribeVpcs')
    expect(await attributes(aws)).toEqual({
      'supported-platforms': 'VPC',
      'default-vpc': vpcSet.item[0].vpcId,
      'max-instances': '20',
      'vpc-max-security-groups-per-interface': '16',
      'max-elastic-ips': '5',
      'vpc-max-elastic-ips': '5',
    })
  })

  test('says a number for a quota that is switched off', async () => {
    const aws = await cloud({ quotas: { 'elastic-addresses-per-region': Number.POSITIVE_INFINITY } })
    expect(await attributes(aws, { 'AttributeName.1': 'max-elastic-ips' })).toEqual({ 'max-elastic-ips': '2147483647' })
  })

  test('says none when there is no default VPC', async () => {
    const aws = await cloud()
    for (const { subnetId } of (await aws.call('DescribeSubnets')).subnetSet.item) {
      await aws.call('DeleteSubnet', { SubnetId: subnetId })
    }
    const [gateway] = (await aws.call('DescribeInternetGateways')).internetGatewaySet.item
    const [vpc] = (await aws.call('DescribeVpcs')).vpcSet.item
    const { internetGatewayId } = gateway
    await aws.call('DetachInternetGateway', { InternetGatewayId: internetGatewayId, VpcId: vpc.vpcId })
    await aws.call('DeleteVpc', { VpcId: vpc.vpcId })
    expect(await attributes(aws, { 'AttributeName.1': 'default-vpc' })).toEqual({ 'default-vpc': 'none' })
  })

  test('refuses an unknown attribute', async () => {
    const aws = await cloud()
    expect(await aws.refusal('DescribeAccountAttributes', { 'AttributeName.1': 'max-fun' })).toEqual({
      status: 400,
      code: 'InvalidParameterValue',
      message:
        'Value (max-fun) for parameter attributeName is invalid. Valid values: supported-platforms, default-vpc, max-instances, vpc-max-security-groups-per-interface, max-elastic-ips, vpc-max-elastic-ips.',
    })
  })
})
