import { beforeEach, expect, test } from 'vitest'
import { type Body, type Cloud, cloud, type WireParameters } from '../../../../test/cloud.ts'

let aws: Cloud
let vpc: string
let group: string

beforeEach(async () => {
  aws = await cloud()
  vpc = (await aws.call('DescribeVpcs')).vpcSet.item[0].vpcId
  group = (await aws.call('DescribeSecurityGroups')).securityGroupInfo.item[0].groupId
  for (const [key, value] of [
    ['team', 'net'],
    ['Team', 'ops'],
    ['cost', 'net'],
  ] as const) {
    await aws.call('CreateTags', { 'ResourceId.1': vpc, 'Tag.1.Key': key, 'Tag.1.Value': value })
  }
  await aws.call('CreateTags', { 'ResourceId.1': group, 'Tag.1.Key': 'team', 'Tag.1.Value': 'web' })
})

async function rows(parameters: WireParameters = {}): Promise<string[]> {
  const { tagSet } = await aws.call('DescribeTags', parameters)
  const short = (id: string) => (id === vpc ? 'vpc' : 'group')
  return tagSet === '' ? [] : tagSet.item.map((row: Body) => `${short(row.resourceId)} ${row.key}=${row.value}`)
}

test('rows are in the order of resource ids and then of keys', async () => {
  expect(await rows()).toEqual(['group team=web', 'vpc Team=ops', 'vpc cost=net', 'vpc team=net'])
})

const filters: readonly [name: string, value: string, found: readonly string[]][] = [
  ['key', 'team', ['group team=web', 'vpc team=net']],
  ['key', '?eam', ['group team=web', 'vpc Team=ops', 'vpc team=net']],
  ['value', 'net', ['vpc cost=net', 'vpc team=net']],
  ['resource-type', 'security-group', ['group team=web']],
  ['tag:team', 'net', ['vpc team=net']],
  ['tag:team', 'ops', []],
]

test.each(filters)('the filter %s=%s finds them', async (name, value, found) => {
  expect(await rows({ 'Filter.1.Name': name, 'Filter.1.Value.1': value })).toEqual(found)
})

test('the filter resource-id takes ids and patterns, and an unknown id finds nothing', async () => {
  const byId = { 'Filter.1.Name': 'resource-id', 'Filter.1.Value.1': vpc }
  expect(await rows(byId)).toEqual(['vpc Team=ops', 'vpc cost=net', 'vpc team=net'])
  expect(await rows({ ...byId, 'Filter.1.Value.1': 'sg-*' })).toEqual(['group team=web'])
  expect(await rows({ ...byId, 'Filter.1.Value.1': 'vpc-00000000' })).toEqual([])
})

test('filters add up', async () => {
  const both = {
    'Filter.1.Name': 'resource-id',
    'Filter.1.Value.1': vpc,
    'Filter.2.Name': 'key',
    'Filter.2.Value.1': 'cost',
  }
  expect(await rows(both)).toEqual(['vpc cost=net'])
})

test('an unknown filter is refused', async () => {
  expect(await aws.refusal('DescribeTags', { 'Filter.1.Name': 'owner', 'Filter.1.Value.1': 'x' })).toEqual({
    status: 400,
    code: 'InvalidParameterValue',
    message: "The filter 'owner' is invalid",
  })
})

test('a page may end between two tags of one resource', async () => {
  for (const key of ['a', 'b', 'c', 'd']) {
    await aws.call('CreateTags', { 'ResourceId.1': vpc, 'Tag.1.Key': key, 'Tag.1.Value': '' })
  }
  const first = await aws.call('DescribeTags', { MaxResults: 5 })
  expect(first.tagSet.item.map((row: Body) => row.key)).toEqual(['team', 'Team', 'a', 'b', 'c'])
  const rest = await aws.call('DescribeTags', { MaxResults: 5, NextToken: first.nextToken })
  expect(rest.tagSet.item.map((row: Body) => row.key)).toEqual(['cost', 'd', 'team'])
  expect(rest).not.toHaveProperty('nextToken')
})

test('a page goes on although the resource it ended at lost its tags', async () => {
  for (const key of ['a', 'b', 'c', 'd']) {
    await aws.call('CreateTags', { 'ResourceId.1': group, 'Tag.1.Key': key, 'Tag.1.Value': '' })
  }
  const first = await aws.call('DescribeTags', { MaxResults: 5 })
  await aws.call('DeleteTags', { 'ResourceId.1': group })
  const rest = await aws.call('DescribeTags', { MaxResults: 5, NextToken: first.nextToken })
  expect(rest.tagSet.item.map((row: Body) => row.key)).toEqual(['Team', 'cost', 'team'])
})

test('fewer than five rows a page are refused', async () => {
  expect(await aws.refusal('DescribeTags', { MaxResults: 4 })).toEqual({
    status: 400,
    code: 'InvalidParameterValue',
    message: 'Value ( 4 ) for parameter maxResults is invalid. Expecting a value greater than 5.',
  })
})
