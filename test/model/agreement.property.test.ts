/** The engine against the reference model: on every vector, and on random timelines by the thousand. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { vectorFiles } from '../vector-files.ts'
import { disagreement, report } from './agreement.ts'
import { randomTimeline } from './random-timeline.ts'

const sequences = 20_000
const parts = 10
const limit = 120_000

describe('the reference model plays every vector as the engine does', () => {
  test.each(vectorFiles())('$path', ({ text }) => {
    expect(disagreement(text)).toBeUndefined()
  })
})

describe(`the engine and the reference model agree on ${sequences} random timelines`, () => {
  const first = fc.readConfigureGlobal().seed ?? fc.sample(fc.integer(), 1)[0] ?? 0
  const seeds = Array.from({ length: parts }, (_, part) => first + (part * sequences) / parts)
  test.each(seeds)(
    'from seed %i on',
    (from) => {
      for (let seed = from; seed < from + sequences / parts; seed++) {
        const text = randomTimeline(seed)
        if (disagreement(text)) expect.fail(report(seed, text))
      }
    },
    limit,
  )
})
