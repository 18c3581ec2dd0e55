import {
  type EC2,
  type IpPermission,
  paginateDescribeInstances,
  paginateDescribeNetworkInterfaces,
  paginateDescribeStaleSecurityGroups,
  waitUntilInstanceExists,
  waitUntilInstanceRunning,
  waitUntilInstanceStatusOk,
  waitUntilInstanceStopped,
  waitUntilInstanceTerminated,
  waitUntilInternetGatewayExists,
  waitUntilNetworkInterfaceAvailable,
  waitUntilSecurityGroupVpcAssociationAssociated,
  waitUntilSecurityGroupVpcAssociationDisassociated,
  waitUntilSubnetAvailable,
  waitUntilVpcPeeringConnectionDeleted,
  waitUntilVpcPeeringConnectionExists,
} from '@aws-sdk/client-ec2'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sallyport, startSallyport } from '../../src/index.ts'
import { only, patience, present, refusal, sdk } from './sdk.ts'
import { account, region } from './surroundings.ts'

let sallyport: Sallyport
let ec2: EC2
let vpc = ''
let subnet = ''

beforeAll(async () => {
  sallyport = await startSallyport()
  ec2 = sdk(sallyport.url)
  vpc = await createVpc('10.0.0.0/16')
  const { Subnet } = await ec2.createSubnet({ VpcId: vpc, CidrBlock: '10.0.1.0/24' })
  subnet = present(Subnet?.SubnetId)
  await waitUntilSubnetAvailable(patience(ec2), { SubnetIds: [subnet] })
})

afterAll(async () => {
  ec2.destroy()
  await sallyport.stop()
})

async function createVpc(CidrBlock: string): Promise<string> {
  const { Vpc } = await ec2.createVpc({ CidrBlock })
  return present(Vpc?.VpcId)
}

async function createGroup(name: string, VpcId = vpc): Promise<string> {
  const { GroupId } = await ec2.createSecurityGroup({ GroupName: name, Description: name, VpcId })
  return present(GroupId)
}

async function ingressOf(group: string): Promise<IpPermission[]> {
  const { SecurityGroups } = await ec2.describeSecurityGroups({ GroupIds: [group] })
  return present(only(SecurityGroups).IpPermissions)
}

async function firstImage(): Promise<string> {
  const { Images } = await ec2.describeImages({ Owners: ['amazon'] })
  return present(Images?.[0]?.ImageId)
}

describe('groups of two peered VPCs', () => {
  let peer = ''
  let near = ''
  let far = ''
  let peering = { VpcPeeringConnectionId: '' }

  const fromFar = (): IpPermission[] => [
    { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, UserIdGroupPairs: [{ GroupId: far, UserId: account }] },
  ]

  beforeAll(async () => {
    peer = await createVpc('10.1.0.0/16')
    near = await createGroup('near')
    far = await createGroup('far', peer)
  })

  test('cannot be referenced before the peering is active', async () => {
    expect(await refusal(ec2.authorizeSecurityGroupIngress({ GroupId: near, IpPermissions: fromFar() }))).toMatchObject(
      {
        code: 'InvalidGroup.NotFound',
        message: 'You have specified two resources that belong to different networks.',
      },
    )
    const { VpcPeeringConnection } = await ec2.createVpcPeeringConnection({ VpcId: vpc, PeerVpcId: peer })
    expect(VpcPeeringConnection?.Status?.Code).toBe('initiating-request')
    expect(VpcPeeringConnection?.ExpirationTime).toBeInstanceOf(Date)
    peering = { VpcPeeringConnectionId: present(VpcPeeringConnection?.VpcPeeringConnectionId) }
    const described = { VpcPeeringConnectionIds: [peering.VpcPeeringConnectionId] }
    await waitUntilVpcPeeringConnectionExists(patience(ec2), described)
    const accepted = await ec2.acceptVpcPeeringConnection(peering)
    expect(accepted.VpcPeeringConnection?.Status?.Code).toBe('provisioning')
    const { VpcPeeringConnections } = await ec2.describeVpcPeeringConnections(described)
    expect(only(VpcPeeringConnections).Status).toEqual({ Code: 'active', Message: 'Active' })
  })

  test('are referenced by id, and the reference is seen from both sides', async () => {
    await ec2.authorizeSecurityGroupIngress({ GroupId: near, IpPermissions: fromFar() })
    const pair = { GroupId: far, UserId: account, VpcId: peer, ...peering, PeeringStatus: 'active' }
    expect(only(await ingressOf(near)).UserIdGroupPairs).toEqual([pair])
    const { SecurityGroupReferenceSet } = await ec2.describeSecurityGroupReferences({ GroupId: [far] })
    expect(SecurityGroupReferenceSet).toEqual([{ GroupId: far, ReferencingVpcId: vpc, ...peering }])
  })

  test('leave a stale rule when the referenced group is deleted', async () => {
    await ec2.deleteSecurityGroup({ GroupId: far })
    const stale: unknown[] = []
    for await (const page of paginateDescribeStaleSecurityGroups({ client: ec2, pageSize: 5 }, { VpcId: vpc })) {
      stale.push(...present(page.StaleSecurityGroupSet))
    }
    expect(stale).toMatchObject([
      {
        GroupId: near,
        GroupName: 'near',
        Description: 'near',
        VpcId: vpc,
        StaleIpPermissions: [
          {
            IpProtocol: 'tcp',
            FromPort: 443,
            ToPort: 443,
            UserIdGroupPairs: [{ GroupId: far, VpcId: peer, ...peering, PeeringStatus: 'active' }],
          },
        ],
        StaleIpPermissionsEgress: [],
      },
    ])
  })

  test('lose the peering', async () => {
    expect(await ec2.deleteVpcPeeringConnection(peering)).toMatchObject({ Return: true })
    await waitUntilVpcPeeringConnectionDeleted(patience(ec2), {
      VpcPeeringConnectionIds: [peering.VpcPeeringConnectionId],
    })
    await ec2.revokeSecurityGroupIngress({ GroupId: near, IpPermissions: fromFar() })
    expect(await ingressOf(near)).toEqual([])
  })
})

