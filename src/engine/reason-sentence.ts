/** A verdict's reason as a sentence for people. It says what the reason's data says and nothing else. */

import type { Instant } from '../base/clock.ts'
import type { RuleRef } from '../policy/policy.ts'
import type { AllowedBecause, ConnectionView, DeniedBecause, Verdict } from './verdict.ts'

/** One sentence without its full stop; times are counted from `now`. */
export function reasonSentence(verdict: Verdict, now: Instant): string {
  const text = sentence(verdict.because, now)
  return 'sends' in verdict && verdict.sends ? `${text}; its sender is told by ${answers[verdict.sends]}` : text
}

const answers = { 'tcp-reset': 'a TCP reset', 'icmp-prohibited': 'an ICMP error' } as const

function sentence(because: AllowedBecause | DeniedBecause, now: Instant): string {
  switch (because.kind) {
    case 'rules':
      return `admitted by ${named(because.rules)} and tracked, as ${because.why}; forgotten after ${span(because.expiresAt - now)} idle`
    case 'untracked':
      return untracked(because)
    case 'message':
      return `admitted by ${named(because.rules)}; a message that is no question is not tracked`
    case 'connection':
      return `${because.role === 'reply' ? 'answers' : 'belongs to'} ${connection(because.connection, now)}`
    case 'related-error':
      return `an error about ${connection(because.connection, now)}`
    case 'exempt':
      return `traffic of ${because.service} is never filtered`
    case 'fragment':
      return `a later fragment; the first was ${sentence(because.first, now)}`
    case 'later-fragment':
      return laterFragment
    default:
      return denial(because)
  }
}

const laterFragment = 'a later fragment, which has no ports to judge'

function denial(because: Exclude<DeniedBecause, { readonly kind: 'fragment' }>): string {
  switch (because.kind) {
    case 'no-rule':
      return `no ${because.direction} rule of ${because.groups.join(', ') || 'any group'} admits it, and no connection that it belongs to is known`
    case 'no-state':
      return `${named(because.rules)} would admit it, but it is in the middle of a TCP connection that is not known`
    case 'acl':
      return `refused by ${because.entry === '*' ? 'the final deny' : `entry ${because.entry}`} of ${because.acl}, ${because.direction}`
    case 'allowance':
      return `the instance already tracks ${because.allowance} connections, its allowance`
    case 'source-dest-check':
      return because.direction === 'ingress'
        ? "source/destination check: its destination is not the interface's"
        : "source/destination check: its source is not the interface's"
    case 'multicast':
      return 'a VPC carries no multicast or broadcast'
    case 'fragment-without-first':
      return 'a later fragment of a datagram whose first fragment was not seen'
    case 'later-fragment':
      return laterFragment
    case 'malformed':
      return `malformed: ${because.detail}`
    default:
      return because satisfies never
  }
}

function untracked(because: Extract<AllowedBecause, { kind: 'untracked' }>): string {
  const { rules, answers, isAnswer } = because
  const pair = `${named(rules)} opens it to all addresses and ${named(answers)} opens all ports the other way`
  return `untracked, as ${pair}; ${isAnswer ? 'an answer' : 'it'} passes by the rules alone`
}

function connection({ by, expiresAt, openedAt }: ConnectionView, now: Instant): string {
  const revoked = by.some(({ isInForce }) => isInForce) ? '' : ', since revoked'
  return `the connection opened ${span(now - openedAt)} ago, admitted by ${named(by)}${revoked}; forgotten after ${span(expiresAt - now)} idle`
}

function named(rules: readonly RuleRef[]): string {
  return rules.map(({ rule, group }) => `${rule} of ${group}`).join(', ')
}

/** Milliseconds as people say them: `350s`, `5d`. */
function span(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000)
  if (seconds >= 86_400 && seconds % 86_400 === 0) return `${seconds / 86_400}d`
  return milliseconds % 1000 === 0 || milliseconds > 10_000 ? `${seconds}s` : `${milliseconds}ms`
}
