/**
 * What identifies a flow in one orientation (data-plane 7.1 step 6): TCP and UDP by addresses and ports, an
 * ICMP query by addresses, type and identifier, anything else by addresses and protocol. A query's answer has
 * the answering type, so that two hosts may ping each other with one identifier.
 */

import type { Address } from '../net/address.ts'
import { type Payload, protocolNumber } from './packet.ts'

export type FlowKey = string & { readonly unit: 'flow-key' }

interface Header {
  readonly source: Address
  readonly destination: Address
  readonly payload: Payload
}

export function flowKey({ source, destination, payload }: Header): FlowKey {
  const ends = `${source.family}|${source.bits.toString(36)}|${destination.bits.toString(36)}`
  return `${protocolNumber(payload)}|${ends}|${details(payload)}` as FlowKey
}

function details(payload: Payload): string {
  switch (payload.kind) {
    case 'tcp':
    case 'udp':
      return `${payload.ports.source}|${payload.ports.destination}`
    case 'icmp':
      return `${payload.type}|${payload.identifier ?? 0}`
    case 'other':
      return ''
    default:
      return payload satisfies never
  }
}
