/** The vectors of the project: every text file under `vectors/`, with the title its first line gives it. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface VectorFile {
  readonly path: string
  readonly text: string
  /** The first comment line. */
  readonly title: string
}

const root = 'vectors'

export function vectorFiles(): readonly VectorFile[] {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.txt'))
  return names.sort().map((name) => {
    const text = readFileSync(join(root, name), 'utf8')
    return { path: join(root, name), text, title: /^#\s*(.*)/.exec(text)?.[1]?.trim() ?? '' }
  })
}
