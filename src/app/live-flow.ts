/** A live flow as people and programs are shown it: why it passes, for how long, what would end it. */

import { formatInstant, type Instant } from '../base/clock.ts'
import type { KernelConnection } from '../enforce/kernel-connections.ts'
import { type Connection, standingOf } from '../engine/connection.ts'
import { type EngineDefaults, engineDefaults } from '../engine/defaults.ts'
import { isStream } from '../engine/idle-timeout.ts'
import { isAnswered, type ProtocolState } from '../engine/protocol-state.ts'
import { type Revocation, revocationOf } from '../engine/revocation.ts'
import { isCarriedOn, untrackedPair, whyTracked } from '../engine/tracking.ts'
import type { UntrackedFlow } from '../engine/untracked-flows.ts'
import type { WhyTracked } from '../engine/verdict.ts'
import type { InstanceId, NetworkInterfaceId } from '../model/ids.ts'
import type { Direction } from '../model/rule.ts'
import { formatFlow } from '../packet/notation.ts'
import type { Quoted } from '../packet/packet.ts'
import { matchingRules } from '../policy/match.ts'
import type { InterfacePolicy, RuleRef } from '../policy/policy.ts'

export interface LiveFlow {
  /** Who saw it: the engine, which judges packets that are sent to it, or the kernel of an enforced interface. */
  readonly witness: 'engine' | 'kernel'
  readonly networkInterface: NetworkInterfaceId
  readonly instance: InstanceId | null
  readonly isTracked: boolean
  /** Of the packet that opened it. */
  readonly direction: Direction
  readonly flow: string
  /** `established`, `stream`, …; `cut` for an untracked flow that the rules let pass no more, unless it is `kept`. */
  readonly state: string
  /** Null where the kernel does not say. */
  readonly openedAt: string | null
  /** Until it is forgotten if nothing is sent; null for what is not remembered. */
  readonly secondsLeft: number | null
  readonly why: WhyTracked | typeof whyUntracked | typeof whyCut | typeof whyKept | typeof whyByState
  /** A tracked flow's are those that admitted it, of the kernel's those that would today; an untracked flow's those that let it pass today, both ways. */
  readonly rules: readonly (RuleRef & { readonly isInForce: boolean })[]
  readonly onRevoke: readonly Revocation[]
}

const whyUntracked = 'open to all addresses, and all ports open the other way'
const whyCut = 'its rules were withdrawn and it was untracked'
const whyByState = 'no rule admits it any more, and it goes on as it is tracked'
const whyKept = 'a rule still admits it: it is tracked from its next packet on'

export function trackedFlow(
  policy: InterfacePolicy,
  connection: Connection,
  now: Instant,
  choices: EngineDefaults,
): LiveFlow {
  const { direction, opening, openedAt, expiresAt, state, why } = connection
  const by = standingOf(connection, policy)
  const flow = { isTracked: true, direction, opening, isAnswered: isAnswered(state) }
  return {
    witness: 'engine',
    networkInterface: policy.id,
    instance: policy.instance ?? null,
    isTracked: true,
    direction,
    flow: formatFlow(opening),
    state: stateText(state, choices),
    openedAt: formatInstant(openedAt),
    secondsLeft: Math.ceil((expiresAt - now) / 1000),
    why,
    rules: by,
    onRevoke: by.filter(({ isInForce }) => isInForce).map((ref) => revocationOf(policy, flow, ref, choices)),
  }
}

export function untrackedFlow(policy: InterfacePolicy, flow: UntrackedFlow, choices: EngineDefaults): LiveFlow {
  return { witness: 'engine', ...untracked(policy, { ...flow, state: stateText(flow.state, choices) }, choices) }
}

/** The kernel does not remember which rules let a flow in: those that would today stand for them. */
export function kernelFlow(policy: InterfacePolicy, connection: KernelConnection): LiveFlow {
  const { isTracked, direction, opening, openedAt, secondsLeft, state } = connection
  if (!isTracked) return { witness: 'kernel', ...untracked(policy, connection, engineDefaults), secondsLeft }
  const rules = distinct(matchingRules(policy, opening, direction))
  return {
    witness: 'kernel',
    networkInterface: policy.id,
    instance: policy.instance ?? null,
    isTracked,
    direction,
    flow: formatFlow(opening),
    state,
    openedAt: openedAt === undefined ? null : formatInstant(openedAt),
    secondsLeft,
    why: rules.length === 0 ? whyByState : whyTracked({ policy, packet: opening, direction }, engineDefaults),
    rules,
    onRevoke: rules.map((ref) => revocationOf(policy, connection, ref)),
  }
}

interface Untracked extends Pick<LiveFlow, 'direction' | 'state'> {
  readonly opening: Quoted
  readonly openedAt: Instant | undefined
}

function untracked(
  policy: InterfacePolicy,
  { direction, opening, openedAt, state }: Untracked,
  choices: EngineDefaults,
): Omit<LiveFlow, 'witness'> {
  const pair = untrackedPair(policy, opening, direction, choices)
  const admitting = pair ? [] : matchingRules(policy, opening, direction)
  const isKept = admitting.length > 0 && isCarriedOn(policy, opening, direction, choices)
  const rules = distinct(pair ? [...pair.admitting, ...pair.answering] : [])
  const flow = { isTracked: false, direction, opening }
  return {
    networkInterface: policy.id,
    instance: policy.instance ?? null,
    isTracked: false,
    direction,
    flow: formatFlow(opening),
    state: pair ? state : isKept ? 'kept' : 'cut',
    openedAt: openedAt === undefined ? null : formatInstant(openedAt),
    secondsLeft: null,
    why: pair ? whyUntracked : isKept ? whyKept : whyCut,
    rules,
    onRevoke: rules.map((ref) => revocationOf(policy, flow, ref, choices)),
  }
}

function distinct(refs: readonly RuleRef[]): LiveFlow['rules'] {
  return Array.from(new Map(refs.map(({ rule, group }) => [rule, { rule, group, isInForce: true }])).values())
}

function stateText(state: ProtocolState, choices: EngineDefaults): string {
  switch (state.protocol) {
    case 'tcp':
      return state.state
    case 'udp':
      if (isStream(state.turns, choices)) return 'stream'
      return isAnswered(state) ? 'answered' : 'one-way'
    case 'icmp':
      return 'query'
    case 'other':
      return 'seen'
    default:
      return state satisfies never
  }
}
