/** The endpoint over HTTP: who is let in, what an answer looks like, and whose world it is of. */

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { codeOf, credentialsOf, form, type Running, send, sendRaw, serve } from './server/http.ts'

let server: Running
let host: string

beforeAll(async () => {
  server = await serve()
  host = new URL(server.url).host
})

afterEach(() => expect(server.failures).toEqual([]))
afterAll(() => server.stop())

const describeVpcs = form({ Action: 'DescribeVpcs' })

describe('an answer', () => {
  test('is XML with a request id, in the body and in a header', async () => {
    const { status, headers, body } = await send(server.url, { body: describeVpcs })
    expect([status, headers['content-type']]).toEqual([200, 'text/xml;charset=UTF-8'])
    const id = /<requestId>([0-9a-f-]{36})<\/requestId>/.exec(body)?.[1]
    expect(headers['x-amzn-requestid']).toBe(id)
    expect(headers['content-length']).toBe(String(Buffer.byteLength(body)))
  })

  test('counts bytes, not characters', async () => {
    const made = form({ Action: 'CreateTags', 'ResourceId.1': 'vpc-0', 'Tag.1.Key': 'é日本' })
    const { headers, body } = await send(server.url, { body: made })
    expect(Number(headers['content-length'])).toBe(Buffer.byteLength(body))
  })

  test('comes to the parameters of a GET as well', async () => {
    const { status, body } = await send(server.url, { method: 'GET', path: `/?${describeVpcs}` })
    expect([status, body.includes('<isDefault>true</isDefault>')]).toEqual([200, true])
  })
})

describe('the health page', () => {
  test('states version, store, uptime and world version to anybody on this machine', async () => {
    const response = await fetch(`${server.url}/_sallyport/health`)
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json'])
    expect(await response.json()).toEqual({
      status: 'serving',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      store: 'memory',
      uptimeSeconds: expect.any(Number),
      worldVersion: expect.any(Number),
    })
  })

  test('counts the changes of all worlds', async () => {
    const version = async () => {
      const response = await fetch(`${server.url}/_sallyport/health`)
      return ((await response.json()) as { worldVersion: number }).worldVersion
    }
    const create = form({ Action: 'CreateSecurityGroup', GroupName: 'counted', GroupDescription: 'd' })
    await send(server.url, { body: describeVpcs })
    const before = await version()
    await send(server.url, { body: create })
    expect((await version()) - before).toBe(1)
    await send(server.url, { body: create, headers: { authorization: credentialsOf('test', 'eu-west-1') } })
    // The first use of a region makes its default VPC.
    expect((await version()) - before).toBe(3)
  })
})

describe('a page in a browser', () => {
  test.each([
    ['a host name that leads here', { host: 'rebind.example' }],
    ['a host name with our port', { host: 'rebind.example:4510' }],
    ['a name that begins like ours', { host: '127.0.0.1.rebind.example' }],
    ['a name that ends like ours', { host: 'evillocalhost' }],
    ['an address of another machine', { host: '10.0.0.1' }],
  ])('is refused under %s', async (_, headers) => {
    const answer = await send(server.url, { headers, body: describeVpcs })
    expect([answer.status, codeOf(answer)]).toEqual([403, 'AccessDenied'])
    const sentence = "' is not a name of this server. Without --credentials only localhost, 127.0.0.1 and [::1] are."
    expect(answer.body).toContain(`The Host header '${headers.host}${sentence}`)
  })

  test.each([
    ['another origin', { origin: 'https://evil.example' }, 'https://evil.example'],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }, 'http://127.0.0.1:1'],
    ['no origin to speak of', { origin: 'null' }, 'null'],
    ['another site, in an image or a link', { 'sec-fetch-site': 'cross-site' }, 'cross-site'],
    ['another port, in an image or a link', { 'sec-fetch-site': 'same-site' }, 'same-site'],
  ])('is refused from %s', async (_, headers, origin) => {
    const answer = await send(server.url, { headers: headers as Record<string, string>, body: describeVpcs })
    expect([answer.status, codeOf(answer)]).toEqual([403, 'AccessDenied'])
    expect(answer.body).toContain(`Requests that a web page of another origin (${origin}) makes are refused.`)
  })

  test('cannot read the health page either', async () => {
    const { status } = await send(server.url, {
      method: 'GET',
      path: '/_sallyport/health',
      headers: { host: 'rebind.example' },
    })
    expect(status).toBe(403)
  })

  test.each(['Host: 127.0.0.1\r\nHost: evil.example', 'Host:', 'Host: evil.example@127.0.0.1', 'Host: [::1].evil'])(
    'is refused with %j',
    async (lines) => {
      const head = `GET /_sallyport/health HTTP/1.1\r\n${lines}\r\nConnection: close\r\n\r\n`
      expect(await sendRaw(server.url, head)).toMatch(/^HTTP\/1\.1 40[03] /)
    },
  )

  test.each(['localhost', 'LOCALHOST:4510', '127.0.0.1', '127.8.9.10:80', '[::1]:4510', 'ec2.localhost'])(
    'is not what speaks to %s',
    async (name) => {
      expect(await send(server.url, { headers: { host: name }, body: describeVpcs })).toHaveProperty('status', 200)
    },
  )

  test('of our own origin, or typed into the address bar, is let in', async () => {
    const own = { origin: `http://${host}`, 'sec-fetch-site': 'same-origin' }
    expect(await send(server.url, { headers: own, body: describeVpcs })).toHaveProperty('status', 200)
    const typed = { method: 'GET', path: `/?${describeVpcs}`, headers: { 'sec-fetch-site': 'none' } }
    expect(await send(server.url, typed)).toHaveProperty('status', 200)
  })
})

