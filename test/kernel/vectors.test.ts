/** Every vector that a kernel can play is played on the kernel; docs/gaps.md lists the others, with the reason. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { unplayable } from '../../src/app/stage/exceptions.ts'
import { type Actor, actorOf, forgetEverything, playOnKernel } from '../../src/app/stage/kernel-timeline.ts'
import { openStage, type Stage } from '../../src/app/stage/stage.ts'
import type { NetworkInterfaceId } from '../../src/model/ids.ts'
import { vectorFiles } from '../vector-files.ts'

let stage: Stage
const actors = new Map<NetworkInterfaceId, Actor>()

beforeAll(async () => {
  stage = await openStage()
})

afterAll(() => stage.close())

async function actor(id: NetworkInterfaceId): Promise<Actor> {
  const known = actors.get(id)
  if (known) return known
  const made = actorOf(await stage.addInterfaceAtEdge(id))
  actors.set(id, made)
  await made.loader.shut()
  return made
}

const playable = vectorFiles().filter(({ text }) => !unplayable.some(({ sign }) => sign.test(text)))

test('all vectors are played but for those that choose other than by default, or limit how much is tracked', () => {
  expect(playable.length).toBeGreaterThanOrEqual(213)
})

describe.each(playable)('$path', ({ title, text }) => {
  test(title, async () => {
    for (const { stage: each } of actors.values()) await forgetEverything(each)
    const autoTracked = new Set(Array.from(text.matchAll(/^\s+path (\S+) auto-tracked/gm), ([, name]) => `eni-${name}`))
    expect(await playOnKernel(text, { actors: actor, autoTracked })).toEqual([])
  })
})
