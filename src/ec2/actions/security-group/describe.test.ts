import { beforeAll, describe, expect, test } from 'vitest'
import { type Cloud, cloud } from '../../../../test/cloud.ts'
import {
  authorize,
  authorizeEgress,
  createGroup,
  createPrefixList,
  createVpc,
  defaultVpcOf,
  describeGroup,
  type Filter,
  filters,
  idOfDefaultGroup,
} from '../../../../test/groups.ts'

describe('permissions', () => {
  test('hold the rules of all calls with the same protocol and ports', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    const list = await createPrefixList(aws)
    await authorize(aws, id, ['tcp 22', '10.0.0.0/8'])
    await authorize(aws, id, ['udp 53', '10.0.0.0/8'])
    await authorize(aws, id, ['tcp 22', { peer: '192.0.2.0/24', description: 'office' }])
    await authorize(aws, id, ['tcp 22', '2001:db8::/32'])
    await authorize(aws, id, ['tcp 22', list])
    await authorize(aws, id, ['tcp 22', id])
    const { ipPermissions } = await describeGroup(aws, id)
    expect(ipPermissions.item).toEqual([
      {
        ipProtocol: 'tcp',
        fromPort: '22',
        toPort: '22',
        groups: { item: [{ userId: '123456789012', groupId: id }] },
        ipRanges: { item: [{ cidrIp: '10.0.0.0/8' }, { cidrIp: '192.0.2.0/24', description: 'office' }] },
        ipv6Ranges: { item: [{ cidrIpv6: '2001:db8::/32' }] },
        prefixListIds: { item: [{ prefixListId: list }] },
      },
      {
        ipProtocol: 'udp',
        fromPort: '53',
        toPort: '53',
        groups: '',
        ipRanges: { item: [{ cidrIp: '10.0.0.0/8' }] },
        ipv6Ranges: '',
        prefixListIds: '',
      },
    ])
  })

  test('share one -1 permission in the order added', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    await authorizeEgress(aws, id, ['-1', '10.0.0.0/24'])
    const { ipPermissionsEgress } = await describeGroup(aws, id)
    expect(ipPermissionsEgress.item).toHaveLength(1)
    expect(ipPermissionsEgress.item[0].ipRanges.item).toEqual([{ cidrIp: '0.0.0.0/0' }, { cidrIp: '10.0.0.0/24' }])
  })

  test('are printed with ports where the protocol has them', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    await authorize(
      aws,
      id,
      ['tcp 80-90', '10.0.0.0/8'],
      ['icmp 8/-1', '10.0.0.0/8'],
      ['icmpv6', '::/0'],
      ['50', '10.0.0.0/8'],
      ['-1', '10.0.0.0/8'],
    )
    const { ipPermissions } = await describeGroup(aws, id)
    const ports = ipPermissions.item.map(({ ipProtocol, fromPort, toPort }: Record<string, string>) => [
      ipProtocol,
      fromPort,
      toPort,
    ])
    expect(ports).toEqual([
      ['tcp', '80', '90'],
      ['icmp', '8', '-1'],
      ['icmpv6', '-1', '-1'],
      ['50', undefined, undefined],
      ['-1', undefined, undefined],
    ])
  })
})

test('the default group of a VPC lets in what carries it and lets everything out', async () => {
  const aws = await cloud()
  const id = await idOfDefaultGroup(aws, await createVpc(aws))
  const group = await describeGroup(aws, id)
  expect(group).toMatchObject({ groupName: 'default', groupDescription: 'default VPC security group' })
  const nothing = { ipRanges: '', ipv6Ranges: '', prefixListIds: '' }
  expect(group.ipPermissions.item).toEqual([
    { ipProtocol: '-1', ...nothing, groups: { item: [{ userId: '123456789012', groupId: id }] } },
  ])
  expect(group.ipPermissionsEgress.item).toEqual([
    { ipProtocol: '-1', ...nothing, groups: '', ipRanges: { item: [{ cidrIp: '0.0.0.0/0' }] } },
  ])
})

