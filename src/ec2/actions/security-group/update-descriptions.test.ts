import { describe, expect, test } from 'vitest'
import { type Cloud, cloud } from '../../../../test/cloud.ts'
import {
  authorize,
  authorizeEgress,
  createGroup,
  createVpc,
  describeGroup,
  permissions,
  rulesOf,
} from '../../../../test/groups.ts'

const office = { peer: '10.0.0.0/8', description: 'office' }

async function descriptionsOf(aws: Cloud, group: string, direction = 'ipPermissions'): Promise<unknown> {
  const { item } = (await describeGroup(aws, group))[direction]
  return item[0].ipRanges.item.map(({ description }: { description?: string }) => description)
}

describe.each([
  ['Ingress', authorize, 'ipPermissions'],
  ['Egress', authorizeEgress, 'ipPermissionsEgress'],
] as const)('UpdateSecurityGroupRuleDescriptions%s', (direction, authorized, member) => {
  const action = `UpdateSecurityGroupRuleDescriptions${direction}`

  async function scene(): Promise<{ aws: Cloud; group: string; rule: string }> {
    const aws = await cloud()
    const group = await createGroup(aws, 'web', await createVpc(aws))
    const [original] = await rulesOf(aws, group)
    const { securityGroupRuleSet } = await authorized(aws, group, ['tcp 22', '10.0.0.0/8', '10.0.0.0/9'])
    const SecurityGroupRuleId = { 'SecurityGroupRuleId.1': original.securityGroupRuleId }
    await aws.call('RevokeSecurityGroupEgress', { GroupId: group, ...SecurityGroupRuleId })
    return { aws, group, rule: securityGroupRuleSet.item[0].securityGroupRuleId }
  }

  test('describes the rules that its permissions match', async () => {
    const { aws, group } = await scene()
    const answer = await aws.call(action, { GroupId: group, ...permissions(['tcp 22', office]) })
    expect(answer.return).toBe('true')
    expect(await descriptionsOf(aws, group, member)).toEqual(['office', undefined])
  })

  test('describes rules by their ids', async () => {
    const { aws, group, rule } = await scene()
    const byId = { 'SecurityGroupRuleDescription.1.SecurityGroupRuleId': rule }
    await aws.call(action, { GroupId: group, ...byId, 'SecurityGroupRuleDescription.1.Description': 'home' })
    expect(await descriptionsOf(aws, group, member)).toEqual(['home', undefined])
    await aws.call(action, { GroupId: group, ...byId })
    expect(await descriptionsOf(aws, group, member)).toEqual([undefined, undefined])
  })

  test('removes the description that is left out', async () => {
    const { aws, group } = await scene()
    await aws.call(action, { GroupId: group, ...permissions(['tcp 22', office]) })
    await aws.call(action, { GroupId: group, ...permissions(['tcp 22', '10.0.0.0/8']) })
    expect(await descriptionsOf(aws, group, member)).toEqual([undefined, undefined])
  })

  test('finds a group of the default VPC by its name', async () => {
    const aws = await cloud()
    const group = await createGroup(aws, 'web')
    await authorized(aws, group, ['tcp 22', '10.0.0.0/8'])
    await aws.call(action, { GroupName: 'web', ...permissions(['tcp 22', office]) })
    const described = (await rulesOf(aws, group)).filter(({ description }) => description === 'office')
    expect(described).toHaveLength(1)
  })

  test.each([
    ['neither selector', {}, 'MissingParameter', 'The request must contain the parameter ipPermissions'],
    [
      'both selectors',
      { ...permissions(['tcp 22', office]), 'SecurityGroupRuleDescription.1.SecurityGroupRuleId': 'sgr-00000000' },
      'InvalidParameterCombination',
      'The parameter ipPermissions cannot be used with the parameter securityGroupRuleDescriptions',
    ],
    [
      'a rule that is not there',
      permissions(['tcp 23', office]),
      'InvalidPermission.NotFound',
      'The specified rule does not exist in this security group.',
    ],
    [
      'a rule id that is not there',
      { 'SecurityGroupRuleDescription.1.SecurityGroupRuleId': 'sgr-00000000' },
      'InvalidSecurityGroupRuleId.NotFound',
      "The security group rule ID 'sgr-00000000' does not exist",
    ],
    [
      'a rule id that is none',
      { 'SecurityGroupRuleDescription.1.SecurityGroupRuleId': 'foobar' },
      'InvalidSecurityGroupRuleId.Malformed',
      "The security group rule ID 'foobar' is malformed",
    ],
    [
      'a description without a rule id',
      { 'SecurityGroupRuleDescription.1.Description': 'x' },
      'MissingParameter',
      'The request must contain the parameter securityGroupRuleId',
    ],
    [
      'a bad description',
      permissions(['tcp 22', { peer: '10.0.0.0/8', description: '<>' }]),
      'InvalidParameterValue',
      'Invalid rule description. Valid descriptions are strings less than 256 characters from the following set: a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*',
    ],
  ])('refuses %s', async (_, parameters, code, message) => {
    const { aws, group } = await scene()
    expect(await aws.refusal(action, { GroupId: group, ...parameters })).toEqual({ status: 400, code, message })
  })

  test('refuses a call that names no group', async () => {
    const aws = await cloud()
    expect(await aws.refusal(action, permissions(['tcp 22', office]))).toMatchObject({ code: 'MissingParameter' })
  })

  test('does not find a rule of the other direction', async () => {
    const { aws, group, rule } = await scene()
    const other = direction === 'Ingress' ? 'Egress' : 'Ingress'
    const parameters = { GroupId: group, 'SecurityGroupRuleDescription.1.SecurityGroupRuleId': rule }
    expect(await aws.refusal(`UpdateSecurityGroupRuleDescriptions${other}`, parameters)).toMatchObject({
      code: 'InvalidSecurityGroupRuleId.NotFound',
    })
  })
})
