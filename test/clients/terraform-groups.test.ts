import type { EC2, IpPermission } from '@aws-sdk/client-ec2'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sallyport, startSallyport } from '../../src/index.ts'
import { only, present, refusal, sdk } from './sdk.ts'
import { account } from './surroundings.ts'
import { everything, gone, settled, subnetOf, tagged, vpcOf } from './terraform.ts'

let sallyport: Sallyport
let ec2: EC2
let vpc = ''

beforeAll(async () => {
  sallyport = await startSallyport()
  ec2 = sdk(sallyport.url)
  vpc = await vpcOf(ec2, '10.0.0.0/16')
})

afterAll(async () => {
  ec2.destroy()
  await sallyport.stop()
})

const anywhere = everything({ IpRanges: [{ CidrIp: '0.0.0.0/0' }] })
const anywhere6 = everything({ Ipv6Ranges: [{ CidrIpv6: '::/0' }] })
const web: IpPermission = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '10.1.0.0/16' }] }

async function read(group: string) {
  return only((await ec2.describeSecurityGroups({ GroupIds: [group] })).SecurityGroups)
}

/** aws_security_group's creation up to the point where its own rules are added. */
async function createBare(name: string, VpcId: string): Promise<string> {
  const { GroupId } = await ec2.createSecurityGroup({ GroupName: name, Description: 'Managed by Terraform', VpcId })
  const group = present(GroupId)
  await read(group)
  await ec2.revokeSecurityGroupEgress({ GroupId: group, IpPermissions: [anywhere] })
  const accepted = await ec2.revokeSecurityGroupEgress({ GroupId: group, IpPermissions: [anywhere6] }).then(
    () => 'success',
    ({ name: code }: Error) => code,
  )
  expect(['success', 'InvalidPermission.NotFound']).toContain(accepted)
  expect((await read(group)).IpPermissionsEgress).toEqual([])
  return group
}

async function remove(GroupId: string): Promise<void> {
  for (const description of ['AWS Lambda VPC ENI*', 'ElastiCache*']) {
    const Filters = [
      { Name: 'group-id', Values: [GroupId] },
      { Name: 'description', Values: [description] },
    ]
    expect((await ec2.describeNetworkInterfaces({ Filters })).NetworkInterfaces).toEqual([])
  }
  await ec2.deleteSecurityGroup({ GroupId })
  expect(await gone(read(GroupId))).toBe('InvalidGroup.NotFound')
}

describe('aws_security_group', () => {
  test.each([
    ['a VPC', () => vpcOf(ec2, '10.10.0.0/16')],
    ['a VPC with IPv6', () => vpcOf(ec2, '10.11.0.0/16', true)],
    ['the default VPC', async () => present((await ec2.describeVpcs({})).Vpcs?.find((each) => each.IsDefault)?.VpcId)],
  ])('in %s starts without the rules AWS gives it', async (_, find) => {
    await remove(await createBare('bare', await find()))
  })

  test('reads back what was written, and is updated by revoking the old and adding the new', async () => {
    const GroupId = await createBare('web', vpc)
    const self = { GroupId, UserId: account }
    const described = { ...web, IpRanges: [{ CidrIp: '10.2.0.0/16', Description: 'office' }] }
    await ec2.authorizeSecurityGroupIngress({
      GroupId,
      IpPermissions: [web, described, everything({ UserIdGroupPairs: [{ GroupId }] })],
    })
    await ec2.authorizeSecurityGroupEgress({ GroupId, IpPermissions: [anywhere] })
    const group = await read(GroupId)
    expect(group).toMatchObject({ Description: 'Managed by Terraform', OwnerId: account, VpcId: vpc, Tags: [] })
    expect(group.IpPermissions).toHaveLength(2)
    expect(group.IpPermissions).toContainEqual({
      ...web,
      IpRanges: [{ CidrIp: '10.1.0.0/16' }, { CidrIp: '10.2.0.0/16', Description: 'office' }],
      Ipv6Ranges: [],
      PrefixListIds: [],
      UserIdGroupPairs: [],
    })
    expect(group.IpPermissions).toContainEqual(
      expect.objectContaining({ IpProtocol: '-1', UserIdGroupPairs: [self], IpRanges: [] }),
    )
    await ec2.revokeSecurityGroupIngress({ GroupId, IpPermissions: [described] })
    const wider = { ...web, FromPort: 8000, ToPort: 8080 }
    await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: [wider] })
    await ec2.createTags({ Resources: [GroupId], Tags: [{ Key: 'env', Value: 'test' }] })
    const updated = await read(GroupId)
    expect(updated.Tags).toEqual([{ Key: 'env', Value: 'test' }])
    expect(updated.IpPermissions?.map(({ FromPort }) => FromPort)).toEqual(expect.arrayContaining([443, 8000]))
    await ec2.deleteTags({ Resources: [GroupId], Tags: [{ Key: 'env', Value: 'test' }] })
    expect((await read(GroupId)).Tags).toEqual([])
    await remove(GroupId)
  })

  test('with revoke_rules_on_delete frees groups that reference one another', async () => {
    const [one, two] = [await createBare('one', vpc), await createBare('two', vpc)]
    for (const [GroupId, other] of [
      [one, two],
      [two, one],
    ] as const) {
      const IpPermissions = [everything({ UserIdGroupPairs: [{ GroupId: other }] })]
      await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions })
    }
    expect(await gone(ec2.deleteSecurityGroup({ GroupId: one }))).toBe('DependencyViolation')
    for (const GroupId of [one, two]) {
      const Filters = [{ Name: 'group-id', Values: [GroupId] }]
      const { SecurityGroupRules } = await ec2.describeSecurityGroupRules({ Filters })
      const SecurityGroupRuleIds = present(SecurityGroupRules).map(({ SecurityGroupRuleId }) =>
        present(SecurityGroupRuleId),
      )
      await ec2.revokeSecurityGroupIngress({ GroupId, SecurityGroupRuleIds })
    }
    await remove(one)
    await remove(two)
  })
})

