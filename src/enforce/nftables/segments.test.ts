/** Disjoint segments hold at each point what the spans hold there. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { segmentsOf } from './segments.ts'

test.each([
  ['none', [], []],
  ['one', [[5, 7, 'a']], [[5, 7, 'a']]],
  [
    'apart',
    [
      [5, 7, 'a'],
      [9, 9, 'b'],
    ],
    [
      [5, 7, 'a'],
      [9, 9, 'b'],
    ],
  ],
  [
    'neighbours that differ',
    [
      [5, 7, 'a'],
      [8, 9, 'b'],
    ],
    [
      [5, 7, 'a'],
      [8, 9, 'b'],
    ],
  ],
  [
    'one in another',
    [
      [0, 9, 'a'],
      [3, 4, 'b'],
    ],
    [
      [0, 2, 'a'],
      [3, 4, 'ab'],
      [5, 9, 'a'],
    ],
  ],
  [
    'overlapping',
    [
      [1000, 2000, 'a'],
      [1500, 2500, 'b'],
    ],
    [
      [1000, 1499, 'a'],
      [1500, 2000, 'ab'],
      [2001, 2500, 'b'],
    ],
  ],
  [
    'the same twice',
    [
      [80, 80, 'a'],
      [80, 80, 'b'],
    ],
    [[80, 80, 'ab']],
  ],
  ['to the last port', [[0, 65_535, 'a']], [[0, 65_535, 'a']]],
] as const)('%s', (_, spans, expected) => {
  const segments = segmentsOf(spans.map(([from, to, value]) => ({ from, to, value })))
  expect(segments.map(({ from, to, values }) => [from, to, values.join('')])).toEqual(expected)
})

test('any spans: ascending, apart, and at each point the values of the spans that hold it', () => {
  const anySpan = fc
    .tuple(fc.nat({ max: 30 }), fc.nat({ max: 30 }))
    .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)
  const property = fc.property(fc.array(anySpan, { maxLength: 8 }), (pairs) => {
    const spans = pairs.map(([from, to], value) => ({ from, to, value }))
    const segments = segmentsOf(spans)
    segments.forEach(({ from, to }, index) => {
      expect(from).toBeLessThanOrEqual(to)
      expect(from).toBeGreaterThan(segments[index - 1]?.to ?? -1)
    })
    for (let at = 0; at <= 31; at++) {
      const held = segments.find(({ from, to }) => from <= at && at <= to)?.values ?? []
      expect(held).toEqual(spans.filter(({ from, to }) => from <= at && at <= to).map(({ value }) => value))
    }
  })
  fc.assert(property, { numRuns: 500 })
})
