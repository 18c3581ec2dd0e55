/** The SQLite store: the contract, and what only a directory of files can get wrong. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openStore } from './open-store.ts'
import { loadSqlite, sqliteFailure } from './sqlite-binding.ts'
import { commit, contents, put, remove, storeContract } from './store.contract.ts'
import { StoreFailure } from './store.ts'

storeContract('the SQLite store', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'sallyport-store-'))
  return {
    open: () => openStore({ directory }),
    discard: async () => rmSync(directory, { recursive: true }),
  }
})

let root: string
let directory: string
let file: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sallyport-store-'))
  directory = join(root, 'da ta#1?%41')
  file = join(directory, 'sallyport.db')
})

afterEach(() => rmSync(root, { recursive: true }))

/** Enough pages that damage in the middle of the file hits some document. */
async function filledDirectory(): Promise<void> {
  const store = await openStore({ directory })
  await store.append(
    Array.from({ length: 50 }, (_, n) => commit(put(`sg-${n}`, JSON.stringify({ text: `${n}`.repeat(6000) })))),
    0,
  )
  await store.close()
}

/** The files as a killed server leaves them: copied while it has them open, with commits still in the log. */
async function killedDirectory(...statements: string[]): Promise<void> {
  const original = join(root, 'original')
  const store = await openStore({ directory: original })
  await store.append([commit(put('sg-1', '1'))], 0)
  edit(join(original, 'sallyport.db'), ...statements)
  mkdirSync(directory)
  for (const name of ['sallyport.db', 'sallyport.db-wal']) copyFileSync(join(original, name), join(directory, name))
  await store.close()
}

function snapshot(): Record<string, string> {
  const names = readdirSync(directory).filter((name) => !name.endsWith('.lock') && !name.endsWith('-shm'))
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(directory, name)).toString('base64')]))
}

/** Opening and loading fails with `message`, and every file is as it was. */
async function expectUntouched(message: string | RegExp): Promise<void> {
  const before = snapshot()
  const load = async () => contents(await openStore({ directory }))
  const failure = await load().catch((cause: unknown) => cause)
  expect(failure).toBeInstanceOf(StoreFailure)
  expect(failure).toHaveProperty('message', expect.stringMatching(message))
  expect(String(failure)).toContain(directory)
  expect(snapshot()).toEqual(before)
}

function edit(path: string, ...statements: string[]): void {
  const database = new Database(path)
  for (const statement of statements) database.exec(statement)
  database.close()
}

describe('a directory', () => {
  test('is created for its owner alone, and named in the description', async () => {
    const store = await openStore({ directory })
    expect([store.description, statSync(directory).mode & 0o777]).toEqual([`sqlite (${directory})`, 0o700])
    await store.close()
  })

  test('serves one server at a time', async () => {
    const store = await openStore({ directory })
    await expect(openStore({ directory })).rejects.toThrow(
      `The data directory ${directory} is in use by another Sallyport server. ` +
        'Stop that server, or give this one a directory of its own.',
    )
    await store.append([commit(put('sg-1', '1'))], 0)
    await store.close()
    await (await openStore({ directory })).close()
  })

  test('is free again the moment the process that held it is killed', async () => {
    await (await openStore({ directory })).close()
    const hold = `const lock = new (require(process.argv[1]))(process.argv[2]); lock.exec('begin exclusive')
      process.stdout.write('held'); setInterval(() => lock.exec('select 1'), 1000)`
    const binding = createRequire(import.meta.url).resolve('libsql')
    const holder = spawn(process.execPath, ['-e', hold, binding, join(directory, 'sallyport.lock')])
    await once(holder.stdout, 'data')
    await expect(openStore({ directory })).rejects.toThrow('in use by another Sallyport server')
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    await (await openStore({ directory })).close()
  })

  test('holds one data file after the store is closed', async () => {
    await filledDirectory()
    expect(readdirSync(directory).sort()).toEqual(['sallyport.db', 'sallyport.lock'])
  })

  test('that cannot be made is refused with the reason', async () => {
    writeFileSync(join(root, 'file'), '')
    await expect(openStore({ directory: join(root, 'file', 'data') })).rejects.toThrow(/cannot be created: ENOTDIR/)
  })

  test('of a killed server has every commit, though they are still in the log', async () => {
    await killedDirectory()
    expect(statSync(`${file}-wal`).size).toBeGreaterThan(0)
    const store = await openStore({ directory })
    expect(await contents(store)).toEqual({ head: 1, objects: { '1/eu group sg-1': '1' } })
    await store.close()
  })

  test('whose server died before its first transaction is a new one', async () => {
    await (await openStore({ directory })).close()
    rmSync(file)
    edit(file, 'pragma journal_mode = wal')
    expect(statSync(file).size).toBeGreaterThan(0)
    const store = await openStore({ directory })
    expect(await contents(store)).toEqual({ head: 0, objects: {} })
    await store.close()
  })
})

