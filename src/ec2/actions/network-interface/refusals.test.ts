import { expect, test } from 'vitest'
import { type Cloud, cloud, type WireParameters } from '../../../../test/cloud.ts'
import { createCard, defaultSubnet } from '../../../../test/interfaces.ts'

type Row = readonly [what: string, parameters: WireParameters, code: string, message: string]

async function subnetParameters(aws: Cloud): Promise<WireParameters> {
  await createCard(aws)
  return { SubnetId: (await defaultSubnet(aws)).subnetId }
}

const addressTexts: readonly Row[] = [
  [
    'an address outside the subnet',
    { PrivateIpAddress: '172.31.16.4' },
    'InvalidParameterValue',
    "Address 172.31.16.4 does not fall within the subnet's address range",
  ],
  [
    'one of the first four addresses',
    { PrivateIpAddress: '172.31.0.3' },
    'InvalidParameterValue',
    "Address 172.31.0.3 is in subnet's reserved address range",
  ],
  [
    'the last address',
    { PrivateIpAddress: '172.31.15.255' },
    'InvalidParameterValue',
    "Address 172.31.15.255 is in subnet's reserved address range",
  ],
  [
    'an address that another interface has',
    { PrivateIpAddress: '172.31.0.4' },
    'InvalidIPAddress.InUse',
    'Address 172.31.0.4 is in use.',
  ],
  [
    'an address given twice',
    { PrivateIpAddress: '172.31.0.9', 'PrivateIpAddresses.1.PrivateIpAddress': '172.31.0.9' },
    'InvalidIPAddress.InUse',
    'Address 172.31.0.9 is in use.',
  ],
  [
    'text that is no address',
    { PrivateIpAddress: '172.31.0.400' },
    'InvalidParameterValue',
    'Value (172.31.0.400) for parameter privateIpAddress is invalid. Invalid IPv4 address.',
  ],
  [
    'an IPv6 address where IPv4 belongs',
    { PrivateIpAddress: '2001:db8::1' },
    'InvalidParameterValue',
    'Value (2001:db8::1) for parameter privateIpAddress is invalid. Invalid IPv4 address.',
  ],
  [
    'two primary addresses',
    {
      PrivateIpAddress: '172.31.0.9',
      'PrivateIpAddresses.1.PrivateIpAddress': '172.31.0.10',
      'PrivateIpAddresses.1.Primary': true,
    },
    'InvalidParameterCombination',
    'Only one private IP address can be designated as primary.',
  ],
  [
    'an address without its text',
    { 'PrivateIpAddresses.1.Primary': true },
    'MissingParameter',
    'The request must contain the parameter privateIpAddress',
  ],
  [
    'several addresses and a count of more',
    {
      'PrivateIpAddresses.1.PrivateIpAddress': '172.31.0.10',
      'PrivateIpAddresses.2.PrivateIpAddress': '172.31.0.11',
      SecondaryPrivateIpAddressCount: 1,
    },
    'InvalidParameterCombination',
    'The parameter secondaryPrivateIpAddressCount cannot be used with the parameter privateIpAddresses',
  ],
  [
    'a negative count',
    { SecondaryPrivateIpAddressCount: -1 },
    'InvalidParameterValue',
    'Value (-1) for parameter secondaryPrivateIpAddressCount is invalid. Expecting a value of at least 0.',
  ],
  [
    'more addresses than an interface can have',
    { SecondaryPrivateIpAddressCount: 2_000_000_000 },
    'PrivateIpAddressLimitExceeded',
    'Number of private addresses will exceed limit.',
  ],
  [
    'IPv6 addresses and a count of them',
    { 'Ipv6Addresses.1.Ipv6Address': '2001:db8::9', Ipv6AddressCount: 1 },
    'InvalidParameterCombination',
    'The parameter ipv6AddressCount cannot be used with the parameter ipv6Addresses',
  ],
  [
    'addresses for an EFA-only interface',
    { InterfaceType: 'efa-only', PrivateIpAddress: '172.31.0.9' },
    'InvalidParameterCombination',
    'Network interfaces of type efa-only do not support IP addresses.',
  ],
  [
    'prefix delegation',
    { Ipv4PrefixCount: 1 },
    'UnsupportedOperation',
    'Prefix delegation is not supported by this endpoint.',
  ],
]

