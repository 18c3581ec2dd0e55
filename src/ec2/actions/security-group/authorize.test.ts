import { describe, expect, test } from 'vitest'
import type { Body } from '../../../../test/cloud.ts'
import { cloud } from '../../../../test/cloud.ts'
import {
  authorize,
  authorizeEgress,
  createGroup,
  createPrefixList,
  createVpc,
  describeGroup,
  peerVpcs,
  permissions,
  rulesOf,
} from '../../../../test/groups.ts'

const account = '123456789012'

describe('an authorized permission', () => {
  test('is one rule for each of its peers, answered in the order of the request', async () => {
    const aws = await cloud()
    const [web, db] = [await createGroup(aws, 'web'), await createGroup(aws, 'db')]
    const list = await createPrefixList(aws)
    const answer = await authorize(
      aws,
      db,
      ['tcp 5432', { peer: '10.1.0.0/16', description: 'office' }, '10.0.0.0/16', '2001:db8::/32', list, web],
      ['udp 53', '10.0.0.0/16'],
    )
    expect(answer.return).toBe('true')
    const items = answer.securityGroupRuleSet.item
    expect(items.map(peerOf)).toEqual(['10.1.0.0/16', '10.0.0.0/16', '2001:db8::/32', list, web, '10.0.0.0/16'])
    expect(new Set(items.map((item: Body) => item.securityGroupRuleId)).size).toBe(6)
    const id = items[0].securityGroupRuleId
    expect(items[0]).toEqual({
      securityGroupRuleId: expect.stringMatching(/^sgr-[0-9a-f]{17}$/),
      groupId: db,
      groupOwnerId: account,
      isEgress: 'false',
      ipProtocol: 'tcp',
      fromPort: '5432',
      toPort: '5432',
      cidrIpv4: '10.1.0.0/16',
      description: 'office',
      tagSet: '',
      securityGroupRuleArn: `arn:aws:ec2:us-east-1:${account}:security-group-rule/${id}`,
    })
    expect(items[4].referencedGroupInfo).toEqual({ groupId: web, userId: account })
  })

  test('is found again, rule by rule, as it was answered', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    const { securityGroupRuleSet } = await authorizeEgress(aws, id, ['tcp 1-2', '10.0.0.0/8', id], ['icmpv6', '::/0'])
    expect(await rulesOf(aws, id)).toEqual(expect.arrayContaining(securityGroupRuleSet.item))
  })

  test('tags every rule that it makes', async () => {
    const aws = await cloud()
    const { securityGroupRuleSet } = await aws.call('AuthorizeSecurityGroupEgress', {
      GroupId: await createGroup(aws),
      ...permissions(['tcp 22', '10.0.0.0/8', '10.0.0.0/9']),
      'TagSpecification.1.ResourceType': 'security-group-rule',
      'TagSpecification.1.Tag.1.Key': 'team',
      'TagSpecification.1.Tag.1.Value': 'net',
    })
    const tags = { item: [{ key: 'team', value: 'net' }] }
    expect(securityGroupRuleSet.item.map((item: Body) => item.tagSet)).toEqual([tags, tags])
  })

  test('may overlap with rules that are there', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    await authorize(aws, id, ['tcp 80-90', '10.0.0.0/8'])
    const answer = await authorize(aws, id, ['tcp 85', '10.0.0.0/8'], ['tcp 80-90', '10.1.0.0/16'])
    expect(answer.securityGroupRuleSet.item).toHaveLength(2)
  })

  test('keeps an empty description apart from none', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    await authorize(aws, id, ['tcp 22', { peer: '10.0.0.0/8', description: '' }, '10.0.0.0/9'])
    const { ipPermissions } = await describeGroup(aws, id)
    expect(ipPermissions.item[0].ipRanges.item).toEqual([
      { cidrIp: '10.0.0.0/8', description: '' },
      { cidrIp: '10.0.0.0/9' },
    ])
  })

  test('may say bare that a list of peers is empty', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    const answer = await aws.call('AuthorizeSecurityGroupIngress', {
      GroupId: id,
      ...permissions(['tcp 22', '10.0.0.0/8']),
      'IpPermissions.1.Ipv6Ranges': '',
      'IpPermissions.1.Groups': '',
      'IpPermissions.1.PrefixListIds': '',
    })
    expect(answer.securityGroupRuleSet.item).toHaveLength(1)
  })
})

