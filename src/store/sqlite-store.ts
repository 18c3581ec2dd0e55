/**
 * The embedded store: `DIRECTORY/sallyport.db`, SQLite in WAL mode, each transaction flushed before it is answered.
 * The directory is locked through a file of its own, because the binding cannot finalize statements: a closed
 * connection keeps its locks until it is garbage, but a rolled back transaction gives them up at once.
 */

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Connection, loadSqlite, type OpenConnection, sqliteCode, sqliteFailure } from './sqlite-binding.ts'
import { damagedObject, inspectFile } from './sqlite-inspection.ts'
import {
  advanceHead,
  createTables,
  isIntact,
  type ObjectRow,
  type Statement,
  selectHead,
  selectObjects,
  writesFor,
} from './statements.ts'
import type { Commit, Contents, Store, StoredObject } from './store.ts'
import { StaleHead, StoreFailure } from './store.ts'

export async function openSqliteStore(directory: string): Promise<Store> {
  const open = await loadSqlite()
  createDirectory(directory)
  const lock = lockDirectory(open, directory)
  const file = join(directory, 'sallyport.db')
  try {
    inspectFile(open, file)
    return new SqliteStore({ directory, file, lock, connection: openForWriting(open, file) })
  } catch (cause) {
    unlock(lock)
    throw sqliteFailure(file, cause)
  }
}

interface OpenedDirectory {
  readonly directory: string
  readonly file: string
  readonly lock: Connection
  readonly connection: Connection
}

type PreparedStatement = ReturnType<typeof prepare>

class SqliteStore implements Store {
  readonly description: string
  readonly #file: string
  readonly #lock: Connection
  readonly #connection: Connection
  readonly #prepared = new Map<string, PreparedStatement>()
  #isOpen = true

  constructor({ directory, file, lock, connection }: OpenedDirectory) {
    this.description = `sqlite (${directory})`
    this.#file = file
    this.#lock = lock
    this.#connection = connection
  }

  async load(): Promise<Contents> {
    return this.#guarded(() => {
      const [row] = this.#connection.prepare(selectHead).raw().all() as [number][]
      if (row === undefined) throw new StoreFailure(`${this.#file} is damaged: it has lost its head.`)
      return { head: row[0], objects: this.#objects() }
    })
  }

  async append(commits: readonly Commit[], head: number): Promise<void> {
    this.#guarded(() => {
      this.#connection.exec('begin immediate')
      try {
        if (this.#execute(advanceHead(head, head + commits.length)).length === 0) throw new StaleHead(head)
        for (const statement of writesFor(commits, head)) this.#execute(statement)
        this.#connection.exec('commit')
      } catch (cause) {
        if (this.#connection.inTransaction) this.#connection.exec('rollback')
        throw cause
      }
    })
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#prepared.clear()
    foldLog(this.#connection)
    this.#connection.close()
    unlock(this.#lock)
  }

  *#objects(): Iterable<StoredObject> {
    const rows = this.#guarded(() => this.#connection.prepare(selectObjects).iterate() as IterableIterator<ObjectRow>)
    while (true) {
      const { value: row, done } = this.#guarded(() => rows.next())
      if (done) return
      if (!isIntact(row)) throw damagedObject(this.#file, row)
      yield { scope: row.scope, kind: row.kind, id: row.id, document: row.document }
    }
  }

  #execute({ name, text, values }: Statement): unknown[] {
    let prepared = this.#prepared.get(name)
    if (prepared === undefined) {
      prepared = prepare(this.#connection, text)
      this.#prepared.set(name, prepared)
    }
    return prepared.all(values)
  }

  #guarded<Result>(work: () => Result): Result {
    if (!this.#isOpen) throw new StoreFailure(`The store ${this.description} is closed.`)
    try {
      return work()
    } catch (cause) {
      throw cause instanceof StaleHead ? cause : sqliteFailure(this.#file, cause)
    }
  }
}

function createDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause)
    throw new StoreFailure(`The data directory ${directory} cannot be created: ${detail}`, { cause })
  }
}

/** An open exclusive transaction on an empty database: a lock that the operating system drops with the process. */
function lockDirectory(open: OpenConnection, directory: string): Connection {
  const file = join(directory, 'sallyport.lock')
  try {
    const lock = open(file)
    lock.exec('begin exclusive')
    return lock
  } catch (cause) {
    if (!sqliteCode(cause).startsWith('SQLITE_BUSY')) throw sqliteFailure(file, cause)
    throw new StoreFailure(
      `The data directory ${directory} is in use by another Sallyport server. ` +
        'Stop that server, or give this one a directory of its own.',
      { cause },
    )
  }
}

function unlock(lock: Connection): void {
  lock.exec('rollback')
  lock.close()
}

/**
 * Moves the log into the file and removes it, so that a stopped server's state is one file to copy. Where that fails
 * (a full disk, a person's connection, the inspection's that is not yet garbage) the log is as durable as the file.
 */
function foldLog(connection: Connection): void {
  try {
    connection.pragma('wal_checkpoint(truncate)')
    connection.pragma('journal_mode = delete')
  } catch {
    return
  }
}

function openForWriting(open: OpenConnection, file: string): Connection {
  const connection = open(file)
  connection.pragma('journal_mode = wal')
  connection.pragma('synchronous = full')
  connection.exec(`begin immediate; ${createTables.join('; ')}; commit`)
  return connection
}

/** SQLite numbers its parameters `?1` where PostgreSQL writes `$1`. */
function prepare(connection: Connection, text: string) {
  return connection.prepare<[Statement['values']]>(text.replaceAll('$', '?'))
}
