/**
 * The interfaces of a world with their addresses, by number: which of them a record is of, which of its two
 * sides is the interface's own, and whether its other side is an interface of the world as well.
 */

import type { NetworkInterface } from '../model/network-interface.ts'
import type { World } from '../model/world.ts'
import { type Address, type Family, formatAddress } from '../net/address.ts'
import { addressesOf } from '../policy/resolve-peer.ts'
import { InterfaceNames } from './interface-names.ts'
import { addressFromWords } from './log-record.ts'

/** One address of an interface; or what stands in its place where it has none yet, and where all are meant. */
export interface InterfaceEnd {
  readonly card: NetworkInterface
  readonly address: Address
}

export class InterfaceEnds {
  readonly names: InterfaceNames
  readonly all: InterfaceEnd[] = []
  readonly #cards: readonly NetworkInterface[]
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
    this.names = new InterfaceNames(this.#cards.map(({ id }) => id))
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

  cardOf(number: number): NetworkInterface {
    return this.#cards[number] as NetworkInterface
  }

  /** Whether it is the interface's first address: answered at once, as nearly every record asks it. */
  isFirst(number: number, family: number, words: Int32Array, offset: number): boolean {
    return family === 4 && words[offset] === this.#words[number] && (this.#first[number] as number) >= 0
  }

  /** The number of the interface's end that has the address in the words, or -1. */
  endAt(number: number, family: number, words: Int32Array, offset: number): number {
    const first = this.#first[number] as number
    if (family === 4 && first >= 0 && words[offset] === this.#words[number]) return first
    if (family === 4 && (words[offset] === 0 || words[offset] === -1))
      return this.#endOfNoAddress(number, words[offset])
    if (family === 0 || this.#hasMore[number] === 0) return -1
    const text = formatAddress(addressFromWords(family as Family, words, offset))
    return this.#byText.get(`${number} ${text}`) ?? -1
  }

  /** What a DHCP client without an address sends from, 0.0.0.0, or is answered at, 255.255.255.255; made when met. */
  #endOfNoAddress(number: number, word: 0 | -1): number {
    const key = `${number} ${word}`
    const known = this.#byText.get(key)
    if (known !== undefined) return known
    const address: Address = { family: 4, bits: word === 0 ? 0n : 0xffff_ffffn }
    this.#byText.set(key, this.all.length)
    return this.all.push({ card: this.cardOf(number), address }) - 1
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
