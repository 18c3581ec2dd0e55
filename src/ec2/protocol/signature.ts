/**
 * Signature Version 4, verified. The canonical request is rebuilt from what was received, so the
 * strings here hold one character a byte, as Node's HTTP server gives them.
 */

import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { days, type Instant, type Milliseconds, seconds } from '../../base/clock.ts'
import { invariant } from '../../base/invariant.ts'
import { reject } from '../../model/rejection.ts'
import { type Authorization, type CredentialScope, instantOf, readAuthorization } from './authorization.ts'
import { canonicalHeaders, canonicalPath, canonicalQuery } from './canonical.ts'

export interface SignedRequest {
  readonly method: string
  /** Path and query as they stood in the request line. */
  readonly target: string
  /** Lower-case names; a header given several times has its values joined by commas. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: string | Uint8Array
}

/** How far a client's clock may stand from ours. */
const greatestSkew = seconds(300)
const longestPresigned = days(7)
const unsignedPayload = 'UNSIGNED-PAYLOAD'

/** Who says to be calling, and where; nothing is verified. Undefined for a request that is not signed. */
export function readCredentialScope(request: SignedRequest): CredentialScope | undefined {
  return readAuthorization(request)?.scope
}

/** Returns when the request is signed with the caller's secret and is fresh; rejects otherwise. */
export function verifySignature(
  request: SignedRequest,
  secretOf: (accessKeyId: string) => string | undefined,
  now: Instant,
): void {
  const authorization = readAuthorization(request) ?? reject('MissingAuthenticationToken')
  const secret = secretOf(authorization.scope.accessKeyId) ?? reject('AuthFailure')
  refuseStale(authorization, now)
  const expected = hmac(signingKey(secret, authorization.scope), stringToSign(request, authorization)).toString('hex')
  if (!equalInConstantTime(expected, authorization.signature)) reject('SignatureDoesNotMatch')
}

/** The Authorization header of a request that is to be sent: what `verifySignature` accepts. */
export function authorizationFor(request: SignedRequest, scope: CredentialScope, secret: string): string {
  const signedHeaders = [...request.headers.keys()].sort()
  const timestamp = request.headers.get('x-amz-date')
  invariant(timestamp, 'a request that is to be signed has its time in x-amz-date')
  const authorization = { scope, timestamp, signedHeaders, signature: '', expires: undefined, declaredHash: undefined }
  const signature = hmac(signingKey(secret, scope), stringToSign(request, authorization)).toString('hex')
  const credential = `${scope.accessKeyId}/${scope.date}/${scope.region}/${scope.service}/aws4_request`
  return `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`
}

function refuseStale({ timestamp, expires }: Authorization, now: Instant): void {
  const age = now - instantOf(timestamp)
  if (age < -greatestSkew || age > (expires === undefined ? greatestSkew : lifetimeOf(expires)))
    reject('RequestExpired')
}

function lifetimeOf(expires: string): Milliseconds {
  const lifetime = /^[0-9]{1,6}$/.test(expires) ? seconds(Number(expires)) : undefined
  if (lifetime !== undefined && lifetime > 0 && lifetime <= longestPresigned) return lifetime
  return reject('IncompleteSignature', { reason: 'X-Amz-Expires must be a number of seconds from 1 to 604800' })
}

function stringToSign(request: SignedRequest, authorization: Authorization): string {
  const { timestamp, scope } = authorization
  const canonical = createHash('sha256').update(canonicalRequest(request, authorization), 'latin1').digest('hex')
  return `AWS4-HMAC-SHA256\n${timestamp}\n${scope.date}/${scope.region}/${scope.service}/aws4_request\n${canonical}`
}

function canonicalRequest(request: SignedRequest, authorization: Authorization): string {
  const question = request.target.indexOf('?')
  const path = question === -1 ? request.target : request.target.slice(0, question)
  const query = question === -1 ? '' : request.target.slice(question + 1)
  return [
    request.method,
    canonicalPath(path),
    canonicalQuery(query),
    canonicalHeaders(request.headers, authorization.signedHeaders),
    authorization.signedHeaders.join(';'),
    payloadHash(request, authorization),
  ].join('\n')
}

/** Only a presigned request may leave its body unsigned: there the body did not exist when it was signed. */
function payloadHash({ body, headers }: SignedRequest, { expires, declaredHash }: Authorization): string {
  const declared = declaredHash ?? headers.get('x-amz-content-sha256')
  if (declared === unsignedPayload && expires !== undefined) return unsignedPayload
  const actual = createHash('sha256').update(body).digest('hex')
  if (declared !== undefined && declared !== actual) reject('SignatureDoesNotMatch')
  return actual
}

const signingKeys = new Map<string, Buffer>()
const mostSigningKeys = 1_000

/** A key lasts a day and costs four HMACs: worth keeping, in bounded number, the oldest going first. */
function signingKey(secret: string, { date, region, service }: CredentialScope): Buffer {
  // The scope's parts hold no slash, so the secret, which may, stands last.
  const name = `${date}/${region}/${service}/${secret}`
  const known = signingKeys.get(name)
  if (known) return known
  const key = [date, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secret}`) as Buffer
  const [oldest] = signingKeys.size >= mostSigningKeys ? signingKeys.keys() : []
  if (oldest !== undefined) signingKeys.delete(oldest)
  signingKeys.set(name, key)
  return key
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

function equalInConstantTime(expected: string, given: string): boolean {
  const one = Buffer.from(expected)
  const other = Buffer.from(given)
  return one.length === other.length && timingSafeEqual(one, other)
}
