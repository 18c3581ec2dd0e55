/**
 * The worlds in memory, kept in step with a store: a change is applied at once, so that the next
 * request builds on it, and is answered when it is durable. If the store fails, the worlds go back
 * to what it holds and every request is refused until that is known.
 */

import type { Clock } from '../base/clock.ts'
import { invariant } from '../base/invariant.ts'
import type { Ledger } from '../ec2/ledger.ts'
import { type Change, touched } from '../model/change.ts'
import type { Kind, Objects } from '../model/objects.ts'
import { reject, rejection } from '../model/rejection.ts'
import type { ReadonlySortedMap } from '../model/sorted-map.ts'
import { apply, emptyWorld, type Scope, type World, worldOf } from '../model/world.ts'
import { CommitQueue } from '../store/group-commit.ts'
import type { Contents, ObjectWrite, Store } from '../store/store.ts'

export type LedgerState = 'serving' | 'recovering'

export type StoreEvent = { readonly kind: 'failed'; readonly cause: unknown } | { readonly kind: 'recovered' }

/** One step of a scope's world, from one version to the next. */
export interface Step {
  readonly before: World
  readonly after: World
  readonly changes: readonly Change[]
}

/** Worlds that were read again after a failure of the store come without a step. */
export type StepListener = (step: Step) => void

interface Parts {
  readonly store: Store
  readonly clock: Clock
  /** Told of each failure of the store, and of its end. */
  readonly onStore: (event: StoreEvent) => void
}

const retryAfter = 500

/** Reads everything the store holds. Rejects with what `load` rejects with. */
export async function openLedger(parts: Parts): Promise<StoredLedger> {
  const contents = await parts.store.load()
  return new StoredLedger(parts, contents)
}

export class StoredLedger implements Ledger {
  readonly #parts: Parts
  readonly #queue: CommitQueue
  #worlds: Map<string, World>
  #head: number
  #state: LedgerState = 'serving'
  /** How often the worlds were read again: one failure reaches many waiters, some after the recovery from it. */
  #epoch = 0
  #isClosed = false
  readonly #listeners: StepListener[] = []

  constructor(parts: Parts, contents: Contents) {
    this.#parts = parts
    this.#head = contents.head
    this.#worlds = worldsFrom(contents)
    this.#queue = new CommitQueue(parts.store, contents.head)
  }

  get state(): LedgerState {
    return this.#state
  }

  /** The number of the last durable commit, over all worlds. */
  get head(): number {
    return this.#head
  }

  /** The newest world of every scope that was used. */
  get worlds(): readonly World[] {
    return [...this.#worlds.values()]
  }

  /** The listener is told of each step of every scope at once, before the change is durable. */
  follow(listener: StepListener): void {
    this.#listeners.push(listener)
  }

  find(scope: Scope): World | undefined {
    if (this.#state === 'recovering') reject('Unavailable')
    return this.#worlds.get(keyOf(scope))
  }

  async commit(scope: Scope, changes: readonly Change[]): Promise<void> {
    const before = this.find(scope) ?? emptyWorld(scope)
    const world = apply(before, changes)
    this.#worlds.set(keyOf(scope), world)
    for (const listener of this.#listeners) listener({ before, after: world, changes })
    const durable = this.#queue.commit({
      scope: keyOf(scope),
      at: this.#parts.clock(),
      changes: JSON.stringify(changes),
      objects: writesOf(world, changes),
    })
    const head = await this.#unlessFailed(durable)
    this.#head = Math.max(this.#head, head)
  }

  async settled(): Promise<void> {
    if (this.#queue.pendingCount > 0 || this.#queue.hasFailed) await this.#unlessFailed(this.#queue.settled())
  }

  /** Waits for what is under way and closes the store. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#queue.settled().catch(() => undefined)
    await this.#parts.store.close()
  }

  async #unlessFailed<T>(durable: Promise<T>): Promise<T> {
    const epoch = this.#epoch
    try {
      return await durable
    } catch (cause) {
      if (this.#state === 'serving' && epoch === this.#epoch) this.#recover(cause)
      throw rejection('Unavailable')
    }
  }

  #recover(cause: unknown): void {
    this.#state = 'recovering'
    this.#parts.onStore({ kind: 'failed', cause })
    void this.#reload()
  }

  async #reload(): Promise<void> {
    while (!this.#isClosed) {
      try {
        const contents = await this.#parts.store.load()
        this.#worlds = worldsFrom(contents)
        this.#head = contents.head
        this.#queue.restart(contents.head)
        this.#epoch += 1
        this.#state = 'serving'
        this.#parts.onStore({ kind: 'recovered' })
        return
      } catch {
        await new Promise((resolve) => setTimeout(resolve, retryAfter))
      }
    }
  }
}

function keyOf({ account, region }: Scope): string {
  return `${account}/${region}`
}

function scopeOf(key: string): Scope {
  const [account, region] = key.split('/')
  invariant(account && region, `${key} is account/region`)
  return { account, region }
}

function worldsFrom({ objects }: Contents): Map<string, World> {
  const byScope = new Map<string, { kind: Kind; object: Objects[Kind] }[]>()
  for (const { scope, kind, document } of objects) {
    const list = byScope.get(scope) ?? []
    byScope.set(scope, list)
    list.push({ kind: kind as Kind, object: JSON.parse(document) as Objects[Kind] })
  }
  return new Map(Array.from(byScope, ([key, list]) => [key, worldOf(scopeOf(key), list)]))
}

/** Each object that the changes touch, as it stands after all of them. */
function writesOf(world: World, changes: readonly Change[]): ObjectWrite[] {
  const writes = new Map<string, ObjectWrite>()
  for (const change of changes) {
    const { of: kind, id } = touched(change)
    const key = `${kind} ${id}`
    if (writes.has(key)) continue
    const object = (world[kind] as ReadonlySortedMap<unknown>).get(id)
    writes.set(key, { kind, id, document: object === undefined ? undefined : JSON.stringify(object) })
  }
  return [...writes.values()]
}
