/**
 * The fewest sets that hold all elements, and of equally few the cheapest: searched through where that ends soon,
 * else by taking the set that holds most of the rest. A bound from below says how far from the fewest it may be.
 */

export interface CoverSet {
  readonly elements: readonly number[]
  readonly cost: number
}

export interface Cover {
  /** By their places in the list. */
  readonly chosen: readonly number[]
  /** With fewer than so many it cannot be done. */
  readonly atLeast: number
}

const mostSteps = 50_000
/** Beyond, a search would not end. */
const mostSearched = 64

/** Every element is in one of the sets. */
export function coverOf(count: number, sets: readonly CoverSet[]): Cover {
  const holders: number[][] = Array.from({ length: count }, () => [])
  sets.forEach(({ elements }, set) => {
    for (const element of elements) holders[element]?.push(set)
  })
  const greedy = greedyCover(count, sets)
  const bound = apart(holders)
  if (count > mostSearched) return { chosen: greedy, atLeast: bound }
  const search = new Search(sets, holders, greedy)
  search.run()
  return { chosen: search.best, atLeast: search.isComplete ? search.best.length : bound }
}

function greedyCover(count: number, sets: readonly CoverSet[]): number[] {
  const covered = new Uint8Array(count)
  const gains = sets.map(({ elements }) => elements.length)
  const chosen: number[] = []
  for (let left = count; left > 0; ) {
    let best = -1
    let gain = 0
    for (let set = 0; set < sets.length; set++) {
      // What a set adds only shrinks: one that could not be better need not be counted again.
      if ((gains[set] as number) < Math.max(1, gain)) continue
      const { elements, cost } = sets[set] as CoverSet
      const fresh = elements.reduce((sum, element) => sum + (covered[element] ? 0 : 1), 0)
      gains[set] = fresh
      if (fresh > gain || (fresh === gain && fresh > 0 && cost < (sets[best] as CoverSet).cost))
        [best, gain] = [set, fresh]
    }
    for (const element of (sets[best] as CoverSet).elements) covered[element] = 1
    chosen.push(best)
    left -= gain
  }
  return chosen
}

/** Elements of which no set holds two: each needs a set of its own. */
function apart(holders: readonly (readonly number[])[]): number {
  const used = new Set<number>()
  let count = 0
  for (const own of [...holders].sort((a, b) => a.length - b.length)) {
    if (own.some((set) => used.has(set))) continue
    for (const set of own) used.add(set)
    count += 1
  }
  return count
}

class Search {
  best: readonly number[]
  isComplete = false
  #bestCost: number
  #steps = 0
  readonly #sets: readonly CoverSet[]
  readonly #holders: readonly (readonly number[])[]
  readonly #depth: Int32Array

  constructor(sets: readonly CoverSet[], holders: readonly (readonly number[])[], greedy: readonly number[]) {
    this.#sets = sets
    this.#holders = holders
    this.#depth = new Int32Array(holders.length)
    this.best = greedy
    this.#bestCost = this.#costOf(greedy)
  }

  run(): void {
    this.#extend([], 0)
    this.isComplete = this.#steps < mostSteps
  }

  #costOf(chosen: readonly number[]): number {
    return chosen.reduce((sum, set) => sum + (this.#sets[set] as CoverSet).cost, 0)
  }

  #extend(chosen: readonly number[], cost: number): void {
    this.#steps += 1
    if (this.#steps >= mostSteps) return
    const open = this.#openElement()
    if (open < 0) {
      const isBetter = chosen.length < this.best.length || cost < this.#bestCost
      if (isBetter) [this.best, this.#bestCost] = [chosen, cost]
      return
    }
    const room = this.best.length - chosen.length - this.#needed()
    if (room < 0) return
    for (const set of this.#holders[open] as readonly number[]) {
      const next = cost + (this.#sets[set] as CoverSet).cost
      if (chosen.length + 1 > this.best.length || (chosen.length + 1 === this.best.length && next >= this.#bestCost))
        continue
      this.#mark(set, 1)
      this.#extend([...chosen, set], next)
      this.#mark(set, -1)
    }
  }

  #mark(set: number, by: number): void {
    for (const element of (this.#sets[set] as CoverSet).elements) {
      this.#depth[element] = (this.#depth[element] as number) + by
    }
  }

  /** The one that the fewest sets hold. */
  #openElement(): number {
    let best = -1
    for (let element = 0; element < this.#depth.length; element++) {
      if (this.#depth[element] !== 0) continue
      const own = (this.#holders[element] as readonly number[]).length
      if (best < 0 || own < (this.#holders[best] as readonly number[]).length) best = element
    }
    return best
  }

  #needed(): number {
    return apart(this.#holders.filter((_, element) => this.#depth[element] === 0))
  }
}
