/**
 * Looks at a database file before anything may write to it, so that a damaged, foreign or newer file is refused
 * byte for byte as it was. SQLite writes even to close a database: a writable connection moves the log into the file.
 */

import { existsSync, statSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { type Connection, type OpenConnection, sqliteFailure } from './sqlite-binding.ts'
import { isIntact, type ObjectRow, selectFormat, selectObjects } from './statements.ts'
import { StoreFailure } from './store.ts'
import { requireKnownFormat } from './store-format.ts'

/** Throws StoreFailure unless the file is absent, empty, or a whole store of this program's format. */
export function inspectFile(open: OpenConnection, file: string): void {
  if (!existsSync(file) || statSync(file).size === 0) return
  try {
    const connection = open(readOnlyUri(file))
    try {
      requireWhole(connection, file)
      if (requireFormat(connection, file)) requireIntact(connection, file)
    } finally {
      connection.close()
    }
  } catch (cause) {
    throw sqliteFailure(file, cause)
  }
}

/** `immutable` makes no side files but ignores the log; a log with commits in it is read through an index file. */
function readOnlyUri(file: string): string {
  const log = `${file}-wal`
  const hasLog = existsSync(log) && statSync(log).size > 0
  return `${pathToFileURL(file).href}?${hasLog ? 'mode=ro' : 'immutable=1'}`
}

function requireWhole(connection: Connection, file: string): void {
  const [first] = column(connection, 'pragma quick_check(1)')
  if (first === 'ok') return
  throw new StoreFailure(
    `${file} is damaged (${String(first)}). ` +
      'It was left as it is: restore it from a backup, or choose another directory.',
  )
}

/** False for a database that holds nothing yet. */
function requireFormat(connection: Connection, file: string): boolean {
  const tables = column(connection, "select name from sqlite_schema where type = 'table'")
  /** A crash between the file's creation and its first transaction leaves a database without tables. */
  if (tables.length === 0) return false
  if (!tables.includes('meta') || !tables.includes('object')) {
    throw new StoreFailure(`${file} is an SQLite database of another program. It was left as it is.`)
  }
  requireKnownFormat(file, column(connection, selectFormat)[0])
  return true
}

/** SQLite's own check looks at pages, not at what a text says. */
function requireIntact(connection: Connection, file: string): void {
  for (const row of connection.prepare(selectObjects).iterate() as IterableIterator<ObjectRow>) {
    if (!isIntact(row)) throw damagedObject(file, row)
  }
}

export function damagedObject(file: string, { kind, id }: ObjectRow): StoreFailure {
  return new StoreFailure(
    `${file} is damaged: ${kind} ${id} is not as it was written. ` +
      'It was left as it is: restore it from a backup, or choose another directory.',
  )
}

function column(connection: Connection, text: string): unknown[] {
  return connection
    .prepare(text)
    .raw()
    .all()
    .map((row) => (Array.isArray(row) ? row[0] : undefined))
}
