import { describe, expect, test } from 'vitest'
import { type Body, type Cloud, cloud } from './cloud.ts'
import {
  authorize,
  authorizeEgress,
  createGroup,
  createInterface,
  createPrefixList,
  createVpc,
  defaultVpcOf,
  describeGroup,
  type Filter,
  filters,
  idOfDefaultGroup,
  peerVpcs,
  permissions,
  rulesOf,
} from './groups.ts'

async function ingressOf(aws: Cloud, group: string): Promise<Body[]> {
  return (await rulesOf(aws, group)).filter(({ isEgress }) => isEgress === 'false')
}

/** The second half of test/facts.test.ts (spec 11). */
describe('the facts', () => {
  test('fact 14: a new group in an IPv6 VPC also lets out to ::/0', async () => {
    const aws = await cloud()
    const vpc = await createVpc(aws, '10.0.0.0/16', { AmazonProvidedIpv6CidrBlock: true })
    const id = await createGroup(aws, 'web', vpc)
    const [permission] = (await describeGroup(aws, id)).ipPermissionsEgress.item
    expect(permission.ipv6Ranges.item).toEqual([{ cidrIpv6: '::/0' }])
    for (const peer of ['0.0.0.0/0', '::/0']) {
      const all = { GroupId: id, ...permissions(['-1 0/0', peer]) }
      expect(await aws.call('RevokeSecurityGroupEgress', all)).toMatchObject({ return: 'true' })
    }
  })

  test('fact 15: the default group lets in itself only, cannot be deleted, and its name is taken', async () => {
    const aws = await cloud()
    const id = await idOfDefaultGroup(aws, await defaultVpcOf(aws))
    expect((await ingressOf(aws, id)).map((rule) => rule.referencedGroupInfo.groupId)).toEqual([id])
    expect(await aws.refusal('DeleteSecurityGroup', { GroupId: id })).toMatchObject({ code: 'CannotDelete' })
    const named = { GroupName: 'default', GroupDescription: 'x' }
    expect(await aws.refusal('CreateSecurityGroup', named)).toMatchObject({ code: 'InvalidParameterValue' })
  })

  test('fact 16: rules of other groups and interfaces block a delete, its own rules and peered VPCs do not', async () => {
    const aws = await cloud()
    const [here, there] = [await createVpc(aws, '10.0.0.0/16'), await createVpc(aws, '10.1.0.0/16')]
    await peerVpcs(aws, here, there)
    const [web, db] = [await createGroup(aws, 'web', here), await createGroup(aws, 'db', here)]
    const remote = await createGroup(aws, 'remote', there)
    await authorize(aws, web, ['tcp 1', web])
    await authorize(aws, remote, ['tcp 1', web])
    await authorize(aws, db, ['tcp 1', web])
    const card = await createInterface(aws, here, [web])
    const blocked = { code: 'DependencyViolation', message: `resource ${web} has a dependent object` }
    expect(await aws.refusal('DeleteSecurityGroup', { GroupId: web })).toMatchObject(blocked)
    await aws.call('DeleteSecurityGroup', { GroupId: db })
    expect(await aws.refusal('DeleteSecurityGroup', { GroupId: web })).toMatchObject(blocked)
    await aws.call('DeleteNetworkInterface', { NetworkInterfaceId: card })
    await aws.call('DeleteSecurityGroup', { GroupId: web })
    const { staleSecurityGroupSet } = await aws.call('DescribeStaleSecurityGroups', { VpcId: there })
    expect(staleSecurityGroupSet.item[0].groupId).toBe(remote)
  })

  test.each([
    {
      of: ['DescribeSecurityGroups', 'GroupId.1'],
      prefix: 'sg',
      codes: ['InvalidGroupId.Malformed', 'InvalidGroup.NotFound'],
    },
    {
      of: ['DescribeSecurityGroupRules', 'SecurityGroupRuleId.1'],
      prefix: 'sgr',
      codes: ['InvalidSecurityGroupRuleId.Malformed', 'InvalidSecurityGroupRuleId.NotFound'],
    },
    { of: ['DescribeVpcs', 'VpcId.1'], prefix: 'vpc', codes: ['InvalidVpcId.Malformed', 'InvalidVpcID.NotFound'] },
    {
      of: ['DescribeSubnets', 'SubnetId.1'],
      prefix: 'subnet',
      codes: ['InvalidSubnetId.Malformed', 'InvalidSubnetID.NotFound'],
    },
    {
      of: ['DescribeNetworkInterfaces', 'NetworkInterfaceId.1'],
      prefix: 'eni',
      codes: ['InvalidNetworkInterfaceId.Malformed', 'InvalidNetworkInterfaceID.NotFound'],
    },
    {
      of: ['DescribeManagedPrefixLists', 'PrefixListId.1'],
      prefix: 'pl',
      codes: ['InvalidPrefixListId.Malformed', 'InvalidPrefixListID.NotFound'],
    },
  ])('fact 17: a malformed $prefix- id and an unknown one are different errors', async ({ of, prefix, codes }) => {
    const aws = await cloud()
    const [action = '', name = ''] = of
    const answers = [
      await aws.refusal(action, { [name]: 'foobar' }),
      await aws.refusal(action, { [name]: `${prefix}-00000000` }),
    ]
    expect(answers.map(({ code }) => code)).toEqual(codes)
  })

  test('fact 18: ModifySecurityGroupRules replaces all fields, keeps the id and the peer type, in both directions', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    const [ingress] = (await authorize(aws, id, ['tcp 22', { peer: '10.0.0.0/8', description: 'x' }]))
      .securityGroupRuleSet.item
    const [egress] = await rulesOf(aws, id).then((rules) => rules.filter(({ isEgress }) => isEgress === 'true'))
    const updates = [ingress, egress].flatMap((rule: Body, index) => {
      const prefix = `SecurityGroupRule.${index + 1}`
      return [
        [`${prefix}.SecurityGroupRuleId`, rule.securityGroupRuleId],
        [`${prefix}.SecurityGroupRule.IpProtocol`, '50'],
        [`${prefix}.SecurityGroupRule.CidrIpv4`, '10.1.0.0/16'],
      ]
    })
    const parameters = { GroupId: id, ...Object.fromEntries(updates) }
    await aws.call('ModifySecurityGroupRules', parameters)
    const rules = await rulesOf(aws, id)
    const ids = [ingress.securityGroupRuleId, egress.securityGroupRuleId]
    expect(rules.map(({ securityGroupRuleId }) => securityGroupRuleId).sort()).toEqual(ids.sort())
    for (const rule of rules) expect(rule).toMatchObject({ ipProtocol: '50', cidrIpv4: '10.1.0.0/16' })
    for (const rule of rules) expect(rule).not.toHaveProperty('description')
    const { 'SecurityGroupRule.1.SecurityGroupRule.CidrIpv4': _, ...less } = parameters
    const typed = { ...less, 'SecurityGroupRule.1.SecurityGroupRule.CidrIpv6': '::/0' }
    expect(await aws.refusal('ModifySecurityGroupRules', typed)).toMatchObject({
      message: expect.stringContaining('You may not specify CidrIpv6 for an existing IPv4 CIDR rule.'),
    })
  })

  test('fact 19: 60 rules per direction and family, a group counts in both, an empty list its MaxEntries', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    const list = await createPrefixList(aws, { MaxEntries: 10 })
    const cidrs = Array.from({ length: 49 }, (_, index) => `10.0.${index}.0/24`)
    const cidrs6 = Array.from({ length: 59 }, (_, index) => `2001:db8:${index}::/48`)
    await authorize(aws, id, ['tcp 22', id, list, ...cidrs, ...cidrs6])
    await authorizeEgress(aws, id, ['tcp 22', ...cidrs])
    for (const peer of ['192.0.2.0/24', '2001:db8:ffff::/48', id]) {
      const more = { GroupId: id, ...permissions(['tcp 9', peer]) }
      expect(await aws.refusal('AuthorizeSecurityGroupIngress', more)).toMatchObject({
        code: 'RulesPerSecurityGroupLimitExceeded',
      })
    }
  })

  test('fact 20: a modified prefix list is modify-complete ever after; only entries bump its version', async () => {
    const aws = await cloud()
    const id = await createPrefixList(aws)
    const described = async () => {
      const { prefixListSet } = await aws.call('DescribeManagedPrefixLists', { 'PrefixListId.1': id })
      return [prefixListSet.item[0].state, prefixListSet.item[0].version]
    }
    const modify = async (parameters: Record<string, string | number>) =>
      (await aws.call('ModifyManagedPrefixList', { PrefixListId: id, ...parameters })).prefixList.state
    expect(await described()).toEqual(['create-complete', '1'])
    expect(await modify({ CurrentVersion: 1, 'AddEntry.1.Cidr': '10.0.0.0/8' })).toBe('modify-in-progress')
    expect(await described()).toEqual(['modify-complete', '2'])
    await modify({ PrefixListName: 'shops' })
    await modify({ MaxEntries: 3 })
    expect(await described()).toEqual(['modify-complete', '2'])
    const both = { PrefixListId: id, CurrentVersion: 2, MaxEntries: 4, 'AddEntry.1.Cidr': '192.0.2.0/24' }
    expect(await aws.refusal('ModifyManagedPrefixList', both)).toMatchObject({ code: 'InvalidParameterCombination' })
  })

  test('fact 21: a VPC association that was removed is not described', async () => {
    const aws = await cloud()
    const GroupId = await createGroup(aws, 'web', await createVpc(aws, '10.0.0.0/16'))
    const association = { GroupId, VpcId: await createVpc(aws, '10.1.0.0/16') }
    await aws.call('AssociateSecurityGroupVpc', association)
    await aws.call('DisassociateSecurityGroupVpc', association)
    const answer = await aws.call('DescribeSecurityGroupVpcAssociations')
    expect(answer.securityGroupVpcAssociationSet).toBe('')
  })

  test('fact 22: the groups of an interface are replaced, never none, at most five, and of its VPC', async () => {
    const aws = await cloud()
    const vpc = await createVpc(aws)
    const groups = await Promise.all(Array.from({ length: 6 }, (_, index) => createGroup(aws, `web-${index}`, vpc)))
    const card = await createInterface(aws, vpc, groups.slice(0, 1))
    const listed = (ids: readonly string[]) => ({
      NetworkInterfaceId: card,
      ...Object.fromEntries(ids.map((id, index) => [`SecurityGroupId.${index + 1}`, id])),
    })
    await aws.call('ModifyNetworkInterfaceAttribute', listed(groups.slice(1, 3)))
    const { networkInterfaceSet } = await aws.call('DescribeNetworkInterfaces', { 'NetworkInterfaceId.1': card })
    const carried = networkInterfaceSet.item[0].groupSet.item.map((group: Body) => group.groupId)
    expect(carried.sort()).toEqual(groups.slice(1, 3).sort())
    const refused = async (ids: readonly string[]) =>
      (await aws.refusal('ModifyNetworkInterfaceAttribute', listed(ids))).code
    expect(await refused([])).toMatch(/^InvalidParameter/)
    expect(await refused(groups)).toBe('SecurityGroupsPerInterfaceLimitExceeded')
    expect(await refused([await createGroup(aws, 'elsewhere')])).toMatch(/^InvalidParameter/)
  })

  test('fact 23: names address groups of the default VPC only, and are unique in a VPC whatever their case', async () => {
    const aws = await cloud()
    const vpc = await createVpc(aws)
    await createGroup(aws, 'web', vpc)
    expect(await aws.refusal('DescribeSecurityGroups', { 'GroupName.1': 'web' })).toMatchObject({
      code: 'InvalidGroup.NotFound',
      message: `The security group 'web' does not exist in default VPC '${await defaultVpcOf(aws)}'`,
    })
    const again = { GroupName: 'WEB', GroupDescription: 'x', VpcId: vpc }
    expect(await aws.refusal('CreateSecurityGroup', again)).toMatchObject({ code: 'InvalidGroup.Duplicate' })
    await createGroup(aws, 'Web')
  })

  test('fact 24: DryRun is 412; errors say RequestID and answers requestId; lists are items, empty ones elements', async () => {
    const aws = await cloud()
    const dryRun = await aws.post('Action=DescribeVpcs&Version=2016-11-15&DryRun=true')
    expect(dryRun.status).toBe(412)
    expect(dryRun.body).toContain('<Code>DryRunOperation</Code>')
    expect(dryRun.body).toMatch(/<RequestID>[0-9a-f-]{36}<\/RequestID><\/Response>$/)
    const groups = await aws.post('Action=DescribeSecurityGroups&Version=2016-11-15')
    expect(groups.body).toMatch(/<requestId>[0-9a-f-]{36}<\/requestId><securityGroupInfo><item>/)
    expect(groups.body).toContain('<ipv6Ranges/><prefixListIds/>')
    expect(groups.body).toContain('<tagSet/>')
    expect(groups.body).not.toContain('<member>')
  })

  test('fact 25: filters are AND of OR with wildcards; an unknown name is an error, an unmatched value is not', async () => {
    const aws = await cloud()
    const [web, db] = [await createGroup(aws, 'web-1'), await createGroup(aws, 'db-1')]
    await aws.call('CreateTags', { 'ResourceId.1': web, 'Tag.1.Key': 'team', 'Tag.1.Value': 'net' })
    const found = async (...given: Filter[]) => {
      const { securityGroupInfo } = await aws.call('DescribeSecurityGroups', filters(...given))
      return (securityGroupInfo.item ?? []).map((group: Body) => group.groupId).sort()
    }
    expect(await found(['group-name', 'web-*', 'db-?'])).toEqual([web, db].sort())
    expect(await found(['group-name', 'web-*', 'db-?'], ['tag:team', 'n?t'])).toEqual([web])
    expect(await found(['group-name', 'nothing'])).toEqual([])
    for (const [name, message] of [
      ['vpc-id', "The filter 'vpc-id' is invalid"],
      ['tag-key', "The filter 'tag-key' is invalid"],
    ] as const) {
      expect(await aws.refusal('DescribeSecurityGroupRules', filters([name, 'x']))).toMatchObject({
        code: 'InvalidParameterValue',
        message,
      })
    }
  })
})

