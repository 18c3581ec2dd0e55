/** Which flows are untracked: judged by the rules alone, packet by packet (data-plane 2.2). */

import type { Direction } from '../model/rule.ts'
import { type Quoted, reversed } from '../packet/packet.ts'
import { matchingRulesQuickly } from '../policy/index-allows.ts'
import type { Allow, InterfacePolicy } from '../policy/policy.ts'
import { type EngineDefaults, engineDefaults } from './defaults.ts'
import type { Meeting } from './meeting.ts'
import { allPortsRules, openRules } from './open-rules.ts'
import type { WhyTracked } from './verdict.ts'

/** Data-plane 8: 10 and 11. */
type Choices = Pick<EngineDefaults, 'openBesideNarrow' | 'openPeers'>

/** The rules that make a packet's flow untracked. */
export interface UntrackedPair {
  /** Open rules that admit the flow's opening side. */
  readonly admitting: readonly Allow[]
  /** Open rules for all ports of the other direction. */
  readonly answering: readonly Allow[]
  readonly isAnswer: boolean
}

export function opposite(direction: Direction): Direction {
  return direction === 'ingress' ? 'egress' : 'ingress'
}

/**
 * The pair that makes the packet untracked, on the flow's opening side or as an answer; undefined for
 * what is tracked. Only TCP and UDP can be untracked.
 */
export function untrackedPair(
  policy: InterfacePolicy,
  packet: Quoted,
  direction: Direction,
  choices: Choices = engineDefaults,
): UntrackedPair | undefined {
  if (packet.payload.kind !== 'tcp' && packet.payload.kind !== 'udp') return undefined
  const asOpening = pairOpening(policy, packet, direction, choices)
  const pair = asOpening ?? pairOpening(policy, reversed(packet), opposite(direction), choices)
  return pair && { admitting: pair.admitting, answering: pair.answering, isAnswer: asOpening === undefined }
}

function pairOpening(
  policy: InterfacePolicy,
  packet: Quoted,
  direction: Direction,
  choices: Choices,
): Omit<UntrackedPair, 'isAnswer'> | undefined {
  const admitting = openRules(policy, packet, direction, choices)
  if (admitting.length === 0) return undefined
  if (
    choices.openBesideNarrow === 'tracked' &&
    matchingRulesQuickly(policy, packet, direction).length > admitting.length
  ) {
    return undefined
  }
  const answering = allPortsRules(policy, packet, direction, choices)
  return answering.length === 0 ? undefined : { admitting, answering }
}

/** Whether what is left of the pair of a flow that was untracked carries it on, tracked (data-plane 8: 8 and 9). */
export function isCarriedOn(
  policy: InterfacePolicy,
  opening: Quoted,
  direction: Direction,
  choices: Choices & Pick<EngineDefaults, 'halvedPair' | 'narrowedRule'>,
): boolean {
  if (choices.halvedPair === 'cuts' && choices.narrowedRule === 'cuts') return false
  const isOpen = openRules(policy, opening, direction, choices).length > 0
  const isPaired = allPortsRules(policy, opening, direction, choices).length > 0
  return (isOpen || choices.narrowedRule === 'keeps') && (isPaired || choices.halvedPair === 'keeps')
}

interface Admitted extends Pick<Meeting, 'policy' | 'direction'> {
  readonly packet: Quoted
  readonly path?: Meeting['path'] | undefined
}

/** The reason that a packet which rules admit makes its flow a tracked one. */
export function whyTracked({ policy, packet, direction, path }: Admitted, choices: Choices): WhyTracked {
  const { kind } = packet.payload
  if (kind !== 'tcp' && kind !== 'udp') return 'the protocol is always tracked'
  if (path?.isAutoTracked) return 'the path is automatically tracked'
  const open = openRules(policy, packet, direction, choices)
  if (open.length === 0) return 'no rule that admits it is open to all addresses'
  return choices.openBesideNarrow === 'tracked' && matchingRulesQuickly(policy, packet, direction).length > open.length
    ? 'a rule that admits it is not open to all addresses'
    : 'the other direction is not open to all addresses on all ports'
}
