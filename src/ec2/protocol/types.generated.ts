/** EC2's requests and results, under the SDK's member names. Generated from AWS's EC2 model by `npm run model`; not for editing. */

import type { Instant } from '../../base/clock.ts'

/** An action that takes or answers nothing. */
export type Empty = Readonly<Record<string, never>>

export interface AcceptVpcPeeringConnectionRequest {
  readonly VpcPeeringConnectionId: string
  readonly DryRun?: boolean | undefined
}

export interface AcceptVpcPeeringConnectionResult {
  readonly VpcPeeringConnection?: VpcPeeringConnection | undefined
}

export interface AccessScopeAnalysisFinding {
  readonly NetworkInsightsAccessScopeAnalysisId?: string | undefined
  readonly NetworkInsightsAccessScopeId?: string | undefined
  readonly FindingId?: string | undefined
  readonly FindingComponents?: readonly PathComponent[] | undefined
}

export interface AccessScopePath {
  readonly Source?: PathStatement | undefined
  readonly Destination?: PathStatement | undefined
  readonly ThroughResources?: readonly ThroughResourcesStatement[] | undefined
}

export interface AccessScopePathRequest {
  readonly Source?: PathStatementRequest | undefined
  readonly Destination?: PathStatementRequest | undefined
  readonly ThroughResources?: readonly ThroughResourcesStatementRequest[] | undefined
}

export interface AccountAttribute {
  readonly AttributeName?: string | undefined
  readonly AttributeValues?: readonly AccountAttributeValue[] | undefined
}

export interface AccountAttributeValue {
  readonly AttributeValue?: string | undefined
}

export interface AddPrefixListEntry {
  readonly Cidr: string
  readonly Description?: string | undefined
}

export interface AdditionalDetail {
  readonly AdditionalDetailType?: string | undefined
  readonly Component?: AnalysisComponent | undefined
  readonly VpcEndpointService?: AnalysisComponent | undefined
  readonly RuleOptions?: readonly RuleOption[] | undefined
  readonly RuleGroupTypePairs?: readonly RuleGroupTypePair[] | undefined
  readonly RuleGroupRuleOptionsPairs?: readonly RuleGroupRuleOptionsPair[] | undefined
  readonly ServiceName?: string | undefined
  readonly LoadBalancers?: readonly AnalysisComponent[] | undefined
}

export interface Address {
  readonly AllocationId?: string | undefined
  readonly AssociationId?: string | undefined
  readonly Domain?: string | undefined
  readonly NetworkInterfaceId?: string | undefined
  readonly NetworkInterfaceOwnerId?: string | undefined
  readonly PrivateIpAddress?: string | undefined
  readonly Tags?: readonly Tag[] | undefined
  readonly PublicIpv4Pool?: string | undefined
  readonly NetworkBorderGroup?: string | undefined
  readonly CustomerOwnedIp?: string | undefined
  readonly CustomerOwnedIpv4Pool?: string | undefined
  readonly CarrierIp?: string | undefined
  readonly SubnetId?: string | undefined
  readonly ServiceManaged?: string | undefined
  readonly InstanceId?: string | undefined
  readonly PublicIp?: string | undefined
}

export interface AddressAttribute {
  readonly PublicIp?: string | undefined
  readonly AllocationId?: string | undefined
  readonly PtrRecord?: string | undefined
  readonly PtrRecordUpdate?: PtrUpdateStatus | undefined
}

export interface AllocateAddressRequest {
  readonly Domain?: string | undefined
  readonly Address?: string | undefined
  readonly PublicIpv4Pool?: string | undefined
  readonly NetworkBorderGroup?: string | undefined
  readonly CustomerOwnedIpv4Pool?: string | undefined
  readonly TagSpecifications?: readonly TagSpecification[] | undefined
  readonly IpamPoolId?: string | undefined
  readonly DryRun?: boolean | undefined
}

export interface AllocateAddressResult {
  readonly AllocationId?: string | undefined
  readonly PublicIpv4Pool?: string | undefined
  readonly NetworkBorderGroup?: string | undefined
  readonly Domain?: string | undefined
  readonly CustomerOwnedIp?: string | undefined
  readonly CustomerOwnedIpv4Pool?: string | undefined
  readonly CarrierIp?: string | undefined
  readonly PublicIp?: string | undefined
}

export interface AlternatePathHint {
  readonly ComponentId?: string | undefined
  readonly ComponentArn?: string | undefined
}

export interface AnalysisAclRule {
  readonly Cidr?: string | undefined
  readonly Egress?: boolean | undefined
  readonly PortRange?: PortRange | undefined
  readonly Protocol?: string | undefined
  readonly RuleAction?: string | undefined
  readonly RuleNumber?: number | undefined
}

export interface AnalysisComponent {
  readonly Id?: string | undefined
  readonly Arn?: string | undefined
  readonly Name?: string | undefined
}

export interface AnalysisLoadBalancerListener {
  readonly LoadBalancerPort?: number | undefined
  readonly InstancePort?: number | undefined
}

export interface AnalysisLoadBalancerTarget {
  readonly Address?: string | undefined
  readonly AvailabilityZone?: string | undefined
  readonly AvailabilityZoneId?: string | undefined
  readonly Instance?: AnalysisComponent | undefined
  readonly Port?: number | undefined
}

export interface AnalysisPacketHeader {
  readonly DestinationAddresses?: readonly string[] | undefined
  readonly DestinationPortRanges?: readonly PortRange[] | undefined
  readonly Protocol?: string | undefined
  readonly SourceAddresses?: readonly string[] | undefined
  readonly SourcePortRanges?: readonly PortRange[] | undefined
}

export interface AnalysisRouteTableRoute {
  readonly DestinationCidr?: string | undefined
  readonly DestinationPrefixListId?: string | undefined
  readonly EgressOnlyInternetGatewayId?: string | undefined
  readonly GatewayId?: string | undefined
  readonly InstanceId?: string | undefined
  readonly NatGatewayId?: string | undefined
  readonly NetworkInterfaceId?: string | undefined
  readonly Origin?: string | undefined
  readonly TransitGatewayId?: string | undefined
  readonly VpcPeeringConnectionId?: string | undefined
  readonly State?: string | undefined
  readonly CarrierGatewayId?: string | undefined
  readonly CoreNetworkArn?: string | undefined
  readonly LocalGatewayId?: string | undefined
}

export interface AnalysisSecurityGroupRule {
  readonly Cidr?: string | undefined
  readonly Direction?: string | undefined
  readonly SecurityGroupId?: string | undefined
  readonly PortRange?: PortRange | undefined
  readonly PrefixListId?: string | undefined
  readonly Protocol?: string | undefined
}

export interface AnalysisTransitGatewayPolicyTableEntry {
  readonly RuleNumber?: number | undefined
  readonly Protocol?: string | undefined
  readonly SourceCidr?: string | undefined
  readonly DestinationCidr?: string | undefined
  readonly SourcePortRange?: PortRange | undefined
  readonly DestinationPortRange?: PortRange | undefined
  readonly TargetRouteTableId?: string | undefined
}

export interface ApplicationStatusSummary {
  readonly Status?: string | undefined
  readonly ImpairedSince?: Instant | undefined
}

export interface AssignIpv6AddressesRequest {
  readonly NetworkInterfaceId: string
  readonly Ipv6PrefixCount?: number | undefined
  readonly Ipv6Prefixes?: readonly string[] | undefined
  readonly Ipv6Addresses?: readonly string[] | undefined
  readonly Ipv6AddressCount?: number | undefined
}

export interface AssignIpv6AddressesResult {
  readonly AssignedIpv6Addresses?: readonly string[] | undefined
  readonly AssignedIpv6Prefixes?: readonly string[] | undefined
  readonly NetworkInterfaceId?: string | undefined
}

export interface AssignPrivateIpAddressesRequest {
  readonly NetworkInterfaceId: string
  readonly Ipv4Prefixes?: readonly string[] | undefined
  readonly Ipv4PrefixCount?: number | undefined
  readonly PrivateIpAddresses?: readonly string[] | undefined
  readonly SecondaryPrivateIpAddressCount?: number | undefined
  readonly AllowReassignment?: boolean | undefined
}

export interface AssignPrivateIpAddressesResult {
  readonly NetworkInterfaceId?: string | undefined
  readonly AssignedPrivateIpAddresses?: readonly AssignedPrivateIpAddress[] | undefined
  readonly AssignedIpv4Prefixes?: readonly Ipv4PrefixSpecification[] | undefined
}

export interface AssignedPrivateIpAddress {
  readonly PrivateIpAddress?: string | undefined
}

export interface AssociateAddressRequest {
  readonly AllocationId?: string | undefined
  readonly InstanceId?: string | undefined
  readonly PublicIp?: string | undefined
  readonly DryRun?: boolean | undefined
  readonly NetworkInterfaceId?: string | undefined
  readonly PrivateIpAddress?: string | undefined
  readonly AllowReassociation?: boolean | undefined
}

export interface AssociateAddressResult {
  readonly AssociationId?: string | undefined
}

export interface AssociateRouteTableRequest {
  readonly RouteTableId: string
  readonly GatewayId?: string | undefined
  readonly PublicIpv4Pool?: string | undefined
  readonly DryRun?: boolean | undefined
  readonly SubnetId?: string | undefined
}

export interface AssociateRouteTableResult {
  readonly AssociationId?: string | undefined
  readonly AssociationState?: RouteTableAssociationState | undefined
}

export interface AssociateSecurityGroupVpcRequest {
  readonly GroupId: string
  readonly VpcId: string
  readonly DryRun?: boolean | undefined
}

export interface AssociateSecurityGroupVpcResult {
  readonly State?: string | undefined
}

export interface AssociateSubnetCidrBlockRequest {
  readonly SubnetId: string
  readonly Ipv6IpamPoolId?: string | undefined
  readonly Ipv6NetmaskLength?: number | undefined
  readonly Ipv6CidrBlock?: string | undefined
}

export interface AssociateSubnetCidrBlockResult {
  readonly Ipv6CidrBlockAssociation?: SubnetIpv6CidrBlockAssociation | undefined
  readonly SubnetId?: string | undefined
}

export interface AssociateVpcCidrBlockRequest {
  readonly VpcId: string
  readonly CidrBlock?: string | undefined
  readonly Ipv6CidrBlockNetworkBorderGroup?: string | undefined
  readonly Ipv6Pool?: string | undefined
  readonly Ipv6CidrBlock?: string | undefined
  readonly Ipv4IpamPoolId?: string | undefined
  readonly Ipv4NetmaskLength?: number | undefined
  readonly Ipv6IpamPoolId?: string | undefined
  readonly Ipv6NetmaskLength?: number | undefined
  readonly AmazonProvidedIpv6CidrBlock?: boolean | undefined
}

export interface AssociateVpcCidrBlockResult {
  readonly Ipv6CidrBlockAssociation?: VpcIpv6CidrBlockAssociation | undefined
  readonly CidrBlockAssociation?: VpcCidrBlockAssociation | undefined
  readonly VpcId?: string | undefined
}

export interface AttachInternetGatewayRequest {
  readonly InternetGatewayId: string
  readonly VpcId: string
  readonly DryRun?: boolean | undefined
}

export interface AttachNetworkInterfaceRequest {
  readonly NetworkInterfaceId: string
  readonly InstanceId: string
  readonly DeviceIndex: number
  readonly NetworkCardIndex?: number | undefined
  readonly EnaSrdSpecification?: EnaSrdSpecification | undefined
  readonly EnaQueueCount?: number | undefined
  readonly DryRun?: boolean | undefined
}

export interface AttachNetworkInterfaceResult {
  readonly AttachmentId?: string | undefined
  readonly NetworkCardIndex?: number | undefined
}

export interface AttachmentEnaSrdSpecification {
  readonly EnaSrdEnabled?: boolean | undefined
  readonly EnaSrdUdpSpecification?: AttachmentEnaSrdUdpSpecification | undefined
}

export interface AttachmentEnaSrdUdpSpecification {
  readonly EnaSrdUdpEnabled?: boolean | undefined
}

export interface AttributeBooleanValue {
  readonly Value?: boolean | undefined
}

export interface AttributeValue {
  readonly Value?: string | undefined
}

export interface AuthorizeSecurityGroupEgressRequest {
  readonly GroupId: string
  readonly TagSpecifications?: readonly TagSpecification[] | undefined
  readonly DryRun?: boolean | undefined
  readonly SourceSecurityGroupName?: string | undefined
  readonly SourceSecurityGroupOwnerId?: string | undefined
  readonly IpProtocol?: string | undefined
  readonly FromPort?: number | undefined
  readonly ToPort?: number | undefined
  readonly CidrIp?: string | undefined
  readonly IpPermissions?: readonly IpPermission[] | undefined
}

export interface AuthorizeSecurityGroupEgressResult {
  readonly Return?: boolean | undefined
  readonly SecurityGroupRules?: readonly SecurityGroupRule[] | undefined
}

export interface AuthorizeSecurityGroupIngressRequest {
  readonly CidrIp?: string | undefined
  readonly FromPort?: number | undefined
  readonly GroupId?: string | undefined
  readonly GroupName?: string | undefined
  readonly IpPermissions?: readonly IpPermission[] | undefined
  readonly IpProtocol?: string | undefined
  readonly SourceSecurityGroupName?: string | undefined
  readonly SourceSecurityGroupOwnerId?: string | undefined
  readonly ToPort?: number | undefined
  readonly TagSpecifications?: readonly TagSpecification[] | undefined
  readonly DryRun?: boolean | undefined
}

export interface AuthorizeSecurityGroupIngressResult {
  readonly Return?: boolean | undefined
  readonly SecurityGroupRules?: readonly SecurityGroupRule[] | undefined
}

export interface AvailabilityZone {
  readonly OptInStatus?: string | undefined
  readonly Messages?: readonly AvailabilityZoneMessage[] | undefined
  readonly RegionName?: string | undefined
  readonly ZoneName?: string | undefined
  readonly ZoneId?: string | undefined
  readonly GroupName?: string | undefined
  readonly NetworkBorderGroup?: string | undefined
  readonly ZoneType?: string | undefined
  readonly ParentZoneName?: string | undefined
  readonly ParentZoneId?: string | undefined
  readonly GroupLongName?: string | undefined
  readonly Geography?: readonly AvailabilityZoneGeography[] | undefined
  readonly SubGeography?: readonly AvailabilityZoneSubGeography[] | undefined
  readonly State?: string | undefined
}

export interface AvailabilityZoneGeography {
  readonly Name?: string | undefined
}

export interface AvailabilityZoneMessage {
  readonly Message?: string | undefined
}

export interface AvailabilityZoneSubGeography {
  readonly Name?: string | undefined
}

export interface BlockDeviceMapping {
  readonly Ebs?: EbsBlockDevice | undefined
  readonly NoDevice?: string | undefined
  readonly DeviceName?: string | undefined
  readonly VirtualName?: string | undefined
}

export interface BlockPublicAccessStates {
  readonly InternetGatewayBlockMode?: string | undefined
}

export interface CapacityReservationSpecification {
  readonly CapacityReservationPreference?: string | undefined
  readonly CapacityReservationTarget?: CapacityReservationTarget | undefined
}

export interface CapacityReservationSpecificationResponse {
  readonly CapacityReservationPreference?: string | undefined
  readonly CapacityReservationTarget?: CapacityReservationTargetResponse | undefined
}

export interface CapacityReservationTarget {
  readonly CapacityReservationId?: string | undefined
  readonly CapacityReservationResourceGroupArn?: string | undefined
}

export interface CapacityReservationTargetResponse {
  readonly CapacityReservationId?: string | undefined
  readonly CapacityReservationResourceGroupArn?: string | undefined
}

export interface CidrBlock {
  readonly CidrBlock?: string | undefined
}

export interface ClassicLinkDnsSupport {
  readonly ClassicLinkDnsSupported?: boolean | undefined
  readonly VpcId?: string | undefined
}

export interface ConnectionTrackingConfiguration {
  readonly TcpEstablishedTimeout?: number | undefined
  readonly UdpStreamTimeout?: number | undefined
  readonly UdpTimeout?: number | undefined
}

export interface ConnectionTrackingSpecificationRequest {
  readonly TcpEstablishedTimeout?: number | undefined
  readonly UdpStreamTimeout?: number | undefined
  readonly UdpTimeout?: number | undefined
}

export interface ConnectionTrackingSpecificationResponse {
  readonly TcpEstablishedTimeout?: number | undefined
  readonly UdpStreamTimeout?: number | undefined
  readonly UdpTimeout?: number | undefined
}

export interface CpuOptions {
  readonly CoreCount?: number | undefined
  readonly ThreadsPerCore?: number | undefined
  readonly AmdSevSnp?: string | undefined
  readonly NestedVirtualization?: string | undefined
}

export interface CpuOptionsRequest {
  readonly CoreCount?: number | undefined
  readonly ThreadsPerCore?: number | undefined
  readonly AmdSevSnp?: string | undefined
  readonly NestedVirtualization?: string | undefined
}

export interface CreateDefaultSubnetRequest {
  readonly AvailabilityZone?: string | undefined
  readonly DryRun?: boolean | undefined
  readonly Ipv6Native?: boolean | undefined
  readonly AvailabilityZoneId?: string | undefined
}

export interface CreateDefaultSubnetResult {
  readonly Subnet?: Subnet | undefined
}

export interface CreateDefaultVpcRequest {
  readonly DryRun?: boolean | undefined
}

export interface CreateDefaultVpcResult {
  readonly Vpc?: Vpc | undefined
}

export interface CreateFlowLogsRequest {
  readonly ResourceIds: readonly string[]
  readonly ResourceType: string
  readonly DryRun?: boolean | undefined
  readonly ClientToken?: string | undefined
  readonly DeliverLogsPermissionArn?: string | undefined
  readonly DeliverCrossAccountRole?: string | undefined
  readonly LogGroupName?: string | undefined
  readonly TrafficType?: string | undefined
  readonly LogDestinationType?: string | undefined
  readonly LogDestination?: string | undefined
  readonly LogFormat?: string | undefined
  readonly TagSpecifications?: readonly TagSpecification[] | undefined
  readonly MaxAggregationInterval?: number | undefined
  readonly DestinationOptions?: DestinationOptionsRequest | undefined
  readonly TagFieldSpecifications?: readonly TagFieldSpecificationRequest[] | undefined
}

export interface CreateFlowLogsResult {
  readonly ClientToken?: string | undefined
  readonly FlowLogIds?: readonly string[] | undefined
  readonly Unsuccessful?: readonly UnsuccessfulItem[] | undefined
}

export interface CreateInternetGatewayRequest {
  readonly TagSpecifications?: readonly TagSpecification[] | undefined
  readonly DryRun?: boolean | undefined
}

export interface CreateInternetGatewayResult {
  readonly InternetGateway?: InternetGateway | undefined
}

export interface CreateManagedPrefixListRequest {
  readonly PrefixListName: string
  readonly MaxEntries: number
  readonly AddressFamily: string
  readonly DryRun?: boolean | undefined
  readonly Entries?: readonly AddPrefixListEntry[] | undefined
  readonly TagSpecifications?: readonly TagSpecification[] | undefined
  readonly ClientToken?: string | undefined
}

export interface CreateManagedPrefixListResult {
  readonly PrefixList?: ManagedPrefixList | undefined
}