test('aws_default_security_group takes every rule away and puts its own', async () => {
  const Filters = [
    { Name: 'group-name', Values: ['default'] },
    { Name: 'vpc-id', Values: [vpc] },
  ]
  const group = only((await ec2.describeSecurityGroups({ Filters })).SecurityGroups)
  const GroupId = present(group.GroupId)
  expect(group.Description).toBe('default VPC security group')
  await ec2.revokeSecurityGroupIngress({ GroupId, IpPermissions: present(group.IpPermissions) })
  await ec2.revokeSecurityGroupEgress({ GroupId, IpPermissions: present(group.IpPermissionsEgress) })
  expect(await read(GroupId)).toMatchObject({ IpPermissions: [], IpPermissionsEgress: [] })
  const IpPermissions = [everything({ UserIdGroupPairs: [{ GroupId, UserId: account }] })]
  await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions })
  expect(only((await read(GroupId)).IpPermissions).UserIdGroupPairs).toEqual([{ GroupId, UserId: account }])
  expect(await refusal(ec2.deleteSecurityGroup({ GroupId }))).toMatchObject({
    code: 'CannotDelete',
    message: `the specified group: "${GroupId}" name: "default" cannot be deleted by a user`,
  })
})

describe('rules of their own', () => {
  let GroupId = ''

  beforeAll(async () => {
    GroupId = await createBare('ruled', vpc)
  })

  const rule = async (id: string) =>
    only((await ec2.describeSecurityGroupRules({ SecurityGroupRuleIds: [id] })).SecurityGroupRules)

  test('aws_vpc_security_group_ingress_rule lives by the id of the first rule in the answer', async () => {
    const { SecurityGroupRules } = await ec2.authorizeSecurityGroupIngress({
      GroupId,
      IpPermissions: [{ ...web, IpRanges: [{ CidrIp: '10.3.0.0/16', Description: 'from here' }] }],
      TagSpecifications: tagged('security-group-rule', { env: 'test' }),
    })
    const id = present(SecurityGroupRules?.[0]?.SecurityGroupRuleId)
    expect(await rule(id)).toMatchObject({
      SecurityGroupRuleArn: expect.stringMatching(`:security-group-rule/${id}$`),
      CidrIpv4: '10.3.0.0/16',
      Description: 'from here',
      Tags: [{ Key: 'env', Value: 'test' }],
    })
    await ec2.modifySecurityGroupRules({
      GroupId,
      SecurityGroupRules: [
        {
          SecurityGroupRuleId: id,
          SecurityGroupRule: { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIpv4: '10.4.0.0/16' },
        },
      ],
    })
    const modified = await rule(id)
    expect(modified).toMatchObject({ FromPort: 22, ToPort: 22, CidrIpv4: '10.4.0.0/16' })
    expect(modified.Description).toBeUndefined()
    await ec2.createTags({ Resources: [id], Tags: [{ Key: 'env', Value: 'prod' }] })
    expect((await rule(id)).Tags).toEqual([{ Key: 'env', Value: 'prod' }])
    await ec2.revokeSecurityGroupIngress({ GroupId, SecurityGroupRuleIds: [id] })
    expect(await gone(rule(id))).toBe('InvalidSecurityGroupRuleId.NotFound')
  })

  test('aws_vpc_security_group_egress_rule of all protocols has ports -1, which Terraform shows as null', async () => {
    const { SecurityGroupRules } = await ec2.authorizeSecurityGroupEgress({
      GroupId,
      IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    })
    const id = present(SecurityGroupRules?.[0]?.SecurityGroupRuleId)
    expect(await rule(id)).toMatchObject({ IsEgress: true, IpProtocol: '-1', FromPort: -1, ToPort: -1, Tags: [] })
    const SecurityGroupRule = { IpProtocol: '-1', CidrIpv4: '192.0.2.0/24' }
    await ec2.modifySecurityGroupRules({
      GroupId,
      SecurityGroupRules: [{ SecurityGroupRuleId: id, SecurityGroupRule }],
    })
    await ec2.revokeSecurityGroupEgress({ GroupId, SecurityGroupRuleIds: [id] })
    expect(await gone(rule(id))).toBe('InvalidSecurityGroupRuleId.NotFound')
  })

  test('aws_security_group_rule finds itself inside the merged permission', async () => {
    const own = (CidrIp: string, Description?: string) => ({
      GroupId,
      IpPermissions: [{ ...web, IpRanges: [Description === undefined ? { CidrIp } : { CidrIp, Description }] }],
    })
    const ranges = async () => only((await read(GroupId)).IpPermissions).IpRanges
    await ec2.authorizeSecurityGroupIngress(own('10.1.0.0/16'))
    await ec2.authorizeSecurityGroupIngress(own('10.2.0.0/16', 'two'))
    expect(await ranges()).toEqual([{ CidrIp: '10.1.0.0/16' }, { CidrIp: '10.2.0.0/16', Description: 'two' }])
    expect(await gone(ec2.authorizeSecurityGroupIngress(own('10.1.0.0/16', 'again')))).toBe(
      'InvalidPermission.Duplicate',
    )
    await ec2.updateSecurityGroupRuleDescriptionsIngress(own('10.1.0.0/16', 'one'))
    expect(await ranges()).toContainEqual({ CidrIp: '10.1.0.0/16', Description: 'one' })
    await ec2.revokeSecurityGroupIngress(own('10.1.0.0/16'))
    expect(await gone(ec2.revokeSecurityGroupIngress(own('10.1.0.0/16')))).toBe('InvalidPermission.NotFound')
    await ec2.revokeSecurityGroupIngress(own('10.2.0.0/16'))
    expect((await read(GroupId)).IpPermissions).toEqual([])
  })
})

