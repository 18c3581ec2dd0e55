/** The lesson's words: none are empty, ids are unique, cards have their proof, and the tone is even. */

import { describe, expect, test } from 'vitest'
import { comparisons } from './comparisons.ts'
import { drills } from './exercises/drills.ts'
import { exercises } from './exercises/exercises.ts'
import { chapters, scenes } from './lesson.ts'
import { modes } from './modes.ts'
import { playScene } from './play.ts'
import { questions } from './questions/questions.ts'
import { flashcards } from './study/flashcards.ts'

const content = { modes, chapters, scenes, drills, exercises, flashcards, comparisons, questions }

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}

describe.each(Object.entries(content))('the %s', (_, items: readonly { readonly id: string }[]) => {
  test('have ids of their own', () => {
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length)
  })

  test('have no empty text, no blanks at an edge and no exclamation mark', () => {
    const bad = stringsIn(items).filter((text) => text.trim() === '' || text !== text.trim() || text.includes('!'))
    expect(bad).toEqual([])
  })

  test('are JSON values', () => {
    expect(JSON.parse(JSON.stringify(items))).toEqual(items)
  })
})

test('there are ten modes', () => {
  expect(modes).toHaveLength(10)
})

describe('the flashcards', () => {
  test('are thirty at least, and each names its chapter and a scene that plays as it says', () => {
    expect(flashcards.length).toBeGreaterThanOrEqual(30)
    const chapterIds = new Set(chapters.map(({ id }) => id))
    const proved = new Set(
      scenes
        .filter((scene) => playScene(scene).steps.every((step) => step.kind === 'event' || step.isAsExpected))
        .map(({ id }) => id),
    )
    expect(flashcards.filter(({ chapter }) => !chapterIds.has(chapter))).toEqual([])
    expect(flashcards.filter(({ scene }) => !proved.has(scene))).toEqual([])
  })
})

test('every chapter makes a claim', () => {
  const claims = (id: string) =>
    chapters.find((chapter) => chapter.id === id)?.parts.filter(({ kind }) => kind !== 'heading')
  for (const { id } of chapters) expect(claims(id), id).not.toEqual([])
})
