import { describe, expect, test } from 'vitest'
import { type Body, type Cloud, cloud } from '../../../../test/cloud.ts'
import { createGroup, createVpc, defaultVpcOf, filters } from '../../../../test/groups.ts'
import { describeInstances, launched, reserve } from '../../../../test/instances.ts'
import { createSubnet, defaultSubnet } from '../../../../test/interfaces.ts'

interface Scene {
  readonly aws: Cloud
  readonly web: string
  readonly other: string
  readonly group: string
  readonly reservation: string
  readonly card: string
}

/** A tagged instance that runs in the default VPC, and a stopped one elsewhere. */
async function scene(): Promise<Scene> {
  const aws = await cloud()
  const group = await createGroup(aws)
  const { reservationId, instancesSet } = await reserve(aws, {
    'SecurityGroupId.1': group,
    KeyName: 'laptop',
    ClientToken: 'once',
    'IamInstanceProfile.Name': 'web',
    'TagSpecification.1.ResourceType': 'instance',
    'TagSpecification.1.Tag.1.Key': 'Name',
    'TagSpecification.1.Tag.1.Value': 'web',
    'TagSpecification.2.ResourceType': 'network-interface',
    'TagSpecification.2.Tag.1.Key': 'net',
    'TagSpecification.2.Tag.1.Value': 'front',
  })
  const [{ instanceId: web, networkInterfaceSet }] = instancesSet.item
  const subnet = await createSubnet(aws, await createVpc(aws, '10.0.0.0/16'), '10.0.0.0/24')
  const launch = { SubnetId: subnet, InstanceType: 't4g.small', ImageId: 'ami-12345678' }
  const other = await launched(aws, { ...launch, 'MetadataOptions.HttpTokens': 'required' })
  await aws.call('StopInstances', { 'InstanceId.1': other })
  return { aws, web, other, group, reservation: reservationId, card: networkInterfaceSet.item[0].networkInterfaceId }
}

type Given = readonly [name: string, ...values: readonly string[]]

async function selected({ aws }: Scene, ...given: readonly Given[]): Promise<string[]> {
  return (await describeInstances(aws, filters(...given))).map(({ instanceId }) => instanceId)
}

describe('a filter of DescribeInstances', () => {
  test.each([
    ['architecture', 'x86_64'],
    ['client-token', 'once'],
    ['dns-name', 'ec2-203-0-113-1.*'],
    ['iam-instance-profile.arn', 'arn:aws:iam::123456789012:instance-profile/web'],
    ['image-id', 'ami-0abcdef1234567890'],
    ['instance-state-code', '16'],
    ['instance-state-name', 'running'],
    ['instance-type', 't3.micro'],
    ['instance.group-name', 'web'],
    ['ip-address', '203.0.113.1'],
    ['key-name', 'laptop'],
    ['metadata-options.http-tokens', 'optional'],
    ['network-interface.addresses.private-ip-address', '172.31.0.4'],
    ['network-interface.association.public-ip', '203.0.113.1'],
    ['network-interface.group-name', 'web'],
    ['network-interface.tag-key', 'net'],
    ['network-interface.tag-value', 'front'],
    ['private-dns-name', 'ip-172-31-0-4.ec2.internal'],
    ['private-ip-address', '172.31.?.4'],
    ['tag:Name', 'web'],
    ['tag-key', 'Name'],
  ])('finds by %s', async (name, value) => {
    const here = await scene()
    expect(await selected(here, [name, value])).toEqual([here.web])
  })

  test.each([
    ['instance-state-name', 'stopped'],
    ['reason', 'User initiated*'],
    ['state-reason-code', 'Client.UserInitiatedShutdown'],
    ['metadata-options.http-tokens', 'required'],
    ['private-ip-address', '10.0.0.4'],
  ])('finds the stopped one by %s', async (name, value) => {
    const here = await scene()
    expect(await selected(here, [name, value])).toEqual([here.other])
  })

  test('finds by what the instance is in, and by what its interfaces are', async () => {
    const here = await scene()
    const { subnetId, vpcId } = await defaultSubnet(here.aws)
    const names = [
      ['instance-id', here.web],
      ['reservation-id', here.reservation],
      ['vpc-id', vpcId],
      ['subnet-id', subnetId],
      ['instance.group-id', here.group],
      ['network-interface.group-id', here.group],
      ['network-interface.vpc-id', vpcId],
      ['network-interface.subnet-id', subnetId],
      ['network-interface.network-interface-id', here.card],
      ['network-interface.attachment.instance-id', here.web],
    ] as const
    for (const [name, value] of names) expect(await selected(here, [name, value]), name).toEqual([here.web])
  })

  test.each([
    ['owner-id', '123456789012'],
    ['availability-zone', 'us-east-1a'],
    ['launch-time', '2026-11-22*'],
    ['hypervisor', 'xen'],
    ['root-device-name', '/dev/xvda'],
    ['tenancy', 'default'],
    ['virtualization-type', 'hvm'],
    ['source-dest-check', 'true'],
    ['monitoring-state', 'disabled'],
    ['network-interface.attachment.device-index', '0'],
    ['network-interface.status', 'in-use'],
  ])('finds both by %s', async (name, value) => {
    const here = await scene()
    expect(await selected(here, [name, value])).toHaveLength(2)
  })

  test.each(['group-id', 'group-name', 'platform', 'spot-instance-request-id', 'block-device-mapping.volume-id'])(
    'knows %s, which matches nothing',
    async (name) => {
      expect(await selected(await scene(), [name, '*'])).toEqual([])
    },
  )

  test('adds up with the others, and its values are alternatives', async () => {
    const here = await scene()
    const states = ['instance-state-name', 'running', 'stopped'] as const
    expect(await selected(here, states)).toHaveLength(2)
    expect(await selected(here, states, ['vpc-id', await defaultVpcOf(here.aws)])).toEqual([here.web])
  })

  test('with a name that AWS does not know is refused', async () => {
    const { aws } = await scene()
    expect(await aws.refusal('DescribeInstances', filters(['colour', 'red']))).toEqual({
      status: 400,
      code: 'InvalidParameterValue',
      message: "The filter 'colour' is invalid",
    })
  })
})

