/** The rules that AWS gives a VPC's default group. What a form cannot take from it, it writes as a group of its own. */

import { type Rule, ruleKey } from '../model/rule.ts'
import { isDefaultGroup, type SecurityGroup } from '../model/security-group.ts'
import type { World } from '../model/world.ts'

type Facts = Pick<Rule, 'direction' | 'traffic' | 'peer'>

/** What AWS gives a group, the default one or any other. */
export function originalRules(world: World, group: SecurityGroup): readonly Facts[] {
  const { id, vpc } = group
  const hasIpv6 = (world.vpc.get(vpc)?.ipv6CidrBlocks.length ?? 0) > 0
  const all = { protocol: 'all' } as const
  const fromItself = { kind: 'group', group: id, owner: world.scope.account } as const
  const rules: Facts[] = [{ direction: 'egress', traffic: all, peer: { kind: 'ipv4', cidr: '0.0.0.0/0' } }]
  if (hasIpv6) rules.push({ direction: 'egress', traffic: all, peer: { kind: 'ipv6', cidr: '::/0' } })
  if (isDefaultGroup(group)) rules.push({ direction: 'ingress', traffic: all, peer: fromItself })
  return rules
}

/** Whether all that AWS gave it is still there. */
export function hasOriginalRules(world: World, group: SecurityGroup): boolean {
  const own = new Set(group.rules.map(ruleKey))
  return originalRules(world, group).every((rule) => own.has(ruleKey(rule)))
}

/** The rules that somebody added. */
export function addedRules(world: World, group: SecurityGroup, rules: readonly Rule[]): Rule[] {
  const originals = originalRules(world, group).map(ruleKey)
  return rules.filter((rule) => !originals.includes(ruleKey(rule)))
}