export interface CreateNetworkAclEntryRequest {
  readonly NetworkAclId: string
  readonly RuleNumber: number
  readonly Protocol: string
  readonly RuleAction: string
  readonly Egress: boolean
  readonly DryRun?: boolean | undefined
  readonly CidrBlock?: string | undefined
  readonly Ipv6CidrBlock?: string | undefined
  readonly IcmpTypeCode?: IcmpTypeCode | undefined
  readonly PortRange?: PortRange | undefined
}

export interface CreateNetworkAclRequest {
  readonly VpcId: string
  readonly TagSpecifications?: readonly TagSpecification[] | undefined
  readonly ClientToken?: string | undefined
  readonly DryRun?: boolean | undefined
}

export interface CreateNetworkAclResult {
  readonly NetworkAcl?: NetworkAcl | undefined
  readonly ClientToken?: string | undefined
}

export interface CreateNetworkInsightsAccessScopeRequest {
  readonly MatchPaths?: readonly AccessScopePathRequest[] | undefined
  readonly ExcludePaths?: readonly AccessScopePathRequest[] | undefined
  readonly ClientToken?: string | undefined
  readonly TagSpecifications?: readonly TagSpecification[] | undefined
  readonly DryRun?: boolean | undefined
}

export interface CreateNetworkInsightsAccessScopeResult {
  readonly NetworkInsightsAccessScope?: NetworkInsightsAccessScope | undefined
  readonly NetworkInsightsAccessScopeContent?: NetworkInsightsAccessScopeContent | undefined
}

export interface CreateNetworkInsightsPathRequest {
  readonly Source: string
  readonly Protocol: string
  readonly SourceIp?: string | undefined
  readonly DestinationIp?: string | undefined
  readonly Destination?: string | undefined
  readonly DestinationPort?: number | undefined
  readonly TagSpecifications?: readonly TagSpecification[] | undefined
  readonly DryRun?: boolean | undefined
  readonly ClientToken?: string | undefined
  readonly FilterAtSource?: PathRequestFilter | undefined
  readonly FilterAtDestination?: PathRequestFilter | undefined
}

export interface CreateNetworkInsightsPathResult {
  readonly NetworkInsightsPath?: NetworkInsightsPath | undefined
}

export interface CreateNetworkInterfaceRequest {
  readonly SubnetId: string
  readonly Ipv4Prefixes?: readonly Ipv4PrefixSpecificationRequest[] | undefined
  readonly Ipv4PrefixCount?: number | undefined
  readonly Ipv6Prefixes?: readonly Ipv6PrefixSpecificationRequest[] | undefined
  readonly Ipv6PrefixCount?: number | undefined
  readonly InterfaceType?: string | undefined
  readonly TagSpecifications?: readonly TagSpecification[] | undefined
  readonly ClientToken?: string | undefined
  readonly EnablePrimaryIpv6?: boolean | undefined
  readonly ConnectionTrackingSpecification?: ConnectionTrackingSpecificationRequest | undefined
  readonly Operator?: OperatorRequest | undefined
  readonly Description?: string | undefined
  readonly PrivateIpAddress?: string | undefined
  readonly Groups?: readonly string[] | undefined
  readonly PrivateIpAddresses?: readonly PrivateIpAddressSpecification[] | undefined
  readonly SecondaryPrivateIpAddressCount?: number | undefined
  readonly Ipv6Addresses?: readonly InstanceIpv6Address[] | undefined
  readonly Ipv6AddressCount?: number | undefined
  readonly DryRun?: boolean | undefined
}

export interface CreateNetworkInterfaceResult {
  readonly NetworkInterface?: NetworkInterface | undefined
  readonly ClientToken?: string | undefined
}

export interface CreateRouteRequest {
  readonly RouteTableId: string
  readonly DestinationPrefixListId?: string | undefined
  readonly VpcEndpointId?: string | undefined
  readonly TransitGatewayId?: string | undefined
  readonly LocalGatewayId?: string | undefined
  readonly CarrierGatewayId?: string | undefined
  readonly CoreNetworkArn?: string | undefined
  readonly OdbNetworkArn?: string | undefined
  readonly DryRun?: boolean | undefined
  readonly DestinationCidrBlock?: string | undefined
  readonly GatewayId?: string | undefined
  readonly DestinationIpv6CidrBlock?: string | undefined
  readonly EgressOnlyInternetGatewayId?: string | undefined
  readonly InstanceId?: string | undefined
  readonly NetworkInterfaceId?: string | undefined
  readonly VpcPeeringConnectionId?: string | undefined
  readonly NatGatewayId?: string | undefined
}

export interface CreateRouteResult {
  readonly Return?: boolean | undefined
}

export interface CreateRouteTableRequest {
  readonly VpcId: string
  readonly TagSpecifications?: readonly TagSpecification[] | undefined
  readonly ClientToken?: string | undefined
  readonly DryRun?: boolean | undefined
}

export interface CreateRouteTableResult {
  readonly RouteTable?: RouteTable | undefined
  readonly ClientToken?: string | undefined
}

export interface CreateSecurityGroupRequest {
  readonly Description: string
  readonly GroupName: string
  readonly VpcId?: string | undefined
  readonly TagSpecifications?: readonly TagSpecification[] | undefined
  readonly DryRun?: boolean | undefined
}

export interface CreateSecurityGroupResult {
  readonly GroupId?: string | undefined
  readonly Tags?: readonly Tag[] | undefined
  readonly SecurityGroupArn?: string | undefined
}

export interface CreateSubnetRequest {
  readonly VpcId: string
  readonly TagSpecifications?: readonly TagSpecification[] | undefined
  readonly AvailabilityZone?: string | undefined
  readonly AvailabilityZoneId?: string | undefined
  readonly CidrBlock?: string | undefined
  readonly Ipv6CidrBlock?: string | undefined
  readonly OutpostArn?: string | undefined
  readonly Ipv6Native?: boolean | undefined
  readonly Ipv4IpamPoolId?: string | undefined
  readonly Ipv4NetmaskLength?: number | undefined
  readonly Ipv6IpamPoolId?: string | undefined
  readonly Ipv6NetmaskLength?: number | undefined
  readonly DryRun?: boolean | undefined
}

export interface CreateSubnetResult {
  readonly Subnet?: Subnet | undefined
}

export interface CreateTagsRequest {
  readonly Resources: readonly string[]
  readonly Tags: readonly Tag[]
  readonly DryRun?: boolean | undefined
}

export interface CreateVpcPeeringConnectionRequest {
  readonly VpcId: string
  readonly PeerRegion?: string | undefined
  readonly TagSpecifications?: readonly TagSpecification[] | undefined
  readonly DryRun?: boolean | undefined
  readonly PeerVpcId?: string | undefined
  readonly PeerOwnerId?: string | undefined
}

export interface CreateVpcPeeringConnectionResult {
  readonly VpcPeeringConnection?: VpcPeeringConnection | undefined
}

export interface CreateVpcRequest {
  readonly CidrBlock?: string | undefined
  readonly Ipv6Pool?: string | undefined
  readonly Ipv6CidrBlock?: string | undefined
  readonly Ipv4IpamPoolId?: string | undefined
  readonly Ipv4NetmaskLength?: number | undefined
  readonly Ipv6IpamPoolId?: string | undefined
  readonly Ipv6NetmaskLength?: number | undefined
  readonly Ipv6CidrBlockNetworkBorderGroup?: string | undefined
  readonly VpcEncryptionControl?: VpcEncryptionControlConfiguration | undefined
  readonly TagSpecifications?: readonly TagSpecification[] | undefined
  readonly DryRun?: boolean | undefined
  readonly InstanceTenancy?: string | undefined
  readonly AmazonProvidedIpv6CidrBlock?: boolean | undefined
}

export interface CreateVpcResult {
  readonly Vpc?: Vpc | undefined
}

export interface CreditSpecificationRequest {
  readonly CpuCredits: string
}

export interface DefaultConnectionTrackingConfiguration {
  readonly DefaultTcpEstablishedTimeout?: number | undefined
  readonly DefaultUdpTimeout?: number | undefined
  readonly DefaultUdpStreamTimeout?: number | undefined
}

export interface DeleteFlowLogsRequest {
  readonly FlowLogIds: readonly string[]
  readonly DryRun?: boolean | undefined
}

export interface DeleteFlowLogsResult {
  readonly Unsuccessful?: readonly UnsuccessfulItem[] | undefined
}

export interface DeleteInternetGatewayRequest {
  readonly InternetGatewayId: string
  readonly DryRun?: boolean | undefined
}

export interface DeleteManagedPrefixListRequest {
  readonly PrefixListId: string
  readonly DryRun?: boolean | undefined
}

export interface DeleteManagedPrefixListResult {
  readonly PrefixList?: ManagedPrefixList | undefined
}

export interface DeleteNetworkAclEntryRequest {
  readonly NetworkAclId: string
  readonly RuleNumber: number
  readonly Egress: boolean
  readonly DryRun?: boolean | undefined
}

export interface DeleteNetworkAclRequest {
  readonly NetworkAclId: string
  readonly DryRun?: boolean | undefined
}

export interface DeleteNetworkInsightsAccessScopeAnalysisRequest {
  readonly NetworkInsightsAccessScopeAnalysisId: string
  readonly DryRun?: boolean | undefined
}

export interface DeleteNetworkInsightsAccessScopeAnalysisResult {
  readonly NetworkInsightsAccessScopeAnalysisId?: string | undefined
}

export interface DeleteNetworkInsightsAccessScopeRequest {
  readonly NetworkInsightsAccessScopeId: string
  readonly DryRun?: boolean | undefined
}

export interface DeleteNetworkInsightsAccessScopeResult {
  readonly NetworkInsightsAccessScopeId?: string | undefined
}

export interface DeleteNetworkInsightsAnalysisRequest {
  readonly NetworkInsightsAnalysisId: string
  readonly DryRun?: boolean | undefined
}

export interface DeleteNetworkInsightsAnalysisResult {
  readonly NetworkInsightsAnalysisId?: string | undefined
}

export interface DeleteNetworkInsightsPathRequest {
  readonly NetworkInsightsPathId: string
  readonly DryRun?: boolean | undefined
}

export interface DeleteNetworkInsightsPathResult {
  readonly NetworkInsightsPathId?: string | undefined
}

export interface DeleteNetworkInterfaceRequest {
  readonly NetworkInterfaceId: string
  readonly DryRun?: boolean | undefined
}

export interface DeleteRouteRequest {
  readonly RouteTableId: string
  readonly DestinationPrefixListId?: string | undefined
  readonly DryRun?: boolean | undefined
  readonly DestinationCidrBlock?: string | undefined
  readonly DestinationIpv6CidrBlock?: string | undefined
}

export interface DeleteRouteTableRequest {
  readonly RouteTableId: string
  readonly DryRun?: boolean | undefined
}

export interface DeleteSecurityGroupRequest {
  readonly GroupId?: string | undefined
  readonly GroupName?: string | undefined
  readonly DryRun?: boolean | undefined
}

export interface DeleteSecurityGroupResult {
  readonly Return?: boolean | undefined
  readonly GroupId?: string | undefined
}

export interface DeleteSubnetRequest {
  readonly SubnetId: string
  readonly DryRun?: boolean | undefined
}

export interface DeleteTagsRequest {
  readonly Resources: readonly string[]
  readonly DryRun?: boolean | undefined
  readonly Tags?: readonly Tag[] | undefined
}

export interface DeleteVpcPeeringConnectionRequest {
  readonly VpcPeeringConnectionId: string
  readonly DryRun?: boolean | undefined
}

export interface DeleteVpcPeeringConnectionResult {
  readonly Return?: boolean | undefined
}

export interface DeleteVpcRequest {
  readonly VpcId: string
  readonly DryRun?: boolean | undefined
}

export interface DescribeAccountAttributesRequest {
  readonly DryRun?: boolean | undefined
  readonly AttributeNames?: readonly string[] | undefined
}

export interface DescribeAccountAttributesResult {
  readonly AccountAttributes?: readonly AccountAttribute[] | undefined
}

export interface DescribeAddressesAttributeRequest {
  readonly AllocationIds?: readonly string[] | undefined
  readonly Attribute?: string | undefined
  readonly NextToken?: string | undefined
  readonly MaxResults?: number | undefined
  readonly DryRun?: boolean | undefined
}

export interface DescribeAddressesAttributeResult {
  readonly Addresses?: readonly AddressAttribute[] | undefined
  readonly NextToken?: string | undefined
}

export interface DescribeAddressesRequest {
  readonly PublicIps?: readonly string[] | undefined
  readonly DryRun?: boolean | undefined
  readonly Filters?: readonly Filter[] | undefined
  readonly AllocationIds?: readonly string[] | undefined
}

export interface DescribeAddressesResult {
  readonly Addresses?: readonly Address[] | undefined
}

export interface DescribeAvailabilityZonesRequest {
  readonly ZoneNames?: readonly string[] | undefined
  readonly ZoneIds?: readonly string[] | undefined
  readonly AllAvailabilityZones?: boolean | undefined
  readonly DryRun?: boolean | undefined
  readonly Filters?: readonly Filter[] | undefined
}

export interface DescribeAvailabilityZonesResult {
  readonly AvailabilityZones?: readonly AvailabilityZone[] | undefined
}

export interface DescribeDhcpOptionsRequest {
  readonly DhcpOptionsIds?: readonly string[] | undefined
  readonly NextToken?: string | undefined
  readonly MaxResults?: number | undefined
  readonly DryRun?: boolean | undefined
  readonly Filters?: readonly Filter[] | undefined
}

export interface DescribeDhcpOptionsResult {
  readonly NextToken?: string | undefined
  readonly DhcpOptions?: readonly DhcpOptions[] | undefined
}

export interface DescribeFlowLogsRequest {
  readonly DryRun?: boolean | undefined
  readonly Filter?: readonly Filter[] | undefined
  readonly FlowLogIds?: readonly string[] | undefined
  readonly MaxResults?: number | undefined
  readonly NextToken?: string | undefined
}

export interface DescribeFlowLogsResult {
  readonly FlowLogs?: readonly FlowLog[] | undefined
  readonly NextToken?: string | undefined
}

export interface DescribeImagesRequest {
  readonly ExecutableUsers?: readonly string[] | undefined
  readonly ImageIds?: readonly string[] | undefined
  readonly Owners?: readonly string[] | undefined
  readonly IncludeDeprecated?: boolean | undefined
  readonly IncludeDisabled?: boolean | undefined
  readonly MaxResults?: number | undefined
  readonly NextToken?: string | undefined
  readonly DryRun?: boolean | undefined
  readonly Filters?: readonly Filter[] | undefined
}

export interface DescribeImagesResult {
  readonly NextToken?: string | undefined
  readonly Images?: readonly Image[] | undefined
}

export interface DescribeInstanceAttributeRequest {
  readonly InstanceId: string
  readonly Attribute: string
  readonly DryRun?: boolean | undefined
}

export interface DescribeInstanceCreditSpecificationsRequest {
  readonly DryRun?: boolean | undefined
  readonly Filters?: readonly Filter[] | undefined
  readonly InstanceIds?: readonly string[] | undefined
  readonly MaxResults?: number | undefined
  readonly NextToken?: string | undefined
}

export interface DescribeInstanceCreditSpecificationsResult {
  readonly InstanceCreditSpecifications?: readonly InstanceCreditSpecification[] | undefined
  readonly NextToken?: string | undefined
}

export interface DescribeInstanceStatusRequest {
  readonly InstanceIds?: readonly string[] | undefined
  readonly MaxResults?: number | undefined
  readonly NextToken?: string | undefined
  readonly IncludeManagedResources?: boolean | undefined
  readonly DryRun?: boolean | undefined
  readonly Filters?: readonly Filter[] | undefined
  readonly IncludeAllInstances?: boolean | undefined
}

export interface DescribeInstanceStatusResult {
  readonly InstanceStatuses?: readonly InstanceStatus[] | undefined
  readonly NextToken?: string | undefined
}

export interface DescribeInstanceTypesRequest {
  readonly DryRun?: boolean | undefined
  readonly InstanceTypes?: readonly string[] | undefined
  readonly Filters?: readonly Filter[] | undefined
  readonly MaxResults?: number | undefined
  readonly NextToken?: string | undefined
  readonly IncludeUnsupportedInRegion?: boolean | undefined
}

export interface DescribeInstanceTypesResult {
  readonly InstanceTypes?: readonly InstanceTypeInfo[] | undefined
  readonly NextToken?: string | undefined
}

export interface DescribeInstancesRequest {
  readonly InstanceIds?: readonly string[] | undefined
  readonly IncludeManagedResources?: boolean | undefined
  readonly DryRun?: boolean | undefined
  readonly Filters?: readonly Filter[] | undefined
  readonly NextToken?: string | undefined
  readonly MaxResults?: number | undefined
}

export interface DescribeInstancesResult {
  readonly NextToken?: string | undefined
  readonly Reservations?: readonly Reservation[] | undefined
}

export interface DescribeInternetGatewaysRequest {
  readonly NextToken?: string | undefined
  readonly MaxResults?: number | undefined
  readonly DryRun?: boolean | undefined
  readonly InternetGatewayIds?: readonly string[] | undefined
  readonly Filters?: readonly Filter[] | undefined
}

export interface DescribeInternetGatewaysResult {
  readonly InternetGateways?: readonly InternetGateway[] | undefined
  readonly NextToken?: string | undefined
}

export interface DescribeManagedPrefixListsRequest {
  readonly DryRun?: boolean | undefined
  readonly Filters?: readonly Filter[] | undefined
  readonly MaxResults?: number | undefined
  readonly NextToken?: string | undefined
  readonly PrefixListIds?: readonly string[] | undefined
}

export interface DescribeManagedPrefixListsResult {
  readonly NextToken?: string | undefined
  readonly PrefixLists?: readonly ManagedPrefixList[] | undefined
}

export interface DescribeNetworkAclsRequest {
  readonly NextToken?: string | undefined
  readonly MaxResults?: number | undefined
  readonly DryRun?: boolean | undefined
  readonly NetworkAclIds?: readonly string[] | undefined
  readonly Filters?: readonly Filter[] | undefined
}

export interface DescribeNetworkAclsResult {
  readonly NetworkAcls?: readonly NetworkAcl[] | undefined
  readonly NextToken?: string | undefined
}

export interface DescribeNetworkInsightsAccessScopeAnalysesRequest {
  readonly NetworkInsightsAccessScopeAnalysisIds?: readonly string[] | undefined
  readonly NetworkInsightsAccessScopeId?: string | undefined
  readonly AnalysisStartTimeBegin?: Instant | undefined
  readonly AnalysisStartTimeEnd?: Instant | undefined
  readonly Filters?: readonly Filter[] | undefined
  readonly MaxResults?: number | undefined
  readonly DryRun?: boolean | undefined
  readonly NextToken?: string | undefined
}

export interface DescribeNetworkInsightsAccessScopeAnalysesResult {
  readonly NetworkInsightsAccessScopeAnalyses?: readonly NetworkInsightsAccessScopeAnalysis[] | undefined
  readonly NextToken?: string | undefined
}

export interface DescribeNetworkInsightsAccessScopesRequest {
  readonly NetworkInsightsAccessScopeIds?: readonly string[] | undefined
  readonly Filters?: readonly Filter[] | undefined
  readonly MaxResults?: number | undefined
  readonly DryRun?: boolean | undefined
  readonly NextToken?: string | undefined
}

export interface DescribeNetworkInsightsAccessScopesResult {
  readonly NetworkInsightsAccessScopes?: readonly NetworkInsightsAccessScope[] | undefined
  readonly NextToken?: string | undefined
}

