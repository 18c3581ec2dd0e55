/** Group commit over a store whose transactions the test finishes by hand. */

import { expect, test } from 'vitest'
import { CommitQueue } from './group-commit.ts'
import { MemoryStore } from './memory-store.ts'
import { commit, contents, put } from './store.contract.ts'
import type { Commit } from './store.ts'
import { StaleHead, StoreFailure } from './store.ts'

/** Holds each append until `finish`; `sizes` lists the batches seen. */
function heldStore() {
  const held: { resolve: () => void; reject: (cause: Error) => void }[] = []
  const sizes: number[] = []
  return {
    sizes,
    append(commits: readonly Commit[]): Promise<void> {
      sizes.push(commits.length)
      return new Promise((resolve, reject) => held.push({ resolve, reject }))
    },
    async finish(cause?: Error): Promise<void> {
      const append = held.shift()
      if (cause) append?.reject(cause)
      else append?.resolve()
      await turn()
    },
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
}

test('commits of one turn of the event loop share a transaction and are numbered in order', async () => {
  const store = heldStore()
  const queue = new CommitQueue(store, 10)
  const answers = Promise.all([1, 2, 3].map((n) => queue.commit(commit(put('a', `${n}`)))))
  await turn()
  expect([store.sizes, queue.pendingCount]).toEqual([[3], 3])
  await store.finish()
  expect([await answers, queue.pendingCount]).toEqual([[11, 12, 13], 0])
})

test('no commit is answered before its transaction is durable', async () => {
  const store = heldStore()
  const queue = new CommitQueue(store, 0)
  const answered: number[] = []
  const note = (sequence: number) => answered.push(sequence)
  const first = queue.commit(commit()).then(note)
  await turn()
  const second = queue.commit(commit()).then(note)
  await turn()
  expect(answered).toEqual([])
  await store.finish()
  expect([answered, store.sizes]).toEqual([[1], [1, 1]])
  await store.finish()
  await Promise.all([first, second])
  expect(answered).toEqual([1, 2])
})

test('what arrives while a transaction runs goes together into the next, up to a bound', async () => {
  const store = heldStore()
  const queue = new CommitQueue(store, 0)
  void queue.commit(commit())
  await turn()
  const last = Array.from({ length: 600 }, () => queue.commit(commit())).at(-1)
  for (const _ of [1, 2, 3]) await store.finish()
  expect([store.sizes, await last]).toEqual([[1, 512, 88], 601])
})

test('settled waits for everything queued so far and for nothing when nothing is', async () => {
  const store = heldStore()
  const queue = new CommitQueue(store, 0)
  await queue.settled()
  void queue.commit(commit())
  let isSettled = false
  const settled = queue.settled().then(() => {
    isSettled = true
  })
  await turn()
  expect(isSettled).toBe(false)
  await store.finish()
  await settled
})

test('a failed transaction refuses every queued commit with the cause, until the queue is restarted', async () => {
  const store = heldStore()
  const queue = new CommitQueue(store, 0)
  const cause = new StoreFailure('the disk is full')
  const outcomes = [queue.commit(commit())]
  await turn()
  outcomes.push(queue.commit(commit()))
  const settled = expect(queue.settled()).rejects.toBe(cause)
  const refused = Promise.all(outcomes.map((outcome) => expect(outcome).rejects.toBe(cause)))
  await store.finish(cause)
  await Promise.all([refused, settled])
  expect([queue.hasFailed, queue.pendingCount, store.sizes]).toEqual([true, 0, [1]])
  await expect(queue.commit(commit())).rejects.toBe(cause)
  await expect(queue.settled()).rejects.toBe(cause)

  queue.restart(7)
  await queue.settled()
  const next = queue.commit(commit())
  await turn()
  await store.finish()
  expect([await next, queue.hasFailed]).toEqual([8, false])
})

test('another writer is noticed, and a fresh load lets the queue go on', async () => {
  const store = new MemoryStore()
  const queue = new CommitQueue(store, 0)
  await store.append([commit(put('other', '1'))], 0)
  await expect(queue.commit(commit(put('mine', '1')))).rejects.toThrow(StaleHead)
  queue.restart((await store.load()).head)
  expect(await queue.commit(commit(put('mine', '2')))).toBe(2)
  expect((await contents(store)).objects).toEqual({ '1/eu group other': '1', '1/eu group mine': '2' })
})
