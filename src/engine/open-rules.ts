/**
 * Rules that are open to all addresses (data-plane 2.2; 8, 10). AWS's text names 0.0.0.0/0 and ::/0; the choice
 * `covering` reads it by meaning: rules for a packet's traffic that hold every address between them.
 */

import type { Direction, Traffic } from '../model/rule.ts'
import { addressLength, type Family } from '../net/address.ts'
import { hasAddress, joined } from '../net/address-set.ts'
import { familyOf, type Payload, type Quoted } from '../packet/packet.ts'
import { hasTraffic, peerOf } from '../policy/match.ts'
import { openRules as literallyOpen } from '../policy/open-rules.ts'
import type { Allow, InterfacePolicy } from '../policy/policy.ts'
import type { EngineDefaults } from './defaults.ts'

type Choices = Pick<EngineDefaults, 'openPeers'>

/** Those that admit the packet. */
export function openRules(policy: InterfacePolicy, packet: Quoted, direction: Direction, choices: Choices): Allow[] {
  const isLiteral = choices.openPeers === 'literal'
  const rules = isLiteral ? literallyOpen(policy, direction, familyOf(packet)).all : policy.allows[direction]
  const admitting = rules.filter(({ traffic }) => hasTraffic(traffic, packet.payload))
  return isLiteral ? admitting : covering(admitting, packet, direction)
}

/** Those of the other direction that hold the packet's far end, for all ports of its protocol. */
export function allPortsRules(
  policy: InterfacePolicy,
  packet: Quoted,
  direction: Direction,
  choices: Choices,
): readonly Allow[] {
  const { payload } = packet
  const other = direction === 'ingress' ? 'egress' : 'ingress'
  if (payload.kind !== 'tcp' && payload.kind !== 'udp') return []
  if (choices.openPeers === 'literal') return literallyOpen(policy, other, familyOf(packet)).everyPort[payload.kind]
  const rules = policy.allows[other].filter(({ traffic }) => isAllPorts(traffic, payload))
  return covering(rules, packet, direction)
}

function isAllPorts(traffic: Traffic, { kind }: Payload): boolean {
  if (traffic.protocol === 'all') return true
  return traffic.protocol === kind && 'from' in traffic && traffic.from === 0 && traffic.to === 65_535
}

function covering(rules: readonly Allow[], packet: Quoted, direction: Direction): Allow[] {
  const family = familyOf(packet)
  // A group's members are hosts: a rule that names one opens nothing to all.
  const blocks = rules.filter(({ peerKind }) => peerKind !== 'group')
  const far = peerOf(packet, direction)
  return isWhole(blocks, family) ? blocks.filter(({ peers }) => hasAddress(peers, far)) : []
}

function isWhole(rules: readonly Allow[], family: Family): boolean {
  const [first] = joined(rules.map(({ peers }) => peers))[family]
  const last = (1n << BigInt(addressLength[family])) - 1n
  return first?.first === 0n && first.last === last
}