describe('a group in a second VPC', () => {
  test('is associated, used there and disassociated', async () => {
    const second = await createVpc('10.2.0.0/16')
    const group = { GroupId: await createGroup('roaming') }
    const filters = { Filters: [{ Name: 'group-id', Values: [group.GroupId] }] }
    expect(await ec2.associateSecurityGroupVpc({ ...group, VpcId: second })).toMatchObject({ State: 'associating' })
    await waitUntilSecurityGroupVpcAssociationAssociated(patience(ec2), filters)
    const { SecurityGroupVpcAssociations } = await ec2.describeSecurityGroupVpcAssociations(filters)
    const owners = { VpcOwnerId: account, GroupOwnerId: account }
    expect(SecurityGroupVpcAssociations).toEqual([{ ...group, VpcId: second, ...owners, State: 'associated' }])
    const { Subnet } = await ec2.createSubnet({ VpcId: second, CidrBlock: '10.2.1.0/24' })
    const { NetworkInterface } = await ec2.createNetworkInterface({
      SubnetId: present(Subnet?.SubnetId),
      Groups: [group.GroupId],
    })
    expect(await refusal(ec2.disassociateSecurityGroupVpc({ ...group, VpcId: second }))).toMatchObject({
      code: 'DependencyViolation',
    })
    await ec2.deleteNetworkInterface({ NetworkInterfaceId: present(NetworkInterface?.NetworkInterfaceId) })
    const left = await ec2.disassociateSecurityGroupVpc({ ...group, VpcId: second })
    expect(left).toMatchObject({ State: 'disassociating' })
    await waitUntilSecurityGroupVpcAssociationDisassociated(patience(ec2), filters)
    expect((await ec2.describeSecurityGroupVpcAssociations(filters)).SecurityGroupVpcAssociations).toEqual([])
  })
})

