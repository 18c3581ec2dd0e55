/**
 * The policies of a world's interfaces, kept in step with its changes. Each is compiled when it is first
 * asked for, and again only after a change that can touch it.
 */

import type { Change } from '../model/change.ts'
import type { NetworkInterfaceId } from '../model/ids.ts'
import type { World } from '../model/world.ts'
import { affectedInterfaces } from './affected.ts'
import { compile } from './compile.ts'
import type { InterfacePolicy } from './policy.ts'

export class PolicyTable {
  readonly #compiled = new Map<NetworkInterfaceId, InterfacePolicy>()
  #world: World

  constructor(world: World) {
    this.#world = world
  }

  /** Undefined for an interface that the world does not have. */
  get(id: NetworkInterfaceId): InterfacePolicy | undefined {
    const known = this.#compiled.get(id)
    const card = known ? undefined : this.#world.networkInterface.get(id)
    if (!card) return known
    const policy = compile(this.#world, card)
    this.#compiled.set(id, policy)
    return policy
  }

  /** `after` is `before` with the changes applied. */
  update(before: World, after: World, changes: readonly Change[]): void {
    for (const id of affectedInterfaces(before, after, changes)) this.#compiled.delete(id)
    this.#world = after
  }
}
