/** Policy tests as data: who must be able to open a connection to whom, and who must not. */

import type { Family } from '../../net/address.ts'
import type { RuleRef } from '../../policy/policy.ts'

/** One of a test's `accept` or `deny` entries: about every end of its source with every end of its destination. */
export interface Claim {
  readonly kind: 'accept' | 'deny'
  /** As written: `db:5432`. */
  readonly text: string
  readonly from: readonly string[]
  readonly to: readonly string[]
  /** `tcp/5432`; of several, all are meant. */
  readonly services: readonly string[]
  readonly families: readonly Family[]
  /** Where it stands in its file. */
  readonly line: number
}

export interface PolicyTest {
  readonly name: string
  readonly claims: readonly Claim[]
}

/** `error`: it is about nothing, or names what nobody knows. */
export type Outcome = 'passed' | 'failed' | 'undetermined' | 'error'

export interface ClaimResult {
  readonly claim: Claim
  readonly outcome: Outcome
  /** Why it is not passed, in a sentence. */
  readonly message: string
  readonly packet: string | undefined
  /** For a deny, the rules that let the packet by. */
  readonly rules: readonly RuleRef[]
  /** What stops the packet of an accept, or what nobody can tell. */
  readonly blockers: readonly string[]
  /** A timeline of the packet for `sallyport simulate`. */
  readonly replay: string | undefined
}
