/** Policy tests: what they claim, what refutes them, and that a refutation replays in the engine. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { policyTestsFrom } from '../../src/app/policy-test-file.ts'
import { playTimeline } from '../../src/engine/timeline.ts'
import { worldFromLines } from '../../src/import/world-lines.ts'
import { put } from '../../src/model/change.ts'
import { apply, type World } from '../../src/model/world.ts'
import type { ClaimResult } from '../../src/reach/policy-test/claim.ts'
import { coverageOf } from '../../src/reach/policy-test/coverage.ts'
import { Examiner } from '../../src/reach/policy-test/examiner.ts'
import { mutantsOf } from '../../src/reach/policy-test/mutants.ts'
import { Reachability } from '../../src/reach/reachability/reachability.ts'
import { Chance } from '../model/chance.ts'
import { randomEstate } from './estate.ts'

const lines = `
  group ops  ingress tcp 22   from 198.51.100.0/24 as sgr-office
  group ops  egress  any      to 10.0.0.0/16       as sgr-ops
  group web  ingress tcp 443  from 0.0.0.0/0       as sgr-https
  group web  ingress tcp 22   from ops             as sgr-ssh
  group web  egress  any      to 0.0.0.0/0         as sgr-out
  group db   ingress tcp 5432 from web             as sgr-pg
  interface web 10.0.0.5 in web public 203.0.113.80
  interface ops 10.0.0.9 in ops public 203.0.113.81
  interface db  10.0.1.9 in db
`
const world = worldFromLines(lines)

function resultsOf(yaml: string, of: World = world): ClaimResult[] {
  const examiner = new Examiner(new Reachability(of))
  return policyTestsFrom(yaml).flatMap(({ claims }) => claims.map((claim) => examiner.examine(claim)))
}

/** A test of one claim. */
function one(src: string, claim: string, more = ''): string {
  const [kind, target] = claim.split(' ')
  return `tests:\n  - src: ${src}\n    ${more}\n    ${kind}: ["${target}"]\n`
}

describe('a claim', () => {
  test.each([
    ['internet', 'accept web:443', '', 'passed'],
    ['internet', 'deny web:22', '', 'passed'],
    ['internet', 'deny web:*', '', 'failed'],
    ['internet', 'accept web:442-443', '', 'failed'],
    ['internet', 'accept web:443', 'proto: udp', 'failed'],
    ['internet', 'deny db:*', '', 'passed'],
    ['198.51.100.0/24', 'accept ops:22', '', 'passed'],
    ['198.51.0.0/16', 'accept ops:22', '', 'failed'],
    ['198.51.0.0/16', 'deny ops:22', '', 'failed'],
    ['web', 'accept db:5432', '', 'passed'],
    ['web', 'accept db:5432,5433', '', 'failed'],
    ['web', 'deny db:0-5431,5433-65535', '', 'passed'],
    ['sg-ops', 'accept 10.0.0.5:22', '', 'passed'],
    ['tag:Name=ops', 'deny db', 'proto: icmp', 'passed'],
    ['web', 'accept 8.8.8.8', 'proto: icmp', 'passed'],
    ['web', 'deny internet', 'proto: 50', 'failed'],
    ['web', 'accept web:443', '', 'error'],
    ['web', 'accept db:5432', 'family: ipv6', 'error'],
    ['nobody', 'accept db:5432', '', 'error'],
    ['web', 'accept db:99999', '', 'error'],
  ])('%s %s %s: %s', (src, claim, more, outcome) => {
    expect(resultsOf(one(src, claim, more)).map((result) => result.outcome)).toEqual([outcome])
  })

  test('that fails names the packet, and what lets it by or stops it', () => {
    const [denied, accepted] = resultsOf('tests: [{ src: ops, deny: ["web:*"], accept: ["db:5432"] }]')
    expect(denied).toMatchObject({
      message: 'tcp 10.0.0.9:40000 > 10.0.1.9:5432 S: want accepted, got denied',
      blockers: ['ingress rules of eni-db for 10.0.0.9: none of sg-db admits it'],
    })
    expect(accepted).toMatchObject({
      message: 'tcp 10.0.0.9:40000 > 10.0.0.5:443 S: want denied, got accepted',
      rules: [
        { rule: 'sgr-ops', group: 'sg-ops' },
        { rule: 'sgr-https', group: 'sg-web' },
      ],
    })
  })

  test('about what goes behind a NAT gateway is undetermined, accept or deny', () => {
    const table = world.routeTable.get('rtb-main')
    if (!table) throw new Error('the world has a main table')
    const route = { destination: { kind: 'ipv4', cidr: '0.0.0.0/0' }, target: { kind: 'other', id: 'nat-1' } } as const
    const behindNat = apply(world, [put('routeTable', { ...table, routes: [route] })])
    const yaml = 'tests: [{ src: web, accept: ["internet:443"], deny: ["internet:25"] }]'
    expect(resultsOf(yaml, behindNat).map(({ outcome }) => outcome)).toEqual(['undetermined', 'undetermined'])
  })
})

