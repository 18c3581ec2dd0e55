import { describe, expect, test } from 'vitest'
import { type Body, type Cloud, cloud } from '../../../../test/cloud.ts'
import {
  authorize,
  authorizeEgress,
  createGroup,
  createPrefixList,
  createVpc,
  describeGroup,
  type Permission,
  peerVpcs,
  permissions,
  rulesOf,
} from '../../../../test/groups.ts'

const absent = {
  status: 400,
  code: 'InvalidPermission.NotFound',
  message: 'The specified rule does not exist in this security group.',
}

/** A group of a VPC that is not the default one. */
async function groupOfOwnVpc(aws: Cloud): Promise<string> {
  return createGroup(aws, 'own', await createVpc(aws))
}

async function ingressRules(aws: Cloud, id: string): Promise<Body[]> {
  return (await rulesOf(aws, id)).filter(({ isEgress }) => isEgress === 'false')
}

describe('rules are revoked', () => {
  test('by their ids, whatever they are', async () => {
    const aws = await cloud()
    const id = await groupOfOwnVpc(aws)
    const list = await createPrefixList(aws)
    const { securityGroupRuleSet } = await authorize(
      aws,
      id,
      ['tcp 22', { peer: '10.0.0.0/8', description: 'office' }, '2001:db8::/32', list, id],
      ['-1', '10.0.0.0/8'],
    )
    const ids = securityGroupRuleSet.item.map((rule: Body) => rule.securityGroupRuleId)
    const answer = await aws.call('RevokeSecurityGroupIngress', {
      GroupId: id,
      ...Object.fromEntries(ids.map((rule: string, index: number) => [`SecurityGroupRuleId.${index + 1}`, rule])),
    })
    const ssh = { groupId: id, isEgress: 'false', ipProtocol: 'tcp', fromPort: '22', toPort: '22' }
    expect(answer).toEqual({
      requestId: expect.any(String),
      return: 'true',
      revokedSecurityGroupRuleSet: {
        item: [
          { securityGroupRuleId: ids[0], ...ssh, cidrIpv4: '10.0.0.0/8', description: 'office' },
          { securityGroupRuleId: ids[1], ...ssh, cidrIpv6: '2001:db8::/32' },
          { securityGroupRuleId: ids[2], ...ssh, prefixListId: list },
          { securityGroupRuleId: ids[3], ...ssh, referencedGroupId: id },
          {
            securityGroupRuleId: ids[4],
            ...ssh,
            ipProtocol: '-1',
            fromPort: '-1',
            toPort: '-1',
            cidrIpv4: '10.0.0.0/8',
          },
        ],
      },
    })
    expect(await ingressRules(aws, id)).toEqual([])
  })

  test('by an id given twice, once', async () => {
    const aws = await cloud()
    const id = await groupOfOwnVpc(aws)
    const [rule] = await rulesOf(aws, id)
    const twice = {
      'SecurityGroupRuleId.1': rule.securityGroupRuleId,
      'SecurityGroupRuleId.2': rule.securityGroupRuleId,
    }
    const { revokedSecurityGroupRuleSet } = await aws.call('RevokeSecurityGroupEgress', { GroupId: id, ...twice })
    expect(revokedSecurityGroupRuleSet.item).toHaveLength(1)
  })

  test.each([
    ['as they were written', ['tcp 22', '10.0.0.0/8'], ['tcp 22', '10.0.0.0/8']],
    ['without their description', ['tcp 22', { peer: '10.0.0.0/8', description: 'a' }], ['tcp 22', '10.0.0.0/8']],
    ['with another description', ['tcp 22', '10.0.0.0/8'], ['tcp 22', { peer: '10.0.0.0/8', description: 'b' }]],
    ['with host bits', ['tcp 22', '10.0.0.0/8'], ['tcp 22', '10.9.9.9/8']],
    ['by protocol number', ['tcp 22', '10.0.0.0/8'], ['6 22', '10.0.0.0/8']],
    ['with ports that -1 has not', ['-1', '10.0.0.0/8'], ['-1 0/0', '10.0.0.0/8']],
    ['over IPv6', ['icmpv6', '2001:db8::/32'], ['58 -1/-1', '2001:DB8::1/32']],
  ] as const)('by their properties, spelled %s', async (_, authorized, revoked) => {
    const aws = await cloud()
    const id = await groupOfOwnVpc(aws)
    await authorize(aws, id, authorized)
    const answer = await aws.call('RevokeSecurityGroupIngress', { GroupId: id, ...permissions(revoked) })
    expect(answer.revokedSecurityGroupRuleSet.item).toHaveLength(1)
    expect(await ingressRules(aws, id)).toEqual([])
  })

  test('one peer at a time, while the others of its permission keep their ids', async () => {
    const aws = await cloud()
    const id = await groupOfOwnVpc(aws)
    const { securityGroupRuleSet } = await authorize(aws, id, ['tcp 22', '10.0.0.0/8', '10.0.0.0/9', '::/0'])
    await aws.call('RevokeSecurityGroupIngress', { GroupId: id, ...permissions(['tcp 22', '10.0.0.0/9']) })
    const left = (await ingressRules(aws, id)).map(({ securityGroupRuleId }) => securityGroupRuleId)
    const [first, , third] = securityGroupRuleSet.item
    expect(left.sort()).toEqual([first.securityGroupRuleId, third.securityGroupRuleId].sort())
  })

  test('in the direction of the call only', async () => {
    const aws = await cloud()
    const id = await groupOfOwnVpc(aws)
    await authorize(aws, id, ['tcp 22', '10.0.0.0/8'])
    await authorizeEgress(aws, id, ['tcp 22', '10.0.0.0/8'])
    await aws.call('RevokeSecurityGroupEgress', { GroupId: id, ...permissions(['tcp 22', '10.0.0.0/8']) })
    expect(await ingressRules(aws, id)).toHaveLength(1)
  })

  test('with the tags they had', async () => {
    const aws = await cloud()
    const id = await groupOfOwnVpc(aws)
    const parameters = { GroupId: id, ...permissions(['tcp 22', '10.0.0.0/8']) }
    await aws.call('AuthorizeSecurityGroupIngress', {
      ...parameters,
      'TagSpecification.1.ResourceType': 'security-group-rule',
      'TagSpecification.1.Tag.1.Key': 'a',
      'TagSpecification.1.Tag.1.Value': 'b',
    })
    await aws.call('RevokeSecurityGroupIngress', parameters)
    expect([...aws.world().tagSet.keys()]).toEqual([])
  })

  test('although the group they name is gone', async () => {
    const aws = await cloud()
    const [here, there] = [await createVpc(aws, '10.0.0.0/16'), await createVpc(aws, '10.1.0.0/16')]
    await peerVpcs(aws, here, there)
    const [local, remote] = [await createGroup(aws, 'local', here), await createGroup(aws, 'remote', there)]
    await authorize(aws, local, ['tcp 22', remote])
    await aws.call('DeleteSecurityGroup', { GroupId: remote })
    await aws.call('RevokeSecurityGroupIngress', { GroupId: local, ...permissions(['tcp 22', remote]) })
    expect(await ingressRules(aws, local)).toEqual([])
  })
})

