/** Exams can be drawn again, ask what they promise, and are scored by the engine's answers. */

import { describe, expect, test } from 'vitest'
import { answerOf, pose } from '../review.ts'
import { examFor, scoreExam } from './exam.ts'

const exam = examFor({ seed: 1, count: 10 })
const key = Object.fromEntries(exam.questions.map((question) => [question.id, answerOf(question)]))

describe('an exam', () => {
  test('is the same for the same seed, and another for another', () => {
    expect(examFor({ seed: 1, count: 10 })).toEqual(exam)
    expect(examFor({ seed: 2, count: 10 }).questions.map(({ id }) => id)).not.toEqual(
      exam.questions.map(({ id }) => id),
    )
  })

  test.each([3, 10, 20, 30])('of %d questions has that many, none twice, over all levels', (count) => {
    const { questions, minutes } = examFor({ seed: 5, count })
    expect(questions).toHaveLength(count)
    expect(new Set(questions.map(({ id }) => id)).size).toBe(count)
    expect(new Set(questions.map(({ level }) => level))).toEqual(new Set(['easy', 'medium', 'hard']))
    expect(minutes).toBeGreaterThanOrEqual(count)
  })

  test('asks without giving anything away', () => {
    for (const question of exam.questions) {
      expect(Object.keys(pose(question)).sort()).toEqual([
        'asks',
        'hint',
        'id',
        'level',
        'options',
        'scenario',
        'topic',
      ])
    }
  })
})

describe('its score', () => {
  test('is full for the right answers', () => {
    expect(scoreExam(exam, { answers: key, minutesUsed: 5 })).toEqual({
      right: 10,
      asked: 10,
      byLevel: [
        { level: 'easy', right: 4, asked: 4 },
        { level: 'medium', right: 3, asked: 3 },
        { level: 'hard', right: 3, asked: 3 },
      ],
      missed: [],
      isPassed: true,
    })
  })

  test('counts wrong and missing answers by level, and fails below seventy in a hundred', () => {
    const [first, second, third, fourth] = exam.questions.map(({ id }) => id)
    const answers: Record<string, number> = { ...key }
    for (const id of [first, second, third]) answers[id ?? ''] = ((key[id ?? ''] ?? 0) + 1) % 4
    expect(scoreExam(exam, { answers, minutesUsed: 5 })).toMatchObject({
      right: 7,
      missed: [first, second, third],
      isPassed: true,
    })
    delete answers[fourth ?? '']
    const score = scoreExam(exam, { answers, minutesUsed: 5 })
    expect(score).toMatchObject({ right: 6, isPassed: false })
    expect(score.byLevel[0]).toEqual({ level: 'easy', right: 0, asked: 4 })
  })

  test('is none after the time is up', () => {
    expect(scoreExam(exam, { answers: key, minutesUsed: exam.minutes })).toMatchObject({ right: 10 })
    expect(scoreExam(exam, { answers: key, minutesUsed: exam.minutes + 0.1 })).toMatchObject({
      right: 0,
      isPassed: false,
    })
  })
})
