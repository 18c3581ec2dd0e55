/**
 * One family's addresses cut at every edge of every rule's peers, and for each piece a row: which sets of
 * peers hold it. IPv4 is one 32-bit word and IPv6 four: a line of words leads to a row or, where addresses
 * that begin alike go different ways, to the line of the next word.
 */

import type { Family } from '../net/address.ts'
import type { AddressSet } from '../net/address-set.ts'
import { addressTries, bitsBelow } from './address-tries.ts'
import { SetTable } from './set-table.ts'

/** An edge and its number share a float64's 53 bits with a word of 32. */
const mostEdges = 2 ** 21

export class AddressPlane {
  readonly rows: SetTable
  /** Run i of a line lasts from `starts[i]` to the next; words are stored so that signed order is theirs. */
  readonly #starts: Int32Array
  /** A row, or the complement of a line's number. */
  readonly #targets: Int32Array
  /** Where each line's runs begin in both, with an end behind the last. */
  readonly #lines: Int32Array
  /** Of address-tries.ts, and empty until they are made. */
  #entries: Int32Array = new Int32Array(0)
  #tops: Int32Array = new Int32Array(0)
  #shifts: Int32Array = new Int32Array(0)

  constructor({ rows, starts, targets, lines }: Lines) {
    this.rows = rows
    this.#starts = Int32Array.from(starts)
    this.#targets = Int32Array.from(targets)
    this.#lines = Int32Array.from(lines)
  }

