/**
 * A TCP connection as netfilter tracks it, as a table (data-plane 7.2). `stay` covers both what leaves
 * the state alone and what netfilter calls invalid: inside a live flow every segment passes.
 */

import { tcpFlags } from '../packet/packet.ts'

export type TcpState =
  | 'syn-sent'
  | 'syn-sent-both'
  | 'syn-received'
  | 'established'
  | 'fin-wait'
  | 'close-wait'
  | 'last-ack'
  | 'time-wait'
  | 'closed'

export type Segment = 'syn' | 'syn-ack' | 'fin' | 'ack' | 'rst'
export type Side = 'opener' | 'answerer'

/** What a segment says; undefined for one without any of the five flags that count. */
export function segmentOf(flags: number): Segment | undefined {
  if (flags & tcpFlags.rst) return 'rst'
  if (flags & tcpFlags.syn) return flags & tcpFlags.ack ? 'syn-ack' : 'syn'
  if (flags & tcpFlags.fin) return 'fin'
  return flags & tcpFlags.ack ? 'ack' : undefined
}

/** SYN alone: the one segment that may open a flow (data-plane 7.1 step 8). */
export function isOpening(flags: number): boolean {
  const { syn, ack, rst, fin } = tcpFlags
  return (flags & (syn | ack | rst | fin)) === syn
}

type Row = Readonly<Record<TcpState, TcpState | 'stay'>>

const closing = {
  'fin-wait': 'last-ack',
  'close-wait': 'last-ack',
  'last-ack': 'stay',
  'time-wait': 'stay',
  closed: 'stay',
} as const
const never = {
  'syn-sent': 'stay',
  'syn-sent-both': 'stay',
  'syn-received': 'stay',
  established: 'stay',
  'fin-wait': 'stay',
  'close-wait': 'stay',
  'last-ack': 'stay',
  'time-wait': 'stay',
  closed: 'stay',
} as const
const reset: Row = {
  'syn-sent': 'closed',
  'syn-sent-both': 'closed',
  'syn-received': 'closed',
  established: 'closed',
  'fin-wait': 'closed',
  'close-wait': 'closed',
  'last-ack': 'closed',
  'time-wait': 'closed',
  closed: 'stay',
}
const acknowledged = { 'fin-wait': 'close-wait', 'last-ack': 'time-wait' } as const
const finished: Row = { ...never, 'syn-received': 'fin-wait', established: 'fin-wait', ...closing }

const next: Readonly<Record<Side, Readonly<Record<Segment, Row>>>> = {
  opener: {
    syn: never,
    'syn-ack': { ...never, 'syn-sent-both': 'syn-received' },
    fin: finished,
    ack: { ...never, 'syn-received': 'established', ...acknowledged },
    rst: reset,
  },
  answerer: {
    syn: { ...never, 'syn-sent': 'syn-sent-both' },
    'syn-ack': { ...never, 'syn-sent': 'syn-received', 'syn-sent-both': 'syn-received' },
    fin: finished,
    ack: { ...never, ...acknowledged },
    rst: reset,
  },
}

export function tcpAfter(state: TcpState, side: Side, segment: Segment | undefined): TcpState {
  const after = segment === undefined ? 'stay' : next[side][segment][state]
  return after === 'stay' ? state : after
}

/** In these a SYN of the opener is a new connection (data-plane 7.1 step 6). */
export function isOver(state: TcpState): boolean {
  return state === 'time-wait' || state === 'closed'
}
