/**
 * Rows for people: who, to whom, on what. Pairs of ends that are called the same and have the same services are
 * one row, which tells of how many pairs it is true, and shows one packet that proves it.
 */

import { groupedBy } from '../../base/grouped.ts'
import type { Direction } from '../../model/rule.ts'
import type { Family } from '../../net/address.ts'
import { formatPacket } from '../../packet/notation.ts'
import type { Packet } from '../../packet/packet.ts'
import type { Diagram, Diagrams } from '../packet-set/diagram.ts'
import { addressAt } from '../packet-set/lines.ts'
import { samplePayload } from '../packet-set/packet-set.ts'
import { ruleText, type ServiceRule, serviceRules } from '../packet-set/service-text.ts'
import type { OutsidePlace } from '../place.ts'
import { placeOf } from './end.ts'
import type { AddressPart } from './outer-parts.ts'
import type { PairCount } from './pair-counts.ts'
import type { Portion } from './selection.ts'
import { journeyOf, type Pair } from './way.ts'

export interface RowEnd {
  readonly name: string
  /** Outside: which of the named addresses; empty for all of them, and for interfaces. */
  readonly addresses: readonly string[]
}

export interface Row<Result extends string> {
  readonly from: RowEnd
  readonly to: RowEnd
  readonly result: Result
  readonly families: readonly Family[]
  readonly services: readonly ServiceRule[]
  /** Of how many pairs of an interface's addresses it is true, and how many there are. */
  readonly pairs: number
  readonly outOf: number
  /** One packet of these. */
  readonly packet: string
}

export interface Found<Result extends string> extends Omit<Row<Result>, 'services' | 'packet' | 'families' | 'outOf'> {
  readonly services: Diagram
  readonly example: Pair
}

export interface Labelled extends Portion {
  readonly label: string
}

/** What was found, with what is the same counted once. */
export class Findings<Result extends string> {
  readonly #found = new Map<string, { -readonly [K in keyof Found<Result>]: Found<Result>[K] }>()

  note(found: Found<Result>): void {
    const { from, to, result, services, example, pairs } = found
    const key = [endText(from), endText(to), result, example.source.family, services.id].join('\n')
    const known = this.#found.get(key)
    if (known) known.pairs += pairs
    else this.#found.set(key, { ...found })
  }

  /** `tell` adds to a row what its packet says. */
  rows<More extends object>(
    diagrams: Diagrams,
    outOf: PairCount,
    tell: (found: Found<Result>, packet: Packet) => More,
  ): (Row<Result> & More)[] {
    const rows = Array.from(this.#found.values(), (found) => {
      const { services, example, ...row } = found
      const { family } = example.source
      const { packet } = journeyOf(example, samplePayload(services))
      return {
        ...row,
        outOf: outOf(row.from.name, row.to.name, family),
        families: [family],
        services: serviceRules(diagrams, services, family),
        packet: formatPacket(packet),
        ...tell(found, packet),
      }
    })
    return inOrder(mergedFamilies(rows))
  }
}

/** Between an end inside and some addresses of a place outside. */
export function foundOutside<Result extends string>(
  { label, members }: Labelled,
  place: OutsidePlace,
  direction: Direction,
  { result, services, ranges, addresses }: AddressPart & { readonly result: Result },
): Found<Result> {
  const [end] = members
  const [inner, outer] = [placeOf(end), addressAt(place.block.family, ranges[0].first)]
  const near = { name: label, addresses: [] }
  const far = { name: place.name, addresses }
  const facts = { result, services, pairs: members.length }
  return direction === 'ingress'
    ? { ...facts, from: far, to: near, example: { from: place, to: inner, source: outer, destination: end.address } }
    : { ...facts, from: near, to: far, example: { from: inner, to: place, source: end.address, destination: outer } }
}

/** Rows that are alike in both families are one. */
function mergedFamilies<R extends Row<string>>(rows: readonly R[]): R[] {
  const alike = ({ families: _, packet: __, ...row }: R) => JSON.stringify(row)
  return Array.from(groupedBy(rows, alike).values(), ([first, ...more]) => ({
    ...first,
    families: [first, ...more].flatMap(({ families }) => families).sort(),
  }))
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

/** Each row's place is spelt once: there may be hundreds of thousands. */
function inOrder<R extends Row<string>>(rows: readonly R[]): R[] {
  return rows
    .map((row) => ({ row, order: orderOf(row) }))
    .sort((a, b) => compare(a.order, b.order))
    .map(({ row }) => row)
}

function orderOf({ from, to, result, families, services }: Row<string>): string {
  return [result, endText(from), endText(to), families.join(), services.map(ruleText).join()].join('\n')
}

function endText({ name, addresses }: RowEnd): string {
  return [name, ...addresses].join(' ')
}
