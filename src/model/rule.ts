/**
 * A security-group rule: one direction, one kind of traffic, one peer (spec 2.1). What identifies a
 * rule inside its group leaves out its id, description and tags.
 */

import type { GroupId, PeeringId, PrefixListId, RuleId, VpcId } from './ids.ts'

export type Direction = 'ingress' | 'egress'

/** Ports and ICMP fields exist only where the protocol has them (spec 2.3); -1 in ICMP means all. */
export type Traffic =
  | { readonly protocol: 'all' }
  | { readonly protocol: 'tcp' | 'udp'; readonly from: number; readonly to: number }
  | { readonly protocol: 'icmp' | 'icmpv6'; readonly type: number; readonly code: number }
  /** Any other IP protocol, by its number: ports do not apply. */
  | { readonly protocol: number }

/** A group of another VPC keeps what it was reached through, so that a stale rule can still be shown. */
export interface PeeredGroup {
  readonly vpc: VpcId
  readonly peering: PeeringId
}

export type Peer =
  | { readonly kind: 'ipv4'; readonly cidr: string }
  | { readonly kind: 'ipv6'; readonly cidr: string }
  | { readonly kind: 'prefix-list'; readonly list: PrefixListId }
  | { readonly kind: 'group'; readonly group: GroupId; readonly owner: string; readonly peered?: PeeredGroup }

export interface Rule {
  readonly id: RuleId
  readonly direction: Direction
  readonly traffic: Traffic
  readonly peer: Peer
  /** Absent and empty are different and both stable (spec 9.2). */
  readonly description?: string
}

/** The text form of a peer that duplicates are found by: a CIDR or an id. */
export function peerText(peer: Peer): string {
  switch (peer.kind) {
    case 'ipv4':
    case 'ipv6':
      return peer.cidr
    case 'prefix-list':
      return peer.list
    case 'group':
      return peer.group
    default:
      return peer satisfies never
  }
}

/** Equal for rules whose traffic is the same; permissions are merged by it (spec 2.11). */
export function trafficKey(traffic: Traffic): string {
  if (traffic.protocol === 'tcp' || traffic.protocol === 'udp') {
    return `${traffic.protocol} ${traffic.from}-${traffic.to}`
  }
  if (traffic.protocol === 'icmp' || traffic.protocol === 'icmpv6') {
    return `${traffic.protocol} ${traffic.type}/${traffic.code}`
  }
  return String(traffic.protocol)
}

/** What comparing the two keys would say. */
export function isSameTraffic(one: Traffic, other: Traffic): boolean {
  if (one.protocol !== other.protocol) return false
  if ('from' in one && 'from' in other) return one.from === other.from && one.to === other.to
  if ('type' in one && 'type' in other) return one.type === other.type && one.code === other.code
  return true
}

/** Equal for two rules that AWS calls duplicates of each other (spec 2.1, identity). */
export function ruleKey(rule: Pick<Rule, 'direction' | 'traffic' | 'peer'>): string {
  return `${rule.direction} ${trafficKey(rule.traffic)} ${peerText(rule.peer)}`
}
