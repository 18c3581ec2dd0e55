/**
 * Network Access Analyzer (spec 8.9): a scope says which connections are of interest, and which of these are
 * meant to be; an analysis lists the others that there are.
 */

import type { Instant } from '../base/clock.ts'
import type { AccessScopeAnalysisId, AccessScopeId, PrefixListId } from './ids.ts'
import type { PathComponent, PortSpan } from './network-insights.ts'

/** Absent: anything. */
export interface HeaderStatement {
  readonly sourceAddresses?: readonly string[]
  readonly destinationAddresses?: readonly string[]
  readonly sourcePorts?: readonly PortSpan[]
  readonly destinationPorts?: readonly PortSpan[]
  readonly sourcePrefixLists?: readonly PrefixListId[]
  readonly destinationPrefixLists?: readonly PrefixListId[]
  readonly protocols?: readonly ('tcp' | 'udp')[]
}

/** Ids, and types such as `AWS::EC2::InternetGateway`: one of either fits. */
export interface ResourceStatement {
  readonly resources: readonly string[]
  readonly types: readonly string[]
}

export interface PathStatement {
  readonly header?: HeaderStatement
  readonly resource?: ResourceStatement
}

export interface ScopePath {
  readonly source?: PathStatement
  readonly destination?: PathStatement
  /** Something of each lies on the way. */
  readonly through: readonly ResourceStatement[]
}

export interface ScopeContent {
  readonly matchPaths: readonly ScopePath[]
  readonly excludePaths: readonly ScopePath[]
}

export interface AccessScope {
  readonly id: AccessScopeId
  readonly content: ScopeContent
  readonly createdAt: Instant
}

export interface ScopeFinding {
  readonly components: readonly PathComponent[]
}

export interface ScopeVerdict {
  readonly findings: readonly ScopeFinding[]
  /** There are more than are listed. */
  readonly isCut: boolean
  /** Something of interest depends on what this program does not run. */
  readonly isUncertain: boolean
  readonly analyzedInterfaces: number
}

export interface AccessScopeAnalysis {
  readonly id: AccessScopeAnalysisId
  readonly scope: AccessScopeId
  readonly startedAt: Instant
  /** Without it, and without a failure, the analysis is under way. */
  readonly verdict?: ScopeVerdict
  readonly failure?: string
  /** Where it was not over as soon as it was started. */
  readonly endedAt?: Instant
}

/** The types that statements may name, with the prefix of their ids; of those without one there is nothing here. */
const resourceTypes: ReadonlyMap<string, string | undefined> = new Map([
  ['AWS::EC2::InternetGateway', 'igw'],
  ['AWS::EC2::Instance', 'i'],
  ['AWS::EC2::NetworkAcl', 'acl'],
  ['AWS::EC2::NetworkInterface', 'eni'],
  ['AWS::EC2::RouteTable', 'rtb'],
  ['AWS::EC2::SecurityGroup', 'sg'],
  ['AWS::EC2::Subnet', 'subnet'],
  ['AWS::EC2::VPC', 'vpc'],
  ['AWS::EC2::VPCPeeringConnection', 'pcx'],
  ['AWS::EC2::NatGateway', undefined],
  ['AWS::EC2::TransitGateway', undefined],
  ['AWS::EC2::TransitGatewayAttachment', undefined],
  ['AWS::EC2::VPCEndpoint', undefined],
  ['AWS::EC2::VPCEndpointService', undefined],
  ['AWS::EC2::VPNGateway', undefined],
  ['AWS::ElasticLoadBalancing::LoadBalancer', undefined],
  ['AWS::ElasticLoadBalancingV2::LoadBalancer', undefined],
  ['AWS::NetworkFirewall::Firewall', undefined],
])

export const resourceTypeNames = [...resourceTypes.keys()]

export function isOfType(type: string, id: string): boolean {
  const prefix = resourceTypes.get(type)
  return prefix !== undefined && id.startsWith(`${prefix}-`)
}
