/**
 * Rows for people: who, to whom, on what. Pairs of ends that are called the same and have the same services are
 * one row, which tells of how many pairs it is true, and shows one packet that proves it.
 */

import { groupedBy } from '../../base/grouped.ts'
import type { Direction } from '../../model/rule.ts'
import type { Family } from '../../net/address.ts'
import { formatPacket } from '../../packet/notation.ts'
import type { Packet, Payload } from '../../packet/packet.ts'
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
    const told = new ToldServices(diagrams)
    const rows = Array.from(this.#found.values(), (found) => {
      const { services, example, ...row } = found
      const { family } = example.source
      const { rules, payload } = told.of(services, family)
      const { packet } = journeyOf(example, payload)
      return {
        ...row,
        outOf: outOf(row.from.name, row.to.name, family),
        families: [family],
        services: rules,
        packet: formatPacket(packet),
        ...tell(found, packet),
      }
    })
    return inOrder(mergedFamilies(rows, told), told)
  }
}

/** Services in words and as a packet: hundreds of thousands of rows have a few hundred of them. */
class ToldServices {
  readonly #diagrams: Diagrams
  readonly #known = new Map<string, { readonly rules: readonly ServiceRule[]; readonly payload: Payload }>()
  readonly #texts = new Map<readonly ServiceRule[], string>()

  constructor(diagrams: Diagrams) {
    this.#diagrams = diagrams
  }

  of(services: Diagram, family: Family): { readonly rules: readonly ServiceRule[]; readonly payload: Payload } {
    const key = `${family} ${services.id}`
    const known = this.#known.get(key)
    if (known) return known
    const made = { rules: serviceRules(this.#diagrams, services, family), payload: samplePayload(services) }
    this.#known.set(key, made)
    return made
  }

  textOf(rules: readonly ServiceRule[]): string {
    const text = this.#texts.get(rules) ?? rules.map(ruleText).join()
    this.#texts.set(rules, text)
    return text
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
function mergedFamilies<R extends Row<string>>(rows: readonly R[], told: ToldServices): R[] {
  const alike = ({ families: _, packet: __, services, ...row }: R) => JSON.stringify([row, told.textOf(services)])
  return Array.from(groupedBy(rows, alike).values(), ([first, ...more]) => ({
    ...first,
    families: [first, ...more].flatMap(({ families }) => families).sort(),
  }))
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

/** Each row's place is spelt once: there may be hundreds of thousands. */
function inOrder<R extends Row<string>>(rows: readonly R[], told: ToldServices): R[] {
  return rows
    .map((row) => ({ row, order: orderOf(row, told) }))
    .sort((a, b) => compare(a.order, b.order))
    .map(({ row }) => row)
}

function orderOf({ from, to, result, families, services }: Row<string>, told: ToldServices): string {
  return [result, endText(from), endText(to), families.join(), told.textOf(services)].join('\n')
}

function endText({ name, addresses }: RowEnd): string {
  return [name, ...addresses].join(' ')
}
