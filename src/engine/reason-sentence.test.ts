/** Each reason in the words for people and in the words of the `expect` column. */

import { describe, expect, test } from 'vitest'
import { instant } from '../base/clock.ts'
import type { RuleRef } from '../policy/policy.ts'
import { reasonSentence } from './reason-sentence.ts'
import { reasonText } from './reason-text.ts'
import { allow, type ConnectionView, deny, type Verdict } from './verdict.ts'

const one: RuleRef = { rule: 'sgr-1', group: 'sg-web' }
const two: RuleRef = { rule: 'sgr-2', group: 'sg-db' }
const now = instant(1_000_000)
const why = 'the protocol is always tracked'

function connection(...inForce: readonly boolean[]): ConnectionView {
  const by = [one, two].slice(0, inForce.length).map((ref, index) => ({ ...ref, isInForce: inForce[index] ?? false }))
  const [openedAt, expiresAt] = [instant(now - 90_000), instant(now + 350_000)]
  return { by, direction: 'ingress', openedAt, expiresAt, state: { protocol: 'tcp', state: 'established' } }
}

const opened = 'the connection opened 90s ago, admitted by'
const refused = { kind: 'no-rule', direction: 'ingress', groups: ['sg-web'] } as const

const table: readonly (readonly [Verdict, text: string, sentence: string])[] = [
  [
    allow({ kind: 'rules', rules: [one, two], tracked: true, why, expiresAt: instant(now + 120_000) }),
    'sgr-1 sgr-2',
    `admitted by sgr-1 of sg-web, sgr-2 of sg-db and tracked, as ${why}; forgotten after 120s idle`,
  ],
  [
    allow({ kind: 'untracked', rules: [one], answers: [two], isAnswer: false }),
    'untracked(sgr-1; sgr-2)',
    'untracked, as sgr-1 of sg-web opens it to all addresses and sgr-2 of sg-db opens all ports the other way; it passes by the rules alone',
  ],
  [
    allow({ kind: 'untracked', rules: [one], answers: [one, two], isAnswer: true }),
    'untracked(sgr-1; sgr-1 sgr-2)',
    'untracked, as sgr-1 of sg-web opens it to all addresses and sgr-1 of sg-web, sgr-2 of sg-db opens all ports the other way; an answer passes by the rules alone',
  ],
  [
    allow({ kind: 'message', rules: [one] }),
    'message(sgr-1)',
    'admitted by sgr-1 of sg-web; a message that is no question is not tracked',
  ],
  [
    allow({ kind: 'connection', role: 'original', connection: connection(true) }),
    'connection(sgr-1)',
    `belongs to ${opened} sgr-1 of sg-web; forgotten after 350s idle`,
  ],
  [
    allow({ kind: 'connection', role: 'reply', connection: connection(true) }),
    'connection(sgr-1)',
    `answers ${opened} sgr-1 of sg-web; forgotten after 350s idle`,
  ],
  [
    allow({ kind: 'connection', role: 'original', connection: connection(false, true) }),
    'connection(sgr-1 sgr-2)',
    `belongs to ${opened} sgr-1 of sg-web, sgr-2 of sg-db; forgotten after 350s idle`,
  ],
  [
    allow({ kind: 'connection', role: 'original', connection: connection(false, false) }),
    'connection(sgr-1 sgr-2, revoked)',
    `belongs to ${opened} sgr-1 of sg-web, sgr-2 of sg-db, since revoked; forgotten after 350s idle`,
  ],
  [
    allow({ kind: 'related-error', connection: connection(false) }),
    'related-error(sgr-1, revoked)',
    `an error about ${opened} sgr-1 of sg-web, since revoked; forgotten after 350s idle`,
  ],
  [allow({ kind: 'exempt', service: 'Amazon DNS' }), 'exempt', 'traffic of Amazon DNS is never filtered'],
  [
    allow({ kind: 'fragment', first: { kind: 'exempt', service: 'DHCP' } }),
    'fragment(exempt)',
    'a later fragment; the first was traffic of DHCP is never filtered',
  ],
  [deny(refused), 'no-rule', 'no ingress rule of sg-web admits it, and no connection that it belongs to is known'],
  [
    deny({ kind: 'no-rule', direction: 'egress', groups: ['sg-web', 'sg-db'] }),
    'no-rule',
    'no egress rule of sg-web, sg-db admits it, and no connection that it belongs to is known',
  ],
  [
    deny({ kind: 'no-rule', direction: 'egress', groups: [] }),
    'no-rule',
    'no egress rule of any group admits it, and no connection that it belongs to is known',
  ],
  [
    deny({ kind: 'fragment', first: refused }),
    'fragment(no-rule)',
    'a later fragment; the first was no ingress rule of sg-web admits it, and no connection that it belongs to is known',
  ],
  [
    deny({ kind: 'no-state', rules: [one, two] }),
    'no-state',
    'sgr-1 of sg-web, sgr-2 of sg-db would admit it, but it is in the middle of a TCP connection that is not known',
  ],
  [
    deny({ kind: 'acl', acl: 'acl-n', direction: 'egress', entry: 90 }),
    'acl(90)',
    'refused by entry 90 of acl-n, egress',
  ],
  [
    deny({ kind: 'acl', acl: 'acl-n', direction: 'ingress', entry: '*' }),
    'acl(*)',
    'refused by the final deny of acl-n, ingress',
  ],
  [deny({ kind: 'allowance', allowance: 2 }), 'allowance', 'the instance already tracks 2 connections, its allowance'],
  [
    deny({ kind: 'source-dest-check', direction: 'ingress' }),
    'source-dest-check',
    "source/destination check: its destination is not the interface's",
  ],
  [
    deny({ kind: 'source-dest-check', direction: 'egress' }),
    'source-dest-check',
    "source/destination check: its source is not the interface's",
  ],
  [allow({ kind: 'later-fragment' }), 'later-fragment', 'a later fragment, which has no ports to judge'],
  [deny({ kind: 'later-fragment' }), 'later-fragment', 'a later fragment, which has no ports to judge'],
  [
    { action: 'deny', because: { kind: 'allowance', allowance: 2 }, sends: 'tcp-reset' },
    'allowance, tcp-reset',
    'the instance already tracks 2 connections, its allowance; its sender is told by a TCP reset',
  ],
  [
    { action: 'deny', because: refused, sends: 'icmp-prohibited' },
    'no-rule, icmp-prohibited',
    'no ingress rule of sg-web admits it, and no connection that it belongs to is known; its sender is told by an ICMP error',
  ],
  [deny({ kind: 'multicast' }), 'multicast', 'a VPC carries no multicast or broadcast'],
  [
    deny({ kind: 'fragment-without-first' }),
    'fragment-without-first',
    'a later fragment of a datagram whose first fragment was not seen',
  ],
  [deny({ kind: 'malformed', detail: 'TCP without flags' }), 'malformed', 'malformed: TCP without flags'],
]

test.each(table)('of %j it says %s', (verdict, text, sentence) => {
  expect(reasonText(verdict)).toBe(text)
  expect(reasonSentence(verdict, now)).toBe(sentence)
})

describe('a span of time is said in days where it is whole days, else in seconds, and exactly below ten', () => {
  test.each([
    [0, '0s'],
    [1, '1ms'],
    [999, '999ms'],
    [1000, '1s'],
    [1001, '1001ms'],
    [9999, '9999ms'],
    [10_000, '10s'],
    [10_001, '10s'],
    [10_499, '10s'],
    [10_500, '11s'],
    [350_000, '350s'],
    [86_399_000, '86399s'],
    [86_400_000, '1d'],
    [86_400_400, '1d'],
    [86_401_000, '86401s'],
    [172_800_000, '2d'],
    [432_000_000, '5d'],
  ])('%i ms: %s', (milliseconds, text) => {
    const verdict = allow({ kind: 'rules', rules: [one], tracked: true, why, expiresAt: instant(now + milliseconds) })
    expect(reasonSentence(verdict, now)).toBe(
      `admitted by sgr-1 of sg-web and tracked, as ${why}; forgotten after ${text} idle`,
    )
  })
})
