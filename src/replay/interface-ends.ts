/**
 * The interfaces of a world with their addresses, by number: which of them a record is of, which of its two
 * sides is the interface's own, and whether its other side is an interface of the world as well.
 */

import type { NetworkInterface } from '../model/network-interface.ts'
import type { World } from '../model/world.ts'
import { type Address, formatAddress } from '../net/address.ts'
import { addressesOf } from '../policy/resolve-peer.ts'
import { addressWords, mostRows, type RecordBatch } from './record-batch.ts'

/** One address of an interface; or what stands in its place where it has none yet, and where all are meant. */
export interface InterfaceEnd {
  readonly card: NetworkInterface
  readonly address: Address
}

export class InterfaceEnds {
  readonly all: InterfaceEnd[] = []
  readonly #cards: readonly NetworkInterface[]
  readonly #numbers: ReadonlyMap<string, number>
  /** Of each interface, the number of its first address among `all`, and that address if it is an IPv4 one. */
  readonly #first: Int32Array
  readonly #words: Int32Array
  /** 1 where the interface has other addresses besides. */
  readonly #hasMore: Uint8Array
  readonly #byText = new Map<string, number>()
  /** By VPC and family. */
  readonly #holders = new Map<string, Map<bigint, NetworkInterface>>()

  constructor(world: World) {
    this.#cards = Array.from(world.networkInterface.values())
    this.#numbers = new Map(this.#cards.map(({ id }, number) => [id, number]))
    this.#first = new Int32Array(this.#cards.length).fill(-1)
    this.#words = new Int32Array(this.#cards.length)
    this.#hasMore = new Uint8Array(this.#cards.length)
    const { all } = this
    this.#cards.forEach((card, number) => {
      const [primary] = addressesOf(card)
      if (primary?.family === 4) {
        this.#first[number] = all.length
        this.#words[number] = Number(primary.bits) | 0
      }
      this.#hasMore[number] = primary?.family === 4 && addressesOf(card).length === 1 ? 0 : 1
      for (const address of addressesOf(card)) {
        this.#byText.set(`${number} ${formatAddress(address)}`, all.length)
        all.push({ card, address })
        this.#hold(card, address)
      }
    })
  }

  /** Undefined for an interface that the world does not have. */
  numberOf(id: string): number | undefined {
    return this.#numbers.get(id)
  }

  /** Whether the row's address at the place is the interface's first: answered at once, as nearly every record asks it. */
  isFirst(own: number, { families, words }: RecordBatch, row: number, place: number): boolean {
    return (
      families[place * mostRows + row] === 4 &&
      words[place * addressWords * mostRows + row] === this.#words[own] &&
      (this.#first[own] as number) >= 0
    )
  }

  /** The number of the interface's end that has the row's address at the place, or -1. */
  endAt(own: number, batch: RecordBatch, row: number, place: number): number {
    if (this.isFirst(own, batch, row, place)) return this.#first[own] as number
    const family = batch.families[place * mostRows + row]
    const word = batch.words[place * addressWords * mostRows + row]
    if (family === 4 && (word === 0 || word === -1)) return this.#endOfNoAddress(own, word)
    if (family === 0 || this.#hasMore[own] === 0) return -1
    return this.#byText.get(`${own} ${formatAddress(batch.address(place, row))}`) ?? -1
  }

  /** What a DHCP client without an address sends from, 0.0.0.0, or is answered at, 255.255.255.255; made when met. */
  #endOfNoAddress(number: number, word: 0 | -1): number {
    const key = `${number} ${word}`
    const known = this.#byText.get(key)
    if (known !== undefined) return known
    const address: Address = { family: 4, bits: word === 0 ? 0n : 0xffff_ffffn }
    this.#byText.set(key, this.all.length)
    return this.all.push({ card: this.#cards[number] as NetworkInterface, address }) - 1
  }

  /** The interface that has the address in the VPC of another. */
  holderNear({ vpc }: NetworkInterface, { family, bits }: Address): NetworkInterface | undefined {
    return this.#holders.get(`${vpc} ${family}`)?.get(bits)
  }

  #hold(card: NetworkInterface, { family, bits }: Address): void {
    const key = `${card.vpc} ${family}`
    const holders = this.#holders.get(key) ?? new Map<bigint, NetworkInterface>()
    this.#holders.set(key, holders)
    if (!holders.has(bits)) holders.set(bits, card)
  }
}
