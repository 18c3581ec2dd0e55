/**
 * Overlapping spans of ports made into disjoint segments: nft's interval maps refuse overlaps, and AWS's rules
 * overlap freely (feasibility: sets, overlap). AWS does not say which of several rules let a packet in, so a
 * segment holds all of them.
 */

export interface Span<T> {
  readonly from: number
  readonly to: number
  readonly value: T
}

export interface Segment<T> {
  readonly from: number
  readonly to: number
  /** In the order of the spans. */
  readonly values: readonly T[]
}

/** Ascending, without empty ones; neighbours with the same values are one. */
export function segmentsOf<T>(spans: readonly Span<T>[]): Segment<T>[] {
  const segments: Segment<T>[] = []
  const under = new Set<number>()
  let from = 0
  for (const [at, edges] of edgesOf(spans)) {
    if (at > from && under.size > 0) {
      const values = [...under].sort((a, b) => a - b).map((index) => (spans[index] as Span<T>).value)
      push(segments, { from, to: at - 1, values })
    }
    for (const { index, begins } of edges) begins ? under.add(index) : under.delete(index)
    from = at
  }
  return segments
}

interface Edge {
  readonly index: number
  readonly begins: boolean
}

function edgesOf<T>(spans: readonly Span<T>[]): [number, Edge[]][] {
  const edges = new Map<number, Edge[]>()
  const note = (at: number, edge: Edge) => {
    const list = edges.get(at)
    if (list) list.push(edge)
    else edges.set(at, [edge])
  }
  spans.forEach(({ from, to }, index) => {
    note(from, { index, begins: true })
    note(to + 1, { index, begins: false })
  })
  return [...edges].sort(([a], [b]) => a - b)
}

function push<T>(segments: Segment<T>[], next: Segment<T>): void {
  const last = segments.at(-1)
  const isSame =
    last?.to === next.from - 1 &&
    last.values.length === next.values.length &&
    last.values.every((value, index) => value === next.values[index])
  if (last && isSame) segments[segments.length - 1] = { ...last, to: next.to }
  else segments.push(next)
}
