/** Whether a rule's or an ACL entry's words about traffic fit a packet (data-plane 1.2, 3). */

import type { Payload } from '../../src/packet/packet.ts'
import type { TrafficText } from './reference-world.ts'

/** Ports are the packet's destination port; `any` protocol ignores everything else. */
export function isOfTraffic({ protocol, detail }: TrafficText, payload: Payload): boolean {
  if (protocol === 'any') return true
  switch (payload.kind) {
    case 'tcp':
    case 'udp':
      return protocol === payload.kind && isInRange(detail, payload.ports.destination)
    case 'icmp':
      return protocol === payload.protocol && isMessage(detail, payload.type, payload.code)
    case 'other':
      return protocol === String(payload.protocol)
    default:
      return payload satisfies never
  }
}

function isInRange(detail: string, port: number): boolean {
  if (detail === 'any') return true
  const [from = '', to = from] = detail.split('-')
  return Number(from) <= port && port <= Number(to)
}

function isMessage(detail: string, type: number, code: number): boolean {
  if (detail === 'any') return true
  const [wantedType, wantedCode] = detail.split('/')
  return Number(wantedType) === type && (wantedCode === undefined || Number(wantedCode) === code)
}
