/** Which flows are untracked: judged by the rules alone, packet by packet (data-plane 2.2). */

import type { Direction } from '../model/rule.ts'
import { familyOf, type Quoted, reversed } from '../packet/packet.ts'
import { hasTraffic } from '../policy/match.ts'
import { openRules } from '../policy/open-rules.ts'
import type { Allow, InterfacePolicy } from '../policy/policy.ts'
import type { WhyTracked } from './verdict.ts'

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
): UntrackedPair | undefined {
  if (packet.payload.kind !== 'tcp' && packet.payload.kind !== 'udp') return undefined
  return (
    pairOpening(policy, packet, direction, false) ?? pairOpening(policy, reversed(packet), opposite(direction), true)
  )
}

function pairOpening(
  policy: InterfacePolicy,
  packet: Quoted,
  direction: Direction,
  isAnswer: boolean,
): UntrackedPair | undefined {
  const { payload } = packet
  if (payload.kind !== 'tcp' && payload.kind !== 'udp') return undefined
  const family = familyOf(packet)
  const answering = openRules(policy, opposite(direction), family).everyPort[payload.kind]
  if (answering.length === 0) return undefined
  const admitting = openRules(policy, direction, family).all.filter(({ traffic }) => hasTraffic(traffic, payload))
  return admitting.length === 0 ? undefined : { admitting, answering, isAnswer }
}

/** The reason that a packet which rules admit makes its flow a tracked one. */
export function whyTracked(packet: Quoted, admitting: readonly Allow[], isAutoTracked: boolean): WhyTracked {
  const { kind } = packet.payload
  if (kind !== 'tcp' && kind !== 'udp') return 'the protocol is always tracked'
  if (isAutoTracked) return 'the path is automatically tracked'
  const isOpen = admitting.some(({ open }) => open === familyOf(packet))
  return isOpen
    ? 'the other direction is not open to all addresses on all ports'
    : 'no rule that admits it is open to all addresses'
}