export interface DescribeNetworkInsightsAnalysesRequest {
  readonly NetworkInsightsAnalysisIds?: readonly string[] | undefined
  readonly NetworkInsightsPathId?: string | undefined
  readonly AnalysisStartTime?: Instant | undefined
  readonly AnalysisEndTime?: Instant | undefined
  readonly Filters?: readonly Filter[] | undefined
  readonly MaxResults?: number | undefined
  readonly DryRun?: boolean | undefined
  readonly NextToken?: string | undefined
}

export interface DescribeNetworkInsightsAnalysesResult {
  readonly NetworkInsightsAnalyses?: readonly NetworkInsightsAnalysis[] | undefined
  readonly NextToken?: string | undefined
}

export interface DescribeNetworkInsightsPathsRequest {
  readonly NetworkInsightsPathIds?: readonly string[] | undefined
  readonly Filters?: readonly Filter[] | undefined
  readonly MaxResults?: number | undefined
  readonly DryRun?: boolean | undefined
  readonly NextToken?: string | undefined
}

export interface DescribeNetworkInsightsPathsResult {
  readonly NetworkInsightsPaths?: readonly NetworkInsightsPath[] | undefined
  readonly NextToken?: string | undefined
}

export interface DescribeNetworkInterfaceAttributeRequest {
  readonly NetworkInterfaceId: string
  readonly DryRun?: boolean | undefined
  readonly Attribute?: string | undefined
}

export interface DescribeNetworkInterfaceAttributeResult {
  readonly Attachment?: NetworkInterfaceAttachment | undefined
  readonly Description?: AttributeValue | undefined
  readonly Groups?: readonly GroupIdentifier[] | undefined
  readonly NetworkInterfaceId?: string | undefined
  readonly SourceDestCheck?: AttributeBooleanValue | undefined
  readonly AssociatePublicIpAddress?: boolean | undefined
}

export interface DescribeNetworkInterfacesRequest {
  readonly NextToken?: string | undefined
  readonly MaxResults?: number | undefined
  readonly IncludeManagedResources?: boolean | undefined
  readonly DryRun?: boolean | undefined
  readonly NetworkInterfaceIds?: readonly string[] | undefined
  readonly Filters?: readonly Filter[] | undefined
}

export interface DescribeNetworkInterfacesResult {
  readonly NetworkInterfaces?: readonly NetworkInterface[] | undefined
  readonly NextToken?: string | undefined
}

export interface DescribePrefixListsRequest {
  readonly DryRun?: boolean | undefined
  readonly Filters?: readonly Filter[] | undefined
  readonly MaxResults?: number | undefined
  readonly NextToken?: string | undefined
  readonly PrefixListIds?: readonly string[] | undefined
}

export interface DescribePrefixListsResult {
  readonly NextToken?: string | undefined
  readonly PrefixLists?: readonly PrefixList[] | undefined
}

export interface DescribeRegionsRequest {
  readonly RegionNames?: readonly string[] | undefined
  readonly AllRegions?: boolean | undefined
  readonly DryRun?: boolean | undefined
  readonly Filters?: readonly Filter[] | undefined
}

export interface DescribeRegionsResult {
  readonly Regions?: readonly Region[] | undefined
}

export interface DescribeRouteTablesRequest {
  readonly NextToken?: string | undefined
  readonly MaxResults?: number | undefined
  readonly DryRun?: boolean | undefined
  readonly RouteTableIds?: readonly string[] | undefined
  readonly Filters?: readonly Filter[] | undefined
}

export interface DescribeRouteTablesResult {
  readonly RouteTables?: readonly RouteTable[] | undefined
  readonly NextToken?: string | undefined
}

export interface DescribeSecurityGroupReferencesRequest {
  readonly GroupId: readonly string[]
  readonly DryRun?: boolean | undefined
}

export interface DescribeSecurityGroupReferencesResult {
  readonly SecurityGroupReferenceSet?: readonly SecurityGroupReference[] | undefined
}

export interface DescribeSecurityGroupRulesRequest {
  readonly Filters?: readonly Filter[] | undefined
  readonly SecurityGroupRuleIds?: readonly string[] | undefined
  readonly DryRun?: boolean | undefined
  readonly NextToken?: string | undefined
  readonly MaxResults?: number | undefined
}

export interface DescribeSecurityGroupRulesResult {
  readonly SecurityGroupRules?: readonly SecurityGroupRule[] | undefined
  readonly NextToken?: string | undefined
}

export interface DescribeSecurityGroupVpcAssociationsRequest {
  readonly Filters?: readonly Filter[] | undefined
  readonly NextToken?: string | undefined
  readonly MaxResults?: number | undefined
  readonly DryRun?: boolean | undefined
}

export interface DescribeSecurityGroupVpcAssociationsResult {
  readonly SecurityGroupVpcAssociations?: readonly SecurityGroupVpcAssociation[] | undefined
  readonly NextToken?: string | undefined
}

export interface DescribeSecurityGroupsRequest {
  readonly GroupIds?: readonly string[] | undefined
  readonly GroupNames?: readonly string[] | undefined
  readonly NextToken?: string | undefined
  readonly MaxResults?: number | undefined
  readonly DryRun?: boolean | undefined
  readonly Filters?: readonly Filter[] | undefined
}

export interface DescribeSecurityGroupsResult {
  readonly NextToken?: string | undefined
  readonly SecurityGroups?: readonly SecurityGroup[] | undefined
}

export interface DescribeStaleSecurityGroupsRequest {
  readonly VpcId: string
  readonly DryRun?: boolean | undefined
  readonly MaxResults?: number | undefined
  readonly NextToken?: string | undefined
}

export interface DescribeStaleSecurityGroupsResult {
  readonly NextToken?: string | undefined
  readonly StaleSecurityGroupSet?: readonly StaleSecurityGroup[] | undefined
}

export interface DescribeSubnetsRequest {
  readonly Filters?: readonly Filter[] | undefined
  readonly SubnetIds?: readonly string[] | undefined
  readonly NextToken?: string | undefined
  readonly MaxResults?: number | undefined
  readonly DryRun?: boolean | undefined
}

export interface DescribeSubnetsResult {
  readonly NextToken?: string | undefined
  readonly Subnets?: readonly Subnet[] | undefined
}

export interface DescribeTagsRequest {
  readonly DryRun?: boolean | undefined
  readonly Filters?: readonly Filter[] | undefined
  readonly MaxResults?: number | undefined
  readonly NextToken?: string | undefined
}

export interface DescribeTagsResult {
  readonly NextToken?: string | undefined
  readonly Tags?: readonly TagDescription[] | undefined
}

export interface DescribeVolumesRequest {
  readonly VolumeIds?: readonly string[] | undefined
  readonly IncludeManagedResources?: boolean | undefined
  readonly DryRun?: boolean | undefined
  readonly Filters?: readonly Filter[] | undefined
  readonly NextToken?: string | undefined
  readonly MaxResults?: number | undefined
}

export interface DescribeVolumesResult {
  readonly NextToken?: string | undefined
  readonly Volumes?: readonly Volume[] | undefined
}

export interface DescribeVpcAttributeRequest {
  readonly Attribute: string
  readonly VpcId: string
  readonly DryRun?: boolean | undefined
}

export interface DescribeVpcAttributeResult {
  readonly EnableDnsHostnames?: AttributeBooleanValue | undefined
  readonly EnableDnsSupport?: AttributeBooleanValue | undefined
  readonly EnableNetworkAddressUsageMetrics?: AttributeBooleanValue | undefined
  readonly VpcId?: string | undefined
}

export interface DescribeVpcClassicLinkDnsSupportRequest {
  readonly VpcIds?: readonly string[] | undefined
  readonly MaxResults?: number | undefined
  readonly NextToken?: string | undefined
}

export interface DescribeVpcClassicLinkDnsSupportResult {
  readonly NextToken?: string | undefined
  readonly Vpcs?: readonly ClassicLinkDnsSupport[] | undefined
}

export interface DescribeVpcClassicLinkRequest {
  readonly DryRun?: boolean | undefined
  readonly VpcIds?: readonly string[] | undefined
  readonly Filters?: readonly Filter[] | undefined
}

export interface DescribeVpcClassicLinkResult {
  readonly Vpcs?: readonly VpcClassicLink[] | undefined
}

export interface DescribeVpcPeeringConnectionsRequest {
  readonly NextToken?: string | undefined
  readonly MaxResults?: number | undefined
  readonly DryRun?: boolean | undefined
  readonly VpcPeeringConnectionIds?: readonly string[] | undefined
  readonly Filters?: readonly Filter[] | undefined
}

export interface DescribeVpcPeeringConnectionsResult {
  readonly VpcPeeringConnections?: readonly VpcPeeringConnection[] | undefined
  readonly NextToken?: string | undefined
}

export interface DescribeVpcsRequest {
  readonly Filters?: readonly Filter[] | undefined
  readonly VpcIds?: readonly string[] | undefined
  readonly NextToken?: string | undefined
  readonly MaxResults?: number | undefined
  readonly DryRun?: boolean | undefined
}

export interface DescribeVpcsResult {
  readonly NextToken?: string | undefined
  readonly Vpcs?: readonly Vpc[] | undefined
}

export interface DestinationOptionsRequest {
  readonly FileFormat?: string | undefined
  readonly HiveCompatiblePartitions?: boolean | undefined
  readonly PerHourPartition?: boolean | undefined
}

export interface DestinationOptionsResponse {
  readonly FileFormat?: string | undefined
  readonly HiveCompatiblePartitions?: boolean | undefined
  readonly PerHourPartition?: boolean | undefined
}

export interface DetachInternetGatewayRequest {
  readonly InternetGatewayId: string
  readonly VpcId: string
  readonly DryRun?: boolean | undefined
}

export interface DetachNetworkInterfaceRequest {
  readonly AttachmentId: string
  readonly DryRun?: boolean | undefined
  readonly Force?: boolean | undefined
}

export interface DhcpConfiguration {
  readonly Key?: string | undefined
  readonly Values?: readonly AttributeValue[] | undefined
}

export interface DhcpOptions {
  readonly OwnerId?: string | undefined
  readonly Tags?: readonly Tag[] | undefined
  readonly DhcpOptionsId?: string | undefined
  readonly DhcpConfigurations?: readonly DhcpConfiguration[] | undefined
}

export interface DisassociateAddressRequest {
  readonly AssociationId?: string | undefined
  readonly PublicIp?: string | undefined
  readonly DryRun?: boolean | undefined
}

export interface DisassociateRouteTableRequest {
  readonly AssociationId: string
  readonly DryRun?: boolean | undefined
}

export interface DisassociateSecurityGroupVpcRequest {
  readonly GroupId: string
  readonly VpcId: string
  readonly DryRun?: boolean | undefined
}

export interface DisassociateSecurityGroupVpcResult {
  readonly State?: string | undefined
}

export interface DisassociateSubnetCidrBlockRequest {
  readonly AssociationId: string
}

export interface DisassociateSubnetCidrBlockResult {
  readonly Ipv6CidrBlockAssociation?: SubnetIpv6CidrBlockAssociation | undefined
  readonly SubnetId?: string | undefined
}

export interface DisassociateVpcCidrBlockRequest {
  readonly AssociationId: string
}

export interface DisassociateVpcCidrBlockResult {
  readonly Ipv6CidrBlockAssociation?: VpcIpv6CidrBlockAssociation | undefined
  readonly CidrBlockAssociation?: VpcCidrBlockAssociation | undefined
  readonly VpcId?: string | undefined
}

export interface DiskInfo {
  readonly SizeInGB?: number | undefined
  readonly Count?: number | undefined
  readonly Type?: string | undefined
}

export interface EbsBlockDevice {
  readonly DeleteOnTermination?: boolean | undefined
  readonly Iops?: number | undefined
  readonly SnapshotId?: string | undefined
  readonly VolumeSize?: number | undefined
  readonly VolumeType?: string | undefined
  readonly KmsKeyId?: string | undefined
  readonly Throughput?: number | undefined
  readonly OutpostArn?: string | undefined
  readonly AvailabilityZone?: string | undefined
  readonly Encrypted?: boolean | undefined
  readonly VolumeInitializationRate?: number | undefined
  readonly AvailabilityZoneId?: string | undefined
  readonly EbsCardIndex?: number | undefined
}

export interface EbsCardInfo {
  readonly EbsCardIndex?: number | undefined
  readonly BaselineBandwidthInMbps?: number | undefined
  readonly BaselineThroughputInMBps?: number | undefined
  readonly BaselineIops?: number | undefined
  readonly MaximumBandwidthInMbps?: number | undefined
  readonly MaximumThroughputInMBps?: number | undefined
  readonly MaximumIops?: number | undefined
}

export interface EbsInfo {
  readonly EbsOptimizedSupport?: string | undefined
  readonly EncryptionSupport?: string | undefined
  readonly EbsOptimizedInfo?: EbsOptimizedInfo | undefined
  readonly NvmeSupport?: string | undefined
  readonly MaximumEbsAttachments?: number | undefined
  readonly AttachmentLimitType?: string | undefined
  readonly MaximumEbsCards?: number | undefined
  readonly EbsCards?: readonly EbsCardInfo[] | undefined
}

export interface EbsInstanceBlockDevice {
  readonly AttachTime?: Instant | undefined
  readonly DeleteOnTermination?: boolean | undefined
  readonly Status?: string | undefined
  readonly VolumeId?: string | undefined
  readonly AssociatedResource?: string | undefined
  readonly VolumeOwnerId?: string | undefined
  readonly Operator?: OperatorResponse | undefined
  readonly EbsCardIndex?: number | undefined
}

export interface EbsInstanceBlockDeviceSpecification {
  readonly VolumeId?: string | undefined
  readonly DeleteOnTermination?: boolean | undefined
}

export interface EbsOptimizedInfo {
  readonly BaselineBandwidthInMbps?: number | undefined
  readonly BaselineThroughputInMBps?: number | undefined
  readonly BaselineIops?: number | undefined
  readonly MaximumBandwidthInMbps?: number | undefined
  readonly MaximumThroughputInMBps?: number | undefined
  readonly MaximumIops?: number | undefined
}

export interface EbsStatusDetails {
  readonly ImpairedSince?: Instant | undefined
  readonly Name?: string | undefined
  readonly Status?: string | undefined
}

export interface EbsStatusSummary {
  readonly Details?: readonly EbsStatusDetails[] | undefined
  readonly Status?: string | undefined
}

export interface EfaInfo {
  readonly MaximumEfaInterfaces?: number | undefined
}

export interface ElasticGpuAssociation {
  readonly ElasticGpuId?: string | undefined
  readonly ElasticGpuAssociationId?: string | undefined
  readonly ElasticGpuAssociationState?: string | undefined
  readonly ElasticGpuAssociationTime?: string | undefined
}

export interface ElasticGpuSpecification {
  readonly Type: string
}

export interface ElasticInferenceAccelerator {
  readonly Type: string
  readonly Count?: number | undefined
}

export interface ElasticInferenceAcceleratorAssociation {
  readonly ElasticInferenceAcceleratorArn?: string | undefined
  readonly ElasticInferenceAcceleratorAssociationId?: string | undefined
  readonly ElasticInferenceAcceleratorAssociationState?: string | undefined
  readonly ElasticInferenceAcceleratorAssociationTime?: Instant | undefined
}

export interface EnaSrdSpecification {
  readonly EnaSrdEnabled?: boolean | undefined
  readonly EnaSrdUdpSpecification?: EnaSrdUdpSpecification | undefined
}

export interface EnaSrdSpecificationRequest {
  readonly EnaSrdEnabled?: boolean | undefined
  readonly EnaSrdUdpSpecification?: EnaSrdUdpSpecificationRequest | undefined
}

export interface EnaSrdUdpSpecification {
  readonly EnaSrdUdpEnabled?: boolean | undefined
}

export interface EnaSrdUdpSpecificationRequest {
  readonly EnaSrdUdpEnabled?: boolean | undefined
}

export interface EnclaveOptions {
  readonly Enabled?: boolean | undefined
}

export interface EnclaveOptionsRequest {
  readonly Enabled?: boolean | undefined
}

export interface Explanation {
  readonly Acl?: AnalysisComponent | undefined
  readonly AclRule?: AnalysisAclRule | undefined
  readonly Address?: string | undefined
  readonly Addresses?: readonly string[] | undefined
  readonly AttachedTo?: AnalysisComponent | undefined
  readonly AvailabilityZones?: readonly string[] | undefined
  readonly AvailabilityZoneIds?: readonly string[] | undefined
  readonly Cidrs?: readonly string[] | undefined
  readonly Component?: AnalysisComponent | undefined
  readonly CustomerGateway?: AnalysisComponent | undefined
  readonly Destination?: AnalysisComponent | undefined
  readonly DestinationVpc?: AnalysisComponent | undefined
  readonly Direction?: string | undefined
  readonly ExplanationCode?: string | undefined
  readonly IngressRouteTable?: AnalysisComponent | undefined
  readonly InternetGateway?: AnalysisComponent | undefined
  readonly LoadBalancerArn?: string | undefined
  readonly ClassicLoadBalancerListener?: AnalysisLoadBalancerListener | undefined
  readonly LoadBalancerListenerPort?: number | undefined
  readonly LoadBalancerTarget?: AnalysisLoadBalancerTarget | undefined
  readonly LoadBalancerTargetGroup?: AnalysisComponent | undefined
  readonly LoadBalancerTargetGroups?: readonly AnalysisComponent[] | undefined
  readonly LoadBalancerTargetPort?: number | undefined
  readonly ElasticLoadBalancerListener?: AnalysisComponent | undefined
  readonly MissingComponent?: string | undefined
  readonly NatGateway?: AnalysisComponent | undefined
  readonly NetworkInterface?: AnalysisComponent | undefined
  readonly PacketField?: string | undefined
  readonly VpcPeeringConnection?: AnalysisComponent | undefined
  readonly Port?: number | undefined
  readonly PortRanges?: readonly PortRange[] | undefined
  readonly PrefixList?: AnalysisComponent | undefined
  readonly Protocols?: readonly string[] | undefined
  readonly RouteTableRoute?: AnalysisRouteTableRoute | undefined
  readonly RouteTable?: AnalysisComponent | undefined
  readonly SecurityGroup?: AnalysisComponent | undefined
  readonly SecurityGroupRule?: AnalysisSecurityGroupRule | undefined
  readonly SecurityGroups?: readonly AnalysisComponent[] | undefined
  readonly SourceVpc?: AnalysisComponent | undefined
  readonly State?: string | undefined
  readonly Subnet?: AnalysisComponent | undefined
  readonly SubnetRouteTable?: AnalysisComponent | undefined
  readonly Vpc?: AnalysisComponent | undefined
  readonly VpcEndpoint?: AnalysisComponent | undefined
  readonly VpnConnection?: AnalysisComponent | undefined
  readonly VpnGateway?: AnalysisComponent | undefined
  readonly TransitGateway?: AnalysisComponent | undefined
  readonly TransitGatewayRouteTable?: AnalysisComponent | undefined
  readonly TransitGatewayRouteTableRoute?: TransitGatewayRouteTableRoute | undefined
  readonly TransitGatewayPolicyTable?: AnalysisComponent | undefined
  readonly TransitGatewayPolicyTableEntry?: AnalysisTransitGatewayPolicyTableEntry | undefined
  readonly TransitGatewayAttachment?: AnalysisComponent | undefined
  readonly ComponentAccount?: string | undefined
  readonly ComponentRegion?: string | undefined
  readonly FirewallStatelessRule?: FirewallStatelessRule | undefined
  readonly FirewallStatefulRule?: FirewallStatefulRule | undefined
}

