import { describe, expect, test } from 'vitest'
import { cloud } from '../../../../test/cloud.ts'
import {
  authorize,
  createGroup,
  createPrefixList,
  type Filter,
  filters,
  permissions,
  rulesOf,
} from '../../../../test/groups.ts'

describe('rules one by one', () => {
  test('a fresh group has its egress rule, with ports -1', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    const [rule] = await rulesOf(aws, id)
    expect(rule).toEqual({
      securityGroupRuleId: expect.stringMatching(/^sgr-[0-9a-f]{17}$/),
      groupId: id,
      groupOwnerId: '123456789012',
      isEgress: 'true',
      ipProtocol: '-1',
      fromPort: '-1',
      toPort: '-1',
      cidrIpv4: '0.0.0.0/0',
      tagSet: '',
      securityGroupRuleArn: `arn:aws:ec2:us-east-1:123456789012:security-group-rule/${rule.securityGroupRuleId}`,
    })
  })

  test('each has only the member of its own kind of peer', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    const list = await createPrefixList(aws)
    await authorize(aws, id, ['tcp 22', '10.0.0.0/8', '2001:db8::/32', list, id])
    const rules = (await rulesOf(aws, id)).filter(({ isEgress }) => isEgress === 'false')
    const peers = rules.map(({ cidrIpv4, cidrIpv6, prefixListId, referencedGroupInfo }) =>
      [cidrIpv4, cidrIpv6, prefixListId, referencedGroupInfo].filter((each) => each !== undefined),
    )
    expect(peers).toHaveLength(4)
    expect(peers.flat()).toHaveLength(4)
    expect(peers.flat()).toEqual(
      expect.arrayContaining(['10.0.0.0/8', '2001:db8::/32', list, { groupId: id, userId: '123456789012' }]),
    )
  })

  test('are all of the account and region when nothing is asked for', async () => {
    const aws = await cloud()
    await createGroup(aws)
    const { securityGroupRuleSet } = await aws.call('DescribeSecurityGroupRules')
    expect(securityGroupRuleSet.item).toHaveLength(3)
  })
})

describe('rules are found', () => {
  test('by id, several at once and each once', async () => {
    const aws = await cloud()
    const [first, second] = (await rulesOf(aws, await twoRules(aws))).map((each) => each.securityGroupRuleId)
    const { securityGroupRuleSet } = await aws.call('DescribeSecurityGroupRules', {
      'SecurityGroupRuleId.1': second,
      'SecurityGroupRuleId.2': first,
      'SecurityGroupRuleId.3': second,
    })
    const ids = securityGroupRuleSet.item.map((each: Record<string, string>) => each['securityGroupRuleId'])
    expect(ids.sort()).toEqual([first, second].sort())
  })

  test('by security-group-rule-id, by group-id and by the tags of the rule', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    const answer = await aws.call('AuthorizeSecurityGroupIngress', {
      GroupId: id,
      ...permissions(['tcp 443', '10.0.0.0/8']),
      'TagSpecification.1.ResourceType': 'security-group-rule',
      'TagSpecification.1.Tag.1.Key': 'team',
      'TagSpecification.1.Tag.1.Value': 'net',
    })
    const rule = answer.securityGroupRuleSet.item[0].securityGroupRuleId
    const found = async (...given: Filter[]) =>
      (await aws.call('DescribeSecurityGroupRules', filters(...given))).securityGroupRuleSet.item ?? []
    expect(await found(['security-group-rule-id', rule])).toHaveLength(1)
    expect(await found(['security-group-rule-id', 'sgr-00000000'])).toEqual([])
    expect(await found(['group-id', id])).toHaveLength(2)
    expect(await found(['group-id', 'sg-*'])).toHaveLength(4)
    expect(await found(['group-id', 'sg-00000000'])).toEqual([])
    expect(await found(['tag:team', 'net'])).toEqual([expect.objectContaining({ securityGroupRuleId: rule })])
    expect(await found(['tag:team', 'n*'], ['group-id', id])).toHaveLength(1)
    expect(await found(['tag:team', 'sales'])).toEqual([])
  })

  test.each([
    [filters(['group-id', 'foobar']), 'InvalidGroupId.Malformed', "The security group ID 'foobar' is malformed"],
    [filters(['group-id', '']), 'InvalidGroupId.Malformed', "The security group ID '' is malformed"],
    [
      { 'SecurityGroupRuleId.1': 'sgr-00000000' },
      'InvalidSecurityGroupRuleId.NotFound',
      "The security group rule ID 'sgr-00000000' does not exist",
    ],
    [
      { 'SecurityGroupRuleId.1': 'foobar' },
      'InvalidSecurityGroupRuleId.Malformed',
      "The security group rule ID 'foobar' is malformed",
    ],
    [filters(['vpc-id', 'vpc-00000000']), 'InvalidParameterValue', "The filter 'vpc-id' is invalid"],
    [filters(['tag-key', 'team']), 'InvalidParameterValue', "The filter 'tag-key' is invalid"],
    [
      { MaxResults: 1 },
      'InvalidParameterValue',
      'Value ( 1 ) for parameter maxResults is invalid. Expecting a value greater than 5.',
    ],
  ])('or %o is refused', async (parameters, code, message) => {
    const aws = await cloud()
    expect(await aws.refusal('DescribeSecurityGroupRules', parameters)).toEqual({ status: 400, code, message })
  })
})

test('an id cannot be asked for by the page', async () => {
  const aws = await cloud()
  const [rule] = await rulesOf(aws, await createGroup(aws))
  const parameters = { 'SecurityGroupRuleId.1': rule.securityGroupRuleId, MaxResults: 5 }
  expect(await aws.refusal('DescribeSecurityGroupRules', parameters)).toEqual({
    status: 400,
    code: 'InvalidParameterCombination',
    message: 'The parameter securityGroupRuleIdSet cannot be used with the parameter maxResults',
  })
})

async function twoRules(aws: Awaited<ReturnType<typeof cloud>>): Promise<string> {
  const id = await createGroup(aws)
  await authorize(aws, id, ['tcp 443', '10.0.0.0/8'])
  return id
}