describe('groups are found', () => {
  let aws: Cloud
  let defaultVpc: string
  let vpc: string
  let web: string
  let db: string
  let list: string

  beforeAll(async () => {
    aws = await cloud()
    defaultVpc = await defaultVpcOf(aws)
    vpc = await createVpc(aws)
    list = await createPrefixList(aws)
    web = await createGroup(aws, 'web')
    db = await createGroup(aws, 'db', vpc)
    await authorize(
      aws,
      web,
      ['tcp 80-90', '10.0.0.0/8'],
      ['udp 53', '2001:db8::/32'],
      ['tcp 443', list],
      ['icmp 8/0', web],
    )
    await authorizeEgress(aws, web, ['tcp 5432', web], ['tcp 6379', '192.0.2.0/24', '2001:db8:1::/48', list])
    await authorize(aws, db, ['tcp 5432', '10.1.0.0/16'], ['50', '10.0.0.0/8'], ['tcp 22', db])
    await aws.call('CreateTags', { 'ResourceId.1': web, 'Tag.1.Key': 'team', 'Tag.1.Value': 'net' })
  })

  async function found(...given: Filter[]): Promise<string[]> {
    const { securityGroupInfo } = await aws.call('DescribeSecurityGroups', filters(...given))
    return (securityGroupInfo.item ?? []).map(({ groupName, vpcId }: Record<string, string>) =>
      groupName === 'default' ? `default of ${vpcId === vpc ? 'vpc' : 'default vpc'}` : groupName,
    )
  }

  test.each([
    ['description', 'web tier', ['web']],
    ['group-name', 'db', ['db']],
    ['group-name', 'DB', []],
    ['group-name', 'd*', ['db', 'default of default vpc', 'default of vpc']],
    ['owner-id', '123456789012', ['db', 'default of default vpc', 'default of vpc', 'web']],
    ['owner-id', '000000000000', []],
    ['tag:team', 'net', ['web']],
    ['tag:team', 'NET', []],
    ['tag:Team', 'net', []],
    ['tag-key', 'team', ['web']],
    ['ip-permission.cidr', '10.0.0.0/8', ['db', 'web']],
    ['ip-permission.cidr', '10.2.0.0/16', []],
    ['ip-permission.ipv6-cidr', '2001:db8::/32', ['web']],
    ['ip-permission.from-port', '80', ['web']],
    ['ip-permission.to-port', '90', ['web']],
    ['ip-permission.from-port', '85', []],
    ['ip-permission.group-name', 'web', ['web']],
    ['ip-permission.group-name', 'default', ['default of default vpc', 'default of vpc']],
    ['ip-permission.protocol', 'udp', ['web']],
    ['ip-permission.protocol', '17', ['web']],
    ['ip-permission.protocol', '50', ['db']],
    ['ip-permission.protocol', '-1', ['default of default vpc', 'default of vpc']],
    ['ip-permission.user-id', '123456789012', ['db', 'default of default vpc', 'default of vpc', 'web']],
    ['egress.ip-permission.cidr', '192.0.2.0/24', ['web']],
    ['egress.ip-permission.ipv6-cidr', '2001:db8:1::/48', ['web']],
    ['egress.ip-permission.from-port', '5432', ['web']],
    ['egress.ip-permission.to-port', '6379', ['web']],
    ['egress.ip-permission.group-name', 'web', ['web']],
    ['egress.ip-permission.protocol', 'tcp', ['web']],
    ['egress.ip-permission.protocol', '-1', ['db', 'default of default vpc', 'default of vpc', 'web']],
    ['egress.ip-permission.user-id', '123456789012', ['web']],
  ])('by %s = %s', async (name, value, expected) => {
    expect((await found([name, value])).sort()).toEqual(expected)
  })

  test('by the ids of VPCs, groups and prefix lists', async () => {
    expect((await found(['vpc-id', vpc])).sort()).toEqual(['db', 'default of vpc'])
    expect((await found(['vpc-id', vpc, defaultVpc])).sort()).toHaveLength(4)
    expect(await found(['group-id', web])).toEqual(['web'])
    expect(await found(['ip-permission.group-id', web])).toEqual(['web'])
    expect(await found(['egress.ip-permission.group-id', db])).toEqual([])
    expect(await found(['egress.ip-permission.group-id', web])).toEqual(['web'])
    expect(await found(['ip-permission.prefix-list-id', list])).toEqual(['web'])
    expect(await found(['egress.ip-permission.prefix-list-id', list])).toEqual(['web'])
    expect(await found(['vpc-id', 'vpc-00000000'])).toEqual([])
    expect(await found(['group-id', 'foobar'])).toEqual([])
  })

  test('by filters that different rules of a group meet', async () => {
    expect(await found(['ip-permission.from-port', '80'], ['ip-permission.ipv6-cidr', '2001:db8::/32'])).toEqual([
      'web',
    ])
    expect(await found(['ip-permission.from-port', '80'], ['ip-permission.cidr', '10.1.0.0/16'])).toEqual([])
  })

  test('by any of the values of all of the filters', async () => {
    expect((await found(['group-name', 'web', 'db'])).sort()).toEqual(['db', 'web'])
    expect(await found(['group-name', 'web', 'db'], ['vpc-id', vpc])).toEqual(['db'])
  })

  test('by ids, names and filters together', async () => {
    const parameters = { 'GroupId.1': web, 'GroupId.2': db, 'GroupName.1': 'web' }
    const both = await aws.call('DescribeSecurityGroups', parameters)
    expect(both.securityGroupInfo.item).toEqual([expect.objectContaining({ groupId: web })])
    const none = await aws.call('DescribeSecurityGroups', { ...parameters, ...filters(['vpc-id', vpc]) })
    expect(none.securityGroupInfo).toBe('')
  })

  test('once, however often they are named', async () => {
    const { securityGroupInfo } = await aws.call('DescribeSecurityGroups', { 'GroupId.1': web, 'GroupId.2': web })
    expect(securityGroupInfo.item).toHaveLength(1)
  })

  test.each([
    [{ 'GroupId.1': 'sg-00000000' }, 'InvalidGroup.NotFound', "The security group 'sg-00000000' does not exist"],
    [{ 'GroupId.1': 'web' }, 'InvalidGroupId.Malformed', 'Invalid id: "web" (expecting "sg-...")'],
    [{ 'Filter.1.Name': 'vpc-id', 'Filter.1.Value.1': 'foobar' }, 'InvalidParameterValue', 'vpc-id'],
    [{ 'Filter.1.Name': 'vpc', 'Filter.1.Value.1': 'x' }, 'InvalidParameterValue', "The filter 'vpc' is invalid"],
    [
      { 'Filter.1.Name': 'Group-Name', 'Filter.1.Value.1': 'x' },
      'InvalidParameterValue',
      "The filter 'Group-Name' is invalid",
    ],
  ])('or %o is refused', async (parameters, code, message) => {
    expect(await aws.refusal('DescribeSecurityGroups', parameters)).toEqual({ status: 400, code, message })
  })

  test('or one unknown id among known ones refuses the call', async () => {
    const parameters = { 'GroupId.1': web, 'GroupId.2': 'sg-00000000' }
    expect(await aws.refusal('DescribeSecurityGroups', parameters)).toMatchObject({ code: 'InvalidGroup.NotFound' })
  })

  test('by GroupName in the default VPC only, where an id is a name like any other', async () => {
    for (const name of ['db', web]) {
      expect(await aws.refusal('DescribeSecurityGroups', { 'GroupName.1': name })).toEqual({
        status: 400,
        code: 'InvalidGroup.NotFound',
        message: `The security group '${name}' does not exist in default VPC '${defaultVpc}'`,
      })
    }
  })
})