export interface Filter {
  readonly Name?: string | undefined
  readonly Values?: readonly string[] | undefined
}

export interface FilterPortRange {
  readonly FromPort?: number | undefined
  readonly ToPort?: number | undefined
}

export interface FirewallStatefulRule {
  readonly RuleGroupArn?: string | undefined
  readonly Sources?: readonly string[] | undefined
  readonly Destinations?: readonly string[] | undefined
  readonly SourcePorts?: readonly PortRange[] | undefined
  readonly DestinationPorts?: readonly PortRange[] | undefined
  readonly Protocol?: string | undefined
  readonly RuleAction?: string | undefined
  readonly Direction?: string | undefined
}

export interface FirewallStatelessRule {
  readonly RuleGroupArn?: string | undefined
  readonly Sources?: readonly string[] | undefined
  readonly Destinations?: readonly string[] | undefined
  readonly SourcePorts?: readonly PortRange[] | undefined
  readonly DestinationPorts?: readonly PortRange[] | undefined
  readonly Protocols?: readonly number[] | undefined
  readonly RuleAction?: string | undefined
  readonly Priority?: number | undefined
}

export interface FlowLog {
  readonly CreationTime?: Instant | undefined
  readonly DeliverLogsErrorMessage?: string | undefined
  readonly DeliverLogsPermissionArn?: string | undefined
  readonly DeliverCrossAccountRole?: string | undefined
  readonly DeliverLogsStatus?: string | undefined
  readonly FlowLogId?: string | undefined
  readonly FlowLogStatus?: string | undefined
  readonly LogGroupName?: string | undefined
  readonly ResourceId?: string | undefined
  readonly TrafficType?: string | undefined
  readonly LogDestinationType?: string | undefined
  readonly LogDestination?: string | undefined
  readonly LogFormat?: string | undefined
  readonly Tags?: readonly Tag[] | undefined
  readonly MaxAggregationInterval?: number | undefined
  readonly DestinationOptions?: DestinationOptionsResponse | undefined
  readonly TagFieldSpecifications?: readonly TagFieldSpecificationResponse[] | undefined
}

export interface FpgaDeviceInfo {
  readonly Name?: string | undefined
  readonly Manufacturer?: string | undefined
  readonly Count?: number | undefined
  readonly MemoryInfo?: FpgaDeviceMemoryInfo | undefined
}

export interface FpgaDeviceMemoryInfo {
  readonly SizeInMiB?: number | undefined
}

export interface FpgaInfo {
  readonly Fpgas?: readonly FpgaDeviceInfo[] | undefined
  readonly TotalFpgaMemoryInMiB?: number | undefined
}

export interface GetManagedPrefixListAssociationsRequest {
  readonly PrefixListId: string
  readonly DryRun?: boolean | undefined
  readonly MaxResults?: number | undefined
  readonly NextToken?: string | undefined
}

export interface GetManagedPrefixListAssociationsResult {
  readonly PrefixListAssociations?: readonly PrefixListAssociation[] | undefined
  readonly NextToken?: string | undefined
}

export interface GetManagedPrefixListEntriesRequest {
  readonly PrefixListId: string
  readonly DryRun?: boolean | undefined
  readonly TargetVersion?: number | undefined
  readonly MaxResults?: number | undefined
  readonly NextToken?: string | undefined
}

export interface GetManagedPrefixListEntriesResult {
  readonly Entries?: readonly PrefixListEntry[] | undefined
  readonly NextToken?: string | undefined
}

export interface GetNetworkInsightsAccessScopeAnalysisFindingsRequest {
  readonly NetworkInsightsAccessScopeAnalysisId: string
  readonly MaxResults?: number | undefined
  readonly NextToken?: string | undefined
  readonly DryRun?: boolean | undefined
}

export interface GetNetworkInsightsAccessScopeAnalysisFindingsResult {
  readonly NetworkInsightsAccessScopeAnalysisId?: string | undefined
  readonly AnalysisStatus?: string | undefined
  readonly AnalysisFindings?: readonly AccessScopeAnalysisFinding[] | undefined
  readonly NextToken?: string | undefined
}

export interface GetNetworkInsightsAccessScopeContentRequest {
  readonly NetworkInsightsAccessScopeId: string
  readonly DryRun?: boolean | undefined
}

export interface GetNetworkInsightsAccessScopeContentResult {
  readonly NetworkInsightsAccessScopeContent?: NetworkInsightsAccessScopeContent | undefined
}

export interface GetSecurityGroupsForVpcRequest {
  readonly VpcId: string
  readonly NextToken?: string | undefined
  readonly MaxResults?: number | undefined
  readonly Filters?: readonly Filter[] | undefined
  readonly DryRun?: boolean | undefined
}

export interface GetSecurityGroupsForVpcResult {
  readonly NextToken?: string | undefined
  readonly SecurityGroupForVpcs?: readonly SecurityGroupForVpc[] | undefined
}

export interface GpuDeviceInfo {
  readonly Name?: string | undefined
  readonly Manufacturer?: string | undefined
  readonly Count?: number | undefined
  readonly LogicalGpuCount?: number | undefined
  readonly GpuPartitionSize?: number | undefined
  readonly Workloads?: readonly string[] | undefined
  readonly MemoryInfo?: GpuDeviceMemoryInfo | undefined
}

export interface GpuDeviceMemoryInfo {
  readonly SizeInMiB?: number | undefined
}

export interface GpuInfo {
  readonly Gpus?: readonly GpuDeviceInfo[] | undefined
  readonly TotalGpuMemoryInMiB?: number | undefined
}

export interface GroupIdentifier {
  readonly GroupId?: string | undefined
  readonly GroupName?: string | undefined
}

export interface HibernationOptions {
  readonly Configured?: boolean | undefined
}

export interface HibernationOptionsRequest {
  readonly Configured?: boolean | undefined
}

export interface IamInstanceProfile {
  readonly Arn?: string | undefined
  readonly Id?: string | undefined
}

export interface IamInstanceProfileSpecification {
  readonly Arn?: string | undefined
  readonly Name?: string | undefined
}

export interface IcmpTypeCode {
  readonly Code?: number | undefined
  readonly Type?: number | undefined
}

export interface Image {
  readonly PlatformDetails?: string | undefined
  readonly UsageOperation?: string | undefined
  readonly BlockDeviceMappings?: readonly BlockDeviceMapping[] | undefined
  readonly Description?: string | undefined
  readonly EnaSupport?: boolean | undefined
  readonly Hypervisor?: string | undefined
  readonly ImageOwnerAlias?: string | undefined
  readonly Name?: string | undefined
  readonly RootDeviceName?: string | undefined
  readonly RootDeviceType?: string | undefined
  readonly SriovNetSupport?: string | undefined
  readonly StateReason?: StateReason | undefined
  readonly Tags?: readonly Tag[] | undefined
  readonly VirtualizationType?: string | undefined
  readonly BootMode?: string | undefined
  readonly TpmSupport?: string | undefined
  readonly DeprecationTime?: string | undefined
  readonly ImdsSupport?: string | undefined
  readonly SourceInstanceId?: string | undefined
  readonly DeregistrationProtection?: string | undefined
  readonly LastLaunchedTime?: string | undefined
  readonly ImageAllowed?: boolean | undefined
  readonly SourceImageId?: string | undefined
  readonly SourceImageRegion?: string | undefined
  readonly FreeTierEligible?: boolean | undefined
  readonly PublicSsmParameterName?: string | undefined
  readonly ImageWatermarks?: readonly ImageWatermark[] | undefined
  readonly ScanResults?: ScanResults | undefined
  readonly InstanceTypeSpecification?: InstanceTypeSpecification | undefined
  readonly ImageId?: string | undefined
  readonly ImageLocation?: string | undefined
  readonly State?: string | undefined
  readonly OwnerId?: string | undefined
  readonly CreationDate?: string | undefined
  readonly Public?: boolean | undefined
  readonly ProductCodes?: readonly ProductCode[] | undefined
  readonly Architecture?: string | undefined
  readonly ImageType?: string | undefined
  readonly KernelId?: string | undefined
  readonly RamdiskId?: string | undefined
  readonly Platform?: string | undefined
}

export interface ImageWatermark {
  readonly WatermarkKey?: string | undefined
  readonly SourceImageRegion?: string | undefined
  readonly SourceImageId?: string | undefined
  readonly SourceImageCreationTime?: Instant | undefined
  readonly WatermarkCreationTime?: Instant | undefined
}

export interface InferenceAcceleratorInfo {
  readonly Accelerators?: readonly InferenceDeviceInfo[] | undefined
  readonly TotalInferenceMemoryInMiB?: number | undefined
}

export interface InferenceDeviceInfo {
  readonly Count?: number | undefined
  readonly Name?: string | undefined
  readonly Manufacturer?: string | undefined
  readonly MemoryInfo?: InferenceDeviceMemoryInfo | undefined
}

export interface InferenceDeviceMemoryInfo {
  readonly SizeInMiB?: number | undefined
}

export interface Instance {
  readonly Architecture?: string | undefined
  readonly BlockDeviceMappings?: readonly InstanceBlockDeviceMapping[] | undefined
  readonly ClientToken?: string | undefined
  readonly EbsOptimized?: boolean | undefined
  readonly EnaSupport?: boolean | undefined
  readonly Hypervisor?: string | undefined
  readonly IamInstanceProfile?: IamInstanceProfile | undefined
  readonly InstanceLifecycle?: string | undefined
  readonly ElasticGpuAssociations?: readonly ElasticGpuAssociation[] | undefined
  readonly ElasticInferenceAcceleratorAssociations?: readonly ElasticInferenceAcceleratorAssociation[] | undefined
  readonly NetworkInterfaces?: readonly InstanceNetworkInterface[] | undefined
  readonly OutpostArn?: string | undefined
  readonly RootDeviceName?: string | undefined
  readonly RootDeviceType?: string | undefined
  readonly SecurityGroups?: readonly GroupIdentifier[] | undefined
  readonly SourceDestCheck?: boolean | undefined
  readonly SpotInstanceRequestId?: string | undefined
  readonly SriovNetSupport?: string | undefined
  readonly StateReason?: StateReason | undefined
  readonly Tags?: readonly Tag[] | undefined
  readonly VirtualizationType?: string | undefined
  readonly CpuOptions?: CpuOptions | undefined
  readonly CapacityBlockId?: string | undefined
  readonly CapacityReservationId?: string | undefined
  readonly CapacityReservationSpecification?: CapacityReservationSpecificationResponse | undefined
  readonly HibernationOptions?: HibernationOptions | undefined
  readonly Licenses?: readonly LicenseConfiguration[] | undefined
  readonly MetadataOptions?: InstanceMetadataOptionsResponse | undefined
  readonly EnclaveOptions?: EnclaveOptions | undefined
  readonly BootMode?: string | undefined
  readonly PlatformDetails?: string | undefined
  readonly UsageOperation?: string | undefined
  readonly UsageOperationUpdateTime?: Instant | undefined
  readonly PrivateDnsNameOptions?: PrivateDnsNameOptionsResponse | undefined
  readonly Ipv6Address?: string | undefined
  readonly TpmSupport?: string | undefined
  readonly MaintenanceOptions?: InstanceMaintenanceOptions | undefined
  readonly CurrentInstanceBootMode?: string | undefined
  readonly NetworkPerformanceOptions?: InstanceNetworkPerformanceOptions | undefined
  readonly Operator?: OperatorResponse | undefined
  readonly SecondaryInterfaces?: readonly InstanceSecondaryInterface[] | undefined
  readonly InstanceId?: string | undefined
  readonly ImageId?: string | undefined
  readonly State?: InstanceState | undefined
  readonly PrivateDnsName?: string | undefined
  readonly PublicDnsName?: string | undefined
  readonly StateTransitionReason?: string | undefined
  readonly KeyName?: string | undefined
  readonly AmiLaunchIndex?: number | undefined
  readonly ProductCodes?: readonly ProductCode[] | undefined
  readonly InstanceType?: string | undefined
  readonly LaunchTime?: Instant | undefined
  readonly Placement?: Placement | undefined
  readonly KernelId?: string | undefined
  readonly RamdiskId?: string | undefined
  readonly Platform?: string | undefined
  readonly Monitoring?: Monitoring | undefined
  readonly SubnetId?: string | undefined
  readonly VpcId?: string | undefined
  readonly PrivateIpAddress?: string | undefined
  readonly PublicIpAddress?: string | undefined
}

export interface InstanceAttachmentEnaSrdSpecification {
  readonly EnaSrdEnabled?: boolean | undefined
  readonly EnaSrdUdpSpecification?: InstanceAttachmentEnaSrdUdpSpecification | undefined
}

export interface InstanceAttachmentEnaSrdUdpSpecification {
  readonly EnaSrdUdpEnabled?: boolean | undefined
}

export interface InstanceAttribute {
  readonly BlockDeviceMappings?: readonly InstanceBlockDeviceMapping[] | undefined
  readonly DisableApiTermination?: AttributeBooleanValue | undefined
  readonly EnaSupport?: AttributeBooleanValue | undefined
  readonly EnclaveOptions?: EnclaveOptions | undefined
  readonly EbsOptimized?: AttributeBooleanValue | undefined
  readonly InstanceId?: string | undefined
  readonly InstanceInitiatedShutdownBehavior?: AttributeValue | undefined
  readonly InstanceType?: AttributeValue | undefined
  readonly KernelId?: AttributeValue | undefined
  readonly ProductCodes?: readonly ProductCode[] | undefined
  readonly RamdiskId?: AttributeValue | undefined
  readonly RootDeviceName?: AttributeValue | undefined
  readonly SourceDestCheck?: AttributeBooleanValue | undefined
  readonly SriovNetSupport?: AttributeValue | undefined
  readonly UserData?: AttributeValue | undefined
  readonly DisableApiStop?: AttributeBooleanValue | undefined
  readonly Groups?: readonly GroupIdentifier[] | undefined
}

export interface InstanceBlockDeviceMapping {
  readonly DeviceName?: string | undefined
  readonly Ebs?: EbsInstanceBlockDevice | undefined
}

export interface InstanceBlockDeviceMappingSpecification {
  readonly DeviceName?: string | undefined
  readonly Ebs?: EbsInstanceBlockDeviceSpecification | undefined
  readonly VirtualName?: string | undefined
  readonly NoDevice?: string | undefined
}

export interface InstanceCreditSpecification {
  readonly InstanceId?: string | undefined
  readonly CpuCredits?: string | undefined
}

export interface InstanceIpv4Prefix {
  readonly Ipv4Prefix?: string | undefined
}

export interface InstanceIpv6Address {
  readonly Ipv6Address?: string | undefined
  readonly IsPrimaryIpv6?: boolean | undefined
}

export interface InstanceIpv6Prefix {
  readonly Ipv6Prefix?: string | undefined
}

export interface InstanceMaintenanceOptions {
  readonly AutoRecovery?: string | undefined
  readonly RebootMigration?: string | undefined
}

export interface InstanceMaintenanceOptionsRequest {
  readonly AutoRecovery?: string | undefined
}

export interface InstanceMarketOptionsRequest {
  readonly MarketType?: string | undefined
  readonly SpotOptions?: SpotMarketOptions | undefined
}

export interface InstanceMetadataOptionsRequest {
  readonly HttpTokens?: string | undefined
  readonly HttpPutResponseHopLimit?: number | undefined
  readonly HttpEndpoint?: string | undefined
  readonly HttpProtocolIpv6?: string | undefined
  readonly InstanceMetadataTags?: string | undefined
}

export interface InstanceMetadataOptionsResponse {
  readonly State?: string | undefined
  readonly HttpTokens?: string | undefined
  readonly HttpPutResponseHopLimit?: number | undefined
  readonly HttpEndpoint?: string | undefined
  readonly HttpProtocolIpv6?: string | undefined
  readonly InstanceMetadataTags?: string | undefined
}

export interface InstanceNetworkInterface {
  readonly Association?: InstanceNetworkInterfaceAssociation | undefined
  readonly Attachment?: InstanceNetworkInterfaceAttachment | undefined
  readonly Description?: string | undefined
  readonly Groups?: readonly GroupIdentifier[] | undefined
  readonly Ipv6Addresses?: readonly InstanceIpv6Address[] | undefined
  readonly MacAddress?: string | undefined
  readonly NetworkInterfaceId?: string | undefined
  readonly OwnerId?: string | undefined
  readonly PrivateDnsName?: string | undefined
  readonly PrivateIpAddress?: string | undefined
  readonly PrivateIpAddresses?: readonly InstancePrivateIpAddress[] | undefined
  readonly SourceDestCheck?: boolean | undefined
  readonly Status?: string | undefined
  readonly SubnetId?: string | undefined
  readonly VpcId?: string | undefined
  readonly InterfaceType?: string | undefined
  readonly Ipv4Prefixes?: readonly InstanceIpv4Prefix[] | undefined
  readonly Ipv6Prefixes?: readonly InstanceIpv6Prefix[] | undefined
  readonly ConnectionTrackingConfiguration?: ConnectionTrackingSpecificationResponse | undefined
  readonly Operator?: OperatorResponse | undefined
}

export interface InstanceNetworkInterfaceAssociation {
  readonly CarrierIp?: string | undefined
  readonly CustomerOwnedIp?: string | undefined
  readonly IpOwnerId?: string | undefined
  readonly PublicDnsName?: string | undefined
  readonly PublicIp?: string | undefined
}

export interface InstanceNetworkInterfaceAttachment {
  readonly AttachTime?: Instant | undefined
  readonly AttachmentId?: string | undefined
  readonly DeleteOnTermination?: boolean | undefined
  readonly DeviceIndex?: number | undefined
  readonly Status?: string | undefined
  readonly NetworkCardIndex?: number | undefined
  readonly EnaSrdSpecification?: InstanceAttachmentEnaSrdSpecification | undefined
  readonly EnaQueueCount?: number | undefined
}

export interface InstanceNetworkInterfaceSpecification {
  readonly AssociatePublicIpAddress?: boolean | undefined
  readonly DeleteOnTermination?: boolean | undefined
  readonly Description?: string | undefined
  readonly DeviceIndex?: number | undefined
  readonly Groups?: readonly string[] | undefined
  readonly Ipv6AddressCount?: number | undefined
  readonly Ipv6Addresses?: readonly InstanceIpv6Address[] | undefined
  readonly NetworkInterfaceId?: string | undefined
  readonly PrivateIpAddress?: string | undefined
  readonly PrivateIpAddresses?: readonly PrivateIpAddressSpecification[] | undefined
  readonly SecondaryPrivateIpAddressCount?: number | undefined
  readonly SubnetId?: string | undefined
  readonly AssociateCarrierIpAddress?: boolean | undefined
  readonly InterfaceType?: string | undefined
  readonly NetworkCardIndex?: number | undefined
  readonly Ipv4Prefixes?: readonly Ipv4PrefixSpecificationRequest[] | undefined
  readonly Ipv4PrefixCount?: number | undefined
  readonly Ipv6Prefixes?: readonly Ipv6PrefixSpecificationRequest[] | undefined
  readonly Ipv6PrefixCount?: number | undefined
  readonly PrimaryIpv6?: boolean | undefined
  readonly EnaSrdSpecification?: EnaSrdSpecificationRequest | undefined
  readonly ConnectionTrackingSpecification?: ConnectionTrackingSpecificationRequest | undefined
  readonly EnaQueueCount?: number | undefined
}

