/**
 * Where flow logs lie: files, standard input, and folders as S3 lays them (data-plane 4.5), which are walked. What
 * a file is, its first bytes say.
 */

import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'

export interface LogFile {
  /** `-` is standard input. */
  readonly path: string
  /** On the disk; 0 for standard input. */
  readonly size: number
  readonly kind: 'text' | 'gzip' | 'parquet'
}

/** All files that the paths name, those of a folder in the order of their names. Throws what the file system says. */
export function logFilesAt(paths: readonly string[]): LogFile[] {
  return paths.flatMap((path) => {
    if (path === '-') return [{ path, size: 0, kind: 'text' } as const]
    return statSync(path).isDirectory() ? filesBelow(path) : [fileAt(path)]
  })
}

function filesBelow(folder: string): LogFile[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name)
    // Hidden files are no logs: they are of the system, or of a download that has not ended.
    if (entry.name.startsWith('.')) return []
    if (entry.isDirectory()) return filesBelow(path)
    return statSync(path).isFile() ? [fileAt(path)] : []
  })
}

function fileAt(path: string): LogFile {
  const start = Buffer.alloc(4)
  const file = openSync(path, 'r')
  try {
    readSync(file, start, 0, 4, 0)
  } finally {
    closeSync(file)
  }
  return { path, size: statSync(path).size, kind: kindOf(start) }
}

export function kindOf(start: Uint8Array): LogFile['kind'] {
  if (start[0] === 0x1f && start[1] === 0x8b) return 'gzip'
  return Buffer.from(start.subarray(0, 4)).toString('latin1') === 'PAR1' ? 'parquet' : 'text'
}
