/**
 * What is otherwise between two worlds than before and after: closed for a while although open in both, or open
 * for a while although closed in both. Over all packets, as comparing two worlds is, and only what is so for certain.
 */

import type { RuleRef } from '../policy/policy.ts'
import { type JointPortion, jointInternet, jointPortions, type Sides } from './joint-classes.ts'
import { type Diagram, Diagrams, everything, nothing } from './packet-set/diagram.ts'
import { type Bounds, reachabilityWithin } from './reachability/bounded.ts'
import { calledOf, exampleOf, type Finding, Findings, foundOutside, noteBetween } from './reachability/findings.ts'
import type { LabelKind } from './reachability/labels.ts'
import { addressParts } from './reachability/outer-parts.ts'
import { pairCounts } from './reachability/pair-counts.ts'
import { noPassage, type Passage } from './reachability/passage.ts'
import { type Row, Rows } from './reachability/rows.ts'
import { rulesBehind } from './rules-behind.ts'

export type Moment = 'closed meanwhile' | 'open meanwhile'

export interface MeanwhileRow extends Row<Moment> {
  /** The rules that let its packet by: before if it is closed meanwhile, else in between. */
  readonly by: readonly RuleRef[]
}

type Name = 'before' | 'between' | 'after'
const names: readonly Name[] = ['after', 'before', 'between']

export function meanwhile(worlds: Readonly<Record<Name, Bounds>>, by: LabelKind): MeanwhileRow[] {
  const diagrams = new Diagrams()
  const sides: Sides<Name> = {
    before: reachabilityWithin(worlds.before, diagrams),
    between: reachabilityWithin(worlds.between, diagrams),
    after: reachabilityWithin(worlds.after, diagrams),
  }
  const findings = new Findings<Moment>()
  const portions = jointPortions(sides, names, by)
  noteInside(sides, portions, findings)
  noteOutside(sides, portions, findings)
  const selection = { inside: portions, outside: [] }
  const labels = new Map(portions.flatMap(({ label, members }) => members.map(({ card }) => [card.id, label] as const)))
  const outOf = pairCounts(selection, selection, ({ id }) => labels.get(id) ?? id)
  const tell = (found: Finding, moment: Moment) => {
    const side = sides[moment === 'closed meanwhile' ? 'before' : 'between']
    return { by: rulesBehind(side.certainTerrain, { example: exampleOf(found), services: found.services }) }
  }
  return [...new Rows(findings, { diagrams, outOf, tell })]
}

type Passages = Readonly<Record<Name, Passage>>

function momentsOf(diagrams: Diagrams, { before, between, after }: Passages): (readonly [Moment, Diagram])[] {
  const without = (one: Diagram, ...others: Diagram[]) => diagrams.difference(one, diagrams.unionOf(others))
  const throughout = diagrams.intersection(before.reachable, after.reachable)
  const moments: (readonly [Moment, Diagram])[] = [
    ['closed meanwhile', without(throughout, between.reachable, between.undetermined)],
    [
      'open meanwhile',
      without(between.reachable, before.reachable, before.undetermined, after.reachable, after.undetermined),
    ],
  ]
  return moments.filter(([, services]) => services !== nothing)
}

function passagesBy(passage: (name: Name) => Passage | undefined): Passages {
  const [before, between, after] = (['before', 'between', 'after'] as const).map((name) => passage(name) ?? noPassage)
  return { before: before ?? noPassage, between: between ?? noPassage, after: after ?? noPassage }
}

type Portion = JointPortion<Name>

function noteInside(sides: Sides<Name>, portions: readonly Portion[], findings: Findings<Moment>): void {
  const { diagrams } = sides.before
  for (const sender of portions) {
    for (const receiver of portions.filter(({ of }) => of.family === sender.of.family)) {
      const passages = passagesBy((name) => {
        const [one, other] = [sender.joint[name], receiver.joint[name]]
        return one && other && sides[name].between(one, other)
      })
      for (const [result, services] of momentsOf(diagrams, passages)) {
        noteBetween(findings, { sender: calledOf(sender), receiver: calledOf(receiver), result, services })
      }
    }
  }
}

function noteOutside(sides: Sides<Name>, portions: readonly Portion[], findings: Findings<Moment>): void {
  const { diagrams } = sides.before
  for (const family of [4, 6] as const) {
    const place = jointInternet(Object.values(sides), family)
    for (const portion of portions.filter(({ of }) => of.family === family)) {
      for (const direction of ['ingress', 'egress'] as const) {
        const passages = passagesBy((name) => {
          const end = portion.joint[name]
          return end && sides[name].beyond(end, place, direction)
        })
        for (const [result, set] of momentsOf(diagrams, passages)) {
          for (const part of addressParts(diagrams, set, { place, on: everything })) {
            findings.note(foundOutside(portion, place, direction, { ...part, result }))
          }
        }
      }
    }
  }
}
