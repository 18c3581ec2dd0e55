/** The ids of interfaces as bytes: which one stands in a line, without making a text of it. */

export class InterfaceNames {
  /** Of each id, its bytes. */
  readonly #names: readonly Uint8Array[]
  /** Number + 1 by hash, open addressing. */
  readonly #slots: Int32Array
  readonly #mask: number

  constructor(ids: readonly string[]) {
    this.#names = ids.map((id) => new TextEncoder().encode(id))
    const size = 1 << Math.max(4, 33 - Math.clz32(ids.length * 2))
    this.#mask = size - 1
    this.#slots = new Int32Array(size)
    this.#names.forEach((name, number) => {
      let slot = hashOf(name, 0, name.length) & this.#mask
      while (this.#slots[slot] !== 0) slot = (slot + 1) & this.#mask
      this.#slots[slot] = number + 1
    })
  }

  /** The number of the id that the bytes spell, or -1. */
  numberOf(bytes: Uint8Array, from: number, to: number): number {
    let slot = hashOf(bytes, from, to) & this.#mask
    for (;;) {
      const number = (this.#slots[slot] as number) - 1
      if (number < 0 || isSame(this.#names[number] as Uint8Array, bytes, from, to)) return number
      slot = (slot + 1) & this.#mask
    }
  }
}

/** Ids differ in their ends: the last eight bytes are enough to spread them. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = to - from
  for (let at = Math.max(from, to - 8); at < to; at++) hash = Math.imul(hash, 31) + (bytes[at] as number)
  return Math.imul(hash, 0x9e37_79b1) >>> 8
}

function isSame(name: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (name.length !== to - from) return false
  for (let at = name.length - 1; at >= 0; at--) if (name[at] !== bytes[from + at]) return false
  return true
}
