/** A VPC with its address blocks. Its default group, ACL and main route table are objects of their own. */

import type { CidrAssociationId, DhcpOptionsId, VpcId } from './ids.ts'

export interface CidrBlock {
  readonly associationId: CidrAssociationId
  readonly cidr: string
}

export interface Vpc {
  readonly id: VpcId
  /** The first is the primary block, which cannot be disassociated. */
  readonly cidrBlocks: readonly CidrBlock[]
  readonly ipv6CidrBlocks: readonly CidrBlock[]
  readonly dhcpOptions: DhcpOptionsId
  readonly tenancy: string
  readonly isDefault: boolean
  readonly dnsSupport: boolean
  readonly dnsHostnames: boolean
  readonly networkAddressUsageMetrics: boolean
}
