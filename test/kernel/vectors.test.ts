/** Every vector that a kernel can play is played on the kernel; docs/gaps.md lists the others, with the reason. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { NetworkInterfaceId } from '../../src/model/ids.ts'
import { vectorFiles } from '../vector-files.ts'
import { type Actor, actorOf, forgetEverything, playOnKernel } from './kernel-timeline.ts'
import { openStage, type Stage } from './stage.ts'

/** What the kernel does not do, in the words of docs/gaps.md. */
function whyUnplayable(text: string): string | undefined {
  if (/^\s*option\s/m.test(text)) return 'an engine option'
  if (/^\s+path \S+ allowance/m.test(text)) return 'a tracking allowance'
  return undefined
}

let stage: Stage
const actors = new Map<NetworkInterfaceId, Actor>()

beforeAll(async () => {
  stage = await openStage()
})

afterAll(() => stage.close())

async function actor(id: NetworkInterfaceId): Promise<Actor> {
  const known = actors.get(id)
  if (known) return known
  const made = actorOf(await stage.addInterface(id))
  actors.set(id, made)
  await made.loader.shut()
  return made
}

const playable = vectorFiles().filter(({ text }) => whyUnplayable(text) === undefined)

test('all vectors are played but for those that choose other than by default, or limit how much is tracked', () => {
  expect(playable.length).toBeGreaterThanOrEqual(215)
})

describe.each(playable)('$path', ({ title, text }) => {
  test(title, async () => {
    for (const { stage: each } of actors.values()) await forgetEverything(each)
    const autoTracked = new Set(Array.from(text.matchAll(/^\s+path (\S+) auto-tracked/gm), ([, name]) => `eni-${name}`))
    expect(await playOnKernel(text, { actors: actor, autoTracked })).toEqual([])
  })
})
