/**
 * Rows for people: who, to whom, on what. Pairs of ends that are called the same and have the same services are
 * one row, which tells of how many pairs it is true, and shows one packet that proves it.
 */

import { groupedBy } from '../../base/grouped.ts'
import type { Family } from '../../net/address.ts'
import { formatPacket } from '../../packet/notation.ts'
import type { Payload } from '../../packet/packet.ts'
import type { Diagram, Diagrams } from '../packet-set/diagram.ts'
import { samplePayload } from '../packet-set/packet-set.ts'
import { rulesWithin, ruleText, type ServiceRule } from '../packet-set/service-text.ts'
import { openings } from '../packet-set/services.ts'
import type { Between, Finding, Findings, RowEnd } from './findings.ts'
import type { PairCount } from './pair-counts.ts'
import { packetBetween } from './way.ts'

/** What a row says besides its packet. */
export interface RowFacts<Result extends string> {
  readonly result: Result
  readonly from: RowEnd
  readonly to: RowEnd
  /** Of how many pairs of an interface's addresses it is true, and how many there are. */
  readonly pairs: number
  readonly outOf: number
  readonly families: readonly Family[]
  readonly services: readonly ServiceRule[]
}

export interface Row<Result extends string> extends RowFacts<Result> {
  /** One packet of these. */
  readonly packet: string
}

export interface Telling<Result extends string, More extends object> {
  readonly diagrams: Diagrams
  readonly outOf: PairCount
  /** What a row says besides. */
  readonly tell: (finding: Finding, result: Result) => More
}

/** A row whose packet is not spelt yet. */
interface Drawn<Result extends string, More extends object> {
  readonly facts: RowFacts<Result>
  readonly text: string
  readonly finding: Finding
  readonly more: More
}

/**
 * Findings as rows in their order: result, ends, families, services. Each is made when it is asked for, and not
 * kept: what is printed one after the other takes no room.
 */
export class Rows<Result extends string, More extends object> implements Iterable<Row<Result> & More> {
  readonly #findings: Findings<Result>
  readonly #telling: Telling<Result, More>
  readonly #told: ToldServices

  constructor(findings: Findings<Result>, telling: Telling<Result, More>) {
    this.#findings = findings
    this.#telling = telling
    this.#told = new ToldServices(telling.diagrams)
  }

