/** What the engine answers: an action and, as data, because of what. Everything that explains prints this. */

import type { Instant } from '../base/clock.ts'
import type { GroupId, NetworkAclId } from '../model/ids.ts'
import type { Direction } from '../model/rule.ts'
import type { ExemptService } from '../policy/exempt.ts'
import type { RuleRef } from '../policy/policy.ts'
import type { ProtocolState } from './protocol-state.ts'

/** Why a flow that rules admit is tracked (data-plane 2.2, 2.3). */
export type WhyTracked =
  | 'the protocol is always tracked'
  | 'the path is automatically tracked'
  | 'no rule that admits it is open to all addresses'
  | 'the other direction is not open to all addresses on all ports'
  | 'a rule that admits it is not open to all addresses'

/** A connection as a verdict shows it. */
export interface ConnectionView {
  readonly by: readonly (RuleRef & { readonly isInForce: boolean })[]
  readonly direction: Direction
  readonly openedAt: Instant
  readonly expiresAt: Instant
  readonly state: ProtocolState
}

export type AllowedBecause =
  | { readonly kind: 'exempt'; readonly service: ExemptService }
  /** Rules admitted it, and a connection now stands for its answers. */
  | {
      readonly kind: 'rules'
      readonly rules: readonly RuleRef[]
      readonly tracked: true
      readonly why: WhyTracked
      readonly expiresAt: Instant
    }
  /** Rules of both directions make the flow untracked: this packet passed by them alone. */
  | {
      readonly kind: 'untracked'
      readonly rules: readonly RuleRef[]
      readonly answers: readonly RuleRef[]
      readonly isAnswer: boolean
    }
  /** An ICMP message that is no question: admitted by rules, nothing to remember. */
  | { readonly kind: 'message'; readonly rules: readonly RuleRef[] }
  | { readonly kind: 'connection'; readonly role: 'original' | 'reply'; readonly connection: ConnectionView }
  | { readonly kind: 'related-error'; readonly connection: ConnectionView }
  | { readonly kind: 'fragment'; readonly first: AllowedBecause }
  /** A later fragment, where each is judged for itself. */
  | { readonly kind: 'later-fragment' }

export type DeniedBecause =
  | { readonly kind: 'no-rule'; readonly direction: Direction; readonly groups: readonly GroupId[] }
  /** A rule would admit the packet, but TCP opens no flow in mid-stream. */
  | { readonly kind: 'no-state'; readonly rules: readonly RuleRef[] }
  | { readonly kind: 'acl'; readonly acl: NetworkAclId; readonly direction: Direction; readonly entry: number | '*' }
  | { readonly kind: 'allowance'; readonly allowance: number }
  | { readonly kind: 'source-dest-check'; readonly direction: Direction }
  | { readonly kind: 'multicast' }
  | { readonly kind: 'fragment-without-first' }
  | { readonly kind: 'malformed'; readonly detail: string }
  | { readonly kind: 'fragment'; readonly first: DeniedBecause }
  | { readonly kind: 'later-fragment' }

/** What the sender of a refused packet hears, where it hears anything. */
export type Rejecting = 'tcp-reset' | 'icmp-prohibited'

export type Verdict =
  | { readonly action: 'allow'; readonly because: AllowedBecause }
  | { readonly action: 'deny'; readonly because: DeniedBecause; readonly sends?: Rejecting }

export function allow(because: AllowedBecause): Verdict {
  return { action: 'allow', because }
}

export function deny(because: DeniedBecause): Verdict {
  return { action: 'deny', because }
}
