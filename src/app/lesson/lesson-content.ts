/** The whole lesson as the pages get it at first: all but what the learner is to find out. */

import { comparisons } from '../../lesson/comparisons.ts'
import { drills } from '../../lesson/exercises/drills.ts'
import { exercises } from '../../lesson/exercises/exercises.ts'
import { chapters, scenes } from '../../lesson/lesson.ts'
import { modes } from '../../lesson/modes.ts'
import { questions } from '../../lesson/questions/questions.ts'
import { flashcards } from '../../lesson/study/flashcards.ts'
import type { LessonContent } from './api.ts'

/** Five of each level. */
export const examQuestions = 15

export const lessonContent: LessonContent = {
  modes,
  chapters,
  comparisons,
  drills,
  flashcards,
  examQuestions,
  scenes: scenes.map(({ id, title, claim, steps }) => ({
    id,
    title,
    claim,
    packets: steps.filter(({ asks }) => asks !== undefined).length,
  })),
  exercises: exercises.map(({ id, kind, level, title, scenario, hint }) => ({
    id,
    kind,
    level,
    title,
    scenario,
    hint,
  })),
  questions: questions.map(({ id, level, topic, scenario, asks }) => ({ id, level, topic, scenario, asks })),
}
