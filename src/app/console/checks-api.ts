/** What the Checks page and the server say to each other. */

import type { Direction } from '../../model/rule.ts'
import type { Severity } from '../../reach/lint/finding.ts'
import type { Outcome } from '../../reach/policy-test/claim.ts'
import type { Outcome as ReplayOutcome } from '../../replay/judgement.ts'
import type { RuleView, TraceQuestion, WorldChanges } from './api.ts'

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

/** A flow log, judged under the world as it is. */
export interface ReplayView {
  readonly records: number
  /** `2026-10-31 22:00:00 to 2026-10-31 22:01:40 UTC`; null where no record says. */
  readonly span: string | null
  /** All of them, in their order. */
  readonly outcomes: readonly OutcomeView[]
  /** What was no record, and what is not in the lists: sentences. */
  readonly notes: readonly string[]
  /** Null where nothing is newly denied. */
  readonly repair: RepairView | null
  /** Null where it is not asked for. */
  readonly shrink: ShrinkView | null
}

export interface OutcomeView {
  readonly outcome: ReplayOutcome
  readonly records: number
  readonly bytes: number
  /** Of its records, those that rest on a guess. */
  readonly guessed: number
  /** The biggest first. */
  readonly causes: readonly CauseView[]
  readonly hiddenCauses: number
}

export interface CauseView {
  readonly text: string
  /** That admit it. */
  readonly rules: readonly RuleView[]
  /** Of which none does. */
  readonly groups: readonly { readonly id: string; readonly name: string }[]
  readonly direction: Direction | null
  readonly records: number
  readonly bytes: number
  readonly pairs: readonly LogPair[]
  readonly hiddenPairs: number
  /** Records of pairs that were not kept. */
  readonly others: number
}

/** Who opened connections to whom. */
export interface LogPair {
  readonly from: string
  readonly to: string
  /** `tcp/443`, `icmp`, `50`. */
  readonly service: string
  readonly isGuessed: boolean
  readonly records: number
  readonly bytes: number
}

export interface RepairView {
  /** How many lines there are, and how few they are. */
  readonly counts: string
  readonly lines: readonly { readonly command: string; readonly use: string }[]
  readonly hiddenLines: number
  readonly proof: readonly string[]
  readonly opens: WorldChanges
}

/** The tightest rules that still admit what was seen. */
export interface ShrinkView {
  readonly headline: string
  readonly rules: readonly ShrunkRule[]
  readonly hiddenRules: number
  /** Left as they are, though they might be narrower if more were known. */
  readonly whole: readonly { readonly rule: RuleView; readonly why: string }[]
  /** Of the rules that are listed; those that admit come first. */
  readonly commands: readonly string[]
  readonly proof: readonly string[]
  readonly closedHeadline: string
  readonly closes: WorldChanges
  /** What the log cannot vouch for: sentences. */
  readonly risks: readonly string[]
}

export interface ShrunkRule {
  readonly rule: RuleView
  readonly groupName: string
  /** The rules that come for it; none where it is unused. */
  readonly becomes: readonly string[]
}
