/** Adding rules to a group, in either direction: all of a call's rules or none (spec 2.8, 2.9, 3.4). */

import type { Change } from '../../model/change.ts'
import { newId } from '../../model/ids.ts'
import { reject } from '../../model/rejection.ts'
import { type Direction, peerText, type Rule, ruleKey, type Traffic } from '../../model/rule.ts'
import { countRules } from '../../model/rule-count.ts'
import type { SecurityGroup } from '../../model/security-group.ts'
import type { Context, Outcome } from '../action.ts'
import { referencedGroup } from '../input/group-reference.ts'
import { draftsFrom } from '../input/permission.ts'
import { prefixListReference } from '../input/prefix-list-reference.ts'
import { tagged, tagsFor } from '../input/tag-specification.ts'
import type { IpPermission, SecurityGroupRule, TagSpecification } from '../protocol/types.generated.ts'
import { viewRule } from '../view/rule.ts'
import { refuseFurtherRuleReferences } from './prefix-list-quota.ts'

interface Authorization {
  readonly group: SecurityGroup
  readonly direction: Direction
  readonly permissions: readonly IpPermission[] | undefined
  readonly tagSpecifications: readonly TagSpecification[] | undefined
}

interface Authorized {
  readonly Return: boolean
  readonly SecurityGroupRules: readonly SecurityGroupRule[]
}

export function authorize(request: Authorization, context: Context): Outcome<Authorized> {
  const { group, direction, tagSpecifications } = request
  const permissions = request.permissions ?? reject('MissingParameter', { name: 'ipPermissions' })
  const tags = tagsFor(tagSpecifications, 'security-group-rule', context.quotas)
  const drafts = draftsFrom(permissions, { holder: group, context, readGroup: referencedGroup })
  const rules = drafts.map((draft): Rule => ({ id: newId(context.entropy, 'sgr'), direction, ...draft }))
  refuseRepeated(rules)
  refuseDuplicates(group, rules)
  refuseOverQuota([...group.rules, ...rules], direction, context)
  refuseFurtherRuleReferences([], rules, context)
  const added = rules.map((rule): Change => ({ kind: 'rule-added', group: group.id, rule }))
  const items = rules.map((rule) => viewRule(context.world, group, rule, tags))
  return {
    changes: [...added, ...rules.flatMap(({ id }) => tagged(id, tags))],
    output: { Return: true, SecurityGroupRules: items },
  }
}

export function refuseRepeated(rules: readonly Pick<Rule, 'direction' | 'traffic' | 'peer'>[]): void {
  if (new Set(rules.map(ruleKey)).size < rules.length) reject('RuleRepeated')
}

function refuseDuplicates(group: SecurityGroup, rules: readonly Rule[]): void {
  const existing = new Set(group.rules.map(ruleKey))
  const duplicate = rules.find((rule) => existing.has(ruleKey(rule)))
  if (duplicate) reject('RuleDuplicate', { rule: duplicateText(duplicate) })
}

/** Each direction and family has its own budget (spec 7). */
export function refuseOverQuota(rules: readonly Rule[], direction: Direction, { world, quotas }: Context): void {
  const { ipv4, ipv6 } = countRules(rules, direction, (list) => prefixListReference(world, list))
  if (Math.max(ipv4, ipv6) > quotas['rules-per-security-group']) reject('RuleLimitExceeded')
}

/** The rule as the Duplicate refusal spells it: `peer: 10.0.0.0/8, TCP, from port: 80, to port: 80, ALLOW`. */
export function duplicateText({ traffic, peer }: Pick<Rule, 'traffic' | 'peer'>): string {
  return `peer: ${peerText(peer)}, ${trafficText(traffic)}, ALLOW`
}

function trafficText(traffic: Traffic): string {
  switch (traffic.protocol) {
    case 'all':
      return 'ALL'
    case 'tcp':
    case 'udp':
      return `${traffic.protocol.toUpperCase()}, from port: ${traffic.from}, to port: ${traffic.to}`
    case 'icmp':
      return `ICMP, from port: ${traffic.type}, to port: ${traffic.code}`
    case 'icmpv6':
      return `ICMPv6, from port: ${traffic.type}, to port: ${traffic.code}`
    default:
      return `protocol: ${traffic.protocol}`
  }
}
