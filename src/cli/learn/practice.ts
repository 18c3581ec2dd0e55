/**
 * `learn practice`: questions at the level of the answers so far, written ones first and then without end; or the
 * one that is named. The review shows the packet that refutes each wrong option.
 */

import { openQuestion } from '../../app/lesson/open-question.ts'
import type { Question } from '../../lesson/content.ts'
import { generateQuestion } from '../../lesson/generator/generate.ts'
import { nextLevel } from '../../lesson/generator/next-level.ts'
import { questions } from '../../lesson/questions/questions.ts'
import { nextQuestion, type Told, tell } from '../../lesson/study/practice.ts'
import { UsageError } from '../usage-error.ts'
import { named } from './lookup.ts'
import type { LearnMode, Outcome, Session, Work } from './mode.ts'
import { askChoice, choiceFrom, questionText, reviewText } from './question-text.ts'

export const practiceMode: LearnMode = {
  id: 'practice',
  topics: questions.map(({ id, level, asks }) => ({ id, level, title: asks })),
  about: (topic) => workOn(named(questions, topic)),
  everything: {
    content: (session) => workOn(next(session)).content(session),
    answer: (answers, session) => judge(next(session), answers, session),
    run: practiseOn,
  },
}

function workOn(question: Question): Work {
  return {
    content: () => openQuestion(question),
    answer: (answers, session) => judge(question, answers, session),
    async run(session) {
      await practise(question, session)
    },
  }
}

/** What the seed and the level make, or else the next by the answers so far. */
function next({ seed, level, notebook }: Session, asked = 0): Question {
  const { answers } = notebook.progress
  if (seed === undefined && level === undefined) return nextQuestion(notebook.progress)
  const own = seed === undefined ? answers.length : seed + asked
  return generateQuestion({ seed: own, level: level ?? nextLevel(answers) })
}

function judge(question: Question, answers: readonly string[], { notebook, dialogue }: Session): Outcome {
  const [answer = '', ...more] = answers
  if (more.length > 0) throw new UsageError('A question has one answer.')
  const report = tell(question, choiceFrom(answer))
  notebook.note({ kind: 'answered', question: question.id, level: question.level, isRight: report.isRight })
  return { isRight: report.isRight, report, text: toldText(report, dialogue.width) }
}

function toldText(told: Told, width: number): string {
  return `${told.isRight ? 'Right.' : 'Not right.'}\n\n${reviewText(told, told.chosen, width)}`
}

/** Until the learner leaves. */
async function practiseOn(session: Session): Promise<void> {
  let asked = 0
  let right = 0
  for (;;) {
    const isRight = await practise(next(session, asked), session)
    if (isRight === undefined) break
    asked += 1
    if (isRight) right += 1
  }
  session.dialogue.say(`\n${right} of ${asked} right.`)
}

/** Whether the answer was right; undefined when the learner leaves. */
async function practise(question: Question, { dialogue, notebook }: Session): Promise<boolean | undefined> {
  dialogue.say(`\n${questionText(question, dialogue.width)}\n`)
  const chosen = await askChoice(dialogue, question.hint)
  if (chosen === undefined) return undefined
  const told = tell(question, chosen)
  notebook.note({ kind: 'answered', question: question.id, level: question.level, isRight: told.isRight })
  dialogue.say(`\n${toldText(told, dialogue.width)}`)
  return told.isRight
}
