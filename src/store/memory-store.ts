/** A store that forgets everything when the process ends: for `--memory`, tests and recorded scenes. */

import { lastWrites, objectKey } from './last-writes.ts'
import type { Commit, Contents, Store, StoredObject } from './store.ts'
import { StaleHead, StoreFailure } from './store.ts'

export class MemoryStore implements Store {
  readonly description = 'memory'
  readonly #objects = new Map<string, StoredObject>()
  #head = 0

  load(): Promise<Contents> {
    return Promise.resolve({ head: this.#head, objects: [...this.#objects.values()] })
  }

  async append(commits: readonly Commit[], head: number): Promise<void> {
    if (head !== this.#head) throw new StaleHead(head)
    const writes = lastWrites(commits)
    /** The SQL stores refuse an empty name by a constraint of the table; the contract asks the same of every store. */
    if (writes.some(({ kind, id }) => kind === '' || id === '')) {
      throw new StoreFailure('An object without a kind or an id cannot be stored.')
    }
    for (const { scope, kind, id, document } of writes) {
      if (document === undefined) this.#objects.delete(objectKey(scope, kind, id))
      else this.#objects.set(objectKey(scope, kind, id), { scope, kind, id, document })
    }
    this.#head += commits.length
  }

  close(): Promise<void> {
    return Promise.resolve()
  }
}
