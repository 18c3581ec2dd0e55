/** The rules that AWS gives a VPC's default group. What a form cannot take from it, it writes as a group of its own. */

import { type Rule, ruleKey } from '../model/rule.ts'
import type { SecurityGroup } from '../model/security-group.ts'
import type { World } from '../model/world.ts'

function originalKeys(world: World, { id, vpc }: SecurityGroup): string[] {
  const owner = world.scope.account
  const hasIpv6 = (world.vpc.get(vpc)?.ipv6CidrBlocks.length ?? 0) > 0
  const all = { protocol: 'all' } as const
  const rules: Pick<Rule, 'direction' | 'traffic' | 'peer'>[] = [
    { direction: 'ingress', traffic: all, peer: { kind: 'group', group: id, owner } },
    { direction: 'egress', traffic: all, peer: { kind: 'ipv4', cidr: '0.0.0.0/0' } },
    ...(hasIpv6 ? [{ direction: 'egress', traffic: all, peer: { kind: 'ipv6', cidr: '::/0' } } as const] : []),
  ]
  return rules.map(ruleKey)
}

/** Whether all that AWS gave it is still there. */
export function hasOriginalRules(world: World, group: SecurityGroup): boolean {
  const own = new Set(group.rules.map(ruleKey))
  return originalKeys(world, group).every((key) => own.has(key))
}

/** The rules that somebody added. */
export function addedRules(world: World, group: SecurityGroup, rules: readonly Rule[]): Rule[] {
  const originals = originalKeys(world, group)
  return rules.filter((rule) => !originals.includes(ruleKey(rule)))
}
