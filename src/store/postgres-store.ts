/**
 * The store in a PostgreSQL database, in the schema `sallyport`. Any failure gives the session up: what its last
 * transaction came to is known only once a new session has the lock.
 */

import { BrokenInvariant } from '../base/invariant.ts'
import { dropSession, openSession, type Session } from './postgres-session.ts'
import { describePostgres } from './postgres-url.ts'
import { advanceHead, isIntact, type ObjectRow, selectHead, selectObjects, writesFor } from './statements.ts'
import type { Commit, Contents, Store, StoredObject } from './store.ts'
import { StaleHead, StoreFailure } from './store.ts'

export async function openPostgresStore(url: string): Promise<Store> {
  const store = new PostgresStore(url)
  await store.connect()
  return store
}

class PostgresStore implements Store {
  readonly description: string
  readonly #url: string
  #session: Session | undefined
  #isOpen = true
  /** Settles when the work before is done: a transaction has the connection to itself. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(url: string) {
    this.description = describePostgres(url)
    this.#url = url
  }

  connect(): Promise<void> {
    return this.#inTurn(async () => undefined)
  }

  load(): Promise<Contents> {
    return this.#inTurn(async ({ client }) => {
      const head = await client.query<{ seq: string }>(selectHead)
      if (head.rows[0] === undefined) throw new StoreFailure(`${this.description} is damaged: it has lost its head.`)
      const objects = await client.query<ObjectRow>(selectObjects)
      return { head: Number(head.rows[0].seq), objects: this.#objects(objects.rows) }
    })
  }

  append(commits: readonly Commit[], head: number): Promise<void> {
    return this.#inTurn(async ({ client }) => {
      await client.query('begin')
      const { rowCount } = await client.query(prepared(advanceHead(head, head + commits.length)))
      if (rowCount === 0) {
        await client.query('rollback')
        throw new StaleHead(head)
      }
      for (const statement of writesFor(commits, head)) await client.query(prepared(statement))
      await client.query('commit')
    })
  }

  async close(): Promise<void> {
    this.#isOpen = false
    await this.#turn
    const session = this.#session
    this.#session = undefined
    /** A connection that is already gone is closed. */
    await session?.client.end().catch(() => undefined)
  }

  *#objects(rows: readonly ObjectRow[]): Iterable<StoredObject> {
    for (const row of rows) {
      if (!isIntact(row)) {
        throw new StoreFailure(
          `${this.description} is damaged: ${row.kind} ${row.id} is not as it was written. Restore it from a backup.`,
        )
      }
      yield { scope: row.scope, kind: row.kind, id: row.id, document: row.document }
    }
  }

  #inTurn<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    const done = this.#turn.then(() => this.#guarded(work))
    this.#turn = done.catch(() => undefined)
    return done
  }

  async #guarded<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    if (!this.#isOpen) throw new StoreFailure(`The store ${this.description} is closed.`)
    try {
      if (this.#session === undefined || this.#session.isLost) {
        this.#session = await openSession(this.#url, this.description)
      }
      return await work(this.#session)
    } catch (cause) {
      if (cause instanceof StaleHead) throw cause
      if (this.#session) dropSession(this.#session)
      this.#session = undefined
      throw cause instanceof StoreFailure || cause instanceof BrokenInvariant ? cause : this.#failure(cause)
    }
  }

  #failure(cause: unknown): StoreFailure {
    return new StoreFailure(
      `The database ${this.description} failed: ${detailOf(cause)}. ` +
        'Check that it is running and reachable, and that the URL names the right user and database.',
      { cause },
    )
  }
}

/** The binding sends the values it is given; a copy satisfies its mutable type. */
function prepared({ name, text, values }: { name: string; text: string; values: readonly (string | number)[] }) {
  return { name, text, values: [...values] }
}

/** A name with several addresses fails with one error an address and no message of its own. */
function detailOf(cause: unknown): string {
  if (cause instanceof AggregateError && cause.errors.length > 0) return detailOf(cause.errors[0])
  return cause instanceof Error ? cause.message : String(cause)
}
