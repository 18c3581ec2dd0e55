/**
 * One connection that owns the database: it holds an advisory lock, which the server drops with the session. Whoever
 * gets the lock therefore knows that no commit of an earlier session is still under way.
 */

import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { createTables, selectFormat } from './statements.ts'
import { StoreFailure } from './store.ts'
import { requireKnownFormat } from './store-format.ts'

export interface Session {
  readonly client: Client
  readonly isLost: boolean
}

/** `sallypor` in ASCII: one number in the database's space of advisory locks. */
const lockKey = '8314045600252325746'
const lockAttempts = 20
const lockPause = 100
const connectTimeout = 10_000

export async function openSession(url: string, description: string): Promise<Session> {
  const client = new Client({
    connectionString: url,
    application_name: 'sallyport',
    connectionTimeoutMillis: connectTimeout,
    keepAlive: true,
  })
  const session = { client, isLost: false }
  /** An idle connection that breaks reports it here; without a listener the process would end. */
  client.on('error', () => {
    session.isLost = true
  })
  try {
    await client.connect()
    await takeLock(client, description)
    await prepareDatabase(client, description)
  } catch (cause) {
    dropSession(session)
    throw cause
  }
  return session
}

/** The server rolls back what the session had begun. */
export function dropSession(session: Session): void {
  session.client.end().catch(() => undefined)
}

/** A killed server's session outlives it by moments, so a taken lock is tried again before it is believed. */
async function takeLock(client: Client, description: string): Promise<void> {
  for (let attempt = 1; attempt <= lockAttempts; attempt += 1) {
    const { rows } = await client.query<{ taken: boolean }>(`select pg_try_advisory_lock(${lockKey}) as taken`)
    if (rows[0]?.taken) return
    await sleep(lockPause)
  }
  throw new StoreFailure(
    `The database ${description} is in use by another Sallyport server. ` +
      'Stop that server, or give this one a database of its own.',
  )
}

async function prepareDatabase(client: Client, description: string): Promise<void> {
  const { rows: settings } = await client.query<{ encoding: string; format_table: string | null }>(
    `select current_setting('server_encoding') as encoding, to_regclass('sallyport.meta') as format_table`,
  )
  if (settings[0]?.encoding !== 'UTF8') {
    throw new StoreFailure(`The database ${description} cannot hold every text: create it with encoding UTF8.`)
  }
  /** An answer must not leave before its commit is on disk, whatever the server's default. */
  await client.query(
    `select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'`,
  )
  if (settings[0].format_table !== null) {
    await client.query('set search_path to sallyport')
    const { rows } = await client.query<{ format: string }>(selectFormat)
    requireKnownFormat(`The database ${description}`, rows[0]?.format)
  } else {
    const statements = ['create schema if not exists sallyport', 'set search_path to sallyport', ...createTables]
    await client.query(`begin; ${statements.join('; ')}; commit`)
  }
}
