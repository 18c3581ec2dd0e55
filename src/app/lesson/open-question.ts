/** A question as the learner may see it before answering, with the rules that it is about. */

import type { Question } from '../../lesson/content.ts'
import { play } from '../../lesson/play.ts'
import { pose } from '../../lesson/review.ts'
import type { OpenQuestion } from './api.ts'

export function openQuestion(question: Question): OpenQuestion {
  return { ...pose(question), world: play({ world: question.world, lines: [] }).opening }
}
