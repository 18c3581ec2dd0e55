/** What the revoke of one rule would do to a live flow, told before anybody does it (data-plane 2.5). */

import type { RuleId } from '../model/ids.ts'
import type { Direction } from '../model/rule.ts'
import { type Quoted, reversed } from '../packet/packet.ts'
import { matchingRules } from '../policy/match.ts'
import type { Allow, InterfacePolicy, RuleRef } from '../policy/policy.ts'
import { type EngineDefaults, engineDefaults } from './defaults.ts'
import { isCarriedOn, opposite, untrackedPair } from './tracking.ts'

export interface Flow {
  readonly isTracked: boolean
  readonly direction: Direction
  readonly opening: Quoted
  /** Of a tracked flow: whether the other side was heard of. */
  readonly isAnswered?: boolean
}

export interface Revocation extends RuleRef {
  /** `reopens`: cut until a datagram that rules admit opens it again, tracked. */
  readonly effect: 'goes on' | 'cut' | 'reopens'
  /** For people, without its full stop. */
  readonly sentence: string
}

export function revocationOf(
  policy: InterfacePolicy,
  flow: Flow,
  { rule, group }: RuleRef,
  choices: EngineDefaults = engineDefaults,
): Revocation {
  const without = policyWithout(policy, rule)
  return { rule, group, ...effectOn(flow, without, choices) }
}

export type Effect = Pick<Revocation, 'effect' | 'sentence'>

/** What becomes of the flow when its interface's rules are replaced by those of `without`. */
export function effectOn(flow: Flow, without: InterfacePolicy, choices: EngineDefaults = engineDefaults): Effect {
  const { direction, opening } = flow
  const isAdmitted = matchingRules(without, opening, direction).length > 0
  const fate = `new ones like it are ${newcomers(without, flow)}`
  if (flow.isTracked && choices.oneWayFlow === 'cuts' && flow.isAnswered === false && !isAdmitted) {
    return { effect: 'cut', sentence: `the flow is cut at once, as nobody answered it yet; ${fate}` }
  }
  if (flow.isTracked) {
    return { effect: 'goes on', sentence: `the flow goes on until it idles out, as it is tracked; ${fate}` }
  }
  if (untrackedPair(without, opening, direction, choices)) {
    return { effect: 'goes on', sentence: `the flow goes on by other open rules; ${fate}` }
  }
  if (isAdmitted && isCarriedOn(without, opening, direction, choices)) {
    return { effect: 'goes on', sentence: `the flow goes on, tracked from then on; ${fate}` }
  }
  const side = opening.payload.kind === 'udp' ? reopeningSide(without, flow) : undefined
  if (side === undefined) return { effect: 'cut', sentence: `the flow is cut at once, as it is untracked; ${fate}` }
  return { effect: 'reopens', sentence: `the flow stops until its next ${side} datagram opens it again, tracked` }
}

/** UDP has no SYN to tell apart: whichever side rules still admit opens a connection (data-plane 8, 8). */
function reopeningSide(policy: InterfacePolicy, { direction, opening }: Flow): Direction | undefined {
  if (matchingRules(policy, opening, direction).length > 0) return direction
  const back = opposite(direction)
  return matchingRules(policy, reversed(opening), back).length > 0 ? back : undefined
}

function newcomers(policy: InterfacePolicy, { direction, opening }: Flow): string {
  const rules = matchingRules(policy, opening, direction)
  return rules.length === 0 ? 'refused' : `admitted by ${rules.map((each) => each.rule).join(', ')}`
}

function policyWithout(policy: InterfacePolicy, rule: RuleId): InterfacePolicy {
  const others = (allows: readonly Allow[]) => allows.filter((each) => each.rule !== rule)
  const { ingress, egress } = policy.allows
  return { ...policy, allows: { ingress: others(ingress), egress: others(egress) } }
}
