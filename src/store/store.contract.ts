/**
 * What every store promises, run by each. `open` opens the same place again each time, so that a test can close a
 * store and see what is left; the memory store hands out one instance, for which that is trivially true.
 */

import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { instant } from '../base/clock.ts'
import { BrokenInvariant } from '../base/invariant.ts'
import type { Commit, ObjectWrite, Store } from './store.ts'
import { StaleHead, StoreFailure } from './store.ts'

export interface Place {
  open(): Promise<Store>
  discard(): Promise<void>
}

export function storeContract(name: string, createPlace: () => Promise<Place>): void {
  describe(`${name}, as a store`, () => {
    let place: Place
    let store: Store

    beforeEach(async () => {
      place = await createPlace()
      store = await place.open()
    })

    afterEach(async () => {
      await store.close()
      await place.discard()
    })

    async function reopen(): Promise<void> {
      await store.close()
      store = await place.open()
    }

    roundTrips(() => store, reopen)
    refusals(() => store, reopen)
    walks(() => store, reopen)
  })
}

type Get = () => Store
type Reopen = () => Promise<void>

function roundTrips(store: Get, reopen: Reopen): void {
  test('a new store is empty and its head is 0', async () => {
    expect(await contents(store())).toEqual({ head: 0, objects: {} })
  })

  test('what was appended is there after reopening', async () => {
    await store().append([commit(put('sg-1', '{"name":"web"}'), put('sg-2', '{"name":"db"}'))], 0)
    await reopen()
    expect(await contents(store())).toEqual({
      head: 1,
      objects: { '1/eu group sg-1': '{"name":"web"}', '1/eu group sg-2': '{"name":"db"}' },
    })
  })

  test('each commit of a batch counts one', async () => {
    await store().append([commit(put('sg-1', '1')), commit(), commit(put('sg-2', '2'))], 0)
    await store().append([commit(put('sg-3', '3'))], 3)
    expect((await store().load()).head).toBe(4)
  })

  test('the last write of an object wins, within a batch and between batches', async () => {
    await store().append([commit(put('sg-1', '1'), put('sg-1', '2')), commit(put('sg-1', '3'))], 0)
    expect((await contents(store())).objects).toEqual({ '1/eu group sg-1': '3' })
    await store().append([commit(put('sg-1', '4'))], 2)
    expect((await contents(store())).objects).toEqual({ '1/eu group sg-1': '4' })
  })

  test('a removed object is gone, and one removed and made again in a batch is there', async () => {
    await store().append([commit(put('sg-1', '1'), put('sg-2', '2'))], 0)
    await store().append([commit(remove('sg-1'), remove('sg-2')), commit(put('sg-2', '3'))], 1)
    await store().append([commit(put('sg-4', '4')), commit(remove('sg-4'), remove('sg-never'))], 3)
    await reopen()
    expect((await contents(store())).objects).toEqual({ '1/eu group sg-2': '3' })
  })

  test('the same id in another scope or of another kind is another object', async () => {
    await store().append([commit(put('a', '1'), { kind: 'vpc', id: 'a', document: '2' })], 0)
    await store().append([{ ...commit(put('a', '3')), scope: '2/eu' }], 1)
    await store().append([commit(remove('a'))], 2)
    expect((await contents(store())).objects).toEqual({ '1/eu vpc a': '2', '2/eu group a': '3' })
  })

  test('every text that JSON can hold comes back as it was', async () => {
    const text = JSON.stringify({ a: 'é 日本語 🦊 \u0000 \u2028 \ud800 \' " \\ $1 ?1 %s', b: '\n\t\r' })
    await store().append([commit(put('sg-\'"é🦊', text))], 0)
    await reopen()
    expect((await contents(store())).objects).toEqual({ '1/eu group sg-\'"é🦊': text })
  })

  test('thousands of objects in one transaction come back', async () => {
    const commits = Array.from({ length: 3001 }, (_, n) => commit(put(`sg-${n}`, JSON.stringify({ n }))))
    await store().append(commits, 0)
    await store().append([commit(...Array.from({ length: 1500 }, (_, n) => remove(`sg-${n}`)))], 3001)
    await reopen()
    const { head, objects } = await contents(store())
    expect([head, Object.keys(objects).length, objects['1/eu group sg-3000']]).toEqual([3002, 1501, '{"n":3000}'])
  })
}

