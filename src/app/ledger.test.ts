/** The ledger over stores that fail, and over one that another ledger writes to. */

import { describe, expect, test } from 'vitest'
import { instant } from '../base/clock.ts'
import { put } from '../model/change.ts'
import type { VpcId } from '../model/ids.ts'
import { Rejection } from '../model/rejection.ts'
import type { Scope, World } from '../model/world.ts'
import { MemoryStore } from '../store/memory-store.ts'
import { StoreFailure } from '../store/store.ts'
import { openLedger, type StoredLedger, type StoreEvent } from './ledger.ts'

const scope: Scope = { account: '123456789012', region: 'us-east-1' }

function group(name: string) {
  const vpc: VpcId = 'vpc-00000000000000001'
  const id = `sg-${name}` as const
  return put('securityGroup', { id, vpc, name, description: name, rules: [], hasOriginalEgress: true })
}

/** A store that fails when told to: before it has written, or after, when only the answer is lost. */
class FragileStore extends MemoryStore {
  fails: 'before' | 'after' | undefined
  loadsFailing = 0

  override async append(...args: Parameters<MemoryStore['append']>): Promise<void> {
    await Promise.resolve()
    const failure = this.fails
    this.fails = undefined
    if (failure === 'before') throw new StoreFailure('the disk is gone')
    await super.append(...args)
    if (failure === 'after') throw new StoreFailure('the connection is gone')
  }

  override async load() {
    if (this.loadsFailing > 0) {
      this.loadsFailing -= 1
      throw new StoreFailure('still gone')
    }
    return super.load()
  }
}

interface Bench {
  readonly ledger: StoredLedger
  readonly events: StoreEvent['kind'][]
}

async function open(store: MemoryStore): Promise<Bench> {
  const events: StoreEvent['kind'][] = []
  const ledger = await openLedger({ store, clock: () => instant(0), onStore: ({ kind }) => events.push(kind) })
  return { ledger, events }
}

const namesIn = (world: World | undefined) => Array.from(world?.securityGroup.values() ?? [], ({ name }) => name)
const names = ({ ledger }: Bench) => namesIn(ledger.find(scope))

async function refusalOf(promise: Promise<unknown>): Promise<unknown> {
  const thrown = await promise.catch((cause: unknown) => cause)
  return thrown instanceof Rejection ? [thrown.status, thrown.code, thrown.message] : thrown
}

const unavailable = [503, 'Unavailable', 'The service is unavailable. Please try again shortly.']

async function recovered({ ledger }: Bench): Promise<void> {
  while (ledger.state === 'recovering') await new Promise((resolve) => setTimeout(resolve, 5))
}

describe('a store that fails', () => {
  test('takes every change with it that was built on the failed one, and serves again', async () => {
    const store = new FragileStore()
    const bench = await open(store)
    await bench.ledger.commit(scope, [group('kept')])
    store.fails = 'before'
    const lost = ['one', 'two', 'three'].map((name) => refusalOf(bench.ledger.commit(scope, [group(name)])))
    expect(names(bench)).toEqual(['kept', 'one', 'three', 'two'])
    expect(await Promise.all(lost)).toEqual([unavailable, unavailable, unavailable])
    await recovered(bench)
    expect(names(bench)).toEqual(['kept'])
    await bench.ledger.commit(scope, [group('next')])
    expect([bench.ledger.head, names(bench)]).toEqual([2, ['kept', 'next']])
  })

  test('is reported once and recovered from once, however many were waiting', async () => {
    const store = new FragileStore()
    const bench = await open(store)
    store.fails = 'before'
    const commits = Array.from({ length: 50 }, (_, n) => refusalOf(bench.ledger.commit(scope, [group(`${n}`)])))
    const reads = Array.from({ length: 50 }, () => refusalOf(bench.ledger.settled()))
    expect(new Set((await Promise.all([...commits, ...reads])).map(String))).toEqual(new Set([String(unavailable)]))
    await recovered(bench)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(bench.events).toEqual(['failed', 'recovered'])
  })

  test('may have kept what it failed to confirm: then that is there', async () => {
    const store = new FragileStore()
    const bench = await open(store)
    store.fails = 'after'
    expect(await refusalOf(bench.ledger.commit(scope, [group('kept')]))).toEqual(unavailable)
    await recovered(bench)
    expect([bench.ledger.head, names(bench)]).toEqual([1, ['kept']])
    await bench.ledger.commit(scope, [group('next')])
    expect(bench.ledger.head).toBe(2)
  })

  test('shows no reader what did not become durable', async () => {
    const store = new FragileStore()
    const bench = await open(store)
    store.fails = 'before'
    const lost = refusalOf(bench.ledger.commit(scope, [group('lost')]))
    expect(names(bench)).toEqual(['lost'])
    expect(await refusalOf(bench.ledger.settled())).toEqual(unavailable)
    await lost
  })

  test('refuses every request until it is back', async () => {
    const store = new FragileStore()
    const bench = await open(store)
    store.fails = 'before'
    store.loadsFailing = 1
    await refusalOf(bench.ledger.commit(scope, [group('lost')]))
    expect(bench.ledger.state).toBe('recovering')
    expect(() => bench.ledger.find(scope)).toThrow('The service is unavailable.')
    expect(await refusalOf(bench.ledger.commit(scope, [group('x')]))).toEqual(unavailable)
    await recovered(bench)
    expect(names(bench)).toEqual([])
  })

  test('does not keep a ledger from closing', async () => {
    const store = new FragileStore()
    const bench = await open(store)
    store.fails = 'before'
    const lost = refusalOf(bench.ledger.commit(scope, [group('lost')]))
    await bench.ledger.close()
    expect(await lost).toEqual(unavailable)
  })
})

test('of two ledgers over one store the second writer is refused, reads what the first wrote, and goes on', async () => {
  const store = new MemoryStore()
  const [first, second] = [await open(store), await open(store)]
  await first.ledger.commit(scope, [group('first')])
  expect(await refusalOf(second.ledger.commit(scope, [group('second')]))).toEqual(unavailable)
  await recovered(second)
  expect(names(second)).toEqual(['first'])
  await second.ledger.commit(scope, [group('second')])
  expect(await refusalOf(first.ledger.commit(scope, [group('third')]))).toEqual(unavailable)
  await recovered(first)
  expect(names(first)).toEqual(['first', 'second'])
  expect([first.events, second.events]).toEqual([
    ['failed', 'recovered'],
    ['failed', 'recovered'],
  ])
})

test('worlds of different scopes come back apart', async () => {
  const store = new MemoryStore()
  const { ledger } = await open(store)
  const elsewhere = { account: '210987654321', region: 'us-east-1' }
  await Promise.all([ledger.commit(scope, [group('here')]), ledger.commit(elsewhere, [group('there')])])
  const again = await open(store)
  expect([names(again), namesIn(again.ledger.find(elsewhere))]).toEqual([['here'], ['there']])
  expect(again.ledger.find(elsewhere)?.scope).toEqual(elsewhere)
})
