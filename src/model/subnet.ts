/**
 * A subnet. Its network ACL association lives here and not in the ACL, because every subnet has
 * exactly one at all times (spec 8.5).
 */

import type { NetworkAclAssociationId, NetworkAclId, SubnetId, VpcId } from './ids.ts'
import type { CidrBlock } from './vpc.ts'

export interface Subnet {
  readonly id: SubnetId
  readonly vpc: VpcId
  /** Absent in an IPv6-native subnet. */
  readonly cidr?: string
  readonly ipv6CidrBlocks: readonly CidrBlock[]
  readonly zone: string
  readonly isDefaultForZone: boolean
  readonly mapPublicIpOnLaunch: boolean
  readonly assignIpv6OnCreation: boolean
  readonly enableDns64: boolean
  readonly hostnameType: string
  readonly resourceNameDnsA: boolean
  readonly resourceNameDnsAaaa: boolean
  readonly acl: NetworkAclId
  readonly aclAssociation: NetworkAclAssociationId
}

/** A subnet's settings before anybody changed them. */
export const plainSubnetSettings = {
  isDefaultForZone: false,
  mapPublicIpOnLaunch: false,
  assignIpv6OnCreation: false,
  enableDns64: false,
  hostnameType: 'ip-name',
  resourceNameDnsA: false,
  resourceNameDnsAaaa: false,
} as const satisfies Partial<Subnet>
