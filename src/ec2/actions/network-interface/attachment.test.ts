import { describe, expect, test } from 'vitest'
import { type Body, type Cloud, cloud } from '../../../../test/cloud.ts'
import { filters } from '../../../../test/groups.ts'
import { createCard, describeCard, launch } from '../../../../test/interfaces.ts'

async function attach(aws: Cloud): Promise<{ instance: Body; card: string; attachment: string }> {
  const instance = await launch(aws)
  const { networkInterfaceId: card } = await createCard(aws)
  const { attachmentId } = await aws.call('AttachNetworkInterface', {
    NetworkInterfaceId: card,
    InstanceId: instance.instanceId,
    DeviceIndex: 1,
  })
  return { instance, card, attachment: attachmentId }
}

async function subnetOfZone(aws: Cloud, zone: string): Promise<string> {
  const { subnetSet } = await aws.call('DescribeSubnets', filters(['availability-zone', zone]))
  return subnetSet.item[0].subnetId
}

describe('attaching', () => {
  test('an attached interface is in use by its instance and survives it unless told otherwise', async () => {
    const aws = await cloud()
    const { instance, card, attachment } = await attach(aws)
    const view = await describeCard(aws, card)
    expect(view.status).toBe('in-use')
    expect(view.attachment).toEqual({
      attachmentId: expect.stringMatching(/^eni-attach-[0-9a-f]{17}$/),
      instanceId: instance.instanceId,
      instanceOwnerId: '123456789012',
      deviceIndex: '1',
      networkCardIndex: '0',
      status: 'attached',
      attachTime: '2026-11-22T10:00:00.000Z',
      deleteOnTermination: 'false',
    })
    const read = await aws.call('DescribeNetworkInterfaceAttribute', {
      NetworkInterfaceId: card,
      Attribute: 'attachment',
    })
    expect(read.attachment).toEqual(view.attachment)
    await aws.call('ModifyNetworkInterfaceAttribute', {
      NetworkInterfaceId: card,
      'Attachment.AttachmentId': attachment,
      'Attachment.DeleteOnTermination': true,
    })
    expect((await describeCard(aws, card)).attachment.deleteOnTermination).toBe('true')
  })

  test('a detached interface is available, keeps its addresses and can be deleted', async () => {
    const aws = await cloud()
    const { card, attachment } = await attach(aws)
    const before = await describeCard(aws, card)
    await aws.call('DetachNetworkInterface', { AttachmentId: attachment, Force: true })
    const after = await describeCard(aws, card)
    expect(after).toMatchObject({ status: 'available', privateIpAddress: before.privateIpAddress })
    expect(after).not.toHaveProperty('attachment')
    const { networkInterfaceSet } = await aws.call(
      'DescribeNetworkInterfaces',
      filters(['attachment.attachment-id', attachment]),
    )
    expect(networkInterfaceSet).toBe('')
    await aws.call('DeleteNetworkInterface', { NetworkInterfaceId: card })
  })

  test('an interface is attached once', async () => {
    const aws = await cloud()
    const { card, instance } = await attach(aws)
    const again = { NetworkInterfaceId: card, InstanceId: instance.instanceId, DeviceIndex: 2 }
    expect(await aws.refusal('AttachNetworkInterface', again)).toEqual({
      status: 400,
      code: 'InvalidNetworkInterface.InUse',
      message: `Interface: [${card}] in use.`,
    })
    expect(await aws.refusal('DeleteNetworkInterface', { NetworkInterfaceId: card })).toEqual({
      status: 400,
      code: 'InvalidParameterValue',
      message: `Network interface '${card}' is currently in use.`,
    })
  })

  test('a device index is taken once', async () => {
    const aws = await cloud()
    const { instanceId: InstanceId } = await launch(aws)
    const { networkInterfaceId: NetworkInterfaceId } = await createCard(aws)
    expect(await aws.refusal('AttachNetworkInterface', { NetworkInterfaceId, InstanceId, DeviceIndex: 0 })).toEqual({
      status: 400,
      code: 'InvalidParameterValue',
      message: `Instance '${InstanceId}' already has an interface attached at device index '0'.`,
    })
    expect(await aws.refusal('AttachNetworkInterface', { NetworkInterfaceId, InstanceId, DeviceIndex: -1 })).toEqual({
      status: 400,
      code: 'InvalidParameterValue',
      message: 'Value (-1) for parameter deviceIndex is invalid. Expecting a value of at least 0.',
    })
  })

  test('how many interfaces fit, and addresses on them, is up to the instance type', async () => {
    const aws = await cloud()
    const { instance } = await attach(aws)
    const InstanceId = instance.instanceId
    const { networkInterfaceId: NetworkInterfaceId } = await createCard(aws)
    expect(await aws.refusal('AttachNetworkInterface', { NetworkInterfaceId, InstanceId, DeviceIndex: 2 })).toEqual({
      status: 400,
      code: 'AttachmentLimitExceeded',
      message: 'Interface count 3 exceeds the limit for t3.micro',
    })
    const primary = instance.networkInterfaceSet.item[0].networkInterfaceId
    const assign = { NetworkInterfaceId: primary, SecondaryPrivateIpAddressCount: 2 }
    expect(await aws.refusal('AssignPrivateIpAddresses', assign)).toEqual({
      status: 400,
      code: 'PrivateIpAddressLimitExceeded',
      message: 'Number of private addresses will exceed limit.',
    })
    await aws.call('AssignPrivateIpAddresses', { ...assign, SecondaryPrivateIpAddressCount: 1 })
    const { networkInterfaceId: loaded } = await createCard(aws, { SecondaryPrivateIpAddressCount: 2 })
    const { instanceId: other } = await launch(aws)
    expect(
      await aws.refusal('AttachNetworkInterface', { NetworkInterfaceId: loaded, InstanceId: other, DeviceIndex: 1 }),
    ).toMatchObject({ code: 'PrivateIpAddressLimitExceeded' })
  })

  test('interface and instance must be in one zone', async () => {
    const aws = await cloud()
    const { instanceId: InstanceId } = await launch(aws)
    const { networkInterfaceId: NetworkInterfaceId } = await createCard(aws, {
      SubnetId: await subnetOfZone(aws, 'us-east-1b'),
    })
    expect(await aws.refusal('AttachNetworkInterface', { NetworkInterfaceId, InstanceId, DeviceIndex: 1 })).toEqual({
      status: 400,
      code: 'InvalidParameterCombination',
      message: 'You may not attach a network interface to an instance if they are not in the same availability zone',
    })
  })

  test('a terminated instance takes no interface and no elastic address', async () => {
    const aws = await cloud()
    const { instanceId: InstanceId } = await launch(aws)
    const { networkInterfaceId: NetworkInterfaceId } = await createCard(aws)
    const { allocationId: AllocationId } = await aws.call('AllocateAddress')
    await aws.call('TerminateInstances', { 'InstanceId.1': InstanceId })
    expect(await aws.refusal('AttachNetworkInterface', { NetworkInterfaceId, InstanceId, DeviceIndex: 1 })).toEqual({
      status: 400,
      code: 'IncorrectState',
      message: `Instance '${InstanceId}' is not 'running' or 'stopped'.`,
    })
    expect(await aws.refusal('AssociateAddress', { AllocationId, InstanceId })).toEqual({
      status: 400,
      code: 'InvalidInstanceID',
      message: `The terminated instance '${InstanceId}' is not in a valid state for this operation.`,
    })
  })
})

