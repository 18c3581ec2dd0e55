/** Bodies that the console's pages send, read member by member. */

import { BadInput } from '../bad-input.ts'
import type { Call } from './api.ts'

export type Members = Readonly<Record<string, unknown>>

export function membersOf(value: unknown, what: string): Members {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Members
  throw new BadInput(`${what} must be a JSON object.`)
}

export function textOf(members: Members, name: string): string {
  const value = members[name]
  if (typeof value === 'string' && value !== '') return value
  throw new BadInput(`${name} must be a text.`)
}

/** Empty where the member is absent. */
export function textsOf(members: Members, name: string): readonly string[] {
  const value = members[name] ?? []
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value
  throw new BadInput(`${name} must be a list of texts.`)
}

/** Undefined where the member is absent or null. */
export function numberOf(members: Members, name: string, most: number): number | undefined {
  const value = members[name] ?? undefined
  if (value === undefined) return undefined
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most) return value
  throw new BadInput(`${name} must be a whole number from 0 to ${most}.`)
}

export function callOf(value: unknown): Call {
  const members = membersOf(value, 'A call')
  return { action: textOf(members, 'action'), input: membersOf(members['input'] ?? {}, 'input') }
}

const mostCalls = 20

export function callsOf(members: Members): readonly Call[] {
  const calls = members['calls']
  if (!Array.isArray(calls) || calls.length > mostCalls)
    throw new BadInput(`calls must be a list of up to ${mostCalls}.`)
  return calls.map(callOf)
}
