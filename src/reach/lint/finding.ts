/** What a lint rule is and what it finds, as plain data: for the command line, for other programs, for the console. */

import type { Scene } from './scene.ts'

export type Severity = 'error' | 'warning' | 'note'
/** The gravest first. */
export const severities: readonly Severity[] = ['error', 'warning', 'note']

/** What one rule tells of one thing. */
export interface Found {
  /**
   * The id of what it is about: a rule, a group, or an interface where several groups have a part in it; the name of
   * an ACL's or a prefix list's entry.
   */
  readonly on: string
  /** What it is about, `on` among them: rules, their groups, interfaces. A suppression names any of them. */
  readonly objects: readonly string[]
  /** A sentence. */
  readonly message: string
  /** One packet of those that it is about; undefined where no interface could send or receive one. */
  readonly packet: string | undefined
  /** What is to be known besides, a line each. */
  readonly details: readonly string[]
  /** Lines for the aws CLI, in order, after which it is no longer found. */
  readonly fix: readonly string[]
  /** False: it depends on something that this program does not know or does not run. */
  readonly isCertain: boolean
}

export interface Finding extends Found {
  readonly id: string
  /** Of the rule; a finding that is not certain is a note. */
  readonly severity: Severity
  readonly title: string
}

export interface LintRule {
  /** Stable: people write it in suppressions. */
  readonly id: string
  readonly severity: Severity
  readonly title: string
  /** What is found, what is not, and why it matters. */
  readonly explanation: string
  readonly find: (scene: Scene) => Iterable<Found>
}
