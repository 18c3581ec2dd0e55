/**
 * What a batch of commits leaves behind: for each object its last write, since an object changed twice in one
 * transaction need be written only once. No two of the results name the same object, so their order is free.
 */

import { invariant } from '../base/invariant.ts'
import type { Commit, ObjectWrite } from './store.ts'

export interface ScopedWrite extends ObjectWrite {
  readonly scope: string
}

export function lastWrites(commits: readonly Commit[]): ScopedWrite[] {
  const last = new Map<string, ScopedWrite>()
  for (const { scope, changes, objects } of commits) {
    requireText(changes)
    for (const { kind, id, document } of objects) {
      const key = objectKey(scope, kind, id)
      requireText(key)
      requireText(document ?? '')
      last.set(key, { scope, kind, id, document })
    }
  }
  return [...last.values()]
}

export function objectKey(scope: string, kind: string, id: string): string {
  return `${scope}\n${kind}\n${id}`
}

/** SQLite's binding cuts a text at a NUL and PostgreSQL refuses it; JSON text writes it as an escape. */
function requireText(text: string): void {
  invariant(!text.includes('\0'), 'stored text is JSON or a name, and holds no NUL')
}
