import { describe, expect, test } from 'vitest'
import { type Body, type Cloud, cloud, type WireParameters } from '../../../../test/cloud.ts'
import {
  authorize,
  authorizeEgress,
  createGroup,
  createPrefixList,
  createVpc,
  filters,
  type Permission,
} from '../../../../test/groups.ts'

type Fields = Readonly<Record<string, string | number>>

/** `SecurityGroupRule.N…` for each rule id with its new fields. */
function updates(...given: readonly (readonly [rule: string, fields: Fields])[]): WireParameters {
  const spelled = given.map(([rule, fields], index) => {
    const prefix = `SecurityGroupRule.${index + 1}`
    const members = Object.entries(fields).map(([name, value]) => [`${prefix}.SecurityGroupRule.${name}`, value])
    return { [`${prefix}.SecurityGroupRuleId`]: rule, ...Object.fromEntries(members) }
  })
  return Object.assign({}, ...spelled)
}

interface Scene {
  readonly aws: Cloud
  readonly group: string
  readonly rule: string
}

/** A group with one ingress rule of the permission. */
async function scene(permission: Permission = ['tcp 22', '10.0.0.0/8']): Promise<Scene> {
  const aws = await cloud()
  const group = await createGroup(aws)
  const { securityGroupRuleSet } = await authorize(aws, group, permission)
  return { aws, group, rule: securityGroupRuleSet.item[0].securityGroupRuleId }
}

async function modify({ aws, group, rule }: Scene, fields: Fields): Promise<Body> {
  const answer = await aws.call('ModifySecurityGroupRules', { GroupId: group, ...updates([rule, fields]) })
  expect(answer.return).toBe('true')
  return ruleOf(aws, rule)
}

async function ruleOf(aws: Cloud, rule: string): Promise<Body> {
  const { securityGroupRuleSet } = await aws.call('DescribeSecurityGroupRules', { 'SecurityGroupRuleId.1': rule })
  return securityGroupRuleSet.item[0]
}