describe('a permission that matches no rule', () => {
  test('is listed in the answer for a group of the default VPC, and the others go', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    await authorize(aws, id, ['tcp 22', '10.0.0.0/8'])
    const answer = await aws.call('RevokeSecurityGroupIngress', {
      GroupId: id,
      ...permissions(['tcp 22', '10.0.0.0/8', '10.0.0.0/9'], ['-1', id]),
    })
    expect(answer.return).toBe('true')
    expect(answer.revokedSecurityGroupRuleSet.item).toHaveLength(1)
    const none = { groups: '', ipRanges: '', ipv6Ranges: '', prefixListIds: '' }
    expect(answer.unknownIpPermissionSet.item).toEqual([
      { ...none, ipProtocol: 'tcp', fromPort: '22', toPort: '22', ipRanges: { item: [{ cidrIp: '10.0.0.0/9' }] } },
      { ...none, ipProtocol: '-1', groups: { item: [{ userId: '123456789012', groupId: id }] } },
    ])
    expect(await ingressRules(aws, id)).toEqual([])
  })

  test.each<[string, Permission]>([
    ['another port', ['tcp 23', '10.0.0.0/8']],
    ['a port inside the range', ['tcp 22', '10.0.0.0/8']],
    ['another protocol', ['udp 20-30', '10.0.0.0/8']],
    ['all protocols', ['-1', '10.0.0.0/8']],
    ['a smaller block', ['tcp 20-30', '10.0.0.0/16']],
    ['another family', ['tcp 20-30', '::/0']],
    ['one that does and one that does not', ['tcp 20-30', '10.0.0.0/8', '10.0.0.0/9']],
  ])('refuses the whole call in any other VPC: %s', async (_, permission) => {
    const aws = await cloud()
    const id = await groupOfOwnVpc(aws)
    await authorize(aws, id, ['tcp 20-30', '10.0.0.0/8'])
    const parameters = { GroupId: id, ...permissions(permission) }
    expect(await aws.refusal('RevokeSecurityGroupIngress', parameters)).toEqual(absent)
    expect(await aws.refusal('RevokeSecurityGroupEgress', parameters)).toEqual(absent)
  })
})

