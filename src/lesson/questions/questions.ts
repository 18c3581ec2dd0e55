/** All questions that are written by hand. */

import type { Question } from '../content.ts'
import { easyQuestions } from './easy.ts'
import { firstFive } from './first-five.ts'
import { hardQuestions } from './hard.ts'
import { mediumQuestions } from './medium.ts'

export const questions: readonly Question[] = [...firstFive, ...easyQuestions, ...mediumQuestions, ...hardQuestions]
