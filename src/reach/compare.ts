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
import { SameUnknown } from './same-unknown.ts'

/** `may` where a hop that this program does not run has the say before or after. */
export type Change = 'opens' | 'closes' | 'may open' | 'may close'

export interface DifferenceRow extends Row<Change> {
  /** The rules that let its packet by: after, if it opens, and before, if it closes. */
  readonly by: readonly RuleRef[]
}

/** What nobody can tell before or after, and may come out otherwise: it is not one unknown of an unchanged part. */
export interface UndeterminedRow extends Row<'undetermined'> {
  /** The rules by which its packet may pass afterwards. */
  readonly by: readonly RuleRef[]
}

export interface Comparison {
  readonly rows: readonly DifferenceRow[]
  /** Beside the rows: of what is in neither it is proved that it fares as before. */
  readonly undetermined: readonly UndeterminedRow[]
  /** How many interface addresses of both worlds were held against each other and the internet. */
  readonly ends: number
}

export function compareWorlds(before: World, after: World, by: LabelKind): Comparison {
  return compareBounds({ certain: before, possible: before }, { certain: after, possible: after }, by)
}

/** `hasSameDoubts`: all that is not known is one thing in both, as of one source at one time. */
export function compareBounds(before: Bounds, after: Bounds, by: LabelKind, hasSameDoubts = false): Comparison {
  return compareWithKnown(reachabilityWithin(before), after, by, hasSameDoubts)
}

/** For who compares one world with many: what is known of it stays. */
export function compareWithKnown(before: Reaches, after: Bounds, by: LabelKind, hasSameDoubts = false): Comparison {
  const { diagrams } = before
  const sides = { before, after: reachabilityWithin(after, diagrams) }
  const findings: Noted = { changes: new Findings(), undetermined: new Findings() }
  const unknown = new SameUnknown(sides.before, sides.after, hasSameDoubts)
  const labelled = jointPortions(sides, ['after', 'before'], by)
  noteInside(sides, labelled, { findings, unknown })
  noteOutside(sides, labelled, { findings, unknown })
  const tell = (found: Finding, change: Change) => ({
    by: rulesBehind(terrainOf(sides, change), { example: exampleOf(found), services: found.services }),
  })
  const tellUndetermined = (found: Finding) => ({
    by: rulesBehind(sides.after.terrain, { example: exampleOf(found), services: found.services }),
  })
  const selection = { inside: labelled, outside: [] }
  const names = new Map(labelled.flatMap(({ label, members }) => members.map(({ card }) => [card.id, label] as const)))
  const labels: Labels = ({ id }) => names.get(id) ?? id
  const outOf = pairCounts(selection, selection, labels)
  return {
    rows: [...new Rows(findings.changes, { diagrams, outOf, tell })],
    undetermined: [...new Rows(findings.undetermined, { diagrams, outOf, tell: tellUndetermined })],
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

interface Noted {
  readonly changes: Findings<Change>
  readonly undetermined: Findings<'undetermined'>
}

interface Notes {
  readonly findings: Noted
  readonly unknown: SameUnknown
}

function noteInside({ before, after }: Sides, ends: readonly Portion[], { findings, unknown }: Notes): void {
  const known = new Map<string, readonly (readonly [Change, Diagram])[]>()
  for (const sender of ends) {
    for (const receiver of ends.filter(({ of }) => of.family === sender.of.family)) {
      const [one, other] = [sender.joint, receiver.joint]
      const was = one.before && other.before ? before.between(one.before, other.before) : noPassage
      const is = one.after && other.after ? after.between(one.after, other.after) : noPassage
      const apart = unknown.between(sender, receiver, bothUndetermined(before.diagrams, was, is))
      if (apart !== nothing) {
        noteBetween(findings.undetermined, {
          sender: calledOf(sender),
          receiver: calledOf(receiver),
          result: 'undetermined',
          services: apart,
        })
      }
      if (isSame(was, is)) continue
      const key = [was.reachable.id, was.undetermined.id, is.reachable.id, is.undetermined.id].join()
      const changes = known.get(key) ?? changesOf(before.diagrams, was, is)
      known.set(key, changes)
      for (const [result, services] of changes)
        noteBetween(findings.changes, { sender: calledOf(sender), receiver: calledOf(receiver), result, services })
    }
  }
}

function bothUndetermined(diagrams: Diagrams, was: Passage, is: Passage): Diagram {
  if (was.undetermined === nothing || is.undetermined === nothing) return nothing
  return diagrams.intersection(was.undetermined, is.undetermined)
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

function noteOutside({ before, after }: Sides, ends: readonly Portion[], { findings, unknown }: Notes): void {
  const { diagrams } = before
  for (const family of [4, 6] as const) {
    const place = jointInternet([before, after], family)
    for (const portion of ends.filter(({ of }) => of.family === family)) {
      const { joint } = portion
      for (const direction of ['ingress', 'egress'] as const) {
        const was = joint.before ? before.beyond(joint.before, place, direction) : noPassage
        const is = joint.after ? after.beyond(joint.after, place, direction) : noPassage
        for (const [result, set] of isSame(was, is) ? [] : changesOf(diagrams, was, is)) {
          for (const part of addressParts(diagrams, set, { place, on: everything })) {
            findings.changes.note(foundOutside(portion, place, direction, { ...part, result }))
          }
        }
        const apart = unknown.beyond(portion, place, direction, bothUndetermined(diagrams, was, is))
        for (const part of addressParts(diagrams, apart, { place, on: everything })) {
          findings.undetermined.note(foundOutside(portion, place, direction, { ...part, result: 'undetermined' }))
        }
      }
    }
  }
}
