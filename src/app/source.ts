/** A file that a world is read from, whatever its form: a saved state, lines of the vectors' notation. */

import { readFileSync } from 'node:fs'
import { NotationError } from '../base/words.ts'
import { type Imported, whollyKnown } from '../import/imported.ts'
import { worldFromLines } from '../import/world-lines.ts'
import { BadState, worldFromState } from '../model/state.ts'
import type { World } from '../model/world.ts'

/** Text that is no world; the message says why. */
export class BadSource extends Error {
  override readonly name = 'BadSource'
}

/** `-` is standard input. Throws BadSource, and what the file system says. */
export function readSource(path: string): Imported {
  return whollyKnown(worldFromText(readFileSync(path === '-' ? 0 : path, 'utf8')))
}

/** Throws BadSource. */
function worldFromText(text: string): World {
  try {
    return /^\s*\{/.test(text) ? worldFromState(JSON.parse(text)) : worldFromLines(text)
  } catch (thrown) {
    if (thrown instanceof BadState || thrown instanceof NotationError || thrown instanceof SyntaxError) {
      throw new BadSource(thrown.message)
    }
    // Objects that are not what their kind says: a list that is none, a time that is none.
    if (thrown instanceof TypeError || thrown instanceof RangeError) {
      throw new BadSource(`This state is damaged: ${thrown.message}`)
    }
    throw thrown
  }
}
