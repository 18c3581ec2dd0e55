import { describe, expect, test } from 'vitest'
import { type Body, type Cloud, cloud, type WireParameters } from '../../../../test/cloud.ts'
import { filters } from '../../../../test/groups.ts'
import { createCard, describeCard, launch } from '../../../../test/interfaces.ts'

async function describeAddress(aws: Cloud, id: string): Promise<Body> {
  const { addressesSet } = await aws.call('DescribeAddresses', { 'AllocationId.1': id })
  return addressesSet.item[0]
}

async function allocate(aws: Cloud, parameters: WireParameters = {}): Promise<string> {
  return (await aws.call('AllocateAddress', { Domain: 'vpc', ...parameters })).allocationId
}

async function associate(aws: Cloud, parameters: WireParameters): Promise<string> {
  return (await aws.call('AssociateAddress', parameters)).associationId
}

/** A tag for the address to be allocated. */
const named: WireParameters = {
  'TagSpecification.1.ResourceType': 'elastic-ip',
  'TagSpecification.1.Tag.1.Key': 'team',
  'TagSpecification.1.Tag.1.Value': 'net',
}

describe('a life', () => {
  test('a fresh address is associated with nothing', async () => {
    const aws = await cloud()
    const allocated = await aws.call('AllocateAddress', { Domain: 'vpc', ...named })
    expect(allocated).toMatchObject({
      allocationId: expect.stringMatching(/^eipalloc-[0-9a-f]{17}$/),
      publicIp: '203.0.113.1',
      publicIpv4Pool: 'amazon',
      networkBorderGroup: 'us-east-1',
      domain: 'vpc',
    })
    expect(await describeAddress(aws, allocated.allocationId)).toEqual({
      allocationId: allocated.allocationId,
      publicIp: '203.0.113.1',
      publicIpv4Pool: 'amazon',
      networkBorderGroup: 'us-east-1',
      domain: 'vpc',
      tagSet: { item: [{ key: 'team', value: 'net' }] },
    })
  })

  test('an associated address and its interface show each other', async () => {
    const aws = await cloud()
    const AllocationId = await allocate(aws)
    const { networkInterfaceId: NetworkInterfaceId } = await createCard(aws)
    const AssociationId = await associate(aws, { AllocationId, NetworkInterfaceId })
    expect(AssociationId).toMatch(/^eipassoc-[0-9a-f]{17}$/)
    expect(await describeAddress(aws, AllocationId)).toMatchObject({
      associationId: AssociationId,
      networkInterfaceId: NetworkInterfaceId,
      networkInterfaceOwnerId: '123456789012',
      privateIpAddress: '172.31.0.4',
    })
    const association = {
      allocationId: AllocationId,
      associationId: AssociationId,
      ipOwnerId: '123456789012',
      publicDnsName: 'ec2-203-0-113-1.compute-1.amazonaws.com',
      publicIp: '203.0.113.1',
    }
    const card = await describeCard(aws, NetworkInterfaceId)
    expect(card.association).toEqual(association)
    expect(card.privateIpAddressesSet.item[0].association).toEqual(association)
  })

  test('an address is disassociated before it is released, and then gone with its tags', async () => {
    const aws = await cloud()
    const AllocationId = await allocate(aws, named)
    const loose = await describeAddress(aws, AllocationId)
    const { networkInterfaceId: NetworkInterfaceId } = await createCard(aws)
    const AssociationId = await associate(aws, { AllocationId, NetworkInterfaceId })
    expect(await aws.refusal('ReleaseAddress', { AllocationId })).toEqual({
      status: 400,
      code: 'InvalidIPAddress.InUse',
      message: 'Address 203.0.113.1 is in use.',
    })
    await aws.call('DisassociateAddress', { AssociationId })
    expect(await describeAddress(aws, AllocationId)).toEqual(loose)
    expect(await describeCard(aws, NetworkInterfaceId)).not.toHaveProperty('association')
    await aws.call('ReleaseAddress', { AllocationId, NetworkBorderGroup: 'us-east-1' })
    expect(await aws.refusal('DescribeAddresses', { 'AllocationId.1': AllocationId })).toEqual({
      status: 400,
      code: 'InvalidAllocationID.NotFound',
      message: `The allocation ID '${AllocationId}' does not exist`,
    })
    expect(aws.world().tagSet.size).toBe(0)
  })

  test('an instance is a way to name its only interface', async () => {
    const aws = await cloud()
    const { instanceId: InstanceId, networkInterfaceSet } = await launch(aws)
    const AllocationId = await allocate(aws)
    const { publicIp } = await describeAddress(aws, AllocationId)
    await associate(aws, { AllocationId, InstanceId })
    expect(await describeAddress(aws, AllocationId)).toMatchObject({
      instanceId: InstanceId,
      networkInterfaceId: networkInterfaceSet.item[0].networkInterfaceId,
    })
    const { reservationSet } = await aws.call('DescribeInstances', { 'InstanceId.1': InstanceId })
    expect(reservationSet.item[0].instancesSet.item[0].ipAddress).toBe(publicIp)
    expect(aws.world().networkInterface.values().next().value).not.toHaveProperty('autoAssignedPublicAddress')
  })

  test('no two public addresses are alike, launched or allocated', async () => {
    const aws = await cloud()
    const { networkInterfaceSet } = await launch(aws)
    const launched = await describeCard(aws, networkInterfaceSet.item[0].networkInterfaceId)
    const [one, other] = [await aws.call('AllocateAddress'), await aws.call('AllocateAddress')]
    expect(new Set([launched.association.publicIp, one.publicIp, other.publicIp]).size).toBe(3)
  })

  test('a certain free address can be had again', async () => {
    const aws = await cloud()
    const Address = '198.51.100.7'
    expect(await describeAddress(aws, await allocate(aws, { Address }))).toMatchObject({ publicIp: Address })
    expect(await aws.refusal('AllocateAddress', { Address })).toMatchObject({
      code: 'InvalidIPAddress.InUse',
      message: 'Address 198.51.100.7 is in use.',
    })
  })

  test('a deleted interface leaves its elastic address behind, allocated and free', async () => {
    const aws = await cloud()
    const { networkInterfaceId: NetworkInterfaceId } = await createCard(aws)
    const AllocationId = await allocate(aws)
    await associate(aws, { AllocationId, NetworkInterfaceId })
    await aws.call('DeleteNetworkInterface', { NetworkInterfaceId })
    expect(await describeAddress(aws, AllocationId)).not.toHaveProperty('associationId')
    await aws.call('ReleaseAddress', { AllocationId })
  })

  test('so does an unassigned private address', async () => {
    const aws = await cloud()
    const { networkInterfaceId: NetworkInterfaceId } = await createCard(aws, { SecondaryPrivateIpAddressCount: 1 })
    const AllocationId = await allocate(aws)
    await associate(aws, { AllocationId, NetworkInterfaceId, PrivateIpAddress: '172.31.0.5' })
    const card = await describeCard(aws, NetworkInterfaceId)
    expect(card).not.toHaveProperty('association')
    expect(card.privateIpAddressesSet.item[1].association.allocationId).toBe(AllocationId)
    await aws.call('UnassignPrivateIpAddresses', { NetworkInterfaceId, 'PrivateIpAddress.1': '172.31.0.5' })
    expect(await describeAddress(aws, AllocationId)).not.toHaveProperty('associationId')
  })
})

