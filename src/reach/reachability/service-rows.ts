/**
 * Services by number: what rules admit for each class of ends as a row of small integers, and the union and
 * the intersection of two numbers, found once. All pairs of thousands of classes are looked up in these.
 */

import { trafficKey } from '../../model/rule.ts'
import type { Family } from '../../net/address.ts'
import type { Allow } from '../../policy/policy.ts'
import { type Cut, type Diagram, type Diagrams, nothing } from '../packet-set/diagram.ts'
import { addressCut, addressRanges } from '../packet-set/lines.ts'
import { openings, trafficServices } from '../packet-set/services.ts'
import type { EndClass } from './end.ts'
import type { Passage } from './passage.ts'

/** Of one family. */
export class ServiceRows {
  readonly #diagrams: Diagrams
  readonly #family: Family
  /** Classes in the order of their addresses, and those addresses. */
  readonly #inOrder: readonly EndClass[]
  readonly #addresses: readonly Cut[]
  readonly #size: number
  readonly #numbers = new Map<Diagram, number>()
  readonly #services: Diagram[] = []
  readonly #passages: Passage[] = []
  readonly #ofTraffic = new Map<string, number>()
  readonly #either = new Map<number, number>()
  readonly #common: (Map<number, number> | undefined)[] = []

  constructor(diagrams: Diagrams, classes: readonly EndClass[], family: Family) {
    this.#diagrams = diagrams
    this.#family = family
    const own = classes.filter((each) => each.family === family)
    this.#inOrder = own.sort((a, b) => (addressOf(a) < addressOf(b) ? -1 : 1))
    this.#addresses = this.#inOrder.map(addressOf)
    this.#size = classes.length
    this.#numberOf(nothing)
    this.#numberOf(openings(diagrams, family))
  }

  services(number: number): Diagram {
    return this.#services[number] as Diagram
  }

  /** Where nothing but rules is in the way. */
  passage(number: number): Passage {
    const known = this.#passages[number]
    if (known) return known
    const passage = { reachable: this.services(number), undetermined: nothing }
    this.#passages[number] = passage
    return passage
  }

  /** By the classes' indexes: what the rules admit to or from each. */
  ofRules(allows: readonly Allow[]): Int32Array {
    const row = new Int32Array(this.#size)
    for (const { traffic, peers } of allows) {
      const number = this.#trafficNumber(traffic)
      for (const { first, last } of addressRanges(peers, this.#family)) {
        for (let place = this.#placeOf(first); place < this.#inOrder.length; place += 1) {
          if ((this.#addresses[place] as Cut) > last) break
          const { index } = this.#inOrder[place] as EndClass
          row[index] = this.either(row[index] as number, number)
        }
      }
    }
    return row
  }

  /** What any of the rows has, class by class. */
  union(rows: readonly Int32Array[]): Int32Array {
    const [first, ...more] = rows
    if (!first || more.length === 0) return first ?? new Int32Array(this.#size)
    return more.reduce((known, row) => known.map((number, index) => this.either(number, row[index] as number)), first)
  }

  either(one: number, other: number): number {
    if (one === other || other === 0 || one === all) return one
    if (one === 0 || other === all) return other
    const [low, high] = one < other ? [one, other] : [other, one]
    const key = low * 2 ** 26 + high
    const known = this.#either.get(key)
    if (known !== undefined) return known
    const made = this.#numberOf(this.#diagrams.union(this.services(low), this.services(high)))
    this.#either.set(key, made)
    return made
  }

  /** What both sets of services have. */
  common(one: number, other: number): number {
    if (one === other || one === 0 || other === all) return one
    if (other === 0 || one === all) return other
    const line = this.#common[one] ?? new Map<number, number>()
    this.#common[one] = line
    const known = line.get(other)
    if (known !== undefined) return known
    const made = this.#numberOf(this.#diagrams.intersection(this.services(one), this.services(other)))
    line.set(other, made)
    return made
  }

  #trafficNumber(traffic: Allow['traffic']): number {
    const key = trafficKey(traffic)
    const known = this.#ofTraffic.get(key)
    if (known !== undefined) return known
    const services = trafficServices(this.#diagrams, traffic)
    const number = this.#numberOf(this.#diagrams.intersection(services, openings(this.#diagrams, this.#family)))
    this.#ofTraffic.set(key, number)
    return number
  }

  #numberOf(services: Diagram): number {
    const known = this.#numbers.get(services)
    if (known !== undefined) return known
    const number = this.#services.length
    this.#services.push(services)
    this.#numbers.set(services, number)
    return number
  }

  /** Of the first class whose address is the given one or behind it. */
  #placeOf(address: Cut): number {
    let low = 0
    let high = this.#addresses.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#addresses[middle] as Cut) < address) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** The number of all services that may begin something. */
const all = 1

function addressOf({ members: [{ address }] }: EndClass): Cut {
  return addressCut(address)
}
