/** What a world is read from, whatever its form: a saved state, lines of the vectors' notation, a template. */

import { readFileSync, statSync } from 'node:fs'
import { NotationError } from '../base/words.ts'
import { BadTemplate } from '../import/cloudformation/template-text.ts'
import { type Imported, whollyKnown } from '../import/imported.ts'
import { worldFromLines } from '../import/world-lines.ts'
import { BadState, worldFromState } from '../model/state.ts'
import type { World } from '../model/world.ts'
import { type TemplateGiven, templateFromText, templatesFromFolder } from './template-source.ts'

/** Text that is no world; the message says why. */
export class BadSource extends Error {
  override readonly name = 'BadSource'
}

/** `-` is standard input. Throws BadSource, and what the file system says. */
export function readSource(path: string, given: TemplateGiven = {}): Imported {
  try {
    if (path !== '-' && statSync(path).isDirectory()) return fromFolder(path, given)
    const text = readFileSync(path === '-' ? 0 : path, 'utf8')
    return templateFromText(path, text, given) ?? whollyKnown(worldFromText(text))
  } catch (thrown) {
    if (thrown instanceof BadTemplate) throw new BadSource(thrown.message)
    throw thrown
  }
}

function fromFolder(path: string, given: TemplateGiven): Imported {
  const found = templatesFromFolder(path, given)
  if (!found)
    throw new BadSource('This folder holds nothing that is read: no manifest.json or *.template.json of the CDK.')
  return found
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
