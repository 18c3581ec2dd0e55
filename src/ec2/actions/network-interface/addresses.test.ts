import { describe, expect, test } from 'vitest'
import { type Body, type Cloud, cloud } from '../../../../test/cloud.ts'
import { createVpc } from '../../../../test/groups.ts'
import { createCard, createSubnet, describeCard, dualStack } from '../../../../test/interfaces.ts'

const addressesOf = (card: Body): string[] =>
  card.privateIpAddressesSet.item.map(({ privateIpAddress }: { privateIpAddress: string }) => privateIpAddress)

const ipv6Of = (card: Body): string[] =>
  (card.ipv6AddressesSet.item ?? []).map(({ ipv6Address }: { ipv6Address: string }) => ipv6Address)

async function read(aws: Cloud, id: string): Promise<string[]> {
  return addressesOf(await describeCard(aws, id))
}

describe('IPv4', () => {
  test('addresses are picked after the four that AWS reserves, and never twice', async () => {
    const aws = await cloud()
    const cards = [await createCard(aws), await createCard(aws), await createCard(aws)]
    expect(cards.flatMap(addressesOf)).toEqual(['172.31.0.4', '172.31.0.5', '172.31.0.6'])
  })

  test('the address marked primary comes first, otherwise the first given', async () => {
    const aws = await cloud()
    const marked = await createCard(aws, {
      'PrivateIpAddresses.1.PrivateIpAddress': '172.31.0.20',
      'PrivateIpAddresses.2.PrivateIpAddress': '172.31.0.21',
      'PrivateIpAddresses.2.Primary': true,
    })
    expect(marked.privateIpAddress).toBe('172.31.0.21')
    expect(addressesOf(marked)).toEqual(['172.31.0.21', '172.31.0.20'])
    const unmarked = await createCard(aws, {
      'PrivateIpAddresses.1.PrivateIpAddress': '172.31.0.30',
      'PrivateIpAddresses.2.PrivateIpAddress': '172.31.0.31',
    })
    expect(unmarked.privateIpAddressesSet.item.map(({ primary }: Body) => primary)).toEqual(['true', 'false'])
    expect(unmarked.privateIpAddress).toBe('172.31.0.30')
  })

  test('a given primary address goes with picked secondary ones', async () => {
    const aws = await cloud()
    const card = await createCard(aws, { PrivateIpAddress: '172.31.0.5', SecondaryPrivateIpAddressCount: 2 })
    expect(addressesOf(card)).toEqual(['172.31.0.5', '172.31.0.4', '172.31.0.6'])
  })

  test('a /28 holds eleven addresses and not one more', async () => {
    const aws = await cloud()
    const SubnetId = await createSubnet(aws, await createVpc(aws), '10.0.0.0/28')
    const { networkInterfaceId } = await createCard(aws, { SubnetId, SecondaryPrivateIpAddressCount: 9 })
    expect(await read(aws, networkInterfaceId)).toHaveLength(10)
    expect(addressesOf(await createCard(aws, { SubnetId }))).toEqual(['10.0.0.14'])
    expect(await aws.refusal('CreateNetworkInterface', { SubnetId })).toEqual({
      status: 400,
      code: 'InsufficientFreeAddressesInSubnet',
      message: 'The specified subnet does not have enough free addresses to satisfy the request.',
    })
  })

  test('secondary addresses come and go', async () => {
    const aws = await cloud()
    const { networkInterfaceId: NetworkInterfaceId } = await createCard(aws)
    const picked = await aws.call('AssignPrivateIpAddresses', { NetworkInterfaceId, SecondaryPrivateIpAddressCount: 2 })
    expect(picked).toMatchObject({
      networkInterfaceId: NetworkInterfaceId,
      assignedPrivateIpAddressesSet: {
        item: [{ privateIpAddress: '172.31.0.5' }, { privateIpAddress: '172.31.0.6' }],
      },
    })
    await aws.call('AssignPrivateIpAddresses', { NetworkInterfaceId, 'PrivateIpAddress.1': '172.31.0.99' })
    await aws.call('UnassignPrivateIpAddresses', {
      NetworkInterfaceId,
      'PrivateIpAddress.1': '172.31.0.5',
      'PrivateIpAddress.2': '172.31.0.6',
    })
    expect(await read(aws, NetworkInterfaceId)).toEqual(['172.31.0.4', '172.31.0.99'])
  })

  test('with AllowReassignment a secondary address moves over, its elastic address too', async () => {
    const aws = await cloud()
    const giver = await createCard(aws, { SecondaryPrivateIpAddressCount: 1 })
    const { networkInterfaceId: NetworkInterfaceId } = await createCard(aws)
    const { allocationId: AllocationId } = await aws.call('AllocateAddress')
    await aws.call('AssociateAddress', {
      AllocationId,
      NetworkInterfaceId: giver.networkInterfaceId,
      PrivateIpAddress: '172.31.0.5',
    })
    const moving = { NetworkInterfaceId, 'PrivateIpAddress.1': '172.31.0.5' }
    expect(await aws.refusal('AssignPrivateIpAddresses', moving)).toEqual({
      status: 400,
      code: 'InvalidIPAddress.InUse',
      message: 'Address 172.31.0.5 is in use.',
    })
    await aws.call('AssignPrivateIpAddresses', { ...moving, AllowReassignment: true })
    expect(await read(aws, giver.networkInterfaceId)).toEqual(['172.31.0.4'])
    expect(await read(aws, NetworkInterfaceId)).toEqual(['172.31.0.6', '172.31.0.5'])
    const { addressesSet } = await aws.call('DescribeAddresses')
    expect(addressesSet.item[0]).toMatchObject({
      networkInterfaceId: NetworkInterfaceId,
      privateIpAddress: '172.31.0.5',
    })
    const again = await aws.call('AssignPrivateIpAddresses', { ...moving, AllowReassignment: true })
    expect(again.assignedPrivateIpAddressesSet).toBe('')
  })
})