const otherTexts: readonly Row[] = [
  [
    'an unknown group',
    { 'SecurityGroupId.1': 'sg-00000000' },
    'InvalidGroup.NotFound',
    "The security group 'sg-00000000' does not exist",
  ],
  [
    'a malformed group id',
    { 'SecurityGroupId.1': 'web' },
    'InvalidGroupId.Malformed',
    'Invalid id: "web" (expecting "sg-...")',
  ],
  [
    'an unknown type',
    { InterfaceType: 'natGateway' },
    'InvalidParameterValue',
    'Value (natGateway) for parameter interfaceType is invalid. Expecting one of interface, efa, efa-only, trunk.',
  ],
  [
    'a timeout that is too long',
    { 'ConnectionTrackingSpecification.TcpEstablishedTimeout': 432_001 },
    'InvalidParameterValue',
    'Value (432001) for parameter tcpEstablishedTimeout is invalid. Expecting a value between 60 and 432000.',
  ],
  [
    'a timeout that is too short',
    { 'ConnectionTrackingSpecification.UdpStreamTimeout': 59 },
    'InvalidParameterValue',
    'Value (59) for parameter udpStreamTimeout is invalid. Expecting a value between 60 and 180.',
  ],
  [
    'a timeout beyond its own bounds',
    { 'ConnectionTrackingSpecification.UdpTimeout': 61 },
    'InvalidParameterValue',
    'Value (61) for parameter udpTimeout is invalid. Expecting a value between 30 and 60.',
  ],
  [
    'tags for another type',
    {
      'TagSpecification.1.ResourceType': 'instance',
      'TagSpecification.1.Tag.1.Key': 'a',
      'TagSpecification.1.Tag.1.Value': 'b',
    },
    'InvalidParameter',
    "'instance' is not a valid taggable resource type for this operation.",
  ],
]

test.each([...addressTexts, ...otherTexts])('creating refuses %s', async (_, parameters, code, message) => {
  const aws = await cloud()
  const place = await subnetParameters(aws)
  expect(await aws.refusal('CreateNetworkInterface', { ...place, ...parameters })).toEqual({
    status: 400,
    code,
    message,
  })
})

test('IPv6 addresses need an IPv6 block', async () => {
  const aws = await cloud()
  const place = await subnetParameters(aws)
  for (const wish of [{ Ipv6AddressCount: 1 }, { EnablePrimaryIpv6: true }]) {
    expect(await aws.refusal('CreateNetworkInterface', { ...place, ...wish })).toEqual({
      status: 400,
      code: 'InvalidParameterValue',
      message: `The subnet '${place['SubnetId']}' does not have an IPv6 CIDR block associated.`,
    })
  }
})

test('an EFA-only interface has no address', async () => {
  const aws = await cloud()
  expect(await createCard(aws, { InterfaceType: 'efa-only' })).toMatchObject({ privateIpAddressesSet: '' })
})

test('the quotas bound interfaces and their addresses', async () => {
  const aws = await cloud({ quotas: { 'network-interfaces-per-region': 1, 'addresses-per-interface': 2 } })
  const place = await subnetParameters(aws)
  expect(await aws.refusal('CreateNetworkInterface', place)).toEqual({
    status: 400,
    code: 'NetworkInterfaceLimitExceeded',
    message: 'The maximum number of network interfaces has been reached.',
  })
  const [card] = aws.world().networkInterface.values()
  const assign = { NetworkInterfaceId: card?.id ?? '', SecondaryPrivateIpAddressCount: 2 }
  expect(await aws.refusal('AssignPrivateIpAddresses', assign)).toMatchObject({ code: 'PrivateIpAddressLimitExceeded' })
})

type CallRow = readonly [what: string, action: string, parameters: WireParameters, code: string, message: string]

