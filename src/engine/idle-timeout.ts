/** How long a connection may idle before it is forgotten (data-plane 2.4, 7.2, 7.3). */

import { type Milliseconds, seconds } from '../base/clock.ts'
import type { ConnectionTracking } from '../model/network-interface.ts'
import type { EngineDefaults } from './defaults.ts'
import type { ProtocolState, UdpTurns } from './protocol-state.ts'
import type { TcpState } from './tcp-state.ts'

/** AWS's documented defaults; an interface's ConnectionTrackingSpecification overrides the first three. */
const tcpEstablished = seconds(432_000)
const udp = seconds(30)
const udpStream = seconds(180)
const otherProtocols = seconds(600)

type Choices = Pick<EngineDefaults, 'timeouts' | 'streamAfter'>

export function idleTimeout(state: ProtocolState, tracking: ConnectionTracking, choices: Choices): Milliseconds {
  const { timeouts } = choices
  switch (state.protocol) {
    case 'tcp':
      return tcpTimeout(state.state, tracking, timeouts)
    case 'udp':
      return isStream(state.turns, choices)
        ? given(tracking.udpStreamTimeout, udpStream)
        : given(tracking.udpTimeout, udp)
    case 'icmp':
      return timeouts.icmp
    case 'other':
      return otherProtocols
    default:
      return state satisfies never
  }
}

/** More than one request and response, as AWS says; how they are counted is a choice (data-plane 8, 16). */
export function isStream({ answered }: UdpTurns, { streamAfter }: Pick<EngineDefaults, 'streamAfter'>): boolean {
  return answered >= streamAfter
}

function given(override: number | undefined, otherwise: Milliseconds): Milliseconds {
  return override === undefined ? otherwise : seconds(override)
}

function tcpTimeout(state: TcpState, tracking: ConnectionTracking, timeouts: EngineDefaults['timeouts']): Milliseconds {
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
