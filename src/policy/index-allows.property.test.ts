/** The index answers what the plain search answers, rule for rule and in the same order. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyDirection, anyPacket, anyRules, worldWith } from '../../test/arbitraries.ts'
import { parsePacket } from '../packet/notation.ts'
import { indexPolicy, matchingRulesQuickly } from './index-allows.ts'
import { matchingRules } from './match.ts'
import type { InterfacePolicy } from './policy.ts'
import { PolicyTable } from './policy-table.ts'

function policyOf(rules: Parameters<typeof worldWith>[0]): InterfacePolicy {
  return new PolicyTable(worldWith(rules)).get('eni-e') as InterfacePolicy
}

test('over random policies and packets', () => {
  const anyCase = fc.record({
    rules: anyRules(80),
    questions: fc.array(fc.tuple(anyPacket, anyDirection), { minLength: 1, maxLength: 20 }),
  })
  const property = fc.property(anyCase, ({ rules, questions }) => {
    const policy = policyOf(rules)
    const index = indexPolicy(policy)
    for (const [packet, direction] of questions) {
      expect(index.matchingRules(packet, direction)).toEqual(matchingRules(policy, packet, direction))
    }
  })
  fc.assert(property, { numRuns: 400 })
})

const many = Array.from({ length: 70 }, (_, index) => ({
  id: `sgr-${index}` as const,
  direction: 'ingress' as const,
  traffic: { protocol: 'tcp' as const, from: index * 10, to: index * 10 + 9 },
  peer: { kind: 'ipv4' as const, cidr: index % 2 === 0 ? '0.0.0.0/0' : '203.0.113.0/24' },
}))

test.each([
  ['203.0.113.5', 0, ['sgr-0']],
  ['203.0.113.5', 9, ['sgr-0']],
  ['203.0.113.5', 10, ['sgr-1']],
  ['203.0.112.255', 10, []],
  ['203.0.113.0', 319, ['sgr-31']],
  ['203.0.113.255', 320, ['sgr-32']],
  ['203.0.114.0', 330, []],
  ['255.255.255.255', 699, []],
  ['0.0.0.0', 689, ['sgr-68']],
  ['203.0.113.5', 700, []],
  ['203.0.113.5', 65_535, []],
])('at the edges: from %s to port %i', (source, port, rules) => {
  const packet = parsePacket(`tcp ${source}:1 > 10.0.0.10:${port} S`)
  expect(
    indexPolicy(policyOf(many))
      .matchingRules(packet, 'ingress')
      .map(({ rule }) => rule),
  ).toEqual(rules)
})

test('a policy that is asked often answers the same from its index as before it had one', () => {
  const policy = policyOf(many)
  const packet = parsePacket('tcp 203.0.113.5:1 > 10.0.0.10:105 S')
  const answers = Array.from({ length: 600 }, () => matchingRulesQuickly(policy, packet, 'ingress'))
  expect(new Set(answers.map((found) => found.map(({ rule }) => rule).join(' ')))).toEqual(new Set(['sgr-10']))
})
