import { expect, test } from 'vitest'
import { cloud, type WireParameters } from '../../../../test/cloud.ts'

const tag = { 'Tag.1.Key': 'a', 'Tag.1.Value': 'b' }

type Row = readonly [what: string, parameters: WireParameters, code: string, message: string]

const resources: readonly Row[] = [
  ['no resource', {}, 'MissingParameter', 'The request must contain the parameter resourceIdSet'],
  ['text that is no id', { 'ResourceId.1': 'foobar' }, 'InvalidID', "The ID 'foobar' is not valid"],
  ['an id of an unknown type', { 'ResourceId.1': 'xyz-12345678' }, 'InvalidID', "The ID 'xyz-12345678' is not valid"],
  ['an id of the wrong length', { 'ResourceId.1': 'vpc-123' }, 'InvalidID', "The ID 'vpc-123' is not valid"],
  [
    'an unknown VPC',
    { 'ResourceId.1': 'vpc-00000000' },
    'InvalidVpcID.NotFound',
    "The vpc ID 'vpc-00000000' does not exist",
  ],
  [
    'an unknown group',
    { 'ResourceId.1': 'sg-00000000' },
    'InvalidGroup.NotFound',
    "The security group 'sg-00000000' does not exist",
  ],
  [
    'an unknown rule',
    { 'ResourceId.1': 'sgr-00000000' },
    'InvalidSecurityGroupRuleId.NotFound',
    "The security group rule ID 'sgr-00000000' does not exist",
  ],
  [
    'an unknown prefix list',
    { 'ResourceId.1': 'pl-00000000' },
    'InvalidPrefixListID.NotFound',
    "The prefix list ID 'pl-00000000' does not exist",
  ],
  [
    'an unknown flow log',
    { 'ResourceId.1': 'fl-00000000' },
    'InvalidFlowLogId.NotFound',
    "The flow log ID 'fl-00000000' does not exist",
  ],
  [
    'DHCP options that no VPC uses',
    { 'ResourceId.1': 'dopt-00000000' },
    'InvalidDhcpOptionID.NotFound',
    "The dhcpOption ID 'dopt-00000000' does not exist",
  ],
  [
    'more than a thousand resources',
    Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`ResourceId.${index + 1}`, 'vpc-00000000'])),
    'InvalidParameterValue',
    'Value (1001) for parameter resourceIdSet is invalid. Expecting at most 1000 resources.',
  ],
]

test.each(resources)('%s cannot be tagged', async (_what, parameters, code, message) => {
  const aws = await cloud()
  expect(await aws.refusal('CreateTags', { ...parameters, ...tag })).toEqual({ status: 400, code, message })
  expect(await aws.refusal('DeleteTags', { ...parameters, ...tag })).toEqual({ status: 400, code, message })
})

test('one unknown resource, and the others stay as they are', async () => {
  const aws = await cloud()
  const { vpcSet } = await aws.call('DescribeVpcs')
  const both = { 'ResourceId.1': vpcSet.item[0].vpcId, 'ResourceId.2': 'vpc-00000000' }
  expect(await aws.refusal('CreateTags', { ...both, ...tag })).toMatchObject({ code: 'InvalidVpcID.NotFound' })
})

const keys: readonly Row[] = [
  [
    'a key of our own',
    { 'Tag.1.Key': 'sallyport:enforcement', 'Tag.1.Value': 'enforced' },
    'InvalidParameterValue',
    "Tag keys starting with 'sallyport:' are reserved for internal use",
  ],
  ['no tag', {}, 'MissingParameter', 'The request must contain the parameter tag'],
  [
    'a reserved key',
    { 'Tag.1.Key': 'aws:a', 'Tag.1.Value': '' },
    'InvalidParameterValue',
    "Tag keys starting with 'aws:' are reserved for internal use",
  ],
  [
    'a value that is absent',
    { 'Tag.1.Key': 'a' },
    'InvalidParameterValue',
    'Tag value cannot be null. Use empty string instead.',
  ],
  ['no key', { 'Tag.1.Value': 'a' }, 'InvalidParameterValue', 'Tag keys must be between 1 and 128 characters long.'],
  [
    'a key of 129 characters',
    { 'Tag.1.Key': 'k'.repeat(129), 'Tag.1.Value': '' },
    'InvalidParameterValue',
    'Tag keys must be between 1 and 128 characters long.',
  ],
  [
    'a value of 257 characters',
    { 'Tag.1.Key': 'a', 'Tag.1.Value': 'v'.repeat(257) },
    'InvalidParameterValue',
    'Tag values may be at most 256 characters long.',
  ],
  [
    'a key given twice',
    { ...tag, 'Tag.2.Key': 'a', 'Tag.2.Value': 'c' },
    'InvalidParameterValue',
    "Duplicate tag key 'a' specified.",
  ],
]

test.each(keys)('CreateTags refuses %s', async (_what, parameters, code, message) => {
  const aws = await cloud()
  const { vpcSet } = await aws.call('DescribeVpcs')
  const given = { 'ResourceId.1': vpcSet.item[0].vpcId, ...parameters }
  expect(await aws.refusal('CreateTags', given)).toEqual({ status: 400, code, message })
})

test.each([
  [
    'a key of our own',
    { 'Tag.1.Key': 'sallyport:enforcement' },
    'InvalidParameterValue',
    "Tag keys starting with 'sallyport:' are reserved for internal use",
  ],
  [
    'a reserved key',
    { 'Tag.1.Key': 'aws:a' },
    'InvalidParameterValue',
    "Tag keys starting with 'aws:' are reserved for internal use",
  ],
  ['a value without a key', { 'Tag.1.Value': 'a' }, 'MissingParameter', 'The request must contain the parameter key'],
] satisfies readonly Row[])('DeleteTags refuses %s', async (_what, parameters, code, message) => {
  const aws = await cloud()
  const { vpcSet } = await aws.call('DescribeVpcs')
  const given = { 'ResourceId.1': vpcSet.item[0].vpcId, ...parameters }
  expect(await aws.refusal('DeleteTags', given)).toEqual({ status: 400, code, message })
})
