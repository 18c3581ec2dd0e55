/** The ten modes as commands, and the shorter names that people try. */

import type { ModeId } from '../../lesson/content.ts'
import { compareMode } from './compare.ts'
import { examMode } from './exam.ts'
import { flashcardsMode } from './flashcards.ts'
import type { LearnMode } from './mode.ts'
import { practiceMode } from './practice.ts'
import { predictMode } from './predict.ts'
import { readMode } from './read.ts'
import { buildMode, doMode, fixMode } from './terminal-mode.ts'
import { watchMode } from './watch.ts'

const learnModes: Readonly<Record<ModeId, LearnMode>> = {
  read: readMode,
  watch: watchMode,
  do: doMode,
  predict: predictMode,
  fix: fixMode,
  build: buildMode,
  compare: compareMode,
  flashcards: flashcardsMode,
  practice: practiceMode,
  exam: examMode,
}

const otherNames: Readonly<Record<string, ModeId>> = { cards: 'flashcards', quiz: 'practice', test: 'practice' }

export function modeNamed(name: string): LearnMode | undefined {
  const own = Object.hasOwn(otherNames, name) ? otherNames[name] : name
  return Object.values(learnModes).find(({ id }) => id === own)
}
