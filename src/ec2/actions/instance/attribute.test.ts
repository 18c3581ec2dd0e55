import { describe, expect, test } from 'vitest'
import { type Body, type Cloud, cloud, type WireParameters } from '../../../../test/cloud.ts'
import { createGroup, createVpc } from '../../../../test/groups.ts'
import { describeInstance, launched } from '../../../../test/instances.ts'
import { createCard } from '../../../../test/interfaces.ts'

async function attribute(aws: Cloud, instance: string, name: string): Promise<Body> {
  const {
    requestId: _,
    instanceId,
    ...rest
  } = await aws.call('DescribeInstanceAttribute', {
    InstanceId: instance,
    Attribute: name,
  })
  expect(instanceId).toBe(instance)
  return rest
}

async function modify(aws: Cloud, instance: string, parameters: WireParameters): Promise<void> {
  expect(await aws.call('ModifyInstanceAttribute', { InstanceId: instance, ...parameters })).toMatchObject({
    return: 'true',
  })
}

async function withTwoCards(aws: Cloud): Promise<string> {
  const id = await launched(aws)
  const { networkInterfaceId } = await createCard(aws)
  await aws.call('AttachNetworkInterface', { NetworkInterfaceId: networkInterfaceId, InstanceId: id, DeviceIndex: 1 })
  return id
}

describe('DescribeInstanceAttribute', () => {
  test.each([
    ['disableApiTermination', { disableApiTermination: { value: 'false' } }],
    ['disableApiStop', { disableApiStop: { value: 'false' } }],
    ['instanceInitiatedShutdownBehavior', { instanceInitiatedShutdownBehavior: { value: 'stop' } }],
    ['userData', { userData: '' }],
    ['instanceType', { instanceType: { value: 't3.micro' } }],
    ['sourceDestCheck', { sourceDestCheck: { value: 'true' } }],
    ['rootDeviceName', { rootDeviceName: { value: '/dev/xvda' } }],
    ['ebsOptimized', { ebsOptimized: { value: 'false' } }],
    ['enaSupport', { enaSupport: { value: 'true' } }],
    ['enclaveOptions', { enclaveOptions: { enabled: 'false' } }],
    ['blockDeviceMapping', { blockDeviceMapping: '' }],
    ['productCodes', { productCodes: '' }],
    ['kernel', { kernel: '' }],
    ['ramdisk', { ramdisk: '' }],
    ['sriovNetSupport', { sriovNetSupport: '' }],
  ])('answers %s and nothing else', async (name, expected) => {
    const aws = await cloud()
    expect(await attribute(aws, await launched(aws), name)).toEqual(expected)
  })

  test('answers the groups of the only interface', async () => {
    const aws = await cloud()
    const group = await createGroup(aws)
    const id = await launched(aws, { 'SecurityGroupId.1': group })
    expect(await attribute(aws, id, 'groupSet')).toEqual({ groupSet: { item: [{ groupId: group, groupName: 'web' }] } })
  })

  test('gives user data back as it came', async () => {
    const aws = await cloud()
    const id = await launched(aws, { UserData: 'IyEvYmluL3No' })
    expect(await attribute(aws, id, 'userData')).toEqual({ userData: { value: 'IyEvYmluL3No' } })
  })

  test('does not know any other attribute', async () => {
    const aws = await cloud()
    const id = await launched(aws)
    expect(await aws.refusal('DescribeInstanceAttribute', { InstanceId: id, Attribute: 'colour' })).toEqual({
      status: 400,
      code: 'InvalidParameterValue',
      message: 'Value (colour) for parameter attribute is invalid. Unknown attribute.',
    })
  })
})

