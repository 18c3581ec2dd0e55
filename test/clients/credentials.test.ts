import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DescribeVpcsCommand } from '@aws-sdk/client-ec2'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { runProgram, type ServerProcess, startServer } from '../server-process.ts'
import { awsCli, hasAwsCli } from './aws-cli.ts'
import { hasBoto3, pythonLines } from './python.ts'
import { refusal, sdk } from './sdk.ts'
import { account, type Keys, region } from './surroundings.ts'

const web: Keys = { id: 'AKIAIOSFODNN7EXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
const audit: Keys = { id: 'AKIAI44QH8DHBEXAMPLE', secret: 'je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY' }
const auditAccount = '111122223333'
const wrongSecret: Keys = { ...web, secret: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEX' }
const unknownKey: Keys = { ...web, id: 'AKIAIOSFODNN7EXAMPLF' }

const credentialsFile = `# Both sides read this form.
[web]
aws_access_key_id = ${web.id}
aws_secret_access_key = ${web.secret}

[audit]
aws_access_key_id = ${audit.id}
aws_secret_access_key = ${audit.secret}
account = ${auditAccount}
`

const folder = mkdtempSync(join(tmpdir(), 'sallyport-credentials-'))
let server: ServerProcess

beforeAll(async () => {
  const file = join(folder, 'credentials')
  writeFileSync(file, credentialsFile)
  server = await startServer(['--memory', '--credentials', file])
})

afterAll(async () => {
  expect(await server.stop()).toBe(0)
  rmSync(folder, { recursive: true })
})

describe.skipIf(!hasAwsCli)('the aws CLI', () => {
  test('is known by its keys', async () => {
    const identity = await awsCli(server.url, audit).json('sts get-caller-identity')
    expect(identity).toEqual({
      UserId: auditAccount,
      Account: auditAccount,
      Arn: `arn:aws:iam::${auditAccount}:root`,
    })
  })

  test.each([
    [
      'wrong secret',
      wrongSecret,
      'An error occurred (SignatureDoesNotMatch) when calling the DescribeVpcs operation: The request signature we calculated does not match the signature you provided.',
    ],
    [
      'unknown key',
      unknownKey,
      'An error occurred (AuthFailure) when calling the DescribeVpcs operation: AWS was not able to validate the provided access credentials',
    ],
  ])('with a %s prints why it failed', async (_, keys, message) => {
    const { status, stdout, stderr } = await awsCli(server.url, keys).run('ec2 describe-vpcs')
    expect([254, 255]).toContain(status)
    expect(stdout).toBe('')
    expect(stderr).toContain(message)
  })
})

describe.skipIf(!hasBoto3)('boto3', () => {
  test.each([
    ['the keys of one account', web, { sts: account, ec2: account }],
    ['the keys of another', audit, { sts: auditAccount, ec2: auditAccount }],
    ['a wrong secret', wrongSecret, { sts: 'SignatureDoesNotMatch', ec2: 'SignatureDoesNotMatch' }],
    ['an unknown key', unknownKey, { sts: 'AuthFailure', ec2: 'AuthFailure' }],
  ])('with %s is answered so', async (_, keys, answers) => {
    expect(await pythonLines('who.py', server.url, keys)).toEqual([answers])
  })
})

describe('the SDK for JavaScript', () => {
  const vpcs = new DescribeVpcsCommand({})

  test('is known by its keys', async () => {
    const owners = async (keys: Keys) => {
      const { Vpcs = [] } = await sdk(server.url, { keys }).send(vpcs)
      return Vpcs.map(({ OwnerId }) => OwnerId)
    }
    expect(await owners(web)).toEqual([account])
    expect(await owners(audit)).toEqual([auditAccount])
  })

  test.each([
    ['a wrong secret', wrongSecret, { status: 403, code: 'SignatureDoesNotMatch' }],
    ['an unknown key', unknownKey, { status: 401, code: 'AuthFailure' }],
  ])('with %s throws a named exception', async (_, keys, expected) => {
    expect(await refusal(sdk(server.url, { keys }).send(vpcs))).toMatchObject(expected)
  })

  test('whose clock is an hour slow is refused, and sets its clock by the answer', async () => {
    const hourAgo = Date.now() - 3_600_000
    vi.useFakeTimers({ toFake: ['Date'], now: hourAgo })
    try {
      expect(await refusal(sdk(server.url, { keys: web, maxAttempts: 1 }).send(vpcs))).toEqual({
        status: 400,
        code: 'RequestExpired',
        message: 'Request has expired.',
      })
      const { Vpcs } = await sdk(server.url, { keys: web }).send(vpcs)
      expect(Vpcs).toHaveLength(1)
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('a presigned URL', () => {
  test('needs no header', async () => {
    const response = await fetch(presigned(web, '/?Action=DescribeVpcs&Version=2016-11-15'))
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('<DescribeVpcsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">')
  })

  test('holds for no other action', async () => {
    const url = presigned(web, '/?Action=DescribeVpcs&Version=2016-11-15').replace('DescribeVpcs', 'DescribeRegions')
    const response = await fetch(url)
    expect(response.status).toBe(403)
    expect(await response.text()).toContain('<Code>SignatureDoesNotMatch</Code>')
  })
})

describe('the command line', () => {
  test('does not open the port to others without credentials', async () => {
    const { status, stderr } = await runProgram(['serve', '--memory', '--port', '0', '--host', '0.0.0.0'])
    expect(status).toBe(2)
    expect(stderr).toContain('Without --credentials anyone who reaches the port may do anything')
  })

  test('names the line of a credentials file that it cannot read', async () => {
    const file = join(folder, 'broken')
    writeFileSync(file, '[web]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n')
    const { status, stderr } = await runProgram(['serve', '--memory', '--port', '0', '--credentials', file])
    expect(status).toBe(2)
    expect(stderr).toBe(`sallyport: ${file}:1: needs aws_access_key_id and aws_secret_access_key\n`)
  })
})

type Sign = (
  request: Readonly<Record<string, unknown>>,
  keys: { readonly accessKeyId: string; readonly secretAccessKey: string },
) => { readonly path: string }

function presigned({ id, secret }: Keys, path: string): string {
  const { sign } = createRequire(import.meta.url)('aws4') as { readonly sign: Sign }
  const { host } = new URL(server.url)
  const request = { service: 'ec2', region, method: 'GET', path, headers: { host }, signQuery: true }
  return `${server.url}${sign(request, { accessKeyId: id, secretAccessKey: secret }).path}`
}