export interface InstanceNetworkPerformanceOptions {
  readonly BandwidthWeighting?: string | undefined
}

export interface InstanceNetworkPerformanceOptionsRequest {
  readonly BandwidthWeighting?: string | undefined
}

export interface InstancePrivateIpAddress {
  readonly Association?: InstanceNetworkInterfaceAssociation | undefined
  readonly Primary?: boolean | undefined
  readonly PrivateDnsName?: string | undefined
  readonly PrivateIpAddress?: string | undefined
}

export interface InstanceSecondaryInterface {
  readonly Attachment?: InstanceSecondaryInterfaceAttachment | undefined
  readonly MacAddress?: string | undefined
  readonly SecondaryInterfaceId?: string | undefined
  readonly OwnerId?: string | undefined
  readonly PrivateIpAddresses?: readonly InstanceSecondaryInterfacePrivateIpAddress[] | undefined
  readonly SourceDestCheck?: boolean | undefined
  readonly Status?: string | undefined
  readonly SecondarySubnetId?: string | undefined
  readonly SecondaryNetworkId?: string | undefined
  readonly InterfaceType?: string | undefined
}

export interface InstanceSecondaryInterfaceAttachment {
  readonly AttachTime?: Instant | undefined
  readonly AttachmentId?: string | undefined
  readonly DeleteOnTermination?: boolean | undefined
  readonly DeviceIndex?: number | undefined
  readonly Status?: string | undefined
  readonly NetworkCardIndex?: number | undefined
}

export interface InstanceSecondaryInterfacePrivateIpAddress {
  readonly PrivateIpAddress?: string | undefined
}

export interface InstanceSecondaryInterfacePrivateIpAddressRequest {
  readonly PrivateIpAddress: string
}

export interface InstanceSecondaryInterfaceSpecificationRequest {
  readonly DeleteOnTermination?: boolean | undefined
  readonly DeviceIndex?: number | undefined
  readonly PrivateIpAddresses?: readonly InstanceSecondaryInterfacePrivateIpAddressRequest[] | undefined
  readonly PrivateIpAddressCount?: number | undefined
  readonly SecondarySubnetId?: string | undefined
  readonly InterfaceType?: string | undefined
  readonly NetworkCardIndex?: number | undefined
}

export interface InstanceState {
  readonly Code?: number | undefined
  readonly Name?: string | undefined
}

export interface InstanceStateChange {
  readonly InstanceId?: string | undefined
  readonly CurrentState?: InstanceState | undefined
  readonly PreviousState?: InstanceState | undefined
}

export interface InstanceStatus {
  readonly AvailabilityZone?: string | undefined
  readonly AvailabilityZoneId?: string | undefined
  readonly OutpostArn?: string | undefined
  readonly Operator?: OperatorResponse | undefined
  readonly Events?: readonly InstanceStatusEvent[] | undefined
  readonly InstanceId?: string | undefined
  readonly InstanceState?: InstanceState | undefined
  readonly InstanceStatus?: InstanceStatusSummary | undefined
  readonly SystemStatus?: InstanceStatusSummary | undefined
  readonly AttachedEbsStatus?: EbsStatusSummary | undefined
  readonly ApplicationStatus?: ApplicationStatusSummary | undefined
  readonly PerformanceStatus?: PerformanceStatusSummary | undefined
}

export interface InstanceStatusDetails {
  readonly ImpairedSince?: Instant | undefined
  readonly Name?: string | undefined
  readonly Status?: string | undefined
}

export interface InstanceStatusEvent {
  readonly InstanceEventId?: string | undefined
  readonly Code?: string | undefined
  readonly Description?: string | undefined
  readonly NotAfter?: Instant | undefined
  readonly NotBefore?: Instant | undefined
  readonly NotBeforeDeadline?: Instant | undefined
}

export interface InstanceStatusSummary {
  readonly Details?: readonly InstanceStatusDetails[] | undefined
  readonly Status?: string | undefined
}

export interface InstanceStorageInfo {
  readonly TotalSizeInGB?: number | undefined
  readonly Disks?: readonly DiskInfo[] | undefined
  readonly NvmeSupport?: string | undefined
  readonly EncryptionSupport?: string | undefined
}

export interface InstanceTypeInfo {
  readonly InstanceType?: string | undefined
  readonly CurrentGeneration?: boolean | undefined
  readonly FreeTierEligible?: boolean | undefined
  readonly SupportedUsageClasses?: readonly string[] | undefined
  readonly SupportedRootDeviceTypes?: readonly string[] | undefined
  readonly SupportedVirtualizationTypes?: readonly string[] | undefined
  readonly BareMetal?: boolean | undefined
  readonly Hypervisor?: string | undefined
  readonly ProcessorInfo?: ProcessorInfo | undefined
  readonly VCpuInfo?: VCpuInfo | undefined
  readonly MemoryInfo?: MemoryInfo | undefined
  readonly InstanceStorageSupported?: boolean | undefined
  readonly InstanceStorageInfo?: InstanceStorageInfo | undefined
  readonly EbsInfo?: EbsInfo | undefined
  readonly NetworkInfo?: NetworkInfo | undefined
  readonly GpuInfo?: GpuInfo | undefined
  readonly FpgaInfo?: FpgaInfo | undefined
  readonly PlacementGroupInfo?: PlacementGroupInfo | undefined
  readonly InferenceAcceleratorInfo?: InferenceAcceleratorInfo | undefined
  readonly HibernationSupported?: boolean | undefined
  readonly BurstablePerformanceSupported?: boolean | undefined
  readonly DedicatedHostsSupported?: boolean | undefined
  readonly AutoRecoverySupported?: boolean | undefined
  readonly SupportedBootModes?: readonly string[] | undefined
  readonly NitroEnclavesSupport?: string | undefined
  readonly NitroTpmSupport?: string | undefined
  readonly NitroTpmInfo?: NitroTpmInfo | undefined
  readonly MediaAcceleratorInfo?: MediaAcceleratorInfo | undefined
  readonly NeuronInfo?: NeuronInfo | undefined
  readonly PhcSupport?: string | undefined
  readonly RebootMigrationSupport?: string | undefined
  readonly SupportedInRegion?: boolean | undefined
}

export interface InstanceTypeItem {
  readonly InstanceType?: string | undefined
}

export interface InstanceTypeSpecification {
  readonly SupportedInstanceTypes?: readonly InstanceTypeItem[] | undefined
  readonly UnsupportedInstanceTypes?: readonly InstanceTypeItem[] | undefined
}

export interface InternetGateway {
  readonly Attachments?: readonly InternetGatewayAttachment[] | undefined
  readonly InternetGatewayId?: string | undefined
  readonly OwnerId?: string | undefined
  readonly Tags?: readonly Tag[] | undefined
}

export interface InternetGatewayAttachment {
  readonly State?: string | undefined
  readonly VpcId?: string | undefined
}

export interface IpPermission {
  readonly IpProtocol?: string | undefined
  readonly FromPort?: number | undefined
  readonly ToPort?: number | undefined
  readonly UserIdGroupPairs?: readonly UserIdGroupPair[] | undefined
  readonly IpRanges?: readonly IpRange[] | undefined
  readonly Ipv6Ranges?: readonly Ipv6Range[] | undefined
  readonly PrefixListIds?: readonly PrefixListId[] | undefined
}

export interface IpRange {
  readonly Description?: string | undefined
  readonly CidrIp?: string | undefined
}

export interface Ipv4PrefixSpecification {
  readonly Ipv4Prefix?: string | undefined
}

export interface Ipv4PrefixSpecificationRequest {
  readonly Ipv4Prefix?: string | undefined
}

export interface Ipv6CidrBlock {
  readonly Ipv6CidrBlock?: string | undefined
}

export interface Ipv6PrefixSpecification {
  readonly Ipv6Prefix?: string | undefined
}

export interface Ipv6PrefixSpecificationRequest {
  readonly Ipv6Prefix?: string | undefined
}

export interface Ipv6Range {
  readonly Description?: string | undefined
  readonly CidrIpv6?: string | undefined
}

export interface LaunchTemplateSpecification {
  readonly LaunchTemplateId?: string | undefined
  readonly LaunchTemplateName?: string | undefined
  readonly Version?: string | undefined
}

export interface LicenseConfiguration {
  readonly LicenseConfigurationArn?: string | undefined
}

export interface LicenseConfigurationRequest {
  readonly LicenseConfigurationArn?: string | undefined
}

export interface ManagedPrefixList {
  readonly PrefixListId?: string | undefined
  readonly AddressFamily?: string | undefined
  readonly State?: string | undefined
  readonly StateMessage?: string | undefined
  readonly PrefixListArn?: string | undefined
  readonly PrefixListName?: string | undefined
  readonly MaxEntries?: number | undefined
  readonly Version?: number | undefined
  readonly Tags?: readonly Tag[] | undefined
  readonly OwnerId?: string | undefined
  readonly IpamPrefixListResolverTargetId?: string | undefined
  readonly IpamPrefixListResolverSyncEnabled?: boolean | undefined
}

export interface MediaAcceleratorInfo {
  readonly Accelerators?: readonly MediaDeviceInfo[] | undefined
  readonly TotalMediaMemoryInMiB?: number | undefined
}

export interface MediaDeviceInfo {
  readonly Count?: number | undefined
  readonly Name?: string | undefined
  readonly Manufacturer?: string | undefined
  readonly MemoryInfo?: MediaDeviceMemoryInfo | undefined
}

export interface MediaDeviceMemoryInfo {
  readonly SizeInMiB?: number | undefined
}

export interface MemoryInfo {
  readonly SizeInMiB?: number | undefined
}

export interface ModifyInstanceAttributeRequest {
  readonly InstanceId: string
  readonly SourceDestCheck?: AttributeBooleanValue | undefined
  readonly EnclaveOptions?: EnclaveOptionsRequest | undefined
  readonly DisableApiStop?: AttributeBooleanValue | undefined
  readonly DryRun?: boolean | undefined
  readonly Attribute?: string | undefined
  readonly Value?: string | undefined
  readonly BlockDeviceMappings?: readonly InstanceBlockDeviceMappingSpecification[] | undefined
  readonly DisableApiTermination?: AttributeBooleanValue | undefined
  readonly InstanceType?: AttributeValue | undefined
  readonly Kernel?: AttributeValue | undefined
  readonly Ramdisk?: AttributeValue | undefined
  readonly UserData?: SecureBlobAttributeValue | undefined
  readonly InstanceInitiatedShutdownBehavior?: AttributeValue | undefined
  readonly Groups?: readonly string[] | undefined
  readonly EbsOptimized?: AttributeBooleanValue | undefined
  readonly SriovNetSupport?: AttributeValue | undefined
  readonly EnaSupport?: AttributeBooleanValue | undefined
}

export interface ModifyManagedPrefixListRequest {
  readonly PrefixListId: string
  readonly DryRun?: boolean | undefined
  readonly CurrentVersion?: number | undefined
  readonly PrefixListName?: string | undefined
  readonly AddEntries?: readonly AddPrefixListEntry[] | undefined
  readonly RemoveEntries?: readonly RemovePrefixListEntry[] | undefined
  readonly MaxEntries?: number | undefined
  readonly IpamPrefixListResolverSyncEnabled?: boolean | undefined
}

export interface ModifyManagedPrefixListResult {
  readonly PrefixList?: ManagedPrefixList | undefined
}

export interface ModifyNetworkInterfaceAttributeRequest {
  readonly NetworkInterfaceId: string
  readonly EnaSrdSpecification?: EnaSrdSpecification | undefined
  readonly EnablePrimaryIpv6?: boolean | undefined
  readonly ConnectionTrackingSpecification?: ConnectionTrackingSpecificationRequest | undefined
  readonly AssociatePublicIpAddress?: boolean | undefined
  readonly AssociatedSubnetIds?: readonly string[] | undefined
  readonly DryRun?: boolean | undefined
  readonly Description?: AttributeValue | undefined
  readonly SourceDestCheck?: AttributeBooleanValue | undefined
  readonly Groups?: readonly string[] | undefined
  readonly Attachment?: NetworkInterfaceAttachmentChanges | undefined
}

export interface ModifySecurityGroupRulesRequest {
  readonly GroupId: string
  readonly SecurityGroupRules: readonly SecurityGroupRuleUpdate[]
  readonly DryRun?: boolean | undefined
}

export interface ModifySecurityGroupRulesResult {
  readonly Return?: boolean | undefined
}

export interface ModifySubnetAttributeRequest {
  readonly SubnetId: string
  readonly AssignIpv6AddressOnCreation?: AttributeBooleanValue | undefined
  readonly MapPublicIpOnLaunch?: AttributeBooleanValue | undefined
  readonly MapCustomerOwnedIpOnLaunch?: AttributeBooleanValue | undefined
  readonly CustomerOwnedIpv4Pool?: string | undefined
  readonly EnableDns64?: AttributeBooleanValue | undefined
  readonly PrivateDnsHostnameTypeOnLaunch?: string | undefined
  readonly EnableResourceNameDnsARecordOnLaunch?: AttributeBooleanValue | undefined
  readonly EnableResourceNameDnsAAAARecordOnLaunch?: AttributeBooleanValue | undefined
  readonly EnableLniAtDeviceIndex?: number | undefined
  readonly DisableLniAtDeviceIndex?: AttributeBooleanValue | undefined
}

export interface ModifyVpcAttributeRequest {
  readonly VpcId: string
  readonly EnableDnsHostnames?: AttributeBooleanValue | undefined
  readonly EnableDnsSupport?: AttributeBooleanValue | undefined
  readonly EnableNetworkAddressUsageMetrics?: AttributeBooleanValue | undefined
}

export interface ModifyVpcPeeringConnectionOptionsRequest {
  readonly VpcPeeringConnectionId: string
  readonly AccepterPeeringConnectionOptions?: PeeringConnectionOptionsRequest | undefined
  readonly DryRun?: boolean | undefined
  readonly RequesterPeeringConnectionOptions?: PeeringConnectionOptionsRequest | undefined
}

export interface ModifyVpcPeeringConnectionOptionsResult {
  readonly AccepterPeeringConnectionOptions?: PeeringConnectionOptions | undefined
  readonly RequesterPeeringConnectionOptions?: PeeringConnectionOptions | undefined
}

export interface Monitoring {
  readonly MetricCategoryIds?: readonly string[] | undefined
  readonly State?: string | undefined
}

export interface NetworkAcl {
  readonly Associations?: readonly NetworkAclAssociation[] | undefined
  readonly Entries?: readonly NetworkAclEntry[] | undefined
  readonly IsDefault?: boolean | undefined
  readonly NetworkAclId?: string | undefined
  readonly Tags?: readonly Tag[] | undefined
  readonly VpcId?: string | undefined
  readonly OwnerId?: string | undefined
}

export interface NetworkAclAssociation {
  readonly NetworkAclAssociationId?: string | undefined
  readonly NetworkAclId?: string | undefined
  readonly SubnetId?: string | undefined
}

export interface NetworkAclEntry {
  readonly CidrBlock?: string | undefined
  readonly Egress?: boolean | undefined
  readonly IcmpTypeCode?: IcmpTypeCode | undefined
  readonly Ipv6CidrBlock?: string | undefined
  readonly PortRange?: PortRange | undefined
  readonly Protocol?: string | undefined
  readonly RuleAction?: string | undefined
  readonly RuleNumber?: number | undefined
}

export interface NetworkCardInfo {
  readonly NetworkCardIndex?: number | undefined
  readonly NetworkPerformance?: string | undefined
  readonly MaximumNetworkInterfaces?: number | undefined
  readonly AdditionalFlexibleNetworkInterfaces?: number | undefined
  readonly BaselineBandwidthInGbps?: number | undefined
  readonly PeakBandwidthInGbps?: number | undefined
  readonly DefaultEnaQueueCountPerInterface?: number | undefined
  readonly MaximumEnaQueueCount?: number | undefined
  readonly MaximumEnaQueueCountPerInterface?: number | undefined
  readonly InterfaceTypes?: readonly string[] | undefined
}

export interface NetworkInfo {
  readonly NetworkPerformance?: string | undefined
  readonly MaximumNetworkInterfaces?: number | undefined
  readonly MaximumNetworkCards?: number | undefined
  readonly DefaultNetworkCardIndex?: number | undefined
  readonly NetworkCards?: readonly NetworkCardInfo[] | undefined
  readonly Ipv4AddressesPerInterface?: number | undefined
  readonly Ipv6AddressesPerInterface?: number | undefined
  readonly Ipv6Supported?: boolean | undefined
  readonly EnaSupport?: string | undefined
  readonly EfaSupported?: boolean | undefined
  readonly EfaInfo?: EfaInfo | undefined
  readonly EncryptionInTransitSupported?: boolean | undefined
  readonly EnaSrdSupported?: boolean | undefined
  readonly BandwidthWeightings?: readonly string[] | undefined
  readonly FlexibleEnaQueuesSupport?: string | undefined
  readonly ConnectionTrackingConfiguration?: DefaultConnectionTrackingConfiguration | undefined
  readonly SecondaryNetworkSupported?: boolean | undefined
  readonly MaximumSecondaryNetworkInterfaces?: number | undefined
  readonly Ipv4AddressesPerSecondaryInterface?: number | undefined
}

export interface NetworkInsightsAccessScope {
  readonly NetworkInsightsAccessScopeId?: string | undefined
  readonly NetworkInsightsAccessScopeArn?: string | undefined
  readonly CreatedDate?: Instant | undefined
  readonly UpdatedDate?: Instant | undefined
  readonly Tags?: readonly Tag[] | undefined
}

export interface NetworkInsightsAccessScopeAnalysis {
  readonly NetworkInsightsAccessScopeAnalysisId?: string | undefined
  readonly NetworkInsightsAccessScopeAnalysisArn?: string | undefined
  readonly NetworkInsightsAccessScopeId?: string | undefined
  readonly Status?: string | undefined
  readonly StatusMessage?: string | undefined
  readonly WarningMessage?: string | undefined
  readonly StartDate?: Instant | undefined
  readonly EndDate?: Instant | undefined
  readonly FindingsFound?: string | undefined
  readonly AnalyzedEniCount?: number | undefined
  readonly Tags?: readonly Tag[] | undefined
}

export interface NetworkInsightsAccessScopeContent {
  readonly NetworkInsightsAccessScopeId?: string | undefined
  readonly MatchPaths?: readonly AccessScopePath[] | undefined
  readonly ExcludePaths?: readonly AccessScopePath[] | undefined
}

export interface NetworkInsightsAnalysis {
  readonly NetworkInsightsAnalysisId?: string | undefined
  readonly NetworkInsightsAnalysisArn?: string | undefined
  readonly NetworkInsightsPathId?: string | undefined
  readonly AdditionalAccounts?: readonly string[] | undefined
  readonly FilterInArns?: readonly string[] | undefined
  readonly FilterOutArns?: readonly string[] | undefined
  readonly StartDate?: Instant | undefined
  readonly Status?: string | undefined
  readonly StatusMessage?: string | undefined
  readonly WarningMessage?: string | undefined
  readonly NetworkPathFound?: boolean | undefined
  readonly ForwardPathComponents?: readonly PathComponent[] | undefined
  readonly ReturnPathComponents?: readonly PathComponent[] | undefined
  readonly Explanations?: readonly Explanation[] | undefined
  readonly AlternatePathHints?: readonly AlternatePathHint[] | undefined
  readonly SuggestedAccounts?: readonly string[] | undefined
  readonly Tags?: readonly Tag[] | undefined
}

