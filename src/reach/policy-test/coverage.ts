/** Which rules the tests exercise: those by which packets pass that an `accept` is about. */

import type { RuleRef } from '../../policy/policy.ts'
import { noteExercised } from '../exercised-rules.ts'
import type { Claim } from './claim.ts'
import type { Examiner } from './examiner.ts'

export interface Coverage {
  readonly exercised: number
  /** Of groups that interfaces carry. */
  readonly all: number
  readonly missed: readonly RuleRef[]
}

/** Of claims whose names are known: what is an error exercises nothing. */
export function coverageOf(examiner: Examiner, claims: readonly Claim[]): Coverage {
  const { reachability } = examiner
  const { world } = reachability
  const exercised = new Map<string, RuleRef>()
  for (const claim of claims.filter(({ kind }) => kind === 'accept')) {
    const sides = examiner.sidesOf(claim)
    noteExercised(reachability, { own: sides.from, other: sides.to, on: sides.on, direction: 'egress' }, exercised)
    noteExercised(reachability, { own: sides.to, other: sides.from, on: sides.on, direction: 'ingress' }, exercised)
  }
  const carried = new Set(Array.from(world.networkInterface.values()).flatMap((card) => card.groups))
  const rules = [...carried].flatMap((group) =>
    (world.securityGroup.get(group)?.rules ?? []).map(({ id }): RuleRef => ({ rule: id, group })),
  )
  const missed = rules.filter(({ rule }) => !exercised.has(rule))
  return { exercised: rules.length - missed.length, all: rules.length, missed }
}
