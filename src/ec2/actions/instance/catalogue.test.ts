import { describe, expect, test } from 'vitest'
import { type Body, cloud } from '../../../../test/cloud.ts'
import { filters } from '../../../../test/groups.ts'
import { launched } from '../../../../test/instances.ts'

describe('DescribeInstanceTypes', () => {
  test('tells what a type has', async () => {
    const aws = await cloud()
    const { instanceTypeSet } = await aws.call('DescribeInstanceTypes', { 'InstanceType.1': 't3.micro' })
    expect(instanceTypeSet.item).toHaveLength(1)
    expect(instanceTypeSet.item[0]).toMatchObject({
      instanceType: 't3.micro',
      currentGeneration: 'true',
      burstablePerformanceSupported: 'true',
      vCpuInfo: { defaultVCpus: '2', defaultCores: '1', defaultThreadsPerCore: '2' },
      memoryInfo: { sizeInMiB: '1024' },
      processorInfo: { supportedArchitectures: { item: ['x86_64'] } },
      networkInfo: {
        maximumNetworkInterfaces: '2',
        ipv4AddressesPerInterface: '2',
        ipv6AddressesPerInterface: '2',
        ipv6Supported: 'true',
      },
    })
  })

  test.each([
    { name: 'm1.small', vcpus: '1', memory: '1740', interfaces: '2', addresses: '4', architecture: 'x86_64' },
    { name: 't2.medium', vcpus: '2', memory: '4096', interfaces: '3', addresses: '6', architecture: 'x86_64' },
    { name: 't4g.small', vcpus: '2', memory: '2048', interfaces: '3', addresses: '4', architecture: 'arm64' },
    { name: 'm5.large', vcpus: '2', memory: '8192', interfaces: '3', addresses: '10', architecture: 'x86_64' },
    { name: 'c5.18xlarge', vcpus: '72', memory: '147456', interfaces: '15', addresses: '50', architecture: 'x86_64' },
    { name: 'r5.4xlarge', vcpus: '16', memory: '131072', interfaces: '8', addresses: '30', architecture: 'x86_64' },
    { name: 'm7g.medium', vcpus: '1', memory: '4096', interfaces: '2', addresses: '4', architecture: 'arm64' },
  ])('knows $name', async ({ name, vcpus, memory, interfaces, addresses, architecture }) => {
    const aws = await cloud()
    const { instanceTypeSet } = await aws.call('DescribeInstanceTypes', filters(['instance-type', name]))
    expect(instanceTypeSet.item[0]).toMatchObject({
      vCpuInfo: { defaultVCpus: vcpus },
      memoryInfo: { sizeInMiB: memory },
      networkInfo: { maximumNetworkInterfaces: interfaces, ipv4AddressesPerInterface: addresses },
      processorInfo: { supportedArchitectures: { item: [architecture] } },
    })
  })

  test.each([
    { name: 'm8i.large', timeouts: { defaultTcpEstablishedTimeout: '350' } },
    { name: 'r8i.48xlarge', timeouts: { defaultTcpEstablishedTimeout: '350' } },
    { name: 'm7i.large', timeouts: { defaultTcpEstablishedTimeout: '432000' } },
  ])('tells for how long $name tracks an idle connection', async ({ name, timeouts }) => {
    const aws = await cloud()
    const { instanceTypeSet } = await aws.call('DescribeInstanceTypes', { 'InstanceType.1': name })
    expect(instanceTypeSet.item[0].networkInfo.connectionTrackingConfiguration).toEqual({
      ...timeouts,
      defaultUdpTimeout: '30',
      defaultUdpStreamTimeout: '180',
    })
  })

  test('has no timeouts to tell of a type that is not on Nitro', async () => {
    const aws = await cloud()
    const { instanceTypeSet } = await aws.call('DescribeInstanceTypes', { 'InstanceType.1': 't2.micro' })
    expect(instanceTypeSet.item[0].networkInfo.connectionTrackingConfiguration).toBeUndefined()
  })

  test('filters, and pages by a hundred', async () => {
    const aws = await cloud()
    const burstable = filters(['burstable-performance-supported', 'true'], ['instance-type', 't4g.*'])
    expect((await aws.call('DescribeInstanceTypes', burstable)).instanceTypeSet.item).toHaveLength(7)
    const first = await aws.call('DescribeInstanceTypes')
    expect(first.instanceTypeSet.item).toHaveLength(100)
    const rest = await aws.call('DescribeInstanceTypes', { NextToken: first.nextToken })
    expect(rest.instanceTypeSet.item.length).toBeGreaterThan(0)
  })

  test('refuses unknown types', async () => {
    const aws = await cloud()
    const asked = { 'InstanceType.1': 't3.micro', 'InstanceType.2': 't9.a', 'InstanceType.3': 't9.b' }
    expect(await aws.refusal('DescribeInstanceTypes', asked)).toEqual({
      status: 400,
      code: 'InvalidInstanceType',
      message: 'The following supplied instance types do not exist: [t9.a, t9.b]',
    })
  })
})

