import { expect, test } from 'vitest'
import { type Cloud, cloud } from '../../../../test/cloud.ts'
import { createGroup, createVpc, defaultVpcOf, idOfDefaultGroup } from '../../../../test/groups.ts'
import { createCard, createSubnet, defaultSubnet, describeCard } from '../../../../test/interfaces.ts'

async function groupsOf(aws: Cloud, id: string): Promise<string[]> {
  const { groupSet } = await describeCard(aws, id)
  return groupSet.item.map(({ groupId }: { groupId: string }) => groupId)
}

test('an interface carries the groups it is given, repeats collapsed, in their order', async () => {
  const aws = await cloud()
  const [web, ssh] = [await createGroup(aws, 'web'), await createGroup(aws, 'ssh')]
  const created = await createCard(aws, {
    'SecurityGroupId.1': web,
    'SecurityGroupId.2': ssh,
    'SecurityGroupId.3': web,
  })
  expect(created.groupSet.item).toEqual([
    { groupId: web, groupName: 'web' },
    { groupId: ssh, groupName: 'ssh' },
  ])
})

test('given groups replace the whole set', async () => {
  const aws = await cloud()
  const [web, ssh] = [await createGroup(aws, 'web'), await createGroup(aws, 'ssh')]
  const { networkInterfaceId: id } = await createCard(aws, { 'SecurityGroupId.1': web })
  await aws.call('ModifyNetworkInterfaceAttribute', { NetworkInterfaceId: id, 'SecurityGroupId.1': ssh })
  expect(await groupsOf(aws, id)).toEqual([ssh])
})

test('a group in use cannot be deleted until the interface lets go of it', async () => {
  const aws = await cloud()
  const web = await createGroup(aws, 'web')
  const { networkInterfaceId: id } = await createCard(aws, { 'SecurityGroupId.1': web })
  expect(await aws.refusal('DeleteSecurityGroup', { GroupId: web })).toMatchObject({ code: 'DependencyViolation' })
  await aws.call('DeleteNetworkInterface', { NetworkInterfaceId: id })
  await aws.call('DeleteSecurityGroup', { GroupId: web })
})

test('a group of another VPC can be carried once it is associated', async () => {
  const aws = await cloud()
  const [home, guest] = [await createVpc(aws, '10.0.0.0/16'), await createVpc(aws, '10.1.0.0/16')]
  const web = await createGroup(aws, 'web', home)
  const SubnetId = await createSubnet(aws, guest, '10.1.0.0/24')
  expect(await aws.refusal('CreateNetworkInterface', { SubnetId, 'SecurityGroupId.1': web })).toEqual({
    status: 400,
    code: 'InvalidParameter',
    message: `Security group ${web} and subnet ${SubnetId} belong to different networks.`,
  })
  await aws.call('AssociateSecurityGroupVpc', { GroupId: web, VpcId: guest })
  const { networkInterfaceId: id } = await createCard(aws, { SubnetId, 'SecurityGroupId.1': web })
  expect(await groupsOf(aws, id)).toEqual([web])
})

test('modifying groups obeys what creating obeys', async () => {
  const aws = await cloud({ quotas: { 'security-groups-per-interface': 1 } })
  const { networkInterfaceId: id } = await createCard(aws)
  const own = await idOfDefaultGroup(aws, await defaultVpcOf(aws))
  const foreign = await createGroup(aws, 'web', await createVpc(aws))
  const modify = (...groups: string[]) =>
    aws.refusal('ModifyNetworkInterfaceAttribute', {
      NetworkInterfaceId: id,
      ...Object.fromEntries(groups.map((group, index) => [`SecurityGroupId.${index + 1}`, group])),
    })
  expect(await modify(foreign)).toEqual({
    status: 400,
    code: 'InvalidParameter',
    message: `Security group ${foreign} and subnet ${(await defaultSubnet(aws)).subnetId} belong to different networks.`,
  })
  expect(await modify('sg-00000000')).toEqual({
    status: 400,
    code: 'InvalidGroup.NotFound',
    message: "The security group 'sg-00000000' does not exist",
  })
  expect(await modify(own, await createGroup(aws, 'ssh'))).toEqual({
    status: 400,
    code: 'SecurityGroupsPerInterfaceLimitExceeded',
    message: 'The maximum number of security groups per interface has been reached.',
  })
})

test('five groups fit by default and a sixth does not', async () => {
  const aws = await cloud()
  const groups = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => createGroup(aws, name)))
  const parameters = (count: number) =>
    Object.fromEntries(groups.slice(0, count).map((group, index) => [`SecurityGroupId.${index + 1}`, group]))
  const { subnetId: SubnetId } = await defaultSubnet(aws)
  expect((await createCard(aws, { SubnetId, ...parameters(5) })).groupSet.item).toHaveLength(5)
  expect(await aws.refusal('CreateNetworkInterface', { SubnetId, ...parameters(6) })).toMatchObject({
    code: 'SecurityGroupsPerInterfaceLimitExceeded',
  })
})
