/** All exercises, and the worlds that exercises and drills begin with. */

import type { Exercise } from '../content.ts'
import { buildExercises } from './build.ts'
import { fixExercises } from './fix.ts'

export const exercises: readonly Exercise[] = [...fixExercises, ...buildExercises]
