/**
 * Sets of tuples of numbers (addresses, protocol, ports) as diagrams: each level cuts one number line into
 * intervals, and each interval leads to what the next levels may be. Made by one `Diagrams`, equal sets are
 * the same object, however they came about: comparing two sets is comparing two pointers.
 */

/** Numbers where they are exact, as for IPv4 and ports; one number line never mixes the two. */
export type Cut = number | bigint

export interface Leaf {
  readonly kind: 'nothing' | 'everything'
  readonly id: 0 | 1
}

export interface Branch {
  readonly kind: 'branch'
  readonly id: number
  /** Where each interval begins, ascending, from the line's lowest number. It ends before the next begins. */
  readonly starts: readonly Cut[]
  /** Neighbours differ. */
  readonly below: readonly Diagram[]
}

export type Diagram = Leaf | Branch

export const nothing: Leaf = { kind: 'nothing', id: 0 }
export const everything: Leaf = { kind: 'everything', id: 1 }

/** A number line, from its lowest to its highest number. */
export interface Line {
  readonly first: Cut
  readonly last: Cut
}

type Operation = 'union' | 'intersection' | 'difference'

/** More ids than this and two of them do not fit into one number; no set here comes near. */
const mostIds = 2 ** 26

export class Diagrams {
  readonly #byHash = new Map<number, Branch[]>()
  readonly #known: Readonly<Record<Operation, Map<number, Diagram>>> = {
    union: new Map(),
    intersection: new Map(),
    difference: new Map(),
  }
  #nextId = 2

  /** The tuples that begin with a number of the ranges, which ascend, and go on as `below` says. */
  within(line: Line, ranges: readonly Line[], below: Diagram): Diagram {
    const made: Intervals = { starts: [], children: [] }
    ranges.forEach(({ first, last }, index) => {
      if (index === 0 && line.first < first) push(made, line.first, nothing)
      push(made, first, below)
      const next = ranges[index + 1]
      const isTouched = next !== undefined && next.first <= after(last)
      if (last < line.last && !isTouched) push(made, after(last), nothing)
    })
    return made.starts.length === 0 ? nothing : this.branch(made.starts, made.children)
  }

  union(a: Diagram, b: Diagram): Diagram {
    if (a === b || b === nothing || a === everything) return a
    if (a === nothing || b === everything) return b
    return this.#combined('union', a, b)
  }

  intersection(a: Diagram, b: Diagram): Diagram {
    if (a === b || a === nothing || b === everything) return a
    if (b === nothing || a === everything) return b
    return this.#combined('intersection', a, b)
  }

  difference(a: Diagram, b: Diagram): Diagram {
    if (a === b || a === nothing || b === everything) return nothing
    if (b === nothing) return a
    return this.#combined('difference', a, b)
  }

  /** Of many: in pairs, so that what grows large is touched few times. */
  unionOf(all: readonly Diagram[]): Diagram {
    if (all.length <= 2) return this.union(all[0] ?? nothing, all[1] ?? nothing)
    const middle = all.length >> 1
    return this.union(this.unionOf(all.slice(0, middle)), this.unionOf(all.slice(middle)))
  }

  /** Each interval leads to what `change` makes of what it led to. */
  mapped({ starts, below }: Branch, change: (child: Diagram) => Diagram): Diagram {
    const made: Intervals = { starts: [], children: [] }
    below.forEach((child, index) => {
      push(made, starts[index] as Cut, change(child))
    })
    return this.branch(made.starts, made.children)
  }

  /** The one diagram of these intervals, whose neighbours differ. */
  branch(starts: readonly Cut[], below: readonly Diagram[]): Diagram {
    const [only] = below
    if (below.length === 1 && only !== undefined && only.kind !== 'branch') return only
    const hash = hashOf(starts, below)
    const alike = this.#byHash.get(hash)
    const found = alike?.find((each) => isSame(each.starts, starts) && isSame(each.below, below))
    if (found) return found
    const made: Branch = { kind: 'branch', id: this.#nextId++, starts, below }
    if (made.id >= mostIds) throw new RangeError('There are too many sets of packets to tell apart.')
    if (alike) alike.push(made)
    else this.#byHash.set(hash, [made])
    return made
  }

  #combined(operation: Operation, a: Diagram, b: Diagram): Diagram {
    const known = this.#known[operation]
    const key = a.id * mostIds + b.id
    const found = known.get(key)
    if (found) return found
    const made = this.#merged(operation, a, b)
    known.set(key, made)
    return made
  }

  /** Of two diagrams of one level; a leaf is the same all along the line of the other. */
  #merged(operation: Operation, a: Diagram, b: Diagram): Diagram {
    const [one, other] = [asBranch(a, b), asBranch(b, a)]
    const made: Intervals = { starts: [], children: [] }
    let [i, j] = [0, 0]
    let at = one.starts[0] as Cut
    for (;;) {
      push(made, at, this[operation](one.below[i] as Diagram, other.below[j] as Diagram))
      const nextOne = one.starts[i + 1]
      const nextOther = other.starts[j + 1]
      if (nextOne === undefined && nextOther === undefined) return this.branch(made.starts, made.children)
      at = nextOther === undefined || (nextOne !== undefined && nextOne < nextOther) ? (nextOne as Cut) : nextOther
      if (nextOne === at) i += 1
      if (nextOther === at) j += 1
    }
  }
}

