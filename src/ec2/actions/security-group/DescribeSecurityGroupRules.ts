/** DescribeSecurityGroupRules (spec 3.7): rules one by one, never merged. */

import { isIdOf } from '../../../model/ids.ts'
import { reject } from '../../../model/rejection.ts'
import type { Rule } from '../../../model/rule.ts'
import type { SecurityGroup } from '../../../model/security-group.ts'
import { findRule, tagsOf, type World } from '../../../model/world.ts'
import { answer, type Run } from '../../action.ts'
import { list, type Rows, rowsFrom } from '../../page.ts'
import type { Filter } from '../../protocol/types.generated.ts'
import { viewRule } from '../../view/rule.ts'
import { isExact } from '../../wildcard.ts'

interface Row {
  readonly group: SecurityGroup
  readonly rule: Rule
}

export const run: Run<'DescribeSecurityGroupRules'> = (input, { world }) => {
  refuseMalformedGroup(input.Filters)
  refuseTagKey(input.Filters)
  const { SecurityGroupRuleIds: ids } = input
  const { items, nextToken } = list<Row>({
    input,
    ids: { given: ids, set: 'securityGroupRuleIdSet' },
    rows: ids
      ? rowsFrom(
          ids.map((id) => rowOf(world, id)),
          keyOf,
        )
      : allRules(world),
    filters: {
      'group-id': ({ group }) => group.id,
      'security-group-rule-id': ({ rule }) => rule.id,
    },
    tags: ({ rule }) => tagsOf(world, rule.id),
    ...(ids ? {} : { indexes: { 'group-id': (id: string) => rulesOf(world.securityGroup.get(id)) } }),
  })
  const rules = items.map(({ group, rule }) => viewRule(world, group, rule))
  return answer({ SecurityGroupRules: rules, NextToken: nextToken })
}

function keyOf({ rule }: Row): string {
  return rule.id
}

function rowOf(world: World, id: string): Row {
  if (!isIdOf('sgr', id)) reject('RuleIdMalformed', { id })
  return findRule(world, id) ?? reject('RuleNotFound', { id })
}

function rulesOf(group: SecurityGroup | undefined): Row[] {
  return group ? group.rules.map((rule) => ({ group, rule })) : []
}

function allRules(world: World): Rows<Row> {
  return {
    keyOf,
    *after(key) {
      for (const id of world.groupOfRule.keys(key)) yield rowOf(world, id)
    },
  }
}

/** Unlike other filters, this one refuses text that is no group id (spec 3.7). */
function refuseMalformedGroup(filters: readonly Filter[] | undefined): void {
  for (const { Name, Values = [] } of filters ?? []) {
    const malformed = Name === 'group-id' ? Values.find((value) => isExact(value) && !isIdOf('sg', value)) : undefined
    if (malformed !== undefined) reject('GroupIdFilterMalformed', { id: malformed })
  }
}

/** Tags are found by `tag:KEY` here and not, as everywhere else, by `tag-key` (spec 3.7). */
function refuseTagKey(filters: readonly Filter[] | undefined): void {
  const name = 'tag-key'
  if (filters?.some(({ Name }) => Name === name)) reject('UnknownFilter', { filter: name })
}
