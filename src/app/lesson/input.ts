/** What the lesson's pages send, read member by member. */

import type { Sheet } from '../../lesson/study/exam.ts'
import { BadInput } from '../bad-input.ts'
import { type Members, membersOf, numberOf, textOf } from '../console/input.ts'

/** Pasted scripts are longer than lines, and no novels. */
const longestText = 20_000

export function lessonTextOf(body: Members): string {
  const text = textOf(body, 'text')
  if (text.length > longestText) throw new BadInput(`text must be no longer than ${longestText} characters.`)
  return text
}

const largestSeed = 2_147_483_647

export function seedOf(body: Members): number {
  const seed = numberOf(body, 'seed', largestSeed)
  if (seed === undefined) throw new BadInput('seed must be given.')
  return seed
}

const longestExam = 10_000

/** Options by question id. */
export function sheetOf(body: Members): Sheet {
  const given = Object.entries(membersOf(body['answers'] ?? {}, 'answers'))
  const isOption = (option: unknown): option is number => [0, 1, 2, 3].some((each) => each === option)
  const answers = given.flatMap(([question, option]) => (isOption(option) ? [[question, option] as const] : []))
  if (answers.length < given.length) throw new BadInput('An answer must be 0, 1, 2 or 3.')
  return { answers: Object.fromEntries(answers), minutesUsed: numberOf(body, 'minutesUsed', longestExam) ?? 0 }
}
