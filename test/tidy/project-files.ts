/**
 * The project's files as the house rules read them: each path relative to the root, with its text.
 * What git would not keep (builds, caches, installed packages) is left out.
 */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface ProjectFile {
  readonly path: string
  readonly text: string
}

const root = fileURLToPath(new URL('../..', import.meta.url))

const left = new Set(['node_modules', 'dist', 'coverage', '.git', '.cache', '.sallyport'])

/** Every file and folder below `folder`, folders with a closing slash. */
export function pathsBelow(folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}${entry.name}`
    if (left.has(entry.name)) return []
    return entry.isDirectory() ? [`${path}/`, ...pathsBelow(`${path}/`)] : [path]
  })
}

export function read(path: string): ProjectFile {
  return { path, text: readFileSync(join(root, path), 'utf8') }
}
