/**
 * Each rule changed as a mistake would change it, one at a time: did a test notice? What survives is a change
 * that nobody asked for and nobody asked against.
 */

import type { Change } from '../../model/change.ts'
import type { GroupId } from '../../model/ids.ts'
import type { Rule } from '../../model/rule.ts'
import { apply } from '../../model/world.ts'
import { UnknownPlace } from '../place.ts'
import { type Bounds, reachabilityWithin } from '../reachability/bounded.ts'
import type { Claim, ClaimResult } from './claim.ts'
import { Examiner } from './examiner.ts'

export type Mutation = 'deleted' | 'open to everybody' | 'for all traffic'

export interface Mutant {
  readonly group: GroupId
  readonly rule: Rule
  readonly mutation: Mutation
  /** Whether some claim has another outcome than before. */
  readonly isNoticed: boolean
}

/** Of all rules of groups that interfaces carry. `results` are those of the world as it is. */
export function* mutantsOf(bounds: Bounds, results: readonly ClaimResult[]): Generator<Mutant> {
  const world = bounds.certain
  const carried = new Set(Array.from(world.networkInterface.values()).flatMap((card) => card.groups))
  const groupsOf = involvedGroups(bounds, results)
  for (const group of carried) {
    const own = results.filter(({ claim }) => groupsOf.get(claim)?.has(group))
    for (const rule of world.securityGroup.get(group)?.rules ?? []) {
      for (const { mutation, changes } of mutationsOf(group, rule)) {
        yield { group, rule, mutation, isNoticed: own.length > 0 && isNoticed(changed(bounds, changes), own) }
      }
    }
  }
}

/** Groups of the interfaces that a claim names: no other group's rules have a say in it. */
function involvedGroups(bounds: Bounds, results: readonly ClaimResult[]): ReadonlyMap<Claim, ReadonlySet<GroupId>> {
  const examiner = new Examiner(reachabilityWithin(bounds))
  return new Map(
    results.map(({ claim }) => {
      const { from, to } = sidesOrNobody(examiner, claim)
      const ends = [...from.inside, ...to.inside].flatMap(({ members }) => members)
      return [claim, new Set(ends.flatMap(({ card }) => card.groups))] as const
    }),
  )
}

function sidesOrNobody(examiner: Examiner, claim: Claim): Pick<ReturnType<Examiner['sidesOf']>, 'from' | 'to'> {
  try {
    return examiner.sidesOf(claim)
  } catch (thrown) {
    if (!(thrown instanceof UnknownPlace)) throw thrown
    return { from: { inside: [], outside: [] }, to: { inside: [], outside: [] } }
  }
}

/** A rule that is certain is in both. */
function changed({ certain, possible }: Bounds, changes: readonly Change[]): Bounds {
  const world = apply(certain, changes)
  return { certain: world, possible: certain === possible ? world : apply(possible, changes) }
}

function isNoticed(mutated: Bounds, results: readonly ClaimResult[]): boolean {
  const examiner = new Examiner(reachabilityWithin(mutated))
  return results.some(({ claim, outcome }) => examiner.examine(claim).outcome !== outcome)
}

/** Those that change the rule at all. */
function mutationsOf(group: GroupId, rule: Rule): { readonly mutation: Mutation; readonly changes: Change[] }[] {
  const replaced = (other: Rule): Change[] => [{ kind: 'rule-replaced', group, rule: other }]
  const anywhere: Rule['peer'] =
    rule.peer.kind === 'ipv6' ? { kind: 'ipv6', cidr: '::/0' } : { kind: 'ipv4', cidr: '0.0.0.0/0' }
  const isAnywhere = 'cidr' in rule.peer && rule.peer.cidr === anywhere.cidr
  return [
    { mutation: 'deleted', changes: [{ kind: 'rule-removed', group, rule: rule.id }] },
    ...(isAnywhere ? [] : [{ mutation: 'open to everybody', changes: replaced({ ...rule, peer: anywhere }) } as const]),
    ...(rule.traffic.protocol === 'all'
      ? []
      : [{ mutation: 'for all traffic', changes: replaced({ ...rule, traffic: { protocol: 'all' } }) } as const]),
  ]
}
