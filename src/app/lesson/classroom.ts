/** What the lesson's pages ask: the content, scenes as the engine plays them, questions and their reviews, tasks. */

import type { Clock } from '../../base/clock.ts'
import type { Question } from '../../lesson/content.ts'
import { drills } from '../../lesson/exercises/drills.ts'
import { exercises } from '../../lesson/exercises/exercises.ts'
import { scenes } from '../../lesson/lesson.ts'
import { type PlayedScene, playScene } from '../../lesson/play.ts'
import { type Review, reviewQuestion } from '../../lesson/review.ts'
import { examFor, type Sheet, scoreExam } from '../../lesson/study/exam.ts'
import { questionOf } from '../../lesson/study/practice.ts'
import { BadInput } from '../bad-input.ts'
import type { Entered, ExamReport, LessonContent, OpenExam, OpenQuestion, Solution, TaskView } from './api.ts'
import type { Task } from './learner.ts'
import { Learners } from './learners.ts'
import { examQuestions, lessonContent } from './lesson-content.ts'
import { openQuestion } from './open-question.ts'

export class Classroom {
  readonly #learners: Learners

  constructor(clock: Clock) {
    this.#learners = new Learners(clock)
  }

  content(): LessonContent {
    return lessonContent
  }

  scene(id: string): PlayedScene {
    return playScene(named(scenes, id, 'scene'))
  }

  question(id: string): OpenQuestion {
    return openQuestion(questionNamed(id))
  }

  review(id: string): Review {
    return reviewQuestion(questionNamed(id))
  }

  exam(seed: number): OpenExam {
    const { minutes, questions: drawn } = examFor({ seed, count: examQuestions })
    return { seed, minutes, questions: drawn.map(openQuestion) }
  }

  gradeExam(seed: number, sheet: Sheet): ExamReport {
    const exam = examFor({ seed, count: examQuestions })
    return { score: scoreExam(exam, sheet), reviews: exam.questions.map(reviewQuestion) }
  }

  async open(account: string, task: string): Promise<TaskView> {
    const { id, learner } = await this.#learners.open(account, taskNamed(task))
    return { id, standing: learner.standing() }
  }

  enter(account: string, { id, text }: { readonly id: string; readonly text: string }): Promise<Entered> {
    return this.#learners.find(account, id).enter(text)
  }

  close(account: string, id: string): object {
    this.#learners.close(account, id)
    return {}
  }

  solution(task: string): Solution {
    const { solution, explains } = named(exercises, task, 'exercise')
    return { lines: solution, explains }
  }
}

function questionNamed(id: string): Question {
  return questionOf(id) ?? refuse('question', id)
}

function taskNamed(id: string): Task {
  const drill = drills.find((each) => each.id === id)
  return drill ? { kind: 'drill', drill } : { kind: 'exercise', exercise: named(exercises, id, 'exercise') }
}

/** Throws BadInput. */
function named<T extends { readonly id: string }>(rows: readonly T[], id: string, what: string): T {
  const row = rows.find((each) => each.id === id)
  return row ?? refuse(what, id)
}

function refuse(what: string, id: string): never {
  throw new BadInput(`The lesson has no ${what} '${id.slice(0, 60)}'.`)
}
