import { createRequire } from 'node:module'
import type { EC2, NetworkInterface, VpcAttributeName } from '@aws-sdk/client-ec2'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sallyport, startSallyport } from '../../src/index.ts'
import { only, present, sdk } from './sdk.ts'
import { account, region } from './surroundings.ts'
import { gone, settled, subnetOf, tagged, vpcOf } from './terraform.ts'

let sallyport: Sallyport
let ec2: EC2
let vpc = ''
let subnet = ''

beforeAll(async () => {
  sallyport = await startSallyport()
  ec2 = sdk(sallyport.url)
  vpc = await vpcOf(ec2, '10.0.0.0/16')
  subnet = await subnetOf(ec2, vpc, '10.0.1.0/24')
})

afterAll(async () => {
  ec2.destroy()
  await sallyport.stop()
})

describe('the provider, when it starts,', () => {
  test.each([
    { service: 'sts', version: '2011-06-15', action: 'GetCallerIdentity', status: 200, text: `<Account>${account}<` },
    { service: 'iam', version: '2010-05-08', action: 'GetUser', status: 200, text: `iam::${account}:root</Arn>` },
    { service: 'iam', version: '2010-05-08', action: 'ListRoles', status: 400, text: '<Code>InvalidAction</Code>' },
  ])('asks $service $action and is answered at once with $status', async ({ service, version, action, ...answer }) => {
    const response = await signedPost(service, `Action=${action}&Version=${version}`)
    expect(response.status).toBe(answer.status)
    expect(await response.text()).toContain(answer.text)
  })
})

test('aws_vpc finds its attributes, default ACL, main table and default group', async () => {
  const VpcId = await vpcOf(ec2, '10.1.0.0/16')
  const attribute = (Attribute: VpcAttributeName) => ec2.describeVpcAttribute({ VpcId, Attribute })
  expect((await attribute('enableDnsHostnames')).EnableDnsHostnames).toEqual({ Value: false })
  expect((await attribute('enableDnsSupport')).EnableDnsSupport).toEqual({ Value: true })
  const metrics = await attribute('enableNetworkAddressUsageMetrics')
  expect(metrics.EnableNetworkAddressUsageMetrics).toEqual({ Value: false })
  const inVpc = { Name: 'vpc-id', Values: [VpcId] }
  const acls = await ec2.describeNetworkAcls({ Filters: [{ Name: 'default', Values: ['true'] }, inVpc] })
  expect(only(acls.NetworkAcls)).toMatchObject({ IsDefault: true, VpcId })
  const main = { Name: 'association.main', Values: ['true'] }
  const { RouteTables } = await ec2.describeRouteTables({ Filters: [main, inVpc] })
  expect(only(RouteTables)).toMatchObject({ VpcId, Associations: [{ Main: true }] })
  const named = { Name: 'group-name', Values: ['default'] }
  expect((await ec2.describeSecurityGroups({ Filters: [named, inVpc] })).SecurityGroups).toHaveLength(1)
  await ec2.modifyVpcAttribute({ VpcId, EnableDnsHostnames: { Value: true } })
  expect((await attribute('enableDnsHostnames')).EnableDnsHostnames).toEqual({ Value: true })
  await ec2.deleteVpc({ VpcId })
  expect(await gone(ec2.describeVpcs({ VpcIds: [VpcId] }))).toBe('InvalidVpcID.NotFound')
})

