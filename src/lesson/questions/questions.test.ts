/** Every question has one right option, which the engine keeps, and every other is refuted by a packet. */

import { describe, expect, test } from 'vitest'
import { chapters } from '../lesson.ts'
import { answerOf, reviewQuestion } from '../review.ts'
import { questions } from './questions.ts'

describe.each(questions)('question $id', (question) => {
  const review = reviewQuestion(question)

  test('one option is right, and a packet refutes each other', () => {
    expect(review.options.filter(({ isRight }) => isRight).map(({ text }) => text)).toHaveLength(1)
    for (const option of review.options) {
      expect(option.refutedBy === null, option.text).toBe(option.isRight)
      if (option.refutedBy) expect(option.refutedBy.sentence).not.toBe('')
    }
  })

  test('every option promises something of a packet, and no two have the same text', () => {
    for (const option of question.options) {
      const lines = option.lines ?? question.promise ?? []
      expect(
        lines.some((line) => / (allow|deny)( |$)/.test(line)),
        option.text,
      ).toBe(true)
    }
    expect(new Set(question.options.map(({ text }) => text)).size).toBe(4)
  })

  test('the quick check is packets that the engine has played', () => {
    expect(review.check.some((line) => line.kind === 'packet')).toBe(true)
  })

  test('its topic is a chapter', () => {
    expect(chapters.map(({ id }) => id)).toContain(question.topic)
  })
})

test('there are twenty questions at least, and several of each level', () => {
  expect(questions.length).toBeGreaterThanOrEqual(20)
  for (const level of ['easy', 'medium', 'hard']) {
    expect(questions.filter((question) => question.level === level).length).toBeGreaterThanOrEqual(6)
  }
})

test('the right option stands in each of the four places, often enough', () => {
  const places = questions.map(answerOf)
  for (const place of [0, 1, 2, 3]) expect(places.filter((each) => each === place).length).toBeGreaterThanOrEqual(4)
})
