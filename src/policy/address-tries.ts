/**
 * A plane's lines as tries, a few loads deep: a first stride of 16 bits, or of 8 for shorter lines, then 8, 4
 * and 4. The worth of a line of few runs is not its kilobytes: those stay searched.
 */

/** Below so many runs a search is as quick. */
const fewestRuns = 24
/** From so many on the first stride is 16 bits. */
const manyRuns = 512

/** The strides: hosts are few in their /24, and blocks of 16 stay in the cache where blocks of 256 would not. */
export function bitsBelow(shift: number): number {
  return shift > 8 ? 8 : 4
}

export interface AddressTries {
  /** A row, or below zero: its complement is, doubled, where a block begins, or, doubled plus one, a line. */
  readonly entries: Int32Array
  /** Where each line's trie begins; -1 for none. */
  readonly tops: Int32Array
  /** How far right the first stride is in a word: 16 or 24. */
  readonly shifts: Int32Array
}

/** `lines` tells where each line's runs begin. The only line that IPv4 has is always a trie of 16, 8, 4 and 4. */
export function addressTries(starts: Int32Array, targets: Int32Array, lines: Int32Array): AddressTries {
  const count = lines.length - 1
  const tops = new Int32Array(count).fill(-1)
  const shifts = new Int32Array(count)
  const pool = new EntryPool()
  for (let line = 0; line < count; line++) {
    const [from, to] = [lines[line] as number, lines[line + 1] as number]
    if (to - from < fewestRuns && count > 1) continue
    const shift = to - from < manyRuns && count > 1 ? 24 : 16
    const runs = { starts: starts.subarray(from, to), targets: targets.subarray(from, to) }
    shifts[line] = shift
    tops[line] = pool.add(runs, { from: 0, shift }, 2 ** (32 - shift))
  }
  return { entries: pool.entries(), tops, shifts }
}

interface Line {
  /** Sorted, with the highest bit flipped. */
  readonly starts: Int32Array
  readonly targets: Int32Array
}

/** The words from `from` on, as many as an entry of that shift stands for each. */
interface Stretch {
  readonly from: number
  readonly shift: number
}

class EntryPool {
  #entries = new Int32Array(1024)
  #used = 0

  entries(): Int32Array {
    return this.#entries.slice(0, this.#used)
  }

  /** Where the block of that many entries begins. */
  add(line: Line, { from, shift }: Stretch, size: number): number {
    const block = this.#reserve(size)
    const each = 2 ** shift
    let run = lastRunAt(line, from)
    for (let entry = 0; entry < size; entry++) {
      const first = from + entry * each
      while (startAt(line, run + 1) <= first) run += 1
      const target = line.targets[run] as number
      const whole = Math.min(size, Math.floor((startAt(line, run + 1) - from) / each))
      if (whole > entry) {
        this.#entries.fill(leaf(target), block + entry, block + whole)
        entry = whole - 1
      } else {
        const bits = bitsBelow(shift)
        const below = this.add(line, { from: first, shift: shift - bits }, 1 << bits)
        this.#entries[block + entry] = ~(below << 1)
      }
    }
    return block
  }

  #reserve(size: number): number {
    const block = this.#used
    this.#used += size
    if (this.#used > this.#entries.length) {
      const grown = new Int32Array(this.#used * 2)
      grown.set(this.#entries)
      this.#entries = grown
    }
    return block
  }
}

function leaf(target: number): number {
  return target >= 0 ? target : ~((~target << 1) | 1)
}

/** Where the run begins; behind all words for none. */
function startAt({ starts }: Line, run: number): number {
  const start = starts[run]
  return start === undefined ? 2 ** 32 : (start ^ 0x8000_0000) >>> 0
}

function lastRunAt(line: Line, word: number): number {
  let low = 0
  let high = line.starts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (startAt(line, middle) <= word) low = middle + 1
    else high = middle
  }
  return low - 1
}
