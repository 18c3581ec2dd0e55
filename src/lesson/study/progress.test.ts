/** Progress grows by events, forgets nothing but on reset, and survives being stored, edited and cut short. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dueCards, noProgress, type Progress, type ProgressEvent, practiceScore, progressAfter } from './progress.ts'
import { readProgress, writeProgress } from './stored-progress.ts'

const progressOf = (...events: readonly ProgressEvent[]): Progress => events.reduce(progressAfter, noProgress)
const card = { id: 'scene#1', scene: 'scene', step: 1, predicted: { action: 'allow', because: 'rules' } } as const

describe('an event', () => {
  test('is noted once, however often it happens', () => {
    const seen: ProgressEvent = { kind: 'scene-seen', id: 'a' }
    expect(progressOf(seen, seen, { kind: 'chapter-read', id: 'b' })).toMatchObject({ scenes: ['a'], chapters: ['b'] })
    expect(progressOf({ kind: 'drill-done', id: 'c' }, { kind: 'exercise-solved', id: 'd' })).toMatchObject({
      drills: ['c'],
      exercises: ['d'],
    })
  })

  test('of a wrong prediction keeps its card until it is settled', () => {
    const wrong: ProgressEvent = { kind: 'mispredicted', card }
    expect(progressOf(wrong, wrong).counterexamples).toEqual([card])
    expect(progressOf(wrong, { kind: 'counterexample-settled', id: card.id }).counterexamples).toEqual([])
  })

  test('of an answer counts in the score of its level', () => {
    const progress = progressOf(
      { kind: 'answered', question: 'q', level: 'easy', isRight: true },
      { kind: 'answered', question: 'r', level: 'easy', isRight: false },
      { kind: 'answered', question: 's', level: 'hard', isRight: true },
    )
    expect(practiceScore(progress)).toEqual({
      right: 2,
      asked: 3,
      byLevel: { easy: { right: 1, asked: 2 }, medium: { right: 0, asked: 0 }, hard: { right: 1, asked: 1 } },
    })
  })

  test('of a reset leaves nothing', () => {
    expect(progressOf({ kind: 'exam-taken', seed: 1, right: 3, asked: 4 }, { kind: 'reset' })).toEqual(noProgress)
  })
})

describe('flashcards', () => {
  const known = (id: string): ProgressEvent => ({ kind: 'card-known', id })
  const missed = (id: string): ProgressEvent => ({ kind: 'card-missed', id })
  const round: ProgressEvent = { kind: 'round-ended' }

  test('that were never seen are due', () => {
    expect(dueCards(['a', 'b'], noProgress)).toEqual(['a', 'b'])
  })

  test('that were known rest one round, then two, then four', () => {
    const once = progressOf(known('a'))
    expect(once.cards).toEqual({ a: { box: 1, dueIn: 1 } })
    expect(dueCards(['a'], once)).toEqual([])
    const twice = [round, known('a')].reduce(progressAfter, once)
    expect(twice.cards).toEqual({ a: { box: 2, dueIn: 3 } })
    const thrice = [round, round, known('a')].reduce(progressAfter, twice)
    expect(thrice.cards).toEqual({ a: { box: 3, dueIn: 7 } })
  })

  test('that were missed go back to the first box and are due again', () => {
    const progress = progressOf(known('a'), round, known('a'), missed('a'), known('b'))
    expect(progress.cards).toMatchObject({ a: { box: 1, dueIn: 1 } })
    expect(dueCards(['b', 'a'], progress)).toEqual(['a'])
  })

  test('stay in the fifth box at most', () => {
    expect(progressOf(...Array.from({ length: 9 }, () => known('a'))).cards).toMatchObject({ a: { box: 5 } })
  })

  test('of lower boxes come first', () => {
    const progress = progressOf(known('a'), known('a'), known('b'), round, round)
    expect(dueCards(['a', 'b', 'c'], progress)).toEqual(['c', 'b', 'a'])
  })
})

describe('stored progress', () => {
  const full = progressOf(
    { kind: 'scene-seen', id: 'a' },
    { kind: 'answered', question: 'q', level: 'easy', isRight: true },
    { kind: 'mispredicted', card },
    { kind: 'card-known', id: 'c' },
    { kind: 'round-ended' },
    { kind: 'exam-taken', seed: -1, right: 3, asked: 4 },
  )

  test('is read back as it was', () => {
    expect(readProgress(writeProgress(full))).toEqual(full)
  })

  test.each(['', '{', 'null', '[]', '7', '{"version":2,"scenes":["a"]}'])('that is %j is none', (text) => {
    expect(readProgress(text)).toEqual(noProgress)
  })

  test('loses only the entries that make no sense', () => {
    const spoiled = {
      ...full,
      scenes: ['a', 7],
      answers: [{ question: 'q', level: 'impossible', isRight: true }, ...full.answers],
      cards: { ...full.cards, d: { box: 9, dueIn: 1 }, e: null },
      counterexamples: [{ ...card, step: -1 }, { ...card, predicted: { action: 'maybe' } }, card],
      exams: [{ seed: 1, right: 5, asked: 4 }, ...full.exams],
      round: 'x',
    }
    expect(readProgress(JSON.stringify(spoiled))).toEqual({ ...full, round: 0 })
  })

  test('of any JSON is progress that can go on', () => {
    const shape = fc.record({
      version: fc.constant(1),
      scenes: fc.jsonValue(),
      cards: fc.jsonValue(),
      answers: fc.jsonValue(),
    })
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          shape.map((value) => JSON.stringify(value)),
        ),
        (text) => {
          const progress = readProgress(text)
          expect(readProgress(writeProgress(progress))).toEqual(progress)
          progressAfter(progress, { kind: 'card-known', id: 'a' })
        },
      ),
    )
  })
})
