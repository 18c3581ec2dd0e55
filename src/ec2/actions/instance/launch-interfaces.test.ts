import { expect, test } from 'vitest'
import { type Cloud, cloud, type WireParameters } from '../../../../test/cloud.ts'
import { createGroup } from '../../../../test/groups.ts'
import { describeInstance, launched } from '../../../../test/instances.ts'
import { createCard, createSubnet, defaultSubnet, describeCard, dualStack } from '../../../../test/interfaces.ts'

const first = 'NetworkInterface.1'
const second = 'NetworkInterface.2'

async function twoCards(aws: Cloud): Promise<WireParameters> {
  const { subnetId } = await defaultSubnet(aws)
  return {
    [`${first}.DeviceIndex`]: 1,
    [`${first}.SubnetId`]: subnetId,
    [`${first}.Description`]: 'back',
    [`${first}.DeleteOnTermination`]: false,
    [`${second}.DeviceIndex`]: 0,
    [`${second}.SubnetId`]: subnetId,
    [`${second}.Description`]: 'front',
  }
}

test('an interface is made as its specification says', async () => {
  const aws = await cloud()
  const { subnetId } = await defaultSubnet(aws)
  const group = await createGroup(aws)
  const id = await launched(aws, {
    [`${first}.DeviceIndex`]: 0,
    [`${first}.SubnetId`]: subnetId,
    [`${first}.SecurityGroupId.1`]: group,
    [`${first}.Description`]: 'front',
    [`${first}.PrivateIpAddress`]: '172.31.0.40',
    [`${first}.SecondaryPrivateIpAddressCount`]: 1,
    [`${first}.AssociatePublicIpAddress`]: true,
    [`${first}.ConnectionTrackingSpecification.UdpTimeout`]: 45,
  })
  const instance = await describeInstance(aws, id)
  expect(instance).toMatchObject({ privateIpAddress: '172.31.0.40', ipAddress: '203.0.113.1', subnetId })
  expect(instance.groupSet.item).toEqual([{ groupId: group, groupName: 'web' }])
  expect(instance.networkInterfaceSet.item[0]).toMatchObject({
    description: 'front',
    status: 'in-use',
    attachment: { deviceIndex: '0', networkCardIndex: '0', status: 'attached', deleteOnTermination: 'true' },
    association: { publicIp: '203.0.113.1', ipOwnerId: 'amazon' },
    connectionTrackingConfiguration: { udpTimeout: '45' },
  })
  const addresses = instance.networkInterfaceSet.item[0].privateIpAddressesSet.item
  expect(addresses).toMatchObject([{ privateIpAddress: '172.31.0.40', primary: 'true' }, { primary: 'false' }])
})

test('an interface without a subnet is in a default subnet, and its public address can be declined', async () => {
  const aws = await cloud()
  const id = await launched(aws, { [`${first}.DeviceIndex`]: 0, [`${first}.AssociatePublicIpAddress`]: false })
  const instance = await describeInstance(aws, id)
  expect(instance).toMatchObject({ privateIpAddress: '172.31.0.4' })
  expect(instance).not.toHaveProperty('ipAddress')
})

test('several interfaces are listed by device index and none of them is given a public address', async () => {
  const aws = await cloud()
  const instance = await describeInstance(aws, await launched(aws, await twoCards(aws)))
  expect(instance.networkInterfaceSet.item).toMatchObject([
    { description: 'front', attachment: { deviceIndex: '0', deleteOnTermination: 'true' } },
    { description: 'back', attachment: { deviceIndex: '1', deleteOnTermination: 'false' } },
  ])
  expect(instance).not.toHaveProperty('ipAddress')
  expect(instance.privateIpAddress).toBe(instance.networkInterfaceSet.item[0].privateIpAddress)
})

test('an existing interface is attached as it is and outlives the instance', async () => {
  const aws = await cloud()
  const group = await createGroup(aws)
  const card = await createCard(aws, { 'SecurityGroupId.1': group, Description: 'mine' })
  const id = await launched(aws, {
    [`${first}.DeviceIndex`]: 0,
    [`${first}.NetworkInterfaceId`]: card.networkInterfaceId,
    [`${first}.DeleteOnTermination`]: false,
  })
  const instance = await describeInstance(aws, id)
  expect(instance).toMatchObject({ privateIpAddress: card.privateIpAddress, subnetId: card.subnetId })
  expect(instance.groupSet.item).toEqual([{ groupId: group, groupName: 'web' }])
  await aws.call('TerminateInstances', { 'InstanceId.1': id })
  expect(await describeCard(aws, card.networkInterfaceId)).toMatchObject({ status: 'available', description: 'mine' })
})

