/** A security group with its rules, and its associations with VPCs other than its own (spec 3.12). */

import type { GroupId, VpcId } from './ids.ts'
import type { Rule } from './rule.ts'

export interface SecurityGroup {
  readonly id: GroupId
  readonly vpc: VpcId
  readonly name: string
  readonly description: string
  /** In the order added, which is the order that permissions print their ranges in. */
  readonly rules: readonly Rule[]
  /** No egress rule was ever changed: such a group gains `::/0` when its VPC gains IPv6 (spec 3.1). */
  readonly hasOriginalEgress: boolean
}

/** The group's name can only be this one if AWS made it with the VPC (spec 8.1). */
export const defaultGroupName = 'default'

export function isDefaultGroup(group: SecurityGroup): boolean {
  return group.name === defaultGroupName
}

export interface VpcAssociation {
  /** `sg-…/vpc-…` */
  readonly id: `${GroupId}/${VpcId}`
  readonly group: GroupId
  readonly vpc: VpcId
}
