/**
 * Who opened the TCP connections whose first segments were seen lately: a connection of many windows has its
 * SYN in the first one's record alone. A fixed number of places, a later connection takes an earlier one's.
 */

const places = 2 ** 17
const stride = 7

export class Openers {
  /** Where the other end's address is when it is asked about. */
  readonly #addresses: Int32Array
  readonly #words = new Int32Array(places * stride)

  constructor(addresses: Int32Array) {
    this.#addresses = addresses
  }

  /** `isOwn`: the interface's side opened it. */
  note(networkInterface: number, peer: number, ports: number, isOwn: boolean): void {
    const words = this.#addresses
    const at = placeOf(networkInterface, words, peer, ports)
    const memory = this.#words
    memory[at] = networkInterface + 1
    for (let index = 0; index < 4; index++) memory[at + 1 + index] = words[peer + index] as number
    memory[at + 5] = ports
    memory[at + 6] = isOwn ? 1 : 0
  }

  /** 1 for the interface's side, 0 for the other, -1 for not known. */
  find(networkInterface: number, peer: number, ports: number): number {
    const words = this.#addresses
    const at = placeOf(networkInterface, words, peer, ports)
    const memory = this.#words
    if (memory[at] !== networkInterface + 1 || memory[at + 5] !== ports) return -1
    for (let index = 0; index < 4; index++) if (memory[at + 1 + index] !== words[peer + index]) return -1
    return memory[at + 6] as number
  }
}

function placeOf(networkInterface: number, words: Int32Array, peer: number, ports: number): number {
  let hash = Math.imul(networkInterface + 1, 0x9e37_79b1) ^ ports
  for (let index = 0; index < 4; index++)
    hash = Math.imul(hash ^ (words[peer + index] as number), 0x85eb_ca6b) ^ (hash >>> 13)
  return ((hash ^ (hash >>> 15)) & (places - 1)) * stride
}
