/**
 * The policies that are in force while changes take their time (data-plane 8, 25): AWS says that a small
 * delay might occur, and not how small. Changes come into force in the order they were made.
 */

import { after, type Instant } from '../base/clock.ts'
import type { Change } from '../model/change.ts'
import type { NetworkInterfaceId } from '../model/ids.ts'
import { apply, type World } from '../model/world.ts'
import type { InterfacePolicy } from '../policy/policy.ts'
import { PolicyTable } from '../policy/policy-table.ts'
import type { EngineDefaults } from './defaults.ts'

interface Due {
  readonly at: Instant
  readonly changes: readonly Change[]
}

type Choices = Pick<EngineDefaults, 'changeDelay'>

export class LaggingPolicies {
  readonly #choices: Choices
  readonly #table: PolicyTable
  #world: World
  #due: readonly Due[] = []

  constructor(world: World, choices: Choices) {
    this.#choices = choices
    this.#world = world
    this.#table = new PolicyTable(world)
  }

  change(changes: readonly Change[], now: Instant): void {
    this.#due = [...this.#due, { at: after(now, this.#choices.changeDelay), changes }]
  }

  /** In force at once, and with it all that was changed before. */
  set(changes: readonly Change[]): void {
    for (const each of [...this.#due, { changes }]) this.#apply(each.changes)
    this.#due = []
  }

  /** What is in force at the moment. */
  get(id: NetworkInterfaceId, now: Instant): InterfacePolicy | undefined {
    for (const { changes } of this.#due.filter(({ at }) => at <= now)) this.#apply(changes)
    this.#due = this.#due.filter(({ at }) => at > now)
    return this.#table.get(id)
  }

  #apply(changes: readonly Change[]): void {
    const before = this.#world
    this.#world = apply(before, changes)
    this.#table.update(before, this.#world, changes)
  }
}