test('Terraform finds its way through the default egress rules of a new group', async () => {
  const aws = await cloud()
  const id = await groupOfOwnVpc(aws)
  const all = (peer: string) => ({ GroupId: id, ...permissions(['-1 0/0', peer]) })
  expect(await aws.call('RevokeSecurityGroupEgress', all('0.0.0.0/0'))).toMatchObject({ return: 'true' })
  expect(await aws.refusal('RevokeSecurityGroupEgress', all('::/0'))).toEqual(absent)
  expect((await describeGroup(aws, id)).ipPermissionsEgress).toBe('')
})

describe('a call is refused', () => {
  test.each([
    ['for nothing', {}, 'MissingParameter', 'The request must contain the parameter ipPermissions'],
    [
      'for an unknown rule id',
      { 'SecurityGroupRuleId.1': 'sgr-00000000' },
      'InvalidSecurityGroupRuleId.NotFound',
      "The security group rule ID 'sgr-00000000' does not exist",
    ],
    [
      'for a rule id that is none',
      { 'SecurityGroupRuleId.1': 'foobar' },
      'InvalidSecurityGroupRuleId.Malformed',
      "The security group rule ID 'foobar' is malformed",
    ],
    [
      'for both selectors',
      { 'SecurityGroupRuleId.1': 'sgr-00000000', ...permissions(['-1', '::/0']) },
      'InvalidParameterCombination',
      'The parameter ipPermissions cannot be used with the parameter securityGroupRuleIds',
    ],
    [
      'for an unknown prefix list',
      permissions(['-1', 'pl-00000000']),
      'InvalidPrefixListID.NotFound',
      "The prefix list ID 'pl-00000000' does not exist",
    ],
    [
      'for a permission without a peer',
      permissions(['tcp 22']),
      'MissingParameter',
      'Missing source specification: include source security group or CIDR information',
    ],
    [
      'for a bad CIDR',
      permissions(['tcp 22', '10.0.0.0/40']),
      'InvalidParameterValue',
      'CIDR block 10.0.0.0/40 is malformed',
    ],
    [
      'for a group id that is none',
      permissions(['tcp 22', 'sg-web']),
      'InvalidGroupId.Malformed',
      'Invalid id: "sg-web" (expecting "sg-...")',
    ],
    [
      'for a peer by name',
      { 'IpPermissions.1.IpProtocol': '-1', 'IpPermissions.1.Groups.1.GroupName': 'web' },
      'InvalidParameterValue',
      "Invalid value 'web' for groupName. You may not reference Amazon VPC security groups by name. Please use the corresponding id for this operation.",
    ],
  ])('%s', async (_, parameters, code, message) => {
    const aws = await cloud()
    const group = { GroupId: await groupOfOwnVpc(aws) }
    for (const action of ['RevokeSecurityGroupIngress', 'RevokeSecurityGroupEgress']) {
      expect(await aws.refusal(action, { ...group, ...parameters })).toEqual({ status: 400, code, message })
    }
  })

  test('for one unknown id beside a known one', async () => {
    const aws = await cloud()
    const id = await groupOfOwnVpc(aws)
    const [rule] = await rulesOf(aws, id)
    const ids = { 'SecurityGroupRuleId.1': rule.securityGroupRuleId, 'SecurityGroupRuleId.2': 'sgr-00000000' }
    expect(await aws.refusal('RevokeSecurityGroupEgress', { GroupId: id, ...ids })).toMatchObject({
      code: 'InvalidSecurityGroupRuleId.NotFound',
    })
  })

  test('for a rule of another group or of the other direction', async () => {
    const aws = await cloud()
    const [id, other] = [await createGroup(aws, 'web'), await createGroup(aws, 'db')]
    const [egress] = await rulesOf(aws, id)
    const rule = { 'SecurityGroupRuleId.1': egress.securityGroupRuleId }
    const message = `The security group rule ID '${egress.securityGroupRuleId}' does not exist`
    const notFound = { status: 400, code: 'InvalidSecurityGroupRuleId.NotFound', message }
    expect(await aws.refusal('RevokeSecurityGroupEgress', { GroupId: other, ...rule })).toEqual(notFound)
    expect(await aws.refusal('RevokeSecurityGroupIngress', { GroupId: id, ...rule })).toEqual(notFound)
  })

  test('for the group of an owner who has none here', async () => {
    const aws = await cloud()
    const id = await groupOfOwnVpc(aws)
    await authorize(aws, id, ['tcp 22', id])
    const parameters = {
      GroupId: id,
      ...permissions(['tcp 22', id]),
      'IpPermissions.1.Groups.1.UserId': '111122223333',
    }
    expect(await aws.refusal('RevokeSecurityGroupIngress', parameters)).toMatchObject({ code: 'InvalidGroup.NotFound' })
  })
})
