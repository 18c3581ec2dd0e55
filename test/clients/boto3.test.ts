import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ServerProcess, startServer } from '../server-process.ts'
import { hasBoto3, pythonLines } from './python.ts'
import { account } from './surroundings.ts'

interface Check {
  readonly check: string
  readonly seen: unknown
}

const everywhere = {
  IpProtocol: '-1',
  IpRanges: [{ CidrIp: '0.0.0.0/0' }],
  Ipv6Ranges: [],
  PrefixListIds: [],
  UserIdGroupPairs: [],
}

/** What walk.py sees on AWS, in its order. */
const checks: readonly Check[] = [
  { check: 'vpc', seen: ['available', false, 'default'] },
  { check: 'group resource', seen: ['web', 'web tier', true, account, []] },
  { check: 'new group', seen: [[], [everywhere]] },
  { check: 'groups of the VPC', seen: ['default', 'web'] },
  { check: 'created twice', seen: 'InvalidGroup.Duplicate' },
  {
    check: 'rule a peer',
    seen: [
      ['10.1.0.0/16', null, false],
      [null, '2001:db8::/32', false],
      [null, null, true],
    ],
  },
  {
    check: 'merged permission',
    seen: [
      1,
      [{ CidrIp: '10.1.0.0/16', Description: 'office' }, { CidrIp: '192.0.2.0/24' }],
      [{ CidrIpv6: '2001:db8::/32' }],
      [['GroupId', 'UserId']],
      [],
    ],
  },
  { check: 'duplicate', seen: 'InvalidPermission.Duplicate' },
  { check: 'referenced group', seen: 'DependencyViolation' },
  { check: 'modified rule', seen: [8443, 8443, false, []] },
  { check: 'described and tagged', seen: [[true, 'head office']] },
  { check: 'rule revoked', seen: true },
  { check: 'revoked twice', seen: 'InvalidSecurityGroupRuleId.NotFound' },
  { check: 'revoked by wrong properties', seen: 'InvalidPermission.NotFound' },
  { check: 'permissions as described are revoked', seen: true },
  { check: 'no egress left', seen: [] },
  { check: 'pages of rules', seen: [[5, 5, 5], 15] },
  { check: 'tokens of the pages', seen: [true, true, false] },
  { check: 'limited items', seen: [7, true] },
  { check: 'too few results', seen: 'ParamValidationError' },
  { check: 'new prefix list', seen: ['create-in-progress', 1, 3, 'IPv4'] },
  { check: 'old version', seen: 'PrefixListVersionMismatch' },
  { check: 'entries', seen: [[{ Cidr: '10.8.0.0/16' }], [{ Cidr: '10.9.0.0/16', Description: 'new' }]] },
  { check: 'associations', seen: [true] },
  { check: 'modified prefix list', seen: ['modify-complete', 2, false] },
  { check: 'deleted prefix list', seen: 'InvalidPrefixListID.NotFound' },
  { check: 'prefix list of AWS', seen: [['com.amazonaws.us-east-1.s3', true]] },
  { check: 'interface', seen: ['available', '10.0.1.20', 'walk', true, 'interface', ['web'], []] },
  { check: 'interfaces of a group', seen: [['app', 'web']] },
  { check: 'group in use', seen: 'DependencyViolation' },
  { check: 'unknown group', seen: 'InvalidGroup.NotFound' },
  { check: 'instance', seen: ['running', ['app'], true, 1] },
  { check: 'instance in another group', seen: ['web'] },
  { check: 'attachment', seen: true },
  { check: 'attached interface', seen: ['in-use', 1] },
  { check: 'deleted interface', seen: 'InvalidNetworkInterfaceID.NotFound' },
  { check: 'VPC with groups', seen: 'DependencyViolation' },
  { check: 'deleted group', seen: 'InvalidGroup.NotFound' },
  { check: 'default group', seen: ['CannotDelete'] },
  { check: 'deleted VPC', seen: 'InvalidVpcID.NotFound' },
  { check: 'dry run', seen: 'DryRunOperation' },
]

describe.skipIf(!hasBoto3)("boto3's walk", () => {
  let server: ServerProcess
  let walked: readonly unknown[] = []

  beforeAll(async () => {
    server = await startServer()
    walked = await pythonLines('walk.py', server.url)
  })

  afterAll(async () => {
    expect(await server.stop()).toBe(0)
  })

  test.each(checks.map((expected, index) => ({ ...expected, index })))('sees: $check', ({ index, check, seen }) => {
    expect(walked[index]).toEqual({ check, seen })
  })

  test('sees nothing else', () => {
    expect(walked).toHaveLength(checks.length)
  })
})
