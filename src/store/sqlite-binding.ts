/**
 * Loads the SQLite binding and words its failures. The binding's machine code is an optional package that npm leaves
 * out under `--omit=optional`, so it is loaded when a directory is opened and not before.
 */

import type { Database as Connection } from 'libsql'
import { BrokenInvariant } from '../base/invariant.ts'
import { StoreFailure } from './store.ts'

export type { Connection }
export type OpenConnection = (path: string) => Connection

type ImportBinding = () => Promise<{ readonly default: new (path: string) => Connection }>

export async function loadSqlite(importBinding: ImportBinding = () => import('libsql')): Promise<OpenConnection> {
  try {
    const { default: Database } = await importBinding()
    return (path) => new Database(path)
  } catch (cause) {
    throw new StoreFailure(
      'The SQLite binding is not installed: its package for this machine is an optional dependency of libsql. ' +
        'Install again without --omit=optional, or keep the state in memory or in PostgreSQL.',
      { cause },
    )
  }
}

/** Result codes by their beginnings, since extended codes add a suffix: `SQLITE_IOERR_WRITE`. */
const advice: readonly (readonly [code: string, what: string])[] = [
  ['SQLITE_NOTADB', 'is not an SQLite database. It was left as it is: move it away, or choose another directory.'],
  ['SQLITE_CORRUPT', 'is damaged. It was left as it is: restore it from a backup, or choose another directory.'],
  ['SQLITE_BUSY', 'is locked by another program. Close that program and try again.'],
  ['SQLITE_FULL', 'cannot grow: the disk is full. Free some space and restart.'],
  ['SQLITE_READONLY', 'cannot be written. Check the permissions of the file and of its directory.'],
  ['SQLITE_CANTOPEN', 'cannot be opened. Check that the directory exists and its permissions.'],
  ['SQLITE_PERM', 'cannot be opened. Check the permissions of the file and of its directory.'],
  ['SQLITE_AUTH', 'cannot be opened. Check the permissions of the file and of its directory.'],
  ['SQLITE_IOERR', 'cannot be read or written: the disk reports an error. Check the disk.'],
]

/** `cause` as a StoreFailure about `file`; what is already worded, or our own fault, stays as it is. */
export function sqliteFailure(file: string, cause: unknown): Error {
  if (cause instanceof StoreFailure || cause instanceof BrokenInvariant) return cause
  const code = sqliteCode(cause)
  const known = advice.find(([beginning]) => code.startsWith(beginning))
  const detail = cause instanceof Error ? cause.message : String(cause)
  return new StoreFailure(known ? `${file} ${known[1]} (${code})` : `${file} could not be used: ${detail}`, { cause })
}

export function sqliteCode(cause: unknown): string {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
}