describe('ModifyInstanceAttribute', () => {
  test('replaces the groups of the only interface', async () => {
    const aws = await cloud()
    const [web, ssh] = [await createGroup(aws, 'web'), await createGroup(aws, 'ssh')]
    const id = await launched(aws, { 'SecurityGroupId.1': web })
    await modify(aws, id, { 'GroupId.1': ssh, 'GroupId.2': ssh })
    const instance = await describeInstance(aws, id)
    expect(instance.groupSet.item).toEqual([{ groupId: ssh, groupName: 'ssh' }])
    expect(instance.networkInterfaceSet.item[0].groupSet).toEqual(instance.groupSet)
  })

  test.each([
    ['disableApiTermination', { 'DisableApiTermination.Value': true }, 'true'],
    ['disableApiTermination', { Attribute: 'disableApiTermination', Value: 'true' }, 'true'],
    ['disableApiStop', { 'DisableApiStop.Value': true }, 'true'],
    ['sourceDestCheck', { 'SourceDestCheck.Value': false }, 'false'],
    ['sourceDestCheck', { Attribute: 'sourceDestCheck', Value: 'False' }, 'false'],
    ['instanceInitiatedShutdownBehavior', { 'InstanceInitiatedShutdownBehavior.Value': 'terminate' }, 'terminate'],
  ])('sets %s of a running instance', async (name, parameters, value) => {
    const aws = await cloud()
    const id = await launched(aws)
    await modify(aws, id, parameters)
    expect(await attribute(aws, id, name)).toEqual({ [name]: { value } })
  })

  test.each([
    ['instanceType', { 'InstanceType.Value': 'm5.large' }, { value: 'm5.large' }],
    ['userData', { 'UserData.Value': 'IyEvYmluL3No' }, { value: 'IyEvYmluL3No' }],
    ['userData', { Attribute: 'userData', Value: 'IyEvYmluL3No' }, { value: 'IyEvYmluL3No' }],
    ['ebsOptimized', { 'EbsOptimized.Value': true }, { value: 'true' }],
    ['enaSupport', { 'EnaSupport.Value': true }, { value: 'true' }],
    ['sriovNetSupport', { 'SriovNetSupport.Value': 'simple' }, ''],
    ['enclaveOptions', { 'EnclaveOptions.Enabled': true }, { enabled: 'true' }],
  ])('sets %s of a stopped instance only', async (name, parameters, value) => {
    const aws = await cloud()
    const id = await launched(aws)
    expect(await aws.refusal('ModifyInstanceAttribute', { InstanceId: id, ...parameters })).toEqual({
      status: 400,
      code: 'IncorrectInstanceState',
      message: `The instance '${id}' is not in the 'stopped' state.`,
    })
    await aws.call('StopInstances', { 'InstanceId.1': id })
    await modify(aws, id, parameters)
    expect(await attribute(aws, id, name)).toEqual({ [name]: value })
  })

  test('takes user data away when it is set to nothing', async () => {
    const aws = await cloud()
    const id = await launched(aws, { UserData: 'IyEvYmluL3No' })
    await aws.call('StopInstances', { 'InstanceId.1': id })
    await modify(aws, id, { 'UserData.Value': '' })
    expect(await attribute(aws, id, 'userData')).toEqual({ userData: '' })
  })

  test.each<[string, WireParameters, string, string]>([
    ['no attribute', {}, 'InvalidParameterCombination', 'No attributes specified.'],
    [
      'two attributes',
      { 'DisableApiStop.Value': true, 'SourceDestCheck.Value': true },
      'InvalidParameterCombination',
      'Fields for multiple attribute types specified: disableApiStop, sourceDestCheck',
    ],
    [
      'an unknown attribute',
      { Attribute: 'colour', Value: 'red' },
      'InvalidParameterValue',
      'Value (colour) for parameter attribute is invalid. Unknown attribute.',
    ],
    [
      'an attribute without value',
      { Attribute: 'disableApiStop' },
      'MissingParameter',
      'The request must contain the parameter value',
    ],
    [
      'text where a switch belongs',
      { Attribute: 'disableApiStop', Value: 'perhaps' },
      'InvalidParameterValue',
      'Value (perhaps) for parameter value is invalid. Expected true or false.',
    ],
    [
      'an unknown type',
      { 'InstanceType.Value': 't9.huge' },
      'InvalidParameterValue',
      'The following supplied instance types do not exist: [t9.huge]',
    ],
    [
      'an unknown shutdown behavior',
      { 'InstanceInitiatedShutdownBehavior.Value': 'sleep' },
      'InvalidParameterValue',
      'Value (sleep) for parameter instanceInitiatedShutdownBehavior is invalid. Valid values: stop, terminate.',
    ],
    [
      'a device',
      { 'BlockDeviceMapping.1.DeviceName': '/dev/sdf' },
      'InvalidInstanceAttributeValue',
      'No device is currently mapped at /dev/sdf',
    ],
    [
      'a kernel',
      { 'Kernel.Value': 'aki-1' },
      'UnsupportedOperation',
      'Choosing a kernel is not supported by this endpoint.',
    ],
    [
      'a RAM disk',
      { 'Ramdisk.Value': 'ari-1' },
      'UnsupportedOperation',
      'Choosing a RAM disk is not supported by this endpoint.',
    ],
    [
      'an unknown group',
      { 'GroupId.1': 'sg-00000000' },
      'InvalidGroup.NotFound',
      "The security group 'sg-00000000' does not exist",
    ],
  ])('refuses %s', async (_what, parameters, code, message) => {
    const aws = await cloud()
    const id = await launched(aws)
    await aws.call('StopInstances', { 'InstanceId.1': id })
    expect(await aws.refusal('ModifyInstanceAttribute', { InstanceId: id, ...parameters })).toEqual({
      status: 400,
      code,
      message,
    })
  })

  test('refuses a group of another VPC, and a sixth group', async () => {
    const aws = await cloud()
    const id = await launched(aws)
    const { subnetId } = await describeInstance(aws, id)
    const foreign = await createGroup(aws, 'far', await createVpc(aws, '10.0.0.0/16'))
    expect(await aws.refusal('ModifyInstanceAttribute', { InstanceId: id, 'GroupId.1': foreign })).toEqual({
      status: 400,
      code: 'InvalidParameter',
      message: `Security group ${foreign} and subnet ${subnetId} belong to different networks.`,
    })
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    const six: [string, string][] = []
    for (const [index, name] of names.entries()) six.push([`GroupId.${index + 1}`, await createGroup(aws, name)])
    expect(await aws.refusal('ModifyInstanceAttribute', { InstanceId: id, ...Object.fromEntries(six) })).toMatchObject({
      code: 'SecurityGroupsPerInstanceLimitExceeded',
    })
  })

  test('refuses a type with fewer interfaces than the instance has', async () => {
    const aws = await cloud()
    const id = await launched(aws, { InstanceType: 'm5.large' })
    for (const DeviceIndex of [1, 2]) {
      const { networkInterfaceId } = await createCard(aws)
      await aws.call('AttachNetworkInterface', { NetworkInterfaceId: networkInterfaceId, InstanceId: id, DeviceIndex })
    }
    await aws.call('StopInstances', { 'InstanceId.1': id })
    expect(
      await aws.refusal('ModifyInstanceAttribute', { InstanceId: id, 'InstanceType.Value': 't3.micro' }),
    ).toMatchObject({ code: 'AttachmentLimitExceeded', message: 'Interface count 3 exceeds the limit for t3.micro' })
  })

  test('refuses a terminated instance', async () => {
    const aws = await cloud()
    const id = await launched(aws)
    await aws.call('TerminateInstances', { 'InstanceId.1': id })
    expect(await aws.refusal('ModifyInstanceAttribute', { InstanceId: id, 'DisableApiStop.Value': true })).toEqual({
      status: 400,
      code: 'IncorrectInstanceState',
      message: `The instance '${id}' is terminated.`,
    })
  })
})

describe('an instance with several interfaces', () => {
  test.each([
    ['ModifyInstanceAttribute', { 'GroupId.1': 'sg-00000000' }],
    ['ModifyInstanceAttribute', { 'SourceDestCheck.Value': false }],
    ['DescribeInstanceAttribute', { Attribute: 'groupSet' }],
    ['DescribeInstanceAttribute', { Attribute: 'sourceDestCheck' }],
  ])('has no network attributes of its own: %s', async (action, parameters) => {
    const aws = await cloud()
    const id = await withTwoCards(aws)
    expect(await aws.refusal(action, { InstanceId: id, ...parameters })).toEqual({
      status: 400,
      code: 'InvalidInstanceID',
      message: `There are multiple interfaces attached to instance '${id}'. Please specify an interface ID for the operation instead.`,
    })
  })

  test('shows the groups of the primary one', async () => {
    const aws = await cloud()
    const id = await withTwoCards(aws)
    const instance = await describeInstance(aws, id)
    expect(instance.networkInterfaceSet.item).toHaveLength(2)
    expect(instance.groupSet).toEqual(instance.networkInterfaceSet.item[0].groupSet)
  })
})
