/**
 * Two worlds compared over all packets: what opens from one to the other, and what closes. An interface is
 * the same one if its id and address are. What is in no row is proved to fare as before.
 */

import { groupedBy } from '../base/grouped.ts'
import type { NetworkInterface } from '../model/network-interface.ts'
import type { World } from '../model/world.ts'
import type { Family } from '../net/address.ts'
import { formatAddress } from '../net/address.ts'
import type { RuleRef } from '../policy/policy.ts'
import { type Diagram, Diagrams, everything, nothing } from './packet-set/diagram.ts'
import { type OutsidePlace, placesNamed } from './place.ts'
import type { End, EndClass } from './reachability/end.ts'
import { type LabelKind, type Labels, labelsBy } from './reachability/labels.ts'
import { noteBetween } from './reachability/listing.ts'
import { addressParts } from './reachability/outer-parts.ts'
import { pairCounts } from './reachability/pair-counts.ts'
import { noPassage, type Passage } from './reachability/passage.ts'
import { Reachability } from './reachability/reachability.ts'
import { Findings, type Found, foundOutside, type Labelled, type Row } from './reachability/rows.ts'
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
  return compareWithKnown(new Reachability(before, new Diagrams()), after, by)
}

/** For who compares one world with many: what is known of it stays. */
export function compareWithKnown(before: Reachability, after: World, by: LabelKind): Comparison {
  const { diagrams } = before
  const sides = { before, after: new Reachability(after, diagrams) }
  const joint = jointClasses(sides)
  const findings = new Findings<Change>()
  const labelled = labelledBy(joint, sides, by)
  noteInside(sides, labelled, findings)
  noteOutside(sides, labelled, findings)
  const tell = (found: Found<Change>) => ({ by: rulesBehind(sides[sideOf(found.result)].terrain, found) })
  const selection = { inside: labelled, outside: [] }
  const names = new Map(labelled.flatMap(({ label, members }) => members.map(({ card }) => [card.id, label] as const)))
  const labels: Labels = ({ id }) => names.get(id) ?? id
  const outOf = pairCounts(selection, selection, labels)
  return {
    rows: findings.rows(diagrams, outOf, (found) => tell(found)),
    ends: joint.flatMap(({ members }) => members).length,
  }
}

/** Where the packets of a row pass. */
function sideOf(change: Change): keyof Sides {
  return change.endsWith('open') || change === 'opens' ? 'after' : 'before'
}

interface Sides {
  readonly before: Reachability
  readonly after: Reachability
}

/** Ends that are alike in either world; undefined in one that does not have them. */
interface JointClass {
  readonly before: EndClass | undefined
  readonly after: EndClass | undefined
  readonly members: readonly [End, ...End[]]
}

function jointClasses({ before, after }: Sides): JointClass[] {
  const [old, fresh] = [classByEnd(before), classByEnd(after)]
  const ends = new Map([...old, ...fresh])
  const all = Array.from(ends, ([key, { end }]) => ({ end, before: old.get(key)?.of, after: fresh.get(key)?.of }))
  const keyOf = (one: EndClass | undefined) => one?.index ?? '-'
  const alike = groupedBy(all, (each) => `${keyOf(each.before)} ${keyOf(each.after)}`)
  return Array.from(alike.values(), ([first, ...more]) => ({
    before: first.before,
    after: first.after,
    members: [first.end, ...more.map(({ end }) => end)],
  }))
}

function classByEnd({ classes }: Reachability): Map<string, { readonly end: End; readonly of: EndClass }> {
  return new Map(
    classes.flatMap((of) =>
      of.members.map((end) => [`${end.card.id} ${formatAddress(end.address)}`, { end, of }] as const),
    ),
  )
}

interface LabelledClass extends Labelled {
  readonly joint: JointClass
}

function labelledBy(joint: readonly JointClass[], { before, after }: Sides, by: LabelKind): LabelledClass[] {
  const [old, fresh] = [labelsBy(before.world, by), labelsBy(after.world, by)]
  const labelOf = (card: NetworkInterface) => (after.world.networkInterface.has(card.id) ? fresh(card) : old(card))
  return joint.flatMap((each) => {
    const of = (each.after ?? each.before) as EndClass
    return Array.from(
      groupedBy(each.members, ({ card }) => labelOf(card)),
      ([label, members]) => ({ label, of, members, joint: each }),
    )
  })
}

function noteInside({ before, after }: Sides, ends: readonly LabelledClass[], findings: Findings<Change>): void {
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
      for (const [result, services] of changes) noteBetween(findings, { sender, receiver, result, services })
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

function noteOutside({ before, after }: Sides, ends: readonly LabelledClass[], findings: Findings<Change>): void {
  for (const family of [4, 6] as const) {
    const place = internetOfBoth({ before, after }, family)
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

/** Without the addresses of either world: those are told as ends inside. */
function internetOfBoth({ before, after }: Sides, family: Family): OutsidePlace {
  const places = [before, after].flatMap(({ world }) => placesNamed(world, 'internet'))
  const outside = places.filter((place) => place.kind === 'outside')
  const without = outside.flatMap((place) => place.without)
  return { kind: 'outside', name: 'internet', block: { family, first: 0n, length: 0 }, without }
}
