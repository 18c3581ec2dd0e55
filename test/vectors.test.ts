/** Every vector plays as it expects, says where its truth comes from, and expects something. */

import { describe, expect, test } from 'vitest'
import { playTimeline } from '../src/engine/timeline.ts'
import { vectorFiles } from './vector-files.ts'

const files = vectorFiles()

test('there are vectors', () => {
  expect(files.length).toBeGreaterThanOrEqual(77)
})

describe.each(files)('$path', ({ title, text }) => {
  test(title === '' ? 'its first line is a comment that names it' : title, () => {
    expect(title).not.toBe('')
    expect(text).toMatch(/^# provenance: (recorded|documented|derived)\b/m)
    const results = Array.from(playTimeline(text))
    expect(results.some(({ expected }) => expected !== undefined)).toBe(true)
    const surprises = results.filter(({ isAsExpected }) => !isAsExpected)
    expect(
      surprises.map(({ line, expected, verdict, reason }) => ({ line, expected, got: verdict.action, reason })),
    ).toEqual([])
  })
})
