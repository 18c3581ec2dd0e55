/**
 * Ranges of numbers (addresses, ports) cut into parts that nothing tells apart: two numbers are in one
 * part exactly if the same sets hold both, so one of them can speak for all.
 */

export interface Range {
  readonly first: bigint
  readonly last: bigint
}

/** Ranges in ascending order. */
export type Part = readonly Range[]

/** The parts of `whole`, in the order of their lowest numbers. */
export function partsOf(whole: Range, sets: readonly (readonly Range[])[]): Part[] {
  const parts = new Map<string, Range[]>()
  for (const piece of piecesOf(whole, sets.flat())) {
    const membership = sets.map((set) => (set.some((range) => holds(range, piece.first)) ? '1' : '0')).join('')
    const part = parts.get(membership)
    if (part) part.push(piece)
    else parts.set(membership, [piece])
  }
  return Array.from(parts.values(), joined)
}

function holds({ first, last }: Range, number: bigint): boolean {
  return first <= number && number <= last
}

function piecesOf({ first, last }: Range, ranges: readonly Range[]): Range[] {
  const cuts = ranges.flatMap((range) => [range.first, range.last + 1n]).filter((cut) => first < cut && cut <= last)
  const starts = ascending(new Set([first, ...cuts]))
  return starts.map((start, index) => ({ first: start, last: (starts[index + 1] ?? last + 1n) - 1n }))
}

function ascending(values: Iterable<bigint>): bigint[] {
  return [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}

/** The same numbers in as few ranges as possible. */
export function joined(ranges: readonly Range[]): Range[] {
  const result: Range[] = []
  for (const range of [...ranges].sort((a, b) => (a.first < b.first ? -1 : 1))) {
    const before = result.at(-1)
    if (before && range.first <= before.last + 1n) {
      result[result.length - 1] = { first: before.first, last: range.last > before.last ? range.last : before.last }
    } else result.push(range)
  }
  return result
}
