/**
 * What was found, with what is the same counted once. There may be a million findings, so each is a few numbers
 * and pointers: words, an order and a packet that proves it are made of those that are told (rows.ts).
 */

import type { Direction } from '../../model/rule.ts'
import type { Address, Family } from '../../net/address.ts'
import type { Diagram } from '../packet-set/diagram.ts'
import { addressAt } from '../packet-set/lines.ts'
import type { OutsidePlace } from '../place.ts'
import { type End, placeOf } from './end.ts'
import type { AddressPart } from './outer-parts.ts'
import { strangerPairs, strangersAmong } from './pair-counts.ts'
import type { Portion } from './selection.ts'
import type { Pair } from './way.ts'

export interface RowEnd {
  readonly name: string
  /** Outside: which of the named addresses; empty for all of them, and for interfaces. */
  readonly addresses: readonly string[]
}

/** Where a packet begins or ends: an interface at one of its addresses, or a place outside at one of its. */
type Spot = End | { readonly place: OutsidePlace; readonly address: Address }

/** Of two ends and one result. */
export interface Finding {
  readonly services: Diagram
  /** One of the pairs that it holds for. */
  readonly sender: Spot
  readonly receiver: Spot
  /** How many there are. */
  pairs: number
}

interface Found<Result extends string> extends Finding {
  readonly from: RowEnd
  readonly to: RowEnd
  readonly result: Result
}

/** All that was found of two ends with one result, in the order that it was found in. */
export interface Between<Result extends string> {
  readonly from: RowEnd
  readonly to: RowEnd
  readonly result: Result
  readonly findings: readonly Finding[]
}

export class Findings<Result extends string> {
  /** By what both ends are called. */
  readonly #found = new Map<Result, Map<string, Map<string, FindingList>>>()
  readonly #ends = new Map<string, RowEnd>()
  readonly #families = new Set<Family>()

  note({ from, to, result, services, sender, receiver, pairs }: Found<Result>): void {
    const byFrom = orMade(this.#found, result, () => new Map())
    const byTo = orMade(byFrom, this.#nameOf(from), () => new Map())
    const own = orMade(byTo, this.#nameOf(to), () => new FindingList())
    own.note({ services, sender, receiver, pairs })
    this.#families.add(sender.address.family)
  }

  get families(): ReadonlySet<Family> {
    return this.#families
  }

  /** All ends that some row begins at, or ends at. */
  endsAt(side: 'from' | 'to'): RowEnd[] {
    const byFrom = [...this.#found.values()]
    const names =
      side === 'from'
        ? byFrom.flatMap((each) => [...each.keys()])
        : byFrom.flatMap((each) => Array.from(each.values()).flatMap((byTo) => [...byTo.keys()]))
    return Array.from(new Set(names), (name) => this.#ends.get(name) as RowEnd)
  }

  /** By result, sender and receiver. */
  *inOrder(): Generator<Between<Result>> {
    for (const [result, byFrom] of sorted(this.#found)) {
      for (const [from, byTo] of sorted(byFrom)) {
        for (const [to, { all }] of sorted(byTo)) {
          const ends = { from: this.#ends.get(from) as RowEnd, to: this.#ends.get(to) as RowEnd }
          yield { ...ends, result, findings: all }
        }
      }
    }
  }

  #nameOf(end: RowEnd): string {
    const name = end.addresses.length === 0 ? end.name : [end.name, ...end.addresses].join(' ')
    if (!this.#ends.has(name)) this.#ends.set(name, end)
    return name
  }
}

/** Most lists are short, and there are very many: those are looked through. */
const longest = 16

/** Once for each services and family. */
class FindingList {
  readonly all: Finding[] = []
  #index: Map<number, Finding> | undefined

  note(found: Finding): void {
    const known = this.#find(found)
    if (known) {
      known.pairs += found.pairs
      return
    }
    this.all.push(found)
    if (this.#index) this.#index.set(keyOf(found), found)
    else if (this.all.length > longest) this.#index = new Map(this.all.map((each) => [keyOf(each), each]))
  }

  #find(found: Finding): Finding | undefined {
    if (this.#index) return this.#index.get(keyOf(found))
    const key = keyOf(found)
    return this.all.find((each) => keyOf(each) === key)
  }
}

function keyOf({ services, sender }: Finding): number {
  return services.id * 2 + (sender.address.family === 6 ? 1 : 0)
}

function orMade<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

function sorted<K extends string, V>(map: ReadonlyMap<K, V>): [K, V][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}

export function exampleOf({ sender, receiver }: Pick<Finding, 'sender' | 'receiver'>): Pair {
  const place = (spot: Spot) => ('place' in spot ? spot.place : placeOf(spot))
  return { from: place(sender), to: place(receiver), source: sender.address, destination: receiver.address }
}

/** Ends inside that are told as one. */
export interface Labelled extends Portion {
  readonly label: string
}

/** Ends that are called the same: those of several portions, if there are. */
export interface Called {
  readonly label: string
  readonly size: number
  readonly first: End
  readonly ends: () => readonly End[]
}

export function calledOf({ label, members }: Labelled): Called {
  return { label, size: members.length, first: members[0], ends: () => members }
}

interface FoundBetween<Result extends string> {
  readonly sender: Called
  readonly receiver: Called
  readonly result: Result
  readonly services: Diagram
}

export function noteBetween<R extends string>(findings: Findings<R>, found: FoundBetween<R>): void {
  const { sender: some, receiver: others, result, services } = found
  const pairs = some.label === others.label ? amongThemselves(some, others) : betweenOthers(some, others)
  if (!pairs) return
  const from = { name: some.label, addresses: [] }
  const to = { name: others.label, addresses: [] }
  findings.note({ from, to, result, services, sender: pairs.sender, receiver: pairs.receiver, pairs: pairs.pairs })
}

type SomePairs = Pick<Finding, 'sender' | 'receiver' | 'pairs'>

/** Who is called otherwise is another interface. */
function betweenOthers(some: Called, others: Called): SomePairs {
  return { sender: some.first, receiver: others.first, pairs: some.size * others.size }
}

function amongThemselves(some: Called, others: Called): SomePairs | undefined {
  const [senders, receivers] = [some.ends(), others.ends()]
  const pair = strangersAmong(senders, receivers)
  return pair && { sender: pair[0], receiver: pair[1], pairs: strangerPairs(senders, receivers) }
}

/** Between an end inside and some addresses of a place outside. */
export function foundOutside<Result extends string>(
  { label, members }: Labelled,
  place: OutsidePlace,
  direction: Direction,
  { result, services, ranges, addresses }: AddressPart & { readonly result: Result },
): Found<Result> {
  const [end] = members
  const outer = { place, address: addressAt(place.block.family, ranges[0].first) }
  const near = { name: label, addresses: [] }
  const far = { name: place.name, addresses }
  const facts = { result, services, pairs: members.length }
  return direction === 'ingress'
    ? { ...facts, from: far, to: near, sender: outer, receiver: end }
    : { ...facts, from: near, to: far, sender: end, receiver: outer }
}
