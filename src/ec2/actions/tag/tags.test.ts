import { beforeEach, describe, expect, test } from 'vitest'
import { type Body, type Cloud, cloud, type WireParameters } from '../../../../test/cloud.ts'

let aws: Cloud
let vpc: string

beforeEach(async () => {
  aws = await cloud()
  vpc = (await aws.call('DescribeVpcs')).vpcSet.item[0].vpcId
})

function tags(pairs: readonly (readonly [key: string, value?: string])[]): WireParameters {
  const parameters: Record<string, string> = {}
  pairs.forEach(([key, value], index) => {
    parameters[`Tag.${index + 1}.Key`] = key
    if (value !== undefined) parameters[`Tag.${index + 1}.Value`] = value
  })
  return parameters
}

async function tagged(id: string): Promise<readonly (readonly [string, string])[]> {
  const { tagSet } = await aws.call('DescribeTags', { 'Filter.1.Name': 'resource-id', 'Filter.1.Value.1': id })
  return tagSet === '' ? [] : tagSet.item.map(({ key, value }: Body) => [key, value])
}

describe('CreateTags', () => {
  test('answers true', async () => {
    const answer = await aws.call('CreateTags', { 'ResourceId.1': vpc, ...tags([['a', '1']]) })
    expect(answer).toMatchObject({ return: 'true' })
  })

  test('gives a key that is there the new value and leaves the others', async () => {
    await aws.call('CreateTags', {
      'ResourceId.1': vpc,
      ...tags([
        ['a', '1'],
        ['b', '2'],
      ]),
    })
    await aws.call('CreateTags', {
      'ResourceId.1': vpc,
      ...tags([
        ['a', '9'],
        ['A', '3'],
      ]),
    })
    expect(await tagged(vpc)).toEqual([
      ['A', '3'],
      ['a', '9'],
      ['b', '2'],
    ])
    const { vpcSet } = await aws.call('DescribeVpcs')
    expect(vpcSet.item[0].tagSet.item).toEqual([
      { key: 'a', value: '9' },
      { key: 'b', value: '2' },
      { key: 'A', value: '3' },
    ])
  })

  test('tags several resources at once, one named twice included', async () => {
    const { subnetSet } = await aws.call('DescribeSubnets')
    const subnet = subnetSet.item[0].subnetId
    const resources = { 'ResourceId.1': vpc, 'ResourceId.2': subnet, 'ResourceId.3': vpc }
    await aws.call('CreateTags', { ...resources, ...tags([['a', '']]) })
    expect([await tagged(vpc), await tagged(subnet)]).toEqual([[['a', '']], [['a', '']]])
  })

  test('tags a rule, which only the rule shows', async () => {
    const { securityGroupRuleSet } = await aws.call('DescribeSecurityGroupRules')
    const { securityGroupRuleId, groupId } = securityGroupRuleSet.item[0]
    await aws.call('CreateTags', { 'ResourceId.1': securityGroupRuleId, ...tags([['a', '1']]) })
    const rules = await aws.call('DescribeSecurityGroupRules', { 'SecurityGroupRuleId.1': securityGroupRuleId })
    expect(rules.securityGroupRuleSet.item[0].tagSet.item).toEqual([{ key: 'a', value: '1' }])
    const groups = await aws.call('DescribeSecurityGroups', { 'GroupId.1': groupId })
    expect(groups.securityGroupInfo.item[0].tagSet).toBe('')
  })

  test('counts the limit per resource, overwritten keys once', async () => {
    const fifty = tags(Array.from({ length: 50 }, (_, index) => [`key-${index}`, '1']))
    await aws.call('CreateTags', { 'ResourceId.1': vpc, ...fifty })
    await aws.call('CreateTags', { 'ResourceId.1': vpc, ...tags([['key-0', '2']]) })
    expect(await aws.refusal('CreateTags', { 'ResourceId.1': vpc, ...tags([['one-more', '1']]) })).toEqual({
      status: 400,
      code: 'TagLimitExceeded',
      message: 'The maximum number of Tags for a resource has been reached.',
    })
  })
})

describe('DeleteTags', () => {
  beforeEach(async () => {
    await aws.call('CreateTags', {
      'ResourceId.1': vpc,
      ...tags([
        ['a', '1'],
        ['b', ''],
        ['c', '3'],
      ]),
    })
  })

  const rows: readonly [what: string, given: readonly (readonly [string, string?])[], left: string][] = [
    ['a key without a value goes, whatever its value', [['a']], 'b c'],
    ['a key with the value it has goes', [['a', '1']], 'b c'],
    ['a key with another value stays', [['a', '2']], 'a b c'],
    [
      'an empty value only matches an empty value',
      [
        ['a', ''],
        ['b', ''],
      ],
      'a c',
    ],
    ['a key that is not there is no error', [['z']], 'a b c'],
    ['a key in other letters is another key', [['A']], 'a b c'],
    [
      'the same key may be given with several values',
      [
        ['a', '0'],
        ['a', '1'],
      ],
      'b c',
    ],
    ['no keys at all means every tag', [], ''],
  ]

  test.each(rows)('%s', async (_what, given, left) => {
    await aws.call('DeleteTags', { 'ResourceId.1': vpc, ...tags(given) })
    expect((await tagged(vpc)).map(([key]) => key).join(' ')).toBe(left)
  })

  test('a resource without tags keeps no trace of them', async () => {
    await aws.call('DeleteTags', { 'ResourceId.1': vpc })
    expect(aws.world().tagSet.has(vpc)).toBe(false)
  })
})

