/** Protocol states as small numbers, for records that are words. There are few, as UDP does not count far. */

import { invariant } from '../../base/invariant.ts'
import { mostAnswered, type ProtocolState, type UdpTurns } from '../protocol-state.ts'
import type { TcpState } from '../tcp-state.ts'

const tcpNumbers: Readonly<Record<TcpState, number>> = {
  'syn-sent': 0,
  'syn-sent-both': 1,
  'syn-received': 2,
  established: 3,
  'fin-wait': 4,
  'close-wait': 5,
  'last-ack': 6,
  'time-wait': 7,
  closed: 8,
}

const firstUdp = 9
const firstIcmp = firstUdp + 2 * (mostAnswered + 1)
const firstOther = firstIcmp + 2

export const stateBits = 5

export function numberOfState(state: ProtocolState): number {
  switch (state.protocol) {
    case 'tcp':
      return tcpNumbers[state.state]
    case 'udp':
      return firstUdp + 2 * state.turns.answered + (state.turns.last === 'opener' ? 0 : 1)
    case 'icmp':
      return firstIcmp + Number(state.isAnswered)
    case 'other':
      return firstOther + Number(state.isAnswered)
    default:
      return state satisfies never
  }
}

const states: readonly ProtocolState[] = [
  ...(Object.keys(tcpNumbers) as TcpState[]).map((state) => ({ protocol: 'tcp', state }) as const),
  ...Array.from({ length: mostAnswered + 1 }, (_, answered) => answered).flatMap((answered) =>
    (['opener', 'answerer'] as const).map((last: UdpTurns['last']) => ({
      protocol: 'udp' as const,
      turns: { last, answered },
    })),
  ),
  ...(['icmp', 'other'] as const).flatMap((protocol) => [
    { protocol, isAnswered: false },
    { protocol, isAnswered: true },
  ]),
]

/** One object for each state, which everybody shares. */
export function stateOfNumber(number: number): ProtocolState {
  const state = states[number]
  invariant(state, `${number} is the number of a state`)
  return state
}
