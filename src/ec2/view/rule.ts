/** A rule as an item of its own: in Authorize's answer, DescribeSecurityGroupRules, and once revoked. */

import type { Rule } from '../../model/rule.ts'
import type { SecurityGroup } from '../../model/security-group.ts'
import type { Tag } from '../../model/tag.ts'
import { tagsOf, type World } from '../../model/world.ts'
import type { RevokedSecurityGroupRule, SecurityGroupRule } from '../protocol/types.generated.ts'
import { viewGroupPair } from './group-pair.ts'
import { arnOf, viewTags } from './tags.ts'
import { viewRuleTraffic } from './traffic.ts'

/** Only the member of the rule's own kind of peer is present (spec 3.4). */
export function viewRule(
  world: World,
  group: SecurityGroup,
  rule: Rule,
  tags: readonly Tag[] = tagsOf(world, rule.id),
): SecurityGroupRule {
  return {
    SecurityGroupRuleId: rule.id,
    GroupId: group.id,
    GroupOwnerId: world.scope.account,
    IsEgress: rule.direction === 'egress',
    ...viewRuleTraffic(rule.traffic),
    ...viewPeer(world, group, rule),
    Description: rule.description,
    Tags: viewTags(tags),
    SecurityGroupRuleArn: arnOf(world.scope, 'security-group-rule', rule.id),
  }
}

function viewPeer(world: World, group: SecurityGroup, { peer }: Rule) {
  switch (peer.kind) {
    case 'ipv4':
      return { CidrIpv4: peer.cidr }
    case 'ipv6':
      return { CidrIpv6: peer.cidr }
    case 'prefix-list':
      return { PrefixListId: peer.list }
    case 'group':
      return { ReferencedGroupInfo: viewGroupPair(world, group, peer) }
    default:
      return peer satisfies never
  }
}

/** A revoked rule names its group peer flat, without `referencedGroupInfo` (spec 3.5). */
export function viewRevokedRule(group: SecurityGroup, rule: Rule): RevokedSecurityGroupRule {
  const { peer } = rule
  return {
    SecurityGroupRuleId: rule.id,
    GroupId: group.id,
    IsEgress: rule.direction === 'egress',
    ...viewRuleTraffic(rule.traffic),
    CidrIpv4: peer.kind === 'ipv4' ? peer.cidr : undefined,
    CidrIpv6: peer.kind === 'ipv6' ? peer.cidr : undefined,
    PrefixListId: peer.kind === 'prefix-list' ? peer.list : undefined,
    ReferencedGroupId: peer.kind === 'group' ? peer.group : undefined,
    Description: rule.description,
  }
}