test('aws_vpc_security_group_vpc_association is there while associated, and then not returned', async () => {
  const GroupId = await createBare('roaming', vpc)
  const VpcId = await vpcOf(ec2, '10.12.0.0/16')
  const Filters = [
    { Name: 'group-id', Values: [GroupId] },
    { Name: 'vpc-id', Values: [VpcId] },
  ]
  const find = async () => (await ec2.describeSecurityGroupVpcAssociations({ Filters })).SecurityGroupVpcAssociations
  await ec2.associateSecurityGroupVpc({ GroupId, VpcId })
  for (const _ of ['once', 'twice in a row']) {
    await settled({ read: async () => only(await find()).State, pending: ['associating'], target: 'associated' })
  }
  await ec2.disassociateSecurityGroupVpc({ GroupId, VpcId })
  const state = async () => (await find())?.[0]?.State ?? 'gone'
  await settled({ read: state, pending: ['disassociating'], target: 'gone' })
})

test('aws_network_interface_sg_attachment sends the whole new list', async () => {
  const [first, second] = [await createBare('first', vpc), await createBare('second', vpc)]
  const SubnetId = await subnetOf(ec2, vpc, '10.0.9.0/24')
  const { NetworkInterface } = await ec2.createNetworkInterface({ SubnetId, Groups: [first] })
  const NetworkInterfaceId = present(NetworkInterface?.NetworkInterfaceId)
  const groups = async () => {
    const found = await ec2.describeNetworkInterfaces({ NetworkInterfaceIds: [NetworkInterfaceId] })
    return only(found.NetworkInterfaces).Groups?.map(({ GroupId }) => GroupId)
  }
  await ec2.modifyNetworkInterfaceAttribute({ NetworkInterfaceId, Groups: [first, second] })
  expect(await groups()).toEqual(expect.arrayContaining([first, second]))
  await ec2.modifyNetworkInterfaceAttribute({ NetworkInterfaceId, Groups: [first] })
  expect(await groups()).toEqual([first])
  expect(await gone(ec2.deleteSecurityGroup({ GroupId: first }))).toBe('DependencyViolation')
  await ec2.deleteNetworkInterface({ NetworkInterfaceId })
  await remove(first)
  await remove(second)
})
