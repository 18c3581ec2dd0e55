/** The line that tells how far a replay is. */

import { expect, test } from 'vitest'
import { progressText } from './progress.ts'

test.each([
  [{ done: 50, all: 200 }, 3000, 2, '[######..................] 25%  3,000 records, 1,500/s, 6 s left'],
  [{ done: 200, all: 200 }, 1_234_567, 4, '[########################] 100%  1,234,567 records, 308,642/s, 0 s left'],
  // Of standard input nobody knows the length.
  [{ done: 70, all: 0 }, 10, 1, '10 records, 10/s'],
] as const)('%j', (progress, records, seconds, text) => {
  expect(progressText(progress, records, seconds)).toBe(text)
})