describe('IPv6', () => {
  test('addresses are given or picked from the block of the subnet', async () => {
    const aws = await cloud()
    const { subnet: SubnetId, prefix } = await dualStack(aws)
    const given = await createCard(aws, { SubnetId, 'Ipv6Addresses.1.Ipv6Address': `${prefix}:0:0:0:00AB` })
    expect(ipv6Of(given)).toEqual([`${prefix}::ab`])
    expect(given.ipv6Address).toBe(`${prefix}::ab`)
    expect(ipv6Of(await createCard(aws, { SubnetId, Ipv6AddressCount: 2 }))).toEqual([`${prefix}::4`, `${prefix}::5`])
    expect(ipv6Of(await createCard(aws, { SubnetId }))).toEqual([])
  })

  test('a subnet can give every interface one, which a count of 0 overrides', async () => {
    const aws = await cloud()
    const { subnet: SubnetId, prefix } = await dualStack(aws)
    await aws.call('ModifySubnetAttribute', { SubnetId, 'AssignIpv6AddressOnCreation.Value': true })
    expect(ipv6Of(await createCard(aws, { SubnetId }))).toEqual([`${prefix}::4`])
    expect(ipv6Of(await createCard(aws, { SubnetId, Ipv6AddressCount: 0 }))).toEqual([])
  })

  test('addresses come and go', async () => {
    const aws = await cloud()
    const { subnet: SubnetId, prefix } = await dualStack(aws)
    const { networkInterfaceId: NetworkInterfaceId } = await createCard(aws, { SubnetId })
    const assigned = await aws.call('AssignIpv6Addresses', { NetworkInterfaceId, Ipv6AddressCount: 1 })
    expect(assigned.assignedIpv6Addresses).toEqual({ item: [`${prefix}::4`] })
    await aws.call('AssignIpv6Addresses', { NetworkInterfaceId, 'Ipv6Addresses.1': `${prefix}::beef` })
    const given = { NetworkInterfaceId, 'Ipv6Addresses.1': `${prefix}:0::4` }
    expect(await aws.call('UnassignIpv6Addresses', given)).toMatchObject({
      networkInterfaceId: NetworkInterfaceId,
      unassignedIpv6Addresses: { item: [`${prefix}::4`] },
    })
    expect(ipv6Of(await describeCard(aws, NetworkInterfaceId))).toEqual([`${prefix}::beef`])
  })

  test('a primary IPv6 address stays once it is enabled', async () => {
    const aws = await cloud()
    const { subnet: SubnetId, prefix } = await dualStack(aws)
    const { networkInterfaceId: NetworkInterfaceId } = await createCard(aws, { SubnetId })
    await aws.call('ModifyNetworkInterfaceAttribute', { NetworkInterfaceId, EnablePrimaryIpv6: false })
    await aws.call('ModifyNetworkInterfaceAttribute', { NetworkInterfaceId, EnablePrimaryIpv6: true })
    expect((await describeCard(aws, NetworkInterfaceId)).ipv6AddressesSet.item).toEqual([
      { ipv6Address: `${prefix}::4`, isPrimaryIpv6: 'true' },
    ])
    expect(
      await aws.refusal('ModifyNetworkInterfaceAttribute', { NetworkInterfaceId, EnablePrimaryIpv6: false }),
    ).toMatchObject({ message: 'A primary IPv6 address cannot be disabled once it is enabled.' })
    expect(
      await aws.refusal('UnassignIpv6Addresses', { NetworkInterfaceId, 'Ipv6Addresses.1': `${prefix}::4` }),
    ).toEqual({
      status: 400,
      code: 'InvalidParameterValue',
      message: `The primary IP address ${prefix}::4 of interface ${NetworkInterfaceId} cannot be unassigned.`,
    })
  })

  test('an IPv6-only subnet has interfaces without IPv4', async () => {
    const aws = await cloud()
    const { vpc, prefix } = await dualStack(aws)
    const block = `${prefix.slice(0, -2)}01::/64`
    const { subnet } = await aws.call('CreateSubnet', { VpcId: vpc, Ipv6CidrBlock: block, Ipv6Native: true })
    const card = await createCard(aws, { SubnetId: subnet.subnetId })
    expect(card).not.toHaveProperty('privateIpAddress')
    expect(card.privateIpAddressesSet).toBe('')
    expect(ipv6Of(card)).toEqual([block.replace('/64', '4')])
  })
})
