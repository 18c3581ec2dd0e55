import { expect, test } from 'vitest'
import { cloud } from '../../../../test/cloud.ts'
import { createVpc, defaultVpcOf, idOfDefaultGroup } from '../../../../test/groups.ts'
import { createCard, createSubnet, defaultSubnet, describeCard } from '../../../../test/interfaces.ts'

test('an interface is pending in the answer that makes it and available ever after', async () => {
  const aws = await cloud()
  const vpc = await defaultVpcOf(aws)
  const created = await createCard(aws)
  expect(created).toMatchObject({ status: 'pending', networkInterfaceId: expect.stringMatching(/^eni-[0-9a-f]{17}$/) })
  expect(await describeCard(aws, created.networkInterfaceId)).toEqual({
    networkInterfaceId: created.networkInterfaceId,
    subnetId: (await defaultSubnet(aws)).subnetId,
    vpcId: vpc,
    availabilityZone: 'us-east-1a',
    availabilityZoneId: 'use1-az1',
    description: '',
    ownerId: '123456789012',
    requesterId: '123456789012',
    requesterManaged: 'false',
    status: 'available',
    macAddress: expect.stringMatching(/^02(?::[0-9a-f]{2}){5}$/),
    privateIpAddress: '172.31.0.4',
    privateDnsName: 'ip-172-31-0-4.ec2.internal',
    privateIpAddressesSet: {
      item: [{ privateIpAddress: '172.31.0.4', primary: 'true', privateDnsName: 'ip-172-31-0-4.ec2.internal' }],
    },
    ipv6AddressesSet: '',
    sourceDestCheck: 'true',
    groupSet: { item: [{ groupId: await idOfDefaultGroup(aws, vpc), groupName: 'default' }] },
    interfaceType: 'interface',
    operator: { managed: 'false' },
    tagSet: '',
  })
})

test('everything a request says of an interface is there on the next read', async () => {
  const aws = await cloud()
  const created = await createCard(aws, {
    Description: 'behind the balancer',
    InterfaceType: 'efa',
    'ConnectionTrackingSpecification.TcpEstablishedTimeout': 350,
    'ConnectionTrackingSpecification.UdpTimeout': 45,
    'TagSpecification.1.ResourceType': 'network-interface',
    'TagSpecification.1.Tag.1.Key': 'team',
    'TagSpecification.1.Tag.1.Value': 'net',
  })
  const read = await describeCard(aws, created.networkInterfaceId)
  expect({ ...created, status: 'available' }).toEqual(read)
  expect(read).toMatchObject({
    description: 'behind the balancer',
    interfaceType: 'efa',
    connectionTrackingConfiguration: { tcpEstablishedTimeout: '350', udpTimeout: '45' },
    tagSet: { item: [{ key: 'team', value: 'net' }] },
  })
  expect(read.connectionTrackingConfiguration).not.toHaveProperty('udpStreamTimeout')
})

test('the same ClientToken makes one interface', async () => {
  const aws = await cloud()
  const first = await createCard(aws, { ClientToken: 'once' })
  const again = await createCard(aws, { ClientToken: 'once' })
  expect(again).toEqual(first)
  expect(aws.world().networkInterface.size).toBe(1)
})

test('without DNS host names in the VPC no address has a name', async () => {
  const aws = await cloud()
  const SubnetId = await createSubnet(aws, await createVpc(aws), '10.0.0.0/24')
  const created = await createCard(aws, { SubnetId })
  expect(created).not.toHaveProperty('privateDnsName')
  expect(created.privateIpAddressesSet.item[0]).not.toHaveProperty('privateDnsName')
})

test('outside us-east-1 private names carry the region', async () => {
  const aws = (await cloud()).as({ region: 'eu-west-1' })
  expect((await createCard(aws)).privateDnsName).toBe('ip-172-31-0-4.eu-west-1.compute.internal')
})

test('each attribute is modified in a call of its own', async () => {
  const aws = await cloud()
  const { networkInterfaceId: NetworkInterfaceId } = await createCard(aws, { Description: 'before' })
  const modify = (parameters: object) =>
    aws.call('ModifyNetworkInterfaceAttribute', { NetworkInterfaceId, ...parameters })
  expect(await modify({ 'Description.Value': 'after' })).toMatchObject({ return: 'true' })
  await modify({ 'SourceDestCheck.Value': false })
  await modify({ 'ConnectionTrackingSpecification.UdpStreamTimeout': 60 })
  await modify({ 'ConnectionTrackingSpecification.UdpTimeout': 30 })
  expect(await describeCard(aws, NetworkInterfaceId)).toMatchObject({
    description: 'after',
    sourceDestCheck: 'false',
    connectionTrackingConfiguration: { udpStreamTimeout: '60', udpTimeout: '30' },
  })
  await modify({ 'Description.Value': '' })
  expect((await describeCard(aws, NetworkInterfaceId)).description).toBe('')
  await aws.call('ResetNetworkInterfaceAttribute', { NetworkInterfaceId, SourceDestCheck: 'true' })
  expect((await describeCard(aws, NetworkInterfaceId)).sourceDestCheck).toBe('true')
})

test('one attribute at a time can be asked for', async () => {
  const aws = await cloud()
  const { networkInterfaceId: id } = await createCard(aws, { Description: 'mine' })
  const group = await idOfDefaultGroup(aws, await defaultVpcOf(aws))
  const ask = async (Attribute: string) => {
    const answer = await aws.call('DescribeNetworkInterfaceAttribute', { NetworkInterfaceId: id, Attribute })
    const { '@_xmlns': _, requestId, networkInterfaceId, ...rest } = answer
    expect(networkInterfaceId).toBe(id)
    return rest
  }
  expect(await ask('description')).toEqual({ description: { value: 'mine' } })
  expect(await ask('sourceDestCheck')).toEqual({ sourceDestCheck: { value: 'true' } })
  expect(await ask('groupSet')).toEqual({ groupSet: { item: [{ groupId: group, groupName: 'default' }] } })
  expect(await ask('attachment')).toEqual({})
  expect(await ask('associatePublicIpAddress')).toEqual({ associatePublicIpAddress: 'false' })
})

test('a deleted interface is gone with its tags and gives its address back', async () => {
  const aws = await cloud()
  const { networkInterfaceId: id } = await createCard(aws, {
    'TagSpecification.1.ResourceType': 'network-interface',
    'TagSpecification.1.Tag.1.Key': 'team',
    'TagSpecification.1.Tag.1.Value': 'net',
  })
  expect(await aws.call('DeleteNetworkInterface', { NetworkInterfaceId: id })).toMatchObject({ return: 'true' })
  expect(await aws.refusal('DescribeNetworkInterfaces', { 'NetworkInterfaceId.1': id })).toEqual({
    status: 400,
    code: 'InvalidNetworkInterfaceID.NotFound',
    message: `The networkInterface ID '${id}' does not exist`,
  })
  expect(aws.world().tagSet.size).toBe(0)
  expect((await createCard(aws)).privateIpAddress).toBe('172.31.0.4')
})
