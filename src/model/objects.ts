/**
 * Every kind of object that a World holds, by the name it is stored under. Objects are plain JSON
 * values: what is written to the store and read back is equal to what was there.
 */

import type { AccessScope, AccessScopeAnalysis } from './access-scope.ts'
import type { ClientToken } from './client-token.ts'
import type { ElasticAddress } from './elastic-address.ts'
import type { FlowLog } from './flow-log.ts'
import type { Instance } from './instance.ts'
import type { NetworkAcl } from './network-acl.ts'
import type { NetworkInsightsAnalysis, NetworkInsightsPath } from './network-insights.ts'
import type { NetworkInterface } from './network-interface.ts'
import type { Peering } from './peering.ts'
import type { PrefixList, PrefixListVersion } from './prefix-list.ts'
import type { RegionUse } from './region.ts'
import type { InternetGateway, RouteTable } from './routing.ts'
import type { SecurityGroup, VpcAssociation } from './security-group.ts'
import type { Subnet } from './subnet.ts'
import type { TagSet } from './tag.ts'
import type { Vpc } from './vpc.ts'

export interface Objects {
  regionUse: RegionUse
  vpc: Vpc
  subnet: Subnet
  routeTable: RouteTable
  internetGateway: InternetGateway
  networkAcl: NetworkAcl
  securityGroup: SecurityGroup
  vpcAssociation: VpcAssociation
  prefixList: PrefixList
  prefixListVersion: PrefixListVersion
  networkInterface: NetworkInterface
  instance: Instance
  elasticAddress: ElasticAddress
  peering: Peering
  flowLog: FlowLog
  networkInsightsPath: NetworkInsightsPath
  networkInsightsAnalysis: NetworkInsightsAnalysis
  accessScope: AccessScope
  accessScopeAnalysis: AccessScopeAnalysis
  tagSet: TagSet
  clientToken: ClientToken
}

export type Kind = keyof Objects

export const kinds: readonly Kind[] = [
  'regionUse',
  'vpc',
  'subnet',
  'routeTable',
  'internetGateway',
  'networkAcl',
  'securityGroup',
  'vpcAssociation',
  'prefixList',
  'prefixListVersion',
  'networkInterface',
  'instance',
  'elasticAddress',
  'peering',
  'flowLog',
  'networkInsightsPath',
  'networkInsightsAnalysis',
  'accessScope',
  'accessScopeAnalysis',
  'tagSet',
  'clientToken',
]
