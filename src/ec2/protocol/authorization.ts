/**
 * Where a request says who signed it: the Authorization header, or the X-Amz-* parameters of a
 * presigned URL. Reads and checks the form; believes nothing.
 */

import { type Instant, instant } from '../../base/clock.ts'
import { reject } from '../../model/rejection.ts'
import { decodeText } from './query.ts'

export interface CredentialScope {
  readonly accessKeyId: string
  /** `20261122` */
  readonly date: string
  readonly region: string
  readonly service: string
}

export interface Authorization {
  readonly scope: CredentialScope
  /** In the order that the signer gave. */
  readonly signedHeaders: readonly string[]
  readonly signature: string
  /** `20261122T100000Z` */
  readonly timestamp: string
  /** The seconds that a presigned request lives; undefined when the header form is used. */
  readonly expires: string | undefined
  /** A body hash that travels among the parameters of a presigned request. */
  readonly declaredHash: string | undefined
}

interface Source {
  readonly target: string
  readonly headers: ReadonlyMap<string, string>
}

const algorithm = 'AWS4-HMAC-SHA256'
/** Only S3 insists on X-Amz-Expires; a presigned request without it lives as long as a header's. */
const shortestLived = '300'

/** Undefined when the request carries no signature; rejects one that is malformed. */
export function readAuthorization({ target, headers }: Source): Authorization | undefined {
  const header = headers.get('authorization')
  if (header) return fromHeader(header, headers)
  const question = target.indexOf('?')
  const signing = question === -1 ? undefined : signingParameters(target.slice(question + 1))
  return signing?.size ? fromParameters(signing) : undefined
}

function fromHeader(header: string, headers: ReadonlyMap<string, string>): Authorization {
  const trimmed = header.trim()
  const space = trimmed.indexOf(' ')
  const scheme = space === -1 ? trimmed : trimmed.slice(0, space)
  requireAlgorithm(scheme)
  const fields = `,${trimmed.slice(scheme.length).replaceAll(' ', '')}`
  const needed = (name: string) =>
    fieldOf(fields, name) || incomplete(`Authorization header requires '${name}' parameter. Authorization=${scheme}`)
  const timestamp =
    headers.get('x-amz-date') ||
    headers.get('date') ||
    incomplete("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.")
  return assemble({
    credential: needed('Credential'),
    signedHeaders: needed('SignedHeaders'),
    signature: needed('Signature'),
    timestamp,
  })
}

/** The value of `,NAME=VALUE` among others of that form; the last one, should there be several. */
function fieldOf(fields: string, name: string): string | undefined {
  const start = fields.lastIndexOf(`,${name}=`)
  if (start === -1) return undefined
  const end = fields.indexOf(',', start + 1)
  return fields.slice(start + name.length + 2, end === -1 ? undefined : end)
}

function fromParameters(signing: ReadonlyMap<string, string>): Authorization {
  const needed = (name: string) =>
    signing.get(name) || incomplete(`AWS query-string parameters must include '${name}'.`)
  requireAlgorithm(needed('X-Amz-Algorithm'))
  return assemble({
    credential: needed('X-Amz-Credential'),
    signedHeaders: needed('X-Amz-SignedHeaders'),
    signature: needed('X-Amz-Signature'),
    timestamp: needed('X-Amz-Date'),
    expires: signing.get('X-Amz-Expires') ?? shortestLived,
    declaredHash: signing.get('X-Amz-Content-Sha256'),
  })
}

function signingParameters(query: string): ReadonlyMap<string, string> {
  const signing = new Map<string, string>()
  for (const pair of query.split('&')) {
    if (!pair.startsWith('X-Amz-')) continue
    const [name = '', value = ''] = pair.split('=', 2).map(decodeText)
    if (signing.has(name)) incomplete(`The parameter ${name} is given more than once.`)
    signing.set(name, value)
  }
  return signing
}

interface Spelled {
  readonly credential: string
  readonly signedHeaders: string
  readonly signature: string
  readonly timestamp: string
  readonly expires?: string
  readonly declaredHash?: string | undefined
}

function assemble({ credential, signedHeaders, timestamp, ...rest }: Spelled): Authorization {
  const scope = scopeFrom(credential)
  if (Number.isNaN(instantOf(timestamp))) {
    incomplete(`Date must be in ISO-8601 'basic format'. Got '${timestamp}'. See http://en.wikipedia.org/wiki/ISO_8601`)
  }
  if (!timestamp.startsWith(scope.date)) {
    incomplete('Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP.')
  }
  const names = signedHeaders.split(';')
  if (!names.includes('host')) incomplete("'Host' must be a 'SignedHeader' in the AWS Authorization.")
  return { expires: undefined, declaredHash: undefined, ...rest, scope, timestamp, signedHeaders: names }
}

function scopeFrom(credential: string): CredentialScope {
  const parts = credential.split('/')
  const [accessKeyId, date, region, service, terminator] = parts
  if (parts.length !== 5 || !accessKeyId || !date || !region || !service) {
    return incomplete(
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
    )
  }
  if (terminator !== 'aws4_request') incomplete("Credential should be scoped with a valid terminator: 'aws4_request'")
  return { accessKeyId, date, region, service }
}

/** Of the basic form `20261122T100000Z`; NaN for any other text. */
export function instantOf(timestamp: string): Instant {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(timestamp) ?? []
  return instant(Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`))
}

function requireAlgorithm(given: string): void {
  if (given !== algorithm) incomplete(`Unsupported AWS 'algorithm': '${given}'.`)
}

function incomplete(reason: string): never {
  return reject('IncompleteSignature', { reason })
}