describe('instances and interfaces', () => {
  test('carry groups from launch to termination', async () => {
    const [web, app] = [await createGroup('web'), await createGroup('app')]
    const { Instances, ReservationId } = await ec2.runInstances({
      ImageId: await firstImage(),
      InstanceType: 't3.micro',
      MinCount: 1,
      MaxCount: 1,
      SubnetId: subnet,
      SecurityGroupIds: [web],
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Name', Value: 'web-1' }] }],
    })
    expect(ReservationId).toMatch(/^r-[0-9a-f]{17}$/)
    const launched = only(Instances)
    expect(launched.State).toEqual({ Code: 0, Name: 'pending' })
    const InstanceId = present(launched.InstanceId)
    const one = { InstanceIds: [InstanceId] }
    await waitUntilInstanceExists(patience(ec2), one)
    await waitUntilInstanceRunning(patience(ec2), one)
    await waitUntilInstanceStatusOk(patience(ec2), one)
    expect(await groupsOfInstances(web)).toEqual([[{ GroupId: web, GroupName: 'web' }]])
    await ec2.modifyInstanceAttribute({ InstanceId, Groups: [app] })
    expect(await groupsOfInstances(web)).toEqual([])
    expect(await groupsOfInstances(app)).toEqual([[{ GroupId: app, GroupName: 'app' }]])
    expect(await refusal(ec2.deleteSecurityGroup({ GroupId: app }))).toMatchObject({
      code: 'DependencyViolation',
      message: `resource ${app} has a dependent object`,
    })
    await ec2.stopInstances(one)
    await waitUntilInstanceStopped(patience(ec2), one)
    await ec2.startInstances(one)
    const { TerminatingInstances } = await ec2.terminateInstances(one)
    expect(only(TerminatingInstances)).toMatchObject({ InstanceId, CurrentState: { Code: 32, Name: 'shutting-down' } })
    await waitUntilInstanceTerminated(patience(ec2), one)
    await ec2.deleteSecurityGroup({ GroupId: app })
  })

  test('an interface is made, moved between instances and found by its group', async () => {
    const group = await createGroup('moving')
    const { NetworkInterface } = await ec2.createNetworkInterface({
      SubnetId: subnet,
      Groups: [group],
      SecondaryPrivateIpAddressCount: 1,
      ConnectionTrackingSpecification: { UdpTimeout: 45 },
    })
    const NetworkInterfaceId = present(NetworkInterface?.NetworkInterfaceId)
    expect(NetworkInterface).toMatchObject({ Status: 'pending', VpcId: vpc, Groups: [{ GroupName: 'moving' }] })
    await waitUntilNetworkInterfaceAvailable(patience(ec2), { NetworkInterfaceIds: [NetworkInterfaceId] })
    const { Instances } = await ec2.runInstances({
      ImageId: await firstImage(),
      MinCount: 1,
      MaxCount: 1,
      SubnetId: subnet,
    })
    const InstanceId = present(only(Instances).InstanceId)
    await waitUntilInstanceRunning(patience(ec2), { InstanceIds: [InstanceId] })
    const { AttachmentId } = await ec2.attachNetworkInterface({ NetworkInterfaceId, InstanceId, DeviceIndex: 1 })
    const found: unknown[] = []
    const ask = { Filters: [{ Name: 'group-id', Values: [group] }] }
    for await (const page of paginateDescribeNetworkInterfaces({ client: ec2, pageSize: 5 }, ask)) {
      found.push(...present(page.NetworkInterfaces))
    }
    expect(found).toMatchObject([
      {
        NetworkInterfaceId,
        Status: 'in-use',
        Attachment: { AttachmentId, InstanceId, DeviceIndex: 1, Status: 'attached', DeleteOnTermination: false },
        ConnectionTrackingConfiguration: { UdpTimeout: 45 },
      },
    ])
    expect(await refusal(ec2.deleteNetworkInterface({ NetworkInterfaceId }))).toMatchObject({
      message: `Network interface '${NetworkInterfaceId}' is currently in use.`,
    })
    await ec2.detachNetworkInterface({ AttachmentId: present(AttachmentId) })
    await waitUntilNetworkInterfaceAvailable(patience(ec2), { NetworkInterfaceIds: [NetworkInterfaceId] })
    await ec2.deleteNetworkInterface({ NetworkInterfaceId })
  })

  async function groupsOfInstances(group: string): Promise<unknown[]> {
    const seen: unknown[] = []
    const ask = { Filters: [{ Name: 'instance.group-id', Values: [group] }] }
    for await (const page of paginateDescribeInstances({ client: ec2, pageSize: 5 }, ask)) {
      const instances = present(page.Reservations).flatMap(({ Instances }) => present(Instances))
      seen.push(...instances.map(({ SecurityGroups }) => SecurityGroups))
    }
    return seen
  }
})

