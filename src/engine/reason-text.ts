/** A verdict's reason in the few words of a timeline's `expect` column (docs/vectors.md). */

import type { RuleRef } from '../policy/policy.ts'
import type { AllowedBecause, ConnectionView, DeniedBecause, Verdict } from './verdict.ts'

/** `sgr-2`, `untracked(sgr-1, sgr-2)`, `connection(sgr-2, revoked)`, `no-rule`, `acl(90)`, … */
export function reasonText(verdict: Verdict): string {
  const text = textOf(verdict.because)
  return 'sends' in verdict ? `${text}, ${verdict.sends}` : text
}

function textOf(because: AllowedBecause | DeniedBecause): string {
  switch (because.kind) {
    case 'rules':
      return names(because.rules)
    case 'message':
      return `message(${names(because.rules)})`
    case 'untracked':
      return `untracked(${names(because.rules)}; ${names(because.answers)})`
    case 'connection':
      return `connection(${connectionText(because.connection)})`
    case 'related-error':
      return `related-error(${connectionText(because.connection)})`
    case 'fragment':
      return `fragment(${textOf(because.first)})`
    case 'acl':
      return `acl(${because.entry})`
    default:
      return because.kind
  }
}

function names(rules: readonly RuleRef[]): string {
  return rules.map(({ rule }) => rule).join(' ')
}

/** Revoked, once none of the rules that admitted it would admit it today. */
function connectionText({ by }: ConnectionView): string {
  return by.some(({ isInForce }) => isInForce) ? names(by) : `${names(by)}, revoked`
}