describe('the runners-up', () => {
  test('fact 26: a bare empty list means that it is absent', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    const bare = { 'IpPermissions.1.IpRanges': '', 'IpPermissions.1.Groups': '' }
    await aws.call('AuthorizeSecurityGroupIngress', { GroupId: id, ...permissions(['tcp 22', '::/0']), ...bare })
    expect(await ingressOf(aws, id)).toHaveLength(1)
  })

  test('fact 27: DescribeTags reports rules as security-group-rule', async () => {
    const aws = await cloud()
    const [rule] = await rulesOf(aws, await createGroup(aws))
    await aws.call('CreateTags', { 'ResourceId.1': rule.securityGroupRuleId, 'Tag.1.Key': 'a', 'Tag.1.Value': 'b' })
    const { tagSet } = await aws.call('DescribeTags', filters(['resource-type', 'security-group-rule']))
    expect(tagSet.item).toEqual([
      { key: 'a', value: 'b', resourceId: rule.securityGroupRuleId, resourceType: 'security-group-rule' },
    ])
  })

  test('fact 28: network ACL entries take protocol numbers only', async () => {
    const aws = await cloud()
    const { networkAclSet } = await aws.call('DescribeNetworkAcls')
    const entry = {
      NetworkAclId: networkAclSet.item[0].networkAclId,
      RuleNumber: 90,
      RuleAction: 'allow',
      Egress: false,
      CidrBlock: '10.0.0.0/8',
      'PortRange.From': 22,
      'PortRange.To': 22,
    }
    expect(await aws.refusal('CreateNetworkAclEntry', { ...entry, Protocol: 'tcp' })).toMatchObject({
      code: 'InvalidParameterValue',
      message: "Invalid value 'tcp' for IP protocol. Unknown protocol.",
    })
    expect(await aws.call('CreateNetworkAclEntry', { ...entry, Protocol: '6' })).toMatchObject({ return: 'true' })
  })
})
