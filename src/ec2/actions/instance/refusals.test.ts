import { expect, test } from 'vitest'
import { cloud, type WireParameters } from '../../../../test/cloud.ts'
import { createGroup, createVpc, defaultVpcOf, filters, loseDefaultVpc } from '../../../../test/groups.ts'
import { createSubnet, defaultSubnet } from '../../../../test/interfaces.ts'

const launch: WireParameters = { ImageId: 'ami-12345678', InstanceType: 't3.micro', MinCount: 1, MaxCount: 1 }

type Row = readonly [what: string, parameters: WireParameters, code: string, message: string]

const rows: readonly Row[] = [
  ['no image', { ImageId: '' }, 'MissingParameter', 'The request must contain the parameter ImageId'],
  [
    'an image id of another kind',
    { ImageId: 'resolve:ssm:/aws/service/ami' },
    'InvalidAMIID.Malformed',
    'Invalid id: "resolve:ssm:/aws/service/ami" (expecting "ami-...")',
  ],
  [
    'an unknown type',
    { InstanceType: 't9.huge' },
    'InvalidParameterValue',
    "Invalid value 't9.huge' for InstanceType.",
  ],
  ['a MinCount of 0', { MinCount: 0 }, 'InvalidParameterValue', 'Minimum instance count must be greater than zero'],
  ['a MaxCount of 0', { MaxCount: 0 }, 'InvalidParameterValue', 'Maximum instance count must be greater than zero'],
  [
    'a MaxCount below MinCount',
    { MinCount: 3, MaxCount: 2 },
    'InvalidParameterValue',
    'Maximum instance count must not be smaller than minimum instance count',
  ],
  [
    'more instances than one request may make',
    { MinCount: 1001, MaxCount: 1001 },
    'InstanceLimitExceeded',
    'You have requested more instances (1001) than your current instance limit of 1000 allows for the specified instance type.',
  ],
  [
    'user data that is not base64',
    { UserData: '#!/bin/sh' },
    'InvalidUserData.Malformed',
    'Invalid BASE64 encoding of user data.',
  ],
  [
    'user data of more than 16 KB',
    { UserData: 'AAAA'.repeat(5462) },
    'InvalidParameterValue',
    'User data is limited to 16384 bytes',
  ],
  [
    'an unknown launch template id',
    { 'LaunchTemplate.LaunchTemplateId': 'lt-0abc' },
    'InvalidLaunchTemplateId.NotFound',
    'The specified launch template, with template ID lt-0abc, does not exist.',
  ],
  [
    'an unknown launch template name',
    { 'LaunchTemplate.LaunchTemplateName': 'web' },
    'InvalidLaunchTemplateName.NotFoundException',
    'The specified launch template, with template name web, does not exist.',
  ],
  [
    'a Spot request',
    { 'InstanceMarketOptions.MarketType': 'spot' },
    'UnsupportedOperation',
    'Launching Spot Instances is not supported by this endpoint.',
  ],
  [
    'an unknown zone',
    { 'Placement.AvailabilityZone': 'us-east-1z' },
    'InvalidParameterValue',
    'Invalid availability zone: [us-east-1z]',
  ],
  [
    'an unknown subnet',
    { SubnetId: 'subnet-00000000' },
    'InvalidSubnetID.NotFound',
    "The subnet ID 'subnet-00000000' does not exist",
  ],
  [
    'a group name and a subnet',
    { SubnetId: 'subnet-00000000', 'SecurityGroup.1': 'web' },
    'InvalidParameterCombination',
    'The parameter groupName cannot be used with the parameter subnet',
  ],
  [
    'an unknown group',
    { 'SecurityGroupId.1': 'sg-00000000' },
    'InvalidGroup.NotFound',
    "The security group 'sg-00000000' does not exist",
  ],
  [
    'an unknown shutdown behavior',
    { InstanceInitiatedShutdownBehavior: 'sleep' },
    'InvalidParameterValue',
    'Value (sleep) for parameter instanceInitiatedShutdownBehavior is invalid. Valid values: stop, terminate.',
  ],
  [
    'a hop limit beyond 64',
    { 'MetadataOptions.HttpPutResponseHopLimit': 65 },
    'InvalidParameterValue',
    'Value (65) for parameter httpPutResponseHopLimit is invalid. Expecting a value between 1 and 64.',
  ],
  [
    'cores without threads',
    { 'CpuOptions.CoreCount': 2 },
    'InvalidParameterCombination',
    'Both coreCount and threadsPerCore must be specified together.',
  ],
  [
    'no cores at all',
    { 'CpuOptions.CoreCount': 0, 'CpuOptions.ThreadsPerCore': 1 },
    'InvalidParameterValue',
    'Value (0, 1) for parameter cpuOptions is invalid. No instance type has such cores.',
  ],
  [
    'two instance profiles',
    { 'IamInstanceProfile.Name': 'a', 'IamInstanceProfile.Arn': 'arn:aws:iam::123456789012:instance-profile/a' },
    'InvalidParameterCombination',
    "The parameter 'iamInstanceProfile.name' may not be used in combination with 'iamInstanceProfile.arn'",
  ],
  [
    'an instance profile that is no ARN',
    { 'IamInstanceProfile.Arn': 'web' },
    'InvalidParameterValue',
    'Value (web) for parameter iamInstanceProfile.arn is invalid. Invalid IAM Instance Profile ARN',
  ],
  [
    'tags for what a launch does not make',
    {
      'TagSpecification.1.ResourceType': 'vpc',
      'TagSpecification.1.Tag.1.Key': 'a',
      'TagSpecification.1.Tag.1.Value': '',
    },
    'InvalidParameter',
    "'vpc' is not a valid taggable resource type for this operation.",
  ],
  ['a trial run', { DryRun: true }, 'DryRunOperation', 'Request would have succeeded, but DryRun flag is set.'],
]

