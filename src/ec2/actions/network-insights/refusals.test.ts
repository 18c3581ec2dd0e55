import { beforeEach, expect, test } from 'vitest'
import { type Cloud, cloud, type WireParameters } from '../../../../test/cloud.ts'
import { launched } from '../../../../test/instances.ts'

type Row = readonly [what: string, parameters: WireParameters, code: string, message: string]

let aws: Cloud
let instance: string

beforeEach(async () => {
  aws = await cloud()
  instance = await launched(aws)
})

const creating: readonly Row[] = [
  ['no protocol', { Protocol: '' }, 'MissingParameter', 'The request must contain the parameter protocol'],
  [
    'another protocol',
    { Protocol: 'icmp' },
    'InvalidParameterValue',
    'Value (icmp) for parameter protocol is invalid. Valid values: tcp, udp.',
  ],
  ['no source', { Source: '' }, 'MissingParameter', 'The request must contain the parameter source'],
  ['nowhere to go', { Destination: '' }, 'MissingParameter', 'The request must contain the parameter destination'],
  [
    'a source that is not there',
    { Source: 'i-00000000' },
    'InvalidInstanceID.NotFound',
    "The instance ID 'i-00000000' does not exist",
  ],
  [
    'a destination that is not there',
    { Destination: 'eni-00000000' },
    'InvalidNetworkInterfaceID.NotFound',
    "The networkInterface ID 'eni-00000000' does not exist",
  ],
  [
    'a resource of another kind',
    { Destination: 'sg-00000000' },
    'InvalidParameterValue',
    'Value (sg-00000000) for parameter destination is invalid. Expecting the ID or ARN of a resource.',
  ],
  [
    'an end that is not run here',
    { Destination: 'tgw-0123456789abcdef0' },
    'UnsupportedOperation',
    'tgw-0123456789abcdef0 cannot be the end of a path here: only instances, network interfaces, internet gateways and VPC peering connections can.',
  ],
  [
    'a VPC endpoint, which nobody can have made',
    { Destination: 'vpce-0123456789abcdef0' },
    'InvalidVpcEndpointId.NotFound',
    "The Vpc Endpoint Id 'vpce-0123456789abcdef0' does not exist",
  ],
  [
    'an endpoint service',
    { Destination: 'vpce-svc-0123456789abcdef0' },
    'InvalidVpcEndpointServiceId.NotFound',
    "The VpcEndpointService Id 'vpce-svc-0123456789abcdef0' does not exist",
  ],
  [
    'a peering connection that is not there',
    { Source: 'pcx-0123456789abcdef0' },
    'InvalidVpcPeeringConnectionID.NotFound',
    "The vpcPeeringConnection ID 'pcx-0123456789abcdef0' does not exist",
  ],
  [
    "another account's resource",
    { Source: 'arn:aws:ec2:us-east-1:210987654321:instance/i-00000000' },
    'InvalidParameterValue',
    'Value (arn:aws:ec2:us-east-1:210987654321:instance/i-00000000) for parameter source is invalid. It belongs to another account or Region.',
  ],
  [
    'what begins as an ARN',
    { Source: 'arn:aws:ec2' },
    'InvalidParameterValue',
    'Value (arn:aws:ec2) for parameter source is invalid. This is not a valid ARN.',
  ],
  [
    'a port that there is not',
    { DestinationPort: 65_536 },
    'InvalidParameterValue',
    'Value (65536) for parameter destinationPort is invalid. Expecting a port from 0 to 65535.',
  ],
  [
    'a range that ends before it begins',
    { 'FilterAtSource.SourcePortRange.FromPort': 90, 'FilterAtSource.SourcePortRange.ToPort': 80 },
    'InvalidParameterValue',
    'Value (90-80) for parameter filterAtSource.sourcePortRange is invalid. The range ends before it begins.',
  ],
  [
    'an IPv6 address',
    { DestinationIp: '2001:db8::1' },
    'InvalidParameterValue',
    'Value (2001:db8::1) for parameter destinationIp is invalid. This is not a valid IPv4 address.',
  ],
  [
    'a source address twice',
    { SourceIp: '10.0.0.1', 'FilterAtSource.SourceAddress': '10.0.0.1' },
    'InvalidParameterCombination',
    'The parameter filterAtSource cannot be used with the parameter sourceIp',
  ],
  [
    'a port beside a filter at the source',
    { DestinationPort: 80, 'FilterAtSource.SourceAddress': '10.0.0.1' },
    'InvalidParameterCombination',
    'The parameter filterAtSource cannot be used with the parameter destinationPort',
  ],
  [
    'a destination address twice',
    { DestinationIp: '10.0.0.1', 'FilterAtDestination.DestinationAddress': '10.0.0.1' },
    'InvalidParameterCombination',
    'The parameter filterAtDestination cannot be used with the parameter destinationIp',
  ],
]