describe('what DescribeInstances answers', () => {
  test('groups the instances of a launch in its reservation', async () => {
    const aws = await cloud()
    const { reservationId } = await reserve(aws, { MinCount: 3, MaxCount: 3 })
    await launched(aws)
    const { reservationSet } = await aws.call('DescribeInstances')
    const sizes = reservationSet.item.map((each: Body) => [each.reservationId, each.instancesSet.item.length])
    expect(new Map(sizes).get(reservationId)).toBe(3)
    expect(sizes).toHaveLength(2)
    expect(reservationSet.item[0]).toMatchObject({ ownerId: '123456789012', groupSet: '' })
  })

  test('pages over instances, each once', async () => {
    const aws = await cloud()
    await reserve(aws, { MinCount: 12, MaxCount: 12 })
    const seen: string[] = []
    let token = ''
    do {
      const next = token ? { NextToken: token } : {}
      const page = await aws.call('DescribeInstances', { MaxResults: 5, ...next })
      for (const { instancesSet } of page.reservationSet.item) {
        seen.push(...instancesSet.item.map(({ instanceId }: Body) => instanceId))
      }
      token = page.nextToken ?? ''
    } while (token)
    expect(new Set(seen).size).toBe(12)
    expect(seen).toHaveLength(12)
  })
})

describe('an instance id', () => {
  test.each(['DescribeInstances', 'StartInstances', 'StopInstances', 'RebootInstances', 'TerminateInstances'])(
    'given to %s must name an instance',
    async (action) => {
      const aws = await cloud()
      expect(await aws.refusal(action, { 'InstanceId.1': 'i-00000000' })).toEqual({
        status: 400,
        code: 'InvalidInstanceID.NotFound',
        message: "The instance ID 'i-00000000' does not exist",
      })
      expect(await aws.refusal(action, { 'InstanceId.1': 'i-00000000', 'InstanceId.2': 'i-00000001' })).toEqual({
        status: 400,
        code: 'InvalidInstanceID.NotFound',
        message: "The instance IDs 'i-00000000, i-00000001' do not exist",
      })
      expect(await aws.refusal(action, { 'InstanceId.1': 'foobar' })).toEqual({
        status: 400,
        code: 'InvalidInstanceID.Malformed',
        message: 'Invalid id: "foobar"',
      })
    },
  )

  test('excludes MaxResults', async () => {
    const aws = await cloud()
    const id = await launched(aws)
    expect(await aws.refusal('DescribeInstances', { 'InstanceId.1': id, MaxResults: 5 })).toEqual({
      status: 400,
      code: 'InvalidParameterCombination',
      message: 'The parameter instancesSet cannot be used with the parameter maxResults',
    })
  })
})
