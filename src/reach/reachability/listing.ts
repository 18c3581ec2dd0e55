/**
 * Reachability as rows for people: who, to whom, on what. Pairs of ends that are called the same and have the
 * same services are one row, which tells of how many pairs it is true, and shows one packet that proves it.
 */

import { groupedBy } from '../../base/grouped.ts'
import type { Direction } from '../../model/rule.ts'
import type { Address, Family } from '../../net/address.ts'
import { formatPacket } from '../../packet/notation.ts'
import { type Diagram, nothing } from '../packet-set/diagram.ts'
import { addressAt } from '../packet-set/lines.ts'
import { samplePayload } from '../packet-set/packet-set.ts'
import { ruleText, type ServiceRule, serviceRules } from '../packet-set/service-text.ts'
import type { OutsidePlace } from '../place.ts'
import type { Labels } from './labels.ts'
import { type OuterPart, outerParts } from './outer-parts.ts'
import { pairCounts, strangerPairs, strangersAmong } from './pair-counts.ts'
import type { Reachability } from './reachability.ts'
import type { Portion, Selection } from './selection.ts'

export interface RowEnd {
  readonly name: string
  /** Outside: which of the named addresses; empty for all of them, and for interfaces. */
  readonly addresses: readonly string[]
}

export interface Row {
  readonly from: RowEnd
  readonly to: RowEnd
  readonly result: 'reachable' | 'undetermined'
  readonly families: readonly Family[]
  readonly services: readonly ServiceRule[]
  /** Of how many pairs of an interface's addresses it is true, and how many there are. */
  readonly pairs: number
  readonly outOf: number
  /** One packet of these. */
  readonly packet: string
}

export interface ListingQuestion {
  readonly from: Selection
  readonly to: Selection
  readonly labels: Labels
  /** Services of interest. */
  readonly on: Diagram
}

interface Found extends Omit<Row, 'services' | 'packet' | 'families' | 'outOf'> {
  readonly family: Family
  readonly services: Diagram
  readonly example: { readonly source: Address; readonly destination: Address }
}

export function listReachability(reachability: Reachability, question: ListingQuestion): Row[] {
  const found = new Map<string, { -readonly [K in keyof Found]: Found[K] }>()
  const note = (each: Found) => {
    const key = [textOf(each.from), textOf(each.to), each.result, each.family, each.services.id].join('\n')
    const known = found.get(key)
    if (known) known.pairs += each.pairs
    else found.set(key, { ...each })
  }
  noteInside(reachability, question, note)
  noteOutside(reachability, question, note)
  const outOf = pairCounts(question.from, question.to, question.labels)
  return mergedFamilies(
    Array.from(found.values(), ({ family, services, example, ...row }) => ({
      ...row,
      outOf: outOf(row.from.name, row.to.name, family),
      families: [family],
      services: serviceRules(reachability.diagrams, services, family),
      packet: formatPacket({ ...example, payload: samplePayload(services), length: 40 }),
    })),
  ).sort(inOrder)
}

type Note = (found: Found) => void

function noteInside(reachability: Reachability, { from, to, labels, on }: ListingQuestion, note: Note): void {
  const senders = groupedBy(byLabel(from.inside, labels), ({ of }) => of)
  const receivers = groupedBy(byLabel(to.inside, labels), ({ of }) => of)
  reachability.eachPassage([...senders.keys()], [...receivers.keys()], (one, other, passage) => {
    for (const result of ['reachable', 'undetermined'] as const) {
      const services = reachability.diagrams.intersection(passage[result], on)
      if (services === nothing) continue
      for (const sender of senders.get(one) ?? []) {
        for (const receiver of receivers.get(other) ?? []) {
          const example = strangersAmong(sender.members, receiver.members)
          if (!example) continue
          const pairs = strangerPairs(sender.members, receiver.members)
          const ends = { from: insideEnd(sender.label), to: insideEnd(receiver.label) }
          note({ ...ends, result, family: one.family, services, pairs, example })
        }
      }
    }
  })
}

function noteOutside(reachability: Reachability, { from, to, labels, on }: ListingQuestion, note: Note): void {
  const ways = [
    { direction: 'ingress', places: from.outside, portions: to.inside },
    { direction: 'egress', places: to.outside, portions: from.inside },
  ] as const
  for (const { direction, places, portions } of ways) {
    for (const portion of byLabel(portions, labels)) {
      for (const place of places.filter(({ block }) => block.family === portion.of.family)) {
        for (const part of outerParts(reachability, { inside: portion.of, place, direction, on })) {
          note(foundOutside(portion, place, direction, part))
        }
      }
    }
  }
}

function foundOutside({ label, members }: Labelled, place: OutsidePlace, direction: Direction, part: OuterPart): Found {
  const { family } = place.block
  const [{ address: inner }] = members
  const outer = addressAt(family, part.ranges[0].first)
  const isIncoming = direction === 'ingress'
  const beyond = { name: place.name, addresses: part.addresses }
  return {
    from: isIncoming ? beyond : insideEnd(label),
    to: isIncoming ? insideEnd(label) : beyond,
    result: part.result,
    family,
    services: part.services,
    pairs: members.length,
    example: isIncoming ? { source: outer, destination: inner } : { source: inner, destination: outer },
  }
}

interface Labelled extends Portion {
  readonly label: string
}

function byLabel(portions: readonly Portion[], labels: Labels): Labelled[] {
  return portions.flatMap(({ of, members }) =>
    Array.from(
      groupedBy(members, ({ card }) => labels(card)),
      ([label, own]) => ({ label, of, members: own }),
    ),
  )
}

/** Rows that are alike in both families are one. */
function mergedFamilies(rows: readonly Row[]): Row[] {
  const alike = ({ families: _, packet: __, ...row }: Row) => JSON.stringify(row)
  return Array.from(groupedBy(rows, alike).values(), ([first, ...more]) => ({
    ...first,
    families: [first, ...more].flatMap(({ families }) => families).sort(),
  }))
}

function inOrder(a: Row, b: Row): number {
  return compare(keyOf(a), keyOf(b))
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

function keyOf({ from, to, result, families, services }: Row): string {
  return [textOf(from), textOf(to), result, families.join(), services.map(ruleText).join()].join('\n')
}

function insideEnd(name: string): RowEnd {
  return { name, addresses: [] }
}

function textOf({ name, addresses }: RowEnd): string {
  return [name, ...addresses].join(' ')
}
