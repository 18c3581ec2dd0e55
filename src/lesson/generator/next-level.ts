/** The level of the next question, from the answers so far. */

import type { Level } from '../content.ts'

/** An answer that was given, as far as the next question's level rests on it. */
export interface Given {
  readonly level: Level
  readonly isRight: boolean
}

const levels = ['easy', 'medium', 'hard'] as const

/** Two right answers in a row at a level lead up, two wrong ones in a row lead down. */
export function nextLevel(given: readonly Given[]): Level {
  let at = 0
  let run = 0
  for (const { level, isRight } of given) {
    if (levels.indexOf(level) !== at) run = 0
    at = levels.indexOf(level)
    run = isRight ? Math.max(run, 0) + 1 : Math.min(run, 0) - 1
    if (Math.abs(run) < 2) continue
    at = Math.min(Math.max(at + Math.sign(run), 0), levels.length - 1)
    run = 0
  }
  return levels[at] ?? 'easy'
}