/** Each on an interface that has the address 172.31.0.4. */
test.each<CallRow>([
  ['no attribute', 'ModifyNetworkInterfaceAttribute', {}, 'InvalidParameterCombination', 'No attributes specified.'],
  [
    'two attributes',
    'ModifyNetworkInterfaceAttribute',
    { 'Description.Value': 'x', 'SourceDestCheck.Value': true },
    'InvalidParameterCombination',
    'Fields for multiple attribute types specified: description, sourceDestCheck',
  ],
  [
    'an attachment without what is to change',
    'ModifyNetworkInterfaceAttribute',
    { 'Attachment.AttachmentId': 'eni-attach-00000000' },
    'MissingParameter',
    'The request must contain the parameter attachment.deleteOnTermination',
  ],
  [
    'a timeout out of bounds',
    'ModifyNetworkInterfaceAttribute',
    { 'ConnectionTrackingSpecification.UdpTimeout': 29 },
    'InvalidParameterValue',
    'Value (29) for parameter udpTimeout is invalid. Expecting a value between 30 and 60.',
  ],
  [
    'ENA Express',
    'ModifyNetworkInterfaceAttribute',
    { 'EnaSrdSpecification.EnaSrdEnabled': true },
    'UnsupportedOperation',
    'ENA Express is not supported by this endpoint.',
  ],
  [
    'further subnets',
    'ModifyNetworkInterfaceAttribute',
    { 'AssociatedSubnetId.1': 'subnet-00000000' },
    'UnsupportedOperation',
    'Associating further subnets is not supported by this endpoint.',
  ],
  [
    'no attribute to describe',
    'DescribeNetworkInterfaceAttribute',
    {},
    'InvalidParameterCombination',
    'No attributes specified.',
  ],
  [
    'an unknown attribute to describe',
    'DescribeNetworkInterfaceAttribute',
    { Attribute: 'attach' },
    'InvalidParameterValue',
    'Value (attach) for parameter attribute is invalid. Unknown attribute.',
  ],
  [
    'no attribute to reset',
    'ResetNetworkInterfaceAttribute',
    {},
    'InvalidParameterCombination',
    'No attributes specified.',
  ],
  [
    'assigning nothing',
    'AssignPrivateIpAddresses',
    {},
    'MissingParameter',
    'The request must contain the parameter privateIpAddresses or secondaryPrivateIpAddressCount',
  ],
  [
    'assigning addresses and a count',
    'AssignPrivateIpAddresses',
    { 'PrivateIpAddress.1': '172.31.0.9', SecondaryPrivateIpAddressCount: 1 },
    'InvalidParameterCombination',
    'The parameter secondaryPrivateIpAddressCount cannot be used with the parameter privateIpAddresses',
  ],
  [
    'assigning an address outside the subnet',
    'AssignPrivateIpAddresses',
    { 'PrivateIpAddress.1': '10.9.9.9' },
    'InvalidParameterValue',
    "Address 10.9.9.9 does not fall within the subnet's address range",
  ],
  [
    'assigning prefixes',
    'AssignPrivateIpAddresses',
    { 'Ipv4Prefix.1': '172.31.0.16/28' },
    'UnsupportedOperation',
    'Prefix delegation is not supported by this endpoint.',
  ],
  [
    'unassigning nothing',
    'UnassignPrivateIpAddresses',
    {},
    'MissingParameter',
    'The request must contain the parameter privateIpAddresses',
  ],
  [
    'assigning no IPv6',
    'AssignIpv6Addresses',
    {},
    'MissingParameter',
    'The request must contain the parameter ipv6Addresses or ipv6AddressCount',
  ],
  [
    'assigning IPv6 addresses and a count',
    'AssignIpv6Addresses',
    { 'Ipv6Addresses.1': '2001:db8::9', Ipv6AddressCount: 1 },
    'InvalidParameterCombination',
    'The parameter ipv6AddressCount cannot be used with the parameter ipv6Addresses',
  ],
  [
    'unassigning no IPv6',
    'UnassignIpv6Addresses',
    {},
    'MissingParameter',
    'The request must contain the parameter ipv6Addresses',
  ],
])('%s is refused', async (...row) => {
  const [, action, parameters, code, message] = row
  const aws = await cloud()
  const { networkInterfaceId: NetworkInterfaceId } = await createCard(aws)
  expect(await aws.refusal(action, { NetworkInterfaceId, ...parameters })).toEqual({ status: 400, code, message })
})

