/**
 * Identifiers as AWS spells them: a prefix and 17 hexadecimal digits, 8 in the legacy form that must
 * still be accepted as well-formed (spec 1.4). The prefix is part of the type.
 */

import type { Entropy } from '../base/entropy.ts'

export type VpcId = `vpc-${string}`
export type SubnetId = `subnet-${string}`
export type RouteTableId = `rtb-${string}`
export type RouteTableAssociationId = `rtbassoc-${string}`
export type InternetGatewayId = `igw-${string}`
export type NetworkAclId = `acl-${string}`
export type NetworkAclAssociationId = `aclassoc-${string}`
export type GroupId = `sg-${string}`
export type RuleId = `sgr-${string}`
export type PrefixListId = `pl-${string}`
export type NetworkInterfaceId = `eni-${string}`
export type AttachmentId = `eni-attach-${string}`
export type InstanceId = `i-${string}`
export type ReservationId = `r-${string}`
export type AllocationId = `eipalloc-${string}`
export type AddressAssociationId = `eipassoc-${string}`
export type PeeringId = `pcx-${string}`
export type FlowLogId = `fl-${string}`
export type NetworkInsightsPathId = `nip-${string}`
export type NetworkInsightsAnalysisId = `nia-${string}`
export type AccessScopeId = `nis-${string}`
export type AccessScopeAnalysisId = `nisa-${string}`
export type DhcpOptionsId = `dopt-${string}`
export type CidrAssociationId = `vpc-cidr-assoc-${string}` | `subnet-cidr-assoc-${string}`

/** Every prefix an id may start with, and the EC2 resource type that tags use for it. */
export const resourceTypes = {
  vpc: 'vpc',
  subnet: 'subnet',
  rtb: 'route-table',
  igw: 'internet-gateway',
  acl: 'network-acl',
  sg: 'security-group',
  sgr: 'security-group-rule',
  pl: 'prefix-list',
  eni: 'network-interface',
  i: 'instance',
  eipalloc: 'elastic-ip',
  pcx: 'vpc-peering-connection',
  fl: 'vpc-flow-log',
  dopt: 'dhcp-options',
  nip: 'network-insights-path',
  nia: 'network-insights-analysis',
  nis: 'network-insights-access-scope',
  nisa: 'network-insights-access-scope-analysis',
} as const

export type TaggablePrefix = keyof typeof resourceTypes
export type ResourceType = (typeof resourceTypes)[TaggablePrefix]
export type TaggableId = { [P in TaggablePrefix]: `${P}-${string}` }[TaggablePrefix]

/** A fresh id: `newId(entropy, 'sg')` is `sg-` and 17 digits. */
export function newId<P extends string>(entropy: Entropy, prefix: P): `${P}-${string}` {
  return `${prefix}-${entropy.hex(17)}`
}

const digits = /^(?:[0-9a-f]{8}|[0-9a-f]{17})$/

/** Whether `text` has that prefix and 8 or 17 lower-case hexadecimal digits. */
export function isIdOf<P extends string>(prefix: P, text: string): text is `${P}-${string}` {
  return text.startsWith(`${prefix}-`) && digits.test(text.slice(prefix.length + 1))
}

/** The resource type that an id's prefix names, or undefined for text that is no id. */
export function resourceTypeOf(text: string): ResourceType | undefined {
  const dash = text.lastIndexOf('-')
  const prefix = text.slice(0, dash)
  if (dash < 1 || !digits.test(text.slice(dash + 1)) || !Object.hasOwn(resourceTypes, prefix)) return undefined
  return resourceTypes[prefix as TaggablePrefix]
}