test('where signatures are verified, any host name will do, and a web page still will not', async () => {
  const verified = await serve({ credentials: new Map([['AKID', { secret: 'secret' }]]) })
  const headers = { host: 'ec2.example', authorization: credentialsOf('AKID') }
  const named = await send(verified.url, { headers, body: describeVpcs })
  const fromPage = await send(verified.url, { headers: { ...headers, origin: 'http://evil.example' } })
  await verified.stop()
  expect([codeOf(named), codeOf(fromPage)]).toEqual(['RequestExpired', 'AccessDenied'])
})

describe('credentials', () => {
  test.each([
    ['none', { authorization: '' }, 403, 'MissingAuthenticationToken', 'Request is missing Authentication Token'],
    ['a password', { authorization: 'Basic dGVzdDp0ZXN0' }, 400, 'IncompleteSignature', "Unsupported AWS 'algorithm'"],
    ['half of them', { authorization: 'AWS4-HMAC-SHA256 Credential=a' }, 400, 'IncompleteSignature', 'SignedHeaders'],
    ['no region', { authorization: credentialsOf('test', 'nowhere!') }, 401, 'AuthFailure', 'not able to validate'],
  ])('%s are refused', async (...[, headers, status, code, message]) => {
    const answer = await send(server.url, { headers: headers as Record<string, string>, body: describeVpcs })
    expect([answer.status, codeOf(answer)]).toEqual([status, code])
    expect(answer.body).toContain(message)
  })
})

describe('accounts and regions', () => {
  const as = async (accessKeyId: string, region: string, parameters: Readonly<Record<string, string>>) => {
    const headers = { authorization: credentialsOf(accessKeyId, region) }
    return (await send(server.url, { headers, body: form(parameters) })).body
  }
  const vpcOf = async (accessKeyId: string, region: string) =>
    /<vpcId>(.*?)<\/vpcId>/.exec(await as(accessKeyId, region, { Action: 'DescribeVpcs' }))?.[1] ?? ''

  test('an access key id of twelve digits names the account, any other speaks for the default one', async () => {
    const ownerOf = async (key: string) =>
      /<ownerId>(.*?)<\/ownerId>/.exec(await as(key, 'us-east-1', { Action: 'DescribeVpcs' }))?.[1]
    expect(await ownerOf('210987654321')).toBe('210987654321')
    expect(await ownerOf('AKIAIOSFODNN7EXAMPLE')).toBe('123456789012')
    expect(await ownerOf('21098765432')).toBe('123456789012')
  })

  test('each has a world of its own: nothing of it is seen, named or changed from another', async () => {
    const places = [
      ['111111111111', 'us-east-1'],
      ['222222222222', 'us-east-1'],
      ['111111111111', 'ap-south-1'],
    ] as const
    const vpcs = await Promise.all(places.map(([account, region]) => vpcOf(account, region)))
    expect(new Set(vpcs).size).toBe(places.length)
    const create = { Action: 'CreateSecurityGroup', GroupName: 'mine', GroupDescription: 'd' }
    const made = await Promise.all(places.map(([account, region]) => as(account, region, create)))
    const groups = made.map((body) => /<groupId>(.*?)<\/groupId>/.exec(body)?.[1] ?? '')
    expect(new Set(groups).size).toBe(places.length)
    for (const [index, [account, region]] of places.entries()) {
      const listed = await as(account, region, { Action: 'DescribeSecurityGroups' })
      expect(groups.filter((group) => listed.includes(group))).toEqual([groups[index]])
      const foreign = groups[(index + 1) % groups.length] ?? ''
      const deleted = await as(account, region, { Action: 'DeleteSecurityGroup', GroupId: foreign })
      expect(deleted).toContain(`The security group '${foreign}' does not exist`)
      expect(listed).toContain(`:${region}:${account}:security-group/`)
    }
  })
})