describe('a modified rule', () => {
  test('has all of its fields replaced and keeps its id and its tags', async () => {
    const at = await scene(['tcp 22', { peer: '10.0.0.0/8', description: 'office' }])
    await at.aws.call('CreateTags', { 'ResourceId.1': at.rule, 'Tag.1.Key': 'team', 'Tag.1.Value': 'net' })
    expect(await modify(at, { IpProtocol: 'udp', FromPort: 53, ToPort: 54, CidrIpv4: '10.1.0.0/16' })).toEqual({
      securityGroupRuleId: at.rule,
      groupId: at.group,
      groupOwnerId: '123456789012',
      isEgress: 'false',
      ipProtocol: 'udp',
      fromPort: '53',
      toPort: '54',
      cidrIpv4: '10.1.0.0/16',
      tagSet: { item: [{ key: 'team', value: 'net' }] },
      securityGroupRuleArn: expect.stringContaining(at.rule),
    })
  })

  test('gets a new description, or loses the one it had', async () => {
    const at = await scene()
    const same = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIpv4: '10.0.0.0/8' }
    expect(await modify(at, { ...same, Description: 'office' })).toMatchObject({ description: 'office' })
    expect(await modify(at, same)).not.toHaveProperty('description')
  })

  test.each([
    ['-1 without ports', { IpProtocol: '-1' }, ['-1', '-1', '-1']],
    ['-1 with ports -1', { IpProtocol: '-1', FromPort: -1, ToPort: -1 }, ['-1', '-1', '-1']],
    ['ICMP', { IpProtocol: 'icmp', FromPort: 8, ToPort: -1 }, ['icmp', '8', '-1']],
    ['a protocol by number', { IpProtocol: '6', FromPort: 80, ToPort: 80 }, ['tcp', '80', '80']],
    ['a number without a name', { IpProtocol: '50' }, ['50', '-1', '-1']],
  ])('may become one of %s', async (_, traffic: Fields, expected) => {
    const rule = await modify(await scene(), { ...traffic, CidrIpv4: '10.0.0.0/8' })
    expect([rule.ipProtocol, rule.fromPort, rule.toPort]).toEqual(expected)
  })

  test('may name another peer of the same type', async () => {
    const aws = await cloud()
    const [web, db] = [await createGroup(aws, 'web'), await createGroup(aws, 'db')]
    const [first, second] = [await createPrefixList(aws), await createPrefixList(aws, { PrefixListName: 'shops' })]
    const { securityGroupRuleSet } = await authorize(aws, web, ['tcp 22', '::/0', first, web])
    const [v6, list, group] = securityGroupRuleSet.item.map((rule: Body) => rule.securityGroupRuleId)
    const ssh = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22 }
    await aws.call('ModifySecurityGroupRules', {
      GroupId: web,
      ...updates(
        [v6, { ...ssh, CidrIpv6: '2001:db8::/32' }],
        [list, { ...ssh, PrefixListId: second }],
        [group, { ...ssh, ReferencedGroupId: db }],
      ),
    })
    expect(await ruleOf(aws, v6)).toMatchObject({ cidrIpv6: '2001:db8::/32' })
    expect(await ruleOf(aws, list)).toMatchObject({ prefixListId: second })
    expect(await ruleOf(aws, group)).toMatchObject({ referencedGroupInfo: { groupId: db } })
    expect(await aws.refusal('DeleteSecurityGroup', { GroupId: db })).toMatchObject({ code: 'DependencyViolation' })
  })

  test('may be an ingress or an egress one in the same call', async () => {
    const { aws, group, rule } = await scene()
    const egress = (await authorizeEgress(aws, group, ['udp 53', '10.0.0.0/8'])).securityGroupRuleSet.item[0]
    const dns = { IpProtocol: 'udp', FromPort: 54, ToPort: 54, CidrIpv4: '10.0.0.0/8' }
    await aws.call('ModifySecurityGroupRules', {
      GroupId: group,
      ...updates([rule, dns], [egress.securityGroupRuleId, dns]),
    })
    expect(await ruleOf(aws, rule)).toMatchObject({ isEgress: 'false', fromPort: '54' })
    expect(await ruleOf(aws, egress.securityGroupRuleId)).toMatchObject({ isEgress: 'true', fromPort: '54' })
  })

  test('may change places with another', async () => {
    const { aws, group, rule } = await scene()
    const other = (await authorize(aws, group, ['tcp 23', '10.0.0.0/8'])).securityGroupRuleSet.item[0]
    const port = (number: number) => ({ IpProtocol: 'tcp', FromPort: number, ToPort: number, CidrIpv4: '10.0.0.0/8' })
    await aws.call('ModifySecurityGroupRules', {
      GroupId: group,
      ...updates([rule, port(23)], [other.securityGroupRuleId, port(22)]),
    })
    expect(await ruleOf(aws, rule)).toMatchObject({ fromPort: '23' })
  })

  test('keeps its place among the ranges of its permission', async () => {
    const { aws, group, rule } = await scene()
    await authorize(aws, group, ['tcp 22', '10.1.0.0/16'])
    await modify({ aws, group, rule }, { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIpv4: '10.2.0.0/16' })
    const { securityGroupInfo } = await aws.call('DescribeSecurityGroups', filters(['group-id', group]))
    const [permission] = securityGroupInfo.item[0].ipPermissions.item
    expect(permission.ipRanges.item).toEqual([{ cidrIp: '10.2.0.0/16' }, { cidrIp: '10.1.0.0/16' }])
  })
})

const ssh = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIpv4: '10.0.0.0/8' }
const value = 'InvalidParameterValue'
const { CidrIpv4: _, ...noPeer } = ssh
const specific =
  'You may not specify all protocols and specific ports. Please specify each protocol and port range combination individually, or all protocols and no port range.'
const wrongType = (rule: string, given: string, existing: string) =>
  `Invalid rule type for security group rule '${rule}'. You may not specify ${given} for an existing ${existing} rule.`

