/**
 * Rules while they are edited: what is typed, what is wrong with it, and the EC2 calls that make the group's
 * rules what the drafts say. A kept rule keeps its id; one whose peer changes its kind cannot, as on AWS.
 */

import type { Call } from '../../src/app/console/api.ts'
import type { Traffic } from '../../src/model/rule.ts'
import { formatCidr, parseCidr } from '../../src/net/cidr.ts'
import { ruleType } from './rule-types.ts'
import { type Direction, peerOf, portText, type SecurityGroupRule, trafficOf, typeOf } from './rules.ts'

export interface Draft {
  readonly key: string
  /** The rule that is edited; absent for a new one. */
  readonly rule?: SecurityGroupRule
  /** Of `rule-types`. */
  readonly type: string
  /** Of a custom protocol, its number. */
  readonly protocol: string
  /** Ports, or an ICMP type with or without its code. */
  readonly ports: string
  readonly peerKind: PeerKind
  readonly peer: string
  readonly description: string
}

export const peerKinds = { custom: 'Custom', anywhere4: 'Anywhere-IPv4', anywhere6: 'Anywhere-IPv6' } as const
export type PeerKind = keyof typeof peerKinds

export type Problems = Partial<Readonly<Record<'protocol' | 'ports' | 'peer' | 'description', string>>>

const anywhere = { anywhere4: '0.0.0.0/0', anywhere6: '::/0' } as const

export function draftOf(rule: SecurityGroupRule): Draft {
  const traffic = trafficOf(rule)
  const peer = peerOf(rule)
  return {
    key: rule.SecurityGroupRuleId ?? '',
    rule,
    type: typeOf(traffic)?.id ?? 'custom-tcp',
    protocol: typeof traffic.protocol === 'number' ? String(traffic.protocol) : '',
    ports: portText(traffic),
    peerKind: peer === anywhere.anywhere4 ? 'anywhere4' : peer === anywhere.anywhere6 ? 'anywhere6' : 'custom',
    peer,
    description: rule.Description ?? '',
  }
}

/** A copy of a rule, for another group. */
export function copyOf(rule: SecurityGroupRule): Draft {
  const { rule: _, ...draft } = draftOf(rule)
  return draft
}

export function newDraft(key: string): Draft {
  return { key, type: 'custom-tcp', protocol: '', ports: '', peerKind: 'custom', peer: '', description: '' }
}

/** The traffic that the draft spells, or what is wrong with it. */
export function draftTraffic({ type, protocol, ports }: Draft): Traffic | Problems {
  const named = ruleType(type)?.traffic
  if (named) return named
  if (type === 'custom-protocol') return protocolFrom(protocol)
  if (type === 'custom-icmp' || type === 'custom-icmpv6')
    return messageFrom(type === 'custom-icmp' ? 'icmp' : 'icmpv6', ports)
  return portsFrom(type === 'custom-udp' ? 'udp' : 'tcp', ports)
}

function protocolFrom(text: string): Traffic | Problems {
  const number = /^\d{1,3}$/.test(text.trim()) ? Number(text) : 256
  if (number > 255) return { protocol: 'A number from 0 to 255' }
  return [1, 6, 17, 58].includes(number)
    ? { protocol: `Choose the type of protocol ${number} by its name` }
    : { protocol: number }
}

function messageFrom(protocol: 'icmp' | 'icmpv6', text: string): Traffic | Problems {
  if (/^(all|-1)$/i.test(text.trim())) return { protocol, type: -1, code: -1 }
  const [, type, code = '-1'] = /^\s*(\d{1,3})(?:\s*\/\s*(\d{1,3}))?\s*$/.exec(text) ?? []
  if (type === undefined || Number(type) > 255 || Number(code) > 255)
    return { ports: 'A type like 8, or type/code like 3/4' }
  return { protocol, type: Number(type), code: Number(code) }
}