  /** Makes each look-up a few loads in place of a search, for some hundred kilobytes. */
  accelerate(): void {
    if (this.#entries.length > 0) return
    const { entries, tops, shifts } = addressTries(this.#starts, this.#targets, this.#lines)
    this.#entries = entries
    this.#tops = tops
    this.#shifts = shifts
  }

  /** The row of an IPv4 address. */
  rowOf4(word: number): number {
    const entries = this.#entries
    if (entries.length === 0) return this.#search(0, word)
    let entry = entries[word >>> 16] as number
    if (entry < 0) {
      entry = entries[(~entry >> 1) + ((word >>> 8) & 255)] as number
      if (entry < 0) {
        entry = entries[(~entry >> 1) + ((word >>> 4) & 15)] as number
        if (entry < 0) entry = entries[(~entry >> 1) + (word & 15)] as number
      }
    }
    return entry
  }

  /** The row of the IPv6 address in four words of the array. */
  rowOf6(words: Int32Array, offset: number): number {
    let target = this.#targetOf(0, words[offset] as number)
    for (let word = 1; target < 0; word++) target = this.#targetOf(~target, words[offset + word] as number)
    return target
  }

  /** A row, or the complement of a line's number. */
  #targetOf(line: number, word: number): number {
    const entries = this.#entries
    const top = entries.length === 0 ? -1 : (this.#tops[line] as number)
    if (top < 0) return this.#search(line, word)
    let shift = this.#shifts[line] as number
    let entry = entries[top + (word >>> shift)] as number
    while (entry < 0 && (~entry & 1) === 0) {
      const bits = bitsBelow(shift)
      shift -= bits
      entry = entries[(~entry >> 1) + ((word >>> shift) & ((1 << bits) - 1))] as number
    }
    return entry >= 0 ? entry : ~(~entry >> 1)
  }

  /** Arithmetic in place of branches that the processor could not foretell. */
  #search(line: number, word: number): number {
    const starts = this.#starts
    const wanted = word ^ 0x8000_0000
    let from = this.#lines[line] as number
    let count = (this.#lines[line + 1] as number) - from
    while (count > 1) {
      const half = count >> 1
      from += Math.imul(half, Number((starts[from + half] as number) <= wanted))
      count -= half
    }
    return this.#targets[from] as number
  }
}

interface Lines {
  readonly rows: SetTable
  readonly starts: readonly number[]
  readonly targets: readonly number[]
  readonly lines: readonly number[]
}

/** Undefined for more edges than it can sort. Row 0 is of the addresses before all edges. */
export function addressPlane(peers: readonly AddressSet[], family: Family): AddressPlane | undefined {
  const count = peers.reduce((sum, set) => sum + 2 * set[family].length, 0)
  if (count > mostEdges) return undefined
  const edges = edgesOf(peers, family, count)
  return new AddressPlane(new LineBuilder(edges, peers.length).lines())
}

interface Edges {
  readonly count: number
  /** For each word of an address, that of every edge. */
  readonly words: readonly Uint32Array[]
  readonly peers: Uint32Array
}

/** Each range begins at its first address and ends at the one behind its last, unless that is behind all. */
function edgesOf(sets: readonly AddressSet[], family: Family, most: number): Edges {
  const words = Array.from({ length: family === 4 ? 1 : 4 }, () => new Uint32Array(most))
  const peers = new Uint32Array(most)
  const behindAll = 1n << (family === 4 ? 32n : 128n)
  let count = 0
  const add = (peer: number, bits: bigint) => {
    if (bits === behindAll) return
    splitInto(words, count, bits)
    peers[count] = peer
    count += 1
  }
  sets.forEach((set, peer) => {
    for (const { first, last } of set[family]) {
      add(peer, first)
      add(peer, last + 1n)
    }
  })
  return { count, words, peers }
}

function splitInto(words: readonly Uint32Array[], at: number, bits: bigint): void {
  const [first, second, third, fourth] = words as readonly [Uint32Array, Uint32Array?, Uint32Array?, Uint32Array?]
  if (second === undefined || third === undefined || fourth === undefined) {
    first[at] = Number(bits)
    return
  }
  splitAddress(bits, scratch, 0)
  first[at] = scratch[0] as number
  second[at] = scratch[1] as number
  third[at] = scratch[2] as number
  fourth[at] = scratch[3] as number
}

const scratch = new Int32Array(4)
const halves = new BigUint64Array(1)
const wordsOfHalf = new Uint32Array(halves.buffer)
const highFirst = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 1 : 0

/** Writes an IPv6 address as four words, the highest first. */
export function splitAddress(bits: bigint, words: Int32Array, offset: number): void {
  halves[0] = bits >> 64n
  words[offset] = wordsOfHalf[highFirst] as number
  words[offset + 1] = wordsOfHalf[1 - highFirst] as number
  halves[0] = bits
  words[offset + 2] = wordsOfHalf[highFirst] as number
  words[offset + 3] = wordsOfHalf[1 - highFirst] as number
}

/** Sweeps along the edges in order; a line below another is swept when the sweep comes to it. */
class LineBuilder {
  readonly #edges: Edges
  readonly #rows: SetTable
  readonly #lines: { readonly starts: number[]; readonly targets: number[] }[] = []

  constructor(edges: Edges, peers: number) {
    this.#edges = edges
    this.#rows = new SetTable(peers)
  }

  lines(): Lines {
    this.#line(
      0,
      Uint32Array.from({ length: this.#edges.count }, (_, edge) => edge),
    )
    const lines = [0]
    for (const { starts } of this.#lines) lines.push((lines.at(-1) ?? 0) + starts.length)
    return {
      rows: this.#rows,
      starts: this.#lines.flatMap(({ starts }) => starts),
      targets: this.#lines.flatMap(({ targets }) => targets),
      lines,
    }
  }

  /** The line's number. */
  #line(depth: number, edges: Uint32Array): number {
    const number = this.#lines.length
    const runs: Runs = { starts: [], targets: [] }
    this.#lines.push(runs)
    startRun(runs, 0, this.#rows.id())
    const sorted = this.#sorted(depth, edges)
    const words = this.#edges.words[depth] as Uint32Array
    for (let from = 0, to = 0; from < sorted.length; from = to) {
      const word = words[sorted[from] as number] as number
      while (to < sorted.length && words[sorted[to] as number] === word) to += 1
      this.#cut(runs, depth, { word, edges: sorted.subarray(from, to) })
    }
    return number
  }

  #cut(runs: Runs, depth: number, { word, edges }: { readonly word: number; readonly edges: Uint32Array }): void {
    if (this.#isBetweenWords(depth, edges)) {
      for (const edge of edges) this.#rows.toggle(this.#edges.peers[edge] as number)
      startRun(runs, word, this.#rows.id())
      return
    }
    startRun(runs, word, ~this.#line(depth + 1, edges))
    if (word < 0xffff_ffff) startRun(runs, word + 1, this.#rows.id())
  }

  /** No edge is inside the word: the rest of each is zero. */
  #isBetweenWords(depth: number, edges: Uint32Array): boolean {
    return this.#edges.words.slice(depth + 1).every((words) => edges.every((edge) => words[edge] === 0))
  }

  #sorted(depth: number, edges: Uint32Array): Uint32Array {
    const words = this.#edges.words[depth] as Uint32Array
    const keys = Float64Array.from(edges, (edge) => (words[edge] as number) * mostEdges + edge).sort()
    return Uint32Array.from(keys, (key) => key % mostEdges)
  }
}

interface Runs {
  readonly starts: number[]
  readonly targets: number[]
}

/** A run that starts where another did replaces it; one with the target of the run before continues that. */
function startRun({ starts, targets }: Runs, word: number, target: number): void {
  const start = word ^ 0x8000_0000
  if (starts.at(-1) === start) {
    starts.pop()
    targets.pop()
  }
  if (starts.length > 0 && targets.at(-1) === target) return
  starts.push(start)
  targets.push(target)
}
