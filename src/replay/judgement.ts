/** What a replay says of a record, and why. */

import type { GroupId, NetworkAclId, NetworkInterfaceId } from '../model/ids.ts'
import type { Direction } from '../model/rule.ts'
import type { Address } from '../net/address.ts'
import type { Allow, RuleRef } from '../policy/policy.ts'

/** What the log says of it, and what the rules that are proposed say. */
export const outcomes = [
  'newly denied',
  'newly allowed',
  'uncertain',
  'unchanged, accepted',
  'unchanged, rejected',
] as const
export type Outcome = (typeof outcomes)[number]

/** Why nobody can tell. */
export const doubts = {
  direction: 'nobody can tell who opened it, and only one of the two could have',
  'icmp-type': 'a flow log has no ICMP types, and the rules admit some of them only',
  'refused-answer': 'an answer was refused: the record does not say whether by an ACL or for want of a connection',
  'no-connection': 'a segment of no open connection was refused: the record does not say why it had none',
  source: 'the source does not say enough',
  'unknown-interface': 'the source has no such interface',
  'unknown-address': 'neither side is an address that the interface has in the source',
  'no-groups': 'the interface has no security groups: it is a service’s own, which they do not filter',
  multicast: 'it was sent to many',
  fields: 'the record lacks addresses, ports, a protocol or an action',
} as const
export type Doubt = keyof typeof doubts

/** Where packets are stopped. */
export type Stop =
  | {
      readonly kind: 'no-rule'
      readonly networkInterface: NetworkInterfaceId
      readonly direction: Direction
      readonly groups: readonly GroupId[]
      readonly peer: Address
    }
  | {
      readonly kind: 'acl'
      readonly acl: NetworkAclId
      readonly direction: Direction
      readonly entry: number | '*'
      readonly peer: Address
      readonly isAnswer: boolean
    }

/** By what records are told together. */
export type Cause =
  | { readonly kind: 'rules'; readonly direction: Direction; readonly rules: readonly RuleRef[] }
  | { readonly kind: 'exempt'; readonly service: string }
  | { readonly kind: 'no-rule'; readonly direction: Direction; readonly groups: readonly GroupId[] }
  | Pick<Extract<Stop, { kind: 'acl' }>, 'kind' | 'acl' | 'direction' | 'entry'>
  | { readonly kind: 'doubt'; readonly doubt: Doubt }

export interface Judgement {
  readonly outcome: Outcome
  /** It rests on a guess of who opened the connection, or of what an ICMP message is. */
  readonly isGuessed: boolean
  readonly cause: Cause
}

const doubtsTold = new Map<Doubt, Judgement>()

export function doubtful(doubt: Doubt): Judgement {
  const known = doubtsTold.get(doubt)
  if (known) return known
  const judgement = { outcome: 'uncertain', isGuessed: false, cause: { kind: 'doubt', doubt } } as const
  doubtsTold.set(doubt, judgement)
  return judgement
}

/** The same judgement, resting on a guess; what is uncertain rests on nothing. */
export function guessed(judgement: Judgement): Judgement {
  if (judgement.isGuessed || judgement.outcome === 'uncertain') return judgement
  const known = guesses.get(judgement)
  if (known) return known
  const guess = { ...judgement, isGuessed: true }
  guesses.set(judgement, guess)
  return guess
}

const guesses = new WeakMap<Judgement, Judgement>()

/** What a cause is found by. */
interface Found {
  readonly word: number
  readonly stops: readonly Stop[]
  readonly rules: readonly Allow[]
  readonly openingDirection: Direction
  readonly exempt: string | undefined
}

type ByOutcome = Readonly<Record<Outcome, Judgement>>

/** Judgements of one cause and outcome are one object: flows are many, causes are few. */
export class Causes {
  readonly #known = new Map<string, ByOutcome>()

  of(found: Found): ByOutcome {
    const cause = causeOf(found)
    const key = causeKey(cause)
    const known = this.#known.get(key)
    if (known) return known
    const told = Object.fromEntries(outcomes.map((outcome) => [outcome, { outcome, isGuessed: false, cause }]))
    this.#known.set(key, told as unknown as ByOutcome)
    return told as unknown as ByOutcome
  }
}

function causeOf({ word, stops, rules, openingDirection: direction, exempt }: Found): Cause {
  const [stop] = stops
  if (word === 0 && stop?.kind === 'acl') {
    return { kind: 'acl', acl: stop.acl, direction: stop.direction, entry: stop.entry }
  }
  if (word === 0 && stop?.kind === 'no-rule') {
    return { kind: 'no-rule', direction: stop.direction, groups: stop.groups }
  }
  if (exempt !== undefined) return { kind: 'exempt', service: exempt }
  return { kind: 'rules', direction, rules: rules.map(({ rule, group }) => ({ rule, group })) }
}

export function causeKey(cause: Cause): string {
  switch (cause.kind) {
    case 'rules':
      return `${cause.direction} ${cause.rules.map(({ rule }) => rule).join()}`
    case 'no-rule':
      return `no ${cause.direction} ${cause.groups.join()}`
    case 'acl':
      return `${cause.acl} ${cause.direction} ${cause.entry}`
    case 'exempt':
      return `exempt ${cause.service}`
    case 'doubt':
      return `doubt ${cause.doubt}`
    default:
      return cause satisfies never
  }
}
