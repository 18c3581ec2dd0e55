/** How a connection's state begins and moves with each packet, whatever its protocol. */

import type { Payload } from '../packet/packet.ts'
import { isOpening, isOver, type Side, segmentOf, type TcpState, tcpAfter } from './tcp-state.ts'

/** UDP is a stream once a second question has been answered (data-plane 7.3). */
export interface UdpTurns {
  readonly last: Side
  /** Answers that followed a question; two stand for any more. */
  readonly answered: 0 | 1 | 2
}

export type ProtocolState =
  | { readonly protocol: 'tcp'; readonly state: TcpState }
  | { readonly protocol: 'udp'; readonly turns: UdpTurns }
  | { readonly protocol: 'icmp' }
  | { readonly protocol: 'other' }

type Role = 'original' | 'reply'

export function firstState(payload: Payload): ProtocolState {
  switch (payload.kind) {
    case 'tcp':
      return { protocol: 'tcp', state: isOpening(payload.flags) ? 'syn-sent' : 'established' }
    case 'udp':
      return { protocol: 'udp', turns: { last: 'opener', answered: 0 } }
    case 'icmp':
      return { protocol: 'icmp' }
    case 'other':
      return { protocol: 'other' }
    default:
      return payload satisfies never
  }
}

export function nextState(state: ProtocolState, role: Role, payload: Payload): ProtocolState {
  const side: Side = role === 'original' ? 'opener' : 'answerer'
  if (state.protocol === 'tcp' && payload.kind === 'tcp') {
    return { protocol: 'tcp', state: tcpAfter(state.state, side, segmentOf(payload.flags)) }
  }
  if (state.protocol !== 'udp') return state
  const { last, answered } = state.turns
  const isAnswer = side === 'answerer' && last === 'opener'
  return { protocol: 'udp', turns: { last: side, answered: !isAnswer ? answered : answered === 0 ? 1 : 2 } }
}

/** A SYN of the opener after the connection's end is a new connection, judged by today's rules. */
export function startsAnew(state: ProtocolState, role: Role, payload: Payload): boolean {
  return (
    state.protocol === 'tcp' &&
    payload.kind === 'tcp' &&
    role === 'original' &&
    isOver(state.state) &&
    isOpening(payload.flags)
  )
}
