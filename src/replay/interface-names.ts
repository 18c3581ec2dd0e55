/** The ids of interfaces as bytes: which one stands in a line, without making a text of it. */

export class InterfaceNames {
  /** All ids, one behind the other, and where each begins. */
  readonly #bytes: DataView
  readonly #starts: Int32Array
  /** Number + 1 by hash, open addressing. */
  readonly #slots: Int32Array
  readonly #mask: number

  constructor(ids: readonly string[]) {
    this.#bytes = new DataView(new TextEncoder().encode(ids.join('')).buffer)
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
  numberOf(bytes: DataView, from: number, to: number): number {
    let slot = hashOf(bytes, from, to) & this.#mask
    for (;;) {
      const number = (this.#slots[slot] as number) - 1
      if (number < 0 || this.#isSame(number, bytes, from, to)) return number
      slot = (slot + 1) & this.#mask
    }
  }

  #isSame(number: number, bytes: DataView, from: number, to: number): boolean {
    const own = this.#bytes
    let at = this.#starts[number] as number
    if ((this.#starts[number + 1] as number) - at !== to - from) return false
    let other = from
    for (; other + 4 <= to; other += 4, at += 4)
      if (own.getInt32(at, true) !== bytes.getInt32(other, true)) return false
    for (; other < to; other++, at++) if (own.getUint8(at) !== bytes.getUint8(other)) return false
    return true
  }
}

/** Ids differ in their ends: the last eight bytes are enough to spread them. */
function hashOf(bytes: DataView, from: number, to: number): number {
  let hash = to - from
  if (hash >= 8) hash = Math.imul(bytes.getInt32(to - 8, true), 0x85eb_ca6b) ^ bytes.getInt32(to - 4, true)
  else for (let at = from; at < to; at++) hash = Math.imul(hash, 31) + bytes.getUint8(at)
  hash = Math.imul(hash ^ (hash >>> 15), 0x9e37_79b1)
  return (hash ^ (hash >>> 13)) >>> 0
}
