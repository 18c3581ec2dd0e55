/** The practice test: which question comes next, and how an answer is told. */

import { invariant } from '../../base/invariant.ts'
import type { Question } from '../content.ts'
import { generateQuestion } from '../generator/generate.ts'
import { nextLevel } from '../generator/next-level.ts'
import { questions } from '../questions/questions.ts'
import { type Review, reviewQuestion } from '../review.ts'
import type { Progress } from './progress.ts'

/** At the level of the answers so far: a written question that was never answered rightly, or else a generated one. */
export function nextQuestion({ answers }: Pick<Progress, 'answers'>): Question {
  const level = nextLevel(answers)
  const known = new Set(answers.filter(({ isRight }) => isRight).map(({ question }) => question))
  const last = answers.at(-1)?.question
  const open = questions.filter((each) => each.level === level && !known.has(each.id))
  const next = open.find(({ id }) => id !== last)
  return next ?? generateQuestion({ seed: answers.length, level })
}

/** The question of an id, written or generated: `easy-7` is drawn again from its seed. */
export function questionOf(id: string): Question | undefined {
  const written = questions.find((question) => question.id === id)
  if (written) return written
  const [, level, seed] = /^(easy|medium|hard)-(\d{1,9})$/.exec(id) ?? []
  if (level !== 'easy' && level !== 'medium' && level !== 'hard') return undefined
  return generateQuestion({ seed: Number(seed), level })
}

export interface Told extends Review {
  readonly chosen: number
  readonly isRight: boolean
}

/** What is shown after an answer: which option is right, and the packets that say so. */
export function tell(question: Question, chosen: number): Told {
  const review = reviewQuestion(question)
  invariant(review.options[chosen], `${question.id} has an option ${chosen}`)
  return { ...review, chosen, isRight: chosen === review.right }
}
