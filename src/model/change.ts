/**
 * The closed list of facts that can alter a World. An action returns them, the store keeps them in
 * order, and everything that follows from the world (policies, programs) follows from them.
 */

import type { GroupId, RuleId } from './ids.ts'
import type { Kind, Objects } from './objects.ts'
import type { Rule } from './rule.ts'

type Put = { readonly [K in Kind]: { readonly kind: 'put'; readonly of: K; readonly object: Objects[K] } }[Kind]

/** Egress changes of these three end a group's original egress (spec 3.1). */
export type RuleChange =
  | { readonly kind: 'rule-added'; readonly group: GroupId; readonly rule: Rule }
  | { readonly kind: 'rule-replaced'; readonly group: GroupId; readonly rule: Rule }
  | { readonly kind: 'rule-removed'; readonly group: GroupId; readonly rule: RuleId }

export type Change = Put | { readonly kind: 'removed'; readonly of: Kind; readonly id: string } | RuleChange

/** Makes or replaces an object. */
export function put<K extends Kind>(of: K, object: Objects[K]): Change {
  return { kind: 'put', of, object } as Change
}

/** The object that a change makes, alters or removes. */
export function touched(change: Change): { readonly of: Kind; readonly id: string } {
  switch (change.kind) {
    case 'put':
      return { of: change.of, id: change.object.id }
    case 'removed':
      return { of: change.of, id: change.id }
    case 'rule-added':
    case 'rule-replaced':
    case 'rule-removed':
      return { of: 'securityGroup', id: change.group }
    default:
      return change satisfies never
  }
}
