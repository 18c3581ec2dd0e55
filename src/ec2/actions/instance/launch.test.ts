import { describe, expect, test } from 'vitest'
import { type Body, type Cloud, cloud } from '../../../../test/cloud.ts'
import { createGroup, createVpc } from '../../../../test/groups.ts'
import { describeInstance, launched, reserve } from '../../../../test/instances.ts'
import { createSubnet, describeCard } from '../../../../test/interfaces.ts'

async function subnetWithoutPublicAddresses(aws: Cloud): Promise<string> {
  return createSubnet(aws, await createVpc(aws, '10.0.0.0/16'), '10.0.1.0/24')
}

describe('a launch', () => {
  test('answers with one reservation of pending instances', async () => {
    const aws = await cloud()
    const reservation = await reserve(aws, { MinCount: 2, MaxCount: 2 })
    expect(reservation).toMatchObject({
      reservationId: expect.stringMatching(/^r-[0-9a-f]{17}$/),
      ownerId: '123456789012',
      groupSet: '',
    })
    const [first, second] = reservation.instancesSet.item
    expect(first).toMatchObject({
      instanceId: expect.stringMatching(/^i-[0-9a-f]{17}$/),
      imageId: 'ami-0abcdef1234567890',
      instanceState: { code: '0', name: 'pending' },
      stateReason: { code: 'pending', message: 'pending' },
      reason: '',
      privateDnsName: 'ip-172-31-0-4.ec2.internal',
      dnsName: '',
      privateIpAddress: '172.31.0.4',
      instanceType: 't3.micro',
      launchTime: '2026-11-22T10:00:00.000Z',
      placement: { availabilityZone: 'us-east-1a', tenancy: 'default' },
      monitoring: { state: 'disabled' },
      amiLaunchIndex: '0',
      sourceDestCheck: 'true',
    })
    expect(first).not.toHaveProperty('ipAddress')
    expect(first.networkInterfaceSet.item[0]).toMatchObject({ status: 'in-use', attachment: { status: 'attaching' } })
    expect(second).toMatchObject({ amiLaunchIndex: '1', privateIpAddress: '172.31.0.5' })
  })

  test('runs at the very next look', async () => {
    const aws = await cloud()
    const instance = await describeInstance(aws, await launched(aws))
    expect(instance).toMatchObject({
      instanceState: { code: '16', name: 'running' },
      dnsName: 'ec2-203-0-113-1.compute-1.amazonaws.com',
      ipAddress: '203.0.113.1',
      rootDeviceName: '/dev/xvda',
      rootDeviceType: 'ebs',
      blockDeviceMapping: '',
      architecture: 'x86_64',
      virtualizationType: 'hvm',
      hypervisor: 'xen',
      ebsOptimized: 'false',
      enaSupport: 'true',
      metadataOptions: { state: 'applied', httpTokens: 'optional', httpEndpoint: 'enabled' },
      cpuOptions: { coreCount: '1', threadsPerCore: '2' },
      clientToken: '',
      tagSet: '',
    })
    expect(instance).not.toHaveProperty('stateReason')
  })

  test('needs nothing but an image and a count, and then makes an m1.small', async () => {
    const aws = await cloud()
    const { instancesSet } = await aws.call('RunInstances', { ImageId: 'ami-12345678', MinCount: 1, MaxCount: 1 })
    expect(instancesSet.item[0]).toMatchObject({ instanceType: 'm1.small' })
  })

  test('keeps what it was asked for', async () => {
    const aws = await cloud()
    const id = await launched(aws, {
      KeyName: 'laptop',
      'Monitoring.Enabled': true,
      'Placement.Tenancy': 'dedicated',
      'Placement.GroupName': 'close',
      EbsOptimized: true,
      ClientToken: 'once',
      'MetadataOptions.HttpTokens': 'required',
      'MetadataOptions.HttpPutResponseHopLimit': 2,
      'IamInstanceProfile.Name': 'web',
      'CpuOptions.CoreCount': 1,
      'CpuOptions.ThreadsPerCore': 1,
      'HibernationOptions.Configured': true,
      'EnclaveOptions.Enabled': true,
      'MaintenanceOptions.AutoRecovery': 'disabled',
      'CapacityReservationSpecification.CapacityReservationPreference': 'none',
      'PrivateDnsNameOptions.HostnameType': 'resource-name',
      'PrivateDnsNameOptions.EnableResourceNameDnsARecord': true,
    })
    expect(await describeInstance(aws, id)).toMatchObject({
      keyName: 'laptop',
      monitoring: { state: 'enabled' },
      placement: { tenancy: 'dedicated', groupName: 'close' },
      ebsOptimized: 'true',
      clientToken: 'once',
      metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: '2' },
      iamInstanceProfile: { arn: 'arn:aws:iam::123456789012:instance-profile/web' },
      cpuOptions: { coreCount: '1', threadsPerCore: '1' },
      hibernationOptions: { configured: 'true' },
      enclaveOptions: { enabled: 'true' },
      maintenanceOptions: { autoRecovery: 'disabled' },
      capacityReservationSpecification: { capacityReservationPreference: 'none' },
      privateDnsNameOptions: { hostnameType: 'resource-name', enableResourceNameDnsARecord: 'true' },
      privateDnsName: `${id}.ec2.internal`,
    })
  })

  test('takes the tenancy of a dedicated VPC', async () => {
    const aws = await cloud()
    const vpc = await createVpc(aws, '10.0.0.0/16', { InstanceTenancy: 'dedicated' })
    const id = await launched(aws, { SubnetId: await createSubnet(aws, vpc, '10.0.0.0/24') })
    expect(await describeInstance(aws, id)).toMatchObject({ placement: { tenancy: 'dedicated' } })
  })

  test('repeated with its client token makes nothing new', async () => {
    const aws = await cloud()
    const first = await reserve(aws, { ClientToken: 'once' })
    const again = await reserve(aws, { ClientToken: 'once' })
    expect(again.reservationId).toBe(first.reservationId)
    expect(aws.world().instance.size).toBe(1)
  })

  test('tags its instances and their new interfaces', async () => {
    const aws = await cloud()
    const { instancesSet } = await reserve(aws, {
      'TagSpecification.1.ResourceType': 'instance',
      'TagSpecification.1.Tag.1.Key': 'Name',
      'TagSpecification.1.Tag.1.Value': 'web',
      'TagSpecification.2.ResourceType': 'network-interface',
      'TagSpecification.2.Tag.1.Key': 'net',
      'TagSpecification.2.Tag.1.Value': 'a',
      'TagSpecification.3.ResourceType': 'volume',
      'TagSpecification.3.Tag.1.Key': 'disk',
      'TagSpecification.3.Tag.1.Value': 'b',
    })
    const [instance] = instancesSet.item
    expect(instance.tagSet).toEqual({ item: [{ key: 'Name', value: 'web' }] })
    const card = await describeCard(aws, instance.networkInterfaceSet.item[0].networkInterfaceId)
    expect(card.tagSet).toEqual({ item: [{ key: 'net', value: 'a' }] })
  })
})

