/**
 * The lesson's scenes with the kernel as second witness: each is a timeline, played in the engine and in the kernel
 * with crafted packets. The scenes that no kernel plays are those with a reason of docs/gaps.md.
 */

import { afterAll, beforeAll, expect, test } from 'vitest'
import { whyUnplayed } from '../../src/app/stage/exceptions.ts'
import { witnessScene } from '../../src/app/stage/scene-witness.ts'
import { Witness } from '../../src/app/stage/witness.ts'
import { scenes } from '../../src/lesson/lesson.ts'
import { timelineOf } from '../../src/lesson/play.ts'
import { disagreements } from './disagreement.ts'

let kernel: Witness

beforeAll(async () => {
  kernel = await Witness.open()
})

afterAll(() => kernel.close())

const isPlayed = (scene: (typeof scenes)[number]) =>
  whyUnplayed(timelineOf({ ...scene, lines: scene.steps.map(({ line }) => line) })) === undefined

test('the kernel plays all scenes but those about an allowance, which netfilter has none of', () => {
  const unplayed = scenes.filter((scene) => !isPlayed(scene)).map(({ id }) => id)
  expect(unplayed).toEqual(['allowance', 'untracked-needs-no-allowance'])
})

test.each(scenes.filter(isPlayed))('$id: $title', async (scene) => {
  const { witnessed } = await witnessScene(scene, kernel)
  expect(witnessed.length).toBeGreaterThan(0)
  expect(disagreements(witnessed)).toEqual([])
})
