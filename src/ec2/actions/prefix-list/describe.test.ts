import { beforeEach, describe, expect, test } from 'vitest'
import { type Body, type Cloud, cloud, type WireParameters } from '../../../../test/cloud.ts'

let aws: Cloud

beforeEach(async () => {
  aws = await cloud()
})

async function create(name: string, parameters: WireParameters = {}): Promise<string> {
  const given = { PrefixListName: name, MaxEntries: 200, AddressFamily: 'IPv4', ...parameters }
  return (await aws.call('CreateManagedPrefixList', given)).prefixList.prefixListId
}

async function namesOf(parameters: WireParameters): Promise<string[]> {
  const { prefixListSet } = await aws.call('DescribeManagedPrefixLists', parameters)
  return prefixListSet === '' ? [] : prefixListSet.item.map((item: Body) => item.prefixListName)
}

function filter(name: string, value: string): WireParameters {
  return { 'Filter.1.Name': name, 'Filter.1.Value.1': value }
}

describe('DescribeManagedPrefixLists', () => {
  test('shows the lists that AWS owns next to the account’s, without size and version', async () => {
    await create('offices')
    const { prefixListSet } = await aws.call('DescribeManagedPrefixLists')
    expect(prefixListSet.item).toHaveLength(8)
    expect(prefixListSet.item).toContainEqual({
      prefixListId: 'pl-63a5400a',
      addressFamily: 'IPv4',
      state: 'create-complete',
      prefixListArn: 'arn:aws:ec2:us-east-1:aws:prefix-list/pl-63a5400a',
      prefixListName: 'com.amazonaws.us-east-1.s3',
      tagSet: '',
      ownerId: 'AWS',
    })
  })

  test('finds by owner, id, name and tag', async () => {
    const offices = await create('offices')
    await create('branches')
    await aws.call('CreateTags', { 'ResourceId.1': offices, 'Tag.1.Key': 'team', 'Tag.1.Value': 'net' })
    expect((await namesOf(filter('owner-id', '123456789012'))).sort()).toEqual(['branches', 'offices'])
    expect(await namesOf(filter('owner-id', 'AWS'))).toHaveLength(7)
    expect(await namesOf(filter('prefix-list-id', offices))).toEqual(['offices'])
    expect(await namesOf(filter('prefix-list-id', 'pl-02cd2c6b'))).toEqual(['com.amazonaws.us-east-1.dynamodb'])
    expect(await namesOf(filter('prefix-list-name', 'off*'))).toEqual(['offices'])
    expect(await namesOf(filter('tag:team', 'net'))).toEqual(['offices'])
    expect(await namesOf(filter('tag-key', 'team'))).toEqual(['offices'])
    expect(await namesOf(filter('prefix-list-name', 'none'))).toEqual([])
  })

  test('answers ids of either owner', async () => {
    const offices = await create('offices')
    expect(await namesOf({ 'PrefixListId.1': 'pl-63a5400a', 'PrefixListId.2': offices })).toHaveLength(2)
  })

  test('pages from one list on', async () => {
    const first = await aws.call('DescribeManagedPrefixLists', { MaxResults: 1 })
    const second = await aws.call('DescribeManagedPrefixLists', { MaxResults: 100, NextToken: first.nextToken })
    expect([first.prefixListSet.item.length, second.prefixListSet.item.length]).toEqual([1, 6])
    expect(second).not.toHaveProperty('nextToken')
  })
})

