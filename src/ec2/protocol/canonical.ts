/**
 * The canonical form of a received request, as Signature Version 4 hashes it. Every service but S3
 * encodes the path a second time.
 */

import { reject } from '../../model/rejection.ts'
import { decodeText } from './query.ts'

export function canonicalPath(path: string): string {
  const segments: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop()
    else if (segment !== '' && segment !== '.') segments.push(encode(segment))
  }
  const trailing = path.endsWith('/') && segments.length > 0 ? '/' : ''
  return `/${segments.join('/')}${trailing}`
}

/** All parameters but the signature itself, in byte order of their encoded names, then values. */
export function canonicalQuery(query: string): string {
  const pairs: (readonly [name: string, value: string])[] = []
  for (const pair of query.split('&')) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    const name = decodeText(equals === -1 ? pair : pair.slice(0, equals))
    if (name === 'X-Amz-Signature') continue
    pairs.push([encode(name), equals === -1 ? '' : encode(decodeText(pair.slice(equals + 1)))])
  }
  const inOrder = pairs.sort(([name, value], [other, otherValue]) => compare(name, other) || compare(value, otherValue))
  return inOrder.map(([name, value]) => `${name}=${value}`).join('&')
}

/** A name that was signed and did not arrive counts as empty, which no signer of it would have meant. */
export function canonicalHeaders(headers: ReadonlyMap<string, string>, signed: readonly string[]): string {
  return signed.map((name) => `${name}:${(headers.get(name) ?? '').trim().replace(/ +/g, ' ')}\n`).join('')
}

/** Percent-encodes all but the unreserved characters of RFC 3986; JavaScript's own leaves five more. */
function encode(text: string): string {
  try {
    return encodeURIComponent(text).replace(/[!'()*]/g, encodeByte)
  } catch {
    return reject('MalformedQueryString', { reason: 'The request target holds half a surrogate pair' })
  }
}

function encodeByte(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