test('aws_subnet sees each attribute it sets, and holds up the deletion of its VPC', async () => {
  const VpcId = await vpcOf(ec2, '10.2.0.0/16')
  const SubnetId = await subnetOf(ec2, VpcId, '10.2.1.0/24')
  const read = async () => only((await ec2.describeSubnets({ SubnetIds: [SubnetId] })).Subnets)
  expect(await read()).toMatchObject({
    VpcId,
    CidrBlock: '10.2.1.0/24',
    AvailableIpAddressCount: 251,
    MapPublicIpOnLaunch: false,
    AssignIpv6AddressOnCreation: false,
    EnableDns64: false,
    Ipv6Native: false,
    SubnetArn: `arn:aws:ec2:${region}:${account}:subnet/${SubnetId}`,
    PrivateDnsNameOptionsOnLaunch: { HostnameType: 'ip-name' },
  })
  await ec2.modifySubnetAttribute({ SubnetId, MapPublicIpOnLaunch: { Value: true } })
  expect(await read()).toMatchObject({ MapPublicIpOnLaunch: true })
  expect(await gone(ec2.deleteVpc({ VpcId }))).toBe('DependencyViolation')
  await ec2.deleteSubnet({ SubnetId })
  expect(await gone(read())).toBe('InvalidSubnetID.NotFound')
  await ec2.deleteVpc({ VpcId })
})

describe('aws_network_interface', () => {
  const read = async (id: string): Promise<NetworkInterface> =>
    only((await ec2.describeNetworkInterfaces({ NetworkInterfaceIds: [id] })).NetworkInterfaces)

  test('is created once for one token, attached, changed, detached by force and deleted', async () => {
    const request = { SubnetId: subnet, ClientToken: 'terraform-20261122100000000000000001', Description: 'made' }
    const { NetworkInterface } = await ec2.createNetworkInterface(request)
    const id = present(NetworkInterface?.NetworkInterfaceId)
    expect((await ec2.createNetworkInterface(request)).NetworkInterface?.NetworkInterfaceId).toBe(id)
    const status = async () => (await read(id)).Status
    await settled({ read: status, pending: ['pending'], target: 'available' })
    const InstanceId = await launch()
    const attach = { NetworkInterfaceId: id, InstanceId, DeviceIndex: 1 }
    const AttachmentId = present((await ec2.attachNetworkInterface(attach)).AttachmentId)
    const Filters = [{ Name: 'attachment.attachment-id', Values: [AttachmentId] }]
    const attachment = async () => (await ec2.describeNetworkInterfaces({ Filters })).NetworkInterfaces?.[0]?.Attachment
    await settled({ read: async () => (await attachment())?.Status, pending: ['attaching'], target: 'attached' })
    await ec2.modifyNetworkInterfaceAttribute({ NetworkInterfaceId: id, SourceDestCheck: { Value: false } })
    await ec2.modifyNetworkInterfaceAttribute({ NetworkInterfaceId: id, Description: { Value: 'changed' } })
    await ec2.assignPrivateIpAddresses({ NetworkInterfaceId: id, PrivateIpAddresses: ['10.0.1.200'] })
    expect(await read(id)).toMatchObject({
      Description: 'changed',
      SourceDestCheck: false,
      PrivateIpAddresses: [{ Primary: true }, { Primary: false, PrivateIpAddress: '10.0.1.200' }],
    })
    await ec2.detachNetworkInterface({ AttachmentId, Force: true })
    const detached = async () => (await attachment())?.Status ?? 'detached'
    await settled({ read: detached, pending: ['detaching'], target: 'detached' })
    await ec2.deleteNetworkInterface({ NetworkInterfaceId: id })
    expect(await gone(read(id))).toBe('InvalidNetworkInterfaceID.NotFound')
  })
})

test('aws_instance reads all that the resource shows, and counts as gone once terminated', async () => {
  const InstanceId = await launch()
  const InstanceIds = [InstanceId]
  const instance = only(only((await ec2.describeInstances({ InstanceIds })).Reservations).Instances)
  expect(instance).toMatchObject({ SubnetId: subnet, VpcId: vpc, SourceDestCheck: true, State: { Code: 16 } })
  const InstanceType = present(instance.InstanceType)
  expect((await ec2.describeInstanceTypes({ InstanceTypes: [InstanceType] })).InstanceTypes).toHaveLength(1)
  const attributes = [
    'disableApiTermination',
    'instanceInitiatedShutdownBehavior',
    'userData',
    'disableApiStop',
  ] as const
  for (const Attribute of attributes) {
    expect(await ec2.describeInstanceAttribute({ InstanceId, Attribute })).toMatchObject({ InstanceId })
  }
  const Filters = [{ Name: 'attachment.instance-id', Values: InstanceIds }]
  expect(await ec2.describeVolumes({ Filters })).toHaveProperty('Volumes')
  const credits = await ec2.describeInstanceCreditSpecifications({ InstanceIds })
  expect(only(credits.InstanceCreditSpecifications)).toMatchObject({ InstanceId })
  await ec2.terminateInstances({ InstanceIds })
  await settled({ read: () => stateOf(InstanceId), pending: ['shutting-down'], target: 'terminated' })
})

