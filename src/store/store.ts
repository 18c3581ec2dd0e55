/**
 * The contract of a durable store: accepted changes go in, in order, and after a restart the objects
 * as they stood come out. It knows nothing of what a document says; every store runs store.contract.ts.
 */

import type { Instant } from '../base/clock.ts'

/** One object as it stands after a commit: its JSON text, or `undefined` when the commit removed it. */
export interface ObjectWrite {
  readonly kind: string
  readonly id: string
  readonly document: string | undefined
}

/** What one accepted request changed. */
export interface Commit {
  /** `account/region` */
  readonly scope: string
  readonly at: Instant
  /** JSON text of the list of changes, kept in order as the history. */
  readonly changes: string
  readonly objects: readonly ObjectWrite[]
}

export interface StoredObject {
  readonly scope: string
  readonly kind: string
  readonly id: string
  readonly document: string
}

export interface Contents {
  /** Sequence number of the last commit; 0 when there is none. */
  readonly head: number
  /** May be read once, and only while the store is open. */
  readonly objects: Iterable<StoredObject>
}

export interface Store {
  /** For people: `memory`, `sqlite (DIRECTORY)`, `postgres (HOST/DATABASE)`; never a password. */
  readonly description: string
  load(): Promise<Contents>
  /**
   * Appends the commits as head + 1, head + 2, … in one durable transaction: all of them or none. Rejects with
   * StaleHead when `head` is not the stored head. After a StoreFailure only `load` can tell whether they are stored:
   * a connection may die between the commit and its confirmation.
   */
  append(commits: readonly Commit[], head: number): Promise<void>
  close(): Promise<void>
}

/** Another writer has committed since this one last looked; nothing was written. */
export class StaleHead extends Error {
  override readonly name = 'StaleHead'

  constructor(expected: number) {
    super(
      `The store has moved past commit ${expected}: another server has written to it. Nothing was stored. ` +
        'Stop one of the two servers and restart the other.',
    )
  }
}

/** The machine, the file or the database failed; the message says what the user can do. */
export class StoreFailure extends Error {
  override readonly name = 'StoreFailure'
}
