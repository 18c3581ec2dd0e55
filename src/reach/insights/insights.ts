/** The two analyses that EC2's API offers, as functions of a world: what its actions are given to ask. */

import { analysePath } from './path-analysis.ts'
import { analyseScope } from './scope-analysis.ts'

export const insights = { analysePath, analyseScope } as const