test.each(creating)('CreateNetworkInsightsPath refuses %s', async (_what, parameters, code, message) => {
  const given = { Source: instance, Destination: instance, Protocol: 'tcp', ...parameters }
  expect(await aws.refusal('CreateNetworkInsightsPath', given)).toEqual({ status: 400, code, message })
})

const naming: readonly (readonly [call: string, id: string, code: string, message: string])[] = [
  [
    'DescribeNetworkInsightsPaths NetworkInsightsPathId.1',
    'nip-00000000',
    'InvalidNetworkInsightsPathId.NotFound',
    "The network insights path ID 'nip-00000000' does not exist",
  ],
  [
    'DeleteNetworkInsightsPath NetworkInsightsPathId',
    'path',
    'InvalidNetworkInsightsPathId.Malformed',
    'Invalid id: "path" (expecting "nip-...")',
  ],
  [
    'StartNetworkInsightsAnalysis NetworkInsightsPathId',
    'nip-00000000',
    'InvalidNetworkInsightsPathId.NotFound',
    "The network insights path ID 'nip-00000000' does not exist",
  ],
  [
    'DescribeNetworkInsightsAnalyses NetworkInsightsAnalysisId.1',
    'nia-00000000',
    'InvalidNetworkInsightsAnalysisId.NotFound',
    "The network insights analysis ID 'nia-00000000' does not exist",
  ],
  [
    'DeleteNetworkInsightsAnalysis NetworkInsightsAnalysisId',
    'nip-00000000',
    'InvalidNetworkInsightsAnalysisId.Malformed',
    'Invalid id: "nip-00000000" (expecting "nia-...")',
  ],
]

test.each(naming)('%s refuses %s', async (call, id, code, message) => {
  const [action = '', parameter = ''] = call.split(' ')
  expect(await aws.refusal(action, { [parameter]: id })).toEqual({ status: 400, code, message })
})

test('an analysis takes no other account', async () => {
  const made = await aws.call('CreateNetworkInsightsPath', { Source: instance, Destination: instance, Protocol: 'tcp' })
  const given = {
    NetworkInsightsPathId: made.networkInsightsPath.networkInsightsPathId,
    'AdditionalAccount.1': '210987654321',
  }
  expect(await aws.refusal('StartNetworkInsightsAnalysis', given)).toEqual({
    status: 400,
    code: 'InvalidParameterValue',
    message: 'Value (210987654321) for parameter additionalAccount is invalid. Accounts do not meet here.',
  })
})

test('a dry run changes nothing', async () => {
  const given = { Source: instance, Destination: instance, Protocol: 'tcp', DryRun: true }
  expect((await aws.refusal('CreateNetworkInsightsPath', given)).code).toBe('DryRunOperation')
})

test('paths and analyses have quotas', async () => {
  aws = await cloud({ quotas: { 'network-insights-paths-per-region': 1, 'network-insights-analyses-per-region': 1 } })
  instance = await launched(aws)
  const given = { Source: instance, Destination: instance, Protocol: 'tcp' }
  const { networkInsightsPath: path } = await aws.call('CreateNetworkInsightsPath', given)
  expect(await aws.refusal('CreateNetworkInsightsPath', given)).toEqual({
    status: 400,
    code: 'NetworkInsightsPath.LimitExceeded',
    message: 'You have reached the limit on the number of network insights paths.',
  })
  const asked = { NetworkInsightsPathId: path.networkInsightsPathId }
  await aws.call('StartNetworkInsightsAnalysis', asked)
  expect(await aws.refusal('StartNetworkInsightsAnalysis', asked)).toEqual({
    status: 400,
    code: 'NetworkInsightsAnalysis.LimitExceeded',
    message: 'You have reached the limit on the number of network insights analyses.',
  })
})
