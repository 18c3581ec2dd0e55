/** The ids of interfaces as bytes: which one stands in a line, without making a text of it. */

export class InterfaceNames {
  /** All ids, one behind the other, and where each begins. */
  readonly #bytes: Uint8Array
  readonly #starts: Int32Array
  /** Number + 1 by hash, open addressing. */
  readonly #slots: Int32Array
  readonly #mask: number

  constructor(ids: readonly string[]) {
    this.#bytes = new TextEncoder().encode(ids.join(''))
    this.#starts = new Int32Array(ids.length + 1)
    const size = 1 << Math.max(4, 33 - Math.clz32(ids.length * 2))
    this.#mask = size - 1
    this.#slots = new Int32Array(size)
    ids.forEach((id, number) => {
      const start = this.#starts[number] as number
      this.#starts[number + 1] = start + id.length
      let slot = hashOf(this.#bytes, start, start + id.length) & this.#mask
      while (this.#slots[slot] !== 0) slot = (slot + 1) & this.#mask
      this.#slots[slot] = number + 1
    })
  }

  /** The number of the id that the bytes spell, or -1. */
  numberOf(bytes: Uint8Array, from: number, to: number): number {
    let slot = hashOf(bytes, from, to) & this.#mask
    for (;;) {
      const number = (this.#slots[slot] as number) - 1
      if (number < 0 || this.#isSame(number, bytes, from, to)) return number
      slot = (slot + 1) & this.#mask
    }
  }

  #isSame(number: number, bytes: Uint8Array, from: number, to: number): boolean {
    const own = this.#bytes
    let at = this.#starts[number] as number
    if ((this.#starts[number + 1] as number) - at !== to - from) return false
    for (let other = from; other < to; other++, at++) if (own[at] !== bytes[other]) return false
    return true
  }
}

/** Ids differ in their ends: the last eight bytes are enough to spread them. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = to - from
  for (let at = Math.max(from, to - 8); at < to; at++) hash = Math.imul(hash, 31) + (bytes[at] as number)
  return Math.imul(hash, 0x9e37_79b1) >>> 8
}