export interface NetworkInsightsPath {
  readonly NetworkInsightsPathId?: string | undefined
  readonly NetworkInsightsPathArn?: string | undefined
  readonly CreatedDate?: Instant | undefined
  readonly Source?: string | undefined
  readonly Destination?: string | undefined
  readonly SourceArn?: string | undefined
  readonly DestinationArn?: string | undefined
  readonly SourceIp?: string | undefined
  readonly DestinationIp?: string | undefined
  readonly Protocol?: string | undefined
  readonly DestinationPort?: number | undefined
  readonly Tags?: readonly Tag[] | undefined
  readonly FilterAtSource?: PathFilter | undefined
  readonly FilterAtDestination?: PathFilter | undefined
}

export interface NetworkInterface {
  readonly Association?: NetworkInterfaceAssociation | undefined
  readonly Attachment?: NetworkInterfaceAttachment | undefined
  readonly AvailabilityZone?: string | undefined
  readonly ConnectionTrackingConfiguration?: ConnectionTrackingConfiguration | undefined
  readonly Description?: string | undefined
  readonly Groups?: readonly GroupIdentifier[] | undefined
  readonly InterfaceType?: string | undefined
  readonly Ipv6Addresses?: readonly NetworkInterfaceIpv6Address[] | undefined
  readonly MacAddress?: string | undefined
  readonly NetworkInterfaceId?: string | undefined
  readonly OutpostArn?: string | undefined
  readonly OwnerId?: string | undefined
  readonly PrivateDnsName?: string | undefined
  readonly PublicDnsName?: string | undefined
  readonly PublicIpDnsNameOptions?: PublicIpDnsNameOptions | undefined
  readonly PrivateIpAddress?: string | undefined
  readonly PrivateIpAddresses?: readonly NetworkInterfacePrivateIpAddress[] | undefined
  readonly Ipv4Prefixes?: readonly Ipv4PrefixSpecification[] | undefined
  readonly Ipv6Prefixes?: readonly Ipv6PrefixSpecification[] | undefined
  readonly RequesterId?: string | undefined
  readonly RequesterManaged?: boolean | undefined
  readonly SourceDestCheck?: boolean | undefined
  readonly Status?: string | undefined
  readonly SubnetId?: string | undefined
  readonly TagSet?: readonly Tag[] | undefined
  readonly VpcId?: string | undefined
  readonly DenyAllIgwTraffic?: boolean | undefined
  readonly Ipv6Native?: boolean | undefined
  readonly Ipv6Address?: string | undefined
  readonly Operator?: OperatorResponse | undefined
  readonly AssociatedSubnets?: readonly string[] | undefined
  readonly AvailabilityZoneId?: string | undefined
}

export interface NetworkInterfaceAssociation {
  readonly AllocationId?: string | undefined
  readonly AssociationId?: string | undefined
  readonly IpOwnerId?: string | undefined
  readonly PublicDnsName?: string | undefined
  readonly PublicIp?: string | undefined
  readonly CustomerOwnedIp?: string | undefined
  readonly CarrierIp?: string | undefined
}

export interface NetworkInterfaceAttachment {
  readonly AttachTime?: Instant | undefined
  readonly AttachmentId?: string | undefined
  readonly DeleteOnTermination?: boolean | undefined
  readonly DeviceIndex?: number | undefined
  readonly NetworkCardIndex?: number | undefined
  readonly InstanceId?: string | undefined
  readonly InstanceOwnerId?: string | undefined
  readonly Status?: string | undefined
  readonly EnaSrdSpecification?: AttachmentEnaSrdSpecification | undefined
  readonly EnaQueueCount?: number | undefined
}

export interface NetworkInterfaceAttachmentChanges {
  readonly DefaultEnaQueueCount?: boolean | undefined
  readonly EnaQueueCount?: number | undefined
  readonly AttachmentId?: string | undefined
  readonly DeleteOnTermination?: boolean | undefined
}

export interface NetworkInterfaceIpv6Address {
  readonly Ipv6Address?: string | undefined
  readonly PublicIpv6DnsName?: string | undefined
  readonly IsPrimaryIpv6?: boolean | undefined
}

export interface NetworkInterfacePrivateIpAddress {
  readonly Association?: NetworkInterfaceAssociation | undefined
  readonly Primary?: boolean | undefined
  readonly PrivateDnsName?: string | undefined
  readonly PrivateIpAddress?: string | undefined
}

export interface NeuronDeviceCoreInfo {
  readonly Count?: number | undefined
  readonly Version?: number | undefined
}

export interface NeuronDeviceInfo {
  readonly Count?: number | undefined
  readonly Name?: string | undefined
  readonly CoreInfo?: NeuronDeviceCoreInfo | undefined
  readonly MemoryInfo?: NeuronDeviceMemoryInfo | undefined
}

export interface NeuronDeviceMemoryInfo {
  readonly SizeInMiB?: number | undefined
}

export interface NeuronInfo {
  readonly NeuronDevices?: readonly NeuronDeviceInfo[] | undefined
  readonly TotalNeuronDeviceMemoryInMiB?: number | undefined
}

export interface NitroTpmInfo {
  readonly SupportedVersions?: readonly string[] | undefined
}

export interface OperatorRequest {
  readonly Principal?: string | undefined
}

export interface OperatorResponse {
  readonly Managed?: boolean | undefined
  readonly Principal?: string | undefined
  readonly HiddenByDefault?: boolean | undefined
}

export interface PacketHeaderStatement {
  readonly SourceAddresses?: readonly string[] | undefined
  readonly DestinationAddresses?: readonly string[] | undefined
  readonly SourcePorts?: readonly string[] | undefined
  readonly DestinationPorts?: readonly string[] | undefined
  readonly SourcePrefixLists?: readonly string[] | undefined
  readonly DestinationPrefixLists?: readonly string[] | undefined
  readonly Protocols?: readonly string[] | undefined
}

export interface PacketHeaderStatementRequest {
  readonly SourceAddresses?: readonly string[] | undefined
  readonly DestinationAddresses?: readonly string[] | undefined
  readonly SourcePorts?: readonly string[] | undefined
  readonly DestinationPorts?: readonly string[] | undefined
  readonly SourcePrefixLists?: readonly string[] | undefined
  readonly DestinationPrefixLists?: readonly string[] | undefined
  readonly Protocols?: readonly string[] | undefined
}

export interface PathComponent {
  readonly SequenceNumber?: number | undefined
  readonly AclRule?: AnalysisAclRule | undefined
  readonly AttachedTo?: AnalysisComponent | undefined
  readonly Component?: AnalysisComponent | undefined
  readonly DestinationVpc?: AnalysisComponent | undefined
  readonly OutboundHeader?: AnalysisPacketHeader | undefined
  readonly InboundHeader?: AnalysisPacketHeader | undefined
  readonly RouteTableRoute?: AnalysisRouteTableRoute | undefined
  readonly SecurityGroupRule?: AnalysisSecurityGroupRule | undefined
  readonly SourceVpc?: AnalysisComponent | undefined
  readonly Subnet?: AnalysisComponent | undefined
  readonly Vpc?: AnalysisComponent | undefined
  readonly AdditionalDetails?: readonly AdditionalDetail[] | undefined
  readonly TransitGateway?: AnalysisComponent | undefined
  readonly TransitGatewayRouteTableRoute?: TransitGatewayRouteTableRoute | undefined
  readonly TransitGatewayPolicyTableEntry?: AnalysisTransitGatewayPolicyTableEntry | undefined
  readonly Explanations?: readonly Explanation[] | undefined
  readonly ElasticLoadBalancerListener?: AnalysisComponent | undefined
  readonly FirewallStatelessRule?: FirewallStatelessRule | undefined
  readonly FirewallStatefulRule?: FirewallStatefulRule | undefined
  readonly ServiceName?: string | undefined
}

export interface PathFilter {
  readonly SourceAddress?: string | undefined
  readonly SourcePortRange?: FilterPortRange | undefined
  readonly DestinationAddress?: string | undefined
  readonly DestinationPortRange?: FilterPortRange | undefined
}

export interface PathRequestFilter {
  readonly SourceAddress?: string | undefined
  readonly SourcePortRange?: RequestFilterPortRange | undefined
  readonly DestinationAddress?: string | undefined
  readonly DestinationPortRange?: RequestFilterPortRange | undefined
}

export interface PathStatement {
  readonly PacketHeaderStatement?: PacketHeaderStatement | undefined
  readonly ResourceStatement?: ResourceStatement | undefined
}

export interface PathStatementRequest {
  readonly PacketHeaderStatement?: PacketHeaderStatementRequest | undefined
  readonly ResourceStatement?: ResourceStatementRequest | undefined
}

export interface PeeringConnectionOptions {
  readonly AllowDnsResolutionFromRemoteVpc?: boolean | undefined
  readonly AllowEgressFromLocalClassicLinkToRemoteVpc?: boolean | undefined
  readonly AllowEgressFromLocalVpcToRemoteClassicLink?: boolean | undefined
}

export interface PeeringConnectionOptionsRequest {
  readonly AllowDnsResolutionFromRemoteVpc?: boolean | undefined
  readonly AllowEgressFromLocalClassicLinkToRemoteVpc?: boolean | undefined
  readonly AllowEgressFromLocalVpcToRemoteClassicLink?: boolean | undefined
}

export interface PerformanceStatusSummary {
  readonly Status?: string | undefined
  readonly ImpairedSince?: Instant | undefined
  readonly Remediation?: string | undefined
}

export interface Placement {
  readonly AvailabilityZoneId?: string | undefined
  readonly Affinity?: string | undefined
  readonly GroupName?: string | undefined
  readonly PartitionNumber?: number | undefined
  readonly HostId?: string | undefined
  readonly Tenancy?: string | undefined
  readonly SpreadDomain?: string | undefined
  readonly HostResourceGroupArn?: string | undefined
  readonly GroupId?: string | undefined
  readonly AvailabilityZone?: string | undefined
}

export interface PlacementGroupInfo {
  readonly SupportedStrategies?: readonly string[] | undefined
}

export interface PortRange {
  readonly From?: number | undefined
  readonly To?: number | undefined
}

export interface PrefixList {
  readonly Cidrs?: readonly string[] | undefined
  readonly PrefixListId?: string | undefined
  readonly PrefixListName?: string | undefined
}

export interface PrefixListAssociation {
  readonly ResourceId?: string | undefined
  readonly ResourceOwner?: string | undefined
}

export interface PrefixListEntry {
  readonly Cidr?: string | undefined
  readonly Description?: string | undefined
}

export interface PrefixListId {
  readonly Description?: string | undefined
  readonly PrefixListId?: string | undefined
}

export interface PrivateDnsNameOptionsOnLaunch {
  readonly HostnameType?: string | undefined
  readonly EnableResourceNameDnsARecord?: boolean | undefined
  readonly EnableResourceNameDnsAAAARecord?: boolean | undefined
}

export interface PrivateDnsNameOptionsRequest {
  readonly HostnameType?: string | undefined
  readonly EnableResourceNameDnsARecord?: boolean | undefined
  readonly EnableResourceNameDnsAAAARecord?: boolean | undefined
}

export interface PrivateDnsNameOptionsResponse {
  readonly HostnameType?: string | undefined
  readonly EnableResourceNameDnsARecord?: boolean | undefined
  readonly EnableResourceNameDnsAAAARecord?: boolean | undefined
}

export interface PrivateIpAddressSpecification {
  readonly Primary?: boolean | undefined
  readonly PrivateIpAddress?: string | undefined
}

export interface ProcessorInfo {
  readonly SupportedArchitectures?: readonly string[] | undefined
  readonly SustainedClockSpeedInGhz?: number | undefined
  readonly SupportedFeatures?: readonly string[] | undefined
  readonly Manufacturer?: string | undefined
}

export interface ProductCode {
  readonly ProductCodeId?: string | undefined
  readonly ProductCodeType?: string | undefined
}

export interface PropagatingVgw {
  readonly GatewayId?: string | undefined
}

export interface PtrUpdateStatus {
  readonly Value?: string | undefined
  readonly Status?: string | undefined
  readonly Reason?: string | undefined
}

export interface PublicIpDnsNameOptions {
  readonly DnsHostnameType?: string | undefined
  readonly PublicIpv4DnsName?: string | undefined
  readonly PublicIpv6DnsName?: string | undefined
  readonly PublicDualStackDnsName?: string | undefined
}

export interface RebootInstancesRequest {
  readonly InstanceIds: readonly string[]
  readonly DryRun?: boolean | undefined
}

export interface ReferencedSecurityGroup {
  readonly GroupId?: string | undefined
  readonly PeeringStatus?: string | undefined
  readonly UserId?: string | undefined
  readonly VpcId?: string | undefined
  readonly VpcPeeringConnectionId?: string | undefined
}

export interface Region {
  readonly OptInStatus?: string | undefined
  readonly Geography?: readonly RegionGeography[] | undefined
  readonly RegionName?: string | undefined
  readonly Endpoint?: string | undefined
}

export interface RegionGeography {
  readonly Name?: string | undefined
}

export interface RejectVpcPeeringConnectionRequest {
  readonly VpcPeeringConnectionId: string
  readonly DryRun?: boolean | undefined
}

export interface RejectVpcPeeringConnectionResult {
  readonly Return?: boolean | undefined
}

export interface ReleaseAddressRequest {
  readonly AllocationId?: string | undefined
  readonly PublicIp?: string | undefined
  readonly NetworkBorderGroup?: string | undefined
  readonly DryRun?: boolean | undefined
}

export interface RemovePrefixListEntry {
  readonly Cidr: string
}

export interface ReplaceNetworkAclAssociationRequest {
  readonly AssociationId: string
  readonly NetworkAclId: string
  readonly DryRun?: boolean | undefined
}

export interface ReplaceNetworkAclAssociationResult {
  readonly NewAssociationId?: string | undefined
}

export interface ReplaceNetworkAclEntryRequest {
  readonly NetworkAclId: string
  readonly RuleNumber: number
  readonly Protocol: string
  readonly RuleAction: string
  readonly Egress: boolean
  readonly DryRun?: boolean | undefined
  readonly CidrBlock?: string | undefined
  readonly Ipv6CidrBlock?: string | undefined
  readonly IcmpTypeCode?: IcmpTypeCode | undefined
  readonly PortRange?: PortRange | undefined
}

export interface ReplaceRouteRequest {
  readonly RouteTableId: string
  readonly DestinationPrefixListId?: string | undefined
  readonly VpcEndpointId?: string | undefined
  readonly LocalTarget?: boolean | undefined
  readonly TransitGatewayId?: string | undefined
  readonly LocalGatewayId?: string | undefined
  readonly CarrierGatewayId?: string | undefined
  readonly CoreNetworkArn?: string | undefined
  readonly OdbNetworkArn?: string | undefined
  readonly DryRun?: boolean | undefined
  readonly DestinationCidrBlock?: string | undefined
  readonly GatewayId?: string | undefined
  readonly DestinationIpv6CidrBlock?: string | undefined
  readonly EgressOnlyInternetGatewayId?: string | undefined
  readonly InstanceId?: string | undefined
  readonly NetworkInterfaceId?: string | undefined
  readonly VpcPeeringConnectionId?: string | undefined
  readonly NatGatewayId?: string | undefined
}

export interface ReplaceRouteTableAssociationRequest {
  readonly AssociationId: string
  readonly RouteTableId: string
  readonly DryRun?: boolean | undefined
}

export interface ReplaceRouteTableAssociationResult {
  readonly NewAssociationId?: string | undefined
  readonly AssociationState?: RouteTableAssociationState | undefined
}

export interface RequestFilterPortRange {
  readonly FromPort?: number | undefined
  readonly ToPort?: number | undefined
}

export interface Reservation {
  readonly ReservationId?: string | undefined
  readonly OwnerId?: string | undefined
  readonly RequesterId?: string | undefined
  readonly Groups?: readonly GroupIdentifier[] | undefined
  readonly Instances?: readonly Instance[] | undefined
}

export interface ResetNetworkInterfaceAttributeRequest {
  readonly NetworkInterfaceId: string
  readonly DryRun?: boolean | undefined
  readonly SourceDestCheck?: string | undefined
}

export interface ResourceStatement {
  readonly Resources?: readonly string[] | undefined
  readonly ResourceTypes?: readonly string[] | undefined
}

export interface ResourceStatementRequest {
  readonly Resources?: readonly string[] | undefined
  readonly ResourceTypes?: readonly string[] | undefined
}

export interface RestoreManagedPrefixListVersionRequest {
  readonly PrefixListId: string
  readonly PreviousVersion: number
  readonly CurrentVersion: number
  readonly DryRun?: boolean | undefined
}

export interface RestoreManagedPrefixListVersionResult {
  readonly PrefixList?: ManagedPrefixList | undefined
}

export interface RevokeSecurityGroupEgressRequest {
  readonly GroupId: string
  readonly SecurityGroupRuleIds?: readonly string[] | undefined
  readonly DryRun?: boolean | undefined
  readonly SourceSecurityGroupName?: string | undefined
  readonly SourceSecurityGroupOwnerId?: string | undefined
  readonly IpProtocol?: string | undefined
  readonly FromPort?: number | undefined
  readonly ToPort?: number | undefined
  readonly CidrIp?: string | undefined
  readonly IpPermissions?: readonly IpPermission[] | undefined
}

export interface RevokeSecurityGroupEgressResult {
  readonly Return?: boolean | undefined
  readonly UnknownIpPermissions?: readonly IpPermission[] | undefined
  readonly RevokedSecurityGroupRules?: readonly RevokedSecurityGroupRule[] | undefined
}

export interface RevokeSecurityGroupIngressRequest {
  readonly CidrIp?: string | undefined
  readonly FromPort?: number | undefined
  readonly GroupId?: string | undefined
  readonly GroupName?: string | undefined
  readonly IpPermissions?: readonly IpPermission[] | undefined
  readonly IpProtocol?: string | undefined
  readonly SourceSecurityGroupName?: string | undefined
  readonly SourceSecurityGroupOwnerId?: string | undefined
  readonly ToPort?: number | undefined
  readonly SecurityGroupRuleIds?: readonly string[] | undefined
  readonly DryRun?: boolean | undefined
}

export interface RevokeSecurityGroupIngressResult {
  readonly Return?: boolean | undefined
  readonly UnknownIpPermissions?: readonly IpPermission[] | undefined
  readonly RevokedSecurityGroupRules?: readonly RevokedSecurityGroupRule[] | undefined
}

export interface RevokedSecurityGroupRule {
  readonly SecurityGroupRuleId?: string | undefined
  readonly GroupId?: string | undefined
  readonly IsEgress?: boolean | undefined
  readonly IpProtocol?: string | undefined
  readonly FromPort?: number | undefined
  readonly ToPort?: number | undefined
  readonly CidrIpv4?: string | undefined
  readonly CidrIpv6?: string | undefined
  readonly PrefixListId?: string | undefined
  readonly ReferencedGroupId?: string | undefined
  readonly Description?: string | undefined
}

