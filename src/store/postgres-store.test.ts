/** The PostgreSQL store against a real server: the contract, and what only a connection can get wrong. */

import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Postgres, postgresBinaries, startPostgres } from '../../test/postgres.ts'
import { openStore } from './open-store.ts'
import { commit, contents, type Place, put, storeContract } from './store.contract.ts'
import { StaleHead, StoreFailure } from './store.ts'

let server: Postgres
let databases = 0

async function asAdministrator(text: string, url = server.url): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

async function createDatabase(options = ''): Promise<string> {
  const name = `test_${++databases}`
  await asAdministrator(`create database ${name} ${options}`)
  return server.url.replace(/postgres$/, name)
}

async function createPlace(): Promise<Place> {
  const url = await createDatabase()
  return { open: () => openStore({ url }), discard: async () => undefined }
}

/** Ends every session of the database but the administrator's own, as a restarting server does. */
function breakSessions(url: string): Promise<unknown> {
  return asAdministrator(
    `select pg_terminate_backend(pid, 5000) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()`,
    url,
  )
}

describe.skipIf(postgresBinaries() === undefined)('with a real PostgreSQL', () => {
  beforeAll(async () => {
    server = await startPostgres()
  })

  afterAll(() => server?.stop())

  storeContract('the PostgreSQL store', createPlace)

  test('a database serves one server at a time', async () => {
    const url = await createDatabase()
    const store = await openStore({ url })
    await expect(openStore({ url })).rejects.toThrow(/is in use by another Sallyport server/)
    await store.close()
    await (await openStore({ url })).close()
  })

  test('a connection lost while idle is made again, and the head still guards the store', async () => {
    const url = await createDatabase()
    const store = await openStore({ url })
    await store.append([commit(put('sg-1', '1'))], 0)
    await breakSessions(url)
    await expect.poll(() => store.append([commit(put('sg-1', '2'))], 1).then(() => 'stored', String)).toBe('stored')

    await breakSessions(url)
    const other = await openStore({ url })
    await other.append([commit(put('sg-1', '3'))], 2)
    await expect(store.append([commit(put('sg-1', '4'))], 2)).rejects.toThrow(/in use by another|failed/)
    await other.close()
    await expect(store.append([commit(put('sg-1', '4'))], 2)).rejects.toThrow(StaleHead)
    expect(await contents(store)).toEqual({ head: 3, objects: { '1/eu group sg-1': '3' } })
    await store.close()
  })

  test('a connection lost in a transaction is a failure that leaves nothing', async () => {
    const url = await createDatabase()
    const store = await openStore({ url })
    const blocker = new Client({ connectionString: url })
    blocker.on('error', () => undefined)
    await blocker.connect()
    await blocker.query('begin; lock table sallyport.object in exclusive mode')
    const append = store.append([commit(put('sg-1', '1'))], 0)
    const failure = append.catch((cause: unknown) => cause)
    await expect
      .poll(() => asAdministrator("select 1 from pg_stat_activity where wait_event_type = 'Lock'", url))
      .toHaveLength(1)
    await breakSessions(url)
    expect(await failure).toBeInstanceOf(StoreFailure)
    expect(await contents(store)).toEqual({ head: 0, objects: {} })
    await store.append([commit(put('sg-1', '2'))], 0)
    await store.close()
  })

  test('a store of a newer version is refused and left as it is', async () => {
    const url = await createDatabase()
    await (await openStore({ url })).close()
    await asAdministrator('update sallyport.meta set format = 2', url)
    await expect(openStore({ url })).rejects.toThrow(/written by a newer version of Sallyport \(format 2/)
    expect(await asAdministrator('select format from sallyport.meta', url)).toEqual([{ format: '2' }])
  })

  test('a database that cannot hold every text is refused', async () => {
    const url = await createDatabase(`encoding 'LATIN1' template template0`)
    await expect(openStore({ url })).rejects.toThrow(/create it with encoding UTF8/)
  })

  test('a changed document is noticed when it is loaded', async () => {
    const url = await createDatabase()
    const store = await openStore({ url })
    await store.append([commit(put('sg-1', '"one"'))], 0)
    await asAdministrator(`update sallyport.object set document = '"two"'`, url)
    await expect(contents(store)).rejects.toThrow(/is damaged: group sg-1 is not as it was written/)
    await store.close()
  })

  test('the history keeps every commit in order', async () => {
    const url = await createDatabase()
    const store = await openStore({ url })
    await store.append([commit(put('sg-1', '1')), { ...commit(), scope: '2/us', changes: '["gone"]' }], 0)
    await store.close()
    expect(await asAdministrator('select seq, at, scope, changes from sallyport.change order by seq', url)).toEqual([
      { seq: '1', at: '1795000000000', scope: '1/eu', changes: '[{"kind":"test"}]' },
      { seq: '2', at: '1795000000000', scope: '2/us', changes: '["gone"]' },
    ])
  })

  test('neither the description nor a failure shows the password', async () => {
    const url = (await createDatabase()).replace('sallyport@', 'sallyport:hunter2@')
    const store = await openStore({ url })
    expect(store.description).toMatch(/^postgres \(127\.0\.0\.1:\d+\/test_\d+\)$/)
    await store.close()
    await expect(store.append([commit()], 0)).rejects.toThrow(/is closed/)
    const failure: unknown = await openStore({ url: `${url}_missing` }).catch((cause: unknown) => cause)
    expect(failure).toBeInstanceOf(StoreFailure)
    expect(String(failure)).toMatch(/database "test_\d+_missing" does not exist/)
    expect(JSON.stringify(failure, Object.getOwnPropertyNames(failure))).not.toContain('hunter2')
  })
})

test('a server that does not answer is reported by host and port', async () => {
  const opening = openStore({ url: 'postgres://me:hunter2@localhost:1/db' })
  await expect(opening).rejects.toThrow(/^The database postgres \(localhost:1\/db\) failed: connect ECONNREFUSED/)
})

test.each(['postgres://me:hunter2#x@host/db', 'mysql://me:hunter2@host/db', 'hunter2'])(
  'the URL %s is refused without repeating it',
  async (url) => {
    const failure: unknown = await openStore({ url }).catch((cause: unknown) => cause)
    expect(failure).toBeInstanceOf(StoreFailure)
    expect(String(failure)).toContain('is not of the form postgres://USER:PASSWORD@HOST:PORT/DATABASE')
    expect(failure).not.toHaveProperty('cause')
    expect(String(failure)).not.toContain('hunter2')
  },
)
