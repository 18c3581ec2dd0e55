/**
 * One IP packet as far as a firewall looks at it. What a protocol does not have cannot be asked for:
 * ports exist in TCP and UDP alone, and a later fragment has none (data-plane 1.6).
 */

import type { Address, Family } from '../net/address.ts'
import { counterpart } from './icmp.ts'

export const tcpFlags = { fin: 1, syn: 2, rst: 4, psh: 8, ack: 16, urg: 32 } as const

export interface Ports {
  readonly source: number
  readonly destination: number
}

/** What an ICMP error quotes of the packet that caused it. */
export interface Quoted {
  readonly source: Address
  readonly destination: Address
  readonly payload: Payload
}

export type Payload =
  | { readonly kind: 'tcp'; readonly ports: Ports; readonly flags: number }
  | { readonly kind: 'udp'; readonly ports: Ports }
  | {
      readonly kind: 'icmp'
      readonly protocol: 'icmp' | 'icmpv6'
      readonly type: number
      readonly code: number
      /** Of a query or its reply: echo, timestamp, … */
      readonly identifier?: number
      /** Of an error. */
      readonly about?: Quoted
    }
  /** Any other protocol, by number. */
  | { readonly kind: 'other'; readonly protocol: number }

export interface Packet {
  readonly source: Address
  readonly destination: Address
  readonly payload: Payload
  /** Absent for a packet that was not fragmented. */
  readonly fragment?: { readonly id: number; readonly part: 'first' | 'later' }
  /** Bytes on the wire, IP header included; for flow logs. */
  readonly length: number
}

const protocolNumbers = { tcp: 6, udp: 17, icmp: 1, icmpv6: 58 } as const

/** IP protocol number. */
export function protocolNumber(payload: Payload): number {
  if (payload.kind === 'other') return payload.protocol
  return payload.kind === 'icmp' ? protocolNumbers[payload.protocol] : protocolNumbers[payload.kind]
}

export function familyOf({ source }: { readonly source: Address }): Family {
  return source.family
}

/** The packet that would answer this one: addresses and ports swapped, a query turned into its reply. */
export function reversed<Header extends Quoted>(packet: Header): Header {
  const { source, destination, payload } = packet
  return { ...packet, source: destination, destination: source, payload: reversedPayload(payload) }
}

function reversedPayload(payload: Payload): Payload {
  if (payload.kind === 'icmp') return { ...payload, type: counterpart(payload) }
  if (payload.kind === 'other') return payload
  const { source, destination } = payload.ports
  return { ...payload, ports: { source: destination, destination: source } }
}