function portsFrom(protocol: 'tcp' | 'udp', text: string): Traffic | Problems {
  const [, first, last = first] = /^\s*(\d{1,5})(?:\s*-\s*(\d{1,5}))?\s*$/.exec(text) ?? []
  if (first === undefined || last === undefined) return { ports: 'A port like 80, or a range like 8000-8100' }
  const [from, to] = [Number(first), Number(last)]
  if (to > 65_535 || from > 65_535) return { ports: 'Ports go up to 65535' }
  return from > to ? { ports: 'The range must go upwards' } : { protocol, from, to }
}

interface PeerMembers {
  readonly CidrIpv4?: string
  readonly CidrIpv6?: string
  readonly ReferencedGroupId?: string
  readonly PrefixListId?: string
}

/** The peer that the draft spells, as ModifySecurityGroupRules wants it, or what is wrong with it. */
export function draftPeer({ peerKind, peer }: Draft): PeerMembers | string {
  if (peerKind === 'anywhere4') return { CidrIpv4: anywhere.anywhere4 }
  if (peerKind === 'anywhere6') return { CidrIpv6: anywhere.anywhere6 }
  const text = peer.trim().split(' ')[0] ?? ''
  if (text === '') return 'A CIDR block, a security group or a prefix list'
  if (/^sg-[0-9a-f]{8}([0-9a-f]{9})?$/.test(text)) return { ReferencedGroupId: text }
  if (/^pl-[0-9a-f]{8}([0-9a-f]{9})?$/.test(text)) return { PrefixListId: text }
  if (/^(sg|pl)-/.test(text)) return 'This is no complete id'
  return cidrPeer(text)
}

function cidrPeer(text: string): PeerMembers | string {
  const spelled = parseCidr(text)
  if (!spelled) return text.includes('/') ? 'This is no CIDR block' : 'Add the prefix length: /32 is one IPv4 address'
  const cidr = formatCidr(spelled.cidr)
  return spelled.cidr.family === 4 ? { CidrIpv4: cidr } : { CidrIpv6: cidr }
}

/** What will be stored differs from what was typed: host bits are masked away. */
export function maskedPeer({ peerKind, peer }: Draft): string | undefined {
  const spelled = peerKind === 'custom' ? parseCidr(peer.trim()) : undefined
  return spelled && !spelled.isCanonical ? `Stored as ${formatCidr(spelled.cidr)}` : undefined
}

