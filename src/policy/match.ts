/**
 * The only place where a rule is held against a packet. Ingress rules look at the packet's source,
 * egress rules at its destination; ports are always the packet's destination port (data-plane 1.2).
 */

import type { Direction, Traffic } from '../model/rule.ts'
import type { Address } from '../net/address.ts'
import { hasAddress } from '../net/address-set.ts'
import { containsAddress } from '../net/cidr.ts'
import { type Packet, type Payload, protocolNumber } from '../packet/packet.ts'
import type { AclLine, AclPolicy, Allow, InterfacePolicy } from './policy.ts'

type Header = Pick<Packet, 'source' | 'destination' | 'payload'>

/** The other end of a packet, as rules of that direction see it. */
export function peerOf({ source, destination }: Header, direction: Direction): Address {
  return direction === 'ingress' ? source : destination
}

/** All rules of the direction that admit the packet; none means refused. */
export function matchingRules(policy: InterfacePolicy, packet: Header, direction: Direction): readonly Allow[] {
  const peer = peerOf(packet, direction)
  return policy.allows[direction].filter((allow) => admits(allow, peer, packet.payload))
}

/** Whether the rule lets the payload in from its other end, or out to it. */
export function admits(allow: Allow, peer: Address, payload: Payload): boolean {
  return hasTraffic(allow.traffic, payload) && hasAddress(allow.peers, peer)
}

/** Whether the rule's protocol, ports or ICMP fields admit the payload. */
export function hasTraffic(traffic: Traffic, payload: Payload): boolean {
  switch (traffic.protocol) {
    case 'all':
      return true
    case 'tcp':
    case 'udp':
      return payload.kind === traffic.protocol && isWithin(payload.ports.destination, traffic)
    case 'icmp':
    case 'icmpv6':
      return payload.kind === 'icmp' && payload.protocol === traffic.protocol && isMessage(traffic, payload)
    default:
      return payload.kind === 'other' && payload.protocol === traffic.protocol
  }
}

function isWithin(port: number, { from, to }: { readonly from: number; readonly to: number }): boolean {
  return from <= port && port <= to
}

interface IcmpFields {
  readonly type: number
  readonly code: number
}

function isMessage(wanted: IcmpFields, { type, code }: IcmpFields): boolean {
  return (wanted.type === -1 || wanted.type === type) && (wanted.code === -1 || wanted.code === code)
}

/** The ACL's line that decides about the packet: the first that matches, and one always does. */
export function decidingLine(acl: AclPolicy, packet: Header, direction: Direction): AclLine {
  const peer = peerOf(packet, direction)
  const line = acl.lines[direction].find(
    (each) => containsAddress(each.cidr, peer) && hasAclTraffic(each, packet.payload),
  )
  // The final denies hold every address of their family.
  return line as AclLine
}

/** Ports count for TCP and UDP, type and code for ICMP; with any other protocol they are ignored (data-plane 3). */
function hasAclTraffic({ protocol, ports, icmp }: AclLine, payload: Payload): boolean {
  if (protocol === -1) return true
  if (protocol !== protocolNumber(payload)) return false
  if (payload.kind === 'icmp') return icmp === undefined || isMessage(icmp, payload)
  return ports === undefined || payload.kind === 'other' || isWithin(payload.ports.destination, ports)
}
