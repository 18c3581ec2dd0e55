/** Signatures of an independent signer are accepted; anything altered, stale or malformed is not. */

import { createRequire } from 'node:module'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { after, type Instant, instant, seconds } from '../../base/clock.ts'
import { Rejection } from '../../model/rejection.ts'
import { readCredentialScope, type SignedRequest, verifySignature } from './signature.ts'

interface Unsigned {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly service: string
  readonly region: string
  readonly signQuery?: boolean
}
type Signed = Omit<Unsigned, 'headers'> & { readonly headers: Record<string, string> }
type Sign = (request: Unsigned, keys: { accessKeyId: string; secretAccessKey: string }) => Signed

const require = createRequire(import.meta.url)
const { sign } = require('aws4') as { readonly sign: Sign }

const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'
const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: secret }
const timestamp = '20261122T100000Z'
const signedAt = instant(Date.parse('2026-11-22T10:00:00Z'))
const place = { service: 'ec2', region: 'eu-west-1' } as const
const form = { host: 'localhost:4566', 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }

function received(signed: Signed): SignedRequest {
  const headers = new Map(Object.entries(signed.headers).map(([name, value]) => [name.toLowerCase(), String(value)]))
  return { method: signed.method, target: signed.path, headers, body: signed.body ?? '' }
}

function post(body: string, headers: Readonly<Record<string, string>> = {}): SignedRequest {
  const given = { ...form, 'X-Amz-Date': timestamp, ...headers }
  return received(sign({ ...place, method: 'POST', path: '/', headers: given, body }, keys))
}

function get(path: string): SignedRequest {
  const headers = { host: 'localhost', 'X-Amz-Date': timestamp }
  return received(sign({ ...place, method: 'GET', path, headers }, keys))
}

function presigned(query: string, expires: number | string = 900): SignedRequest {
  const path = `/?${query}&X-Amz-Date=${timestamp}&X-Amz-Expires=${expires}`
  return received(sign({ ...place, method: 'GET', path, headers: { host: 'localhost' }, signQuery: true }, keys))
}

function verdict(request: SignedRequest, now: Instant = signedAt): string {
  try {
    verifySignature(request, (id) => (id === keys.accessKeyId ? secret : undefined), now)
    return 'accepted'
  } catch (error) {
    if (error instanceof Rejection) return `${error.status} ${error.code}: ${error.message}`
    throw error
  }
}

const mismatch =
  '403 SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.'
const expired = '400 RequestExpired: Request has expired.'
/** aws4 keeps a query in a plain object, which loses this one name. */
const signable = fc.string({ minLength: 1 }).filter((name) => name !== '__proto__')
const parameters = fc.dictionary(
  fc.oneof(signable, fc.constantFrom("a!'()*", 'a b', 'Filter.1.Name', '~-_.')),
  fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', "é & + ~ !'()*", '日本語/=?', '%2F')),
  { maxKeys: 6, noNullPrototype: true },
)

function queryOf(values: Readonly<Record<string, string>>): string {
  const pairs = Object.entries({ Action: 'DescribeVpcs', ...values })
  return pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&')
}

