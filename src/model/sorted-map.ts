/**
 * Keys in order, values by key, and a fork that costs nothing: both copies share their nodes until
 * one of them is changed. What makes a World cheap to keep, to compare and to throw away.
 */

import sortedBtree from 'sorted-btree'

type Tree<V> = InstanceType<typeof sortedBtree.default<string, V>>

export interface ReadonlySortedMap<V> {
  readonly size: number
  get(key: string): V | undefined
  has(key: string): boolean
  /** Values in key order; with `after`, those whose key is greater. */
  values(after?: string): IterableIterator<V>
  /** Keys in order; with `after`, those that are greater. */
  keys(after?: string): IterableIterator<string>
  /** Keys that start with `prefix`, in order. */
  keysWithPrefix(prefix: string): IterableIterator<string>
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

export class SortedMap<V> implements ReadonlySortedMap<V> {
  readonly #tree: Tree<V>

  constructor(tree: Tree<V> = new sortedBtree.default<string, V>(undefined, order)) {
    this.#tree = tree
  }

  get size(): number {
    return this.#tree.size
  }

  get(key: string): V | undefined {
    return this.#tree.get(key)
  }

  has(key: string): boolean {
    return this.#tree.has(key)
  }

  *values(after?: string): IterableIterator<V> {
    const start = after === undefined ? this.#tree.minKey() : this.#tree.nextHigherKey(after)
    if (start === undefined) return
    for (const [, value] of this.#tree.entries(start)) yield value
  }

  *keys(after?: string): IterableIterator<string> {
    const start = after === undefined ? this.#tree.minKey() : this.#tree.nextHigherKey(after)
    if (start !== undefined) yield* this.#tree.keys(start)
  }

  *keysWithPrefix(prefix: string): IterableIterator<string> {
    for (const key of this.#tree.keys(prefix)) {
      if (!key.startsWith(prefix)) return
      yield key
    }
  }

  /** A copy that can be changed without this one noticing. */
  fork(): SortedMap<V> {
    return new SortedMap(this.#tree.clone())
  }

  set(key: string, value: V): void {
    this.#tree.set(key, value)
  }

  delete(key: string): void {
    this.#tree.delete(key)
  }
}
