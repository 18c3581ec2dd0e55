/**
 * The tightest rules that still admit everything seen and what every accept test is about: rules that nothing uses
 * go, the others are narrowed to their use. What was seen is judged again, the tests are proved again, and a rule
 * without which one of them would fail stays whole.
 */

import type { Change } from '../model/change.ts'
import type { GroupId } from '../model/ids.ts'
import { type Rule, ruleKey } from '../model/rule.ts'
import { apply, type World } from '../model/world.ts'
import { revokeCommand } from '../reach/fix-command.ts'
import type { Claim } from '../reach/policy-test/claim.ts'
import { Examiner } from '../reach/policy-test/examiner.ts'
import { Reachability } from '../reach/reachability/reachability.ts'
import { heavier, noWeight, type Weight } from './flow.ts'
import { narrowed } from './narrow-rule.ts'
import { type Addition, ruleAddition } from './repair.ts'
import type { Replay } from './replay.ts'
import { type Bounds, boundsAfter, reproved } from './reproof.ts'
import { crossedRules, noteClaim, noteFlows, RuleUses } from './rule-uses.ts'

/** A rule that goes, with those that come for it. */
export interface Shrunk {
  readonly group: GroupId
  readonly rule: Rule
  readonly revoke: string
  readonly added: readonly Addition[]
}

export interface Shrink {
  readonly rules: readonly Shrunk[]
  /** Rules that might be narrower, if more were known. */
  readonly whole: readonly { readonly group: GroupId; readonly rule: Rule; readonly why: string }[]
  readonly changed: Bounds
  /** Records that the log and the rules as they are accept, and the shrunk ones would deny. */
  readonly lost: Weight
  readonly tests: { readonly all: number; readonly passed: number }
  readonly risks: Risks
}

/** What the logs cannot vouch for. */
export interface Risks {
  readonly flows: number
  readonly seenOnce: number
  readonly guessed: number
  readonly uncertain: number
  /** Groups of whose interfaces there is no record. */
  readonly silentGroups: readonly GroupId[]
}

export interface ShrinkOptions {
  /** In place of one. */
  readonly mostRules: number
  readonly claims: readonly Claim[]
}

const unseen = 'there is no record of any interface that carries its group'

/** Throws UnknownPlace, UnknownServices for tests that name what is not there. */
export function shrinkOf(replay: Replay, bounds: Bounds, { mostRules, claims }: ShrinkOptions): Shrink {
  const world = bounds.certain
  const accepts = claims.filter(({ kind }) => kind === 'accept')
  const examiner = new Examiner(new Reachability(world))
  const passing = accepts.filter((claim) => examiner.examine(claim).outcome === 'passed')
  const uses = new RuleUses()
  noteFlows(uses, replay)
  for (const claim of passing) noteClaim(uses, examiner, claim)
  const silentGroups = silentIn(world, replay)
  keepUncounted(uses, replay)
  for (const group of silentGroups) {
    for (const { id } of world.securityGroup.get(group)?.rules ?? []) uses.keepWhole(id, unseen)
  }
  for (;;) {
    const rules = shrunkRules(world, uses, mostRules)
    const changed = boundsAfter(bounds, changesOf(rules))
    const { lost, kept } = lostFlows(replay, changed, uses)
    const failing = failingClaims(changed.certain, passing)
    const more = failing.reduce((sum, claim) => sum + keepForClaim(uses, examiner, claim), kept)
    if (more > 0) continue
    const tests = { all: accepts.length, passed: passing.length - failing.length }
    return { rules, whole: wholeRules(world, uses), changed, lost, tests, risks: risksOf(replay, silentGroups) }
  }
}

