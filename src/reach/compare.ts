/**
 * Two worlds compared over all packets: what opens from one to the other, and what closes. An interface is
 * the same one if its id and address are. What is in no row is proved to fare as before.
 */

import type { World } from '../model/world.ts'
import type { RuleRef } from '../policy/policy.ts'
import type { Terrain } from './host.ts'
import { type JointPortion, type Sides as JointSides, jointInternet, jointPortions } from './joint-classes.ts'
import { type Diagram, type Diagrams, everything, nothing } from './packet-set/diagram.ts'
import { type Bounds, type Reaches, reachabilityWithin } from './reachability/bounded.ts'
import { calledOf, exampleOf, type Finding, Findings, foundOutside, noteBetween } from './reachability/findings.ts'
import type { LabelKind, Labels } from './reachability/labels.ts'
import { addressParts } from './reachability/outer-parts.ts'
import { pairCounts } from './reachability/pair-counts.ts'
import { noPassage, type Passage } from './reachability/passage.ts'
import { type Row, Rows } from './reachability/rows.ts'
import { rulesBehind } from './rules-behind.ts'

/** `may` where a hop that this program does not run has the say before or after. */
export type Change = 'opens' | 'closes' | 'may open' | 'may close'

export interface DifferenceRow extends Row<Change> {
  /** The rules that let its packet by: after, if it opens, and before, if it closes. */
  readonly by: readonly RuleRef[]
}

export interface Comparison {
  readonly rows: readonly DifferenceRow[]
  /** How many interface addresses of both worlds were held against each other and the internet. */
  readonly ends: number
}

export function compareWorlds(before: World, after: World, by: LabelKind): Comparison {
  return compareBounds({ certain: before, possible: before }, { certain: after, possible: after }, by)
}

export function compareBounds(before: Bounds, after: Bounds, by: LabelKind): Comparison {
  return compareWithKnown(reachabilityWithin(before), after, by)
}

/** For who compares one world with many: what is known of it stays. */
export function compareWithKnown(before: Reaches, after: Bounds, by: LabelKind): Comparison {
  const { diagrams } = before
  const sides = { before, after: reachabilityWithin(after, diagrams) }
  const findings = new Findings<Change>()
  const labelled = jointPortions(sides, ['after', 'before'], by)
  noteInside(sides, labelled, findings)
  noteOutside(sides, labelled, findings)
  const tell = (found: Finding, change: Change) => ({
    by: rulesBehind(terrainOf(sides, change), { example: exampleOf(found), services: found.services }),
  })
  const selection = { inside: labelled, outside: [] }
  const names = new Map(labelled.flatMap(({ label, members }) => members.map(({ card }) => [card.id, label] as const)))
  const labels: Labels = ({ id }) => names.get(id) ?? id
  const outOf = pairCounts(selection, selection, labels)
  return {
    rows: [...new Rows(findings, { diagrams, outOf, tell })],
    ends: labelled.flatMap(({ members }) => members).length,
  }
}

/** Where the packets of a row pass. */
function terrainOf(sides: Sides, change: Change): Terrain {
  switch (change) {
    case 'opens':
      return sides.after.certainTerrain
    case 'closes':
      return sides.before.certainTerrain
    case 'may open':
      return sides.after.terrain
    case 'may close':
      return sides.before.terrain
    default:
      return change satisfies never
  }
}

type Sides = JointSides<'before' | 'after'>
type Portion = JointPortion<'before' | 'after'>

function noteInside({ before, after }: Sides, ends: readonly Portion[], findings: Findings<Change>): void {
  const known = new Map<string, readonly (readonly [Change, Diagram])[]>()
  for (const sender of ends) {
    for (const receiver of ends.filter(({ of }) => of.family === sender.of.family)) {
      const [one, other] = [sender.joint, receiver.joint]
      const was = one.before && other.before ? before.between(one.before, other.before) : noPassage
      const is = one.after && other.after ? after.between(one.after, other.after) : noPassage
      if (isSame(was, is)) continue
      const key = [was.reachable.id, was.undetermined.id, is.reachable.id, is.undetermined.id].join()
      const changes = known.get(key) ?? changesOf(before.diagrams, was, is)
      known.set(key, changes)
      for (const [result, services] of changes)
        noteBetween(findings, { sender: calledOf(sender), receiver: calledOf(receiver), result, services })
    }
  }
}

function isSame(was: Passage, is: Passage): boolean {
  return was.reachable === is.reachable && was.undetermined === is.undetermined
}

/** Each packet is in one of these at most; in none if it fares as before. */
function changesOf(diagrams: Diagrams, was: Passage, is: Passage): (readonly [Change, Diagram])[] {
  const without = (one: Diagram, ...others: Diagram[]) => diagrams.difference(one, diagrams.unionOf(others))
  const both = (one: Diagram, other: Diagram) => diagrams.intersection(one, other)
  const changes: (readonly [Change, Diagram])[] = [
    ['opens', without(is.reachable, was.reachable, was.undetermined)],
    ['closes', without(was.reachable, is.reachable, is.undetermined)],
    [
      'may open',
      diagrams.union(both(is.reachable, was.undetermined), without(is.undetermined, was.reachable, was.undetermined)),
    ],
    [
      'may close',
      diagrams.union(both(was.reachable, is.undetermined), without(was.undetermined, is.reachable, is.undetermined)),
    ],
  ]
  return changes.filter(([, services]) => services !== nothing)
}

function noteOutside({ before, after }: Sides, ends: readonly Portion[], findings: Findings<Change>): void {
  for (const family of [4, 6] as const) {
    const place = jointInternet([before, after], family)
    for (const portion of ends.filter(({ of }) => of.family === family)) {
      const { joint } = portion
      for (const direction of ['ingress', 'egress'] as const) {
        const was = joint.before ? before.beyond(joint.before, place, direction) : noPassage
        const is = joint.after ? after.beyond(joint.after, place, direction) : noPassage
        for (const [result, set] of isSame(was, is) ? [] : changesOf(before.diagrams, was, is)) {
          for (const part of addressParts(before.diagrams, set, { place, on: everything })) {
            findings.note(foundOutside(portion, place, direction, { ...part, result }))
          }
        }
      }
    }
  }
}
