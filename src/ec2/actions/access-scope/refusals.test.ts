import { expect, test } from 'vitest'
import { cloud, type WireParameters } from '../../../../test/cloud.ts'

type Row = readonly [what: string, parameters: WireParameters, code: string, message: string]

const header = 'MatchPath.1.Source.PacketHeaderStatement'

const creating: readonly Row[] = [
  ['nothing to match', {}, 'MissingParameter', 'The request must contain the parameter matchPath'],
  [
    'a type that AWS has not',
    { 'MatchPath.1.Source.ResourceStatement.ResourceType.1': 'AWS::EC2::Router' },
    'InvalidParameterValue',
    'Value (AWS::EC2::Router) for parameter resourceType is invalid. Valid values: AWS::EC2::InternetGateway, AWS::EC2::Instance, AWS::EC2::NetworkAcl, AWS::EC2::NetworkInterface, AWS::EC2::RouteTable, AWS::EC2::SecurityGroup, AWS::EC2::Subnet, AWS::EC2::VPC, AWS::EC2::VPCPeeringConnection, AWS::EC2::NatGateway, AWS::EC2::TransitGateway, AWS::EC2::TransitGatewayAttachment, AWS::EC2::VPCEndpoint, AWS::EC2::VPCEndpointService, AWS::EC2::VPNGateway, AWS::ElasticLoadBalancing::LoadBalancer, AWS::ElasticLoadBalancingV2::LoadBalancer, AWS::NetworkFirewall::Firewall.',
  ],
  [
    'another protocol',
    { [`${header}.Protocol.1`]: 'icmp' },
    'InvalidParameterValue',
    'Value (icmp) for parameter protocol is invalid. Valid values: tcp, udp.',
  ],
  [
    'an address that is none',
    { [`${header}.SourceAddress.1`]: '10.0.0.0/33' },
    'InvalidParameterValue',
    'Value (10.0.0.0/33) for parameter sourceAddress is invalid. This is not a valid IPv4 address or CIDR block.',
  ],
  [
    'a range that ends before it begins',
    { [`${header}.DestinationPort.1`]: '90-80' },
    'InvalidParameterValue',
    'Value (90-80) for parameter destinationPort is invalid. Expecting a port or a range of ports.',
  ],
  [
    'a prefix list that is not there',
    { [`${header}.SourcePrefixList.1`]: 'pl-0123456789abcdef0' },
    'InvalidPrefixListID.NotFound',
    "The prefix list ID 'pl-0123456789abcdef0' does not exist",
  ],
]

test.each(creating)('CreateNetworkInsightsAccessScope refuses %s', async (_what, parameters, code, message) => {
  const aws = await cloud()
  expect(await aws.refusal('CreateNetworkInsightsAccessScope', parameters)).toEqual({ status: 400, code, message })
})

const scopeMissing = {
  code: 'InvalidNetworkInsightsAccessScopeId.NotFound',
  message: "The network insights access scope ID 'nis-00000000' does not exist",
}
const analysisMissing = {
  code: 'InvalidNetworkInsightsAccessScopeAnalysisId.NotFound',
  message: "The network insights access scope analysis ID 'nisa-00000000' does not exist",
}

test.each([
  ['DescribeNetworkInsightsAccessScopes', 'NetworkInsightsAccessScopeId.1'],
  ['DeleteNetworkInsightsAccessScope', 'NetworkInsightsAccessScopeId'],
  ['GetNetworkInsightsAccessScopeContent', 'NetworkInsightsAccessScopeId'],
  ['StartNetworkInsightsAccessScopeAnalysis', 'NetworkInsightsAccessScopeId'],
  ['DescribeNetworkInsightsAccessScopeAnalyses', 'NetworkInsightsAccessScopeId'],
])('%s refuses a scope that is not there, and an id of another kind', async (action, parameter) => {
  const aws = await cloud()
  expect(await aws.refusal(action, { [parameter]: 'nis-00000000' })).toEqual({ status: 400, ...scopeMissing })
  expect(await aws.refusal(action, { [parameter]: 'nip-00000000' })).toEqual({
    status: 400,
    code: 'InvalidNetworkInsightsAccessScopeId.Malformed',
    message: 'Invalid id: "nip-00000000" (expecting "nis-...")',
  })
})

test.each([
  ['DescribeNetworkInsightsAccessScopeAnalyses', 'NetworkInsightsAccessScopeAnalysisId.1'],
  ['DeleteNetworkInsightsAccessScopeAnalysis', 'NetworkInsightsAccessScopeAnalysisId'],
  ['GetNetworkInsightsAccessScopeAnalysisFindings', 'NetworkInsightsAccessScopeAnalysisId'],
])('%s refuses an analysis that is not there, and an id of another kind', async (action, parameter) => {
  const aws = await cloud()
  expect(await aws.refusal(action, { [parameter]: 'nisa-00000000' })).toEqual({ status: 400, ...analysisMissing })
  expect(await aws.refusal(action, { [parameter]: 'nis-00000000' })).toEqual({
    status: 400,
    code: 'InvalidNetworkInsightsAccessScopeAnalysisId.Malformed',
    message: 'Invalid id: "nis-00000000" (expecting "nisa-...")',
  })
})