describe('the network around them', () => {
  test('a network ACL takes a subnet over and gives it back', async () => {
    const { NetworkAcl } = await ec2.createNetworkAcl({ VpcId: vpc })
    const NetworkAclId = present(NetworkAcl?.NetworkAclId)
    expect(NetworkAcl).toMatchObject({ IsDefault: false, Associations: [] })
    expect(NetworkAcl?.Entries?.map(({ RuleNumber, RuleAction }) => [RuleNumber, RuleAction])).toEqual([
      [32767, 'deny'],
      [32767, 'deny'],
    ])
    const entry = { NetworkAclId, RuleNumber: 100, Egress: false, RuleAction: 'allow' as const }
    await ec2.createNetworkAclEntry({
      ...entry,
      Protocol: '6',
      CidrBlock: '0.0.0.0/0',
      PortRange: { From: 443, To: 443 },
    })
    const twice = ec2.createNetworkAclEntry({ ...entry, Protocol: '-1', CidrBlock: '0.0.0.0/0' })
    expect(await refusal(twice)).toMatchObject({ code: 'NetworkAclEntryAlreadyExists' })
    const bySubnet = { Filters: [{ Name: 'association.subnet-id', Values: [subnet] }] }
    const before = only((await ec2.describeNetworkAcls(bySubnet)).NetworkAcls)
    expect(before.IsDefault).toBe(true)
    const association = before.Associations?.find(({ SubnetId }) => SubnetId === subnet)
    const AssociationId = present(association?.NetworkAclAssociationId)
    const { NewAssociationId } = await ec2.replaceNetworkAclAssociation({ AssociationId, NetworkAclId })
    const after = only((await ec2.describeNetworkAcls(bySubnet)).NetworkAcls)
    expect(after).toMatchObject({
      NetworkAclId,
      Associations: [{ NetworkAclAssociationId: NewAssociationId, SubnetId: subnet }],
    })
    expect(await refusal(ec2.deleteNetworkAcl({ NetworkAclId }))).toMatchObject({
      code: 'DependencyViolation',
      message: `The network ACL '${NetworkAclId}' has dependencies and cannot be deleted.`,
    })
    const back = { AssociationId: present(NewAssociationId), NetworkAclId: present(before.NetworkAclId) }
    await ec2.replaceNetworkAclAssociation(back)
    await ec2.deleteNetworkAcl({ NetworkAclId })
  })

  test('a gateway is attached and routed to', async () => {
    const { InternetGateway } = await ec2.createInternetGateway({})
    const gateway = { InternetGatewayId: present(InternetGateway?.InternetGatewayId) }
    const one = { InternetGatewayIds: [gateway.InternetGatewayId] }
    await waitUntilInternetGatewayExists(patience(ec2), one)
    await ec2.attachInternetGateway({ ...gateway, VpcId: vpc })
    const attached = await ec2.describeInternetGateways(one)
    expect(only(attached.InternetGateways).Attachments).toEqual([{ VpcId: vpc, State: 'available' }])
    const { RouteTable } = await ec2.createRouteTable({ VpcId: vpc })
    const RouteTableId = present(RouteTable?.RouteTableId)
    const { AssociationId } = await ec2.associateRouteTable({ RouteTableId, SubnetId: subnet })
    const route = { RouteTableId, DestinationCidrBlock: '0.0.0.0/0', GatewayId: gateway.InternetGatewayId }
    expect(await ec2.createRoute(route)).toMatchObject({ Return: true })
    const { RouteTables } = await ec2.describeRouteTables({ RouteTableIds: [RouteTableId] })
    expect(only(RouteTables).Routes).toMatchObject([
      { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', State: 'active', Origin: 'CreateRouteTable' },
      { DestinationCidrBlock: '0.0.0.0/0', GatewayId: gateway.InternetGatewayId, Origin: 'CreateRoute' },
    ])
    await ec2.disassociateRouteTable({ AssociationId: present(AssociationId) })
    await ec2.deleteRouteTable({ RouteTableId })
    await ec2.detachInternetGateway({ ...gateway, VpcId: vpc })
    await ec2.deleteInternetGateway(gateway)
  })

  test('a flow log is made for good targets and declined for bad ones', async () => {
    const LogDestination = 'arn:aws:s3:::flow-logs-of-ours'
    const { FlowLogIds, Unsuccessful } = await ec2.createFlowLogs({
      ResourceIds: [vpc, 'vpc-0123456789abcdef0'],
      ResourceType: 'VPC',
      TrafficType: 'ALL',
      LogDestinationType: 's3',
      LogDestination,
    })
    expect(only(Unsuccessful)).toMatchObject({ ResourceId: 'vpc-0123456789abcdef0' })
    const { FlowLogs } = await ec2.describeFlowLogs({ Filter: [{ Name: 'resource-id', Values: [vpc] }] })
    expect(only(FlowLogs)).toMatchObject({
      FlowLogId: only(FlowLogIds),
      FlowLogStatus: 'ACTIVE',
      TrafficType: 'ALL',
      LogDestination,
      MaxAggregationInterval: 600,
    })
    await ec2.deleteFlowLogs({ FlowLogIds: present(FlowLogIds) })
    expect((await ec2.describeFlowLogs({})).FlowLogs).toEqual([])
  })

  test('regions, zones and attributes of the account are there to read', async () => {
    const { Regions } = await ec2.describeRegions({})
    expect(Regions?.map(({ RegionName }) => RegionName)).toContain(region)
    const { AvailabilityZones } = await ec2.describeAvailabilityZones({})
    expect(AvailabilityZones).toMatchObject(
      present(AvailabilityZones).map(() => ({ RegionName: region, State: 'available', ZoneType: 'availability-zone' })),
    )
    const { AccountAttributes } = await ec2.describeAccountAttributes({ AttributeNames: ['supported-platforms'] })
    expect(AccountAttributes).toEqual([
      { AttributeName: 'supported-platforms', AttributeValues: [{ AttributeValue: 'VPC' }] },
    ])
  })
})
