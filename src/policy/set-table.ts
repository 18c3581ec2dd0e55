/**
 * Gives equal sets of small numbers one id. The present set changes a member at a time, so that a sweep
 * along a line pays for what changes at a point and not for what holds there. Hashes only find the
 * candidates: whoever writes rules could make two sets hash alike, so every find is compared whole.
 */

export class SetTable {
  readonly #present: Uint32Array
  #hash = 0
  /** Of the set with id i, its words and its hash. */
  readonly #sets: Uint32Array[] = []
  readonly #hashes: number[] = []
  /** Open addressing: id + 1 of the set, 0 for a free slot. */
  #slots = new Int32Array(64)

  constructor(members: number) {
    this.#present = new Uint32Array(Math.max(1, Math.ceil(members / 32)))
  }

  get size(): number {
    return this.#sets.length
  }

  /** Puts a member into the present set, or takes it out. */
  toggle(member: number): void {
    this.#present[member >> 5] = (this.#present[member >> 5] as number) ^ (1 << (member & 31))
    this.#hash ^= scrambled(member)
  }

  /** The id of the present set: equal sets have equal ids, counted from 0. */
  id(): number {
    const mask = this.#slots.length - 1
    for (let slot = this.#hash & mask; ; slot = (slot + 1) & mask) {
      const id = (this.#slots[slot] as number) - 1
      if (id < 0) return this.#add(slot)
      if (this.#hashes[id] === this.#hash && isEqual(this.#sets[id] as Uint32Array, this.#present)) return id
    }
  }

  has(id: number, member: number): boolean {
    return (((this.#sets[id] as Uint32Array)[member >> 5] as number) & (1 << (member & 31))) !== 0
  }

  /** In ascending order. */
  members(id: number): number[] {
    const found: number[] = []
    const words = this.#sets[id] as Uint32Array
    for (let word = 0; word < words.length; word++) {
      for (let bits = words[word] as number; bits !== 0; bits &= bits - 1) {
        found.push((word << 5) + 31 - Math.clz32(bits & -bits))
      }
    }
    return found
  }

  #add(slot: number): number {
    const id = this.#sets.length
    this.#sets.push(this.#present.slice())
    this.#hashes.push(this.#hash)
    this.#slots[slot] = id + 1
    if (this.#sets.length * 2 > this.#slots.length) this.#grow()
    return id
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2)
    const mask = this.#slots.length - 1
    this.#hashes.forEach((hash, id) => {
      let slot = hash & mask
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask
      this.#slots[slot] = id + 1
    })
  }
}

/** MurmurHash3's final mix: a number of which each bit depends on all of the member's. */
function scrambled(member: number): number {
  let hash = Math.imul(member + 1, 0x9e3779b1)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}

function isEqual(one: Uint32Array, other: Uint32Array): boolean {
  for (let word = 0; word < one.length; word++) if (one[word] !== other[word]) return false
  return true
}