describe('associating again', () => {
  test('the address moves by itself, under a new association', async () => {
    const aws = await cloud()
    const [one, other] = [await createCard(aws), await createCard(aws)]
    const AllocationId = await allocate(aws)
    const first = await associate(aws, { AllocationId, NetworkInterfaceId: one.networkInterfaceId })
    const second = await associate(aws, { AllocationId, NetworkInterfaceId: other.networkInterfaceId })
    expect(second).not.toBe(first)
    expect(await describeCard(aws, one.networkInterfaceId)).not.toHaveProperty('association')
    expect((await describeCard(aws, other.networkInterfaceId)).association.associationId).toBe(second)
    expect(await aws.refusal('DisassociateAddress', { AssociationId: first })).toEqual({
      status: 400,
      code: 'InvalidAssociationID.NotFound',
      message: `The association ID '${first}' does not exist`,
    })
  })

  test('an address that was there before is displaced and stays allocated', async () => {
    const aws = await cloud()
    const { networkInterfaceId: NetworkInterfaceId } = await createCard(aws)
    const [before, after] = [await allocate(aws), await allocate(aws)]
    await associate(aws, { AllocationId: before, NetworkInterfaceId })
    await associate(aws, { AllocationId: after, NetworkInterfaceId })
    expect(await describeAddress(aws, before)).not.toHaveProperty('associationId')
    expect((await describeCard(aws, NetworkInterfaceId)).association.allocationId).toBe(after)
  })

  test('the same association once more changes nothing', async () => {
    const aws = await cloud()
    const { networkInterfaceId: NetworkInterfaceId } = await createCard(aws)
    const AllocationId = await allocate(aws)
    const first = await associate(aws, { AllocationId, NetworkInterfaceId })
    expect(await associate(aws, { AllocationId, NetworkInterfaceId, AllowReassociation: false })).toBe(first)
  })

  test('AllowReassociation false refuses to move an address and to displace one', async () => {
    const aws = await cloud()
    const [one, other] = [await createCard(aws), await createCard(aws)]
    const [held, free] = [await allocate(aws), await allocate(aws)]
    const association = await associate(aws, { AllocationId: held, NetworkInterfaceId: one.networkInterfaceId })
    const strictly = (AllocationId: string, NetworkInterfaceId: string) =>
      aws.refusal('AssociateAddress', { AllocationId, NetworkInterfaceId, AllowReassociation: false })
    expect(await strictly(held, other.networkInterfaceId)).toEqual({
      status: 400,
      code: 'Resource.AlreadyAssociated',
      message: `resource ${held} is already associated with associate-id ${association}`,
    })
    expect(await strictly(free, one.networkInterfaceId)).toEqual({
      status: 400,
      code: 'Resource.AlreadyAssociated',
      message: `resource ${one.networkInterfaceId} is already associated with associate-id ${association}`,
    })
  })
})