async function stateOf(InstanceId: string): Promise<string | undefined> {
  const { Reservations } = await ec2.describeInstances({ InstanceIds: [InstanceId] })
  return only(only(Reservations).Instances).State?.Name
}

async function launch(): Promise<string> {
  const { Images } = await ec2.describeImages({ Owners: ['amazon'] })
  const ImageId = present(Images?.[0]?.ImageId)
  const launch = { ImageId, InstanceType: 't3.micro', MinCount: 1, MaxCount: 1, SubnetId: subnet } as const
  const InstanceId = present(only((await ec2.runInstances(launch)).Instances).InstanceId)
  await settled({ read: () => stateOf(InstanceId), pending: ['pending'], target: 'running' })
  return InstanceId
}

test('aws_ec2_managed_prefix_list is waited for after each change, by the one state that may come', async () => {
  const { PrefixList } = await ec2.createManagedPrefixList({
    PrefixListName: 'offices',
    AddressFamily: 'IPv4',
    MaxEntries: 5,
    Entries: [{ Cidr: '10.1.0.0/16', Description: 'one' }],
    TagSpecifications: tagged('prefix-list', { env: 'test' }),
    ClientToken: 'terraform-20261122100000000000000002',
  })
  const list = { PrefixListId: present(PrefixList?.PrefixListId) }
  const read = async () =>
    only((await ec2.describeManagedPrefixLists({ PrefixListIds: [list.PrefixListId] })).PrefixLists)
  const wait = (verb: 'create' | 'modify') =>
    settled({ read: async () => (await read()).State, pending: [`${verb}-in-progress`], target: `${verb}-complete` })
  await wait('create')
  expect(await read()).toMatchObject({ Version: 1, MaxEntries: 5, Tags: [{ Key: 'env', Value: 'test' }] })
  // A changed description is an entry removed and, in a second request, added.
  await ec2.modifyManagedPrefixList({ ...list, CurrentVersion: 1, RemoveEntries: [{ Cidr: '10.1.0.0/16' }] })
  await wait('modify')
  const entry = { Cidr: '10.1.0.0/16', Description: 'two' }
  await ec2.modifyManagedPrefixList({ ...list, CurrentVersion: 2, AddEntries: [entry] })
  await wait('modify')
  const { Version } = await read()
  expect(Version).toBe(3)
  const { Entries } = await ec2.getManagedPrefixListEntries({ ...list, TargetVersion: present(Version) })
  expect(Entries).toEqual([entry])
  await ec2.modifyManagedPrefixList({ ...list, PrefixListName: 'renamed' })
  await ec2.modifyManagedPrefixList({ ...list, MaxEntries: 8 })
  await wait('modify')
  expect(await read()).toMatchObject({ PrefixListName: 'renamed', MaxEntries: 8, Version: 3 })
  const stale = ec2.modifyManagedPrefixList({ ...list, CurrentVersion: 2, AddEntries: [{ Cidr: '10.9.0.0/16' }] })
  expect(await gone(stale)).toBe('PrefixListVersionMismatch')
  await ec2.deleteManagedPrefixList(list)
  expect(await gone(read())).toBe('InvalidPrefixListID.NotFound')
})