describe('what aws4 signs is accepted, and refused once altered', () => {
  test('as a POST with a header', () => {
    const property = fc.property(parameters, fc.string({ unit: 'binary' }), (values, addition) => {
      const request = post(queryOf(values))
      expect(verdict(request)).toBe('accepted')
      expect(verdict({ ...request, body: Buffer.from(String(request.body)) })).toBe('accepted')
      expect(verdict({ ...request, body: `${request.body}&a=${addition}` })).toBe(mismatch)
    })
    fc.assert(property, { numRuns: 200 })
  })

  test('as a GET with a header', () => {
    const property = fc.property(parameters, (values) => {
      const request = get(`/?${queryOf(values)}`)
      expect(verdict(request)).toBe('accepted')
      expect(verdict({ ...request, target: `${request.target}&DryRun=true` })).toBe(mismatch)
      expect(verdict({ ...request, method: 'POST' })).toBe(mismatch)
    })
    fc.assert(property, { numRuns: 200 })
  })

  test('as a presigned GET', () => {
    const property = fc.property(parameters, (values) => {
      const request = presigned(queryOf(values))
      expect(verdict(request)).toBe('accepted')
      expect(verdict({ ...request, target: request.target.replace('DescribeVpcs', 'DescribeTags') })).toBe(mismatch)
      expect(verdict({ ...request, headers: new Map([['host', 'elsewhere']]) })).toBe(mismatch)
      expect(verdict({ ...request, body: 'Action=DeleteVpc' })).toBe(mismatch)
    })
    fc.assert(property, { numRuns: 200 })
  })

  test.each(['/a b/', '/a%20b', '/./a//b/../c', '/é'])('with the path %s', (path) => {
    expect(verdict(get(encodeURI(path)))).toBe('accepted')
  })

  test('with spaces in a signed header', () => {
    expect(verdict(post('a=1', { 'x-note': '  a   b ' }))).toBe('accepted')
  })
})

test('a signature of another secret does not match', () => {
  const headers = { ...form, 'X-Amz-Date': timestamp }
  const unsigned = { ...place, method: 'POST', path: '/', headers, body: 'a=1' }
  expect(verdict(received(sign(unsigned, { ...keys, secretAccessKey: 'other' })))).toBe(mismatch)
})

test('an unknown access key is refused', () => {
  const headers = { ...form, 'X-Amz-Date': timestamp }
  const unsigned = { ...place, method: 'POST', path: '/', headers, body: 'a=1' }
  expect(verdict(received(sign(unsigned, { ...keys, accessKeyId: 'AKIDOTHER' })))).toBe(
    '401 AuthFailure: AWS was not able to validate the provided access credentials',
  )
})

test('the scope is read without a look at the signature', () => {
  const scope = { accessKeyId: 'AKIDEXAMPLE', date: '20261122', region: 'eu-west-1', service: 'ec2' }
  expect(readCredentialScope({ ...post('a=1'), body: 'altered' })).toEqual(scope)
  expect(readCredentialScope(presigned('a=1'))).toEqual(scope)
  expect(readCredentialScope({ method: 'POST', target: '/?a=1', headers: new Map(), body: '' })).toBeUndefined()
})

test('a request without a signature lacks its token', () => {
  expect(verdict({ method: 'POST', target: '/', headers: new Map(), body: 'a=1' })).toBe(
    '403 MissingAuthenticationToken: Request is missing Authentication Token',
  )
})

test.each([
  ['header', 300, -300, () => post('a=1')],
  ['presigned', 900, -300, () => presigned('a=1')],
  ['presigned for a week', 604_800, -300, () => presigned('a=1', 604_800)],
] as const)('a request signed by %s lives %i s, and may come from a clock %i s off', (_, lifetime, skew, request) => {
  expect(verdict(request(), after(signedAt, seconds(lifetime)))).toBe('accepted')
  expect(verdict(request(), after(signedAt, seconds(lifetime + 1)))).toBe(expired)
  expect(verdict(request(), after(signedAt, seconds(skew)))).toBe('accepted')
  expect(verdict(request(), after(signedAt, seconds(skew - 1)))).toBe(expired)
})

test('a presigned request may leave its body unsigned, one with a header may not', () => {
  const unsigned = { 'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD' }
  expect(verdict(post('a=1', unsigned))).toBe(mismatch)
  const path = `/?Action=DescribeVpcs&X-Amz-Date=${timestamp}&X-Amz-Expires=60`
  const given = { ...place, method: 'POST', path, headers: { host: 'localhost', ...unsigned }, signQuery: true }
  expect(verdict({ ...received(sign(given, keys)), body: 'anything' })).toBe('accepted')
})

