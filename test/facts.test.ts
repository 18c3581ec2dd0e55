import { describe, expect, test } from 'vitest'
import { type Body, type Cloud, cloud } from './cloud.ts'
import { authorize, createGroup, createVpc, describeGroup, permissions, rulesOf } from './groups.ts'

async function ingressOf(aws: Cloud, group: string): Promise<Body[]> {
  return (await rulesOf(aws, group)).filter(({ isEgress }) => isEgress === 'false')
}

/** Twenty-five facts that imitations of EC2 get wrong, and three runners-up (spec 11). */
describe('the facts', () => {
  test('fact 1: group peers arrive as Groups.M.GroupId, and not under their SDK name', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    const base = { GroupId: id, 'IpPermissions.1.IpProtocol': '-1' }
    await aws.call('AuthorizeSecurityGroupIngress', { ...base, 'IpPermissions.1.Groups.1.GroupId': id })
    expect(await ingressOf(aws, id)).toEqual([
      expect.objectContaining({ referencedGroupInfo: { groupId: id, userId: '123456789012' } }),
    ])
    const sdkName = { ...base, 'IpPermissions.1.UserIdGroupPairs.1.GroupId': id }
    expect(await aws.refusal('AuthorizeSecurityGroupIngress', sdkName)).toMatchObject({ code: 'MissingParameter' })
  })

  test('fact 2: three CIDRs and a group in one permission are four rules, all answered', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    const answer = await authorize(aws, id, ['tcp 22', '10.0.0.0/8', '10.0.0.0/9', '10.0.0.0/10', id])
    const ids = answer.securityGroupRuleSet.item.map((rule: Body) => rule.securityGroupRuleId)
    expect(new Set(ids).size).toBe(4)
    for (const each of ids) expect(each).toMatch(/^sgr-[0-9a-f]{17}$/)
  })

  test('fact 3: a group merges rules into permissions, DescribeSecurityGroupRules does not', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    await authorize(aws, id, ['tcp 22', '10.0.0.0/8'])
    await authorize(aws, id, ['tcp 22', '::/0'])
    await authorize(aws, id, ['tcp 22', id])
    expect((await describeGroup(aws, id)).ipPermissions.item).toHaveLength(1)
    expect(await ingressOf(aws, id)).toHaveLength(3)
  })

  test('fact 4: for protocol -1 a permission has no ports and a rule has -1/-1', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    const [permission] = (await describeGroup(aws, id)).ipPermissionsEgress.item
    expect(Object.keys(permission)).toEqual(expect.not.arrayContaining(['fromPort']))
    expect(permission).not.toHaveProperty('toPort')
    expect(await rulesOf(aws, id)).toEqual([expect.objectContaining({ fromPort: '-1', toPort: '-1' })])
  })

  test('fact 5: ports with -1 are ignored by Authorize and refused by ModifySecurityGroupRules', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    const { securityGroupRuleSet } = await authorize(aws, id, ['-1 0/0', '10.0.0.0/8'])
    const rule = securityGroupRuleSet.item[0].securityGroupRuleId
    const base = { GroupId: id, 'SecurityGroupRule.1.SecurityGroupRuleId': rule }
    const fields = 'SecurityGroupRule.1.SecurityGroupRule'
    const whole = { ...base, [`${fields}.IpProtocol`]: '-1', [`${fields}.CidrIpv4`]: '10.1.0.0/16' }
    const ports = { ...whole, [`${fields}.FromPort`]: 22, [`${fields}.ToPort`]: 22 }
    expect(await aws.refusal('ModifySecurityGroupRules', ports)).toMatchObject({ code: 'InvalidParameterValue' })
    await aws.call('ModifySecurityGroupRules', whole)
    await aws.call('RevokeSecurityGroupIngress', { GroupId: id, ...permissions(['-1 22/22', '10.1.0.0/16']) })
    expect(await ingressOf(aws, id)).toEqual([])
  })

  test('fact 6: Authorize masks host bits and finds duplicates behind them, ModifySecurityGroupRules refuses them', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    const { securityGroupRuleSet } = await authorize(aws, id, ['tcp 22', '100.68.0.18/18'])
    const [rule] = securityGroupRuleSet.item
    expect(rule.cidrIpv4).toBe('100.68.0.0/18')
    const again = { GroupId: id, ...permissions(['tcp 22', '100.68.0.1/18']) }
    expect(await aws.refusal('AuthorizeSecurityGroupIngress', again)).toMatchObject({
      code: 'InvalidPermission.Duplicate',
    })
    const modification = {
      GroupId: id,
      'SecurityGroupRule.1.SecurityGroupRuleId': rule.securityGroupRuleId,
      'SecurityGroupRule.1.SecurityGroupRule.IpProtocol': '-1',
      'SecurityGroupRule.1.SecurityGroupRule.CidrIpv4': '100.68.0.18/18',
    }
    expect(await aws.refusal('ModifySecurityGroupRules', modification)).toMatchObject({
      code: 'InvalidParameterValue',
    })
  })

  test('fact 7: 6, 17, 1 and 58 come back as names, names ignore case, other numbers stay', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    const given = ['6 1', '17 1', '1 1/1', '58 1/1', 'TCP 2', 'Udp 2', 'ICMP 2/2', 'IcmpV6 2/2', '50', '47']
    const { securityGroupRuleSet } = await authorize(aws, id, ...given.map((each) => [each, '10.0.0.0/8'] as const))
    expect(securityGroupRuleSet.item.map((rule: Body) => rule.ipProtocol)).toEqual([
      ...['tcp', 'udp', 'icmp', 'icmpv6'],
      ...['tcp', 'udp', 'icmp', 'icmpv6'],
      ...['50', '47'],
    ])
  })

  test('fact 8: a rule that is there and a rule given twice are different errors', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    const twice = { GroupId: id, ...permissions(['tcp 22', '10.0.0.0/8', '10.0.0.0/8']) }
    expect(await aws.refusal('AuthorizeSecurityGroupIngress', twice)).toEqual({
      status: 400,
      code: 'InvalidParameterValue',
      message: 'The same permission must not appear multiple times',
    })
    await authorize(aws, id, ['tcp 22', '10.0.0.0/8'])
    const again = { GroupId: id, ...permissions(['tcp 22', '10.0.0.0/8']) }
    expect(await aws.refusal('AuthorizeSecurityGroupIngress', again)).toEqual({
      status: 400,
      code: 'InvalidPermission.Duplicate',
      message: 'the specified rule "peer: 10.0.0.0/8, TCP, from port: 22, to port: 22, ALLOW" already exists',
    })
  })

  test('fact 9: descriptions and tags do not make a rule another one', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    await authorize(aws, id, ['tcp 22', '10.0.0.0/8'])
    const described = {
      GroupId: id,
      ...permissions(['tcp 22', { peer: '10.0.0.0/8', description: 'office' }]),
      'TagSpecification.1.ResourceType': 'security-group-rule',
      'TagSpecification.1.Tag.1.Key': 'team',
      'TagSpecification.1.Tag.1.Value': 'net',
    }
    expect(await aws.refusal('AuthorizeSecurityGroupIngress', described)).toMatchObject({
      code: 'InvalidPermission.Duplicate',
    })
  })

  test('fact 10: one bad element, and nothing is stored', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    const half = { GroupId: id, ...permissions(['tcp 22', '10.0.0.0/8'], ['tcp 23', 'pl-00000000']) }
    expect(await aws.refusal('AuthorizeSecurityGroupIngress', half)).toMatchObject({
      code: 'InvalidPrefixListID.NotFound',
    })
    expect(await ingressOf(aws, id)).toEqual([])
  })

  test('fact 11: revoking what is not there is an error, but in the default VPC an answer', async () => {
    const aws = await cloud()
    const parameters = permissions(['tcp 22', '10.0.0.0/8'])
    const elsewhere = await createGroup(aws, 'web', await createVpc(aws))
    expect(await aws.refusal('RevokeSecurityGroupIngress', { GroupId: elsewhere, ...parameters })).toMatchObject({
      status: 400,
      code: 'InvalidPermission.NotFound',
    })
    const GroupId = await createGroup(aws, 'web')
    const answer = await aws.call('RevokeSecurityGroupIngress', { GroupId, ...parameters })
    expect(answer.return).toBe('true')
    expect(answer.unknownIpPermissionSet.item).toHaveLength(1)
  })

  test('fact 12: revoking by rule id removes, and unknown ids are errors', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    const { securityGroupRuleSet } = await authorize(aws, id, ['tcp 22', '10.0.0.0/8'])
    const byId = { GroupId: id, 'SecurityGroupRuleId.1': securityGroupRuleSet.item[0].securityGroupRuleId }
    await aws.call('RevokeSecurityGroupIngress', byId)
    expect(await ingressOf(aws, id)).toEqual([])
    expect(await aws.refusal('RevokeSecurityGroupIngress', byId)).toMatchObject({
      code: 'InvalidSecurityGroupRuleId.NotFound',
    })
  })

  test('fact 13: revoked rules name their group flat, and groups and rules have ARNs', async () => {
    const aws = await cloud()
    const created = await aws.call('CreateSecurityGroup', { GroupName: 'web', GroupDescription: 'web tier' })
    const id = created.groupId
    expect(created.securityGroupArn).toBe(`arn:aws:ec2:us-east-1:123456789012:security-group/${id}`)
    expect((await describeGroup(aws, id)).securityGroupArn).toBe(created.securityGroupArn)
    const [rule] = (await authorize(aws, id, ['tcp 22', id])).securityGroupRuleSet.item
    const arn = `arn:aws:ec2:us-east-1:123456789012:security-group-rule/${rule.securityGroupRuleId}`
    expect(rule.securityGroupRuleArn).toBe(arn)
    const revocation = { GroupId: id, 'SecurityGroupRuleId.1': rule.securityGroupRuleId }
    const { revokedSecurityGroupRuleSet } = await aws.call('RevokeSecurityGroupIngress', revocation)
    expect(revokedSecurityGroupRuleSet.item[0].referencedGroupId).toBe(id)
    expect(revokedSecurityGroupRuleSet.item[0]).not.toHaveProperty('referencedGroupInfo')
  })
})
