/**
 * ClientToken: the same token with the same parameters answers what the first call answered, with
 * others it is refused (spec 1.7). Answers are remembered for a day.
 */

import { after, formatInstant, hours, type Instant } from '../base/clock.ts'
import { type Change, put } from '../model/change.ts'
import { linkPrefix, targetOf } from '../model/links.ts'
import { reject } from '../model/rejection.ts'
import type { World } from '../model/world.ts'

const remembered = hours(24)

export interface TokenedCall {
  readonly action: string
  readonly token: string
  /** The request's input as JSON, less the token and whether it is a dry run. */
  readonly parameters: string
}

/** The call as its token sees it; undefined for an input without a token. */
export function tokenedCall(action: string, input: object): TokenedCall | undefined {
  const { ClientToken: token, ...rest } = input as { readonly ClientToken?: string }
  if (!token) return undefined
  if (!allowed.test(token)) {
    reject('InvalidParameterValue', {
      value: token,
      name: 'clientToken',
      reason: 'Expected up to 64 ASCII characters.',
    })
  }
  return { action, token, parameters: JSON.stringify({ ...rest, ...withoutDryRun }, inNameOrder) }
}

/** A dry run asks whether the call itself would succeed, so it is no other call. */
const withoutDryRun = { DryRun: undefined }
const allowed = /^[ -~]{1,64}$/

/** The order in which a client writes its parameters means nothing. */
function inNameOrder(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The output of the first call with this token, or undefined if there was none. */
export function rememberedOutput(world: World, call: TokenedCall, now: Instant): unknown {
  const first = world.clientToken.get(tokenId(call))
  if (!first || after(first.at, remembered) < now) return undefined
  if (first.parameters !== call.parameters) reject('IdempotentParameterMismatch')
  return JSON.parse(first.output)
}

/** The changes that remember an answer and forget those that are too old. */
export function rememberOutput(world: World, call: TokenedCall, output: unknown, now: Instant): Change[] {
  const id = tokenId(call)
  const forgotten = expiredTokens(world, now).filter((each) => each !== id)
  return [
    ...forgotten.map((each): Change => ({ kind: 'removed', of: 'clientToken', id: each })),
    put('clientToken', { id, parameters: call.parameters, output: JSON.stringify(output), at: now }),
  ]
}

function tokenId({ action, token }: TokenedCall): `${string}/${string}` {
  return `${action}/${token}`
}

function expiredTokens(world: World, now: Instant): string[] {
  const expired: string[] = []
  const oldestKept = `${linkPrefix('client tokens at')}${formatInstant(after(now, -remembered as typeof remembered))}`
  for (const key of world.links.keysWithPrefix(linkPrefix('client tokens at'))) {
    if (key >= oldestKept) break
    expired.push(targetOf(key))
  }
  return expired
}