export interface Route {
  readonly DestinationCidrBlock?: string | undefined
  readonly DestinationIpv6CidrBlock?: string | undefined
  readonly DestinationPrefixListId?: string | undefined
  readonly EgressOnlyInternetGatewayId?: string | undefined
  readonly GatewayId?: string | undefined
  readonly InstanceId?: string | undefined
  readonly InstanceOwnerId?: string | undefined
  readonly NatGatewayId?: string | undefined
  readonly TransitGatewayId?: string | undefined
  readonly LocalGatewayId?: string | undefined
  readonly CarrierGatewayId?: string | undefined
  readonly NetworkInterfaceId?: string | undefined
  readonly Origin?: string | undefined
  readonly State?: string | undefined
  readonly VpcPeeringConnectionId?: string | undefined
  readonly CoreNetworkArn?: string | undefined
  readonly OdbNetworkArn?: string | undefined
  readonly IpAddress?: string | undefined
}

export interface RouteTable {
  readonly Associations?: readonly RouteTableAssociation[] | undefined
  readonly PropagatingVgws?: readonly PropagatingVgw[] | undefined
  readonly RouteTableId?: string | undefined
  readonly Routes?: readonly Route[] | undefined
  readonly Tags?: readonly Tag[] | undefined
  readonly VpcId?: string | undefined
  readonly OwnerId?: string | undefined
}

export interface RouteTableAssociation {
  readonly Main?: boolean | undefined
  readonly RouteTableAssociationId?: string | undefined
  readonly RouteTableId?: string | undefined
  readonly SubnetId?: string | undefined
  readonly GatewayId?: string | undefined
  readonly PublicIpv4Pool?: string | undefined
  readonly AssociationState?: RouteTableAssociationState | undefined
}

export interface RouteTableAssociationState {
  readonly State?: string | undefined
  readonly StatusMessage?: string | undefined
}

export interface RuleGroupRuleOptionsPair {
  readonly RuleGroupArn?: string | undefined
  readonly RuleOptions?: readonly RuleOption[] | undefined
}

export interface RuleGroupTypePair {
  readonly RuleGroupArn?: string | undefined
  readonly RuleGroupType?: string | undefined
}

export interface RuleOption {
  readonly Keyword?: string | undefined
  readonly Settings?: readonly string[] | undefined
}

export interface RunInstancesMonitoringEnabled {
  readonly Enabled: boolean
  readonly MetricCategoryIds?: readonly string[] | undefined
}

export interface RunInstancesRequest {
  readonly MaxCount: number
  readonly MinCount: number
  readonly BlockDeviceMappings?: readonly BlockDeviceMapping[] | undefined
  readonly ImageId?: string | undefined
  readonly InstanceType?: string | undefined
  readonly Ipv6AddressCount?: number | undefined
  readonly Ipv6Addresses?: readonly InstanceIpv6Address[] | undefined
  readonly KernelId?: string | undefined
  readonly KeyName?: string | undefined
  readonly Monitoring?: RunInstancesMonitoringEnabled | undefined
  readonly Placement?: Placement | undefined
  readonly RamdiskId?: string | undefined
  readonly SecurityGroupIds?: readonly string[] | undefined
  readonly SecurityGroups?: readonly string[] | undefined
  readonly SubnetId?: string | undefined
  readonly UserData?: string | undefined
  readonly ElasticGpuSpecification?: readonly ElasticGpuSpecification[] | undefined
  readonly ElasticInferenceAccelerators?: readonly ElasticInferenceAccelerator[] | undefined
  readonly TagSpecifications?: readonly TagSpecification[] | undefined
  readonly LaunchTemplate?: LaunchTemplateSpecification | undefined
  readonly InstanceMarketOptions?: InstanceMarketOptionsRequest | undefined
  readonly CreditSpecification?: CreditSpecificationRequest | undefined
  readonly CpuOptions?: CpuOptionsRequest | undefined
  readonly CapacityReservationSpecification?: CapacityReservationSpecification | undefined
  readonly HibernationOptions?: HibernationOptionsRequest | undefined
  readonly LicenseSpecifications?: readonly LicenseConfigurationRequest[] | undefined
  readonly MetadataOptions?: InstanceMetadataOptionsRequest | undefined
  readonly EnclaveOptions?: EnclaveOptionsRequest | undefined
  readonly PrivateDnsNameOptions?: PrivateDnsNameOptionsRequest | undefined
  readonly MaintenanceOptions?: InstanceMaintenanceOptionsRequest | undefined
  readonly DisableApiStop?: boolean | undefined
  readonly EnablePrimaryIpv6?: boolean | undefined
  readonly NetworkPerformanceOptions?: InstanceNetworkPerformanceOptionsRequest | undefined
  readonly Operator?: OperatorRequest | undefined
  readonly SecondaryInterfaces?: readonly InstanceSecondaryInterfaceSpecificationRequest[] | undefined
  readonly DryRun?: boolean | undefined
  readonly DisableApiTermination?: boolean | undefined
  readonly InstanceInitiatedShutdownBehavior?: string | undefined
  readonly PrivateIpAddress?: string | undefined
  readonly ClientToken?: string | undefined
  readonly AdditionalInfo?: string | undefined
  readonly NetworkInterfaces?: readonly InstanceNetworkInterfaceSpecification[] | undefined
  readonly IamInstanceProfile?: IamInstanceProfileSpecification | undefined
  readonly EbsOptimized?: boolean | undefined
}

export interface ScanResults {
  readonly HighestFindingSeverityLabel?: string | undefined
  readonly FindingScanDate?: Instant | undefined
  readonly InformationalFixAvailableSince?: Instant | undefined
  readonly LowFixAvailableSince?: Instant | undefined
  readonly MediumFixAvailableSince?: Instant | undefined
  readonly HighFixAvailableSince?: Instant | undefined
  readonly CriticalFixAvailableSince?: Instant | undefined
}

export interface SecureBlobAttributeValue {
  readonly Value?: string | undefined
}

export interface SecurityGroup {
  readonly GroupId?: string | undefined
  readonly IpPermissionsEgress?: readonly IpPermission[] | undefined
  readonly Tags?: readonly Tag[] | undefined
  readonly VpcId?: string | undefined
  readonly SecurityGroupArn?: string | undefined
  readonly OwnerId?: string | undefined
  readonly GroupName?: string | undefined
  readonly Description?: string | undefined
  readonly IpPermissions?: readonly IpPermission[] | undefined
}

export interface SecurityGroupForVpc {
  readonly Description?: string | undefined
  readonly GroupName?: string | undefined
  readonly OwnerId?: string | undefined
  readonly GroupId?: string | undefined
  readonly Tags?: readonly Tag[] | undefined
  readonly PrimaryVpcId?: string | undefined
}

export interface SecurityGroupReference {
  readonly GroupId?: string | undefined
  readonly ReferencingVpcId?: string | undefined
  readonly VpcPeeringConnectionId?: string | undefined
  readonly TransitGatewayId?: string | undefined
}

export interface SecurityGroupRule {
  readonly SecurityGroupRuleId?: string | undefined
  readonly GroupId?: string | undefined
  readonly GroupOwnerId?: string | undefined
  readonly IsEgress?: boolean | undefined
  readonly IpProtocol?: string | undefined
  readonly FromPort?: number | undefined
  readonly ToPort?: number | undefined
  readonly CidrIpv4?: string | undefined
  readonly CidrIpv6?: string | undefined
  readonly PrefixListId?: string | undefined
  readonly ReferencedGroupInfo?: ReferencedSecurityGroup | undefined
  readonly Description?: string | undefined
  readonly Tags?: readonly Tag[] | undefined
  readonly SecurityGroupRuleArn?: string | undefined
}

export interface SecurityGroupRuleDescription {
  readonly SecurityGroupRuleId?: string | undefined
  readonly Description?: string | undefined
}

export interface SecurityGroupRuleRequest {
  readonly IpProtocol?: string | undefined
  readonly FromPort?: number | undefined
  readonly ToPort?: number | undefined
  readonly CidrIpv4?: string | undefined
  readonly CidrIpv6?: string | undefined
  readonly PrefixListId?: string | undefined
  readonly ReferencedGroupId?: string | undefined
  readonly Description?: string | undefined
}

export interface SecurityGroupRuleUpdate {
  readonly SecurityGroupRuleId: string
  readonly SecurityGroupRule?: SecurityGroupRuleRequest | undefined
}

export interface SecurityGroupVpcAssociation {
  readonly GroupId?: string | undefined
  readonly VpcId?: string | undefined
  readonly VpcOwnerId?: string | undefined
  readonly State?: string | undefined
  readonly StateReason?: string | undefined
  readonly GroupOwnerId?: string | undefined
}

export interface SpotMarketOptions {
  readonly MaxPrice?: string | undefined
  readonly SpotInstanceType?: string | undefined
  readonly BlockDurationMinutes?: number | undefined
  readonly ValidUntil?: Instant | undefined
  readonly InstanceInterruptionBehavior?: string | undefined
}

export interface StaleIpPermission {
  readonly FromPort?: number | undefined
  readonly IpProtocol?: string | undefined
  readonly IpRanges?: readonly string[] | undefined
  readonly PrefixListIds?: readonly string[] | undefined
  readonly ToPort?: number | undefined
  readonly UserIdGroupPairs?: readonly UserIdGroupPair[] | undefined
}

export interface StaleSecurityGroup {
  readonly Description?: string | undefined
  readonly GroupId?: string | undefined
  readonly GroupName?: string | undefined
  readonly StaleIpPermissions?: readonly StaleIpPermission[] | undefined
  readonly StaleIpPermissionsEgress?: readonly StaleIpPermission[] | undefined
  readonly VpcId?: string | undefined
}

export interface StartInstancesRequest {
  readonly InstanceIds: readonly string[]
  readonly AdditionalInfo?: string | undefined
  readonly DryRun?: boolean | undefined
}

export interface StartInstancesResult {
  readonly StartingInstances?: readonly InstanceStateChange[] | undefined
}

export interface StartNetworkInsightsAccessScopeAnalysisRequest {
  readonly NetworkInsightsAccessScopeId: string
  readonly DryRun?: boolean | undefined
  readonly TagSpecifications?: readonly TagSpecification[] | undefined
  readonly ClientToken?: string | undefined
}

export interface StartNetworkInsightsAccessScopeAnalysisResult {
  readonly NetworkInsightsAccessScopeAnalysis?: NetworkInsightsAccessScopeAnalysis | undefined
}

export interface StartNetworkInsightsAnalysisRequest {
  readonly NetworkInsightsPathId: string
  readonly AdditionalAccounts?: readonly string[] | undefined
  readonly FilterInArns?: readonly string[] | undefined
  readonly FilterOutArns?: readonly string[] | undefined
  readonly DryRun?: boolean | undefined
  readonly TagSpecifications?: readonly TagSpecification[] | undefined
  readonly ClientToken?: string | undefined
}

export interface StartNetworkInsightsAnalysisResult {
  readonly NetworkInsightsAnalysis?: NetworkInsightsAnalysis | undefined
}

export interface StateReason {
  readonly Code?: string | undefined
  readonly Message?: string | undefined
}

export interface StopInstancesRequest {
  readonly InstanceIds: readonly string[]
  readonly Hibernate?: boolean | undefined
  readonly SkipOsShutdown?: boolean | undefined
  readonly DryRun?: boolean | undefined
  readonly Force?: boolean | undefined
}

export interface StopInstancesResult {
  readonly StoppingInstances?: readonly InstanceStateChange[] | undefined
}

export interface Subnet {
  readonly AvailabilityZoneId?: string | undefined
  readonly EnableLniAtDeviceIndex?: number | undefined
  readonly MapCustomerOwnedIpOnLaunch?: boolean | undefined
  readonly CustomerOwnedIpv4Pool?: string | undefined
  readonly OwnerId?: string | undefined
  readonly AssignIpv6AddressOnCreation?: boolean | undefined
  readonly Ipv6CidrBlockAssociationSet?: readonly SubnetIpv6CidrBlockAssociation[] | undefined
  readonly Tags?: readonly Tag[] | undefined
  readonly SubnetArn?: string | undefined
  readonly OutpostArn?: string | undefined
  readonly EnableDns64?: boolean | undefined
  readonly Ipv6Native?: boolean | undefined
  readonly PrivateDnsNameOptionsOnLaunch?: PrivateDnsNameOptionsOnLaunch | undefined
  readonly BlockPublicAccessStates?: BlockPublicAccessStates | undefined
  readonly Type?: string | undefined
  readonly SubnetId?: string | undefined
  readonly State?: string | undefined
  readonly VpcId?: string | undefined
  readonly CidrBlock?: string | undefined
  readonly AvailableIpAddressCount?: number | undefined
  readonly AvailabilityZone?: string | undefined
  readonly DefaultForAz?: boolean | undefined
  readonly MapPublicIpOnLaunch?: boolean | undefined
}

export interface SubnetCidrBlockState {
  readonly State?: string | undefined
  readonly StatusMessage?: string | undefined
}

export interface SubnetIpv6CidrBlockAssociation {
  readonly AssociationId?: string | undefined
  readonly Ipv6CidrBlock?: string | undefined
  readonly Ipv6CidrBlockState?: SubnetCidrBlockState | undefined
  readonly Ipv6AddressAttribute?: string | undefined
  readonly IpSource?: string | undefined
}

export interface Tag {
  readonly Key?: string | undefined
  readonly Value?: string | undefined
}

export interface TagDescription {
  readonly Key?: string | undefined
  readonly ResourceId?: string | undefined
  readonly ResourceType?: string | undefined
  readonly Value?: string | undefined
}

export interface TagFieldSpecificationRequest {
  readonly ResourceType?: string | undefined
  readonly TagKeys?: readonly string[] | undefined
}

export interface TagFieldSpecificationResponse {
  readonly ResourceType?: string | undefined
  readonly TagKeys?: readonly string[] | undefined
}

export interface TagSpecification {
  readonly ResourceType?: string | undefined
  readonly Tags?: readonly Tag[] | undefined
}

export interface TerminateInstancesRequest {
  readonly InstanceIds: readonly string[]
  readonly Force?: boolean | undefined
  readonly SkipOsShutdown?: boolean | undefined
  readonly DryRun?: boolean | undefined
}

export interface TerminateInstancesResult {
  readonly TerminatingInstances?: readonly InstanceStateChange[] | undefined
}

export interface ThroughResourcesStatement {
  readonly ResourceStatement?: ResourceStatement | undefined
}

export interface ThroughResourcesStatementRequest {
  readonly ResourceStatement?: ResourceStatementRequest | undefined
}

export interface TransitGatewayRouteTableRoute {
  readonly DestinationCidr?: string | undefined
  readonly State?: string | undefined
  readonly RouteOrigin?: string | undefined
  readonly PrefixListId?: string | undefined
  readonly AttachmentId?: string | undefined
  readonly ResourceId?: string | undefined
  readonly ResourceType?: string | undefined
}

export interface UnassignIpv6AddressesRequest {
  readonly NetworkInterfaceId: string
  readonly Ipv6Prefixes?: readonly string[] | undefined
  readonly Ipv6Addresses?: readonly string[] | undefined
}

export interface UnassignIpv6AddressesResult {
  readonly NetworkInterfaceId?: string | undefined
  readonly UnassignedIpv6Addresses?: readonly string[] | undefined
  readonly UnassignedIpv6Prefixes?: readonly string[] | undefined
}

export interface UnassignPrivateIpAddressesRequest {
  readonly NetworkInterfaceId: string
  readonly Ipv4Prefixes?: readonly string[] | undefined
  readonly PrivateIpAddresses?: readonly string[] | undefined
}

export interface UnsuccessfulItem {
  readonly Error?: UnsuccessfulItemError | undefined
  readonly ResourceId?: string | undefined
}

export interface UnsuccessfulItemError {
  readonly Code?: string | undefined
  readonly Message?: string | undefined
}

export interface UpdateSecurityGroupRuleDescriptionsEgressRequest {
  readonly DryRun?: boolean | undefined
  readonly GroupId?: string | undefined
  readonly GroupName?: string | undefined
  readonly IpPermissions?: readonly IpPermission[] | undefined
  readonly SecurityGroupRuleDescriptions?: readonly SecurityGroupRuleDescription[] | undefined
}

export interface UpdateSecurityGroupRuleDescriptionsEgressResult {
  readonly Return?: boolean | undefined
}

export interface UpdateSecurityGroupRuleDescriptionsIngressRequest {
  readonly DryRun?: boolean | undefined
  readonly GroupId?: string | undefined
  readonly GroupName?: string | undefined
  readonly IpPermissions?: readonly IpPermission[] | undefined
  readonly SecurityGroupRuleDescriptions?: readonly SecurityGroupRuleDescription[] | undefined
}

export interface UpdateSecurityGroupRuleDescriptionsIngressResult {
  readonly Return?: boolean | undefined
}

export interface UserIdGroupPair {
  readonly Description?: string | undefined
  readonly UserId?: string | undefined
  readonly GroupName?: string | undefined
  readonly GroupId?: string | undefined
  readonly VpcId?: string | undefined
  readonly VpcPeeringConnectionId?: string | undefined
  readonly PeeringStatus?: string | undefined
}

export interface VCpuInfo {
  readonly DefaultVCpus?: number | undefined
  readonly DefaultCores?: number | undefined
  readonly DefaultThreadsPerCore?: number | undefined
  readonly ValidCores?: readonly number[] | undefined
  readonly ValidThreadsPerCore?: readonly number[] | undefined
}

export interface Volume {
  readonly AvailabilityZoneId?: string | undefined
  readonly OutpostArn?: string | undefined
  readonly SourceVolumeId?: string | undefined
  readonly Iops?: number | undefined
  readonly Tags?: readonly Tag[] | undefined
  readonly VolumeType?: string | undefined
  readonly FastRestored?: boolean | undefined
  readonly MultiAttachEnabled?: boolean | undefined
  readonly Throughput?: number | undefined
  readonly SseType?: string | undefined
  readonly Operator?: OperatorResponse | undefined
  readonly VolumeInitializationRate?: number | undefined
  readonly VolumeArn?: string | undefined
  readonly OwnerId?: string | undefined
  readonly VolumeId?: string | undefined
  readonly Size?: number | undefined
  readonly SnapshotId?: string | undefined
  readonly AvailabilityZone?: string | undefined
  readonly State?: string | undefined
  readonly CreateTime?: Instant | undefined
  readonly Attachments?: readonly VolumeAttachment[] | undefined
  readonly Encrypted?: boolean | undefined
  readonly KmsKeyId?: string | undefined
}

export interface VolumeAttachment {
  readonly DeleteOnTermination?: boolean | undefined
  readonly AssociatedResource?: string | undefined
  readonly InstanceOwningService?: string | undefined
  readonly EbsCardIndex?: number | undefined
  readonly VolumeId?: string | undefined
  readonly InstanceId?: string | undefined
  readonly Device?: string | undefined
  readonly State?: string | undefined
  readonly AttachTime?: Instant | undefined
}

export interface Vpc {
  readonly OwnerId?: string | undefined
  readonly InstanceTenancy?: string | undefined
  readonly Ipv6CidrBlockAssociationSet?: readonly VpcIpv6CidrBlockAssociation[] | undefined
  readonly CidrBlockAssociationSet?: readonly VpcCidrBlockAssociation[] | undefined
  readonly IsDefault?: boolean | undefined
  readonly EncryptionControl?: VpcEncryptionControl | undefined
  readonly Tags?: readonly Tag[] | undefined
  readonly BlockPublicAccessStates?: BlockPublicAccessStates | undefined
  readonly VpcId?: string | undefined
  readonly State?: string | undefined
  readonly CidrBlock?: string | undefined
  readonly DhcpOptionsId?: string | undefined
}

