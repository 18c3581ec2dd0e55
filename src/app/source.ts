/** A file that a world is read from, whatever its form: a saved state, lines of the vectors' notation. */

import { readFileSync } from 'node:fs'
import { NotationError } from '../base/words.ts'
import { type Imported, whollyKnown } from '../import/imported.ts'
import { readWorldLines } from '../import/world-lines.ts'
import { BadState, worldFromState } from '../model/state.ts'

/** Text that is no world; the message says why. */
export class BadSource extends Error {
  override readonly name = 'BadSource'
}

/** `-` is standard input. Throws BadSource, and what the file system says. */
export function readSource(path: string): Imported {
  return importedFromText(readFileSync(path === '-' ? 0 : path, 'utf8'), path)
}

/** Throws BadSource. */
function importedFromText(text: string, file: string): Imported {
  try {
    return /^\s*\{/.test(text) ? whollyKnown(worldFromState(JSON.parse(text))) : fromLines(text, file)
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

function fromLines(text: string, file: string): Imported {
  const { world, made } = readWorldLines(text)
  const origins = Array.from(made, ([id, { line }]) => [id, { file, line, name: id }] as const)
  const written = Array.from(made, ([id, { cidr }]) => [id, cidr] as const).filter(
    (entry): entry is [string, string] => entry[0].startsWith('sgr-') && entry[1] !== undefined,
  )
  return { ...whollyKnown(world), origins: new Map(origins), written: new Map(written) }
}
