import { describe, expect, test } from 'vitest'
import { type Body, cloud, type WireParameters } from '../../../../test/cloud.ts'
import { createGroup, createVpc, permissions, rulesOf } from '../../../../test/groups.ts'

const ssh = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '10.0.0.0/8' }

describe('the shortcuts of ingress calls', () => {
  test('make one IPv4 rule', async () => {
    const aws = await cloud()
    const id = await createGroup(aws, 'web')
    const answer = await aws.call('AuthorizeSecurityGroupIngress', { GroupName: 'web', ...ssh })
    expect(answer.securityGroupRuleSet.item).toEqual([
      expect.objectContaining({ groupId: id, ipProtocol: 'tcp', fromPort: '22', toPort: '22', cidrIpv4: '10.0.0.0/8' }),
    ])
  })

  test('take one back', async () => {
    const aws = await cloud()
    const id = await createGroup(aws)
    await aws.call('AuthorizeSecurityGroupIngress', { GroupId: id, ...ssh })
    const answer = await aws.call('RevokeSecurityGroupIngress', { GroupId: id, ...ssh })
    expect(answer.revokedSecurityGroupRuleSet.item).toHaveLength(1)
  })

  test('open all of TCP, UDP and ICMP to a source group', async () => {
    const aws = await cloud()
    const [web, db] = [await createGroup(aws, 'web'), await createGroup(aws, 'db')]
    const source = { SourceSecurityGroupName: 'web', SourceSecurityGroupOwnerId: '123456789012' }
    const { securityGroupRuleSet } = await aws.call('AuthorizeSecurityGroupIngress', { GroupId: db, ...source })
    const rules = securityGroupRuleSet.item.map(({ ipProtocol, fromPort, toPort, referencedGroupInfo }: Body) =>
      [ipProtocol, fromPort, toPort, referencedGroupInfo.groupId].join(' '),
    )
    expect(rules).toEqual([`tcp 0 65535 ${web}`, `udp 0 65535 ${web}`, `icmp -1 -1 ${web}`])
    await aws.call('RevokeSecurityGroupIngress', { GroupId: db, ...source })
    expect(await rulesOf(aws, db)).toHaveLength(1)
  })

  const exclusive = (first: string, second: string) =>
    `The parameter ${first} cannot be used with the parameter ${second}`
  test.each<[string, WireParameters, string, string]>([
    [
      'beside IpPermissions',
      { ...permissions(['udp 53', '10.0.0.0/8']), CidrIp: '10.0.0.0/8' },
      'InvalidParameterCombination',
      exclusive('ipPermissions', 'cidrIp'),
    ],
    [
      'beside a source group',
      { ...ssh, SourceSecurityGroupName: 'web' },
      'InvalidParameterCombination',
      exclusive('sourceSecurityGroupName', 'ipProtocol'),
    ],
    [
      'with a source owner and no group',
      { SourceSecurityGroupOwnerId: '123456789012' },
      'MissingParameter',
      'Source group ID missing.',
    ],
    [
      'without a protocol',
      { CidrIp: '10.0.0.0/8' },
      'InvalidParameterValue',
      "Invalid value 'null' for protocol. VPC security group rules must specify protocols explicitly.",
    ],
    [
      'without a source',
      { IpProtocol: '-1' },
      'MissingParameter',
      'Missing source specification: include source security group or CIDR information',
    ],
    ['with a bad CIDR', { ...ssh, CidrIp: '10.0.0.0' }, 'InvalidParameterValue', 'CIDR block 10.0.0.0 is malformed'],
  ])('are refused %s', async (_, parameters, code, message) => {
    const aws = await cloud()
    const group = { GroupId: await createGroup(aws, 'web') }
    for (const action of ['AuthorizeSecurityGroupIngress', 'RevokeSecurityGroupIngress']) {
      expect(await aws.refusal(action, { ...group, ...parameters })).toEqual({ status: 400, code, message })
    }
  })

  test('name no source group outside the default VPC', async () => {
    const aws = await cloud()
    const GroupId = await createGroup(aws, 'web', await createVpc(aws))
    const parameters = { GroupId, SourceSecurityGroupName: 'web' }
    expect(await aws.refusal('AuthorizeSecurityGroupIngress', parameters)).toMatchObject({
      code: 'InvalidParameterValue',
      message: expect.stringContaining('You may not reference Amazon VPC security groups by name.'),
    })
  })

  test('must name a source group that is there', async () => {
    const aws = await cloud()
    const parameters = { GroupId: await createGroup(aws, 'web'), SourceSecurityGroupName: 'db' }
    expect(await aws.refusal('AuthorizeSecurityGroupIngress', parameters)).toMatchObject({
      code: 'InvalidGroup.NotFound',
      message: expect.stringContaining("The security group 'db' does not exist in default VPC"),
    })
  })
})

test.each([
  ['IpProtocol', 'ipProtocol'],
  ['FromPort', 'fromPort'],
  ['ToPort', 'toPort'],
  ['CidrIp', 'cidrIp'],
  ['SourceSecurityGroupName', 'sourceSecurityGroupName'],
  ['SourceSecurityGroupOwnerId', 'sourceSecurityGroupOwnerId'],
])('egress calls have no shortcut %s', async (member, name) => {
  const aws = await cloud()
  const parameters = { GroupId: await createGroup(aws), [member]: '1' }
  for (const action of ['AuthorizeSecurityGroupEgress', 'RevokeSecurityGroupEgress']) {
    expect(await aws.refusal(action, parameters)).toEqual({
      status: 400,
      code: 'InvalidParameterValue',
      message: `The parameter ${name} is not supported for outbound rules. Use ipPermissions instead.`,
    })
  }
})

test('the command line sends tcp with all ports as -1, which is refused', async () => {
  const aws = await cloud()
  const parameters = { GroupId: await createGroup(aws), ...permissions(['tcp -1/-1', '0.0.0.0/0']) }
  expect(await aws.refusal('AuthorizeSecurityGroupIngress', parameters)).toMatchObject({
    message: 'TCP/UDP (from) port (-1) out of range',
  })
})
