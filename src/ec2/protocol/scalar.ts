/**
 * One value of a request, text to value. The model does not tell integers from fractions, but no
 * modelled request takes a fraction, so every number here is an integer.
 */

import { type Instant, instant } from '../../base/clock.ts'
import { reject } from '../../model/rejection.ts'
import type { ScalarType } from './shape.ts'

type Scalar = string | number | boolean | Instant

const readers: Readonly<Record<ScalarType, (text: string) => Scalar | undefined>> = {
  string: (text) => text,
  number: readInteger,
  boolean: readBoolean,
  timestamp: readInstant,
  blob: readBlob,
}

const expectations: Readonly<Record<ScalarType, string>> = {
  string: 'Expected text.',
  number: 'Expected an integer.',
  boolean: 'Expected true or false.',
  timestamp: 'Expected an ISO 8601 time.',
  blob: 'Expected base64 text.',
}

/** `parameter` is the name for the refusal. */
export function decodeScalar(type: ScalarType, text: string, parameter: string): Scalar {
  const value = readers[type](text)
  if (value === undefined) {
    return reject('InvalidParameterValue', { value: text, name: parameter, reason: expectations[type] })
  }
  return value
}

function readInteger(text: string): number | undefined {
  if (!/^-?[0-9]{1,16}$/.test(text)) return undefined
  const value = Number(text)
  // `-0` would print as 0 and compare unequal to it.
  return Number.isSafeInteger(value) ? value + 0 : undefined
}

/** Python clients write `True` (spec 1.1). */
function readBoolean(text: string): boolean | undefined {
  const lower = text.toLowerCase()
  return lower === 'true' ? true : lower === 'false' ? false : undefined
}

const isoTime = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:\d{2})?)?$/i

/** A time without an offset is UTC, which is what `Date.parse` would not assume. */
function readInstant(text: string): Instant | undefined {
  const [, date, time = '00:00', offset = 'Z'] = isoTime.exec(text) ?? []
  if (date === undefined || !isCalendarDate(date)) return undefined
  const at = Date.parse(`${date}T${time}${offset.toUpperCase()}`)
  return Number.isNaN(at) ? undefined : instant(at)
}

/** `Date.parse` takes 30 February for 2 March. */
function isCalendarDate(date: string): boolean {
  const midnight = Date.parse(`${date}T00:00Z`)
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(date)
}

/** Kept as the base64 text it is, which is also how it goes back out. */
function readBlob(text: string): string | undefined {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? text : undefined
}
