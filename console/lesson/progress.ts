/** The learner's progress, kept in this browser through the lesson's own reducer. */

import { signal } from '@preact/signals'
import type { LessonContent } from '../../src/app/lesson/api.ts'
import type { Chapter, Level, ModeId } from '../../src/lesson/content.ts'
import { nextLevel } from '../../src/lesson/generator/next-level.ts'
import { type ProgressEvent, progressAfter } from '../../src/lesson/study/progress.ts'
import { readProgress, writeProgress } from '../../src/lesson/study/stored-progress.ts'
import { keep, kept } from '../shell/kept.ts'

const place = 'lesson'

export const progress = signal(readProgress(kept(place) ?? ''))

// Another tab of the same browser learns along.
addEventListener('storage', ({ key, newValue }) => {
  if (key === `sallyport.${place}`) progress.value = readProgress(newValue ?? '')
})

export function note(event: ProgressEvent): void {
  progress.value = progressAfter(progress.peek(), event)
  keep(place, writeProgress(progress.peek()))
}

export function levelOfNext(): Level {
  return nextLevel(progress.peek().answers)
}

export interface Mark {
  readonly tone: 'good' | 'warn'
  readonly text: string
}

/** What a list shows beside a topic that was met. */
export function markOf(mode: ModeId, id: string): Mark | undefined {
  const { chapters, scenes, drills, exercises, counterexamples, answers } = progress.value
  const done = (ids: readonly string[], text: string): Mark | undefined =>
    ids.includes(id) ? { tone: 'good', text } : undefined
  switch (mode) {
    case 'read':
      return done(chapters, 'Read')
    case 'watch':
      return done(scenes, 'Seen')
    case 'predict':
      if (counterexamples.some(({ scene }) => scene === id)) return { tone: 'warn', text: 'Cards kept' }
      return done(scenes, 'Seen')
    case 'do':
      return done(drills, 'Done')
    case 'fix':
    case 'build':
      return done(exercises, 'Solved')
    case 'practice': {
      const last = answers.findLast(({ question }) => question === id)
      return last && (last.isRight ? { tone: 'good', text: 'Right' } : { tone: 'warn', text: 'Not yet' })
    }
    default:
      return undefined
  }
}

export function chapterShare({ scenes: own }: Chapter): { readonly seen: number; readonly total: number } {
  const { scenes } = progress.value
  return { seen: own.filter((id) => scenes.includes(id)).length, total: own.length }
}

export interface NextStep {
  readonly title: string
  readonly about: string
  readonly label: string
  readonly href: string
}

/** Chapter by chapter: read it, then predict its scenes; at the end the exam. */
export function nextStep({ chapters, scenes }: LessonContent): NextStep {
  const { chapters: read, scenes: seen } = progress.value
  const isNew = read.length === 0 && seen.length === 0
  for (const { id, title, aim, scenes: own } of chapters) {
    if (!read.includes(id)) {
      const label = isNew ? 'Begin' : 'Go on'
      return { title, about: aim, label, href: `/console/lesson/read/${id}` }
    }
    const scene = scenes.find((each) => own.includes(each.id) && !seen.includes(each.id))
    if (scene) {
      const about = `A scene of the chapter ${title}.`
      return { title: scene.title, about, label: 'Predict', href: `/console/lesson/predict/${scene.id}` }
    }
  }
  const about = 'You have read every chapter and seen every scene.'
  return { title: 'The exam', about, label: 'To the exam', href: '/console/lesson/exam' }
}
