/** How a connection's state begins and moves with each packet, whatever its protocol. */

import type { Payload } from '../packet/packet.ts'
import type { EngineDefaults } from './defaults.ts'
import { isOpening, isOver, type Side, segmentOf, type TcpState, tcpAfter } from './tcp-state.ts'

/** UDP is a stream once a second question has been answered (data-plane 7.3). */
export interface UdpTurns {
  readonly last: Side
  /** Answers that followed a question; `mostAnswered` stands for any more. */
  readonly answered: number
}

/** What makes a stream is no more than this (data-plane 8, 16), and a record has few bits for it. */
export const mostAnswered = 8

export type ProtocolState =
  | { readonly protocol: 'tcp'; readonly state: TcpState }
  | { readonly protocol: 'udp'; readonly turns: UdpTurns }
  | { readonly protocol: 'icmp'; readonly isAnswered: boolean }
  | { readonly protocol: 'other'; readonly isAnswered: boolean }

type Role = 'original' | 'reply'

export function firstState(payload: Payload): ProtocolState {
  switch (payload.kind) {
    case 'tcp':
      return { protocol: 'tcp', state: isOpening(payload.flags) ? 'syn-sent' : 'established' }
    case 'udp':
      return { protocol: 'udp', turns: { last: 'opener', answered: 0 } }
    case 'icmp':
      return { protocol: 'icmp', isAnswered: false }
    case 'other':
      return { protocol: 'other', isAnswered: false }
    default:
      return payload satisfies never
  }
}

export function nextState(state: ProtocolState, role: Role, payload: Payload): ProtocolState {
  const side: Side = role === 'original' ? 'opener' : 'answerer'
  if (state.protocol === 'tcp' && payload.kind === 'tcp') {
    return { protocol: 'tcp', state: tcpAfter(state.state, side, segmentOf(payload.flags)) }
  }
  if (state.protocol === 'icmp' || state.protocol === 'other') {
    return state.isAnswered || side === 'opener' ? state : { ...state, isAnswered: true }
  }
  if (state.protocol !== 'udp') return state
  const { last, answered } = state.turns
  const isAnswer = side === 'answerer' && last === 'opener'
  return { protocol: 'udp', turns: { last: side, answered: Math.min(answered + Number(isAnswer), mostAnswered) } }
}

/** Whether the other side was heard of. */
export function isAnswered(state: ProtocolState): boolean {
  if (state.protocol === 'tcp') return state.state !== 'syn-sent'
  return state.protocol === 'udp' ? state.turns.answered > 0 : state.isAnswered
}

/** A SYN of the opener after the connection's end, or by choice at any time (data-plane 8, 5), is a new connection. */
export function startsAnew(
  state: ProtocolState,
  role: Role,
  payload: Payload,
  { synOnLiveFlow }: Pick<EngineDefaults, 'synOnLiveFlow'>,
): boolean {
  return (
    state.protocol === 'tcp' &&
    payload.kind === 'tcp' &&
    role === 'original' &&
    (isOver(state.state) || synOnLiveFlow === 'opens') &&
    isOpening(payload.flags)
  )
}
