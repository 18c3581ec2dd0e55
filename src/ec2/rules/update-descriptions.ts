/** New descriptions for rules that stay as they are; none given removes the old one (spec 3.8). */

import type { Change } from '../../model/change.ts'
import { reject } from '../../model/rejection.ts'
import type { Direction, Rule } from '../../model/rule.ts'
import type { SecurityGroup } from '../../model/security-group.ts'
import type { Context, Outcome } from '../action.ts'
import { spelledGroup } from '../input/group-reference.ts'
import { draftsFrom } from '../input/permission.ts'
import { describedBy } from '../input/rule-description.ts'
import type { IpPermission, SecurityGroupRuleDescription } from '../protocol/types.generated.ts'
import { ruleById, rulesLike } from './select.ts'

interface DescriptionUpdate {
  readonly group: SecurityGroup
  readonly direction: Direction
  readonly permissions: readonly IpPermission[] | undefined
  readonly descriptions: readonly SecurityGroupRuleDescription[] | undefined
}

export function updateDescriptions(update: DescriptionUpdate, context: Context): Outcome<{ Return: boolean }> {
  const { permissions, descriptions, group } = update
  if (permissions?.length && descriptions?.length) {
    reject('ParametersExclusive', { first: 'ipPermissions', second: 'securityGroupRuleDescriptions' })
  }
  const rules = descriptions?.length ? byIds(update, descriptions) : byProperties(update, context)
  const changes = rules.map((rule): Change => ({ kind: 'rule-replaced', group: group.id, rule }))
  return { changes, output: { Return: true } }
}

function byIds(
  { group, direction }: DescriptionUpdate,
  descriptions: readonly SecurityGroupRuleDescription[],
): readonly Rule[] {
  return descriptions.map(({ SecurityGroupRuleId: id, Description }) =>
    described(
      ruleById(group, id ?? reject('MissingParameter', { name: 'securityGroupRuleId' }), direction),
      Description,
    ),
  )
}

function byProperties({ group, direction, permissions }: DescriptionUpdate, context: Context): readonly Rule[] {
  if (!permissions?.length) reject('MissingParameter', { name: 'ipPermissions' })
  const drafts = draftsFrom(permissions, { holder: group, context, readGroup: spelledGroup })
  const { found, unknown } = rulesLike(group, drafts, direction)
  if (unknown.length > 0) reject('PermissionNotFound')
  return found.map(({ rule, draft }) => described(rule, draft.description))
}

function described({ description: _, ...rule }: Rule, text: string | undefined): Rule {
  return { ...rule, ...describedBy(text) }
}
