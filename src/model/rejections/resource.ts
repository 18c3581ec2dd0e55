/**
 * Ids that are no ids, and ids of nothing. AWS spells the codes differently by resource (spec 1.3,
 * last rows), so they are listed and not computed.
 */

import { wording } from './wording.ts'

type Id = { id: string }

function malformed(code: string, prefix: string) {
  return wording(code, (p: Id) => `Invalid id: "${p.id}" (expecting "${prefix}-...")`)
}

function notFound(code: string, thing: string) {
  return wording(code, (p: Id) => `The ${thing} ID '${p.id}' does not exist`)
}

export const resourceRejections = {
  GroupIdMalformed: malformed('InvalidGroupId.Malformed', 'sg'),
  GroupNotFound: wording('InvalidGroup.NotFound', (p: Id) => `The security group '${p.id}' does not exist`),
  RuleIdMalformed: wording(
    'InvalidSecurityGroupRuleId.Malformed',
    (p: Id) => `The security group rule ID '${p.id}' is malformed`,
  ),
  RuleNotFound: notFound('InvalidSecurityGroupRuleId.NotFound', 'security group rule'),
  VpcIdMalformed: malformed('InvalidVpcId.Malformed', 'vpc'),
  VpcNotFound: notFound('InvalidVpcID.NotFound', 'vpc'),
  SubnetIdMalformed: malformed('InvalidSubnetId.Malformed', 'subnet'),
  SubnetNotFound: notFound('InvalidSubnetID.NotFound', 'subnet'),
  RouteTableIdMalformed: malformed('InvalidRouteTableId.Malformed', 'rtb'),
  RouteTableNotFound: notFound('InvalidRouteTableID.NotFound', 'routeTable'),
  InternetGatewayIdMalformed: malformed('InvalidInternetGatewayId.Malformed', 'igw'),
  InternetGatewayNotFound: notFound('InvalidInternetGatewayID.NotFound', 'internetGateway'),
  NetworkAclIdMalformed: malformed('InvalidNetworkAclId.Malformed', 'acl'),
  NetworkAclNotFound: notFound('InvalidNetworkAclID.NotFound', 'networkAcl'),
  NetworkInterfaceIdMalformed: malformed('InvalidNetworkInterfaceId.Malformed', 'eni'),
  NetworkInterfaceNotFound: notFound('InvalidNetworkInterfaceID.NotFound', 'networkInterface'),
  InstanceIdMalformed: wording('InvalidInstanceID.Malformed', (p: Id) => `Invalid id: "${p.id}"`),
  InstanceNotFound: notFound('InvalidInstanceID.NotFound', 'instance'),
  InstancesNotFound: wording(
    'InvalidInstanceID.NotFound',
    (p: { ids: string }) => `The instance IDs '${p.ids}' do not exist`,
  ),
  AllocationIdMalformed: malformed('InvalidAllocationID.Malformed', 'eipalloc'),
  AllocationNotFound: notFound('InvalidAllocationID.NotFound', 'allocation'),
  PeeringIdMalformed: malformed('InvalidVpcPeeringConnectionId.Malformed', 'pcx'),
  PeeringNotFound: notFound('InvalidVpcPeeringConnectionID.NotFound', 'vpcPeeringConnection'),
  PrefixListIdMalformed: malformed('InvalidPrefixListId.Malformed', 'pl'),
  PrefixListNotFound: notFound('InvalidPrefixListID.NotFound', 'prefix list'),
  FlowLogIdMalformed: malformed('InvalidFlowLogId.Malformed', 'fl'),
  FlowLogNotFound: notFound('InvalidFlowLogId.NotFound', 'flow log'),
  NetworkInsightsPathIdMalformed: malformed('InvalidNetworkInsightsPathId.Malformed', 'nip'),
  NetworkInsightsPathNotFound: notFound('InvalidNetworkInsightsPathId.NotFound', 'network insights path'),
  NetworkInsightsAnalysisIdMalformed: malformed('InvalidNetworkInsightsAnalysisId.Malformed', 'nia'),
  NetworkInsightsAnalysisNotFound: notFound('InvalidNetworkInsightsAnalysisId.NotFound', 'network insights analysis'),
  AccessScopeIdMalformed: malformed('InvalidNetworkInsightsAccessScopeId.Malformed', 'nis'),
  AccessScopeNotFound: notFound('InvalidNetworkInsightsAccessScopeId.NotFound', 'network insights access scope'),
  AccessScopeAnalysisIdMalformed: malformed('InvalidNetworkInsightsAccessScopeAnalysisId.Malformed', 'nisa'),
  AccessScopeAnalysisNotFound: notFound(
    'InvalidNetworkInsightsAccessScopeAnalysisId.NotFound',
    'network insights access scope analysis',
  ),
  AssociationNotFound: notFound('InvalidAssociationID.NotFound', 'association'),
  AttachmentNotFound: notFound('InvalidAttachmentID.NotFound', 'attachment'),
  DependencyViolation: wording(
    'DependencyViolation',
    (p: { thing: string; id: string }) => `The ${p.thing} '${p.id}' has dependencies and cannot be deleted.`,
  ),
} as const
