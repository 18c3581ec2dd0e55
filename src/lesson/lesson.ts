/** The whole lesson: its chapters in order, its scenes by id. */

import { fiveCommands } from './chapters/five-commands.ts'
import type { Chapter, Scene } from './content.ts'
import { commandScenes } from './scenes/commands.ts'

export const chapters: readonly Chapter[] = [fiveCommands]

export const scenes: readonly Scene[] = [...commandScenes]
