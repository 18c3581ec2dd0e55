/**
 * What an interface allows, compiled from a World: rules with their peers resolved to addresses, its
 * subnet's ACL in order, and the facts about the interface that a verdict rests on.
 */

import type { GroupId, InstanceId, NetworkAclId, NetworkInterfaceId, RuleId } from '../model/ids.ts'
import type { ConnectionTracking } from '../model/network-interface.ts'
import type { Direction, Peer, Traffic } from '../model/rule.ts'
import type { Address, Family } from '../net/address.ts'
import type { AddressSet } from '../net/address-set.ts'
import type { Cidr } from '../net/cidr.ts'

/** A rule by name, as verdicts and explanations cite it. */
export interface RuleRef {
  readonly rule: RuleId
  readonly group: GroupId
}

/** One rule as it holds at this moment. */
export interface Allow {
  readonly rule: RuleId
  readonly group: GroupId
  readonly direction: Direction
  readonly traffic: Traffic
  readonly peerKind: Peer['kind']
  /** As AWS names it: a CIDR, `pl-…` or `sg-…`. */
  readonly peer: string
  readonly peers: AddressSet
  /** The peer is literally 0.0.0.0/0 (4) or ::/0 (6): such a rule can make flows untracked (data-plane 2.2). */
  readonly open: Family | undefined
}

export interface AclLine {
  /** `*` is the final deny. */
  readonly number: number | '*'
  readonly action: 'allow' | 'deny'
  /** -1 for all. */
  readonly protocol: number
  readonly cidr: Cidr
  readonly ports: { readonly from: number; readonly to: number } | undefined
  readonly icmp: { readonly type: number; readonly code: number } | undefined
}

export interface AclPolicy {
  readonly id: NetworkAclId
  readonly lines: Readonly<Record<Direction, readonly AclLine[]>>
}

export interface InterfacePolicy {
  readonly id: NetworkInterfaceId
  /** Shares its tracking allowance among its interfaces. */
  readonly instance: InstanceId | undefined
  readonly groups: readonly GroupId[]
  readonly allows: Readonly<Record<Direction, readonly Allow[]>>
  readonly acl: AclPolicy
  readonly addresses: readonly Address[]
  /** Packets to and from here do not cross the subnet's edge, so the ACL does not see them. */
  readonly subnet: readonly Cidr[]
  /** Addresses of the VPC's resolver and of the subnet's router, never filtered (data-plane 1.5). */
  readonly resolvers: readonly Address[]
  readonly router: Address | undefined
  readonly sourceDestCheck: boolean
  readonly tracking: ConnectionTracking
}
