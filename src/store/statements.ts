/**
 * Every SQL statement of the durable stores, once for both engines, with PostgreSQL's `$n` parameters (SQLite reads
 * `?n`). Rows go in runs of fixed lengths, so that there are few distinct statements to prepare.
 */

import { crc32 } from 'node:zlib'
import { lastWrites } from './last-writes.ts'
import type { Commit, StoredObject } from './store.ts'
import { storeFormat } from './store-format.ts'

export interface Statement {
  /** Names the prepared statement: the same name always has the same text. */
  readonly name: string
  readonly text: string
  readonly values: readonly (string | number)[]
}

/** `bigint`, because a checksum has 32 unsigned bits and an instant more. */
export const createTables = [
  'create table if not exists meta (format bigint not null)',
  'create table if not exists head (seq bigint not null)',
  `create table if not exists change (
     seq bigint not null primary key, at bigint not null, scope text not null, changes text not null)`,
  `create table if not exists object (
     scope text not null, kind text not null check (kind <> ''), id text not null check (id <> ''),
     document text not null, checksum bigint not null, primary key (scope, kind, id))`,
  `insert into meta (format) select ${storeFormat} where not exists (select 1 from meta)`,
  'insert into head (seq) select 0 where not exists (select 1 from head)',
]

export const selectFormat = 'select format from meta'
export const selectHead = 'select seq from head'
export const selectObjects = 'select scope, kind, id, document, checksum from object'

/** Returns a row only when the stored head is the expected one: the lock that needs no lock. */
export function advanceHead(expected: number, next: number): Statement {
  const text = 'update head set seq = $1 where seq = $2 returning seq'
  return { name: 'advance-head', text, values: [next, expected] }
}

/** What follows `advanceHead` in the transaction. */
export function writesFor(commits: readonly Commit[], head: number): Statement[] {
  const changes = commits.map(({ at, scope, changes }, index) => [head + 1 + index, at, scope, changes])
  const upserts: Row[] = []
  const removals: Row[] = []
  for (const { scope, kind, id, document } of lastWrites(commits)) {
    if (document === undefined) removals.push([scope, kind, id])
    else upserts.push([scope, kind, id, document, crc32(document)])
  }
  return [
    ...inRuns('insert-change', changes, insertChanges),
    ...inRuns('upsert-object', upserts, upsertObjects),
    ...inRuns('delete-object', removals, deleteObjects),
  ]
}

export interface ObjectRow extends StoredObject {
  readonly checksum: number | string
}

/** Neither engine notices a changed byte inside a text, so each document carries its own checksum. */
export function isIntact(row: ObjectRow): boolean {
  return typeof row.document === 'string' && crc32(row.document) === Number(row.checksum)
}

type Row = readonly (string | number)[]

const insertChanges = (rows: string) => `insert into change (seq, at, scope, changes) values ${rows}`

const upsertObjects = (rows: string) =>
  `insert into object (scope, kind, id, document, checksum) values ${rows}
   on conflict (scope, kind, id) do update set document = excluded.document, checksum = excluded.checksum`

const deleteObjects = (rows: string) => `delete from object where (scope, kind, id) in (values ${rows})`

const runLengths = [64, 8, 1]

function inRuns(name: string, rows: readonly Row[], textFor: (rows: string) => string): Statement[] {
  const statements: Statement[] = []
  let start = 0
  for (const length of runLengths) {
    while (rows.length - start >= length) {
      const run = rows.slice(start, start + length)
      statements.push({ name: `${name}-${length}`, text: textFor(placeholders(run)), values: run.flat() })
      start += length
    }
  }
  return statements
}

function placeholders(rows: readonly Row[]): string {
  let count = 0
  return rows.map((row) => `(${row.map(() => `$${++count}`).join(', ')})`).join(', ')
}