function refusals(store: Get, reopen: Reopen): void {
  test('a stale head is refused and changes nothing', async () => {
    await store().append([commit(put('sg-1', '1'))], 0)
    const before = await contents(store())
    for (const head of [0, 2]) {
      await expect(store().append([commit(put('sg-1', '2'), put('sg-2', '2'))], head)).rejects.toThrow(StaleHead)
    }
    expect(await contents(store())).toEqual(before)
    await store().append([commit(put('sg-1', '3'))], 1)
    expect((await contents(store())).head).toBe(2)
  })

  test('of two appends with the same head one is refused', async () => {
    const outcomes = await Promise.allSettled([
      store().append([commit(put('sg-1', '1'))], 0),
      store().append([commit(put('sg-1', '2'))], 0),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(await contents(store())).toEqual({ head: 1, objects: { '1/eu group sg-1': '1' } })
  })

  test('a batch in which one object cannot be stored leaves nothing', async () => {
    await store().append([commit(put('sg-1', '1'))], 0)
    const bad = [commit(put('sg-1', '2'), remove('sg-1')), commit(put('sg-2', '2')), commit(put('', '3'))]
    await expect(store().append(bad, 1)).rejects.toThrow(StoreFailure)
    expect(await contents(store())).toEqual({ head: 1, objects: { '1/eu group sg-1': '1' } })
    await reopen()
    await store().append([commit(put('sg-2', '4'))], 1)
    expect(await contents(store())).toEqual({ head: 2, objects: { '1/eu group sg-1': '1', '1/eu group sg-2': '4' } })
  })

  test('a raw NUL, which JSON text cannot hold, is refused and changes nothing', async () => {
    await expect(store().append([commit(put('sg-1', 'a\0b'))], 0)).rejects.toThrow(BrokenInvariant)
    expect(await contents(store())).toEqual({ head: 0, objects: {} })
  })
}

function walks(store: Get, reopen: Reopen): void {
  const write = fc.record({
    kind: fc.constantFrom('group', 'vpc'),
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    document: fc.option(
      fc.json().filter((text) => !text.includes('\0')),
      { nil: undefined },
    ),
  })
  const batches = fc.array(fc.array(fc.array(write, { maxLength: 6 }), { minLength: 1, maxLength: 12 }), {
    maxLength: 5,
  })

  test('any walk of commits leaves what a plain map would hold', { timeout: 30_000 }, async () => {
    let head = 0
    let walk = 0
    const model = new Map<string, string>()
    const property = fc.asyncProperty(batches, async (commits) => {
      const scope = `${++walk}/eu`
      for (const batch of commits) {
        await store().append(
          batch.map((objects) => ({ ...commit(...objects), scope })),
          head,
        )
        head += batch.length
        for (const { kind, id, document } of batch.flat()) {
          if (document === undefined) model.delete(`${scope} ${kind} ${id}`)
          else model.set(`${scope} ${kind} ${id}`, document)
        }
      }
      expect(await contents(store())).toEqual({ head, objects: Object.fromEntries(model) })
    })
    await fc.assert(property, { seed: 20261122, numRuns: 40 })
    await reopen()
    expect(await contents(store())).toEqual({ head, objects: Object.fromEntries(model) })
  })
}

/** A commit of the account `1` in `eu`. */
export function commit(...objects: ObjectWrite[]): Commit {
  return { scope: '1/eu', at: instant(1_795_000_000_000), changes: '[{"kind":"test"}]', objects }
}

export function put(id: string, document: string): ObjectWrite {
  return { kind: 'group', id, document }
}

export function remove(id: string): ObjectWrite {
  return { kind: 'group', id, document: undefined }
}

export async function contents(store: Store): Promise<{ head: number; objects: Record<string, string> }> {
  const { head, objects } = await store.load()
  const named = Array.from(objects, ({ scope, kind, id, document }) => [`${scope} ${kind} ${id}`, document])
  return { head, objects: Object.fromEntries(named) }
}
