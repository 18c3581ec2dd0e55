/** A route table as responses show it (spec 8.6). */

import { routesOf } from '../../model/route-lookup.ts'
import type {
  PlacedRoute,
  RouteDestination,
  RouteTable,
  RouteTableAssociation,
  RouteTarget,
} from '../../model/routing.ts'
import type { World } from '../../model/world.ts'
import type {
  Route as WireRoute,
  RouteTable as WireRouteTable,
  RouteTableAssociation as WireRouteTableAssociation,
} from '../protocol/types.generated.ts'
import { viewTagsOf } from './tags.ts'

export function viewRouteTable(world: World, table: RouteTable): WireRouteTable {
  return {
    RouteTableId: table.id,
    VpcId: table.vpc,
    OwnerId: world.scope.account,
    Associations: table.associations.map((association) => viewAssociation(table, association)),
    Routes: viewRoutes(world, table),
    PropagatingVgws: [],
    Tags: viewTagsOf(world, table.id),
  }
}

function viewAssociation(table: RouteTable, association: RouteTableAssociation): WireRouteTableAssociation {
  return {
    RouteTableAssociationId: association.id,
    RouteTableId: table.id,
    Main: association.kind === 'main',
    ...(association.kind === 'subnet' && { SubnetId: association.subnet }),
    AssociationState: { State: 'associated' },
  }
}

export function viewRoutes(world: World, table: RouteTable): WireRoute[] {
  return routesOf(world, table).map((route) => viewRoute(world, route))
}

export function viewRoute(world: World, { destination, target, isLocal, state }: PlacedRoute): WireRoute {
  return {
    ...viewDestination(destination),
    ...viewTarget(world, target),
    Origin: isLocal ? 'CreateRouteTable' : 'CreateRoute',
    State: state,
  }
}

function viewDestination(destination: RouteDestination): WireRoute {
  switch (destination.kind) {
    case 'ipv4':
      return { DestinationCidrBlock: destination.cidr }
    case 'ipv6':
      return { DestinationIpv6CidrBlock: destination.cidr }
    case 'prefix-list':
      return { DestinationPrefixListId: destination.list }
    default:
      return destination satisfies never
  }
}

function viewTarget(world: World, target: RouteTarget): WireRoute {
  switch (target.kind) {
    case 'local':
      return { GatewayId: 'local' }
    case 'internet-gateway':
      return { GatewayId: target.id }
    case 'network-interface': {
      const instance = world.networkInterface.get(target.id)?.attachment?.instance
      const attached = instance && { InstanceId: instance, InstanceOwnerId: world.scope.account }
      return { ...attached, NetworkInterfaceId: target.id }
    }
    case 'peering':
      return { VpcPeeringConnectionId: target.id }
    case 'other':
      return { [foreignMembers.find(({ starts }) => target.id.startsWith(starts))?.member ?? 'GatewayId']: target.id }
    default:
      return target satisfies never
  }
}

/** Virtual private gateways and VPC endpoints show as gateways. */
const foreignMembers = [
  { starts: 'nat-', member: 'NatGatewayId' },
  { starts: 'eigw-', member: 'EgressOnlyInternetGatewayId' },
  { starts: 'tgw-', member: 'TransitGatewayId' },
  { starts: 'lgw-', member: 'LocalGatewayId' },
  { starts: 'cagw-', member: 'CarrierGatewayId' },
  { starts: 'arn:aws:networkmanager:', member: 'CoreNetworkArn' },
  { starts: 'arn:aws:odb:', member: 'OdbNetworkArn' },
] as const satisfies { starts: string; member: keyof WireRoute }[]
