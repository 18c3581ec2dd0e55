/**
 * Every way a request can be refused, in one closed catalogue. A family of actions keeps its
 * wordings in its own file; a name that two families share fails the catalogue's test.
 */

import { accountRejections } from './account.ts'
import { flowLogRejections } from './flow-log.ts'
import { instanceRejections } from './instance.ts'
import { networkAclRejections } from './network-acl.ts'
import { networkInsightsRejections } from './network-insights.ts'
import { networkInterfaceRejections } from './network-interface.ts'
import { peeringRejections } from './peering.ts'
import { prefixListRejections } from './prefix-list.ts'
import { requestRejections } from './request.ts'
import { resourceRejections } from './resource.ts'
import { routingRejections } from './routing.ts'
import { securityGroupRejections } from './security-group.ts'
import { tagRejections } from './tag.ts'
import { vpcRejections } from './vpc.ts'

export const families = [
  accountRejections,
  flowLogRejections,
  instanceRejections,
  networkAclRejections,
  networkInsightsRejections,
  networkInterfaceRejections,
  peeringRejections,
  prefixListRejections,
  requestRejections,
  resourceRejections,
  routingRejections,
  securityGroupRejections,
  tagRejections,
  vpcRejections,
] as const

export const catalogue = {
  ...accountRejections,
  ...flowLogRejections,
  ...instanceRejections,
  ...networkAclRejections,
  ...networkInsightsRejections,
  ...networkInterfaceRejections,
  ...peeringRejections,
  ...prefixListRejections,
  ...requestRejections,
  ...resourceRejections,
  ...routingRejections,
  ...securityGroupRejections,
  ...tagRejections,
  ...vpcRejections,
} as const

export type RejectionName = keyof typeof catalogue
