/** Exams: questions drawn by a seed, some written and some generated, and the score of the answers. */

import { invariant } from '../../base/invariant.ts'
import type { Level, Question } from '../content.ts'
import { Dice } from '../generator/dice.ts'
import { generateQuestion } from '../generator/generate.ts'
import { questions } from '../questions/questions.ts'
import { answerOf } from '../review.ts'

export interface Exam {
  readonly seed: number
  readonly minutes: number
  readonly questions: readonly Question[]
}

export interface ExamWish {
  readonly seed: number
  /** From 3 to 30. */
  readonly count: number
}

const levels = ['easy', 'medium', 'hard'] as const
const minutesEach: Readonly<Record<Level, number>> = { easy: 1, medium: 1.5, hard: 2 }

/** As many of each level as possible, easy ones first; a third of them are generated. */
export function examFor({ seed, count }: ExamWish): Exam {
  invariant(count >= 3 && count <= 30, `an exam has 3 to 30 questions, not ${count}`)
  const dice = new Dice(seed)
  const chosen = levels.flatMap((level, index) => {
    const wanted = Math.floor((count + levels.length - 1 - index) / levels.length)
    const written = dice.shuffled(questions.filter((question) => question.level === level))
    const fresh = Array.from({ length: Math.ceil(wanted / 3) }, () =>
      generateQuestion({ seed: dice.below(1e9), level }),
    )
    const kept = written.slice(0, wanted - fresh.length)
    const more = Array.from({ length: wanted - fresh.length - kept.length }, () =>
      generateQuestion({ seed: dice.below(1e9), level }),
    )
    return [...kept, ...fresh, ...more]
  })
  const minutes = Math.ceil(chosen.reduce((sum, { level }) => sum + minutesEach[level], 0))
  return { seed, minutes, questions: chosen }
}

export interface LevelScore {
  readonly level: Level
  readonly right: number
  readonly asked: number
}

export interface ExamScore {
  readonly right: number
  readonly asked: number
  readonly byLevel: readonly LevelScore[]
  /** Ids of questions that were answered wrongly, late or not at all. */
  readonly missed: readonly string[]
  readonly isPassed: boolean
}

const passMark = 0.7

export interface Sheet {
  /** The chosen option by question id; absent for what was left out. */
  readonly answers: Readonly<Record<string, number>>
  readonly minutesUsed: number
}

/** Answers that come after the time is up do not count. */
export function scoreExam(exam: Exam, { answers, minutesUsed }: Sheet): ExamScore {
  const isLate = minutesUsed > exam.minutes
  const marked = exam.questions.map((question) => {
    const isRight = !isLate && answers[question.id] === answerOf(question)
    return { id: question.id, level: question.level, isRight }
  })
  const right = marked.filter(({ isRight }) => isRight).length
  return {
    right,
    asked: marked.length,
    byLevel: levels.map((level) => {
      const ofLevel = marked.filter((each) => each.level === level)
      return { level, right: ofLevel.filter(({ isRight }) => isRight).length, asked: ofLevel.length }
    }),
    missed: marked.filter(({ isRight }) => !isRight).map(({ id }) => id),
    isPassed: right / marked.length >= passMark,
  }
}
