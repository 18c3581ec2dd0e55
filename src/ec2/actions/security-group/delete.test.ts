import { describe, expect, test } from 'vitest'
import { cloud } from '../../../../test/cloud.ts'
import {
  authorize,
  authorizeEgress,
  createGroup,
  createInterface,
  createVpc,
  defaultVpcOf,
  describeGroup,
  idOfDefaultGroup,
  loseDefaultVpc,
  peerVpcs,
  rulesOf,
} from '../../../../test/groups.ts'

describe('a group is deleted', () => {
  test('by its id, and answers with it', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    expect(await aws.call('DeleteSecurityGroup', { GroupId: id })).toMatchObject({ return: 'true', groupId: id })
    expect(await aws.refusal('DescribeSecurityGroups', { 'GroupId.1': id })).toMatchObject({
      code: 'InvalidGroup.NotFound',
    })
  })

  test('by its name in the default VPC', async () => {
    const aws = await cloud()
    const id = await createGroup(aws, 'web')
    expect(await aws.call('DeleteSecurityGroup', { GroupName: 'web' })).toMatchObject({ groupId: id })
  })

  test('only once', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    await aws.call('DeleteSecurityGroup', { GroupId: id })
    expect(await aws.refusal('DeleteSecurityGroup', { GroupId: id })).toEqual({
      status: 400,
      code: 'InvalidGroup.NotFound',
      message: `The security group '${id}' does not exist`,
    })
  })

  test('with rules that refer to itself', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    await authorize(aws, id, ['tcp 443', id])
    await authorizeEgress(aws, id, ['tcp 443', id])
    expect(await aws.call('DeleteSecurityGroup', { GroupId: id })).toMatchObject({ return: 'true' })
  })

  test('with rules that refer to another group, which can then go, too', async () => {
    const aws = await cloud()
    const [web, db] = [await createGroup(aws, 'web'), await createGroup(aws, 'db')]
    await authorize(aws, db, ['tcp 5432', web])
    await aws.call('DeleteSecurityGroup', { GroupId: db })
    expect(await aws.call('DeleteSecurityGroup', { GroupId: web })).toMatchObject({ return: 'true' })
  })

  test('with its rules, their tags and its own', async () => {
    const aws = await cloud()
    const tags = (type: string) => ({
      'TagSpecification.1.ResourceType': type,
      'TagSpecification.1.Tag.1.Key': 'team',
      'TagSpecification.1.Tag.1.Value': 'net',
    })
    const { groupId } = await aws.call('CreateSecurityGroup', {
      GroupName: 'web',
      GroupDescription: 'web tier',
      ...tags('security-group'),
    })
    const answer = await aws.call('AuthorizeSecurityGroupIngress', {
      GroupId: groupId,
      'IpPermissions.1.IpProtocol': '-1',
      'IpPermissions.1.IpRanges.1.CidrIp': '10.0.0.0/8',
      ...tags('security-group-rule'),
    })
    await aws.call('DeleteSecurityGroup', { GroupId: groupId })
    const rule = answer.securityGroupRuleSet.item[0].securityGroupRuleId
    expect(await aws.refusal('DescribeSecurityGroupRules', { 'SecurityGroupRuleId.1': rule })).toMatchObject({
      code: 'InvalidSecurityGroupRuleId.NotFound',
    })
    expect([...aws.world().tagSet.keys()]).toEqual([])
  })

  test('although a peered VPC refers to it: that rule goes stale', async () => {
    const aws = await cloud()
    const [here, there] = [await createVpc(aws, '10.0.0.0/16'), await createVpc(aws, '10.1.0.0/16')]
    await peerVpcs(aws, here, there)
    const [local, remote] = [await createGroup(aws, 'local', here), await createGroup(aws, 'remote', there)]
    await authorize(aws, local, ['tcp 443', remote])
    expect(await aws.call('DeleteSecurityGroup', { GroupId: remote })).toMatchObject({ return: 'true' })
    expect((await describeGroup(aws, local)).ipPermissions.item[0].groups.item[0].groupId).toBe(remote)
  })

  test('and its name is free again', async () => {
    const aws = await cloud()
    await aws.call('DeleteSecurityGroup', { GroupId: await createGroup(aws, 'web') })
    expect(await createGroup(aws, 'WEB')).toMatch(/^sg-/)
  })
})

