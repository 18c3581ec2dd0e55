/** The query language's oddities, one by one (spec 1.1), and what is refused. */

import { describe, expect, test } from 'vitest'
import { Rejection } from '../../model/rejection.ts'
import { decodeInput, decodeQuery } from './query.ts'
import type { ActionName } from './types.generated.ts'

function decode<A extends ActionName>(action: A, text: string) {
  return decodeInput(action, decodeQuery(text))
}

function refusal(action: ActionName, text: string): string {
  try {
    decode(action, text)
  } catch (error) {
    if (error instanceof Rejection) return `${error.code}: ${error.message}`
    throw error
  }
  return 'accepted'
}

test('the example of the specification decodes to its permission', () => {
  const text = [
    'Action=AuthorizeSecurityGroupIngress&Version=2016-11-15&GroupId=sg-0a11',
    'IpPermissions.1.IpProtocol=tcp&IpPermissions.1.FromPort=443&IpPermissions.1.ToPort=443',
    'IpPermissions.1.IpRanges.1.CidrIp=10.1.0.0%2F16&IpPermissions.1.IpRanges.1.Description=office',
    'IpPermissions.1.Groups.1.GroupId=sg-0b22',
    'TagSpecification.1.ResourceType=security-group-rule',
    'TagSpecification.1.Tag.1.Key=team&TagSpecification.1.Tag.1.Value=net',
  ].join('&')
  expect(decode('AuthorizeSecurityGroupIngress', text)).toEqual({
    GroupId: 'sg-0a11',
    IpPermissions: [
      {
        IpProtocol: 'tcp',
        FromPort: 443,
        ToPort: 443,
        IpRanges: [{ CidrIp: '10.1.0.0/16', Description: 'office' }],
        UserIdGroupPairs: [{ GroupId: 'sg-0b22' }],
      },
    ],
    TagSpecifications: [{ ResourceType: 'security-group-rule', Tags: [{ Key: 'team', Value: 'net' }] }],
  })
})

describe('parameters', () => {
  test('keep their order, and a plus is a space', () => {
    const parameters = decodeQuery('b=1+2&a=%2B%C3%A9&&c&d==')
    expect([...parameters]).toEqual([
      ['b', '1 2'],
      ['a', '+é'],
      ['c', ''],
      ['d', '='],
    ])
  })

  test('of a presigned signature are no part of the action', () => {
    expect([...decodeQuery('X-Amz-Date=1&Action=CreateVpc&X-Amz-Signature=2').keys()]).toEqual(['Action'])
  })

  test('that the model does not know are ignored', () => {
    expect(decode('DescribeVpcs', 'Novelty=1&Filter.1.Novelty=2&VpcId.member.1=vpc-1&VpcId.01=vpc-2')).toEqual({
      Filters: [{}],
    })
  })

  test('named after parts of the prototype of objects do nothing', () => {
    const input = decode('DescribeVpcs', '__proto__.x=1&constructor.prototype.x=1&VpcId.__proto__=1&toString=1')
    expect(input).toEqual({})
    expect(Object.getPrototypeOf(input)).toBe(Object.prototype)
    expect('x' in {}).toBe(false)
  })
})

describe('lists', () => {
  test('close their gaps in the order of the indexes', () => {
    expect(decode('DescribeSecurityGroups', 'GroupId.10=c&GroupId.9=b&GroupId.2=a').GroupIds).toEqual(['a', 'b', 'c'])
  })

  test('that are said to be empty are absent, and the permission around them stays', () => {
    const text = 'GroupId=&IpPermissions.1.IpRanges=&IpPermissions.1.Groups='
    expect(decode('AuthorizeSecurityGroupIngress', text)).toEqual({ GroupId: '', IpPermissions: [{}] })
    expect(decode('DescribeSecurityGroups', 'GroupId=&Filter=')).toEqual({})
  })

  test('with ten thousand items decode', () => {
    const text = Array.from({ length: 10_000 }, (_, index) => `GroupId.${10_000 - index}=sg-${index}`).join('&')
    const ids = decode('DescribeSecurityGroups', text).GroupIds ?? []
    expect([ids.length, ids[0], ids.at(-1)]).toEqual([10_000, 'sg-9999', 'sg-0'])
  })
})

describe('values', () => {
  test('of booleans come in any case', () => {
    expect(decode('CreateVpc', 'DryRun=True').DryRun).toBe(true)
    expect(decode('CreateVpc', 'DryRun=FALSE').DryRun).toBe(false)
  })

  test('of attribute booleans stand under Value', () => {
    expect(decode('ModifyVpcAttribute', 'VpcId=vpc-1&EnableDnsSupport.Value=false')).toEqual({
      VpcId: 'vpc-1',
      EnableDnsSupport: { Value: false },
    })
  })

  test('of integers may be negative, and zero has no sign', () => {
    const input = decode('AuthorizeSecurityGroupIngress', 'FromPort=-1&ToPort=-0')
    expect([input.FromPort, input.ToPort]).toEqual([-1, 0])
  })

  test.each([
    ['2026-11-22T10:00:00Z', '2026-11-22T10:00:00.000Z'],
    ['2026-11-22T10:00:00.125Z', '2026-11-22T10:00:00.125Z'],
    ['2026-11-22T10:00:00%2B02:00', '2026-11-22T08:00:00.000Z'],
    ['2026-11-22T10:00:00', '2026-11-22T10:00:00.000Z'],
    ['2026-11-22', '2026-11-22T00:00:00.000Z'],
  ])('the time %s is %s', (text, expected) => {
    const key = 'InstanceMarketOptions.SpotOptions.ValidUntil'
    const input = decode('RunInstances', `MinCount=1&MaxCount=1&${key}=${text}`)
    expect(input.InstanceMarketOptions?.SpotOptions?.ValidUntil).toBe(Date.parse(expected))
  })

  test('of blobs stay base64', () => {
    const input = decode('ModifyInstanceAttribute', 'InstanceId=i-1&UserData.Value=aGk%3D')
    expect(input.UserData).toEqual({ Value: 'aGk=' })
  })
})

