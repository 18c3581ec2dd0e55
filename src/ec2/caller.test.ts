import { describe, expect, test } from 'vitest'
import { cloud } from '../../test/cloud.ts'
import { createGroup, createVpc, defaultVpcOf, describeGroup, filters, permissions } from '../../test/groups.ts'
import { instant } from '../base/clock.ts'
import { type Credential, callerOf } from './caller.ts'
import type { SignedRequest } from './protocol/signature.ts'

const now = instant(Date.UTC(2026, 10, 22, 10))

function signed(accessKeyId: string, region = 'us-east-1'): SignedRequest {
  const headers = new Map([
    ['host', 'localhost'],
    ['x-amz-date', '20261122T100000Z'],
    [
      'authorization',
      `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20261122/${region}/ec2/aws4_request, ` +
        `SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`,
    ],
  ])
  return { method: 'POST', target: '/', headers, body: '' }
}

function accountOf(accessKeyId: string): string {
  return callerOf(signed(accessKeyId), { defaultAccount: '123456789012' }, now).account
}

describe('the account of a caller', () => {
  test('is the access key id when that has twelve digits', () => {
    expect(accountOf('111122223333')).toBe('111122223333')
    expect(accountOf('000000000000')).toBe('000000000000')
  })

  test('is the default one for any other access key id', () => {
    for (const id of ['test', 'AKIAIOSFODNN7EXAMPLE', '11112222333', '1111222233334', 'x11112222333']) {
      expect(accountOf(id)).toBe('123456789012')
    }
  })
})

describe('a caller is refused', () => {
  test('without a signature', () => {
    const unsigned = { ...signed('test'), headers: new Map([['host', 'localhost']]) }
    expect(() => callerOf(unsigned, { defaultAccount: '123456789012' }, now)).toThrow(
      'Request is missing Authentication Token',
    )
  })

  test.each(['nowhere', 'US-EAST-1', 'us-east', 'us-east-1%2Fx', `us-${'x'.repeat(40)}-1`])(
    'in the region %s',
    (region) => {
      expect(() => callerOf(signed('test', region), { defaultAccount: '123456789012' }, now)).toThrow(
        'AWS was not able to validate the provided access credentials',
      )
    },
  )

  test('with an unknown key or a wrong signature, where credentials are asked for', () => {
    const credentials = new Map<string, Credential>([['AKIA1', { secret: 'secret', account: '111122223333' }]])
    const authentication = { defaultAccount: '123456789012', credentials }
    expect(() => callerOf(signed('AKIA2'), authentication, now)).toThrow(
      'AWS was not able to validate the provided access credentials',
    )
    expect(() => callerOf(signed('AKIA1'), authentication, now)).toThrow('The request signature we calculated')
  })
})

test('a made-up region is a region like any other', async () => {
  const aws = (await cloud()).as({ region: 'eu-made-up-9' })
  const id = await createGroup(aws)
  expect((await describeGroup(aws, id)).securityGroupArn).toBe(
    `arn:aws:ec2:eu-made-up-9:123456789012:security-group/${id}`,
  )
})

describe('worlds never mix', () => {
  test.each([
    ['regions', { region: 'eu-west-1' }],
    ['accounts', { accessKeyId: '111122223333' }],
  ])('between %s', async (_, caller) => {
    const here = await cloud()
    const there = here.as(caller)
    const [mine, theirs] = [await createGroup(here, 'web'), await createGroup(there, 'web')]
    expect(await defaultVpcOf(here)).not.toBe(await defaultVpcOf(there))
    for (const [aws, id] of [
      [here, theirs],
      [there, mine],
    ] as const) {
      expect(await aws.refusal('DescribeSecurityGroups', { 'GroupId.1': id })).toMatchObject({
        code: 'InvalidGroup.NotFound',
      })
      expect((await aws.call('DescribeSecurityGroups', filters(['group-id', id]))).securityGroupInfo).toBe('')
      expect(await aws.refusal('DeleteSecurityGroup', { GroupId: id })).toMatchObject({ status: 400 })
    }
    const naming = { GroupId: mine, ...permissions(['tcp 22', theirs]) }
    expect(await here.refusal('AuthorizeSecurityGroupIngress', naming)).toMatchObject({
      code: 'InvalidGroup.NotFound',
      message: `The security group '${theirs}' does not exist`,
    })
  })

  test('and quotas are counted in each alone', async () => {
    const here = await cloud({ quotas: { 'vpcs-per-region': 2 } })
    await createVpc(here)
    await createVpc(here.as({ region: 'eu-west-1' }))
    expect(await here.refusal('CreateVpc', { CidrBlock: '10.0.0.0/16' })).toMatchObject({ code: 'VpcLimitExceeded' })
  })
})
