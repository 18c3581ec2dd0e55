/**
 * The lesson's scenes with the kernel as second witness: each is a timeline, played in the engine and in the kernel
 * with crafted packets. The scenes that no kernel plays are those with a reason of docs/gaps.md.
 */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { unplayable } from '../../src/app/stage/exceptions.ts'
import { type Actor, actorOf, forgetEverything, playOnKernel } from '../../src/app/stage/kernel-timeline.ts'
import { openStage, type Stage } from '../../src/app/stage/stage.ts'
import { scenes } from '../../src/lesson/lesson.ts'
import { timelineOf } from '../../src/lesson/play.ts'
import type { NetworkInterfaceId } from '../../src/model/ids.ts'

const timelines = scenes.map((scene) => {
  return { ...scene, text: timelineOf({ ...scene, lines: answered(scene.steps.map(({ line }) => line)) }) }
})

/** Where a scene leaves out that the server answered, it is told: to netfilter nothing follows a SYN but its answer. */
function answered(lines: readonly string[]): string[] {
  return lines.flatMap((line) => {
    const [, at, card, direction, from, to] = /^(\S+) (\S+) (ingress|egress) tcp (\S+) > (\S+) S allow/.exec(line) ?? []
    const goesOn = lines.some(
      (each) => each.includes(`tcp ${from} > ${to} A `) || each.includes(`tcp ${from} > ${to} PA `),
    )
    if (!goesOn || lines.some((each) => each.includes(`tcp ${to} > ${from} SA`))) return line
    return [line, `${at} ${card} ${direction === 'ingress' ? 'egress' : 'ingress'} tcp ${to} > ${from} SA`]
  })
}

const isPlayable = ({ text }: { readonly text: string }) => !unplayable.some(({ sign }) => sign.test(text))

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

test('the kernel plays all scenes but those about an allowance, which netfilter has none of', () => {
  const unplayed = timelines.filter((each) => !isPlayable(each)).map(({ id }) => id)
  expect(unplayed).toEqual(['allowance', 'untracked-needs-no-allowance'])
})

describe.each(timelines.filter(isPlayable))('$id', ({ title, text }) => {
  test(title, async () => {
    for (const { stage: each } of actors.values()) await forgetEverything(each)
    const autoTracked = new Set(Array.from(text.matchAll(/^\s+path (\S+) auto-tracked/gm), ([, name]) => `eni-${name}`))
    expect(await playOnKernel(text, { actors: actor, autoTracked })).toEqual([])
  })
})
