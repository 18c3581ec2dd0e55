/**
 * The lesson's scenes with the kernel as second witness: each is a timeline, played in the engine and in the kernel
 * with crafted packets. The scenes that no kernel plays are those with a reason of docs/gaps.md.
 */

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type WitnessedScene, witnessScene } from '../../src/app/stage/scene-witness.ts'
import { Witness } from '../../src/app/stage/witness.ts'
import { scenes } from '../../src/lesson/lesson.ts'
import { disagreements } from './disagreement.ts'

let kernel: Witness
const witnessed = new Map<string, WitnessedScene>()

beforeAll(async () => {
  kernel = await Witness.open()
})

afterAll(() => kernel.close())

test.each(scenes)('$id: $title', async (scene) => {
  const played = await witnessScene(scene, kernel)
  witnessed.set(scene.id, played)
  expect(disagreements(played.witnessed)).toEqual([])
})

test('the kernel plays all scenes but those about an allowance, which netfilter has none of', () => {
  const unplayed = [...witnessed].filter(([, { whyUnplayed }]) => whyUnplayed !== undefined).map(([id]) => id)
  expect(unplayed).toEqual(['allowance', 'untracked-needs-no-allowance'])
})
