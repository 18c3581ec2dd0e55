import { describe, expect, test } from 'vitest'
import { type Cloud, cloud, type WireParameters } from '../../../../test/cloud.ts'
import { createVpc, filters } from '../../../../test/groups.ts'
import { createCard, createSubnet, launch } from '../../../../test/interfaces.ts'

async function allocate(aws: Cloud): Promise<string> {
  return (await aws.call('AllocateAddress')).allocationId
}

type Row = readonly [what: string, action: string, parameters: WireParameters, code: string, message: string]

/** 203.0.113.1 is allocated. */
const refusals: readonly Row[] = [
  [
    'an unknown domain',
    'AllocateAddress',
    { Domain: 'standard' },
    'InvalidParameterValue',
    'Value (standard) for parameter domain is invalid. Expecting vpc.',
  ],
  [
    'an unknown pool',
    'AllocateAddress',
    { PublicIpv4Pool: 'ipv4pool-ec2-0' },
    'InvalidPublicIpv4PoolID.NotFound',
    "The pool ID 'ipv4pool-ec2-0' does not exist.",
  ],
  [
    'another border group',
    'AllocateAddress',
    { NetworkBorderGroup: 'us-east-1-wl1' },
    'InvalidParameterValue',
    'Value (us-east-1-wl1) for parameter networkBorderGroup is invalid. Expecting us-east-1.',
  ],
  [
    'an IPAM pool',
    'AllocateAddress',
    { IpamPoolId: 'ipam-pool-0' },
    'UnsupportedOperation',
    'Allocating from an IPAM pool is not supported by this endpoint.',
  ],
  [
    'a customer-owned pool',
    'AllocateAddress',
    { CustomerOwnedIpv4Pool: 'coip' },
    'UnsupportedOperation',
    'Allocating from a customer-owned pool is not supported by this endpoint.',
  ],
  [
    'an address that was never had',
    'AllocateAddress',
    { Address: '8.8.8.8' },
    'InvalidAddress.NotFound',
    "Address '8.8.8.8' not found.",
  ],
  [
    'releasing by IP',
    'ReleaseAddress',
    { PublicIp: '203.0.113.1' },
    'InvalidParameterValue',
    'You must specify an allocation id when releasing a VPC elastic IP address',
  ],
  [
    'releasing an unknown IP',
    'ReleaseAddress',
    { PublicIp: '203.0.113.9' },
    'InvalidAddress.NotFound',
    "Address '203.0.113.9' not found.",
  ],
  [
    'releasing nothing',
    'ReleaseAddress',
    {},
    'MissingParameter',
    'The request must contain the parameter AllocationId',
  ],
  [
    'releasing an unknown allocation',
    'ReleaseAddress',
    { AllocationId: 'eipalloc-00000000' },
    'InvalidAllocationID.NotFound',
    "The allocation ID 'eipalloc-00000000' does not exist",
  ],
  [
    'releasing what is no id',
    'ReleaseAddress',
    { AllocationId: 'mine' },
    'InvalidAllocationID.Malformed',
    'Invalid id: "mine" (expecting "eipalloc-...")',
  ],
  [
    'associating by IP',
    'AssociateAddress',
    { PublicIp: '203.0.113.1' },
    'InvalidParameterCombination',
    'You must specify an allocation id when mapping an address to a VPC instance',
  ],
  [
    'associating by IP and id',
    'AssociateAddress',
    { PublicIp: '203.0.113.1', AllocationId: 'eipalloc-00000000' },
    'InvalidParameterCombination',
    'You may specify public IP or allocation id, but not both in the same call',
  ],
  [
    'disassociating by IP',
    'DisassociateAddress',
    { PublicIp: '203.0.113.1' },
    'InvalidParameterValue',
    'You must specify an association id when unmapping an address from a VPC instance',
  ],
  [
    'disassociating nothing',
    'DisassociateAddress',
    {},
    'MissingParameter',
    'The request must contain the parameter AssociationId',
  ],
  [
    'disassociating an unknown association',
    'DisassociateAddress',
    { AssociationId: 'eipassoc-00000000' },
    'InvalidAssociationID.NotFound',
    "The association ID 'eipassoc-00000000' does not exist",
  ],
  [
    'describing an unknown IP',
    'DescribeAddresses',
    { 'PublicIp.1': '203.0.113.9' },
    'InvalidAddress.NotFound',
    "Address '203.0.113.9' not found.",
  ],
  [
    'describing what is no IP',
    'DescribeAddresses',
    { 'PublicIp.1': 'home' },
    'InvalidAddress.Malformed',
    'Invalid IP: [home]',
  ],
  [
    'an unknown filter',
    'DescribeAddresses',
    filters(['colour', 'blue']),
    'InvalidParameterValue',
    "The filter 'colour' is invalid",
  ],
]