describe('where an instance is launched', () => {
  test('is the default subnet of the zone that is asked for', async () => {
    const aws = await cloud()
    const id = await launched(aws, { 'Placement.AvailabilityZone': 'us-east-1c' })
    expect(await describeInstance(aws, id)).toMatchObject({
      privateIpAddress: '172.31.32.4',
      placement: { availabilityZone: 'us-east-1c' },
    })
  })

  test('is the subnet, which gives a public address only if it maps them', async () => {
    const aws = await cloud()
    const subnet = await subnetWithoutPublicAddresses(aws)
    const plain = await describeInstance(aws, await launched(aws, { SubnetId: subnet, PrivateIpAddress: '10.0.1.77' }))
    expect(plain).toMatchObject({ subnetId: subnet, privateIpAddress: '10.0.1.77' })
    expect(plain).not.toHaveProperty('ipAddress')
    await aws.call('ModifySubnetAttribute', { SubnetId: subnet, 'MapPublicIpOnLaunch.Value': true })
    expect(await describeInstance(aws, await launched(aws, { SubnetId: subnet }))).toHaveProperty('ipAddress')
  })
})

describe('how many instances are launched', () => {
  test('is as many as the subnet has room for, MinCount at least', async () => {
    const aws = await cloud()
    const vpc = await createVpc(aws, '10.0.0.0/16')
    const subnet = await createSubnet(aws, vpc, '10.0.0.0/28')
    const { instancesSet } = await reserve(aws, { SubnetId: subnet, MinCount: 2, MaxCount: 1_000_000 })
    expect(instancesSet.item).toHaveLength(11)
    const addresses = instancesSet.item.map((instance: Body) => instance.privateIpAddress)
    expect(new Set(addresses).size).toBe(11)
    expect(
      await aws.refusal('RunInstances', { ImageId: 'ami-12345678', MinCount: 1, MaxCount: 1, SubnetId: subnet }),
    ).toMatchObject({ code: 'InsufficientFreeAddressesInSubnet' })
  })

  test('is as many as the interface quota allows', async () => {
    const aws = await cloud({ quotas: { 'network-interfaces-per-region': 3 } })
    const { instancesSet } = await reserve(aws, { MinCount: 1, MaxCount: 9 })
    expect(instancesSet.item).toHaveLength(3)
  })
})

describe('the groups of an instance', () => {
  test('are the default group of its VPC when none are given', async () => {
    const aws = await cloud()
    const instance = await describeInstance(
      aws,
      await launched(aws, { SubnetId: await subnetWithoutPublicAddresses(aws) }),
    )
    expect(instance.groupSet.item).toEqual([{ groupId: expect.stringMatching(/^sg-/), groupName: 'default' }])
  })

  test('are given by id, or by name in the default VPC', async () => {
    const aws = await cloud()
    const [web, ssh] = [await createGroup(aws, 'web'), await createGroup(aws, 'ssh')]
    const id = await launched(aws, { 'SecurityGroupId.1': web, 'SecurityGroup.1': 'ssh' })
    const instance = await describeInstance(aws, id)
    const groups = [
      { groupId: web, groupName: 'web' },
      { groupId: ssh, groupName: 'ssh' },
    ]
    expect(instance.groupSet.item).toEqual(groups)
    expect(instance.networkInterfaceSet.item[0].groupSet.item).toEqual(groups)
  })
})
