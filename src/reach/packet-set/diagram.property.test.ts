/** Set algebra on diagrams is what it is on plain lists of tuples; equal sets are one object. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { at, type Diagram, Diagrams, everything, intervalsOf, type Line, nothing } from './diagram.ts'

const small: Line = { first: 0, last: 6 }
const numbers = [0, 1, 2, 3, 4, 5, 6]
const points = numbers.flatMap((x) => numbers.flatMap((y) => numbers.map((z) => [x, y, z] as const)))

const diagrams = new Diagrams()

const anyRange = fc.tuple(fc.constantFrom(...numbers), fc.constantFrom(...numbers)).map(([one, other]): Line => {
  return { first: Math.min(one, other), last: Math.max(one, other) }
})

interface Known {
  readonly diagram: Diagram
  readonly tuples: ReadonlySet<string>
}

const anyBox = fc.tuple(anyRange, anyRange, anyRange).map(([x, y, z]): Known => {
  const inner = diagrams.within(small, [y], diagrams.within(small, [z], everything))
  const isWithin = ({ first, last }: Line, number: number) => first <= number && number <= last
  const held = points.filter(([a, b, c]) => isWithin(x, a) && isWithin(y, b) && isWithin(z, c))
  return { diagram: diagrams.within(small, [x], inner), tuples: new Set(held.map(String)) }
})

const operations = {
  union: (a: ReadonlySet<string>, b: ReadonlySet<string>) => new Set([...a, ...b]),
  intersection: (a: ReadonlySet<string>, b: ReadonlySet<string>) => new Set([...a].filter((each) => b.has(each))),
  difference: (a: ReadonlySet<string>, b: ReadonlySet<string>) => new Set([...a].filter((each) => !b.has(each))),
} as const

/** Boxes put together by a few operations. */
const anySet: fc.Arbitrary<Known> = fc
  .tuple(
    anyBox,
    fc.array(fc.tuple(fc.constantFrom('union', 'intersection', 'difference', 'union'), anyBox), { maxLength: 5 }),
  )
  .map(([first, more]) =>
    more.reduce<Known>(
      (known, [operation, box]) => ({
        diagram: diagrams[operation](known.diagram, box.diagram),
        tuples: operations[operation](known.tuples, box.tuples),
      }),
      first,
    ),
  )

function tuplesOf(diagram: Diagram): Set<string> {
  return new Set(points.filter((point) => point.reduce(at, diagram) === everything).map(String))
}

describe('against lists of all tuples', () => {
  test.each(['union', 'intersection', 'difference'] as const)('%s', (operation) => {
    const property = fc.property(anySet, anySet, (a, b) => {
      const made = diagrams[operation](a.diagram, b.diagram)
      expect(tuplesOf(made)).toEqual(operations[operation](a.tuples, b.tuples))
    })
    fc.assert(property, { numRuns: 400 })
  })

  test('a set is nothing exactly if it has no tuple, and everything if it has all', () => {
    const property = fc.property(anySet, ({ diagram, tuples }) => {
      expect([diagram === nothing, diagram === everything]).toEqual([tuples.size === 0, tuples.size === points.length])
    })
    fc.assert(property, { numRuns: 400 })
  })
})

test('equal sets are the same object, however they came about', () => {
  const property = fc.property(anySet, anySet, anySet, ({ diagram: a }, { diagram: b }, { diagram: c }) => {
    const { union, intersection, difference } = bound
    expect(union(a, b)).toBe(union(b, a))
    expect(union(a, union(b, c))).toBe(diagrams.unionOf([c, b, a]))
    expect(intersection(a, union(b, c))).toBe(union(intersection(a, b), intersection(a, c)))
    expect(difference(a, intersection(b, c))).toBe(union(difference(a, b), difference(a, c)))
    expect(union(difference(a, b), intersection(a, b))).toBe(a)
    expect(difference(everything, difference(everything, a))).toBe(a)
    expect(intersection(difference(a, b), b)).toBe(nothing)
  })
  fc.assert(property, { numRuns: 400 })
})

const bound = {
  union: (a: Diagram, b: Diagram) => diagrams.union(a, b),
  intersection: (a: Diagram, b: Diagram) => diagrams.intersection(a, b),
  difference: (a: Diagram, b: Diagram) => diagrams.difference(a, b),
}

test('intervals tell the set again', () => {
  const property = fc.property(anySet, ({ diagram }) => {
    const again = Array.from(intervalsOf(diagram, small), ({ below, ...range }) =>
      diagrams.within(small, [range], below),
    )
    expect(diagrams.unionOf(again)).toBe(diagram)
  })
  fc.assert(property)
})

test('an IPv6 line is cut like any other', () => {
  const line: Line = { first: 0n, last: 2n ** 128n - 1n }
  const low = diagrams.within(line, [{ first: 0n, last: 2n ** 127n - 1n }], everything)
  const high = diagrams.within(line, [{ first: 2n ** 127n, last: 2n ** 128n - 1n }], everything)
  expect(diagrams.union(low, high)).toBe(everything)
  expect(diagrams.difference(everything, low)).toBe(high)
  expect(Array.from(intervalsOf(high, line))).toEqual([{ first: 2n ** 127n, last: 2n ** 128n - 1n, below: everything }])
})
