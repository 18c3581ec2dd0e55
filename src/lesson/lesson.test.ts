/** What the lesson says of packets is what the engine does with them, and every claim has its scene. */

import { describe, expect, test } from 'vitest'
import { comparisons } from './comparisons.ts'
import { chapters, sceneNamed, scenes } from './lesson.ts'
import { playScene } from './play.ts'

describe.each(scenes)('scene $id', (scene) => {
  const { steps } = playScene(scene)

  test('every packet meets the fate that its explanation rests on', () => {
    const surprises = steps.filter((step) => step.kind === 'packet' && !step.isAsExpected)
    expect(surprises.map((step) => ({ line: step.line, got: 'reason' in step ? step.reason : '' }))).toEqual([])
  })

  test('every packet line has a verdict, its reason and a question, and an event has none', () => {
    expect(steps).toHaveLength(scene.steps.length)
    for (const step of steps) {
      if (step.kind === 'packet') expect(step.line).toMatch(/ (allow|deny) \S/)
      expect(step.asks !== null, step.line).toBe(step.kind === 'packet')
    }
  })
})

test('every claim names scenes that exist', () => {
  const known = new Set(scenes.map(({ id }) => id))
  const named = chapters.flatMap((chapter) => [
    ...chapter.scenes,
    ...chapter.parts.flatMap((part) => {
      if (part.kind === 'list') return part.claims.flatMap((claim) => claim.scenes)
      return part.kind === 'heading' ? [] : part.scenes
    }),
  ])
  expect(named.filter((id) => !known.has(id))).toEqual([])
})

test('every scene belongs to a chapter', () => {
  const shown = new Set(chapters.flatMap((chapter) => chapter.scenes))
  expect(scenes.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual([])
})

describe.each(comparisons)('comparison $id', ({ group, acl }) => {
  const packets = (id: string) =>
    playScene(sceneNamed(id)).steps.flatMap((step) => (step.kind === 'packet' ? [step.packet] : []))

  test('both sides meet the same packets', () => {
    expect(packets(acl.scene)).toEqual(packets(group.scene))
  })
})
