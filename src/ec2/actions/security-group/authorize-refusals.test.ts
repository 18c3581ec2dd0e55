import { describe, expect, test } from 'vitest'
import { cloud, type WireParameters } from '../../../../test/cloud.ts'
import {
  authorize,
  createGroup,
  createPrefixList,
  createVpc,
  defaultVpcOf,
  describeGroup,
  type Permission,
  permissions,
} from '../../../../test/groups.ts'

const value = 'InvalidParameterValue'
const both = 'Invalid value for portRange. Must specify both from and to ports with '
const explicit = "Invalid value 'null' for protocol. VPC security group rules must specify protocols explicitly."
const description =
  'Invalid rule description. Valid descriptions are strings less than 256 characters from the following set: a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*'
const source = 'Missing source specification: include source security group or CIDR information'
const tag = { 'TagSpecification.1.Tag.1.Key': 'a', 'TagSpecification.1.Tag.1.Value': 'b' }

const badPermissions: readonly (readonly [Permission, string, string])[] = [
  [['all', '10.0.0.0/8'], value, "Invalid value 'all' for IP protocol. Unknown protocol."],
  [['esp', '10.0.0.0/8'], value, "Invalid value 'esp' for IP protocol. Unknown protocol."],
  [['256', '10.0.0.0/8'], value, "Invalid value '256' for IP protocol. Unknown protocol."],
  [['-2', '10.0.0.0/8'], value, "Invalid value '-2' for IP protocol. Unknown protocol."],
  [['constructor', '10.0.0.0/8'], value, "Invalid value 'constructor' for IP protocol. Unknown protocol."],
  [['', '10.0.0.0/8'], value, explicit],
  [['tcp', '10.0.0.0/8'], value, `${both}TCP/UDP.`],
  [['udp', '10.0.0.0/8'], value, `${both}TCP/UDP.`],
  [['icmp', '10.0.0.0/8'], value, `${both}ICMP.`],
  [['tcp -1', '10.0.0.0/8'], value, 'TCP/UDP (from) port (-1) out of range'],
  [['tcp 0/-1', '10.0.0.0/8'], value, 'TCP/UDP (to) port (-1) out of range'],
  [['udp 0-70000', '10.0.0.0/8'], value, 'TCP/UDP (to) port (70000) out of range'],
  [['tcp 90-80', '10.0.0.0/8'], value, 'Invalid TCP/UDP port range (90:80)'],
  [['icmp 8/65535', '10.0.0.0/8'], value, 'ICMP code (65535) out of range'],
  [['icmp 256/0', '10.0.0.0/8'], value, 'ICMP type (256) out of range'],
  [['icmp -2/0', '10.0.0.0/8'], value, 'ICMP type (-2) out of range'],
  [['icmp -1/0', '10.0.0.0/8'], value, 'ICMP code (0) may not be specified for all ICMP types'],
  [['icmpv6 -1/4', '::/0'], value, 'ICMP code (4) may not be specified for all ICMP types'],
  [['tcp 22', '10.0.0.0'], value, 'CIDR block 10.0.0.0 is malformed'],
  [['tcp 22', '10.0.0.0/33'], value, 'CIDR block 10.0.0.0/33 is malformed'],
  [['tcp 22', '10.0.0/8'], value, 'CIDR block 10.0.0/8 is malformed'],
  [['tcp 22', '010.0.0.0/8'], value, 'CIDR block 010.0.0.0/8 is malformed'],
  [['tcp 22', ''], value, 'CIDR block  is malformed'],
  [['tcp 22', '2001:db8::/129'], value, 'CIDR block 2001:db8::/129 is malformed'],
  [['tcp 22', { peer: '10.0.0.0/8', description: "it's" }], value, description],
  [['tcp 22', { peer: '10.0.0.0/8', description: 'x'.repeat(256) }], value, description],
  [['tcp 22', { peer: '10.0.0.0/8', description: 'größe' }], value, description],
  [['tcp 22'], 'MissingParameter', source],
  [['tcp 22', 'sg-00000000'], 'InvalidGroup.NotFound', "The security group 'sg-00000000' does not exist"],
  [['tcp 22', 'sg-web'], 'InvalidGroupId.Malformed', 'Invalid id: "sg-web" (expecting "sg-...")'],
  [['tcp 22', 'pl-00000000'], 'InvalidPrefixListID.NotFound', "The prefix list ID 'pl-00000000' does not exist"],
  [['tcp 22', 'pl-foobar'], 'InvalidPrefixListId.Malformed', 'Invalid id: "pl-foobar" (expecting "pl-...")'],
  [['tcp 22', '10.0.0.0/8', '10.0.0.0/8'], value, 'The same permission must not appear multiple times'],
  [['tcp 22', '10.0.0.1/8', '10.0.0.0/8'], value, 'The same permission must not appear multiple times'],
]

