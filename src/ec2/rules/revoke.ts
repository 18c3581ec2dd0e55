/** Taking rules from a group, in either direction, by id or by properties (spec 3.5). */

import type { Change } from '../../model/change.ts'
import { reject } from '../../model/rejection.ts'
import type { Direction, Rule } from '../../model/rule.ts'
import type { SecurityGroup } from '../../model/security-group.ts'
import type { Context, Outcome } from '../action.ts'
import { spelledGroup } from '../input/group-reference.ts'
import { draftsFrom } from '../input/permission.ts'
import type { IpPermission, RevokedSecurityGroupRule } from '../protocol/types.generated.ts'
import { mergedPermissions } from '../view/permission.ts'
import { viewRevokedRule } from '../view/rule.ts'
import { ruleById, rulesLike } from './select.ts'

interface Revocation {
  readonly group: SecurityGroup
  readonly direction: Direction
  readonly permissions: readonly IpPermission[] | undefined
  readonly ruleIds: readonly string[] | undefined
}

interface Revoked {
  readonly Return: boolean
  readonly UnknownIpPermissions: readonly IpPermission[] | undefined
  readonly RevokedSecurityGroupRules: readonly RevokedSecurityGroupRule[]
}

export function revoke(request: Revocation, context: Context): Outcome<Revoked> {
  const { group, permissions, ruleIds } = request
  if (permissions && ruleIds?.length) {
    reject('ParametersExclusive', { first: 'ipPermissions', second: 'securityGroupRuleIds' })
  }
  const { rules, unknown } = ruleIds?.length ? byIds(request, ruleIds) : byProperties(request, context)
  return {
    changes: removalOf(rules, group, context),
    output: {
      Return: true,
      // AWS leaves the list out of an answer that has nothing to report.
      UnknownIpPermissions: unknown.length > 0 ? unknown : undefined,
      RevokedSecurityGroupRules: rules.map((rule) => viewRevokedRule(group, rule)),
    },
  }
}

interface Selection {
  readonly rules: readonly Rule[]
  readonly unknown: readonly IpPermission[]
}

function byIds({ group, direction }: Revocation, ids: readonly string[]): Selection {
  return { rules: [...new Set(ids)].map((id) => ruleById(group, id, direction)), unknown: [] }
}

/** In the default VPC a mismatch is reported beside the rules that went; elsewhere it refuses the call. */
function byProperties({ group, direction, permissions }: Revocation, context: Context): Selection {
  if (!permissions) reject('MissingParameter', { name: 'ipPermissions' })
  const drafts = draftsFrom(permissions, { holder: group, context, readGroup: spelledGroup })
  const { found, unknown } = rulesLike(group, drafts, direction)
  const { world } = context
  if (unknown.length > 0 && !world.vpc.get(group.vpc)?.isDefault) reject('PermissionNotFound')
  return { rules: found.map(({ rule }) => rule), unknown: mergedPermissions(world, group, unknown) }
}

function removalOf(rules: readonly Rule[], group: SecurityGroup, { world }: Context): Change[] {
  const tagged = rules.filter(({ id }) => world.tagSet.has(id))
  return [
    ...rules.map(({ id }): Change => ({ kind: 'rule-removed', group: group.id, rule: id })),
    ...tagged.map(({ id }): Change => ({ kind: 'removed', of: 'tagSet', id })),
  ]
}
