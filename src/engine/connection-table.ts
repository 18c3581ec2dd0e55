/**
 * Live connections, found by either orientation. An expired one is absent at once, whether or not it
 * was swept; the sweep bounds memory and costs each insertion a constant share.
 */

import type { Instant } from '../base/clock.ts'
import type { NetworkInterfaceId } from '../model/ids.ts'
import type { Connection, TrackingKey } from './connection.ts'

type InterfaceKey = `${NetworkInterfaceId} ${TrackingKey}`

export class ConnectionTable {
  readonly #byKey = new Map<InterfaceKey, Connection>()
  readonly #countOf = new Map<string, number>()
  #sweepAt = 1024

  /** The live connection that holds the key, as its original or its reply. */
  find(networkInterface: NetworkInterfaceId, key: TrackingKey, now: Instant): Connection | undefined {
    const connection = this.#byKey.get(`${networkInterface} ${key}`)
    if (connection === undefined || now < connection.expiresAt) return connection
    this.delete(connection)
    return undefined
  }

  add(connection: Connection, now: Instant): void {
    if (this.#byKey.size >= this.#sweepAt) this.#sweepAt = Math.max(1024, 2 * this.#sweep(now))
    this.#byKey.set(`${connection.networkInterface} ${connection.originalKey}`, connection)
    this.#byKey.set(`${connection.networkInterface} ${connection.replyKey}`, connection)
    this.#count(connection, 1)
  }

  delete(connection: Connection): void {
    if (!this.#byKey.delete(`${connection.networkInterface} ${connection.originalKey}`)) return
    this.#byKey.delete(`${connection.networkInterface} ${connection.replyKey}`)
    this.#count(connection, -1)
  }

  /** Live connections of the instance, or of the interface where there is none. */
  countFor(owner: string, now: Instant, atLeast: number): number {
    const count = this.#countOf.get(owner) ?? 0
    if (count < atLeast) return count
    this.#sweep(now)
    return this.#countOf.get(owner) ?? 0
  }

  /** Every live connection once, oldest first. */
  *live(now: Instant): IterableIterator<Connection> {
    for (const connection of new Set(this.#byKey.values())) if (now < connection.expiresAt) yield connection
  }

  /** Forgets an interface's connections: it is gone, or moved to another host. */
  forget(networkInterface: NetworkInterfaceId): void {
    for (const connection of new Set(this.#byKey.values())) {
      if (connection.networkInterface === networkInterface) this.delete(connection)
    }
  }

  #sweep(now: Instant): number {
    for (const connection of new Set(this.#byKey.values())) if (now >= connection.expiresAt) this.delete(connection)
    return this.#byKey.size
  }

  #count({ instance, networkInterface }: Connection, by: 1 | -1): void {
    const owner = instance ?? networkInterface
    this.#countOf.set(owner, (this.#countOf.get(owner) ?? 0) + by)
  }
}
