/** Small configurations, each with all that lint is to find in it. Its form is that of the files under corpus/. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readWorldLines } from '../../src/import/world-lines.ts'
import type { World } from '../../src/model/world.ts'
import type { Finding } from '../../src/reach/lint/finding.ts'
import type { LintSettings } from '../../src/reach/lint/settings.ts'

export interface CorpusCase {
  readonly title: string
  readonly world: World
  readonly settings: LintSettings
  /** `SG-OPEN-ADMIN sgr-1`, sorted. */
  readonly expected: readonly string[]
}

const folder = join(import.meta.dirname, 'corpus')

export const corpusText = readdirSync(folder)
  .map((file) => readFileSync(join(folder, file), 'utf8'))
  .join('\n')

export const corpus: readonly CorpusCase[] = corpusText
  .split(/^== /m)
  .filter((text) => !text.startsWith('#'))
  .map((text) => caseFrom(text.replace(/\n#.*\n*$/, '\n')))

function caseFrom(text: string): CorpusCase {
  const [title = '', ...lines] = text.split('\n')
  const after = (word: string) =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1))
  const world = lines.filter((line) => !/^(finds|intends|admin) /.test(line)).join('\n')
  const { world: read, written } = readWorldLines(world)
  const intended = after('intends').map((line) => {
    const [to = '', ...services] = line.split(' ')
    return { to, from: undefined, services, reason: 'it is meant' }
  })
  return {
    title,
    world: read,
    settings: {
      written,
      adminServices: after('admin'),
      intended: intended.length > 0 ? intended : undefined,
    },
    expected: after('finds').sort(),
  }
}

export function foundText({ id, on, isCertain }: Finding): string {
  return isCertain ? `${id} ${on}` : `${id} ${on} undetermined`
}