const until = 'MinCount=1&MaxCount=1&InstanceMarketOptions.SpotOptions.ValidUntil'
const notAnInteger = 'is invalid. Expected an integer.'
const notATime = 'for parameter validUntil is invalid. Expected an ISO 8601 time.'

test.each<readonly [ActionName, string, string]>([
  ['CreateVpc', 'CidrBlock=%', 'MalformedQueryString: The query string contains a malformed percent-encoding'],
  ['CreateVpc', 'CidrBlock=%C3%28', 'MalformedQueryString: The query string contains a malformed percent-encoding'],
  ['CreateVpc', '%ED%A0%80=1', 'MalformedQueryString: The query string contains a malformed percent-encoding'],
  ['CreateVpc', 'CidrBlock=a%00', 'MalformedQueryString: The query string contains a control character'],
  ['CreateVpc', 'CidrBlock=a\u0001', 'MalformedQueryString: The query string contains a control character'],
  ['CreateVpc', 'CidrBlock=%EF%BF%BF', 'MalformedQueryString: The query string contains a control character'],
  ['CreateVpc', 'A=1&A=2', 'MalformedQueryString: The parameter A is given more than once'],
  ['CreateVpc', 'a.b.c.d.e.f.g.h.i.j.k=1', 'MalformedQueryString: A parameter name is nested deeper than 10 levels'],
  [
    'DescribeVpcs',
    'VpcId.100001=vpc-1',
    'InvalidParameterValue: Value (100001) for parameter vpcId is invalid. List indexes end at 100000.',
  ],
  [
    'DescribeVpcs',
    'VpcId=vpc-1',
    'InvalidParameterValue: Value (vpc-1) for parameter vpcId is invalid. It is a list: number its items, as in Name.1.',
  ],
  [
    'ModifyVpcAttribute',
    'VpcId=vpc-1&EnableDnsSupport=true',
    'InvalidParameterValue: Value (true) for parameter enableDnsSupport is invalid. It is a structure: name its members, as in Name.Member.',
  ],
  [
    'CreateVpc',
    'DryRun=yes',
    'InvalidParameterValue: Value (yes) for parameter dryRun is invalid. Expected true or false.',
  ],
  ['DescribeVpcs', 'MaxResults=', `InvalidParameterValue: Value () for parameter maxResults ${notAnInteger}`],
  ['DescribeVpcs', 'MaxResults=1e3', `InvalidParameterValue: Value (1e3) for parameter maxResults ${notAnInteger}`],
  [
    'DescribeVpcs',
    'MaxResults=9007199254740992',
    `InvalidParameterValue: Value (9007199254740992) for parameter maxResults ${notAnInteger}`,
  ],
  ['RunInstances', `${until}=soon`, `InvalidParameterValue: Value (soon) ${notATime}`],
  ['RunInstances', `${until}=2026-02-30`, `InvalidParameterValue: Value (2026-02-30) ${notATime}`],
  [
    'ModifyInstanceAttribute',
    'InstanceId=i-1&UserData.Value=a',
    'InvalidParameterValue: Value (a) for parameter value is invalid. Expected base64 text.',
  ],
  ['DeleteVpc', '', 'MissingParameter: The request must contain the parameter vpcId'],
  ['CreateTags', 'Tag.1.Key=a', 'MissingParameter: The request must contain the parameter resourceIdSet'],
  ['DeleteTags', 'ResourceId=', 'MissingParameter: The request must contain the parameter resourceIdSet'],
  [
    'CreateSecurityGroup',
    'GroupName=a&GroupDescription=',
    'MissingParameter: The request must contain the parameter GroupDescription',
  ],
  ['CreateSecurityGroup', 'GroupDescription=a', 'MissingParameter: The request must contain the parameter GroupName'],
])('%s with "%s" is refused: %s', (action, text, expected) => {
  expect(refusal(action, text)).toBe(expected)
})

test('more than ten thousand parameters are refused', () => {
  const text = Array.from({ length: 10_001 }, (_, index) => `P${index}=`).join('&')
  expect(refusal('DescribeVpcs', text)).toBe('MalformedQueryString: The request has more than 10000 parameters')
})

test('a query string that cannot be read is refused as one that is malformed', () => {
  expect(() => decodeQuery('Action=%FF')).toThrow(expect.objectContaining({ of: 'MalformedQueryString', status: 400 }))
})
