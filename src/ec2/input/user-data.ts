/** User data as instances keep it: the base64 text that was given, of at most 16 KB decoded. */

import { reject } from '../../model/rejection.ts'

const mostBytes = 16_384
const base64 = /^[A-Za-z0-9+/]*={0,2}$/

/** Undefined for none; clients wrap long base64 text in lines, which does not count. */
export function userData(given: string | undefined): string | undefined {
  const text = given?.replace(/\s+/g, '')
  if (!text) return undefined
  if (text.length % 4 !== 0 || !base64.test(text)) reject('UserDataMalformed')
  if (Buffer.byteLength(text, 'base64') > mostBytes) reject('UserDataTooLong')
  return text
}
