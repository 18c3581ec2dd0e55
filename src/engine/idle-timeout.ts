/** How long a connection may idle before it is forgotten (data-plane 2.4, 7.2, 7.3). */

import { type Milliseconds, seconds } from '../base/clock.ts'
import type { ConnectionTracking } from '../model/network-interface.ts'
import type { Timeouts } from './defaults.ts'
import type { ProtocolState } from './protocol-state.ts'
import type { TcpState } from './tcp-state.ts'

/** AWS's documented defaults; an interface's ConnectionTrackingSpecification overrides the first three. */
const tcpEstablished = seconds(432_000)
const udp = seconds(30)
const udpStream = seconds(180)
const otherProtocols = seconds(600)

export function idleTimeout(state: ProtocolState, tracking: ConnectionTracking, timeouts: Timeouts): Milliseconds {
  switch (state.protocol) {
    case 'tcp':
      return tcpTimeout(state.state, tracking, timeouts)
    case 'udp':
      return state.turns.answered > 1 ? given(tracking.udpStreamTimeout, udpStream) : given(tracking.udpTimeout, udp)
    case 'icmp':
      return timeouts.icmp
    case 'other':
      return otherProtocols
    default:
      return state satisfies never
  }
}

function given(override: number | undefined, otherwise: Milliseconds): Milliseconds {
  return override === undefined ? otherwise : seconds(override)
}

function tcpTimeout(state: TcpState, tracking: ConnectionTracking, timeouts: Timeouts): Milliseconds {
  if (state === 'established') return given(tracking.tcpEstablishedTimeout, tcpEstablished)
  const named: Readonly<Record<Exclude<TcpState, 'established'>, Milliseconds>> = {
    'syn-sent': timeouts.synSent,
    'syn-sent-both': timeouts.synSent,
    'syn-received': timeouts.synReceived,
    'fin-wait': timeouts.finWait,
    'close-wait': timeouts.closeWait,
    'last-ack': timeouts.lastAck,
    'time-wait': timeouts.timeWait,
    closed: timeouts.closed,
  }
  return named[state]
}
