/** ModifySecurityGroupRules (spec 3.6): whole new properties for rules that keep their id and tags. */

import type { Change } from '../../../model/change.ts'
import { reject } from '../../../model/rejection.ts'
import { type Peer, type Rule, ruleKey } from '../../../model/rule.ts'
import type { SecurityGroup } from '../../../model/security-group.ts'
import type { Context, Run } from '../../action.ts'
import { referencedGroup } from '../../input/group-reference.ts'
import { find } from '../../input/lookup.ts'
import { prefixListReference } from '../../input/prefix-list-reference.ts'
import { canonicalCidr } from '../../input/rule-cidr.ts'
import { describedBy } from '../../input/rule-description.ts'
import { modifiedTrafficFrom } from '../../input/traffic.ts'
import type { SecurityGroupRuleRequest } from '../../protocol/types.generated.ts'
import { duplicateText, refuseOverQuota, refuseRepeated } from '../../rules/authorize.ts'
import { refuseFurtherRuleReferences } from '../../rules/prefix-list-quota.ts'
import { ruleById } from '../../rules/select.ts'

export const run: Run<'ModifySecurityGroupRules'> = (input, context) => {
  const group = find(context.world, 'securityGroup', input.GroupId)
  const targets = input.SecurityGroupRules.map(({ SecurityGroupRuleId, SecurityGroupRule = {} }) => ({
    rule: ruleById(group, SecurityGroupRuleId),
    request: SecurityGroupRule,
  }))
  const rules = targets.map(({ rule, request }) => replacement(rule, request, group, context))
  refuseCollisions(group, rules, context)
  const changes = rules.map((rule): Change => ({ kind: 'rule-replaced', group: group.id, rule }))
  return { changes, output: { Return: true } }
}

function replacement(rule: Rule, request: SecurityGroupRuleRequest, group: SecurityGroup, context: Context): Rule {
  const traffic = modifiedTrafficFrom(request)
  const member = peerMember(request)
  if (member.kind !== rule.peer.kind) {
    reject('RulePeerTypeChange', { rule: rule.id, given: member.name, existing: kindNames[rule.peer.kind] })
  }
  const peer = member.read(group, context)
  return { id: rule.id, direction: rule.direction, traffic, peer, ...describedBy(request.Description) }
}

interface PeerMember {
  readonly kind: Peer['kind']
  readonly name: string
  readonly read: (group: SecurityGroup, context: Context) => Peer
}

const kindNames: Readonly<Record<Peer['kind'], string>> = {
  ipv4: 'IPv4 CIDR',
  ipv6: 'IPv6 CIDR',
  'prefix-list': 'prefix list',
  group: 'referenced group',
}

/** The one peer that the request names. */
function peerMember(request: SecurityGroupRuleRequest): PeerMember {
  const { CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupId } = request
  const given: PeerMember[] = []
  if (CidrIpv4 !== undefined) given.push({ kind: 'ipv4', name: 'CidrIpv4', read: () => canonicalCidr(CidrIpv4, 4) })
  if (CidrIpv6 !== undefined) given.push({ kind: 'ipv6', name: 'CidrIpv6', read: () => canonicalCidr(CidrIpv6, 6) })
  if (PrefixListId !== undefined) {
    const read: PeerMember['read'] = (_, { world }) => ({
      kind: 'prefix-list',
      list: prefixListReference(world, PrefixListId).id,
    })
    given.push({ kind: 'prefix-list', name: 'a prefix list id', read })
  }
  if (ReferencedGroupId !== undefined) {
    const read: PeerMember['read'] = (group, context) => referencedGroup({ GroupId: ReferencedGroupId }, group, context)
    given.push({ kind: 'group', name: 'a referenced group id', read })
  }
  if (given.length > 1) reject('RulePeerAmbiguous')
  return given[0] ?? reject('RulePeerMissing')
}

/** The group as it would be must hold no rule twice and stay within its quota. */
function refuseCollisions(group: SecurityGroup, rules: readonly Rule[], context: Context): void {
  refuseRepeated(rules)
  const replaced = new Map(rules.map((rule) => [rule.id, rule]))
  if (replaced.size < rules.length) reject('RuleRepeated')
  const others = new Set(group.rules.filter(({ id }) => !replaced.has(id)).map(ruleKey))
  const duplicate = rules.find((rule) => others.has(ruleKey(rule)))
  if (duplicate) reject('RuleDuplicate', { rule: duplicateText(duplicate) })
  const next = group.rules.map((rule) => replaced.get(rule.id) ?? rule)
  for (const direction of new Set(rules.map((rule) => rule.direction))) refuseOverQuota(next, direction, context)
  refuseFurtherRuleReferences(group.rules, next, context)
}