test('an instance in a subnet of both families can ask for IPv6 addresses', async () => {
  const aws = await cloud()
  const { subnet, prefix } = await dualStack(aws)
  const counted = await describeInstance(aws, await launched(aws, { SubnetId: subnet, Ipv6AddressCount: 1 }))
  expect(counted.ipv6Address).toMatch(new RegExp(`^${prefix}:`))
  const given = await launched(aws, { SubnetId: subnet, 'Ipv6Address.1.Ipv6Address': `${prefix}::77` })
  expect(await describeInstance(aws, given)).toMatchObject({ ipv6Address: `${prefix}::77` })
})

type Row = readonly [what: string, parameters: WireParameters, code: string, message: string]

const together = (what: string) =>
  `Network interfaces and an instance-level ${what} may not be specified on the same request`

const zero = { [`${first}.DeviceIndex`]: 0 }
const aCard = { ...zero, [`${first}.NetworkInterfaceId`]: 'eni-00000000' }
const excluded = (what: string) => `A network interface may not specify both a network interface ID and ${what}`

const rows: readonly Row[] = [
  [
    'groups beside interfaces',
    { ...zero, 'SecurityGroupId.1': 'sg-00000000' },
    'InvalidParameterCombination',
    together('security groups'),
  ],
  [
    'group names beside interfaces',
    { ...zero, 'SecurityGroup.1': 'web' },
    'InvalidParameterCombination',
    'Network interfaces and an instance-level security groups may not be specified on the same request',
  ],
  [
    'a subnet beside interfaces',
    { ...zero, SubnetId: 'subnet-00000000' },
    'InvalidParameterCombination',
    together('subnet ID'),
  ],
  [
    'an address beside interfaces',
    { ...zero, PrivateIpAddress: '172.31.0.9' },
    'InvalidParameterCombination',
    together('private IP address'),
  ],
  [
    'IPv6 addresses beside interfaces',
    { ...zero, Ipv6AddressCount: 1 },
    'InvalidParameterCombination',
    together('IPv6 addresses'),
  ],
  [
    'an interface without device index',
    { [`${first}.Description`]: 'front' },
    'InvalidParameterValue',
    'Each network interface requires a device index.',
  ],
  [
    'two interfaces at one index',
    { ...zero, [`${second}.DeviceIndex`]: 0 },
    'InvalidParameterValue',
    'Each network interface requires a unique device index.',
  ],
  [
    'no interface at index 0',
    { [`${first}.DeviceIndex`]: 1 },
    'UnsupportedOperation',
    'When specifying network interfaces, you must include a device at index 0.',
  ],
  [
    'an index below 0',
    { [`${first}.DeviceIndex`]: -1 },
    'InvalidParameterValue',
    'Value (-1) for parameter deviceIndex is invalid. Expecting a value of at least 0.',
  ],
  [
    'a second network card',
    { ...zero, [`${first}.NetworkCardIndex`]: 1 },
    'InvalidParameterValue',
    'Value (1) for parameter networkCardIndex is invalid. The instance type has one network card, at index 0.',
  ],
  [
    'an interface of whole blocks',
    { ...zero, [`${first}.Ipv4PrefixCount`]: 1 },
    'UnsupportedOperation',
    'Prefix delegation is not supported by this endpoint.',
  ],
  [
    'an interface id with a subnet',
    { ...aCard, [`${first}.SubnetId`]: 'subnet-00000000' },
    'InvalidParameterCombination',
    excluded('a subnet'),
  ],
  [
    'an interface id with an address',
    { ...aCard, [`${first}.PrivateIpAddress`]: '172.31.0.9' },
    'InvalidParameterCombination',
    excluded('a private IP address'),
  ],
  [
    'an interface id with groups',
    { ...aCard, [`${first}.SecurityGroupId.1`]: 'sg-00000000' },
    'InvalidParameterCombination',
    'A network interface may not specify both a network interface ID and security groups',
  ],
  [
    'an interface id to be deleted on termination',
    { ...aCard, [`${first}.DeleteOnTermination`]: true },
    'InvalidParameterCombination',
    excluded('delete on termination as true'),
  ],
  [
    'an interface id with a public address',
    { ...aCard, [`${first}.AssociatePublicIpAddress`]: true },
    'InvalidParameterCombination',
    'The associatePublicIPAddress parameter cannot be specified for a network interface with an ID.',
  ],
  [
    'several interfaces with a public address',
    { ...zero, [`${first}.AssociatePublicIpAddress`]: true, [`${second}.DeviceIndex`]: 1 },
    'InvalidParameterCombination',
    'The associatePublicIPAddress parameter cannot be specified when launching with multiple network interfaces.',
  ],
  [
    'an unknown interface',
    aCard,
    'InvalidNetworkInterfaceID.NotFound',
    "The networkInterface ID 'eni-00000000' does not exist",
  ],
  [
    'more interfaces than the type has',
    { ...zero, [`${second}.DeviceIndex`]: 1, 'NetworkInterface.3.DeviceIndex': 2 },
    'AttachmentLimitExceeded',
    'Interface count 3 exceeds the limit for t3.micro',
  ],
  [
    'more addresses than an interface of the type has',
    { ...zero, [`${first}.SecondaryPrivateIpAddressCount`]: 2 },
    'PrivateIpAddressLimitExceeded',
    'Number of private addresses will exceed limit.',
  ],
]