describe('a modification is refused', () => {
  test.each<[string, Fields, string, string]>([
    [
      'without a protocol',
      { FromPort: 22, ToPort: 22, CidrIpv4: '10.0.0.0/8' },
      value,
      "Invalid value 'null' for protocol. VPC security group rules must specify protocols explicitly.",
    ],
    [
      'without fields',
      {},
      value,
      "Invalid value 'null' for protocol. VPC security group rules must specify protocols explicitly.",
    ],
    [
      'with one port only',
      { IpProtocol: 'udp', FromPort: 22, CidrIpv4: '10.0.0.0/8' },
      value,
      'Invalid value for portRange. Must specify both from and to ports with TCP/UDP.',
    ],
    [
      'without a peer',
      noPeer,
      'MissingParameter',
      'The request must contain exactly one of: cidrIp, cidrIpv6, prefixListId, or referencedGroupId',
    ],
    [
      'with two peers',
      { ...ssh, CidrIpv6: '::/0' },
      'InvalidParameterCombination',
      'Only one of cidrIp, cidrIpv6, prefixListId, or referencedGroupId can be specified',
    ],
    ['with -1 and a port', { ...ssh, IpProtocol: '-1' }, value, specific],
    ['with -1 and ports 0', { ...ssh, IpProtocol: '-1', FromPort: 0, ToPort: 0 }, value, specific],
    [
      'with host bits',
      { ...ssh, CidrIpv4: '10.1.2.3/8' },
      value,
      'The CIDR block 10.1.2.3/8 is not in canonical form. Use 10.0.0.0/8 instead.',
    ],
    ['with a malformed CIDR', { ...ssh, CidrIpv4: '10.0.0.0' }, value, 'CIDR block 10.0.0.0 is malformed'],
    [
      'with a bad description',
      { ...ssh, Description: '"' },
      value,
      'Invalid rule description. Valid descriptions are strings less than 256 characters from the following set: a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*',
    ],
  ])('%s', async (_, fields, code, message) => {
    const { aws, group, rule } = await scene()
    const parameters = { GroupId: group, ...updates([rule, fields]) }
    expect(await aws.refusal('ModifySecurityGroupRules', parameters)).toEqual({ status: 400, code, message })
  })

  test.each<[Permission, Fields, string, string]>([
    [['tcp 22', '10.0.0.0/8'], { CidrIpv6: '::/0' }, 'CidrIpv6', 'IPv4 CIDR'],
    [['tcp 22', '10.0.0.0/8'], { ReferencedGroupId: 'sg-00000000' }, 'a referenced group id', 'IPv4 CIDR'],
    [['tcp 22', '::/0'], { CidrIpv4: '0.0.0.0/0' }, 'CidrIpv4', 'IPv6 CIDR'],
    [['tcp 22', '::/0'], { PrefixListId: 'pl-63a5400a' }, 'a prefix list id', 'IPv6 CIDR'],
    [['tcp 22', 'pl-63a5400a'], { CidrIpv4: '0.0.0.0/0' }, 'CidrIpv4', 'prefix list'],
  ])('when %j is to be given %j', async (permission, peer, given, existing) => {
    const { aws, group, rule } = await scene(permission)
    const parameters = { GroupId: group, ...updates([rule, { ...noPeer, ...peer }]) }
    expect(await aws.refusal('ModifySecurityGroupRules', parameters)).toEqual({
      status: 400,
      code: value,
      message: wrongType(rule, given, existing),
    })
  })

  test('when a group is to give way to a CIDR', async () => {
    const aws = await cloud()
    const group = await createGroup(aws)
    const rule = (await authorize(aws, group, ['tcp 22', group])).securityGroupRuleSet.item[0].securityGroupRuleId
    expect(await aws.refusal('ModifySecurityGroupRules', { GroupId: group, ...updates([rule, ssh]) })).toMatchObject({
      message: wrongType(rule, 'CidrIpv4', 'referenced group'),
    })
  })

  test('when a group it names is not there or not reachable', async () => {
    const aws = await cloud()
    const group = await createGroup(aws)
    const rule = (await authorize(aws, group, ['tcp 22', group])).securityGroupRuleSet.item[0].securityGroupRuleId
    const stranger = await createGroup(aws, 'stranger', await createVpc(aws))
    const naming = (id: string) => ({ GroupId: group, ...updates([rule, { ...noPeer, ReferencedGroupId: id }]) })
    expect(await aws.refusal('ModifySecurityGroupRules', naming('sg-00000000'))).toMatchObject({
      message: "The security group 'sg-00000000' does not exist",
    })
    expect(await aws.refusal('ModifySecurityGroupRules', naming(stranger))).toMatchObject({
      message: 'You have specified two resources that belong to different networks.',
    })
  })

  test.each([
    [
      'an unknown group',
      { GroupId: 'sg-00000000', ...updates(['sgr-00000000', ssh]) },
      'InvalidGroup.NotFound',
      "The security group 'sg-00000000' does not exist",
    ],
    ['no group', updates(['sgr-00000000', ssh]), 'MissingParameter', 'The request must contain the parameter groupId'],
    [
      'no rules',
      { GroupId: 'sg-00000000' },
      'MissingParameter',
      'The request must contain the parameter securityGroupRule',
    ],
    [
      'a rule without its id',
      { GroupId: 'sg-00000000', 'SecurityGroupRule.1.SecurityGroupRule.IpProtocol': 'tcp' },
      'MissingParameter',
      'The request must contain the parameter securityGroupRuleId',
    ],
  ])('for %s', async (_, parameters, code, message) => {
    const aws = await cloud()
    expect(await aws.refusal('ModifySecurityGroupRules', parameters)).toEqual({ status: 400, code, message })
  })

  test('for a rule id that is unknown, malformed or of another group', async () => {
    const { aws, group, rule } = await scene()
    const other = await createGroup(aws, 'db')
    const of = (GroupId: string, id: string) =>
      aws.refusal('ModifySecurityGroupRules', { GroupId, ...updates([id, ssh]) })
    const notFound = 'InvalidSecurityGroupRuleId.NotFound'
    expect(await of(group, 'sgr-00000000')).toEqual({
      status: 400,
      code: notFound,
      message: "The security group rule ID 'sgr-00000000' does not exist",
    })
    expect(await of(group, 'foobar')).toMatchObject({ code: 'InvalidSecurityGroupRuleId.Malformed' })
    expect(await of(other, rule)).toMatchObject({ code: notFound })
  })

  test('when the result is another rule of the group', async () => {
    const { aws, group, rule } = await scene(['tcp 23', '10.0.0.0/8'])
    await authorize(aws, group, ['tcp 22', '10.0.0.0/8'])
    expect(await aws.refusal('ModifySecurityGroupRules', { GroupId: group, ...updates([rule, ssh]) })).toEqual({
      status: 400,
      code: 'InvalidPermission.Duplicate',
      message: 'the specified rule "peer: 10.0.0.0/8, TCP, from port: 22, to port: 22, ALLOW" already exists',
    })
  })

  test('when two rules would become one, or one rule is given twice', async () => {
    const { aws, group, rule } = await scene(['tcp 23', '10.0.0.0/8'])
    const other = (await authorize(aws, group, ['tcp 24', '10.0.0.0/8'])).securityGroupRuleSet.item[0]
    const message = 'The same permission must not appear multiple times'
    const merged = updates([rule, ssh], [other.securityGroupRuleId, ssh])
    expect(await aws.refusal('ModifySecurityGroupRules', { GroupId: group, ...merged })).toMatchObject({ message })
    const twice = updates([rule, ssh], [rule, { ...ssh, ToPort: 23 }])
    expect(await aws.refusal('ModifySecurityGroupRules', { GroupId: group, ...twice })).toMatchObject({ message })
  })

  test('whole, when one of its entries is bad', async () => {
    const { aws, group, rule } = await scene(['tcp 23', '10.0.0.0/8'])
    const other = (await authorize(aws, group, ['tcp 24', '10.0.0.0/8'])).securityGroupRuleSet.item[0]
    const half = updates([rule, ssh], [other.securityGroupRuleId, noPeer])
    expect(await aws.refusal('ModifySecurityGroupRules', { GroupId: group, ...half })).toMatchObject({
      code: 'MissingParameter',
    })
  })
})
