/**
 * The engine against the reference model on the same few random timelines each time. Only a mutation run
 * takes this file; `npm test` plays thousands, test/model/agreement.property.test.ts.
 */

import { describe, expect, test } from 'vitest'
import { disagreement } from '../model/agreement.ts'
import { randomTimeline } from '../model/random-timeline.ts'

const parts = 10
const each = 20
const first = 1

describe(`the engine and the reference model agree on ${parts * each} timelines`, () => {
  test.each(Array.from({ length: parts }, (_, part) => first + part * each))('from seed %i on', (from) => {
    for (let seed = from; seed < from + each; seed++) expect(disagreement(randomTimeline(seed))).toBeUndefined()
  })
})
