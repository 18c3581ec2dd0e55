/** Random numbers that are the same in every run: mulberry32, started from a hash of a name. */

export class Dice {
  #state: number

  constructor(seed: string) {
    this.#state = Array.from(seed).reduce(
      (hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 0x0100_0193),
      0x811c_9dc5,
    )
  }

  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b_79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor(((mixed ^ (mixed >>> 14)) >>> 0) * (limit / 2 ** 32))
  }

  of<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T
  }
}