describe('a group is not deleted', () => {
  test.each([
    [
      'by an unknown id',
      { GroupId: 'sg-00000000' },
      'InvalidGroup.NotFound',
      "The security group 'sg-00000000' does not exist",
    ],
    [
      'by an id that is none',
      { GroupId: 'foobar' },
      'InvalidGroupId.Malformed',
      'Invalid id: "foobar" (expecting "sg-...")',
    ],
    ['by nothing', {}, 'MissingParameter', 'The request must contain the parameter groupName or groupId'],
  ])('%s', async (_, parameters, code, message) => {
    const aws = await cloud()
    expect(await aws.refusal('DeleteSecurityGroup', parameters)).toEqual({ status: 400, code, message })
  })

  test('by a name that only another VPC has', async () => {
    const aws = await cloud()
    const vpc = await defaultVpcOf(aws)
    await createGroup(aws, 'web', await createVpc(aws))
    expect(await aws.refusal('DeleteSecurityGroup', { GroupName: 'web' })).toEqual({
      status: 400,
      code: 'InvalidGroup.NotFound',
      message: `The security group 'web' does not exist in default VPC '${vpc}'`,
    })
  })

  test('by name when there is no default VPC', async () => {
    const aws = await cloud()
    await loseDefaultVpc(aws)
    expect(await aws.refusal('DeleteSecurityGroup', { GroupName: 'web' })).toEqual({
      status: 400,
      code: 'VPCIdNotSpecified',
      message: 'No default VPC for this user. GroupName is only supported for EC2-Classic and default VPC.',
    })
  })

  test('when it is the default group of its VPC', async () => {
    const aws = await cloud()
    const id = await idOfDefaultGroup(aws, await defaultVpcOf(aws))
    expect(await aws.refusal('DeleteSecurityGroup', { GroupId: id })).toEqual({
      status: 400,
      code: 'CannotDelete',
      message: `the specified group: "${id}" name: "default" cannot be deleted by a user`,
    })
  })

  test('while a rule of another group in its VPC refers to it', async () => {
    const aws = await cloud()
    const [web, db] = [await createGroup(aws, 'web'), await createGroup(aws, 'db')]
    await authorizeEgress(aws, db, ['tcp 443', web])
    expect(await aws.refusal('DeleteSecurityGroup', { GroupId: web })).toEqual({
      status: 400,
      code: 'DependencyViolation',
      message: `resource ${web} has a dependent object`,
    })
  })

  test('while it and another refer to each other, until one of the rules is revoked', async () => {
    const aws = await cloud()
    const [web, db] = [await createGroup(aws, 'web'), await createGroup(aws, 'db')]
    await authorize(aws, db, ['tcp 5432', web])
    await authorize(aws, web, ['tcp 443', db])
    for (const id of [web, db]) {
      expect(await aws.refusal('DeleteSecurityGroup', { GroupId: id })).toMatchObject({ code: 'DependencyViolation' })
    }
    const rule = (await rulesOf(aws, db)).find(({ isEgress }) => isEgress === 'false').securityGroupRuleId
    await aws.call('RevokeSecurityGroupIngress', { GroupId: db, 'SecurityGroupRuleId.1': rule })
    expect(await aws.call('DeleteSecurityGroup', { GroupId: web })).toMatchObject({ return: 'true' })
  })

  test('while an interface carries it', async () => {
    const aws = await cloud()
    const vpc = await createVpc(aws)
    const id = await createGroup(aws, 'web', vpc)
    const card = await createInterface(aws, vpc, [id])
    expect(await aws.refusal('DeleteSecurityGroup', { GroupId: id })).toEqual({
      status: 400,
      code: 'DependencyViolation',
      message: `resource ${id} has a dependent object`,
    })
    await aws.call('DeleteNetworkInterface', { NetworkInterfaceId: card })
    expect(await aws.call('DeleteSecurityGroup', { GroupId: id })).toMatchObject({ return: 'true' })
  })

  test('while it is associated with another VPC', async () => {
    const aws = await cloud()
    const id = await createGroup(aws, 'web', await createVpc(aws, '10.0.0.0/16'))
    const association = { GroupId: id, VpcId: await createVpc(aws, '10.1.0.0/16') }
    await aws.call('AssociateSecurityGroupVpc', association)
    expect(await aws.refusal('DeleteSecurityGroup', { GroupId: id })).toMatchObject({ code: 'DependencyViolation' })
    await aws.call('DisassociateSecurityGroupVpc', association)
    expect(await aws.call('DeleteSecurityGroup', { GroupId: id })).toMatchObject({ return: 'true' })
  })

  test('in a dry run, which says whether it would be', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    expect(await aws.refusal('DeleteSecurityGroup', { GroupId: id, DryRun: true })).toMatchObject({ status: 412 })
  })
})