  *[Symbol.iterator](): Generator<Row<Result> & More> {
    for (const between of this.#findings.inOrder()) {
      for (const drawn of this.#drawn(between)) yield this.#row(drawn)
    }
  }

  /** Without their packets. */
  *facts(): Generator<RowFacts<Result>> {
    for (const between of this.#findings.inOrder()) {
      for (const { facts } of this.#drawn(between)) yield facts
    }
  }

  get families(): ReadonlySet<Family> {
    return this.#findings.families
  }

  endsAt(side: 'from' | 'to'): readonly RowEnd[] {
    return this.#findings.endsAt(side)
  }

  get isEmpty(): boolean {
    return this.families.size === 0
  }

  get size(): number {
    let size = 0
    for (const between of this.#findings.inOrder()) size += this.#pairsOf(between).length
    return size
  }

  /** Those that hold for the most pairs, most first, else in order. */
  top(count: number): RowFacts<Result>[] {
    const sizes = this.#sizes().sort((a, b) => b - a)
    const least = sizes[count - 1] ?? 0
    /** Of the smallest. */
    let room = count - sizes.indexOf(least)
    const large: RowFacts<Result>[] = []
    for (const between of this.#findings.inOrder()) {
      if (!between.findings.some(({ pairs }) => pairs > least || (pairs === least && room > 0))) continue
      for (const { facts } of this.#drawn(between)) {
        if (facts.pairs < least || (facts.pairs === least && room === 0)) continue
        if (facts.pairs === least) room -= 1
        large.push(facts)
      }
    }
    return large.sort((a, b) => b.pairs - a.pairs)
  }

  /** Of every row, of how many pairs it is true. */
  #sizes(): number[] {
    const sizes: number[] = []
    for (const between of this.#findings.inOrder()) {
      for (const size of this.#pairsOf(between)) sizes.push(size)
    }
    return sizes
  }

  /** Of each row between two ends; words are needed only where rows of both families may be one. */
  #pairsOf(between: Between<Result>): number[] {
    const { findings } = between
    if (!isOfBoth(findings)) return findings.map(({ pairs }) => pairs)
    return this.#drawn(between).map(({ facts }) => facts.pairs)
  }

  #drawn(between: Between<Result>): Drawn<Result, More>[] {
    const { findings } = between
    const all = findings.map((finding) => this.#drawnOf(between, finding))
    if (all.length === 1) return all
    return (isOfBoth(findings) ? mergedFamilies(all) : all).sort(byFamiliesAndText)
  }

  #drawnOf({ from, to, result }: Between<Result>, finding: Finding): Drawn<Result, More> {
    const { services, pairs } = finding
    const family = familyOf(finding)
    const { rules, text } = this.#told.of(services, family)
    const { tell, outOf } = this.#telling
    const facts = {
      result,
      from,
      to,
      pairs,
      outOf: outOf(from.name, to.name, family),
      families: only[family],
      services: rules,
    }
    return { facts, text, finding, more: tell(finding, result) }
  }

  #row({ facts, finding, more }: Drawn<Result, More>): Row<Result> & More {
    const { sender, receiver, services } = finding
    const packet = packetBetween(sender.address, receiver.address, this.#told.payloadOf(services))
    return { ...facts, packet: formatPacket(packet), ...more }
  }
}

/** Services in words and as a packet: hundreds of thousands of rows have fewer of them. */
class ToldServices {
  readonly #all: Readonly<Record<Family, Diagram>>
  readonly #known: Readonly<Record<Family, Map<Diagram, Told>>> = { 4: new Map(), 6: new Map() }
  readonly #payloads = new Map<Diagram, Payload>()

  constructor(diagrams: Diagrams) {
    this.#all = { 4: openings(diagrams, 4), 6: openings(diagrams, 6) }
  }

  of(services: Diagram, family: Family): Told {
    const known = this.#known[family].get(services)
    if (known) return known
    const rules = rulesWithin(this.#all[family], services)
    const made = { rules, text: rules.map(ruleText).join() }
    this.#known[family].set(services, made)
    return made
  }

  payloadOf(services: Diagram): Payload {
    const known = this.#payloads.get(services)
    if (known) return known
    const payload = samplePayload(services)
    this.#payloads.set(services, payload)
    return payload
  }
}

interface Told {
  readonly rules: readonly ServiceRule[]
  readonly text: string
}

const only: Readonly<Record<Family, readonly Family[]>> = { 4: [4], 6: [6] }

function familyOf({ sender }: Finding): Family {
  return sender.address.family
}

function isOfBoth([first, ...more]: readonly Finding[]): boolean {
  return first !== undefined && more.some((each) => familyOf(each) !== familyOf(first))
}

/** Rows that are alike in both families are one. */
function mergedFamilies<D extends Drawn<string, object>>(all: readonly D[]): D[] {
  const alike = ({ facts: { pairs, outOf }, text, more }: D) => JSON.stringify([pairs, outOf, text, more])
  return Array.from(groupedBy(all, alike).values(), ([first, ...others]) => {
    const families = [first, ...others].flatMap(({ facts }) => facts.families).sort()
    return { ...first, facts: { ...first.facts, families } }
  })
}

/** Only 4, 4 and 6, only 6. */
function byFamiliesAndText({ facts, text }: Drawn<string, object>, other: Drawn<string, object>): number {
  const isSame = facts.families === other.facts.families
  const byFamilies = isSame ? 0 : compare(facts.families.join(), other.facts.families.join())
  return byFamilies || compare(text, other.text)
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
