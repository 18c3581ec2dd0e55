/** The console's own paths: who may ask, what they answer, and that nobody else's page can. */

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { SessionInfo } from '../../src/app/console/api.ts'
import { codeOf, type Running, send, serve } from '../server/http.ts'
import { ask, call, json, value } from './pages.ts'

let server: Running

beforeAll(async () => {
  server = await serve()
})
afterEach(() => expect(server.failures).toEqual([]))
afterAll(() => server.stop())

const describeVpcs = { action: 'DescribeVpcs', input: {} }

function errorOf({ body }: { readonly body: string }): { code: string; message: string } {
  return (JSON.parse(body) as { error: { code: string; message: string } }).error
}

describe('a page', () => {
  test('is told whom it speaks for', async () => {
    const info = await value<SessionInfo>(server.url, 'session')
    expect(info).toMatchObject({ account: '123456789012', needsSignIn: false, isSignedIn: true })
    expect(info.regions).toContain('eu-west-1')
  })

  test('calls EC2 actions by name in the Region that it chose', async () => {
    const here = await call<{ Vpcs: { VpcId: string }[] }>(server.url, 'DescribeVpcs')
    const { output: there } = await value<{ output: typeof here }>(server.url, 'call?region=eu-west-1', describeVpcs)
    expect(here.Vpcs).toHaveLength(1)
    expect(there.Vpcs[0]?.VpcId).not.toBe(here.Vpcs[0]?.VpcId)
  })

  test("hears AWS's own refusal as JSON", async () => {
    const answer = await ask(server.url, 'call', {
      action: 'DescribeSecurityGroups',
      input: { GroupIds: ['sg-00000000'] },
    })
    expect([answer.status, errorOf(answer).code]).toEqual([400, 'InvalidGroup.NotFound'])
  })

  test.each([
    ['a Region that is none', 'call?region=here', describeVpcs, "'here' is no Region."],
    ['no action', 'call', { input: {} }, 'action must be a text.'],
    ['input that is no object', 'call', { action: 'DescribeVpcs', input: [] }, 'input must be a JSON object.'],
    ['too many calls', 'preview', { calls: Array.from({ length: 21 }, () => describeVpcs) }, 'a list of up to 20'],
    ['a port that is none', 'tracer/open', { from: 'a', to: 'b', protocol: 'tcp', port: 70_000 }, 'from 0 to 65535'],
    ['ends that are nobody', 'tracer/open', { from: 'a', to: 'b', protocol: 'tcp', port: 80 }, "'a' is no interface"],
    ['a protocol that is none', 'tracer/open', { from: 'a', to: 'b', protocol: 'http', port: 80 }, 'protocol must be'],
  ])('is told what is wrong with %s', async (_, path, body, sentence) => {
    const answer = await ask(server.url, path, body)
    expect([answer.status, errorOf(answer).code]).toEqual([400, 'BadInput'])
    expect(errorOf(answer).message).toContain(sentence)
  })

  test('is told that a body is no JSON, too large, or not said to be JSON', async () => {
    expect(errorOf(await ask(server.url, 'call', {}, { body: '{' })).message).toBe('The body is no JSON.')
    const large = await ask(server.url, 'call', {}, { body: `"${'x'.repeat(1024 * 1024)}"` })
    expect([large.status, errorOf(large).code]).toEqual([413, 'RequestEntityTooLarge'])
    const form = await ask(server.url, 'call', {}, { headers: { 'content-type': 'text/plain' } })
    expect([form.status, errorOf(form)]).toEqual([
      415,
      { code: 'UnsupportedMediaType', message: "The content type must be application/json, not 'text/plain'." },
    ])
  })

  test('is told of paths and methods that are not there', async () => {
    expect(errorOf(await ask(server.url, 'nowhere', {})).code).toBe('NoSuchPath')
    expect(errorOf(await ask(server.url, 'constructor', {})).code).toBe('NoSuchPath')
    expect(errorOf(await ask(server.url, 'call')).message).toBe('Use POST, not GET.')
    expect(errorOf(await ask(server.url, 'session', {})).message).toBe('Use GET, not POST.')
    expect(errorOf(await ask(server.url, 'events', {})).message).toBe('Use GET, not POST.')
  })

  test('is told that a trace is over', async () => {
    const answer = await ask(server.url, 'tracer/step', { id: 'gone', wait: 1 })
    expect([answer.status, errorOf(answer).message]).toEqual([404, 'This trace is over: start it again.'])
  })
})