describe.each(['AuthorizeSecurityGroupIngress', 'AuthorizeSecurityGroupEgress'])('%s', (action) => {
  test.each(badPermissions)('refuses %j', async (permission, code, message) => {
    const aws = await cloud()
    const parameters = { GroupId: await createGroup(aws), ...permissions(permission) }
    expect(await aws.refusal(action, parameters)).toEqual({ status: 400, code, message })
  })

  test('refuses one bad permission and none of the good ones beside it is kept', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    const before = await describeGroup(aws, id)
    const parameters = { GroupId: id, ...permissions(['tcp 22', '10.0.0.0/8'], ['tcp 23', 'pl-00000000']) }
    expect(await aws.refusal(action, parameters)).toMatchObject({ code: 'InvalidPrefixListID.NotFound' })
    expect(await describeGroup(aws, id)).toEqual(before)
  })

  test('refuses the same rule spelled in two permissions', async () => {
    const aws = await cloud()
    const twice = permissions(['TCP 22', '10.0.0.0/8'], ['6 22', { peer: '10.255.0.0/8', description: 'again' }])
    expect(await aws.refusal(action, { GroupId: await createGroup(aws), ...twice })).toEqual({
      status: 400,
      code: value,
      message: 'The same permission must not appear multiple times',
    })
  })

  const others: readonly (readonly [string, WireParameters, string, string])[] = [
    ['no permission', {}, 'MissingParameter', 'The request must contain the parameter ipPermissions'],
    ['no protocol', { 'IpPermissions.1.IpRanges.1.CidrIp': '10.0.0.0/8' }, value, explicit],
    [
      'a permission of descriptions only',
      { 'IpPermissions.1.IpProtocol': '-1', 'IpPermissions.1.IpRanges.1.Description': 'x' },
      'MissingParameter',
      source,
    ],
    [
      'an owner without a group',
      { 'IpPermissions.1.IpProtocol': '-1', 'IpPermissions.1.Groups.1.UserId': '123456789012' },
      'MissingParameter',
      'Source group ID missing.',
    ],
    [
      'IPv6 text as an IPv4 range',
      { 'IpPermissions.1.IpProtocol': '-1', 'IpPermissions.1.IpRanges.1.CidrIp': '::/0' },
      value,
      'CIDR block ::/0 is malformed',
    ],
    [
      'IPv4 text as an IPv6 range',
      { 'IpPermissions.1.IpProtocol': '-1', 'IpPermissions.1.Ipv6Ranges.1.CidrIpv6': '0.0.0.0/0' },
      value,
      'CIDR block 0.0.0.0/0 is malformed',
    ],
    [
      'a port that is no number',
      { 'IpPermissions.1.IpProtocol': 'tcp', 'IpPermissions.1.FromPort': 'ssh' },
      value,
      'Value (ssh) for parameter fromPort is invalid. Expected an integer.',
    ],
    [
      'tags for another type',
      { ...permissions(['-1', '10.0.0.0/8']), ...tag, 'TagSpecification.1.ResourceType': 'security-group' },
      'InvalidParameter',
      "'security-group' is not a valid taggable resource type for this operation.",
    ],
  ]

  test.each(others)('refuses %s', async (_, parameters, code, message) => {
    const aws = await cloud()
    const group = { GroupId: await createGroup(aws) }
    expect(await aws.refusal(action, { ...group, ...parameters })).toEqual({ status: 400, code, message })
  })

  test.each([
    [
      'an unknown group',
      { GroupId: 'sg-00000000' },
      'InvalidGroup.NotFound',
      "The security group 'sg-00000000' does not exist",
    ],
    [
      'an id that is none',
      { GroupId: 'foobar' },
      'InvalidGroupId.Malformed',
      'Invalid id: "foobar" (expecting "sg-...")',
    ],
  ])('refuses %s', async (_, group, code, message) => {
    const aws = await cloud()
    const parameters = { ...group, ...permissions(['-1', '10.0.0.0/8']) }
    expect(await aws.refusal(action, parameters)).toEqual({ status: 400, code, message })
  })

  test('refuses a group of an unrelated VPC', async () => {
    const aws = await cloud()
    const stranger = await createGroup(aws, 'stranger', await createVpc(aws))
    const parameters = { GroupId: await createGroup(aws), ...permissions(['tcp 22', stranger]) }
    expect(await aws.refusal(action, parameters)).toEqual({
      status: 400,
      code: 'InvalidGroup.NotFound',
      message: 'You have specified two resources that belong to different networks.',
    })
  })

  test('refuses the group of an owner who has none here', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    const parameters = {
      GroupId: id,
      ...permissions(['tcp 22', id]),
      'IpPermissions.1.Groups.1.UserId': '111122223333',
    }
    expect(await aws.refusal(action, parameters)).toEqual({
      status: 400,
      code: 'InvalidGroup.NotFound',
      message: `The security group '${id}' does not exist`,
    })
  })

  test('refuses a peer by name outside the default VPC', async () => {
    const aws = await cloud()
    const id = await createGroup(aws, 'web', await createVpc(aws))
    const parameters = { 'IpPermissions.1.IpProtocol': '-1', 'IpPermissions.1.Groups.1.GroupName': 'web' }
    expect(await aws.refusal(action, { GroupId: id, ...parameters })).toEqual({
      status: 400,
      code: value,
      message:
        "Invalid value 'web' for groupName. You may not reference Amazon VPC security groups by name. Please use the corresponding id for this operation.",
    })
  })
})