export interface VpcCidrBlockAssociation {
  readonly AssociationId?: string | undefined
  readonly CidrBlock?: string | undefined
  readonly CidrBlockState?: VpcCidrBlockState | undefined
}

export interface VpcCidrBlockState {
  readonly State?: string | undefined
  readonly StatusMessage?: string | undefined
}

export interface VpcClassicLink {
  readonly ClassicLinkEnabled?: boolean | undefined
  readonly Tags?: readonly Tag[] | undefined
  readonly VpcId?: string | undefined
}

export interface VpcEncryptionControl {
  readonly VpcId?: string | undefined
  readonly VpcEncryptionControlId?: string | undefined
  readonly Mode?: string | undefined
  readonly State?: string | undefined
  readonly StateMessage?: string | undefined
  readonly ResourceExclusions?: VpcEncryptionControlExclusions | undefined
  readonly Tags?: readonly Tag[] | undefined
}

export interface VpcEncryptionControlConfiguration {
  readonly Mode: string
  readonly InternetGatewayExclusion?: string | undefined
  readonly EgressOnlyInternetGatewayExclusion?: string | undefined
  readonly NatGatewayExclusion?: string | undefined
  readonly VirtualPrivateGatewayExclusion?: string | undefined
  readonly VpcPeeringExclusion?: string | undefined
  readonly LambdaExclusion?: string | undefined
  readonly VpcLatticeExclusion?: string | undefined
  readonly ElasticFileSystemExclusion?: string | undefined
  readonly GlobalAcceleratorExclusion?: string | undefined
  readonly ApiGatewayV2Exclusion?: string | undefined
}

export interface VpcEncryptionControlExclusion {
  readonly State?: string | undefined
  readonly StateMessage?: string | undefined
}

export interface VpcEncryptionControlExclusions {
  readonly InternetGateway?: VpcEncryptionControlExclusion | undefined
  readonly EgressOnlyInternetGateway?: VpcEncryptionControlExclusion | undefined
  readonly NatGateway?: VpcEncryptionControlExclusion | undefined
  readonly VirtualPrivateGateway?: VpcEncryptionControlExclusion | undefined
  readonly VpcPeering?: VpcEncryptionControlExclusion | undefined
  readonly Lambda?: VpcEncryptionControlExclusion | undefined
  readonly VpcLattice?: VpcEncryptionControlExclusion | undefined
  readonly ElasticFileSystem?: VpcEncryptionControlExclusion | undefined
  readonly GlobalAccelerator?: VpcEncryptionControlExclusion | undefined
  readonly ApiGatewayV2?: VpcEncryptionControlExclusion | undefined
}

export interface VpcIpv6CidrBlockAssociation {
  readonly AssociationId?: string | undefined
  readonly Ipv6CidrBlock?: string | undefined
  readonly Ipv6CidrBlockState?: VpcCidrBlockState | undefined
  readonly NetworkBorderGroup?: string | undefined
  readonly Ipv6Pool?: string | undefined
  readonly Ipv6AddressAttribute?: string | undefined
  readonly IpSource?: string | undefined
}

export interface VpcPeeringConnection {
  readonly AccepterVpcInfo?: VpcPeeringConnectionVpcInfo | undefined
  readonly ExpirationTime?: Instant | undefined
  readonly RequesterVpcInfo?: VpcPeeringConnectionVpcInfo | undefined
  readonly Status?: VpcPeeringConnectionStateReason | undefined
  readonly Tags?: readonly Tag[] | undefined
  readonly VpcPeeringConnectionId?: string | undefined
}

export interface VpcPeeringConnectionOptionsDescription {
  readonly AllowDnsResolutionFromRemoteVpc?: boolean | undefined
  readonly AllowEgressFromLocalClassicLinkToRemoteVpc?: boolean | undefined
  readonly AllowEgressFromLocalVpcToRemoteClassicLink?: boolean | undefined
}

export interface VpcPeeringConnectionStateReason {
  readonly Code?: string | undefined
  readonly Message?: string | undefined
}

export interface VpcPeeringConnectionVpcInfo {
  readonly CidrBlock?: string | undefined
  readonly Ipv6CidrBlockSet?: readonly Ipv6CidrBlock[] | undefined
  readonly CidrBlockSet?: readonly CidrBlock[] | undefined
  readonly OwnerId?: string | undefined
  readonly PeeringOptions?: VpcPeeringConnectionOptionsDescription | undefined
  readonly VpcId?: string | undefined
  readonly Region?: string | undefined
}

export interface ActionTypes {
  CreateSecurityGroup: { input: CreateSecurityGroupRequest; output: CreateSecurityGroupResult }
  DeleteSecurityGroup: { input: DeleteSecurityGroupRequest; output: DeleteSecurityGroupResult }
  DescribeSecurityGroups: { input: DescribeSecurityGroupsRequest; output: DescribeSecurityGroupsResult }
  AuthorizeSecurityGroupIngress: { input: AuthorizeSecurityGroupIngressRequest; output: AuthorizeSecurityGroupIngressResult }
  AuthorizeSecurityGroupEgress: { input: AuthorizeSecurityGroupEgressRequest; output: AuthorizeSecurityGroupEgressResult }
  RevokeSecurityGroupIngress: { input: RevokeSecurityGroupIngressRequest; output: RevokeSecurityGroupIngressResult }
  RevokeSecurityGroupEgress: { input: RevokeSecurityGroupEgressRequest; output: RevokeSecurityGroupEgressResult }
  ModifySecurityGroupRules: { input: ModifySecurityGroupRulesRequest; output: ModifySecurityGroupRulesResult }
  DescribeSecurityGroupRules: { input: DescribeSecurityGroupRulesRequest; output: DescribeSecurityGroupRulesResult }
  UpdateSecurityGroupRuleDescriptionsIngress: { input: UpdateSecurityGroupRuleDescriptionsIngressRequest; output: UpdateSecurityGroupRuleDescriptionsIngressResult }
  UpdateSecurityGroupRuleDescriptionsEgress: { input: UpdateSecurityGroupRuleDescriptionsEgressRequest; output: UpdateSecurityGroupRuleDescriptionsEgressResult }
  DescribeSecurityGroupReferences: { input: DescribeSecurityGroupReferencesRequest; output: DescribeSecurityGroupReferencesResult }
  DescribeStaleSecurityGroups: { input: DescribeStaleSecurityGroupsRequest; output: DescribeStaleSecurityGroupsResult }
  GetSecurityGroupsForVpc: { input: GetSecurityGroupsForVpcRequest; output: GetSecurityGroupsForVpcResult }
  AssociateSecurityGroupVpc: { input: AssociateSecurityGroupVpcRequest; output: AssociateSecurityGroupVpcResult }
  DisassociateSecurityGroupVpc: { input: DisassociateSecurityGroupVpcRequest; output: DisassociateSecurityGroupVpcResult }
  DescribeSecurityGroupVpcAssociations: { input: DescribeSecurityGroupVpcAssociationsRequest; output: DescribeSecurityGroupVpcAssociationsResult }
  CreateTags: { input: CreateTagsRequest; output: Empty }
  DeleteTags: { input: DeleteTagsRequest; output: Empty }
  DescribeTags: { input: DescribeTagsRequest; output: DescribeTagsResult }
  CreateManagedPrefixList: { input: CreateManagedPrefixListRequest; output: CreateManagedPrefixListResult }
  ModifyManagedPrefixList: { input: ModifyManagedPrefixListRequest; output: ModifyManagedPrefixListResult }
  DeleteManagedPrefixList: { input: DeleteManagedPrefixListRequest; output: DeleteManagedPrefixListResult }
  DescribeManagedPrefixLists: { input: DescribeManagedPrefixListsRequest; output: DescribeManagedPrefixListsResult }
  GetManagedPrefixListEntries: { input: GetManagedPrefixListEntriesRequest; output: GetManagedPrefixListEntriesResult }
  GetManagedPrefixListAssociations: { input: GetManagedPrefixListAssociationsRequest; output: GetManagedPrefixListAssociationsResult }
  RestoreManagedPrefixListVersion: { input: RestoreManagedPrefixListVersionRequest; output: RestoreManagedPrefixListVersionResult }
  DescribePrefixLists: { input: DescribePrefixListsRequest; output: DescribePrefixListsResult }
  CreateVpc: { input: CreateVpcRequest; output: CreateVpcResult }
  CreateDefaultVpc: { input: CreateDefaultVpcRequest; output: CreateDefaultVpcResult }
  DeleteVpc: { input: DeleteVpcRequest; output: Empty }
  DescribeVpcs: { input: DescribeVpcsRequest; output: DescribeVpcsResult }
  DescribeVpcAttribute: { input: DescribeVpcAttributeRequest; output: DescribeVpcAttributeResult }
  ModifyVpcAttribute: { input: ModifyVpcAttributeRequest; output: Empty }
  AssociateVpcCidrBlock: { input: AssociateVpcCidrBlockRequest; output: AssociateVpcCidrBlockResult }
  DisassociateVpcCidrBlock: { input: DisassociateVpcCidrBlockRequest; output: DisassociateVpcCidrBlockResult }
  DescribeDhcpOptions: { input: DescribeDhcpOptionsRequest; output: DescribeDhcpOptionsResult }
  DescribeVpcClassicLink: { input: DescribeVpcClassicLinkRequest; output: DescribeVpcClassicLinkResult }
  DescribeVpcClassicLinkDnsSupport: { input: DescribeVpcClassicLinkDnsSupportRequest; output: DescribeVpcClassicLinkDnsSupportResult }
  CreateSubnet: { input: CreateSubnetRequest; output: CreateSubnetResult }
  CreateDefaultSubnet: { input: CreateDefaultSubnetRequest; output: CreateDefaultSubnetResult }
  DeleteSubnet: { input: DeleteSubnetRequest; output: Empty }
  DescribeSubnets: { input: DescribeSubnetsRequest; output: DescribeSubnetsResult }
  ModifySubnetAttribute: { input: ModifySubnetAttributeRequest; output: Empty }
  AssociateSubnetCidrBlock: { input: AssociateSubnetCidrBlockRequest; output: AssociateSubnetCidrBlockResult }
  DisassociateSubnetCidrBlock: { input: DisassociateSubnetCidrBlockRequest; output: DisassociateSubnetCidrBlockResult }
  CreateRouteTable: { input: CreateRouteTableRequest; output: CreateRouteTableResult }
  DeleteRouteTable: { input: DeleteRouteTableRequest; output: Empty }
  DescribeRouteTables: { input: DescribeRouteTablesRequest; output: DescribeRouteTablesResult }
  AssociateRouteTable: { input: AssociateRouteTableRequest; output: AssociateRouteTableResult }
  DisassociateRouteTable: { input: DisassociateRouteTableRequest; output: Empty }
  ReplaceRouteTableAssociation: { input: ReplaceRouteTableAssociationRequest; output: ReplaceRouteTableAssociationResult }
  CreateRoute: { input: CreateRouteRequest; output: CreateRouteResult }
  ReplaceRoute: { input: ReplaceRouteRequest; output: Empty }
  DeleteRoute: { input: DeleteRouteRequest; output: Empty }
  CreateInternetGateway: { input: CreateInternetGatewayRequest; output: CreateInternetGatewayResult }
  AttachInternetGateway: { input: AttachInternetGatewayRequest; output: Empty }
  DetachInternetGateway: { input: DetachInternetGatewayRequest; output: Empty }
  DeleteInternetGateway: { input: DeleteInternetGatewayRequest; output: Empty }
  DescribeInternetGateways: { input: DescribeInternetGatewaysRequest; output: DescribeInternetGatewaysResult }
  CreateNetworkInterface: { input: CreateNetworkInterfaceRequest; output: CreateNetworkInterfaceResult }
  DeleteNetworkInterface: { input: DeleteNetworkInterfaceRequest; output: Empty }
  DescribeNetworkInterfaces: { input: DescribeNetworkInterfacesRequest; output: DescribeNetworkInterfacesResult }
  DescribeNetworkInterfaceAttribute: { input: DescribeNetworkInterfaceAttributeRequest; output: DescribeNetworkInterfaceAttributeResult }
  ModifyNetworkInterfaceAttribute: { input: ModifyNetworkInterfaceAttributeRequest; output: Empty }
  ResetNetworkInterfaceAttribute: { input: ResetNetworkInterfaceAttributeRequest; output: Empty }
  AttachNetworkInterface: { input: AttachNetworkInterfaceRequest; output: AttachNetworkInterfaceResult }
  DetachNetworkInterface: { input: DetachNetworkInterfaceRequest; output: Empty }
  AssignPrivateIpAddresses: { input: AssignPrivateIpAddressesRequest; output: AssignPrivateIpAddressesResult }
  UnassignPrivateIpAddresses: { input: UnassignPrivateIpAddressesRequest; output: Empty }
  AssignIpv6Addresses: { input: AssignIpv6AddressesRequest; output: AssignIpv6AddressesResult }
  UnassignIpv6Addresses: { input: UnassignIpv6AddressesRequest; output: UnassignIpv6AddressesResult }
  RunInstances: { input: RunInstancesRequest; output: Reservation }
  DescribeInstances: { input: DescribeInstancesRequest; output: DescribeInstancesResult }
  DescribeInstanceStatus: { input: DescribeInstanceStatusRequest; output: DescribeInstanceStatusResult }
  StartInstances: { input: StartInstancesRequest; output: StartInstancesResult }
  StopInstances: { input: StopInstancesRequest; output: StopInstancesResult }
  RebootInstances: { input: RebootInstancesRequest; output: Empty }
  TerminateInstances: { input: TerminateInstancesRequest; output: TerminateInstancesResult }
  ModifyInstanceAttribute: { input: ModifyInstanceAttributeRequest; output: Empty }
  DescribeInstanceAttribute: { input: DescribeInstanceAttributeRequest; output: InstanceAttribute }
  DescribeInstanceTypes: { input: DescribeInstanceTypesRequest; output: DescribeInstanceTypesResult }
  DescribeInstanceCreditSpecifications: { input: DescribeInstanceCreditSpecificationsRequest; output: DescribeInstanceCreditSpecificationsResult }
  DescribeImages: { input: DescribeImagesRequest; output: DescribeImagesResult }
  DescribeVolumes: { input: DescribeVolumesRequest; output: DescribeVolumesResult }
  CreateNetworkAcl: { input: CreateNetworkAclRequest; output: CreateNetworkAclResult }
  DeleteNetworkAcl: { input: DeleteNetworkAclRequest; output: Empty }
  DescribeNetworkAcls: { input: DescribeNetworkAclsRequest; output: DescribeNetworkAclsResult }
  CreateNetworkAclEntry: { input: CreateNetworkAclEntryRequest; output: Empty }
  ReplaceNetworkAclEntry: { input: ReplaceNetworkAclEntryRequest; output: Empty }
  DeleteNetworkAclEntry: { input: DeleteNetworkAclEntryRequest; output: Empty }
  ReplaceNetworkAclAssociation: { input: ReplaceNetworkAclAssociationRequest; output: ReplaceNetworkAclAssociationResult }
  CreateVpcPeeringConnection: { input: CreateVpcPeeringConnectionRequest; output: CreateVpcPeeringConnectionResult }
  AcceptVpcPeeringConnection: { input: AcceptVpcPeeringConnectionRequest; output: AcceptVpcPeeringConnectionResult }
  RejectVpcPeeringConnection: { input: RejectVpcPeeringConnectionRequest; output: RejectVpcPeeringConnectionResult }
  DeleteVpcPeeringConnection: { input: DeleteVpcPeeringConnectionRequest; output: DeleteVpcPeeringConnectionResult }
  DescribeVpcPeeringConnections: { input: DescribeVpcPeeringConnectionsRequest; output: DescribeVpcPeeringConnectionsResult }
  ModifyVpcPeeringConnectionOptions: { input: ModifyVpcPeeringConnectionOptionsRequest; output: ModifyVpcPeeringConnectionOptionsResult }
  AllocateAddress: { input: AllocateAddressRequest; output: AllocateAddressResult }
  ReleaseAddress: { input: ReleaseAddressRequest; output: Empty }
  AssociateAddress: { input: AssociateAddressRequest; output: AssociateAddressResult }
  DisassociateAddress: { input: DisassociateAddressRequest; output: Empty }
  DescribeAddresses: { input: DescribeAddressesRequest; output: DescribeAddressesResult }
  DescribeAddressesAttribute: { input: DescribeAddressesAttributeRequest; output: DescribeAddressesAttributeResult }
  CreateFlowLogs: { input: CreateFlowLogsRequest; output: CreateFlowLogsResult }
  DeleteFlowLogs: { input: DeleteFlowLogsRequest; output: DeleteFlowLogsResult }
  DescribeFlowLogs: { input: DescribeFlowLogsRequest; output: DescribeFlowLogsResult }
  CreateNetworkInsightsPath: { input: CreateNetworkInsightsPathRequest; output: CreateNetworkInsightsPathResult }
  DeleteNetworkInsightsPath: { input: DeleteNetworkInsightsPathRequest; output: DeleteNetworkInsightsPathResult }
  DescribeNetworkInsightsPaths: { input: DescribeNetworkInsightsPathsRequest; output: DescribeNetworkInsightsPathsResult }
  StartNetworkInsightsAnalysis: { input: StartNetworkInsightsAnalysisRequest; output: StartNetworkInsightsAnalysisResult }
  DescribeNetworkInsightsAnalyses: { input: DescribeNetworkInsightsAnalysesRequest; output: DescribeNetworkInsightsAnalysesResult }
  DeleteNetworkInsightsAnalysis: { input: DeleteNetworkInsightsAnalysisRequest; output: DeleteNetworkInsightsAnalysisResult }
  CreateNetworkInsightsAccessScope: { input: CreateNetworkInsightsAccessScopeRequest; output: CreateNetworkInsightsAccessScopeResult }
  DeleteNetworkInsightsAccessScope: { input: DeleteNetworkInsightsAccessScopeRequest; output: DeleteNetworkInsightsAccessScopeResult }
  DescribeNetworkInsightsAccessScopes: { input: DescribeNetworkInsightsAccessScopesRequest; output: DescribeNetworkInsightsAccessScopesResult }
  GetNetworkInsightsAccessScopeContent: { input: GetNetworkInsightsAccessScopeContentRequest; output: GetNetworkInsightsAccessScopeContentResult }
  StartNetworkInsightsAccessScopeAnalysis: { input: StartNetworkInsightsAccessScopeAnalysisRequest; output: StartNetworkInsightsAccessScopeAnalysisResult }
  DescribeNetworkInsightsAccessScopeAnalyses: { input: DescribeNetworkInsightsAccessScopeAnalysesRequest; output: DescribeNetworkInsightsAccessScopeAnalysesResult }
  DeleteNetworkInsightsAccessScopeAnalysis: { input: DeleteNetworkInsightsAccessScopeAnalysisRequest; output: DeleteNetworkInsightsAccessScopeAnalysisResult }
  GetNetworkInsightsAccessScopeAnalysisFindings: { input: GetNetworkInsightsAccessScopeAnalysisFindingsRequest; output: GetNetworkInsightsAccessScopeAnalysisFindingsResult }
  DescribeRegions: { input: DescribeRegionsRequest; output: DescribeRegionsResult }
  DescribeAvailabilityZones: { input: DescribeAvailabilityZonesRequest; output: DescribeAvailabilityZonesResult }
  DescribeAccountAttributes: { input: DescribeAccountAttributesRequest; output: DescribeAccountAttributesResult }
}

export type ActionName = keyof ActionTypes