describe('describing', () => {
  test('addresses are found by public IP and by filter', async () => {
    const aws = await cloud()
    const { networkInterfaceId: NetworkInterfaceId } = await createCard(aws)
    const held = await allocate(aws)
    const loose = await allocate(aws, named)
    const association = await associate(aws, { AllocationId: held, NetworkInterfaceId })
    const { instanceId: InstanceId } = await launch(aws)
    const launched = await allocate(aws)
    await associate(aws, { AllocationId: launched, InstanceId })
    const { publicIp } = await describeAddress(aws, loose)
    const found = async (parameters: WireParameters): Promise<string[]> => {
      const { addressesSet } = await aws.call('DescribeAddresses', parameters)
      return (addressesSet.item ?? []).map(({ allocationId }: Body) => allocationId).sort()
    }
    const all = [held, loose, launched].sort()
    expect(await found({})).toEqual(all)
    expect(await found({ 'PublicIp.1': publicIp })).toEqual([loose])
    expect(await found(filters(['allocation-id', held]))).toEqual([held])
    expect(await found(filters(['association-id', association]))).toEqual([held])
    expect(await found(filters(['domain', 'vpc']))).toEqual(all)
    expect(await found(filters(['instance-id', InstanceId]))).toEqual([launched])
    expect(await found(filters(['network-border-group', 'us-east-1']))).toEqual(all)
    expect(await found(filters(['network-interface-id', NetworkInterfaceId]))).toEqual([held])
    expect(await found(filters(['network-interface-owner-id', '123456789012']))).toEqual([held, launched].sort())
    expect(await found(filters(['private-ip-address', '172.31.0.4']))).toEqual([held])
    expect(await found(filters(['public-ip', publicIp]))).toEqual([loose])
    expect(await found(filters(['tag:team', 'net']))).toEqual([loose])
    expect(await found(filters(['public-ip', '192.0.2.1']))).toEqual([])
  })

  test('the reverse DNS attribute lists addresses without a record, in pages', async () => {
    const aws = await cloud()
    const ids = [await allocate(aws), await allocate(aws)]
    const ask = (parameters: WireParameters) =>
      aws.call('DescribeAddressesAttribute', { Attribute: 'domain-name', ...parameters })
    const { publicIp } = await describeAddress(aws, ids[0] ?? '')
    const named = await ask({ 'AllocationId.1': ids[0] ?? '' })
    expect(named.addressSet.item).toEqual([{ allocationId: ids[0], publicIp }])
    const first = await ask({ MaxResults: 1 })
    const second = await ask({ MaxResults: 1, NextToken: first.nextToken })
    expect([...first.addressSet.item, ...second.addressSet.item]).toHaveLength(2)
    expect(await aws.refusal('DescribeAddressesAttribute', { Attribute: 'colour' })).toMatchObject({
      message: 'Value (colour) for parameter attribute is invalid. Unknown attribute.',
    })
  })
})