describe('a page of another origin', () => {
  test.each([
    ['call', { origin: 'https://evil.example' }],
    ['preview', { origin: 'http://127.0.0.1:1' }],
    ['tracer/open', { 'sec-fetch-site': 'cross-site' }],
    ['sign-in', { origin: 'null' }],
    ['send', { host: 'rebind.example' }],
  ])('cannot POST %s', async (path, headers) => {
    const answer = await ask(server.url, path, describeVpcs, { headers: headers as Record<string, string> })
    expect([answer.status, codeOf(answer)]).toEqual([403, 'AccessDenied'])
  })

  test.each(['session', 'events'])('cannot read %s', async (path) => {
    const answer = await ask(server.url, path, undefined, { headers: { 'sec-fetch-site': 'cross-site' } })
    expect(answer.status).toBe(403)
    const visit = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }
    expect((await ask(server.url, path, undefined, { headers: visit })).status).toBe(403)
  })
})

describe('where callers are verified', () => {
  let verified: Running
  const key = { accessKeyId: 'AKID', secretAccessKey: 'a-secret' }

  beforeAll(async () => {
    verified = await serve({ credentials: new Map([['AKID', { secret: 'a-secret', account: '111122223333' }]]) })
  })
  afterAll(() => verified.stop())

  test('nothing is answered before a sign-in', async () => {
    expect(await value<SessionInfo>(verified.url, 'session')).toMatchObject({ needsSignIn: true, isSignedIn: false })
    for (const path of ['call', 'preview', 'connections', 'tracer/open', 'send']) {
      const answer = await ask(verified.url, path, describeVpcs)
      expect([answer.status, errorOf(answer).message]).toEqual([401, 'Sign in to the console first.'])
    }
    expect((await ask(verified.url, 'events')).status).toBe(401)
  })

  test.each([
    ['another secret', { ...key, secretAccessKey: 'another' }],
    ['a key that nobody has', { ...key, accessKeyId: 'AKIDX' }],
  ])('%s opens nothing', async (_, given) => {
    const answer = await ask(verified.url, 'sign-in', given)
    expect([answer.status, errorOf(answer).code]).toEqual([401, 'AuthFailure'])
    expect(answer.headers['set-cookie']).toBeUndefined()
  })

  test("a key and its secret open the key's account until the sign-out", async () => {
    const answer = await ask(verified.url, 'sign-in', key)
    const [cookie = ''] = answer.headers['set-cookie'] ?? []
    expect(cookie).toMatch(/^sallyport-session=[0-9a-f]{64}; Path=\/_sallyport\/console\/; HttpOnly; SameSite=Strict$/)
    const headers = { ...json, cookie: cookie.split(';')[0] ?? '' }
    const { output } = await value<{ output: { Vpcs: { OwnerId: string }[] } }>(verified.url, 'call', describeVpcs, {
      headers,
    })
    expect(output.Vpcs[0]?.OwnerId).toBe('111122223333')
    await ask(verified.url, 'sign-out', {}, { headers })
    expect((await ask(verified.url, 'call', describeVpcs, { headers })).status).toBe(401)
  })
})

test('the answers are not kept by browsers and not guessed at', async () => {
  const { headers } = await send(server.url, { method: 'GET', path: '/_sallyport/console/session' })
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
})
