/** Which rules the tests exercise: those by which packets pass that an `accept` is about. */

import type { Direction } from '../../model/rule.ts'
import { hasAddress } from '../../net/address-set.ts'
import { lastOf } from '../../net/cidr.ts'
import type { Allow, RuleRef } from '../../policy/policy.ts'
import { nothing } from '../packet-set/diagram.ts'
import { trafficServices } from '../packet-set/services.ts'
import type { Selection } from '../reachability/selection.ts'
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
  const { world } = examiner.reachability
  const exercised = new Set<string>()
  for (const claim of claims.filter(({ kind }) => kind === 'accept')) {
    const sides = examiner.sidesOf(claim)
    noteExercised(examiner, { own: sides.from, other: sides.to, on: sides.on, direction: 'egress' }, exercised)
    noteExercised(examiner, { own: sides.to, other: sides.from, on: sides.on, direction: 'ingress' }, exercised)
  }
  const carried = new Set(Array.from(world.networkInterface.values()).flatMap((card) => card.groups))
  const rules = [...carried].flatMap((group) =>
    (world.securityGroup.get(group)?.rules ?? []).map(({ id }): RuleRef => ({ rule: id, group })),
  )
  const missed = rules.filter(({ rule }) => !exercised.has(rule))
  return { exercised: rules.length - missed.length, all: rules.length, missed }
}

/** Adds the rules of one side that let the claim's packets by. */
function noteExercised({ reachability }: Examiner, { own, other, on, direction }: Side, noted: Set<string>): void {
  const { diagrams, terrain } = reachability
  const cards = new Set(own.inside.flatMap(({ members }) => members.map(({ card }) => card)))
  for (const card of cards) {
    for (const allow of terrain.hostOf(card).policy.allows[direction]) {
      if (noted.has(allow.rule) || !isPeerAmong(allow, other)) continue
      if (diagrams.intersection(trafficServices(diagrams, allow.traffic), on) !== nothing) noted.add(allow.rule)
    }
  }
}

interface Side {
  readonly own: Selection
  readonly other: Selection
  readonly on: ReturnType<Examiner['sidesOf']>['on']
  readonly direction: Direction
}

function isPeerAmong({ peers }: Allow, { inside, outside }: Selection): boolean {
  const hasMember = inside.some(({ members }) => members.some(({ address }) => hasAddress(peers, address)))
  return (
    hasMember ||
    outside.some(({ block }) =>
      peers[block.family].some(({ first, last }) => first <= lastOf(block) && block.first <= last),
    )
  )
}
