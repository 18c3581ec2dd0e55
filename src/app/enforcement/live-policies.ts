/** The policies of every scope's newest world, for who enforces them; told of each step before it is durable. */

import type { NetworkInterfaceId } from '../../model/ids.ts'
import { emptyWorld, type Scope, type World } from '../../model/world.ts'
import type { InterfacePolicy } from '../../policy/policy.ts'
import { PolicyTable } from '../../policy/policy-table.ts'
import type { Step, StoredLedger } from '../ledger.ts'

export type PolicyListener = (scope: Scope) => void

export function scopeKey({ account, region }: Scope): string {
  return `${account}/${region}`
}

export class LivePolicies {
  readonly #ledger: Pick<StoredLedger, 'find' | 'worlds'>
  readonly #tables = new Map<string, PolicyTable>()
  readonly #listeners = new Set<PolicyListener>()

  constructor(ledger: Pick<StoredLedger, 'find' | 'follow' | 'worlds'>) {
    this.#ledger = ledger
    ledger.follow((step) => this.#step(step))
  }

  /** Undefined for an interface that the newest world does not have. Unchanged policies are the same object. */
  get(scope: Scope, id: NetworkInterfaceId): InterfacePolicy | undefined {
    return this.#tableOf(scope).get(id)
  }

  /** Whose world has the interface: ids are unique over all of them. */
  scopeOf(id: NetworkInterfaceId): Scope | undefined {
    return this.#ledger.worlds.find(({ networkInterface }) => networkInterface.has(id))?.scope
  }

  world(scope: Scope): World {
    return this.#ledger.find(scope) ?? emptyWorld(scope)
  }

  /** The listener is told of scopes in which policies may have changed. Returns what ends that. */
  follow(listener: PolicyListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Worlds that were read again after a failure of the store came without a step. */
  wake(): void {
    for (const { scope } of this.#ledger.worlds) for (const listener of this.#listeners) listener(scope)
  }

  #step({ before, after, changes }: Step): void {
    const table = this.#tables.get(scopeKey(after.scope))
    if (table?.world === before) table.update(before, after, changes)
    for (const listener of this.#listeners) listener(after.scope)
  }

  /** A world that was read again after a failure of the store is compiled anew. */
  #tableOf(scope: Scope): PolicyTable {
    const world = this.world(scope)
    const known = this.#tables.get(scopeKey(scope))
    if (known?.world === world) return known
    const table = new PolicyTable(world)
    this.#tables.set(scopeKey(scope), table)
    return table
  }
}
