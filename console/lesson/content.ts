/** The lesson's content, fetched once, and what else its pages ask the server. */

import { type ReadonlySignal, useSignal, useSignalEffect } from '@preact/signals'
import type {
  Entered,
  ExamReport,
  LessonContent,
  OpenExam,
  OpenQuestion,
  Solution,
  TaskView,
} from '../../src/app/lesson/api.ts'
import type { PlayedScene } from '../../src/lesson/play.ts'
import type { Review } from '../../src/lesson/review.ts'
import { post } from '../api/client.ts'

let fetched: Promise<LessonContent> | undefined

export function fetchContent(): Promise<LessonContent> {
  fetched ??= post<LessonContent>('lesson/content', {}).catch((cause: unknown) => {
    fetched = undefined
    throw cause
  })
  return fetched
}

export const fetchScene = (scene: string) => post<PlayedScene>('lesson/scene', { scene })
export const fetchQuestion = (question: string) => post<OpenQuestion>('lesson/question', { question })
export const fetchReview = (question: string) => post<Review>('lesson/review', { question })
export const fetchExam = (seed: number) => post<OpenExam>('lesson/exam', { seed })

/** Answers that the page holds were given in time: it submits of its own accord when the time is up. */
export function gradeExam({ seed, questions }: OpenExam, answers: readonly (number | null)[]): Promise<ExamReport> {
  const given = questions.flatMap(({ id }, at) => (typeof answers[at] === 'number' ? [[id, answers[at]] as const] : []))
  return post<ExamReport>('lesson/exam/grade', { seed, answers: Object.fromEntries(given), minutesUsed: 0 })
}

export const openTask = (task: string) => post<TaskView>('lesson/open', { task })
export const enterLine = (id: string, text: string) => post<Entered>('lesson/enter', { id, text })
export const closeTask = (id: string) => post<object>('lesson/close', { id })
export const fetchSolution = (task: string) => post<Solution>('lesson/solution', { task })

export interface Fetched<T> {
  readonly value: T | undefined
  readonly failure: string | undefined
}

/** The answer to a question that `key` names; with another key it is asked anew. */
export function useFetched<T>(key: string, question: () => Promise<T>): ReadonlySignal<Fetched<T>> {
  const asked = useSignal(key)
  const state = useSignal<Fetched<T>>({ value: undefined, failure: undefined })
  if (asked.peek() !== key) {
    asked.value = key
    state.value = { value: undefined, failure: undefined }
  }
  useSignalEffect(() => {
    const own = asked.value
    const settle = (next: Fetched<T>) => {
      if (asked.peek() === own) state.value = next
    }
    question().then(
      (value) => settle({ value, failure: undefined }),
      (cause: Error) => settle({ value: undefined, failure: cause.message }),
    )
  })
  return state
}
