/** A packet that proves something, as the question that the packet tracer and `explain` are asked about it. */

import { formatAddress } from '../../net/address.ts'
import { parsePacket } from '../../packet/notation.ts'
import type { TraceQuestion } from './api.ts'

export function questionOf(packet: string): TraceQuestion {
  const { source, destination, payload } = parsePacket(packet)
  const protocol =
    payload.kind === 'icmp' ? payload.protocol : payload.kind === 'other' ? String(payload.protocol) : payload.kind
  return {
    from: formatAddress(source),
    to: formatAddress(destination),
    protocol,
    port: payload.kind === 'tcp' || payload.kind === 'udp' ? payload.ports.destination : null,
  }
}
