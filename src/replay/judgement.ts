/** What a replay says of a record, and why. */

import type { GroupId, NetworkAclId, NetworkInterfaceId } from '../model/ids.ts'
import type { Direction } from '../model/rule.ts'
import type { RuleRef } from '../policy/policy.ts'

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
    }
  | {
      readonly kind: 'acl'
      readonly acl: NetworkAclId
      readonly direction: Direction
      readonly entry: number | '*'
    }

/** By what records are told together. */
export type Cause =
  | { readonly kind: 'rules'; readonly direction: Direction; readonly rules: readonly RuleRef[] }
  | { readonly kind: 'exempt'; readonly service: string }
  | { readonly kind: 'no-rule'; readonly direction: Direction; readonly groups: readonly GroupId[] }
  | Extract<Stop, { kind: 'acl' }>
  | { readonly kind: 'doubt'; readonly doubt: Doubt }

export interface Judgement {
  readonly outcome: Outcome
  /** It rests on a guess of who opened the connection, or of what an ICMP message is. */
  readonly isGuessed: boolean
  readonly cause: Cause
}

export function doubtful(doubt: Doubt): Judgement {
  return { outcome: 'uncertain', isGuessed: false, cause: { kind: 'doubt', doubt } }
}

export function causeOfStop(stop: Stop): Cause {
  if (stop.kind === 'acl') return stop
  return { kind: 'no-rule', direction: stop.direction, groups: stop.groups }
}