test.each(rows)('a launch with %s is refused', async (_what, parameters, code, message) => {
  const aws = await cloud()
  const refused = await aws.refusal('RunInstances', { ...launch, ...parameters })
  expect(refused).toEqual({ status: code === 'DryRunOperation' ? 412 : 400, code, message })
})

test('a group of another VPC is refused', async () => {
  const aws = await cloud()
  const { subnetId } = await defaultSubnet(aws)
  const foreign = await createGroup(aws, 'far', await createVpc(aws, '10.0.0.0/16'))
  expect(await aws.refusal('RunInstances', { ...launch, 'SecurityGroupId.1': foreign })).toEqual({
    status: 400,
    code: 'InvalidParameter',
    message: `Security group ${foreign} and subnet ${subnetId} belong to different networks.`,
  })
})

test('a sixth group is refused', async () => {
  const aws = await cloud()
  const six: [string, string][] = []
  for (const [index, name] of ['a', 'b', 'c', 'd', 'e', 'f'].entries()) {
    six.push([`SecurityGroupId.${index + 1}`, await createGroup(aws, name)])
  }
  expect(await aws.refusal('RunInstances', { ...launch, ...Object.fromEntries(six) })).toMatchObject({
    code: 'SecurityGroupsPerInstanceLimitExceeded',
  })
})

test('a subnet of another zone than the one asked for is refused', async () => {
  const aws = await cloud()
  const { subnetId } = await defaultSubnet(aws)
  const placed = { ...launch, SubnetId: subnetId, 'Placement.AvailabilityZone': 'us-east-1b' }
  expect(await aws.refusal('RunInstances', placed)).toEqual({
    status: 400,
    code: 'InvalidParameterValue',
    message: `The availability zone 'us-east-1b' does not match the zone of subnet '${subnetId}'.`,
  })
})

test('without a subnet the default VPC must have a default subnet', async () => {
  const aws = await cloud()
  const vpc = await defaultVpcOf(aws)
  const { subnetSet } = await aws.call('DescribeSubnets', filters(['availability-zone', 'us-east-1b']))
  await aws.call('DeleteSubnet', { SubnetId: subnetSet.item[0].subnetId })
  expect(await aws.refusal('RunInstances', { ...launch, 'Placement.AvailabilityZone': 'us-east-1b' })).toEqual({
    status: 400,
    code: 'MissingInput',
    message: "No default subnet for availability zone: 'us-east-1b'.",
  })
  for (const { subnetId } of (await aws.call('DescribeSubnets')).subnetSet.item) {
    await aws.call('DeleteSubnet', { SubnetId: subnetId })
  }
  expect(await aws.refusal('RunInstances', launch)).toEqual({
    status: 400,
    code: 'MissingInput',
    message: `No subnets found for the default VPC '${vpc}'. Please specify a subnet.`,
  })
})

test('without a subnet there must be a default VPC', async () => {
  const aws = await cloud()
  await aws.call('DescribeVpcs')
  await loseDefaultVpc(aws)
  expect(await aws.refusal('RunInstances', launch)).toEqual({
    status: 400,
    code: 'VPCIdNotSpecified',
    message: 'No default VPC for this user',
  })
})

test('more instances than interfaces are allowed for is refused', async () => {
  const aws = await cloud({ quotas: { 'network-interfaces-per-region': 1 } })
  expect(await aws.refusal('RunInstances', { ...launch, MinCount: 2, MaxCount: 2 })).toMatchObject({
    code: 'NetworkInterfaceLimitExceeded',
  })
})

test('more instances than the subnet has room for is refused', async () => {
  const aws = await cloud()
  const SubnetId = await createSubnet(aws, await createVpc(aws, '10.0.0.0/16'), '10.0.0.0/28')
  expect(await aws.refusal('RunInstances', { ...launch, SubnetId, MinCount: 12, MaxCount: 12 })).toEqual({
    status: 400,
    code: 'InsufficientFreeAddressesInSubnet',
    message: 'The specified subnet does not have enough free addresses to satisfy the request.',
  })
})
