import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyStructure, everyAction, type Structure } from '../../test/ec2-shapes.ts'
import { encodeInput } from '../ec2/protocol/encode-input.ts'
import { inputShapeOf } from '../ec2/protocol/shape.ts'
import type { ActionName } from '../ec2/protocol/types.generated.ts'
import { requestOf } from './aws.ts'
import { formatCommand } from './format-command.ts'
import { base64Of } from './input/base64.ts'
import { parseScript } from './parse/shell-words.ts'

/** What the terminal would ask EC2 for, as parameters on the wire. */
function read(line: string): unknown {
  const [command, ...others] = parseScript(line)
  const words = command?.words.map((word) => word.map((part) => (part.kind === 'text' ? part.text : '?')).join(''))
  if (others.length > 0 || !words) throw new Error(`not one command: ${line}`)
  const request = requestOf(words.slice(2))
  if (!('input' in request)) throw new Error(`no request: ${line}`)
  return encodeInput(request.operation.action, request.input)
}

const rule = { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }

describe('the line of an input', () => {
  const lines: readonly (readonly [ActionName, object, string])[] = [
    [
      'CreateSecurityGroup',
      { GroupName: 'web', Description: 'web servers', VpcId: 'vpc-1' },
      "aws ec2 create-security-group --description 'web servers' --group-name web --vpc-id vpc-1",
    ],
    [
      'AuthorizeSecurityGroupIngress',
      { GroupId: 'sg-1', IpPermissions: [rule] },
      'aws ec2 authorize-security-group-ingress --group-id sg-1 --protocol tcp --port 80 --cidr 0.0.0.0/0',
    ],
    [
      'RevokeSecurityGroupEgress',
      { GroupId: 'sg-1', IpPermissions: [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: 'sg-2' }] }] },
      'aws ec2 revoke-security-group-egress --group-id sg-1 --protocol -1 --source-group sg-2',
    ],
    [
      'AuthorizeSecurityGroupIngress',
      {
        GroupId: 'sg-1',
        IpPermissions: [{ ...rule, IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'the office, 2nd' }] }],
      },
      'aws ec2 authorize-security-group-ingress --group-id sg-1 --ip-permissions ' +
        '\'IpProtocol=tcp,FromPort=80,ToPort=80,IpRanges=[{CidrIp=10.0.0.0/8,Description="the office, 2nd"}]\'',
    ],
    [
      'DescribeVpcs',
      { Filters: [{ Name: 'vpc-id', Values: ['vpc-1', 'vpc-2'] }], DryRun: false },
      'aws ec2 describe-vpcs --filters Name=vpc-id,Values=vpc-1,vpc-2 --no-dry-run',
    ],
    ['DescribeVpcs', { VpcIds: ['--x', 'vpc-1'] }, `aws ec2 describe-vpcs --vpc-ids '["--x","vpc-1"]'`],
    ['DeleteSecurityGroup', { GroupName: '--web' }, 'aws ec2 delete-security-group --group-name=--web'],
    [
      'DeleteSecurityGroup',
      { GroupName: 'file://x', DryRun: true },
      `aws ec2 delete-security-group --dry-run --cli-input-json '{"GroupName":"file://x"}'`,
    ],
    [
      'CreateNetworkAclEntry',
      { NetworkAclId: 'acl-1', RuleNumber: 100, Protocol: '6', RuleAction: 'allow', Egress: false },
      'aws ec2 create-network-acl-entry --network-acl-id acl-1 --rule-number 100 --protocol 6 --rule-action allow --ingress',
    ],
    [
      'ModifyVpcAttribute',
      { VpcId: 'vpc-1', EnableDnsSupport: { Value: false } },
      'aws ec2 modify-vpc-attribute --vpc-id vpc-1 --no-enable-dns-support',
    ],
    [
      'RunInstances',
      { MinCount: 2, MaxCount: 3, UserData: base64Of("it's up"), DisableApiTermination: false },
      `aws ec2 run-instances --enable-api-termination --count 2:3 --user-data 'it'\\''s up'`,
    ],
    [
      'CreateTags',
      { Resources: ['sg-1'], Tags: [{ Key: 'say', Value: '"hi"' }] },
      `aws ec2 create-tags --resources sg-1 --tags '[{"Key":"say","Value":"\\"hi\\""}]'`,
    ],
  ]

  test.each(lines)('%s %j', (action, input, line) => {
    expect(formatCommand(action, input)).toBe(line)
    expect(read(line)).toEqual(encodeInput(action, input))
  })

  test('user data that is no text is left to a file', () => {
    const line = formatCommand('RunInstances', { MinCount: 1, MaxCount: 1, UserData: '/w==' })
    expect(line).toBe('aws ec2 run-instances --user-data fileb://user-data')
  })

  test.each(everyAction)('%s: what the line says is the input', (action) => {
    fc.assert(
      fc.property(anyStructure(inputShapeOf(action)), (structure) => {
        const input = asCliSends(action, structure)
        expect(read(formatCommand(action, input))).toEqual(encodeInput(action, input))
      }),
      { numRuns: 40 },
    )
  })
})

/** Inputs that the CLI can send: it encodes user data itself, and moves members into an interface that it is told of. */
function asCliSends(action: ActionName, structure: Structure): Structure {
  if (/^(Create|Replace)NetworkAclEntry$/.test(action)) return { ...structure, Protocol: '17' }
  if (action !== 'RunInstances') return structure
  const { NetworkInterfaces, UserData, ...rest } = structure
  const data = UserData === undefined ? {} : { UserData: base64Of(String(UserData)) }
  const moved = ['SubnetId', 'SecurityGroupIds', 'PrivateIpAddress', 'Ipv6AddressCount', 'Ipv6Addresses']
  const isMoved = moved.some((name) => structure[name] !== undefined)
  return { ...rest, ...data, ...(isMoved || NetworkInterfaces === undefined ? {} : { NetworkInterfaces }) }
}
