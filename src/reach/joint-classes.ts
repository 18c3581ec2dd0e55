/** Ends of several worlds at once: those that are alike in each of them, together. An end is its interface and address. */

import { groupedBy } from '../base/grouped.ts'
import type { NetworkInterface } from '../model/network-interface.ts'
import type { Family } from '../net/address.ts'
import { formatAddress } from '../net/address.ts'
import { type OutsidePlace, placesNamed } from './place.ts'
import type { Reaches } from './reachability/bounded.ts'
import type { End, EndClass } from './reachability/end.ts'
import type { Labelled } from './reachability/findings.ts'
import { type LabelKind, labelsBy } from './reachability/labels.ts'

/** The worlds by what they are called; all over the same diagrams. */
export type Sides<K extends string> = Readonly<Record<K, Reaches>>

export interface JointPortion<K extends string> extends Labelled {
  /** Undefined in a world that does not have them. */
  readonly joint: Readonly<Record<K, EndClass | undefined>>
}

/** `names` are the sides; the first of them that has an interface says what it is called. */
export function jointPortions<K extends string>(
  sides: Sides<K>,
  names: readonly K[],
  by: LabelKind,
): JointPortion<K>[] {
  const labels = names.map((name) => ({ world: sides[name].world, labelOf: labelsBy(sides[name].world, by) }))
  const labelOf = (card: NetworkInterface) =>
    labels.find(({ world }) => world.networkInterface.has(card.id))?.labelOf(card) ?? card.id
  return jointClasses(sides, names).flatMap(({ joint, members }) => {
    const of = names.flatMap((name) => joint[name] ?? [])[0] as EndClass
    return Array.from(
      groupedBy(members, ({ card }) => labelOf(card)),
      ([label, own]) => ({ label, of, members: own, joint }),
    )
  })
}

interface JointClass<K extends string> {
  readonly joint: Readonly<Record<K, EndClass | undefined>>
  readonly members: readonly [End, ...End[]]
}

function jointClasses<K extends string>(sides: Sides<K>, names: readonly K[]): JointClass<K>[] {
  const byEnd = names.map((name) => [name, classByEnd(sides[name])] as const)
  const ends = new Map(byEnd.flatMap(([, found]) => [...found]))
  const all = Array.from(ends, ([key, { end }]) => {
    const joint = Object.fromEntries(byEnd.map(([name, found]) => [name, found.get(key)?.of]))
    return { end, joint: joint as JointClass<K>['joint'] }
  })
  const alike = groupedBy(all, ({ joint }) => names.map((name) => joint[name]?.index ?? '-').join(' '))
  return Array.from(alike.values(), ([first, ...more]) => ({
    joint: first.joint,
    members: [first.end, ...more.map(({ end }) => end)],
  }))
}

function classByEnd({ classes }: Reaches): Map<string, { readonly end: End; readonly of: EndClass }> {
  return new Map(
    classes.flatMap((of) =>
      of.members.map((end) => [`${end.card.id} ${formatAddress(end.address)}`, { end, of }] as const),
    ),
  )
}

/** Without the addresses of any of the worlds: those are told as ends inside. */
export function jointInternet(sides: readonly Reaches[], family: Family): OutsidePlace {
  const places = sides.flatMap(({ world }) => placesNamed(world, 'internet'))
  const without = places.flatMap((place) => (place.kind === 'outside' ? place.without : []))
  return { kind: 'outside', name: 'internet', block: { family, first: 0n, length: 0 }, without }
}