test('only secondary addresses of this very interface can be unassigned or moved', async () => {
  const aws = await cloud()
  const { networkInterfaceId: id } = await createCard(aws)
  const { networkInterfaceId: other } = await createCard(aws)
  const unassign = (address: string) => {
    return aws.refusal('UnassignPrivateIpAddresses', { NetworkInterfaceId: id, 'PrivateIpAddress.1': address })
  }
  const primary = {
    status: 400,
    code: 'InvalidParameterValue',
    message: `The primary IP address 172.31.0.4 of interface ${id} cannot be unassigned.`,
  }
  expect(await unassign('172.31.0.4')).toEqual(primary)
  expect(await unassign('172.31.0.5')).toEqual({
    status: 400,
    code: 'InvalidParameterValue',
    message: `Some of [172.31.0.5] are not assigned to interface ${id}`,
  })
  expect(
    await aws.refusal('UnassignIpv6Addresses', { NetworkInterfaceId: id, 'Ipv6Addresses.1': 'nonsense' }),
  ).toMatchObject({ message: `Some of [nonsense] are not assigned to interface ${id}` })
  const moving = { NetworkInterfaceId: other, 'PrivateIpAddress.1': '172.31.0.4', AllowReassignment: true }
  expect(await aws.refusal('AssignPrivateIpAddresses', moving)).toEqual(primary)
})

test.each([
  ['CreateNetworkInterface', 'subnetId', {}],
  ['DeleteNetworkInterface', 'networkInterfaceId', {}],
  ['DetachNetworkInterface', 'attachmentId', {}],
  ['AttachNetworkInterface', 'instanceId', { NetworkInterfaceId: 'eni-00000000', DeviceIndex: 1 }],
  ['ModifyNetworkInterfaceAttribute', 'networkInterfaceId', { 'Description.Value': 'x' }],
])('%s needs its %s', async (action, name, parameters: WireParameters) => {
  expect(await (await cloud()).refusal(action, parameters)).toEqual({
    status: 400,
    code: 'MissingParameter',
    message: `The request must contain the parameter ${name}`,
  })
})

test.each([
  ['DeleteNetworkInterface', {}],
  ['DescribeNetworkInterfaceAttribute', { Attribute: 'description' }],
  ['ModifyNetworkInterfaceAttribute', { 'Description.Value': 'x' }],
  ['ResetNetworkInterfaceAttribute', { SourceDestCheck: 'true' }],
  ['AttachNetworkInterface', { InstanceId: 'i-00000000', DeviceIndex: 1 }],
  ['AssignPrivateIpAddresses', { SecondaryPrivateIpAddressCount: 1 }],
  ['UnassignPrivateIpAddresses', { 'PrivateIpAddress.1': '10.0.0.9' }],
  ['AssignIpv6Addresses', { Ipv6AddressCount: 1 }],
  ['UnassignIpv6Addresses', { 'Ipv6Addresses.1': '2001:db8::9' }],
])('%s does not find an unknown interface', async (action, parameters: WireParameters) => {
  const aws = await cloud()
  expect(await aws.refusal(action, { NetworkInterfaceId: 'eni-00000000', ...parameters })).toEqual({
    status: 400,
    code: 'InvalidNetworkInterfaceID.NotFound',
    message: "The networkInterface ID 'eni-00000000' does not exist",
  })
  expect(await aws.refusal(action, { NetworkInterfaceId: 'card', ...parameters })).toEqual({
    status: 400,
    code: 'InvalidNetworkInterfaceId.Malformed',
    message: 'Invalid id: "card" (expecting "eni-...")',
  })
})

test('creating looks for the subnet', async () => {
  expect(await (await cloud()).refusal('CreateNetworkInterface', { SubnetId: 'subnet-00000000' })).toEqual({
    status: 400,
    code: 'InvalidSubnetID.NotFound',
    message: "The subnet ID 'subnet-00000000' does not exist",
  })
})
