/** Route tables and internet gateways. A table that a VPC's unassociated subnets use is its main one. */

import type {
  InternetGatewayId,
  NetworkInterfaceId,
  PeeringId,
  PrefixListId,
  RouteTableAssociationId,
  RouteTableId,
  SubnetId,
  VpcId,
} from './ids.ts'

export type RouteDestination =
  | { readonly kind: 'ipv4'; readonly cidr: string }
  | { readonly kind: 'ipv6'; readonly cidr: string }
  | { readonly kind: 'prefix-list'; readonly list: PrefixListId }

export type RouteTarget =
  /** Not stored: where a local route leads unless a request gave it another target. */
  | { readonly kind: 'local' }
  | { readonly kind: 'internet-gateway'; readonly id: InternetGatewayId }
  | { readonly kind: 'network-interface'; readonly id: NetworkInterfaceId }
  | { readonly kind: 'peering'; readonly id: PeeringId }
  /** A gateway this program does not run (NAT, transit, virtual private): the route is a blackhole. */
  | { readonly kind: 'other'; readonly id: string }

export interface Route {
  readonly destination: RouteDestination
  readonly target: RouteTarget
}

/** A route of a table at a moment. */
export interface PlacedRoute extends Route {
  readonly isLocal: boolean
  readonly state: 'active' | 'blackhole'
}

export type RouteTableAssociation =
  | { readonly id: RouteTableAssociationId; readonly kind: 'main' }
  | { readonly id: RouteTableAssociationId; readonly kind: 'subnet'; readonly subnet: SubnetId }

export interface RouteTable {
  readonly id: RouteTableId
  readonly vpc: VpcId
  readonly associations: readonly RouteTableAssociation[]
  /** Routes made by a request. Local routes follow from the VPC's blocks and are not stored. */
  readonly routes: readonly Route[]
}

export function isMainTable(table: RouteTable): boolean {
  return table.associations.some((association) => association.kind === 'main')
}

export interface InternetGateway {
  readonly id: InternetGatewayId
  readonly attachedTo?: VpcId
}
