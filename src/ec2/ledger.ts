/** Where the endpoint finds the world and leaves its changes; `app/` keeps one that is durable. */

import type { Change } from '../model/change.ts'
import type { Scope, World } from '../model/world.ts'

export interface Ledger {
  /** The newest world of a scope; undefined if it was never used. */
  find(scope: Scope): World | undefined
  /** Makes the changes at once, in memory; resolves when they are durable, rejects if they will not be. */
  commit(scope: Scope, changes: readonly Change[]): Promise<void>
  /** Resolves when all that `find` shows is durable, so that an answer may tell of it. */
  settled(): Promise<void>
}
