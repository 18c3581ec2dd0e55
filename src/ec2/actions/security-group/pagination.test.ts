import { describe, expect, test } from 'vitest'
import { type Body, type Cloud, cloud, type WireParameters } from '../../../../test/cloud.ts'
import { authorize, createGroup, createVpc, defaultVpcOf, filters } from '../../../../test/groups.ts'

interface Paged {
  readonly action: string
  readonly set: string
  readonly id: string
  readonly parameters: WireParameters
}

/** A default VPC with the default group and 11 others. */
async function scene(): Promise<Cloud> {
  const aws = await cloud()
  for (let number = 1; number <= 11; number++) await createGroup(aws, `web-${number}`)
  return aws
}

async function pages(aws: Cloud, { action, set, id, parameters }: Paged): Promise<string[][]> {
  const found: string[][] = []
  let token: WireParameters = {}
  do {
    const answer = await aws.call(action, { MaxResults: 5, ...parameters, ...token })
    found.push(answer[set].item.map((item: Body) => item[id]))
    token = answer.nextToken ? { NextToken: answer.nextToken } : {}
  } while ('NextToken' in token)
  return found
}

describe('pages', () => {
  test.each([
    ['DescribeSecurityGroups', 'securityGroupInfo', 'groupId'],
    ['GetSecurityGroupsForVpc', 'securityGroupForVpcSet', 'groupId'],
    ['DescribeSecurityGroupRules', 'securityGroupRuleSet', 'securityGroupRuleId'],
  ])('of %s follow one another until all is said, each item once', async (action, set, id) => {
    const aws = await scene()
    const parameters = action === 'GetSecurityGroupsForVpc' ? { VpcId: await defaultVpcOf(aws) } : {}
    const found = await pages(aws, { action, set, id, parameters })
    const whole = await aws.call(action, parameters)
    expect(found.map(({ length }) => length)).toEqual(action === 'DescribeSecurityGroupRules' ? [5, 5, 3] : [5, 5, 2])
    expect(found.flat()).toEqual(whole[set].item.map((item: Body) => item[id]))
    expect(new Set(found.flat()).size).toBe(found.flat().length)
    expect(whole.nextToken).toBeUndefined()
  })

  test('keep to the filters, whether they are sent again or left to the token', async () => {
    const aws = await scene()
    const parameters = { MaxResults: 5, ...filters(['group-name', 'web-*']) }
    const first = await aws.call('DescribeSecurityGroups', parameters)
    const token = { NextToken: first.nextToken }
    const resent = await aws.call('DescribeSecurityGroups', { ...parameters, ...token })
    const left = await aws.call('DescribeSecurityGroups', { MaxResults: 5, ...token })
    expect(left.securityGroupInfo).toEqual(resent.securityGroupInfo)
    const last = await aws.call('DescribeSecurityGroups', { MaxResults: 5, NextToken: left.nextToken })
    expect(last.securityGroupInfo.item).toHaveLength(1)
    expect(last.nextToken).toBeUndefined()
  })

  test('end without a token when the last is full', async () => {
    const aws = await cloud()
    for (let number = 1; number <= 4; number++) await createGroup(aws, `web-${number}`)
    const answer = await aws.call('DescribeSecurityGroups', { MaxResults: 5 })
    expect(answer.securityGroupInfo.item).toHaveLength(5)
    expect(answer.nextToken).toBeUndefined()
  })

  test('go on although the group that the last one ended with is gone', async () => {
    const aws = await scene()
    const first = await aws.call('DescribeSecurityGroups', { MaxResults: 5, ...filters(['group-name', 'web-*']) })
    const ids = first.securityGroupInfo.item.map(({ groupId }: Body) => groupId)
    await aws.call('DeleteSecurityGroup', { GroupId: ids.at(-1) })
    const second = await aws.call('DescribeSecurityGroups', { NextToken: first.nextToken })
    expect(second.securityGroupInfo.item).toHaveLength(6)
  })

  test('of stale groups hold 5 to 255', async () => {
    const aws = await cloud()
    const VpcId = await createVpc(aws)
    const action = 'DescribeStaleSecurityGroups'
    expect(await aws.call(action, { VpcId, MaxResults: 255 })).toMatchObject({ staleSecurityGroupSet: '' })
    expect(await aws.call(action, { VpcId, MaxResults: 1000 })).toMatchObject({ staleSecurityGroupSet: '' })
    expect(await aws.refusal(action, { VpcId, MaxResults: 4 })).toMatchObject({ code: 'InvalidParameterValue' })
  })

  test('may be larger than AWS allows, which makes them as large as it allows', async () => {
    const aws = await cloud({ quotas: { 'rules-per-security-group': 2000 } })
    const id = await createGroup(aws)
    const peers = Array.from({ length: 1000 }, (_, index) => `10.${index >> 8}.${index & 255}.0/24`)
    await authorize(aws, id, ['tcp 22', ...peers])
    const first = await aws.call('DescribeSecurityGroupRules', { MaxResults: 5000 })
    expect(first.securityGroupRuleSet.item).toHaveLength(1000)
    const second = await aws.call('DescribeSecurityGroupRules', { NextToken: first.nextToken })
    expect(second.securityGroupRuleSet.item).toHaveLength(3)
  })
})

describe('a page is refused', () => {
  test.each([
    ['DescribeSecurityGroups', {}],
    ['DescribeSecurityGroupRules', {}],
    ['DescribeSecurityGroupVpcAssociations', {}],
  ])('of fewer than 5 by %s', async (action, parameters) => {
    const aws = await cloud()
    for (const size of [-1, 0, 1, 4]) {
      expect(await aws.refusal(action, { ...parameters, MaxResults: size })).toEqual({
        status: 400,
        code: 'InvalidParameterValue',
        message: `Value ( ${size} ) for parameter maxResults is invalid. Expecting a value greater than 5.`,
      })
    }
  })

  test('of groups that are asked for by id', async () => {
    const aws = await cloud()
    const parameters = { 'GroupId.1': await createGroup(aws), MaxResults: 5 }
    expect(await aws.refusal('DescribeSecurityGroups', parameters)).toEqual({
      status: 400,
      code: 'InvalidParameterCombination',
      message: 'The parameter groupIdSet cannot be used with the parameter maxResults',
    })
  })

  test.each(['nonsense', '{}', 'bnVsbA', Buffer.from('{"after":1,"filters":[]}').toString('base64url')])(
    'for the token %s',
    async (token) => {
      const aws = await cloud()
      expect(await aws.refusal('DescribeSecurityGroups', { NextToken: token })).toEqual({
        status: 400,
        code: 'InvalidPaginationToken',
        message: `The token '${token}' is invalid`,
      })
    },
  )

  test('for a token that was given under other filters', async () => {
    const aws = await scene()
    const { nextToken } = await aws.call('DescribeSecurityGroups', { MaxResults: 5 })
    const parameters = { NextToken: nextToken, ...filters(['group-name', 'web-1']) }
    expect(await aws.refusal('DescribeSecurityGroups', parameters)).toMatchObject({ code: 'InvalidPaginationToken' })
  })
})
