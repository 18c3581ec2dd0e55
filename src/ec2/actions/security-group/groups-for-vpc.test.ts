import { describe, expect, test } from 'vitest'
import { type Body, type Cloud, cloud } from '../../../../test/cloud.ts'
import { createGroup, createVpc, filters, idOfDefaultGroup } from '../../../../test/groups.ts'

interface Scene {
  readonly aws: Cloud
  readonly home: string
  readonly away: string
  readonly web: string
  readonly guest: string
}

/** A VPC with a group of its own and a guest from another. */
async function scene(): Promise<Scene> {
  const aws = await cloud()
  const [home, away] = [await createVpc(aws, '10.0.0.0/16'), await createVpc(aws, '10.1.0.0/16')]
  const [web, guest] = [await createGroup(aws, 'web', home), await createGroup(aws, 'guest', away)]
  await aws.call('AssociateSecurityGroupVpc', { GroupId: guest, VpcId: home })
  return { aws, home, away, web, guest }
}

describe('the groups that a VPC can use', () => {
  test('are its own, its default one and those associated with it', async () => {
    const { aws, home, away, web, guest } = await scene()
    const { securityGroupForVpcSet } = await aws.call('GetSecurityGroupsForVpc', { VpcId: home })
    const own = { ownerId: '123456789012', tagSet: '' }
    const expected = [
      {
        ...own,
        groupId: await idOfDefaultGroup(aws, home),
        groupName: 'default',
        description: 'default VPC security group',
        primaryVpcId: home,
      },
      { ...own, groupId: web, groupName: 'web', description: 'web tier', primaryVpcId: home },
      { ...own, groupId: guest, groupName: 'guest', description: 'guest tier', primaryVpcId: away },
    ]
    expect(securityGroupForVpcSet.item).toHaveLength(3)
    expect(securityGroupForVpcSet.item).toEqual(expect.arrayContaining(expected))
  })

  test('carry their tags', async () => {
    const { aws, home, web } = await scene()
    await aws.call('CreateTags', { 'ResourceId.1': web, 'Tag.1.Key': 'team', 'Tag.1.Value': 'net' })
    const parameters = { VpcId: home, ...filters(['group-id', web]) }
    const { securityGroupForVpcSet } = await aws.call('GetSecurityGroupsForVpc', parameters)
    expect(securityGroupForVpcSet.item[0].tagSet).toEqual({ item: [{ key: 'team', value: 'net' }] })
  })

  test.each([
    ['group-name', 'web', ['web']],
    ['description', 'guest tier', ['guest']],
    ['owner-id', '123456789012', ['default', 'guest', 'web']],
    ['owner-id', '111122223333', []],
    ['group-name', 'nothing', []],
  ])('are found by %s = %s', async (name, value, expected) => {
    const { aws, home } = await scene()
    expect(await names(aws, { VpcId: home, ...filters([name, value]) })).toEqual(expected)
  })

  test('are found by the VPC they belong to', async () => {
    const { aws, home, away } = await scene()
    expect(await names(aws, { VpcId: home, ...filters(['primary-vpc-id', away]) })).toEqual(['guest'])
  })

  test.each([
    [{ VpcId: 'foobar' }, 'InvalidVpcId.Malformed', 'Invalid id: "foobar" (expecting "vpc-...")'],
    [{ VpcId: 'vpc-00000000' }, 'InvalidVpcID.NotFound', "The vpc ID 'vpc-00000000' does not exist"],
    [{}, 'MissingParameter', 'The request must contain the parameter vpcId'],
  ])('of %o are refused', async (parameters, code, message) => {
    const aws = await cloud()
    expect(await aws.refusal('GetSecurityGroupsForVpc', parameters)).toEqual({ status: 400, code, message })
  })

  test('are not asked for by a filter that AWS does not list', async () => {
    const { aws, home } = await scene()
    const parameters = { VpcId: home, ...filters(['vpc-id', home]) }
    expect(await aws.refusal('GetSecurityGroupsForVpc', parameters)).toMatchObject({
      code: 'InvalidParameterValue',
      message: "The filter 'vpc-id' is invalid",
    })
  })
})

async function names(aws: Cloud, parameters: Record<string, string | number | boolean>): Promise<string[]> {
  const { securityGroupForVpcSet } = await aws.call('GetSecurityGroupsForVpc', parameters)
  return (securityGroupForVpcSet.item ?? []).map(({ groupName }: Body) => groupName).sort()
}
