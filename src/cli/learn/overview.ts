/** What `sallyport learn` alone shows, a mode's topics, and the learner's progress. */

import { drills } from '../../lesson/exercises/drills.ts'
import { exercises } from '../../lesson/exercises/exercises.ts'
import { chapters, scenes } from '../../lesson/lesson.ts'
import { modes } from '../../lesson/modes.ts'
import { questions } from '../../lesson/questions/questions.ts'
import { flashcards } from '../../lesson/study/flashcards.ts'
import { type Progress, practiceScore } from '../../lesson/study/progress.ts'
import { columns, title } from './layout.ts'
import type { LearnMode } from './mode.ts'

export function overviewText(progress: Progress): string {
  const rows = modes.map(({ id, says }) => [`sallyport learn ${id}`, says])
  return [
    title('Security groups'),
    columns(rows),
    `Chapters (sallyport learn read CHAPTER):\n${columns(
      chapters.map(({ id, title: name }) => [progress.chapters.includes(id) ? '✓' : ' ', id, name]),
      '  ',
    )}`,
  ].join('\n\n')
}

export function topicsText({ id, topics }: LearnMode, progress: Progress): string {
  const rows = topics.map((topic) => [
    isDone(topic.id, id, progress) ? '✓' : ' ',
    topic.id,
    topic.level ?? '',
    topic.title,
  ])
  const plain = rows.every(([, , level]) => level === '')
    ? rows.map(([mark = '', topic = '', , name = '']) => [mark, topic, name])
    : rows
  return `sallyport learn ${id} TOPIC, one of\n\n${columns(plain, '  ')}`
}

function isDone(topic: string, mode: LearnMode['id'], progress: Progress): boolean {
  if (mode === 'read') return progress.chapters.includes(topic)
  if (mode === 'practice') return progress.answers.some(({ question, isRight }) => question === topic && isRight)
  return [...progress.scenes, ...progress.drills, ...progress.exercises].includes(topic)
}

export function progressText(progress: Progress, path: string): string {
  const { byLevel, right, asked } = practiceScore(progress)
  const known = flashcards.filter(({ id }) => (progress.cards[id]?.box ?? 0) >= 3).length
  const newest = progress.exams.at(-1)
  return columns([
    ['chapters read', `${progress.chapters.length} of ${chapters.length}`],
    ['scenes seen', `${progress.scenes.length} of ${scenes.length}`],
    ['drills done', `${progress.drills.length} of ${drills.length}`],
    ['exercises solved', `${progress.exercises.length} of ${exercises.length}`],
    ['cards in box 3 to 5', `${known} of ${flashcards.length}`],
    ['packets that surprised you', String(progress.counterexamples.length)],
    ['questions answered', `${asked}, ${right} right (${questions.length} are written, the others have no end)`],
    ...Object.entries(byLevel).map(([level, of]) => [`  ${level}`, `${of.right} of ${of.asked} right`]),
    ['exams', newest ? `${progress.exams.length}, the last ${newest.right} of ${newest.asked}` : 'none'],
    ['kept in', path],
  ])
}