describe('a rule that is there already is refused', () => {
  test.each([
    [['tcp 80-90', '10.0.0.0/8'], 'peer: 10.0.0.0/8, TCP, from port: 80, to port: 90, ALLOW'],
    [['udp 53', '2001:db8::/32'], 'peer: 2001:db8::/32, UDP, from port: 53, to port: 53, ALLOW'],
    [['icmp 8/-1', '10.0.0.0/8'], 'peer: 10.0.0.0/8, ICMP, from port: 8, to port: -1, ALLOW'],
    [['icmpv6', '::/0'], 'peer: ::/0, ICMPv6, from port: -1, to port: -1, ALLOW'],
    [['-1', '0.0.0.0/0'], 'peer: 0.0.0.0/0, ALL, ALLOW'],
    [['50', '0.0.0.0/0'], 'peer: 0.0.0.0/0, protocol: 50, ALLOW'],
  ] as const)('%j', async (permission, rule) => {
    const aws = await cloud()
    const id = await createGroup(aws)
    await authorize(aws, id, permission)
    const parameters = { GroupId: id, ...permissions(permission) }
    expect(await aws.refusal('AuthorizeSecurityGroupIngress', parameters)).toEqual({
      status: 400,
      code: 'InvalidPermission.Duplicate',
      message: `the specified rule "${rule}" already exists`,
    })
  })

  test('with a group or a prefix list named by its id', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    const list = await createPrefixList(aws)
    for (const peer of [id, list]) {
      await authorize(aws, id, ['tcp 22', peer])
      expect(
        await aws.refusal('AuthorizeSecurityGroupIngress', { GroupId: id, ...permissions(['tcp 22', peer]) }),
      ).toMatchObject({
        message: `the specified rule "peer: ${peer}, TCP, from port: 22, to port: 22, ALLOW" already exists`,
      })
    }
  })

  test.each([
    ['with host bits', ['tcp 22', '10.0.0.0/8'], ['tcp 22', '10.9.9.9/8']],
    [
      'with another description',
      ['tcp 22', { peer: '10.0.0.0/8', description: 'a' }],
      ['tcp 22', { peer: '10.0.0.0/8', description: 'b' }],
    ],
    ['by the number of its protocol', ['tcp 22', '10.0.0.0/8'], ['6 22', '10.0.0.0/8']],
    ['in other letters', ['tcp 22', '2001:db8::/32'], ['TCP 22', '2001:0DB8:0::/32']],
    ['with ports that its protocol has not', ['-1 0/0', '10.0.0.0/8'], ['-1 22/23', '10.0.0.0/8']],
    ['with ports that its protocol number has not', ['50 1/1', '10.0.0.0/8'], ['50', '10.0.0.0/8']],
  ] as const)('even spelled %s', async (_, first, second) => {
    const aws = await cloud()
    const id = await createGroup(aws)
    await authorize(aws, id, first)
    expect(await aws.refusal('AuthorizeSecurityGroupIngress', { GroupId: id, ...permissions(second) })).toMatchObject({
      code: 'InvalidPermission.Duplicate',
    })
  })

  test('but not in the other direction', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    await authorize(aws, id, ['tcp 22', '10.0.0.0/8'])
    await aws.call('AuthorizeSecurityGroupEgress', { GroupId: id, ...permissions(['tcp 22', '10.0.0.0/8']) })
  })
})

test('an egress call needs the id of its group', async () => {
  const aws = await cloud()
  await createGroup(aws, 'web')
  const parameters = { GroupName: 'web', ...permissions(['-1', '10.0.0.0/8']) }
  expect(await aws.refusal('AuthorizeSecurityGroupEgress', parameters)).toEqual({
    status: 400,
    code: 'MissingParameter',
    message: 'The request must contain the parameter groupId',
  })
})

test('a group of another VPC is not found by its name', async () => {
  const aws = await cloud()
  const vpc = await defaultVpcOf(aws)
  await createGroup(aws, 'web', await createVpc(aws))
  const parameters = { GroupName: 'web', ...permissions(['-1', '10.0.0.0/8']) }
  expect(await aws.refusal('AuthorizeSecurityGroupIngress', parameters)).toEqual({
    status: 400,
    code: 'InvalidGroup.NotFound',
    message: `The security group 'web' does not exist in default VPC '${vpc}'`,
  })
})
