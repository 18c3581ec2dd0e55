/**
 * The rules of one direction as a table: address rows by traffic atoms, and in each cell which list of rules
 * matches there. Cells are filled when they are first asked for, and equal lists are one. What it answers
 * is what match.ts answers; index-allows.property.test.ts holds the two equal.
 */

import type { Address, Family } from '../net/address.ts'
import type { AddressSet } from '../net/address-set.ts'
import type { Payload } from '../packet/packet.ts'
import { type AddressPlane, addressPlane, splitAddress } from './address-plane.ts'
import type { Allow } from './policy.ts'
import { type TrafficKey, TrafficPlane, trafficKey } from './traffic-plane.ts'

/** Asked so often, addresses are worth a table of their own. */
const questionsBeforeTries = 16_384
/** Above so many cells of one family, lists are made afresh each time. */
const mostCells = 2 ** 24
const mostAtoms = 2 ** 16
/** What a cell can hold: a list beyond is made afresh each time. */
const mostLists = 2 ** 16

/** A list of rules by number. */
export type ListId = number

/** The list of no rules. */
export const emptyList: ListId = 1

export class RuleIndex {
  readonly allows: readonly Allow[]
  readonly #traffic: TrafficPlane
  readonly #plane4: AddressPlane
  readonly #plane6: AddressPlane
  readonly #cells4: Cells
  readonly #cells6: Cells
  /** Of each rule, its peers' number in both planes. */
  readonly #peersOf: readonly number[]
  readonly #lists: (readonly number[])[] = [[], []]
  readonly #allowsOf: (readonly Allow[])[] = [[], []]
  readonly #listIds = new Map<string, ListId>([['', emptyList]])
  readonly #words = new Int32Array(4)
  #questions = 0

  constructor({ allows, traffic, planes, peersOf }: Planes) {
    this.allows = allows
    this.#traffic = traffic
    this.#plane4 = planes[4]
    this.#plane6 = planes[6]
    this.#peersOf = peersOf
    this.#cells4 = cellsFor(planes[4], traffic)
    this.#cells6 = cellsFor(planes[6], traffic)
  }

  /** The rules that match, in order. */
  matching(peer: Address, payload: Payload): readonly Allow[] {
    return this.allowsOf(this.listOf(peer, payload))
  }

  listOf({ family, bits }: Address, payload: Payload): ListId {
    this.#questions += 1
    if (this.#questions === questionsBeforeTries) this.accelerate()
    const key = trafficKey(payload)
    if (family === 4) {
      const word = Number(bits) | 0
      return this.known4(word, key) || this.find4(word, key)
    }
    splitAddress(bits, this.#words, 0)
    return this.known6(this.#words, 0, key) || this.find6(this.#words, 0, key)
  }

  /** The list for an IPv4 address, or 0 where nobody asked yet: a loop over packets stays free of calls. */
  known4(word: number, key: TrafficKey): ListId | 0 {
    const { lists, stride } = this.#cells4
    return lists[Math.imul(this.#plane4.rowOf4(word), stride) + this.#traffic.atomOf(key)] as number
  }

  /** The same for the IPv6 address in four words of the array. */
  known6(words: Int32Array, offset: number, key: TrafficKey): ListId | 0 {
    const { lists, stride } = this.#cells6
    return lists[Math.imul(this.#plane6.rowOf6(words, offset), stride) + this.#traffic.atomOf(key)] as number
  }

  find4(word: number, key: TrafficKey): ListId {
    return this.#fill(4, this.#plane4.rowOf4(word), this.#traffic.atomOf(key))
  }

  find6(words: Int32Array, offset: number, key: TrafficKey): ListId {
    return this.#fill(6, this.#plane6.rowOf6(words, offset), this.#traffic.atomOf(key))
  }

  allowsOf(list: ListId): readonly Allow[] {
    return this.#allowsOf[list] as readonly Allow[]
  }

  /** The list's rules by their place in `allows`. */
  placesOf(list: ListId): readonly number[] {
    return this.#lists[list] as readonly number[]
  }

  accelerate(): void {
    this.#plane4.accelerate()
    this.#plane6.accelerate()
  }

  #fill(family: Family, row: number, atom: number): ListId {
    const { rows } = family === 4 ? this.#plane4 : this.#plane6
    const places = this.#traffic.atoms.members(atom).filter((rule) => rows.has(row, this.#peersOf[rule] as number))
    const key = places.join()
    const list = this.#listIds.get(key) ?? this.#addList(key, places)
    const { lists, stride } = family === 4 ? this.#cells4 : this.#cells6
    if (stride > 0 && list < mostLists) lists[Math.imul(row, stride) + atom] = list
    return list
  }

  #addList(key: string, places: readonly number[]): ListId {
    const list = this.#lists.length
    this.#lists.push(places)
    this.#allowsOf.push(places.map((place) => this.allows[place] as Allow))
    this.#listIds.set(key, list)
    return list
  }
}

interface Planes {
  readonly allows: readonly Allow[]
  readonly traffic: TrafficPlane
  readonly planes: Readonly<Record<Family, AddressPlane>>
  readonly peersOf: readonly number[]
}

interface Cells {
  /** The list of each row and atom, 0 where nobody asked yet. */
  readonly lists: Uint16Array
  /** Cells of a row; 0 where there would be too many, and none is ever filled. */
  readonly stride: number
}

function cellsFor({ rows }: AddressPlane, { atoms }: TrafficPlane): Cells {
  const count = rows.size * atoms.size
  return count > mostCells
    ? { lists: new Uint16Array(atoms.size), stride: 0 }
    : { lists: new Uint16Array(count), stride: atoms.size }
}

/** Undefined for rules so many, or with so many addresses, that no table would hold them. */
export function indexRules(allows: readonly Allow[]): RuleIndex | undefined {
  const peers = new Map<AddressSet, number>()
  for (const allow of allows) if (!peers.has(allow.peers)) peers.set(allow.peers, peers.size)
  const sets = [...peers.keys()]
  const [plane4, plane6] = [addressPlane(sets, 4), addressPlane(sets, 6)]
  const traffic = new TrafficPlane(allows.map((allow) => allow.traffic))
  if (!plane4 || !plane6 || traffic.atoms.size > mostAtoms) return undefined
  const peersOf = allows.map((allow) => peers.get(allow.peers) as number)
  return new RuleIndex({ allows, traffic, planes: { 4: plane4, 6: plane6 }, peersOf })
}