describe('detaching', () => {
  test('an instance keeps its primary interface', async () => {
    const aws = await cloud()
    const { networkInterfaceSet } = await launch(aws)
    const AttachmentId = networkInterfaceSet.item[0].attachment.attachmentId
    expect(await aws.refusal('DetachNetworkInterface', { AttachmentId, Force: true })).toEqual({
      status: 400,
      code: 'OperationNotPermitted',
      message: 'The network interface at device index 0 and networkCard index 0 cannot be detached.',
    })
  })

  test.each(['eni-attach-00000000', 'foobar'])(
    'an attachment %s that is not there is not found',
    async (AttachmentId) => {
      const aws = await cloud()
      const refusal = {
        status: 400,
        code: 'InvalidAttachmentID.NotFound',
        message: `The attachment ID '${AttachmentId}' does not exist`,
      }
      expect(await aws.refusal('DetachNetworkInterface', { AttachmentId })).toEqual(refusal)
      const { networkInterfaceId: NetworkInterfaceId } = await createCard(aws)
      expect(
        await aws.refusal('ModifyNetworkInterfaceAttribute', {
          NetworkInterfaceId,
          'Attachment.AttachmentId': AttachmentId,
          'Attachment.DeleteOnTermination': false,
        }),
      ).toEqual(refusal)
    },
  )
})

test('the public address of a running instance can be taken away and given back', async () => {
  const aws = await cloud()
  const { networkInterfaceSet } = await launch(aws)
  const NetworkInterfaceId = networkInterfaceSet.item[0].networkInterfaceId
  const modify = (value: boolean) =>
    aws.call('ModifyNetworkInterfaceAttribute', { NetworkInterfaceId, AssociatePublicIpAddress: value })
  expect((await describeCard(aws, NetworkInterfaceId)).association).toEqual({
    publicIp: '203.0.113.1',
    publicDnsName: 'ec2-203-0-113-1.compute-1.amazonaws.com',
    ipOwnerId: 'amazon',
  })
  await modify(false)
  expect(await describeCard(aws, NetworkInterfaceId)).not.toHaveProperty('association')
  await modify(true)
  expect((await describeCard(aws, NetworkInterfaceId)).association.publicIp).toBe('203.0.113.1')
  const { networkInterfaceId: loose } = await createCard(aws)
  await aws.call('ModifyNetworkInterfaceAttribute', { NetworkInterfaceId: loose, AssociatePublicIpAddress: true })
  expect(await describeCard(aws, loose)).not.toHaveProperty('association')
})
