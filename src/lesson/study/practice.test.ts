/** The practice test asks at the level of the answers, asks wrong ones again, and never runs out. */

import { describe, expect, test } from 'vitest'
import type { Level, Question } from '../content.ts'
import { generateQuestion } from '../generator/generate.ts'
import { questions } from '../questions/questions.ts'
import { answerOf } from '../review.ts'
import { nextQuestion, questionOf, tell } from './practice.ts'
import type { Answered } from './progress.ts'

function answered({ id, level }: Question, isRight: boolean): Answered {
  return { question: id, level, isRight }
}

/** The questions that somebody meets who answers like that. */
function sitting(count: number, isRight: (index: number) => boolean): { level: Level; id: string }[] {
  const answers: Answered[] = []
  return Array.from({ length: count }, (_, index) => {
    const question = nextQuestion({ answers })
    answers.push(answered(question, isRight(index)))
    return { level: question.level, id: question.id }
  })
}

describe('the next question', () => {
  test('is an easy one at first', () => {
    expect(nextQuestion({ answers: [] })).toMatchObject({ id: 'what-stateful-means', level: 'easy' })
  })

  test('rises with right answers and is never the same twice', () => {
    const met = sitting(40, () => true)
    expect(met.slice(0, 6).map(({ level }) => level)).toEqual(['easy', 'easy', 'medium', 'medium', 'hard', 'hard'])
    expect(new Set(met.map(({ id }) => id)).size).toBe(40)
  })

  test('stays easy with wrong answers, and asks again, but not at once', () => {
    const met = sitting(12, () => false)
    expect(new Set(met.map(({ level }) => level))).toEqual(new Set(['easy']))
    met.forEach(({ id }, index) => {
      expect(id).not.toBe(met[index - 1]?.id)
    })
    expect(new Set(met.map(({ id }) => id)).size).toBeLessThan(12)
  })
})

describe('a question', () => {
  test('is found by its id, written or generated', () => {
    for (const question of questions) expect(questionOf(question.id)).toEqual(question)
    const generated = generateQuestion({ seed: 31, level: 'hard' })
    expect(questionOf(generated.id)).toEqual(generated)
  })

  test.each(['', 'none', 'easy-', 'easy--1', 'easy-x', 'expert-3', '__proto__'])('is not found by %j', (id) => {
    expect(questionOf(id)).toBe(undefined)
  })
})

describe('an answer', () => {
  const [question] = questions as [Question]
  const right = answerOf(question)

  test('that is right is told with the packets that make it so', () => {
    const told = tell(question, right)
    expect(told).toMatchObject({ isRight: true, right, chosen: right })
    expect(told.check.map((line) => line.kind === 'packet' && line.reason)).toEqual(['sgr-1', 'connection(sgr-1)'])
  })

  test('that is wrong is told with the packet that refutes it', () => {
    const told = tell(question, (right + 1) % 4)
    expect(told).toMatchObject({ isRight: false, right })
    expect(told.options[(right + 1) % 4]?.refutedBy).toMatchObject({
      packet: 'tcp 10.0.0.10:22 > 203.0.113.5:40000 SA',
      action: 'allow',
    })
  })

  test('that is no option is a broken promise', () => {
    expect(() => tell(question, 4)).toThrow('has an option 4')
  })
})