test('names of ends stand for one or for several', () => {
  const yaml = `
endpoints:
  office: 198.51.100.0/24
  servers: [web, db]
tests:
  - name: operations
    src: [ops, office]
    deny: ["servers:443"]
  - src: office
    accept: ["ops:22"]
`
  expect(resultsOf(yaml).map(({ outcome, claim }) => [outcome, claim.line])).toEqual([
    ['failed', 8],
    ['passed', 10],
  ])
  expect(policyTestsFrom(yaml).map(({ name }) => name)).toEqual(['operations', 'office'])
})

test.each([
  ['tests: [', 'line 1: '],
  ['tests: {}', 'line 1: tests is a list'],
  ['tests:\n  - accept: ["db:1"]', 'line 2: src is missing'],
  ['tests:\n  - src: a\n    acept: ["db:1"]', "line 3: 'acept' is none of name, src, proto, family, accept, deny"],
  ['tests:\n  - src: a\n    accept: ["db"]', "line 3: 'db' has no ports: write 'db:443' or 'db:*'"],
  ['tests:\n  - src: a', 'line 2: a test has accept or deny'],
  ['tests:\n  - src: a\n    family: 4\n    deny: ["db:1"]', "line 3: '4' is no family: use both, ipv4 or ipv6"],
])('a file that makes no sense says where: %j', (yaml, message) => {
  expect(() => policyTestsFrom(yaml)).toThrow(message)
})

test('rules that no accept is about are told', () => {
  const examiner = new Examiner(new Reachability(world))
  const claims = policyTestsFrom('tests: [{ src: web, accept: ["db:5432"], deny: ["ops:22"] }]').flatMap(
    (each) => each.claims,
  )
  const { exercised, all, missed } = coverageOf(examiner, claims)
  expect([exercised, all]).toEqual([2, 6])
  expect(missed.map(({ rule }) => rule)).toEqual(['sgr-office', 'sgr-ops', 'sgr-https', 'sgr-ssh'])
})

test('changes of rules that no test notices are told', () => {
  const results = resultsOf(
    'tests: [{ src: web, accept: ["db:5432"] }, { src: internet, deny: ["web:0-442", "web:444-65535"] }]',
  )
  const told = [...mutantsOf({ certain: world, possible: world }, results)].map(({ rule, mutation, isNoticed }) => [
    rule.id,
    mutation,
    isNoticed,
  ])
  expect(told).toEqual([
    ['sgr-pg', 'deleted', true],
    ['sgr-pg', 'open to everybody', false],
    ['sgr-pg', 'for all traffic', false],
    ['sgr-office', 'deleted', false],
    ['sgr-office', 'open to everybody', false],
    ['sgr-office', 'for all traffic', false],
    ['sgr-ops', 'deleted', false],
    ['sgr-ops', 'open to everybody', false],
    ['sgr-https', 'deleted', false],
    ['sgr-https', 'for all traffic', true],
    ['sgr-ssh', 'deleted', false],
    ['sgr-ssh', 'open to everybody', true],
    ['sgr-ssh', 'for all traffic', false],
    ['sgr-out', 'deleted', true],
  ])
})

test('every refutation of random claims about random worlds plays in the engine as it says', () => {
  let played = 0
  const property = fc.property(fc.integer(), (seed) => {
    const chance = new Chance(seed)
    const of = randomEstate(seed)
    const ends = ['internet', '10.0.0.0/16', '203.0.113.0/24', 'eni-e', 'eni-f', 'eni-g']
    const [src, dst] = [chance.of(ends), chance.of(['eni-e', 'eni-f', 'eni-g'])]
    const claim = `${chance.of(['accept', 'deny'])} ${dst}:${chance.of(['22', '*', '80-443'])}`
    for (const { replay, message } of resultsOf(one(src, claim, `proto: ${chance.of(['tcp', 'udp'])}`), of)) {
      for (const result of replay === undefined ? [] : playTimeline(replay)) {
        played += 1
        expect(result.isAsExpected, `${seed} ${message}\n${replay}`).toBe(true)
      }
    }
  })
  fc.assert(property, { numRuns: 200 })
  expect(played).toBeGreaterThan(60)
}, 60_000)