test.each(rows)('a launch with %s is refused', async (_what, parameters, code, message) => {
  const aws = await cloud()
  const launch = { ImageId: 'ami-12345678', InstanceType: 't3.micro', MinCount: 1, MaxCount: 1 }
  expect(await aws.refusal('RunInstances', { ...launch, ...parameters })).toEqual({ status: 400, code, message })
})

test('one address or one interface cannot go to many instances', async () => {
  const aws = await cloud()
  const { networkInterfaceId } = await createCard(aws)
  const many = { ImageId: 'ami-12345678', MinCount: 1, MaxCount: 2 }
  const refused = {
    status: 400,
    code: 'InvalidParameterCombination',
    message:
      'Multiple instances creation is not compatible with private IP address or network interface ID parameters.',
  }
  expect(await aws.refusal('RunInstances', { ...many, PrivateIpAddress: '172.31.0.9' })).toEqual(refused)
  const attached = { ...many, ...zero, [`${first}.NetworkInterfaceId`]: networkInterfaceId }
  expect(await aws.refusal('RunInstances', attached)).toEqual(refused)
})

test('an interface serves one instance, once', async () => {
  const aws = await cloud()
  const { networkInterfaceId: card } = await createCard(aws)
  const one = { ImageId: 'ami-12345678', MinCount: 1, MaxCount: 1, ...zero, [`${first}.NetworkInterfaceId`]: card }
  const twice = { ...one, [`${second}.DeviceIndex`]: 1, [`${second}.NetworkInterfaceId`]: card }
  expect(await aws.refusal('RunInstances', twice)).toEqual({
    status: 400,
    code: 'InvalidParameterValue',
    message: `Network interface ID '${card}' may not be specified on multiple interfaces.`,
  })
  await aws.call('RunInstances', one)
  expect(await aws.refusal('RunInstances', one)).toEqual({
    status: 400,
    code: 'InvalidNetworkInterface.InUse',
    message: `Interface: [${card}] in use.`,
  })
})

test('the interfaces of one instance are of one VPC and one zone', async () => {
  const aws = await cloud()
  const { subnetId, vpcId } = await defaultSubnet(aws)
  const { subnet: foreign } = await dualStack(aws)
  const elsewhere = await createSubnet(aws, vpcId, '172.31.128.0/24', { AvailabilityZone: 'us-east-1b' })
  const launch = (other: string) => ({
    ImageId: 'ami-12345678',
    MinCount: 1,
    MaxCount: 1,
    ...zero,
    [`${first}.SubnetId`]: subnetId,
    [`${second}.DeviceIndex`]: 1,
    [`${second}.SubnetId`]: other,
  })
  expect(await aws.refusal('RunInstances', launch(foreign))).toEqual({
    status: 400,
    code: 'InvalidParameterValue',
    message: 'Network interface attachments may not cross VPC boundaries.',
  })
  expect(await aws.refusal('RunInstances', launch(elsewhere))).toEqual({
    status: 400,
    code: 'InvalidParameterValue',
    message: 'All network interfaces of an instance must be in the same availability zone.',
  })
})
