/**
 * Questions without end. A template draws a scenario and its options; the engine says which option is
 * right, and a draft of which not exactly one is right is thrown away and drawn anew.
 */

import { BrokenInvariant } from '../../base/invariant.ts'
import type { Level, Option, Question } from '../content.ts'
import { reviewQuestion } from '../review.ts'
import { Dice } from './dice.ts'
import type { Template } from './draft.ts'
import { aclOrGroup, whyRefused } from './paths.ts'
import { whichRuleAdmits, whichRuleIsNeeded, whichRuleIsSuperfluous } from './rules.ts'
import { afterARevoke, afterASilence, trackedOrUntracked } from './state.ts'

const templates: Readonly<Record<Level, readonly [Template, ...Template[]]>> = {
  easy: [whichRuleAdmits, whichRuleIsNeeded],
  medium: [whichRuleIsSuperfluous, whyRefused, trackedOrUntracked],
  hard: [afterARevoke, afterASilence, aclOrGroup],
}

const mostDrafts = 200

export interface Wish {
  readonly seed: number
  readonly level: Level
}

export function generateQuestion(wish: Wish): Question {
  for (let attempt = 0; attempt < mostDrafts; attempt++) {
    const question = drawn(wish, attempt)
    if (isSound(question)) return question
  }
  throw new BrokenInvariant(`seed ${wish.seed} draws a sound question within ${mostDrafts} drafts`)
}

function drawn({ seed, level }: Wish, attempt: number): Question {
  const dice = new Dice(Math.imul(seed, 0x9e3779b1) + attempt)
  const draft = dice.of(templates[level])(dice)
  const options = dice.shuffled(draft.options) as [Option, Option, Option, Option]
  return { ...draft, id: `${level}-${seed}`, level, options }
}

function isSound(question: Question): boolean {
  const texts = new Set(question.options.map(({ text }) => text))
  if (texts.size !== 4 || question.options.length !== 4) return false
  return reviewQuestion(question).options.filter(({ isRight }) => isRight).length === 1
}