function shrunkRules(start: World, uses: RuleUses, mostRules: number): Shrunk[] {
  let world = start
  const shrunk: Shrunk[] = []
  for (const group of start.securityGroup.values()) {
    for (const rule of group.rules) {
      if (uses.whole.has(rule.id)) continue
      const own = uses.of(rule.id)
      const fields = own.length > 0 ? narrowed(rule, own, start, mostRules) : []
      if (!fields) continue
      world = apply(world, [{ kind: 'rule-removed', group: group.id, rule: rule.id }])
      const added: Addition[] = []
      for (const each of fields) {
        const there = world.securityGroup.get(group.id)?.rules ?? []
        if (there.some((other) => ruleKey(other) === ruleKey(each))) continue
        const addition = ruleAddition(world, group.id, each)
        world = apply(world, addition.changes)
        added.push(addition)
      }
      shrunk.push({ group: group.id, rule, revoke: revokeCommand(group.id, rule), added })
    }
  }
  return shrunk
}

function changesOf(rules: readonly Shrunk[]): Change[] {
  return rules.flatMap(({ group, rule, added }) => [
    { kind: 'rule-removed', group, rule: rule.id } as const,
    ...added.flatMap(({ changes }) => changes),
  ])
}

/** Flows of which only their cause is known: the rules that admitted them stay. */
function keepUncounted(uses: RuleUses, replay: Replay): void {
  for (const { judgement, beyond } of replay.tally.judgements) {
    if (beyond.records === 0 || judgement.cause.kind !== 'rules') continue
    for (const { rule } of judgement.cause.rules) uses.keepWhole(rule, 'it admits flows that were not kept')
  }
}

function lostFlows(replay: Replay, changed: Bounds, uses: RuleUses): { readonly lost: Weight; readonly kept: number } {
  let lost = noWeight
  let kept = 0
  reproved(replay, changed, (seen, judgement) => {
    if (judgement.outcome === 'newly denied') return
    lost = heavier(lost, seen)
    for (const { rules } of crossedRules({ ...seen, judgement }, replay)) {
      for (const { rule } of rules) {
        if (uses.whole.has(rule)) continue
        uses.keepWhole(rule, 'a flow that was seen would be denied')
        kept += 1
      }
    }
  })
  return { lost, kept }
}

function failingClaims(world: World, claims: readonly Claim[]): Claim[] {
  const examiner = new Examiner(new Reachability(world))
  return claims.filter((claim) => examiner.examine(claim).outcome !== 'passed')
}

/** How many rules more stay whole. */
function keepForClaim(uses: RuleUses, examiner: Examiner, claim: Claim): number {
  const before = uses.whole.size
  const own = new RuleUses()
  noteClaim(own, examiner, claim)
  for (const group of examiner.reachability.world.securityGroup.values()) {
    for (const { id } of group.rules) {
      if (own.of(id).length > 0) uses.keepWhole(id, `the accept test of line ${claim.line} needs it`)
    }
  }
  return uses.whole.size - before
}

function wholeRules(world: World, uses: RuleUses): Shrink['whole'] {
  return Array.from(world.securityGroup.values()).flatMap((group) =>
    group.rules.flatMap((rule) => {
      const why = uses.whole.get(rule.id)
      return why === undefined ? [] : [{ group: group.id, rule, why }]
    }),
  )
}

function silentIn(world: World, replay: Replay): GroupId[] {
  const heard = new Set<GroupId>()
  for (const { flow } of replay.flows()) for (const group of flow.own.card.groups) heard.add(group)
  return Array.from(world.securityGroup.values())
    .filter(({ id, rules }) => rules.length > 0 && !heard.has(id))
    .map(({ id }) => id)
}

function risksOf(replay: Replay, silentGroups: readonly GroupId[]): Risks {
  let [flows, seenOnce, guessed, uncertain] = [0, 0, 0, 0]
  for (const { flow, records, judgement } of replay.flows()) {
    if (flow.action !== 'ACCEPT') continue
    flows += 1
    if (records === 1) seenOnce += 1
    if (judgement.isGuessed) guessed += 1
    if (judgement.outcome === 'uncertain') uncertain += 1
  }
  return { flows, seenOnce, guessed, uncertain, silentGroups }
}
