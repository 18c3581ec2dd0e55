/** The committed shape table is the generator's, and says what AWS's model says in known places. */

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { printShapes, printTypes, readModel } from '../../../scripts/generate-model.ts'
import { modelActions } from '../../../scripts/model-actions.ts'
import { inputShapeOf, isActionName, type Member, membersOf, outputShapeOf } from './shape.ts'
import type { ActionName } from './types.generated.ts'

describe('the committed files are what the generator writes', () => {
  const model = readModel(modelActions)
  const committed = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')

  test('shapes.generated.ts', () => expect(printShapes(model)).toBe(committed('shapes.generated.ts')))
  test('types.generated.ts', () => expect(printTypes(model)).toBe(committed('types.generated.ts')))
})

function memberOf(shape: string | undefined, name: string): Member | undefined {
  return shape === undefined ? undefined : membersOf(shape).find((member) => member.name === name)
}

const requestNames: readonly (readonly [action: ActionName, member: string, requestName: string])[] = [
  ['CreateSecurityGroup', 'Description', 'GroupDescription'],
  ['CreateSecurityGroup', 'TagSpecifications', 'TagSpecification'],
  ['DescribeSecurityGroups', 'GroupIds', 'GroupId'],
  ['DescribeSecurityGroups', 'GroupNames', 'GroupName'],
  ['DescribeSecurityGroups', 'Filters', 'Filter'],
  ['CreateTags', 'Resources', 'ResourceId'],
  ['DeleteTags', 'Tags', 'Tag'],
  ['RevokeSecurityGroupIngress', 'SecurityGroupRuleIds', 'SecurityGroupRuleId'],
  ['DescribeSecurityGroupRules', 'SecurityGroupRuleIds', 'SecurityGroupRuleId'],
  ['ModifySecurityGroupRules', 'SecurityGroupRules', 'SecurityGroupRule'],
  ['UpdateSecurityGroupRuleDescriptionsIngress', 'SecurityGroupRuleDescriptions', 'SecurityGroupRuleDescription'],
  ['DescribeSecurityGroupReferences', 'GroupId', 'GroupId'],
  ['CreateNetworkInterface', 'Groups', 'SecurityGroupId'],
  ['ModifyNetworkInterfaceAttribute', 'Groups', 'SecurityGroupId'],
  ['RunInstances', 'SecurityGroupIds', 'SecurityGroupId'],
  ['RunInstances', 'SecurityGroups', 'SecurityGroup'],
  ['RunInstances', 'NetworkInterfaces', 'NetworkInterface'],
  ['RunInstances', 'Ipv6Addresses', 'Ipv6Address'],
  ['ModifyInstanceAttribute', 'Groups', 'GroupId'],
  ['CreateNetworkAclEntry', 'IcmpTypeCode', 'Icmp'],
  ['CreateManagedPrefixList', 'Entries', 'Entry'],
  ['ModifyManagedPrefixList', 'AddEntries', 'AddEntry'],
  ['ModifyManagedPrefixList', 'RemoveEntries', 'RemoveEntry'],
  ['DescribeFlowLogs', 'Filter', 'Filter'],
  ['AssignIpv6Addresses', 'Ipv6Addresses', 'Ipv6Addresses'],
]

test.each(requestNames)('%s takes %s as %s', (action, member, requestName) => {
  expect(memberOf(inputShapeOf(action), member)?.requestName).toBe(requestName)
})

const responseNames = [
  ['DescribeSecurityGroupsResult', 'SecurityGroups', 'securityGroupInfo'],
  ['SecurityGroup', 'Tags', 'tagSet'],
  ['SecurityGroup', 'Description', 'groupDescription'],
  ['IpPermission', 'UserIdGroupPairs', 'groups'],
  ['IpPermission', 'Ipv6Ranges', 'ipv6Ranges'],
  ['DescribeSecurityGroupReferencesResult', 'SecurityGroupReferenceSet', 'securityGroupReferenceSet'],
  ['AuthorizeSecurityGroupIngressResult', 'SecurityGroupRules', 'securityGroupRuleSet'],
  ['RevokeSecurityGroupIngressResult', 'RevokedSecurityGroupRules', 'revokedSecurityGroupRuleSet'],
  ['RevokeSecurityGroupIngressResult', 'UnknownIpPermissions', 'unknownIpPermissionSet'],
  ['NetworkInterface', 'Groups', 'groupSet'],
  ['Instance', 'State', 'instanceState'],
  ['Instance', 'PublicIpAddress', 'ipAddress'],
  ['Instance', 'PublicDnsName', 'dnsName'],
  ['Instance', 'StateTransitionReason', 'reason'],
  ['Instance', 'SecurityGroups', 'groupSet'],
  ['NetworkAcl', 'IsDefault', 'default'],
  ['GetManagedPrefixListEntriesResult', 'Entries', 'entrySet'],
  ['DescribeFlowLogsResult', 'FlowLogs', 'flowLogSet'],
] as const

test.each(responseNames)('%s answers %s as %s', (shape, member, responseName) => {
  expect(memberOf(shape, member)?.responseName).toBe(responseName)
})

/** The SDK's schemas carry this in an undocumented place. */
test.each([
  ['CreateSecurityGroup', ['Description', 'GroupName']],
  ['CreateTags', ['Resources', 'Tags']],
  ['DeleteTags', ['Resources']],
  ['AuthorizeSecurityGroupIngress', []],
  ['AuthorizeSecurityGroupEgress', ['GroupId']],
  ['ModifySecurityGroupRules', ['GroupId', 'SecurityGroupRules']],
  ['RunInstances', ['MaxCount', 'MinCount']],
  ['CreateManagedPrefixList', ['PrefixListName', 'MaxEntries', 'AddressFamily']],
] as const)('%s requires %j', (action, required) => {
  const members = membersOf(inputShapeOf(action)).filter((member) => member.isRequired)
  expect(members.map((member) => member.name)).toEqual(required)
})

test('an action without output members has no output shape', () => {
  expect(outputShapeOf('CreateTags')).toBeUndefined()
  expect(outputShapeOf('DeleteSecurityGroup')).toBe('DeleteSecurityGroupResult')
})

test('a name from the prototype of objects is no action', () => {
  expect(['CreateVpc', 'createVpc', 'constructor', '__proto__', ''].filter(isActionName)).toEqual(['CreateVpc'])
})
