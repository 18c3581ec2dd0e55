import fc from 'fast-check'
import { expect, test } from 'vitest'
import { freeNumber } from './free-number.ts'

const isIn = (taken: readonly bigint[]) => (number: bigint) => taken.includes(number)

test('without gaps the lowest free number is found', () => {
  for (let count = 0n; count < 40n; count++)
    expect(freeNumber(4n, 1000n, (number) => number < 4n + count)).toBe(4n + count)
})

test('a full range has none, and an empty range neither', () => {
  expect(freeNumber(1n, 6n, () => true)).toBeUndefined()
  expect(freeNumber(6n, 5n, () => false)).toBeUndefined()
})

test('a long range is not looked through', () => {
  let looks = 0
  const found = freeNumber(0n, 1n << 64n, (number) => {
    looks++
    return number < 50_000n
  })
  expect(found).toBe(50_000n)
  expect(looks).toBeLessThan(50)
})

test('whatever is taken, a number is found exactly when one is free', () => {
  const ranges = fc.tuple(fc.bigInt(0n, 20n), fc.bigInt(0n, 40n), fc.array(fc.bigInt(0n, 40n)))
  fc.assert(
    fc.property(ranges, ([first, last, taken]) => {
      const found = freeNumber(first, last, isIn(taken))
      const free = Array.from({ length: 41 }, (_, index) => BigInt(index)).filter(
        (number) => number >= first && number <= last && !taken.includes(number),
      )
      return found === undefined ? free.length === 0 : free.includes(found)
    }),
  )
})
