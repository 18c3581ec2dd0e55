/**
 * Group commit: commits that arrive together share one durable transaction, since the disk's flush, not the data, is
 * what a commit costs. The first commit waits for the end of the event loop's turn, so that requests read from other
 * sockets in the same turn can join it; while a transaction runs, the next batch gathers.
 */

import { invariant } from '../base/invariant.ts'
import type { Commit, Store } from './store.ts'

interface Waiting {
  readonly commit: Commit
  readonly resolve: (sequence: number) => void
  readonly reject: (cause: unknown) => void
}

/** Bounds the memory and the time of one transaction. */
const largestBatch = 512

export class CommitQueue {
  readonly #store: Pick<Store, 'append'>
  #head: number
  #waiting: Waiting[] = []
  #writing = 0
  #isRunning = false
  #last: Promise<unknown> = Promise.resolve()
  #failure: { readonly cause: unknown } | undefined

  constructor(store: Pick<Store, 'append'>, head: number) {
    this.#store = store
    this.#head = head
  }

  /** Commits accepted here and not yet known to be durable. */
  get pendingCount(): number {
    return this.#waiting.length + this.#writing
  }

  /** Whether an append has failed; every commit is refused until `restart`. */
  get hasFailed(): boolean {
    return this.#failure !== undefined
  }

  /** Resolves with the commit's sequence number once it is durable. */
  commit(commit: Commit): Promise<number> {
    if (this.#failure) return Promise.reject(this.#failure.cause)
    const durable = new Promise<number>((resolve, reject) => this.#waiting.push({ commit, resolve, reject }))
    this.#last = durable
    if (!this.#isRunning) void this.#run()
    return durable
  }

  /** Resolves when everything queued so far is durable, so that an answer may show it; rejects if it will not be. */
  async settled(): Promise<void> {
    if (this.#failure) throw this.#failure.cause
    await this.#last
  }

  /** Accepts commits again after a failure; `head` and the caller's state come from a fresh `load`. */
  restart(head: number): void {
    invariant(this.pendingCount === 0, 'a commit queue restarts only when nothing is pending')
    this.#head = head
    this.#failure = undefined
    this.#last = Promise.resolve()
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    while (this.#waiting.length > 0) {
      await endOfTurn()
      const batch = this.#waiting.splice(0, largestBatch)
      this.#writing = batch.length
      await this.#write(batch)
    }
    this.#isRunning = false
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.#store.append(
        batch.map((waiting) => waiting.commit),
        this.#head,
      )
    } catch (cause) {
      this.#fail(batch, cause)
      return
    }
    const first = this.#head + 1
    this.#head += batch.length
    this.#writing = 0
    for (const [index, waiting] of batch.entries()) waiting.resolve(first + index)
  }

  /** Later commits were computed on top of the lost ones, so they are lost as well. */
  #fail(batch: readonly Waiting[], cause: unknown): void {
    const lost = [...batch, ...this.#waiting]
    this.#failure = { cause }
    this.#waiting = []
    this.#writing = 0
    for (const waiting of lost) waiting.reject(cause)
  }
}

function endOfTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
