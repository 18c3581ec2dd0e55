/** Refusals of this family (spec 8.6). */

import { plain, wording } from './wording.ts'

type Id = { id: string }

const oneTarget =
  'The request must contain exactly one of gatewayId, natGatewayId, networkInterfaceId, vpcPeeringConnectionId, egressOnlyInternetGatewayId, transitGatewayId, localGatewayId or instanceId'

export const routingRejections = {
  RouteTableLimitExceeded: plain('RouteTableLimitExceeded', 'The maximum number of route tables has been reached.'),
  RouteLimitExceeded: plain('RouteLimitExceeded', 'The maximum number of routes has been reached.'),
  RouteExists: wording(
    'RouteAlreadyExists',
    (p: { destination: string }) => `The route identified by ${p.destination} already exists.`,
  ),
  RouteNotFound: wording(
    'InvalidRoute.NotFound',
    (p: { parameter: string; destination: string; table: string }) =>
      `no route with ${p.parameter} ${p.destination} in route table ${p.table}`,
  ),
  RouteToReplaceMissing: wording(
    'InvalidParameterValue',
    (p: { destination: string }) =>
      `There is no route defined for '${p.destination}' in the route table. Use CreateRoute instead.`,
  ),
  LocalRouteRemoval: wording(
    'InvalidParameterValue',
    (p: { destination: string; table: string }) =>
      `cannot remove local route ${p.destination} in route table ${p.table}`,
  ),
  LocalTargetElsewhere: wording(
    'InvalidParameterValue',
    (p: { destination: string }) => `The route for '${p.destination}' is not a local route of the route table.`,
  ),
  RouteTargetMissing: plain('MissingParameter', oneTarget),
  RouteTargetsSeveral: plain('InvalidParameterCombination', oneTarget),
  RouteTargetUnfit: wording(
    'InvalidParameterValue',
    (p: { destination: string }) =>
      `The destination CIDR block ${p.destination} is equal to or more specific than one of this VPC's CIDR blocks. This route can target only an interface or an instance.`,
  ),
  RouteDestinationUnfit: plain('InvalidParameterValue', "Route destination doesn't match any subnet CIDR blocks."),
  RouteGatewayNotFound: wording('InvalidGatewayID.NotFound', (p: Id) => `The gateway ID '${p.id}' does not exist`),
  RouteTableOfOtherNetwork: wording(
    'InvalidParameterValue',
    (p: { table: string; thing: string; id: string }) =>
      `route table ${p.table} and ${p.thing} ${p.id} belong to different networks`,
  ),
  RouteTableAssociated: wording(
    'Resource.AlreadyAssociated',
    (p: { table: string }) =>
      `the specified association for route table ${p.table} conflicts with an existing association`,
  ),
  RouteTableAssociationUnsupported: plain(
    'UnsupportedOperation',
    'The functionality you requested is not available in this Region.',
  ),
  MainTableDisassociation: wording(
    'InvalidParameterValue',
    (p: Id) => `cannot disassociate the main route table association ${p.id}`,
  ),
  InternetGatewayLimitExceeded: plain(
    'InternetGatewayLimitExceeded',
    'The maximum number of internet gateways has been reached.',
  ),
  InternetGatewayAttached: wording(
    'Resource.AlreadyAssociated',
    (p: { id: string; vpc: string }) => `resource ${p.id} is already attached to network ${p.vpc}`,
  ),
  VpcHasInternetGateway: wording(
    'InvalidParameterValue',
    (p: { vpc: string }) => `Network ${p.vpc} already has an internet gateway attached`,
  ),
  InternetGatewayNotAttached: wording(
    'Gateway.NotAttached',
    (p: { id: string; vpc: string }) => `resource ${p.id} is not attached to network ${p.vpc}`,
  ),
  VpcHasPublicAddresses: wording(
    'DependencyViolation',
    (p: { vpc: string }) =>
      `Network ${p.vpc} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
  ),
} as const
