/** The forms of answers that clients depend on (spec 1.2, 1.3). */

import { expect, test } from 'vitest'
import { instant } from '../../base/clock.ts'
import { encodeError, encodeResponse } from './xml.ts'

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
const namespace = 'xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"'

test('an answer opens with the namespace and the request id', () => {
  expect(encodeResponse('DeleteSecurityGroup', { Return: true, GroupId: 'sg-1' }, 'r-1')).toBe(
    `${declaration}<DeleteSecurityGroupResponse ${namespace}><requestId>r-1</requestId>` +
      '<return>true</return><groupId>sg-1</groupId></DeleteSecurityGroupResponse>',
  )
})

test('an action without output answers that it succeeded', () => {
  expect(encodeResponse('CreateTags', {}, 'r-1')).toBe(
    `${declaration}<CreateTagsResponse ${namespace}><requestId>r-1</requestId>` +
      '<return>true</return></CreateTagsResponse>',
  )
})

test('an empty list is an empty element and an absent member is absent', () => {
  const permission = {
    IpProtocol: '-1',
    FromPort: undefined,
    UserIdGroupPairs: [],
    IpRanges: [{ CidrIp: '0.0.0.0/0' }],
  }
  const output = { SecurityGroups: [{ GroupId: 'sg-1', IpPermissions: [permission], Tags: [] }] }
  expect(encodeResponse('DescribeSecurityGroups', output, 'r-1')).toContain(
    '<securityGroupInfo><item><groupId>sg-1</groupId><tagSet/>' +
      '<ipPermissions><item><ipProtocol>-1</ipProtocol><groups/>' +
      '<ipRanges><item><cidrIp>0.0.0.0/0</cidrIp></item></ipRanges></item></ipPermissions></item></securityGroupInfo>',
  )
})

test('times carry milliseconds', () => {
  const output = { FlowLogs: [{ CreationTime: instant(Date.parse('2026-11-22T10:00:00Z')) }] }
  expect(encodeResponse('DescribeFlowLogs', output, 'r-1')).toContain(
    '<creationTime>2026-11-22T10:00:00.000Z</creationTime>',
  )
})

test('text is escaped, and what XML cannot carry is replaced', () => {
  const output = { PrefixList: { PrefixListName: 'a<b>&"\r\n\t\0\u001f\ufffe\ud800é日😀' } }
  expect(encodeResponse('CreateManagedPrefixList', output, 'r-1')).toContain(
    '<prefixListName>a&lt;b&gt;&amp;"&#xD;\n\t\ufffd\ufffd\ufffd\ufffdé日😀</prefixListName>',
  )
})

test('an error has no namespace and spells RequestID with a capital D', () => {
  expect(encodeError('InvalidGroup.NotFound', "The security group 'sg-<1>' does not exist", 'r-1')).toBe(
    `${declaration}<Response><Errors><Error><Code>InvalidGroup.NotFound</Code>` +
      "<Message>The security group 'sg-&lt;1&gt;' does not exist</Message></Error></Errors>" +
      '<RequestID>r-1</RequestID></Response>',
  )
})
