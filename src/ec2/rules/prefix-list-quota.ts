/** The quota of references to one prefix list, which rules and routes have each for themselves (spec 7). */

import { countNaming, routesNaming, rulesNaming } from '../../model/prefix-list-use.ts'
import { reject } from '../../model/rejection.ts'
import type { RouteDestination } from '../../model/routing.ts'
import type { Rule } from '../../model/rule.ts'
import type { Context } from '../action.ts'

type Limits = Pick<Context, 'world' | 'quotas'>

/** `before` and `after` are a group's rules: only lists that it names more often than it did can be too many. */
export function refuseFurtherRuleReferences(before: readonly Rule[], after: readonly Rule[], limits: Limits): void {
  const lists = new Set(after.flatMap(({ peer }) => (peer.kind === 'prefix-list' ? peer.list : [])))
  for (const list of lists) {
    const growth = countNaming(after, list) - countNaming(before, list)
    if (growth > 0) refuseOverLimit(rulesNaming(limits.world, list) + growth, limits)
  }
}

export function refuseFurtherRouteReference(destination: RouteDestination, limits: Limits): void {
  if (destination.kind === 'prefix-list') refuseOverLimit(routesNaming(limits.world, destination.list) + 1, limits)
}

function refuseOverLimit(references: number, { quotas }: Limits): void {
  if (references > quotas['references-per-prefix-list']) reject('PrefixListReferenceLimitExceeded')
}
