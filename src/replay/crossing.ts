/**
 * A packet held against the rules and the ACL of one interface that it leaves or enters, without any memory of
 * what was before. A flow log has no ICMP types: what rules for some of them say is `maybe`.
 */

import type { Direction } from '../model/rule.ts'
import type { Address } from '../net/address.ts'
import { hasAddress } from '../net/address-set.ts'
import { containsAddress } from '../net/cidr.ts'
import { type Packet, type Payload, tcpFlags } from '../packet/packet.ts'
import { exemptService } from '../policy/exempt.ts'
import { matchingRulesQuickly } from '../policy/index-allows.ts'
import { decidingLine, peerOf } from '../policy/match.ts'
import type { AclLine, Allow, InterfacePolicy } from '../policy/policy.ts'
import type { Stop } from './judgement.ts'

/** In this order, so that the least of several is what they say together. */
export const words = { no: 0, maybe: 1, yes: 2 } as const
export type Word = (typeof words)[keyof typeof words]

/** A header as a flow log has it. */
export interface Header {
  readonly source: Address
  readonly destination: Address
  readonly protocol: number
  readonly sourcePort: number
  readonly destinationPort: number
}

export function reversedHeader({ source, destination, protocol, sourcePort, destinationPort }: Header): Header {
  return {
    source: destination,
    destination: source,
    protocol,
    sourcePort: destinationPort,
    destinationPort: sourcePort,
  }
}

const icmpNames = new Map<number, 'icmp' | 'icmpv6'>([
  [1, 'icmp'],
  [58, 'icmpv6'],
])

export function isIcmp(protocol: number): boolean {
  return icmpNames.has(protocol)
}

/** The packet that would open the connection; of ICMP an echo request, where a type must be said. */
export function openingPacket({ source, destination, protocol, sourcePort, destinationPort }: Header): Packet {
  return { source, destination, payload: payloadOf(protocol, sourcePort, destinationPort), length: 40 }
}

function payloadOf(protocol: number, source: number, destination: number): Payload {
  const ports = { source, destination }
  if (protocol === 6) return { kind: 'tcp', ports, flags: tcpFlags.syn }
  if (protocol === 17) return { kind: 'udp', ports }
  const name = icmpNames.get(protocol)
  if (name) return { kind: 'icmp', protocol: name, type: name === 'icmp' ? 8 : 128, code: 0 }
  return { kind: 'other', protocol }
}

interface RulesSay {
  readonly word: Word
  readonly rules: readonly Allow[]
}

function rulesSay(policy: InterfacePolicy, packet: Packet, direction: Direction): RulesSay {
  const { payload } = packet
  if (payload.kind !== 'icmp') {
    const rules = matchingRulesQuickly(policy, packet, direction)
    return { word: rules.length > 0 ? words.yes : words.no, rules }
  }
  const peer = peerOf(packet, direction)
  const rules = policy.allows[direction].filter(
    ({ traffic, peers }) =>
      (traffic.protocol === 'all' || traffic.protocol === payload.protocol) && hasAddress(peers, peer),
  )
  const admitting = rules.filter(({ traffic }) => traffic.protocol === 'all' || ('type' in traffic && isAny(traffic)))
  if (admitting.length > 0) return { word: words.yes, rules: admitting }
  return { word: rules.length > 0 ? words.maybe : words.no, rules }
}

function isAny({ type, code }: { readonly type: number; readonly code: number }): boolean {
  return type === -1 && code === -1
}

/** Undefined where the packet does not cross the subnet's edge. */
function aclSays(policy: InterfacePolicy, packet: Packet, direction: Direction) {
  const peer = peerOf(packet, direction)
  if (policy.subnet.some((block) => containsAddress(block, peer))) return undefined
  if (packet.payload.kind === 'icmp') return aclSaysOfIcmp(policy, packet, direction)
  return said(decidingLine(policy.acl, packet, direction))
}

function said(line: AclLine): { readonly word: Word; readonly line: AclLine } {
  return { word: line.action === 'allow' ? words.yes : words.no, line }
}

/** A line for one type decides about it alone, and those behind about the others. */
function aclSaysOfIcmp({ acl }: InterfacePolicy, packet: Packet, direction: Direction) {
  const peer = peerOf(packet, direction)
  const number = packet.payload.kind === 'icmp' && packet.payload.protocol === 'icmp' ? 1 : 58
  const lines = acl.lines[direction].filter(
    ({ protocol, cidr }) => (protocol === -1 || protocol === number) && containsAddress(cidr, peer),
  )
  const last = lines.findIndex(({ icmp }) => icmp === undefined || isAny(icmp))
  const deciding = lines.slice(0, last + 1)
  const line = deciding.at(-1) as AclLine
  return deciding.every(({ action }) => action === line.action) ? said(line) : { word: words.maybe, line }
}

/** What one interface says of a packet, and where it stops it. */
export interface Crossing {
  readonly policy: InterfacePolicy
  readonly direction: Direction
  readonly peer: Address
  readonly word: Word
  readonly stops: readonly Stop[]
  readonly rules: readonly Allow[]
  readonly exempt: string | undefined
}

/** An answer needs no rule (data-plane 2); it meets the ACL as every packet does. */
export function crossing(policy: InterfacePolicy, packet: Packet, direction: Direction, isAnswer: boolean): Crossing {
  const exempt = exemptService(policy, packet, direction)
  const peer = peerOf(packet, direction)
  if (exempt !== undefined) return { policy, direction, peer, word: words.yes, stops: [], rules: [], exempt }
  const acl = aclSays(policy, packet, direction)
  const own = isAnswer ? undefined : rulesSay(policy, packet, direction)
  const atInterface: Stop[] =
    own?.word === words.no
      ? [{ kind: 'no-rule', networkInterface: policy.id, direction, groups: policy.groups, peer }]
      : []
  const atEdge: Stop[] =
    acl?.word === words.no
      ? [{ kind: 'acl', acl: policy.acl.id, direction, entry: acl.line.number, peer, isAnswer }]
      : []
  return {
    policy,
    direction,
    peer,
    word: Math.min(own?.word ?? words.yes, acl?.word ?? words.yes) as Word,
    stops: direction === 'egress' ? [...atInterface, ...atEdge] : [...atEdge, ...atInterface],
    rules: own?.rules ?? [],
    exempt: undefined,
  }
}
