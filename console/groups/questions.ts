/** What the pages of security groups ask EC2, as calls that can be shown and made. */

import type { Call } from '../../src/app/console/api.ts'
import type {
  ManagedPrefixList,
  NetworkInterface,
  SecurityGroup,
  SecurityGroupRule,
  Tag,
  Vpc,
} from '../../src/ec2/protocol/types.generated.ts'
import { allPages } from '../api/client.ts'

export type { ManagedPrefixList, NetworkInterface, SecurityGroup, SecurityGroupRule, Tag, Vpc }

const most = { MaxResults: 1000 }

export const groupsCall: Call = { action: 'DescribeSecurityGroups', input: {} }

export function findGroups(): Promise<SecurityGroup[]> {
  return allPages('DescribeSecurityGroups', 'SecurityGroups', most)
}

export function rulesCall(group: string): Call {
  return { action: 'DescribeSecurityGroupRules', input: { Filters: [{ Name: 'group-id', Values: [group] }] } }
}

export function findRules(group: string): Promise<SecurityGroupRule[]> {
  const { action, input } = rulesCall(group)
  return allPages(action, 'SecurityGroupRules', { ...input, ...most })
}

export function attachedCall(group: string): Call {
  return { action: 'DescribeNetworkInterfaces', input: { Filters: [{ Name: 'group-id', Values: [group] }] } }
}

export function findAttached(group: string): Promise<NetworkInterface[]> {
  const { action, input } = attachedCall(group)
  return allPages(action, 'NetworkInterfaces', { ...input, ...most })
}

export function referrersCalls(group: string): readonly [Call, Call] {
  const call = (name: string) => ({
    action: 'DescribeSecurityGroups',
    input: { Filters: [{ Name: name, Values: [group] }] },
  })
  return [call('ip-permission.group-id'), call('egress.ip-permission.group-id')]
}

/** Groups with a rule that names this one, inbound or outbound. */
export async function findReferrers(group: string): Promise<SecurityGroup[]> {
  const calls = referrersCalls(group)
  const found = await Promise.all(
    calls.map(({ action, input }) => allPages<SecurityGroup>(action, 'SecurityGroups', { ...input, ...most })),
  )
  return [...new Map(found.flat().map((each) => [each.GroupId, each])).values()]
}

export function findVpcs(): Promise<Vpc[]> {
  return allPages('DescribeVpcs', 'Vpcs')
}

export function findPrefixLists(): Promise<ManagedPrefixList[]> {
  return allPages('DescribeManagedPrefixLists', 'PrefixLists')
}

export function nameOf({ Tags = [] }: { readonly Tags?: readonly Tag[] | undefined }): string {
  return Tags.find(({ Key }) => Key === 'Name')?.Value ?? ''
}
