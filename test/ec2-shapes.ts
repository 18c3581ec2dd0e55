/**
 * Arbitrary inputs and outputs of any modelled action, and the client's half of the query language:
 * an encoder written from the spec alone, so that it can disagree with the decoder.
 */

import fc from 'fast-check'
import { formatInstant, type Instant } from '../src/base/clock.ts'
import { isScalar, type Member, membersOf, type ScalarType } from '../src/ec2/protocol/shape.ts'
import { actionShapes } from '../src/ec2/protocol/shapes.generated.ts'
import type { ActionName } from '../src/ec2/protocol/types.generated.ts'

export type Structure = Readonly<Record<string, unknown>>

export const everyAction = Object.keys(actionShapes) as ActionName[]

/** Any text but for the characters that XML cannot carry: a request with one is refused. */
const wireText = fc
  .string({ unit: 'binary', maxLength: 8 })
  .map((each) => each.replace(/[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ''))

const text = fc.oneof(
  fc.string({ maxLength: 12 }),
  wireText,
  fc.constantFrom('', ' é & + ~ ', '<a href="x">\'&amp;]]>', '\r\n\t', '日本語', '__proto__', '%41=%', '-1'),
)
/** Strings that every client carries as they are. */
export const plainText = fc.string({ minLength: 1, maxLength: 12 })
const scalars: Readonly<Record<ScalarType, fc.Arbitrary<unknown>>> = {
  string: text,
  number: fc.oneof(fc.integer(), fc.maxSafeInteger()),
  boolean: fc.boolean(),
  timestamp: fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }).map(Number),
  blob: fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes).toString('base64')),
}

export function anyStructure(shape: string, strings: fc.Arbitrary<string> = text): fc.Arbitrary<Structure> {
  const members = membersOf(shape)
  const requiredKeys = members.filter((member) => member.isRequired).map((member) => member.name)
  const arbitraries = members.map((member) => [member.name, anyMember(member, strings)] as const)
  return fc.record(Object.fromEntries(arbitraries), { requiredKeys, noNullPrototype: true })
}

function anyMember({ type, isList, isRequired }: Member, strings: fc.Arbitrary<string>): fc.Arbitrary<unknown> {
  const required = strings.filter((string) => string !== '')
  const string = isRequired && !isList ? required : strings
  const item = type === 'string' ? string : isScalar(type) ? scalars[type] : anyStructure(type, strings)
  return isList ? fc.array(item, { minLength: isRequired ? 1 : 0, maxLength: 3 }) : item
}

/** What the query language can say of a value: nothing of an empty list, nor of a structure that sends nothing. */
export function sayable(value: unknown): unknown {
  if (!isSaid(value)) return undefined
  if (Array.isArray(value)) return value.length > 0 ? value.filter(isSaid).map(sayable) : undefined
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, member]) => [name, sayable(member)] as const)
  return Object.fromEntries(entries.filter(([, member]) => member !== undefined))
}

/** An empty list sends its bare name, which makes known the structure around it. */
function isSaid(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0 || value.some(isSaid)
  if (typeof value !== 'object' || value === null) return value !== undefined
  return Object.values(value).some(isSaid)
}

export type Pair = readonly [name: string, value: string]

/** The parameters that a client sends for `value`; an empty list is said as a bare `Name=`. */
export function pairsOf(shape: string, value: Structure, prefix = ''): Pair[] {
  return membersOf(shape).flatMap(({ name, type, isList, requestName }) => {
    const member = value[name]
    const key = `${prefix}${requestName}`
    if (member === undefined) return []
    if (!isList) return itemPairs(type, member, key)
    const items = member as readonly unknown[]
    return items.length === 0
      ? [[key, ''] as const]
      : items.flatMap((item, index) => itemPairs(type, item, `${key}.${index + 1}`))
  })
}

function itemPairs(type: string, item: unknown, key: string): Pair[] {
  if (type === 'timestamp') return [[key, formatInstant(item as Instant)]]
  return isScalar(type) ? [[key, String(item)]] : pairsOf(type, item as Structure, `${key}.`)
}

export function formText(pairs: readonly Pair[]): string {
  return pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&')
}