describe('DescribeInstanceCreditSpecifications', () => {
  test('answers for the instances that are named, whatever their type', async () => {
    const aws = await cloud()
    const usual = [
      [await launched(aws, { InstanceType: 't2.micro' }), 'standard'],
      [await launched(aws, { InstanceType: 't3.micro' }), 'unlimited'],
      [await launched(aws, { 'CreditSpecification.CpuCredits': 'standard' }), 'standard'],
      [await launched(aws, { InstanceType: 'm5.large' }), 'standard'],
    ]
    for (const [id = '', cpuCredits] of usual) {
      const answer = await aws.call('DescribeInstanceCreditSpecifications', { 'InstanceId.1': id })
      expect(answer.instanceCreditSpecificationSet.item).toEqual([{ instanceId: id, cpuCredits }])
    }
  })

  test('answers for the unlimited ones when none is named', async () => {
    const aws = await cloud()
    const unlimited = await launched(aws, { InstanceType: 't4g.nano' })
    await launched(aws, { InstanceType: 't2.nano' })
    const { instanceCreditSpecificationSet } = await aws.call('DescribeInstanceCreditSpecifications')
    expect(instanceCreditSpecificationSet.item).toEqual([{ instanceId: unlimited, cpuCredits: 'unlimited' }])
  })
})

describe('DescribeImages', () => {
  test('answers for any well-formed id', async () => {
    const aws = await cloud()
    const { imagesSet } = await aws.call('DescribeImages', { 'ImageId.1': 'ami-12345678' })
    expect(imagesSet.item).toMatchObject([
      {
        imageId: 'ami-12345678',
        imageState: 'available',
        architecture: 'x86_64',
        rootDeviceName: '/dev/xvda',
        rootDeviceType: 'ebs',
        virtualizationType: 'hvm',
        imageOwnerAlias: 'amazon',
      },
    ])
  })

  test('finds the images that configurations search for by owner and name', async () => {
    const aws = await cloud()
    const amazonLinux = { 'Owner.1': 'amazon', ...filters(['name', 'al2023-ami-2023.*-x86_64']) }
    const { imagesSet } = await aws.call('DescribeImages', amazonLinux)
    expect(imagesSet.item).toHaveLength(1)
    const [image] = imagesSet.item
    expect((await aws.call('DescribeImages', { 'ImageId.1': image.imageId })).imagesSet.item).toEqual([image])
    const ubuntu = { 'Owner.1': '099720109477', ...filters(['name', 'ubuntu/images/hvm-ssd/ubuntu-jammy-*']) }
    expect((await aws.call('DescribeImages', ubuntu)).imagesSet.item).toHaveLength(1)
  })

  test('lists public images, of which the caller owns none', async () => {
    const aws = await cloud()
    const all = (await aws.call('DescribeImages', { 'ExecutableBy.1': 'all' })).imagesSet.item
    expect(all.length).toBeGreaterThan(4)
    expect(all.every((image: Body) => image.isPublic === 'true')).toBe(true)
    expect((await aws.call('DescribeImages', { 'Owner.1': 'self' })).imagesSet).toBe('')
    expect((await aws.call('DescribeImages', { 'ExecutableBy.1': 'self' })).imagesSet).toBe('')
    const arm = await aws.call('DescribeImages', filters(['architecture', 'arm64'], ['is-public', 'true']))
    expect(arm.imagesSet.item.length).toBeGreaterThan(1)
  })

  test('refuses an id of another kind', async () => {
    const aws = await cloud()
    expect(await aws.refusal('DescribeImages', { 'ImageId.1': 'foobar' })).toEqual({
      status: 400,
      code: 'InvalidAMIID.Malformed',
      message: 'Invalid id: "foobar" (expecting "ami-...")',
    })
  })
})

describe('DescribeVolumes', () => {
  test('finds none', async () => {
    const aws = await cloud()
    const attached = filters(['attachment.instance-id', await launched(aws)])
    expect((await aws.call('DescribeVolumes', attached)).volumeSet).toBe('')
  })

  test.each([
    ['vol-00000000', 'InvalidVolume.NotFound', "The volume 'vol-00000000' does not exist."],
    ['foobar', 'InvalidParameterValue', "Value (foobar) for parameter volumes is invalid. Expected: 'vol-...'."],
  ])('refuses the id %s', async (id, code, message) => {
    const aws = await cloud()
    expect(await aws.refusal('DescribeVolumes', { 'VolumeId.1': id })).toEqual({ status: 400, code, message })
  })
})
