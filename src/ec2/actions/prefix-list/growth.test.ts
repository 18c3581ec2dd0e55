/** What a larger MaxEntries does to the quotas of the resources that reference the list (spec 6.2, 6.4, 7). */

import { beforeEach, expect, test } from 'vitest'
import { type Body, type Cloud, cloud } from '../../../../test/cloud.ts'

let aws: Cloud

beforeEach(async () => {
  aws = await cloud()
})

async function createList(maxEntries: number, family: 'IPv4' | 'IPv6' = 'IPv4'): Promise<string> {
  const parameters = { PrefixListName: 'offices', MaxEntries: maxEntries, AddressFamily: family }
  return (await aws.call('CreateManagedPrefixList', parameters)).prefixList.prefixListId
}

async function createGroup(name: string): Promise<string> {
  return (await aws.call('CreateSecurityGroup', { GroupName: name, GroupDescription: name })).groupId
}

async function allow(group: string, peer: Record<string, string>): Promise<void> {
  const parameters = { GroupId: group, 'IpPermissions.1.IpProtocol': '-1', ...peer }
  await aws.call('AuthorizeSecurityGroupIngress', parameters)
}

function list(id: string): Record<string, string> {
  return { 'IpPermissions.1.PrefixListIds.1.PrefixListId': id }
}

async function resize(id: string, maxEntries: number): Promise<Body> {
  await aws.call('ModifyManagedPrefixList', { PrefixListId: id, MaxEntries: maxEntries })
  const [shown] = (await aws.call('DescribeManagedPrefixLists', { 'PrefixListId.1': id })).prefixListSet.item
  return { state: shown.state, maxEntries: shown.maxEntries, stateMessage: shown.stateMessage }
}

test('a group that would exceed its quota makes the modification fail after the call, and the old size stays', async () => {
  const id = await createList(58)
  const group = await createGroup('web')
  await allow(group, list(id))
  await allow(group, { 'IpPermissions.1.IpRanges.1.CidrIp': '10.0.0.0/8' })
  expect(await resize(id, 60)).toEqual({
    state: 'modify-failed',
    maxEntries: '58',
    stateMessage: `The following resources do not support the new maximum size: ${group}`,
  })
  expect(await resize(id, 59)).toEqual({ state: 'modify-complete', maxEntries: '59' })
})

test('the call itself answers modify-in-progress, with the size it still has', async () => {
  const id = await createList(58)
  await allow(await createGroup('web'), list(id))
  const { prefixList } = await aws.call('ModifyManagedPrefixList', { PrefixListId: id, MaxEntries: 61 })
  expect(prefixList).toMatchObject({ state: 'modify-in-progress', maxEntries: '58' })
})

test('a reference to a group counts in the list’s family, a CIDR of the other family does not', async () => {
  const id = await createList(50, 'IPv6')
  const group = await createGroup('web')
  await allow(group, list(id))
  await allow(group, { 'IpPermissions.1.IpRanges.1.CidrIp': '10.0.0.0/8' })
  expect(await resize(id, 60)).toMatchObject({ state: 'modify-complete' })
  expect(await resize(id, 50)).toMatchObject({ state: 'modify-complete' })
  await allow(group, { 'IpPermissions.1.Groups.1.GroupId': group })
  expect(await resize(id, 60)).toMatchObject({ state: 'modify-failed' })
})

test('other prefix lists of the group weigh in, those that AWS owns with their weight', async () => {
  const id = await createList(2)
  const group = await createGroup('web')
  await allow(group, list(id))
  const { prefixListSet } = await aws.call('DescribePrefixLists', {
    'Filter.1.Name': 'prefix-list-name',
    'Filter.1.Value.1': 'com.amazonaws.global.cloudfront.origin-facing',
  })
  await allow(group, list(prefixListSet.item[0].prefixListId))
  expect(await resize(id, 6)).toMatchObject({ state: 'modify-failed' })
  expect(await resize(id, 5)).toMatchObject({ state: 'modify-complete' })
})

test('a route table that would exceed its quota makes it fail, too', async () => {
  aws = await cloud({ quotas: { 'routes-per-route-table': 10 } })
  const id = await createList(5)
  const { vpcSet } = await aws.call('DescribeVpcs')
  const { vpcId } = vpcSet.item[0]
  const { routeTable } = await aws.call('CreateRouteTable', { VpcId: vpcId })
  const { internetGatewaySet } = await aws.call('DescribeInternetGateways')
  await aws.call('CreateRoute', {
    RouteTableId: routeTable.routeTableId,
    DestinationPrefixListId: id,
    GatewayId: internetGatewaySet.item[0].internetGatewayId,
  })
  expect(await resize(id, 11)).toEqual({
    state: 'modify-failed',
    maxEntries: '5',
    stateMessage: `The following resources do not support the new maximum size: ${routeTable.routeTableId}`,
  })
  expect(await resize(id, 10)).toMatchObject({ state: 'modify-complete' })
})

test('the message names the first ten of the resources', async () => {
  const id = await createList(1)
  for (let index = 0; index < 11; index++) await allow(await createGroup(`web-${index}`), list(id))
  const { stateMessage } = await resize(id, 61)
  expect(stateMessage.match(/sg-[0-9a-f]{17}/g)).toHaveLength(10)
})