describe('every type of id can be tagged', () => {
  async function idOf(action: string, path: readonly string[], parameters: WireParameters = {}): Promise<string> {
    return path.reduce((body, name) => body[name], (await aws.call(action, parameters)) as Body)
  }

  const rows: readonly [type: string, id: () => Promise<string>][] = [
    ['vpc', async () => vpc],
    ['subnet', () => idOf('DescribeSubnets', ['subnetSet', 'item', '0', 'subnetId'])],
    ['route-table', () => idOf('DescribeRouteTables', ['routeTableSet', 'item', '0', 'routeTableId'])],
    [
      'internet-gateway',
      () => idOf('DescribeInternetGateways', ['internetGatewaySet', 'item', '0', 'internetGatewayId']),
    ],
    ['network-acl', () => idOf('DescribeNetworkAcls', ['networkAclSet', 'item', '0', 'networkAclId'])],
    ['security-group', () => idOf('DescribeSecurityGroups', ['securityGroupInfo', 'item', '0', 'groupId'])],
    [
      'security-group-rule',
      () => idOf('DescribeSecurityGroupRules', ['securityGroupRuleSet', 'item', '0', 'securityGroupRuleId']),
    ],
    ['dhcp-options', () => idOf('DescribeVpcs', ['vpcSet', 'item', '0', 'dhcpOptionsId'])],
    ['elastic-ip', () => idOf('AllocateAddress', ['allocationId'])],
    [
      'prefix-list',
      () =>
        idOf('CreateManagedPrefixList', ['prefixList', 'prefixListId'], {
          PrefixListName: 'x',
          MaxEntries: 1,
          AddressFamily: 'IPv4',
        }),
    ],
    ['prefix-list', async () => 'pl-63a5400a'],
    [
      'network-interface',
      async () => {
        const SubnetId = await idOf('DescribeSubnets', ['subnetSet', 'item', '0', 'subnetId'])
        return idOf('CreateNetworkInterface', ['networkInterface', 'networkInterfaceId'], { SubnetId })
      },
    ],
    [
      'instance',
      () =>
        idOf('RunInstances', ['instancesSet', 'item', '0', 'instanceId'], {
          ImageId: 'ami-12345678',
          MinCount: 1,
          MaxCount: 1,
        }),
    ],
    [
      'vpc-peering-connection',
      async () => {
        const PeerVpcId = await idOf('CreateVpc', ['vpc', 'vpcId'], { CidrBlock: '10.0.0.0/16' })
        const path = ['vpcPeeringConnection', 'vpcPeeringConnectionId']
        return idOf('CreateVpcPeeringConnection', path, { VpcId: vpc, PeerVpcId })
      },
    ],
    [
      'vpc-flow-log',
      () =>
        idOf('CreateFlowLogs', ['flowLogIdSet', 'item', '0'], {
          'ResourceId.1': vpc,
          ResourceType: 'VPC',
          TrafficType: 'ALL',
          LogDestinationType: 's3',
          LogDestination: 'arn:aws:s3:::logs',
        }),
    ],
  ]

  test.each(rows)('%s', async (type, find) => {
    const id = await find()
    await aws.call('CreateTags', { 'ResourceId.1': id, ...tags([['a', '1']]) })
    const { tagSet } = await aws.call('DescribeTags')
    expect(tagSet.item).toEqual([{ resourceId: id, resourceType: type, key: 'a', value: '1' }])
    await aws.call('DeleteTags', { 'ResourceId.1': id })
    expect((await aws.call('DescribeTags')).tagSet).toBe('')
  })
})

test('lengths are counted in characters, not in their encoding', async () => {
  const aws = await cloud()
  const { vpcId } = (await aws.call('DescribeVpcs')).vpcSet.item[0]
  const tag = { 'Tag.1.Key': '🙂'.repeat(128), 'Tag.1.Value': '🙂'.repeat(256) }
  await aws.call('CreateTags', { 'ResourceId.1': vpcId, ...tag })
  const longer = { ...tag, 'Tag.1.Value': '🙂'.repeat(257) }
  expect((await aws.refusal('CreateTags', { 'ResourceId.1': vpcId, ...longer })).code).toBe('InvalidParameterValue')
})
