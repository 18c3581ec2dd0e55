/** A network ACL: ordered, stateless entries at the edge of subnets (spec 8.5). */

import type { NetworkAclId, VpcId } from './ids.ts'
import type { Direction } from './rule.ts'

export interface NetworkAclEntry {
  /** 1-32766. The final deny of each family is implied and not stored. */
  readonly number: number
  readonly direction: Direction
  readonly action: 'allow' | 'deny'
  /** IP protocol number, -1 for all. */
  readonly protocol: number
  readonly family: 4 | 6
  readonly cidr: string
  /** tcp and udp only. */
  readonly ports?: { readonly from: number; readonly to: number }
  /** icmp and icmpv6 only; -1 means all. */
  readonly icmp?: { readonly type: number; readonly code: number }
}

export interface NetworkAcl {
  readonly id: NetworkAclId
  readonly vpc: VpcId
  readonly isDefault: boolean
  readonly entries: readonly NetworkAclEntry[]
}

/** `acl-1 ingress 100`: what an entry is called where its ACL is not at hand. An entry has no id of its own. */
export function aclEntryName(
  acl: NetworkAclId,
  { direction, number }: { readonly direction: Direction; readonly number: number | '*' },
): string {
  return `${acl} ${direction} ${number}`
}
