/** What the Checks page and the server say to each other. */

import type { Severity } from '../../reach/lint/finding.ts'
import type { Outcome } from '../../reach/policy-test/claim.ts'
import type { RuleView, TraceQuestion } from './api.ts'

/** A file of policy tests, held against the world as it is. */
export interface PolicyTestsView {
  readonly claims: readonly ClaimView[]
  readonly coverage: {
    readonly exercised: number
    /** Rules of groups that interfaces carry. */
    readonly all: number
    /** Those by which no packet of an accept passes. */
    readonly missed: readonly RuleView[]
  }
}

export interface ClaimView {
  readonly test: string
  readonly kind: 'accept' | 'deny'
  /** As written: `db:5432`. */
  readonly target: string
  /** In the file. */
  readonly line: number
  readonly outcome: Outcome
  /** Why it is not passed, in a sentence. */
  readonly message: string
  readonly counterexample: CounterexampleView | null
}

/** A packet that does not fare as a claim says. */
export interface CounterexampleView {
  readonly packet: string
  readonly question: TraceQuestion
  /** That let it by. */
  readonly rules: readonly RuleView[]
  /** What is in its way. */
  readonly blockers: readonly string[]
  /** For `sallyport simulate`. */
  readonly timeline: string
}

export interface LintView {
  readonly findings: readonly LintFinding[]
  readonly suppressed: readonly { readonly finding: LintFinding; readonly reason: string }[]
  /** Entries of the configuration that do nothing. */
  readonly remarks: readonly string[]
  /** That were looked at. */
  readonly groups: number
  readonly rules: number
}

export interface LintFinding {
  /** Of the lint rule, as suppressions name it. */
  readonly id: string
  readonly severity: Severity
  readonly title: string
  readonly message: string
  /** What it is about: its group's page, where it has one. */
  readonly on: string
  readonly group: { readonly id: string; readonly name: string } | null
  readonly rule: RuleView | null
  readonly details: readonly string[]
  readonly isCertain: boolean
  readonly packet: string | null
  readonly question: TraceQuestion | null
  /** Lines for the aws CLI. */
  readonly fix: readonly string[]
}