const descriptionShape = /^[\w ._\-:/()#,@[\]+=&;{}!$*]*$/

/** Drafts are values: what was found out about one holds for ever. Of hundreds, each letter changes one. */
function remembered<T>(work: (draft: Draft) => T): (draft: Draft) => T {
  const known = new WeakMap<Draft, T>()
  return (draft) => {
    const found = known.get(draft) ?? work(draft)
    known.set(draft, found as T)
    return found
  }
}

export const problemsOf = remembered(judged)

function judged(draft: Draft): Problems {
  const traffic = draftTraffic(draft)
  const peer = draftPeer(draft)
  return {
    ...('from' in traffic || 'type' in traffic || isSound(traffic) ? {} : (traffic as Problems)),
    ...(typeof peer === 'string' ? { peer } : {}),
    ...(draft.description.length > 255 ? { description: 'Up to 255 characters' } : {}),
    ...(descriptionShape.test(draft.description)
      ? {}
      : { description: 'Only a-z, A-Z, 0-9, spaces and ._-:/()#,@[]+=&;{}!$*' }),
  }
}

/** A problem with the protocol is a sentence; a protocol is a number or `all`. */
function isSound(traffic: Traffic | Problems): traffic is Traffic {
  const { protocol } = traffic
  if (typeof protocol === 'number') return true
  return protocol === 'all' || protocol === 'tcp' || protocol === 'udp' || protocol === 'icmp' || protocol === 'icmpv6'
}

export function isFlawless(drafts: readonly Draft[]): boolean {
  return drafts.every((draft) => Object.keys(problemsOf(draft)).length === 0)
}

interface Edit {
  readonly group: string
  readonly direction: Direction
  readonly before: readonly SecurityGroupRule[]
  readonly drafts: readonly Draft[]
}

/** Revokes first and authorizes last, so that a rule may take the place of one that goes. Drafts must be flawless. */
export function callsFor({ group, direction, before, drafts }: Edit): Call[] {
  const kept = new Set(
    drafts.filter((draft) => editOf(draft) !== 'kind of peer').map(({ rule }) => rule?.SecurityGroupRuleId),
  )
  const revoked = before.filter(({ SecurityGroupRuleId }) => !kept.has(SecurityGroupRuleId))
  const modified = drafts.filter((draft) => editOf(draft) === 'some')
  const added = drafts.filter((draft) => !draft.rule || editOf(draft) === 'kind of peer')
  const suffix = direction === 'ingress' ? 'Ingress' : 'Egress'
  const calls: Call[] = []
  if (revoked.length > 0) {
    const SecurityGroupRuleIds = revoked.map((rule) => rule.SecurityGroupRuleId)
    calls.push({ action: `RevokeSecurityGroup${suffix}`, input: { GroupId: group, SecurityGroupRuleIds } })
  }
  if (modified.length > 0) {
    calls.push({
      action: 'ModifySecurityGroupRules',
      input: { GroupId: group, SecurityGroupRules: modified.map(updateOf) },
    })
  }
  if (added.length > 0) calls.push(authorizeCall(group, direction, added))
  return calls
}

export function authorizeCall(group: string, direction: Direction, drafts: readonly Draft[]): Call {
  const action = direction === 'ingress' ? 'AuthorizeSecurityGroupIngress' : 'AuthorizeSecurityGroupEgress'
  return { action, input: { GroupId: group, IpPermissions: drafts.map(permissionOf) } }
}

type Edited = 'nothing' | 'some' | 'kind of peer'

/** What an edit changed of the rule that it began with. */
const editOf = remembered((draft): Edited => {
  if (!draft.rule) return 'nothing'
  const before = draftOf(draft.rule)
  if (peerKindOf(draft) !== peerKindOf(before)) return 'kind of peer'
  const text = (each: Draft) => JSON.stringify([draftTraffic(each), draftPeer(each), each.description])
  return text(draft) === text(before) ? 'nothing' : 'some'
})

function peerKindOf(draft: Draft): string {
  const peer = draftPeer(draft)
  return typeof peer === 'string' ? '' : (Object.keys(peer)[0] ?? '')
}

function updateOf(draft: Draft): object {
  const described = draft.description === '' ? {} : { Description: draft.description }
  const SecurityGroupRule = { ...trafficMembers(draft), ...(draftPeer(draft) as PeerMembers), ...described }
  return { SecurityGroupRuleId: draft.rule?.SecurityGroupRuleId, SecurityGroupRule }
}

function permissionOf(draft: Draft): object {
  const { CidrIpv4, CidrIpv6, ReferencedGroupId, PrefixListId } = draftPeer(draft) as PeerMembers
  const described = draft.description === '' ? {} : { Description: draft.description }
  return {
    ...trafficMembers(draft),
    ...(CidrIpv4 === undefined ? {} : { IpRanges: [{ CidrIp: CidrIpv4, ...described }] }),
    ...(CidrIpv6 === undefined ? {} : { Ipv6Ranges: [{ CidrIpv6, ...described }] }),
    ...(PrefixListId === undefined ? {} : { PrefixListIds: [{ PrefixListId, ...described }] }),
    ...(ReferencedGroupId === undefined ? {} : { UserIdGroupPairs: [{ GroupId: ReferencedGroupId, ...described }] }),
  }
}

function trafficMembers(draft: Draft): object {
  const traffic = draftTraffic(draft) as Traffic
  if ('from' in traffic) return { IpProtocol: traffic.protocol, FromPort: traffic.from, ToPort: traffic.to }
  if ('type' in traffic) return { IpProtocol: traffic.protocol, FromPort: traffic.type, ToPort: traffic.code }
  return { IpProtocol: traffic.protocol === 'all' ? '-1' : String(traffic.protocol) }
}
