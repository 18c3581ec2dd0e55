/** Which of a group's rules a request means: by rule id, or by properties that match exactly (spec 3.5). */

import { isIdOf, type RuleId } from '../../model/ids.ts'
import { reject } from '../../model/rejection.ts'
import { type Direction, type Rule, ruleKey } from '../../model/rule.ts'
import type { SecurityGroup } from '../../model/security-group.ts'
import type { RuleDraft } from '../input/permission.ts'

/** The group's rule of that id; a rule of another group or direction is not found. */
export function ruleById(group: SecurityGroup, id: string, direction?: Direction): Rule {
  if (!isIdOf('sgr', id)) reject('RuleIdMalformed', { id })
  const rule = group.rules.find((each) => each.id === id)
  if (!rule || (direction !== undefined && rule.direction !== direction)) reject('RuleNotFound', { id })
  return rule
}

export interface Selected {
  readonly found: readonly { readonly rule: Rule; readonly draft: RuleDraft }[]
  readonly unknown: readonly RuleDraft[]
}

/** Splits drafts into those that a rule of the group equals and the rest; descriptions do not count. */
export function rulesLike(group: SecurityGroup, drafts: readonly RuleDraft[], direction: Direction): Selected {
  const byKey = new Map(group.rules.map((rule) => [ruleKey(rule), rule]))
  const found = new Map<RuleId, { rule: Rule; draft: RuleDraft }>()
  const unknown: RuleDraft[] = []
  for (const draft of drafts) {
    const rule = byKey.get(ruleKey({ direction, ...draft }))
    if (rule) found.set(rule.id, { rule, draft })
    else unknown.push(draft)
  }
  return { found: [...found.values()], unknown }
}
