/** Every vector that a kernel can play is played on the kernel; docs/gaps.md lists the others, with the reason. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { whyUnplayed } from '../../src/app/stage/exceptions.ts'
import { Witness } from '../../src/app/stage/witness.ts'
import { vectorFiles } from '../vector-files.ts'
import { disagreements } from './disagreement.ts'

let kernel: Witness

beforeAll(async () => {
  kernel = await Witness.open()
})

afterAll(() => kernel.close())

const playable = vectorFiles().filter(({ text }) => whyUnplayed(text) === undefined)

test('all vectors are played but for those that choose other than by default, or limit how much is tracked', () => {
  expect(playable.length).toBeGreaterThanOrEqual(213)
})

describe.each(playable)('$path', ({ title, text }) => {
  test(title, async () => {
    expect(disagreements(await kernel.play(text))).toEqual([])
  })
})