test('aws_network_acl takes its subnets and gives them back to the default before it goes', async () => {
  const { NetworkAcl } = await ec2.createNetworkAcl({ VpcId: vpc, ClientToken: 'terraform-20261122100000000000000003' })
  const NetworkAclId = present(NetworkAcl?.NetworkAclId)
  const read = async () => only((await ec2.describeNetworkAcls({ NetworkAclIds: [NetworkAclId] })).NetworkAcls)
  const moveSubnetTo = async (target: string) => {
    const Filters = [{ Name: 'association.subnet-id', Values: [subnet] }]
    const { Associations } = only((await ec2.describeNetworkAcls({ Filters })).NetworkAcls)
    const association = Associations?.find(({ SubnetId }) => SubnetId === subnet)
    const AssociationId = present(association?.NetworkAclAssociationId)
    return present((await ec2.replaceNetworkAclAssociation({ AssociationId, NetworkAclId: target })).NewAssociationId)
  }
  const entry = { NetworkAclId, RuleNumber: 100, Egress: false, CidrBlock: '10.0.0.0/8' }
  await ec2.createNetworkAclEntry({ ...entry, Protocol: '6', RuleAction: 'allow', PortRange: { From: 80, To: 80 } })
  const association = await moveSubnetTo(NetworkAclId)
  const made = await read()
  expect(only(made.Associations)).toEqual({ NetworkAclAssociationId: association, NetworkAclId, SubnetId: subnet })
  expect(made.Entries).toContainEqual({
    CidrBlock: '10.0.0.0/8',
    Egress: false,
    PortRange: { From: 80, To: 80 },
    Protocol: '6',
    RuleAction: 'allow',
    RuleNumber: 100,
  })
  await ec2.deleteNetworkAclEntry({ NetworkAclId, RuleNumber: 100, Egress: false })
  const Filters = [
    { Name: 'default', Values: ['true'] },
    { Name: 'vpc-id', Values: [vpc] },
  ]
  await moveSubnetTo(present(only((await ec2.describeNetworkAcls({ Filters })).NetworkAcls).NetworkAclId))
  await ec2.deleteNetworkAcl({ NetworkAclId })
  expect(await gone(read())).toBe('InvalidNetworkAclID.NotFound')
})

test('aws_flow_log is read by its id until it is not there', async () => {
  const { FlowLogIds, Unsuccessful } = await ec2.createFlowLogs({
    ResourceIds: [vpc],
    ResourceType: 'VPC',
    TrafficType: 'REJECT',
    LogDestinationType: 's3',
    LogDestination: 'arn:aws:s3:::flow-logs-of-ours',
    MaxAggregationInterval: 60,
    TagSpecifications: tagged('vpc-flow-log', { env: 'test' }),
  })
  expect(Unsuccessful).toEqual([])
  const read = async () => (await ec2.describeFlowLogs({ FlowLogIds: present(FlowLogIds) })).FlowLogs
  expect(only(await read())).toMatchObject({
    ResourceId: vpc,
    TrafficType: 'REJECT',
    MaxAggregationInterval: 60,
    Tags: [{ Key: 'env', Value: 'test' }],
  })
  expect((await ec2.deleteFlowLogs({ FlowLogIds: present(FlowLogIds) })).Unsuccessful).toEqual([])
  expect((await ec2.describeFlowLogs({})).FlowLogs).toEqual([])
})

type Sign = (
  request: Readonly<Record<string, unknown>>,
  keys: { readonly accessKeyId: string; readonly secretAccessKey: string },
) => { readonly headers: Record<string, string> }

async function signedPost(service: string, body: string): Promise<Response> {
  const { sign } = createRequire(import.meta.url)('aws4') as { readonly sign: Sign }
  const headers = { host: new URL(sallyport.url).host, 'content-type': 'application/x-www-form-urlencoded' }
  const request = { service, region, method: 'POST', path: '/', headers, body }
  const signed = sign(request, { accessKeyId: 'test', secretAccessKey: 'test' }).headers
  return fetch(sallyport.url, { method: 'POST', headers: signed, body })
}
