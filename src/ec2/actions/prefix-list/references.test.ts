/** The quota of references to one list: rules share one, routes another (spec 7). */

import { beforeEach, expect, test } from 'vitest'
import { type Cloud, cloud } from '../../../../test/cloud.ts'

let aws: Cloud
let list: string

const tooMany = {
  status: 400,
  code: 'PrefixListReferenceLimitExceeded',
  message: 'The maximum number of references to this prefix list has been reached.',
}

beforeEach(async () => {
  aws = await cloud({ quotas: { 'references-per-prefix-list': 2 } })
  list = await createList('offices')
})

async function createList(name: string): Promise<string> {
  const parameters = { PrefixListName: name, MaxEntries: 1, AddressFamily: 'IPv4' }
  return (await aws.call('CreateManagedPrefixList', parameters)).prefixList.prefixListId
}

async function createGroup(name: string): Promise<string> {
  return (await aws.call('CreateSecurityGroup', { GroupName: name, GroupDescription: name })).groupId
}

function permission(port: number, named = list, number = 1): Record<string, string | number> {
  const at = `IpPermissions.${number}`
  return {
    [`${at}.IpProtocol`]: 'tcp',
    [`${at}.FromPort`]: port,
    [`${at}.ToPort`]: port,
    [`${at}.PrefixListIds.1.PrefixListId`]: named,
  }
}

async function mainTable(): Promise<string> {
  return (await aws.call('DescribeRouteTables')).routeTableSet.item[0].routeTableId
}

test('rules of all groups and both directions count together', async () => {
  const [one, other] = [await createGroup('one'), await createGroup('other')]
  await aws.call('AuthorizeSecurityGroupIngress', { GroupId: one, ...permission(80) })
  await aws.call('AuthorizeSecurityGroupEgress', { GroupId: other, ...permission(80) })
  const further = { GroupId: other, ...permission(443) }
  expect(await aws.refusal('AuthorizeSecurityGroupIngress', further)).toEqual(tooMany)
})

test('a call whose rules do not all fit adds none', async () => {
  const group = await createGroup('web')
  const three = { GroupId: group, ...permission(80), ...permission(81, list, 2), ...permission(82, list, 3) }
  expect(await aws.refusal('AuthorizeSecurityGroupIngress', three)).toEqual(tooMany)
})

test('a rule may be changed to another list as long as that one has room', async () => {
  const group = await createGroup('web')
  await aws.call('AuthorizeSecurityGroupIngress', { GroupId: group, ...permission(80), ...permission(81, list, 2) })
  const made = await aws.call('AuthorizeSecurityGroupIngress', {
    GroupId: group,
    ...permission(80, await createList('homes')),
  })
  const rule = made.securityGroupRuleSet.item[0].securityGroupRuleId
  const change = (named: string, port: number) => ({
    GroupId: group,
    'SecurityGroupRule.1.SecurityGroupRuleId': rule,
    'SecurityGroupRule.1.SecurityGroupRule.IpProtocol': 'tcp',
    'SecurityGroupRule.1.SecurityGroupRule.FromPort': port,
    'SecurityGroupRule.1.SecurityGroupRule.ToPort': port,
    'SecurityGroupRule.1.SecurityGroupRule.PrefixListId': named,
  })
  expect(await aws.refusal('ModifySecurityGroupRules', change(list, 82))).toEqual(tooMany)
  await aws.call('ModifySecurityGroupRules', change(await createList('shops'), 82))
})

test('a rule of a list that is full may change its ports', async () => {
  const group = await createGroup('web')
  const both = { GroupId: group, ...permission(80), ...permission(81, list, 2) }
  const made = await aws.call('AuthorizeSecurityGroupIngress', both)
  await aws.call('ModifySecurityGroupRules', {
    GroupId: group,
    'SecurityGroupRule.1.SecurityGroupRuleId': made.securityGroupRuleSet.item[0].securityGroupRuleId,
    'SecurityGroupRule.1.SecurityGroupRule.IpProtocol': '-1',
    'SecurityGroupRule.1.SecurityGroupRule.PrefixListId': list,
  })
})

test('routes have a quota of their own', async () => {
  const group = await createGroup('web')
  await aws.call('AuthorizeSecurityGroupIngress', { GroupId: group, ...permission(80), ...permission(81, list, 2) })
  const { internetGatewaySet } = await aws.call('DescribeInternetGateways')
  const route = { DestinationPrefixListId: list, GatewayId: internetGatewaySet.item[0].internetGatewayId }
  const { vpcId } = (await aws.call('DescribeVpcs')).vpcSet.item[0]
  const further = async () => (await aws.call('CreateRouteTable', { VpcId: vpcId })).routeTable.routeTableId
  await aws.call('CreateRoute', { RouteTableId: await mainTable(), ...route })
  await aws.call('CreateRoute', { RouteTableId: await further(), ...route })
  expect(await aws.refusal('CreateRoute', { RouteTableId: await further(), ...route })).toEqual(tooMany)
})