test.each(refusals)('%s is refused', async (...row) => {
  const [, action, parameters, code, message] = row
  const aws = await cloud()
  await allocate(aws)
  expect(await aws.refusal(action, parameters)).toEqual({ status: 400, code, message })
})

describe('refusals of what an address is associated with', () => {
  test('a release in the wrong border group finds no address', async () => {
    const aws = await cloud()
    const AllocationId = await allocate(aws)
    expect(await aws.refusal('ReleaseAddress', { AllocationId, NetworkBorderGroup: 'elsewhere' })).toEqual({
      status: 400,
      code: 'InvalidAddress.NotFound',
      message: "Address '203.0.113.1' not found.",
    })
  })

  test('one target, and it exists', async () => {
    const aws = await cloud()
    const AllocationId = await allocate(aws)
    const both = { InstanceId: 'i-00000000', NetworkInterfaceId: 'eni-00000000' }
    expect(await aws.refusal('AssociateAddress', { AllocationId, ...both })).toEqual({
      status: 400,
      code: 'InvalidParameterCombination',
      message: 'You may specify an instance id or a network interface id, but not both in the same call',
    })
    expect(await aws.refusal('AssociateAddress', { AllocationId })).toEqual({
      status: 400,
      code: 'MissingParameter',
      message: 'The request must contain the parameter InstanceId or NetworkInterfaceId',
    })
    expect(await aws.refusal('AssociateAddress', { AllocationId, InstanceId: 'i-00000000' })).toMatchObject({
      code: 'InvalidInstanceID.NotFound',
    })
  })

  test('a private address of that interface', async () => {
    const aws = await cloud()
    const AllocationId = await allocate(aws)
    const { networkInterfaceId: NetworkInterfaceId } = await createCard(aws)
    const wrong = { AllocationId, NetworkInterfaceId, PrivateIpAddress: '172.31.0.9' }
    expect(await aws.refusal('AssociateAddress', wrong)).toEqual({
      status: 400,
      code: 'InvalidParameterValue',
      message: `Some of [172.31.0.9] are not assigned to interface ${NetworkInterfaceId}`,
    })
  })

  test('an instance with several interfaces does not say which', async () => {
    const aws = await cloud()
    const AllocationId = await allocate(aws)
    const { instanceId: InstanceId } = await launch(aws)
    const { networkInterfaceId: NetworkInterfaceId } = await createCard(aws)
    await aws.call('AttachNetworkInterface', { InstanceId, NetworkInterfaceId, DeviceIndex: 1 })
    expect(await aws.refusal('AssociateAddress', { AllocationId, InstanceId })).toEqual({
      status: 400,
      code: 'InvalidInstanceID',
      message: `There are multiple interfaces attached to instance '${InstanceId}'. Please specify an interface ID for the operation instead.`,
    })
  })

  test('a VPC without an internet gateway has no use for it', async () => {
    const aws = await cloud()
    const vpc = await createVpc(aws)
    const SubnetId = await createSubnet(aws, vpc, '10.0.0.0/24')
    const { networkInterfaceId: NetworkInterfaceId } = await createCard(aws, { SubnetId })
    const AllocationId = await allocate(aws)
    expect(await aws.refusal('AssociateAddress', { AllocationId, NetworkInterfaceId })).toEqual({
      status: 400,
      code: 'Gateway.NotAttached',
      message: `Network ${vpc} is not attached to any internet gateway`,
    })
  })

  test('five addresses are the quota', async () => {
    const aws = await cloud()
    for (let count = 0; count < 5; count++) await allocate(aws)
    expect(await aws.refusal('AllocateAddress')).toEqual({
      status: 400,
      code: 'AddressLimitExceeded',
      message: 'The maximum number of addresses has been reached.',
    })
  })
})
