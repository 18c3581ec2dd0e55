/** The checks of the live world that the console shows: policy tests and lint, by the code that the command line runs. */

import { formatInstant, type Instant } from '../../base/clock.ts'
import type { GroupId } from '../../model/ids.ts'
import type { World } from '../../model/world.ts'
import type { Finding } from '../../reach/lint/finding.ts'
import { lint } from '../../reach/lint/lint.ts'
import { lintRules } from '../../reach/lint/registry.ts'
import { judged, type Suppression } from '../../reach/lint/suppression.ts'
import type { ClaimResult } from '../../reach/policy-test/claim.ts'
import { coverageOf } from '../../reach/policy-test/coverage.ts'
import { Examiner } from '../../reach/policy-test/examiner.ts'
import { BadInput } from '../bad-input.ts'
import { lintConfigFrom } from '../lint-config-file.ts'
import { policyTestsFrom } from '../policy-test-file.ts'
import { BadYaml } from '../yaml-reader.ts'
import type { Problem } from './api.ts'
import type { ClaimView, CounterexampleView, LintFinding, LintView, PolicyTestsView } from './checks-api.ts'
import type { Members } from './input.ts'
import { reachabilityOf } from './known-reachability.ts'
import { rulesNamed } from './reasons.ts'
import { questionOf } from './witness.ts'

/** Throws BadInput where there is no text. */
export function policyTestsView(world: World, body: Members): PolicyTestsView | Problem {
  const tests = read(body, policyTestsFrom)
  if ('problem' in tests) return tests
  const examiner = new Examiner(reachabilityOf(world))
  const results = tests.flatMap(({ name, claims }) =>
    claims.map((claim) => ({ name, result: examiner.examine(claim) })),
  )
  const known = results.filter(({ result }) => result.outcome !== 'error').map(({ result }) => result.claim)
  const { exercised, all, missed } = coverageOf(examiner, known)
  return {
    claims: results.map(({ name, result }) => claimView(world, name, result)),
    coverage: { exercised, all, missed: rulesNamed(world, missed) },
  }
}

/** An empty file is one that says nothing yet; of one that makes no sense the problem says where and what. */
function read<T extends object>(body: Members, parse: (text: string) => T): T | Problem {
  const text = body['file']
  if (typeof text !== 'string') throw new BadInput('file must be a text.')
  try {
    return parse(text)
  } catch (thrown) {
    if (thrown instanceof BadYaml) return { problem: thrown.message }
    throw thrown
  }
}

function claimView(world: World, test: string, result: ClaimResult): ClaimView {
  const { claim, outcome, message } = result
  const { kind, text, line } = claim
  return { test, kind, target: text, line, outcome, message, counterexample: counterexampleOf(world, result) }
}

function counterexampleOf(world: World, { packet, rules, blockers, replay }: ClaimResult): CounterexampleView | null {
  if (packet === undefined) return null
  return { packet, question: questionOf(packet), rules: rulesNamed(world, rules), blockers, timeline: replay ?? '' }
}

/** The body's file is the configuration. Throws BadInput where there is no text. */
export function lintView(world: World, body: Members, now: Instant): LintView | Problem {
  const config = read(body, lintConfigFrom)
  if ('problem' in config) return config
  const settings = { ...config, written: new Map<string, string>() }
  const { findings, unknown } = lint({ certain: world, possible: world, settings })
  const today = formatInstant(now).slice(0, 10)
  const { suppressions } = config
  const kept = judged(findings, { world, suppressions, sourceName: () => undefined, today })
  const entry = ({ line, id, on }: Suppression) => `line ${line}: ${id} on ${on}`
  return {
    findings: kept.findings.map((finding) => findingView(world, finding)),
    suppressed: kept.suppressed.map(({ finding, reason }) => ({ finding: findingView(world, finding), reason })),
    remarks: [
      ...kept.unused.map((each) => `Unused suppression, ${entry(each)}: nothing of that kind is found there.`),
      ...kept.ended.map((each) => `Suppression that ended on ${each.until}, ${entry(each)}.`),
      ...unknown.map(({ to }) => `intended-public names ${to}, which nobody knows.`),
    ],
    groups: world.securityGroup.size,
    rules: lintRules.length,
  }
}

function findingView(world: World, finding: Finding): LintFinding {
  const { id, severity, title, message, on, objects, details, isCertain, packet, fix } = finding
  const ruleGroup = world.groupOfRule.get(on)
  const group = ruleGroup ?? [on, ...objects].find((each): each is GroupId => world.securityGroup.has(each))
  return {
    ...{ id, severity, title, message, on, details, isCertain, fix },
    group: group === undefined ? null : { id: group, name: world.securityGroup.get(group)?.name ?? group },
    rule: ruleGroup === undefined ? null : (rulesNamed(world, [{ rule: on as never, group: ruleGroup }])[0] ?? null),
    packet: packet ?? null,
    question: packet === undefined ? null : questionOf(packet),
  }
}