/** What an interval that holds the number leads to. */
export function at(diagram: Diagram, number: Cut): Diagram {
  if (diagram.kind !== 'branch') return diagram
  return diagram.below[intervalAt(diagram.starts, number)] as Diagram
}

/** The place of the last interval that begins at the number or before it. */
export function intervalAt(starts: readonly Cut[], number: Cut): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] as Cut) <= number) low = middle
    else high = middle - 1
  }
  return low
}

/** The intervals of a diagram along its line, with what each leads to; those that lead nowhere are left out. */
export function* intervalsOf(diagram: Diagram, line: Line): Generator<Line & { readonly below: Diagram }> {
  if (diagram.kind !== 'branch') {
    if (diagram === everything) yield { ...line, below: everything }
    return
  }
  for (const [index, below] of diagram.below.entries()) {
    if (below === nothing) continue
    const next = diagram.starts[index + 1]
    yield { first: diagram.starts[index] as Cut, last: next === undefined ? line.last : before(next), below }
  }
}

interface Intervals {
  readonly starts: Cut[]
  readonly children: Diagram[]
}

function push({ starts, children }: Intervals, start: Cut, child: Diagram): void {
  if (children.length > 0 && children[children.length - 1] === child) return
  starts.push(start)
  children.push(child)
}

function asBranch(diagram: Diagram, other: Diagram): Pick<Branch, 'starts' | 'below'> {
  if (diagram.kind === 'branch') return diagram
  return { starts: other.kind === 'branch' ? other.starts.slice(0, 1) : [0], below: [diagram] }
}

export function after(number: Cut): Cut {
  return typeof number === 'bigint' ? number + 1n : number + 1
}

export function before(number: Cut): Cut {
  return typeof number === 'bigint' ? number - 1n : number - 1
}

function isSame<T>(one: readonly T[], other: readonly T[]): boolean {
  return one.length === other.length && one.every((each, index) => each === other[index])
}

function hashOf(starts: readonly Cut[], below: readonly Diagram[]): number {
  let hash = starts.length
  for (const start of starts) hash = Math.imul(hash ^ low32(start), 0x9e37_79b1) ^ (hash >>> 15)
  for (const { id } of below) hash = Math.imul(hash ^ id, 0x85eb_ca6b) ^ (hash >>> 13)
  return hash
}

function low32(number: Cut): number {
  return typeof number === 'bigint' ? Number(BigInt.asIntN(32, number ^ (number >> 64n))) : number | 0
}