describe('the lists that AWS owns', () => {
  test('have other ids in other regions, the same each time', async () => {
    const ireland = aws.as({ region: 'eu-west-1' })
    const s3 = { 'Filter.1.Name': 'prefix-list-name', 'Filter.1.Value.1': 'com.amazonaws.eu-west-1.s3' }
    const [found] = (await ireland.call('DescribePrefixLists', s3)).prefixListSet.item
    expect(found.prefixListId).toMatch(/^pl-[0-9a-f]{8}$/)
    expect(found.prefixListId).not.toBe('pl-63a5400a')
    expect((await ireland.call('DescribePrefixLists', s3)).prefixListSet.item).toEqual([found])
  })

  test('tell their entries, as lists without versions', async () => {
    const { entrySet } = await aws.call('GetManagedPrefixListEntries', { PrefixListId: 'pl-02cd2c6b' })
    expect(entrySet.item).toContainEqual({ cidr: '52.94.0.0/22' })
    expect(await aws.refusal('GetManagedPrefixListEntries', { PrefixListId: 'pl-02cd2c6b', TargetVersion: 1 })).toEqual(
      {
        status: 400,
        code: 'InvalidParameterValue',
        message: 'Value (1) for parameter targetVersion is invalid. The prefix list has no such version.',
      },
    )
  })

  test('are all that DescribePrefixLists shows', async () => {
    await create('offices')
    const { prefixListSet } = await aws.call('DescribePrefixLists')
    expect(prefixListSet.item).toHaveLength(7)
    const one = await aws.call('DescribePrefixLists', { 'PrefixListId.1': 'pl-63a5400a' })
    expect(one.prefixListSet.item).toEqual([
      {
        prefixListId: 'pl-63a5400a',
        prefixListName: 'com.amazonaws.us-east-1.s3',
        cidrSet: { item: ['3.5.0.0/19', '52.216.0.0/15', '54.231.0.0/16'] },
      },
    ])
  })

  test('are found by id and name there', async () => {
    for (const [name, value] of [
      ['prefix-list-id', 'pl-63a5400a'],
      ['prefix-list-name', '*.s3'],
    ] as const) {
      const { prefixListSet } = await aws.call('DescribePrefixLists', filter(name, value))
      expect(prefixListSet.item.map((item: Body) => item.prefixListId)).toEqual(['pl-63a5400a'])
    }
  })
})

test('entries are paged a hundred at a time, in the order of their CIDRs', async () => {
  const first = Object.fromEntries(
    Array.from({ length: 100 }, (_, index) => [`Entry.${index + 1}.Cidr`, `10.0.${index}.0/24`]),
  )
  const id = await create('offices', first)
  await aws.call('ModifyManagedPrefixList', { PrefixListId: id, CurrentVersion: 1, 'AddEntry.1.Cidr': '10.1.0.0/24' })
  const page = await aws.call('GetManagedPrefixListEntries', { PrefixListId: id })
  expect(page.entrySet.item).toHaveLength(100)
  const rest = await aws.call('GetManagedPrefixListEntries', { PrefixListId: id, NextToken: page.nextToken })
  expect(rest.entrySet.item).toEqual([{ cidr: '10.1.0.0/24' }])
})

test('associations list each group and route table once', async () => {
  const id = await create('offices', { MaxEntries: 2 })
  const { groupId } = await aws.call('CreateSecurityGroup', { GroupName: 'web', GroupDescription: 'web' })
  for (const protocol of ['tcp', 'udp']) {
    await aws.call('AuthorizeSecurityGroupIngress', {
      GroupId: groupId,
      'IpPermissions.1.IpProtocol': protocol,
      'IpPermissions.1.FromPort': 53,
      'IpPermissions.1.ToPort': 53,
      'IpPermissions.1.PrefixListIds.1.PrefixListId': id,
    })
  }
  const { vpcSet } = await aws.call('DescribeVpcs')
  const { routeTable } = await aws.call('CreateRouteTable', { VpcId: vpcSet.item[0].vpcId })
  const { internetGatewaySet } = await aws.call('DescribeInternetGateways')
  await aws.call('CreateRoute', {
    RouteTableId: routeTable.routeTableId,
    DestinationPrefixListId: id,
    GatewayId: internetGatewaySet.item[0].internetGatewayId,
  })
  const { prefixListAssociationSet } = await aws.call('GetManagedPrefixListAssociations', { PrefixListId: id })
  expect(prefixListAssociationSet.item).toEqual([
    { resourceId: routeTable.routeTableId, resourceOwner: '123456789012' },
    { resourceId: groupId, resourceOwner: '123456789012' },
  ])
})

test('a list that nothing references has no associations', async () => {
  const answer = await aws.call('GetManagedPrefixListAssociations', { PrefixListId: await create('offices') })
  expect(answer.prefixListAssociationSet).toBe('')
})
