/** An entry of a network ACL, from a request (spec 8.5): protocols come as numbers only. */

import type { NetworkAcl, NetworkAclEntry } from '../../model/network-acl.ts'
import type { Quotas } from '../../model/quota.ts'
import { reject } from '../../model/rejection.ts'
import type { Direction } from '../../model/rule.ts'
import { formatCidr, parseCidr } from '../../net/cidr.ts'
import type { InputOf } from '../action.ts'
import { choice } from './choice.ts'
import { required } from './lookup.ts'

type EntryInput = InputOf<'CreateNetworkAclEntry'>

export function entryFrom(input: EntryInput): NetworkAclEntry {
  const place = entryPlace(input)
  const protocol = protocolFrom(input.Protocol)
  const block = blockFrom(input)
  return {
    ...place,
    action: required(choice(input.RuleAction, ['allow', 'deny'], 'ruleAction'), 'ruleAction'),
    protocol,
    ...block,
    ...((protocol === 6 || protocol === 17) && { ports: portsFrom(input) }),
    ...((protocol === 1 || protocol === 58) && { icmp: icmpFrom(input, protocol, block.family) }),
  }
}

/** What names an entry in its ACL. The final denies (32767, 32768) are out of reach. */
export function entryPlace(input: { readonly RuleNumber: number; readonly Egress: boolean }) {
  const { RuleNumber: number, Egress } = input
  if (number < 1 || number > 32766) {
    const reason = 'Rule numbers must be between 1 and 32766.'
    reject('InvalidParameterValue', { value: String(number), name: 'ruleNumber', reason })
  }
  const direction: Direction = Egress ? 'egress' : 'ingress'
  return { number, direction }
}

export function findEntry({ entries }: NetworkAcl, place: ReturnType<typeof entryPlace>): NetworkAclEntry | undefined {
  return entries.find(({ number, direction }) => number === place.number && direction === place.direction)
}

/** Rejects an ACL that has more entries than it may; the final deny of each family counts (spec 7). */
export function refuseCrowded({ entries }: NetworkAcl, added: NetworkAclEntry, quotas: Quotas): void {
  const alike = entries.filter(({ direction, family }) => direction === added.direction && family === added.family)
  if (alike.length + 1 > quotas['rules-per-network-acl']) reject('NetworkAclEntryLimitExceeded')
}

function protocolFrom(text: string): number {
  const number = /^(?:-1|\d{1,3})$/.test(text) ? Number(text) : undefined
  return number !== undefined && number <= 255 ? number : reject('ProtocolUnknown', { protocol: text })
}

/** Host bits are masked, as AWS does: 100.68.0.18/18 becomes 100.68.0.0/18. */
function blockFrom({ CidrBlock, Ipv6CidrBlock }: EntryInput): { readonly family: 4 | 6; readonly cidr: string } {
  if (CidrBlock && Ipv6CidrBlock) reject('ParametersExclusive', { first: 'cidrBlock', second: 'ipv6CidrBlock' })
  const text = required(CidrBlock || Ipv6CidrBlock, 'cidrBlock or ipv6CidrBlock')
  const family = CidrBlock ? 4 : 6
  const block = parseCidr(text)?.cidr
  if (block?.family === family) return { family, cidr: formatCidr(block) }
  const name = CidrBlock ? 'cidrBlock' : 'ipv6CidrBlock'
  return reject('InvalidParameterValue', { value: text, name, reason: 'This is not a valid CIDR block.' })
}

function portsFrom({ PortRange }: EntryInput): { readonly from: number; readonly to: number } {
  const range = required(PortRange, 'portRange')
  const from = required(range.From, 'portRange.from')
  const to = required(range.To, 'portRange.to')
  for (const [end, port] of [['from', from] as const, ['to', to] as const]) {
    if (port < 0 || port > 65535) reject('PortOutOfRange', { end, port })
  }
  if (from > to) reject('PortsReversed', { from, to })
  return { from, to }
}

/** ICMPv6 with an IPv4 block means all of it, whatever type and code are given [model]. */
function icmpFrom({ IcmpTypeCode }: EntryInput, protocol: 1 | 58, family: 4 | 6) {
  if (protocol === 58 && family === 4) return { type: -1, code: -1 }
  const type = required(IcmpTypeCode?.Type, 'icmpTypeCode.type')
  const code = required(IcmpTypeCode?.Code, 'icmpTypeCode.code')
  for (const [field, value] of [['type', type] as const, ['code', code] as const]) {
    if (value < -1 || value > 255) reject('IcmpOutOfRange', { field, value })
  }
  if (type === -1 && code !== -1) reject('IcmpCodeWithoutType', { code })
  return { type, code }
}