describe('a file that must not be used is left as it is:', () => {
  test('one that is no database', async () => {
    await filledDirectory()
    writeFileSync(file, 'my holiday photographs\n'.repeat(500))
    await expectUntouched(/is not an SQLite database/)
  })

  test('the database of another program', async () => {
    await filledDirectory()
    rmSync(file)
    edit(file, 'create table bookmark (url text)')
    await expectUntouched(/is an SQLite database of another program/)
  })

  test('one written by a newer version', async () => {
    await filledDirectory()
    edit(file, 'update meta set format = 2', 'pragma wal_checkpoint(truncate)')
    await expectUntouched(/was written by a newer version of Sallyport \(format 2; this version reads 1\)/)
  })

  test('one whose newer version stands in the log alone', async () => {
    await killedDirectory('update meta set format = 3')
    await expectUntouched(/newer version of Sallyport \(format 3/)
  })

  test('one that states no format', async () => {
    await filledDirectory()
    edit(file, 'delete from meta', 'pragma wal_checkpoint(truncate)')
    await expectUntouched(/is damaged: it does not state a format/)
  })

  test('one cut short', async () => {
    await filledDirectory()
    truncateSync(file, Math.floor(statSync(file).size / 2))
    await expectUntouched(/is damaged/)
  })

  test.each([1, 3, 20, 60])('one whose page %i is overwritten', async (page) => {
    await filledDirectory()
    const bytes = readFileSync(file)
    bytes.fill(0xa5, page * 4096, (page + 1) * 4096)
    writeFileSync(file, bytes)
    await expectUntouched(/is damaged/)
  })

  test('one with a single changed byte in a document', async () => {
    await filledDirectory()
    const bytes = readFileSync(file)
    const at = bytes.indexOf('"text":"7777')
    bytes.write('8', at + 2000)
    writeFileSync(file, bytes)
    await expectUntouched(/is damaged: group sg-\d+ is not as it was written/)
  })
})

test('the history keeps every commit in order', async () => {
  const store = await openStore({ directory })
  await store.append([commit(put('sg-1', '1')), { ...commit(remove('sg-1')), scope: '2/us', changes: '["gone"]' }], 0)
  await store.append([commit()], 2)
  await store.close()
  const rows = new Database(file).prepare('select seq, at, scope, changes from change order by seq').raw().all()
  expect(rows).toEqual([
    [1, 1_795_000_000_000, '1/eu', '[{"kind":"test"}]'],
    [2, 1_795_000_000_000, '2/us', '["gone"]'],
    [3, 1_795_000_000_000, '1/eu', '[{"kind":"test"}]'],
  ])
})

test('a closed store refuses politely and may be closed twice', async () => {
  const store = await openStore({ directory })
  await store.close()
  await store.close()
  await expect(store.append([commit()], 0)).rejects.toThrow(`The store sqlite (${directory}) is closed.`)
})

test('a missing binding is reported with the way out', async () => {
  const missing = () => Promise.reject(new Error("Cannot find module '@libsql/linux-x64-gnu'"))
  await expect(loadSqlite(missing)).rejects.toThrow(/Install again without --omit=optional/)
})

test.each([
  ['SQLITE_FULL', 'the disk is full'],
  ['SQLITE_IOERR_WRITE', 'the disk reports an error'],
  ['SQLITE_READONLY_DIRECTORY', 'Check the permissions'],
])('%s is worded for people', (code, words) => {
  const cause = Object.assign(new Error('terse'), { code })
  expect(sqliteFailure('/data/sallyport.db', cause)).toMatchObject({ message: expect.stringContaining(words), cause })
})
