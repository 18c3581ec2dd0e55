import { XMLParser } from 'fast-xml-parser'
import { describe, expect, test } from 'vitest'
import { type Body, type Cloud, cloud } from '../../test/cloud.ts'

const parser = new XMLParser({ parseTagValue: false, ignoreAttributes: false })

const whoAmI = 'Action=GetCallerIdentity&Version=2011-06-15'
const getUser = 'Action=GetUser&Version=2010-05-08'

async function asked(aws: Cloud, body: string, service?: string): Promise<{ status: number; xml: Body }> {
  const answer = await aws.post(body, service)
  return { status: answer.status, xml: parser.parse(answer.body) }
}

describe('STS GetCallerIdentity', () => {
  test('says whose account it is', async () => {
    const { status, xml } = await asked(await cloud(), whoAmI, 'sts')
    expect(status).toBe(200)
    expect(xml.GetCallerIdentityResponse).toEqual({
      '@_xmlns': 'https://sts.amazonaws.com/doc/2011-06-15/',
      GetCallerIdentityResult: {
        Arn: 'arn:aws:iam::123456789012:root',
        UserId: '123456789012',
        Account: '123456789012',
      },
      ResponseMetadata: { RequestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    })
  })

  test('knows an account by its access key', async () => {
    const aws = await cloud()
    const { xml } = await asked(aws.as({ accessKeyId: '111122223333' }), whoAmI, 'sts')
    expect(xml.GetCallerIdentityResponse.GetCallerIdentityResult.Account).toBe('111122223333')
  })

  test('is known by its version when it is signed for EC2', async () => {
    const { xml } = await asked(await cloud(), whoAmI)
    expect(xml.GetCallerIdentityResponse.GetCallerIdentityResult.Account).toBe('123456789012')
  })
})

test('IAM GetUser names the root user of the account', async () => {
  const { status, xml } = await asked(await cloud(), getUser, 'iam')
  expect(status).toBe(200)
  expect(xml.GetUserResponse.GetUserResult.User).toEqual({
    UserId: '123456789012',
    Arn: 'arn:aws:iam::123456789012:root',
    CreateDate: '2010-01-01T00:00:00Z',
  })
})

test.each([
  [
    'Action=ListRoles&Version=2010-05-08',
    'iam',
    'InvalidAction',
    'The action ListRoles is not valid for this web service.',
  ],
  [
    'Action=AssumeRole&Version=2011-06-15',
    'sts',
    'InvalidAction',
    'The action AssumeRole is not valid for this web service.',
  ],
  [
    'Action=DescribeVpcs&Version=2016-11-15',
    'sts',
    'InvalidAction',
    'The action DescribeVpcs is not valid for this web service.',
  ],
  [
    'Action=toString&Version=2011-06-15',
    'sts',
    'InvalidAction',
    'The action toString is not valid for this web service.',
  ],
  ['Version=2011-06-15', 'sts', 'MissingAction', 'The request must contain the parameter Action'],
])('%s is refused at once, in the form of its service %s', async (body, service, Code, Message) => {
  const { status, xml } = await asked(await cloud(), body, service)
  expect(status).toBe(400)
  expect(xml.ErrorResponse).toMatchObject({
    Error: { Type: 'Sender', Code, Message },
    RequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
})