test('a declared body hash must be that of the body', () => {
  const hash = 'a'.repeat(64)
  expect(verdict(post('a=1', { 'X-Amz-Content-Sha256': hash }))).toBe(mismatch)
})

const authorization = post('a=1').headers.get('authorization') ?? ''

test.each([
  ['Bearer token', "Unsupported AWS 'algorithm': 'Bearer'."],
  ['AWS4-HMAC-SHA256', "Authorization header requires 'Credential' parameter. Authorization=AWS4-HMAC-SHA256"],
  [authorization.replace('/ec2/', '/'), 'Credential must have exactly 5 slash-delimited elements'],
  [
    authorization.replace('aws4_request', 'aws3'),
    "Credential should be scoped with a valid terminator: 'aws4_request'",
  ],
  [authorization.replace('20261122', '20261121'), 'Date in Credential scope does not match YYYYMMDD'],
  [authorization.replace('host;', ''), "'Host' must be a 'SignedHeader' in the AWS Authorization."],
  [authorization.replace(/, Signature=.*/, ''), "Authorization header requires 'Signature' parameter."],
])('the authorization "%s" is incomplete', (header, reason) => {
  const request = post('a=1')
  const verdictOf = verdict({ ...request, headers: new Map([...request.headers, ['authorization', header]]) })
  expect(verdictOf).toContain(`400 IncompleteSignature: ${reason}`)
})

test.each([
  ['', "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."],
  ['2026-11-22', "Date must be in ISO-8601 'basic format'. Got '2026-11-22'."],
  ['20261399T100000Z', "Date must be in ISO-8601 'basic format'."],
])('the date "%s" is incomplete', (date, reason) => {
  const request = post('a=1')
  const headers = new Map([...request.headers, ['x-amz-date', date]])
  expect(verdict({ ...request, headers })).toContain(`400 IncompleteSignature: ${reason}`)
})

test('a header that names no credential is refused as IncompleteSignature', () => {
  const headers = new Map([['authorization', 'AWS4-HMAC-SHA256 Signature=a']])
  expect(() => readCredentialScope({ method: 'POST', target: '/', headers, body: '' })).toThrow(
    expect.objectContaining({ of: 'IncompleteSignature' }),
  )
})

test.each(['0', '604801', '-1', 'soon', '1e3'])('a presigned lifetime of "%s" is incomplete', (expires) => {
  expect(verdict(presigned('a=1', expires))).toBe(
    '400 IncompleteSignature: X-Amz-Expires must be a number of seconds from 1 to 604800',
  )
})

test('a signing parameter given twice is incomplete', () => {
  const { target, ...rest } = presigned('a=1')
  expect(verdict({ ...rest, target: `${target}&X-Amz-Date=${timestamp}` })).toBe(
    '400 IncompleteSignature: The parameter X-Amz-Date is given more than once.',
  )
})

test('no authorization makes the verifier fail in any way but a rejection', () => {
  const fragment = fc.oneof(
    fc.constantFrom('AWS4-HMAC-SHA256 ', 'Credential=', 'AKIDEXAMPLE/20261122/a/ec2/aws4_request', ',', '=', '/'),
    fc.constantFrom('SignedHeaders=host', 'Signature=', '%', '%C3', '\ud800', '?', '&', 'X-Amz-Algorithm', '..', '日'),
    fc.string({ unit: 'binary', maxLength: 4 }),
  )
  const text = fc.array(fragment, { maxLength: 20 }).map((parts) => parts.join(''))
  const property = fc.property(text, text, fc.boolean(), (header, target, hasHeader) => {
    const headers = new Map([['x-amz-date', timestamp]])
    if (hasHeader) headers.set('authorization', `AWS4-HMAC-SHA256 ${header}`)
    expect(verdict({ method: 'POST', target: `/${target}`, headers, body: header })).not.toBe('accepted')
  })
  fc.assert(property, { numRuns: 1_000 })
})