describe('the protocol', () => {
  test.each([
    ['tcp 22', ['tcp', '22', '22']],
    ['TCP 22', ['tcp', '22', '22']],
    ['6 22', ['tcp', '22', '22']],
    ['Udp 0-65535', ['udp', '0', '65535']],
    ['17 53', ['udp', '53', '53']],
    ['icmp 8/0', ['icmp', '8', '0']],
    ['1 -1/-1', ['icmp', '-1', '-1']],
    ['icmp 255/255', ['icmp', '255', '255']],
    ['icmpv6 128/0', ['icmpv6', '128', '0']],
    ['icmpv6', ['icmpv6', '-1', '-1']],
    ['ICMPv6', ['icmpv6', '-1', '-1']],
    ['58 -1/-1', ['icmpv6', '-1', '-1']],
    ['-1', ['-1', '-1', '-1']],
    ['-1 0/0', ['-1', '-1', '-1']],
    ['-1 22/22', ['-1', '-1', '-1']],
    ['47', ['47', '-1', '-1']],
    ['50 22/22', ['50', '-1', '-1']],
    ['0', ['0', '-1', '-1']],
    ['255', ['255', '-1', '-1']],
  ])('%s is kept as %j', async (traffic, expected) => {
    const aws = await cloud()
    const { securityGroupRuleSet } = await authorize(aws, await createGroup(aws), [traffic, '10.0.0.0/8'])
    const { ipProtocol, fromPort, toPort } = securityGroupRuleSet.item[0]
    expect([ipProtocol, fromPort, toPort]).toEqual(expected)
  })
})

describe('the CIDR', () => {
  test.each([
    ['100.68.0.18/18', '100.68.0.0/18'],
    ['10.1.2.3/32', '10.1.2.3/32'],
    ['10.1.2.3/0', '0.0.0.0/0'],
    ['2001:DB8:0::1/64', '2001:db8::/64'],
    ['2001:0db8:0000:0000:0001:0000:0000:0001/128', '2001:db8::1:0:0:1/128'],
    ['::1/0', '::/0'],
    ['::ffff:10.0.0.1/128', '::ffff:a00:1/128'],
  ])('%s is kept as %s', async (given, kept) => {
    const aws = await cloud()
    const { securityGroupRuleSet } = await authorize(aws, await createGroup(aws), ['tcp 22', given])
    expect(peerOf(securityGroupRuleSet.item[0])).toBe(kept)
  })
})

describe('a group as a peer', () => {
  test('may be named with its owner', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    const named = { ...permissions(['tcp 22', id]), 'IpPermissions.1.Groups.1.UserId': account }
    const answer = await aws.call('AuthorizeSecurityGroupIngress', { GroupId: id, ...named })
    expect(answer.securityGroupRuleSet.item[0].referencedGroupInfo).toEqual({ groupId: id, userId: account })
  })

  test('may be named by its name in the default VPC, where it is kept by its id', async () => {
    const aws = await cloud()
    const [web, db] = [await createGroup(aws, 'web'), await createGroup(aws, 'db')]
    const answer = await aws.call('AuthorizeSecurityGroupIngress', {
      GroupId: db,
      'IpPermissions.1.IpProtocol': '-1',
      'IpPermissions.1.Groups.1.GroupName': 'web',
    })
    expect(answer.securityGroupRuleSet.item[0].referencedGroupInfo).toEqual({ groupId: web, userId: account })
  })

  test('of an actively peered VPC is shown with its VPC and the connection', async () => {
    const aws = await cloud()
    const [here, there] = [await createVpc(aws, '10.0.0.0/16'), await createVpc(aws, '10.1.0.0/16')]
    const peering = await peerVpcs(aws, there, here)
    const [local, remote] = [await createGroup(aws, 'local', here), await createGroup(aws, 'remote', there)]
    const pair = {
      groupId: remote,
      userId: account,
      vpcId: there,
      vpcPeeringConnectionId: peering,
      peeringStatus: 'active',
    }
    const { securityGroupRuleSet } = await authorize(aws, local, ['tcp 22', remote])
    expect(securityGroupRuleSet.item[0].referencedGroupInfo).toEqual(pair)
    expect((await describeGroup(aws, local)).ipPermissions.item[0].groups.item).toEqual([pair])
  })

  test('of another VPC is reached through a VPC association, as if it were local', async () => {
    const aws = await cloud()
    const [here, there] = [await createVpc(aws, '10.0.0.0/16'), await createVpc(aws, '10.1.0.0/16')]
    const [local, guest] = [await createGroup(aws, 'local', here), await createGroup(aws, 'guest', there)]
    await aws.call('AssociateSecurityGroupVpc', { GroupId: guest, VpcId: here })
    const { securityGroupRuleSet } = await authorize(aws, local, ['tcp 22', guest])
    expect(securityGroupRuleSet.item[0].referencedGroupInfo).toEqual({ groupId: guest, userId: account })
  })
})

test('a prefix list that AWS owns is a peer like any other', async () => {
  const aws = await cloud()
  const { securityGroupRuleSet } = await authorizeEgress(aws, await createGroup(aws), ['tcp 443', 'pl-63a5400a'])
  expect(securityGroupRuleSet.item[0].prefixListId).toBe('pl-63a5400a')
})

test('a group of the default VPC may be addressed by its name', async () => {
  const aws = await cloud()
  const id = await createGroup(aws, 'web')
  const answer = await aws.call('AuthorizeSecurityGroupIngress', {
    GroupName: 'web',
    ...permissions(['tcp 22', '10.0.0.0/8']),
  })
  expect(answer.securityGroupRuleSet.item[0].groupId).toBe(id)
})

function peerOf({ cidrIpv4, cidrIpv6, prefixListId, referencedGroupInfo }: Body): string {
  return cidrIpv4 ?? cidrIpv6 ?? prefixListId ?? referencedGroupInfo.groupId
}
