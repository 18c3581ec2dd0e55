/**
 * Reachability Analyzer (spec 8.9): a path is a question, an analysis the answer to it as the world stood
 * when it was started. The answer is kept as data, so that it shows what was true then.
 */

import type { Instant } from '../base/clock.ts'
import type {
  InstanceId,
  InternetGatewayId,
  NetworkInsightsAnalysisId,
  NetworkInsightsPathId,
  NetworkInterfaceId,
  PeeringId,
} from './ids.ts'
import type { NetworkAclEntry } from './network-acl.ts'
import type { PlacedRoute } from './routing.ts'
import type { Direction, Rule } from './rule.ts'

export interface PortSpan {
  readonly from: number
  readonly to: number
}

/** What a packet's header must say at one end of the path. */
export interface PathFilter {
  readonly sourceAddress?: string
  readonly sourcePorts?: PortSpan
  readonly destinationAddress?: string
  readonly destinationPorts?: PortSpan
}

export type PathEndId = InstanceId | NetworkInterfaceId | InternetGatewayId | PeeringId

export interface NetworkInsightsPath {
  readonly id: NetworkInsightsPathId
  readonly source: PathEndId
  /** Absent where an address is the destination. */
  readonly destination?: PathEndId
  readonly sourceIp?: string
  readonly destinationIp?: string
  readonly protocol: 'tcp' | 'udp'
  readonly destinationPort?: number
  readonly filterAtSource?: PathFilter
  readonly filterAtDestination?: PathFilter
  readonly createdAt: Instant
}

/** Components that a path must go through, and those that it must not: ids. */
export interface ComponentFilter {
  readonly through: readonly string[]
  readonly avoiding: readonly string[]
}

export interface NetworkInsightsAnalysis {
  readonly id: NetworkInsightsAnalysisId
  readonly path: NetworkInsightsPathId
  /** As the request gave them. */
  readonly filterInArns: readonly string[]
  readonly filterOutArns: readonly string[]
  readonly startedAt: Instant
  /** Without it, and without a failure, the analysis is under way. */
  readonly verdict?: PathVerdict
  readonly failure?: string
}

/** Of either analyzer. */
export function isUnderWay({ verdict, failure }: { readonly verdict?: object; readonly failure?: string }): boolean {
  return verdict === undefined && failure === undefined
}

export type PathVerdict =
  | { readonly kind: 'found'; readonly forward: readonly PathComponent[]; readonly back: readonly PathComponent[] }
  | { readonly kind: 'not-found'; readonly explanations: readonly PathExplanation[] }
  /** It depends on something that this program does not run. */
  | { readonly kind: 'undetermined'; readonly why: string }

/** A resource by its id, and by its `Name` tag at that time. */
export interface Component {
  readonly id: string
  readonly name?: string
}

export interface PacketHeader {
  /** CIDRs. */
  readonly sourceAddresses: readonly string[]
  readonly destinationAddresses: readonly string[]
  readonly sourcePorts: readonly PortSpan[]
  readonly destinationPorts: readonly PortSpan[]
  readonly protocol: number
}

/** One thing that packets go through. */
export interface PathComponent {
  readonly component: Component
  readonly attachedTo?: Component
  readonly subnet?: Component
  readonly vpc?: Component
  readonly sourceVpc?: Component
  readonly destinationVpc?: Component
  readonly rule?: Pick<Rule, 'direction' | 'traffic' | 'peer'>
  readonly aclEntry?: NetworkAclEntry
  readonly route?: PlacedRoute
  readonly inbound?: PacketHeader
  readonly outbound?: PacketHeader
}

/** AWS's names for what can be in the way, of those that can be said here (data-plane 5.2). */
export type ExplanationCode =
  | 'BAD_STATE'
  | 'BAD_STATE_ROUTE'
  | 'CANNOT_ROUTE'
  | 'COMPONENT_FILTER_RESTRICTION'
  | 'DISCONNECTED_VPCS'
  | 'ENI_ADDRESS_RESTRICTION'
  | 'ENI_SG_RULES_MISMATCH'
  | 'ENI_SOURCE_DEST_CHECK_RESTRICTION'
  | 'FILTER_AT_DESTINATION_DESTINATION_ADDRESS'
  | 'FILTER_AT_DESTINATION_DESTINATION_PORT_RANGE'
  | 'FILTER_AT_DESTINATION_SOURCE_ADDRESS'
  | 'FILTER_AT_DESTINATION_SOURCE_PORT_RANGE'
  | 'IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS'
  | 'IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS'
  | 'IGW_EXPECTS_PUBLIC_ADDRESS'
  | 'IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS'
  | 'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS'
  | 'IGW_SOURCE_ADDRESS_NOT_IN_RFC1918_INGRESS'
  | 'IGW_SOURCE_ADDRESS_NOT_IN_RFC6598_INGRESS'
  | 'NO_PATH'
  | 'NO_POSSIBLE_DESTINATION'
  | 'NO_ROUTE_TO_DESTINATION'
  | 'NO_SOURCE_OR_DESTINATION'
  | 'PCX_REQUIRES_ADDRESS_IN_VPC_CIDR'
  | 'SG_HAS_NO_RULES'
  | 'SUBNET_ACL_RESTRICTION'
  | 'UNASSOCIATED_COMPONENT'

/** One thing that keeps packets from their destination, with what has a part in it. */
export interface PathExplanation {
  readonly code: ExplanationCode
  readonly direction?: Direction
  readonly component?: Component
  readonly networkInterface?: Component
  readonly securityGroups?: readonly Component[]
  readonly acl?: Component
  readonly aclEntry?: NetworkAclEntry
  readonly subnet?: Component
  readonly vpc?: Component
  readonly sourceVpc?: Component
  readonly destinationVpc?: Component
  readonly routeTable?: Component
  readonly route?: PlacedRoute
  readonly internetGateway?: Component
  readonly peering?: { readonly id: PeeringId }
  readonly missingComponent?: string
  readonly address?: string
  readonly state?: string
  readonly portRanges?: readonly PortSpan[]
}
