/** `learn exam`: questions against the clock. Answers after the end of the time do not count. */

import { examQuestions } from '../../app/lesson/lesson-content.ts'
import { openQuestion } from '../../app/lesson/open-question.ts'
import { systemEntropy } from '../../app/random.ts'
import { reviewQuestion } from '../../lesson/review.ts'
import { type Exam, type ExamScore, examFor, scoreExam } from '../../lesson/study/exam.ts'
import { UsageError } from '../usage-error.ts'
import { columns, title } from './layout.ts'
import { named } from './lookup.ts'
import type { LearnMode, Outcome, Session } from './mode.ts'
import { askChoice, choiceFrom, questionText, reviewText } from './question-text.ts'

export const examMode: LearnMode = {
  id: 'exam',
  topics: [],
  about: (topic) => {
    throw new UsageError(`An exam is about everything, not '${topic}'.`)
  },
  everything: {
    content(session) {
      const { seed, minutes, questions } = examOf(session)
      return { seed, minutes, questions: questions.map(openQuestion) }
    },
    answer: gradeAnswers,
    run: sit,
  },
}

function examOf({ seed }: Session): Exam {
  return examFor({ seed: seed ?? Number.parseInt(systemEntropy().hex(7), 16), count: examQuestions })
}

function gradeAnswers(given: readonly string[], session: Session): Outcome {
  const { seed, notebook } = session
  if (seed === undefined) throw new UsageError('Answers are to the exam of a --seed, which its JSON names.')
  const exam = examOf(session)
  if (given.length !== exam.questions.length) {
    throw new UsageError(`The exam has ${exam.questions.length} questions: give as many answers, a to d or - for none.`)
  }
  const chosen = given.map((answer) => (answer === '-' ? undefined : choiceFrom(answer)))
  const score = scoreExam(exam, { answers: answersById(exam, chosen), minutesUsed: 0 })
  notebook.note({ kind: 'exam-taken', seed, right: score.right, asked: score.asked })
  return { isRight: score.isPassed, report: { seed, ...score }, text: scoreText(score) }
}

function answersById({ questions }: Exam, chosen: readonly (number | undefined)[]): Record<string, number> {
  const pairs = questions.flatMap(({ id }, at) => {
    const option = chosen[at]
    return option === undefined ? [] : [[id, option] as const]
  })
  return Object.fromEntries(pairs)
}

async function sit(session: Session): Promise<void> {
  const { dialogue, notebook } = session
  const exam = examOf(session)
  const { seed } = exam
  const endsAt = Date.now() + exam.minutes * 60_000
  dialogue.say(`${title('Exam')}\n\n${exam.questions.length} questions, ${exam.minutes} minutes. q leaves and submits.`)
  const chosen: (number | undefined)[] = []
  for (const [at, question] of exam.questions.entries()) {
    const left = Math.ceil((endsAt - Date.now()) / 60_000)
    dialogue.say(`\nQuestion ${at + 1} of ${exam.questions.length}, ${left} min left\n`)
    dialogue.say(`${questionText(question, dialogue.width)}\n`)
    const option = await askChoice(dialogue)
    if (option === undefined) break
    if (Date.now() > endsAt) {
      dialogue.say('The time is up: this answer does not count.')
      break
    }
    chosen.push(option)
  }
  const score = scoreExam(exam, { answers: answersById(exam, chosen), minutesUsed: 0 })
  notebook.note({ kind: 'exam-taken', seed, right: score.right, asked: score.asked })
  dialogue.say(`\n${scoreText(score)}`)
  for (const id of score.missed) {
    const question = named(exam.questions, id)
    const review = reviewText(reviewQuestion(question), chosen[exam.questions.indexOf(question)], dialogue.width)
    dialogue.say(`\n${questionText(question, dialogue.width)}\n\n${review}`)
  }
}

function scoreText({ right, asked, byLevel, isPassed }: ExamScore): string {
  const rows = byLevel.map((each) => [each.level, `${each.right} of ${each.asked}`])
  return `${right} of ${asked} right: ${isPassed ? 'passed' : 'not passed'}\n${columns(rows, '  ')}`
}
