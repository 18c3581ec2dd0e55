/** What the lesson's pages and the server say to each other, as types alone: the browser's program reads them too. */

import type { Chapter, Comparison, Drill, Exercise, Flashcard, Mode, Question, Scene } from '../../lesson/content.ts'
import type { Grade } from '../../lesson/exercises/grade.ts'
import type { PosedQuestion, Review } from '../../lesson/review.ts'
import type { ExamScore } from '../../lesson/study/exam.ts'
import type { WorldView } from '../../lesson/world-view.ts'

/** The whole lesson but its answers. */
export interface LessonContent {
  readonly modes: readonly Mode[]
  readonly chapters: readonly Chapter[]
  readonly scenes: readonly SceneHead[]
  readonly comparisons: readonly Comparison[]
  readonly drills: readonly Drill[]
  readonly exercises: readonly ExerciseHead[]
  readonly flashcards: readonly Flashcard[]
  readonly questions: readonly QuestionHead[]
  readonly examQuestions: number
}

export interface SceneHead extends Pick<Scene, 'id' | 'title' | 'claim'> {
  /** How many there are to predict. */
  readonly packets: number
}

export type ExerciseHead = Pick<Exercise, 'id' | 'kind' | 'level' | 'title' | 'scenario' | 'hint'>

export type QuestionHead = Pick<Question, 'id' | 'level' | 'topic' | 'scenario' | 'asks'>

/** A question with the rules that it is about. */
export interface OpenQuestion extends PosedQuestion {
  readonly world: WorldView
}

/** Where the learner stands in a drill or an exercise. */
export interface Standing {
  readonly isDone: boolean
  /** An exercise's goals as the engine judges them; null for a drill. */
  readonly grade: Grade | null
  /** How many of a drill's steps are done: they go in order. */
  readonly stepsDone: number
  readonly world: WorldView
}

/** What a command printed. */
export interface Printed {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number
}

export interface Entered {
  readonly ended: Printed
  readonly standing: Standing
}

/** The learner's cloud with a drill or an exercise in it. */
export interface TaskView {
  /** Names it in later requests. */
  readonly id: string
  readonly standing: Standing
}

export interface Solution {
  readonly lines: readonly string[]
  readonly explains: string
}

export interface OpenExam {
  readonly seed: number
  readonly minutes: number
  readonly questions: readonly OpenQuestion[]
}

export interface ExamReport {
  readonly score: ExamScore
  readonly reviews: readonly Review[]
}
