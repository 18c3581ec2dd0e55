/** The flows of one address family: their records, found by flow and by the time at which they expire. */

import type { Instant } from '../../base/clock.ts'
import { ExpiryWheel, keepAsking, nothingDue } from './expiry-wheel.ts'
import { FlowIndex } from './flow-index.ts'
import { FlowRecords, type Width } from './flow-records.ts'
import type { PackedFlow } from './packed-flow.ts'

export interface Fresh {
  readonly now: Instant
  /** Before `now` for a flow that was there before its connection. */
  readonly openedAt: Instant
  /** Of several opened at one instant. */
  readonly order: number
  readonly expiresAt: Instant
  readonly state: number
  readonly admission: number
}

export class FlowStore {
  readonly records: FlowRecords
  readonly #index: FlowIndex
  readonly #wheel: ExpiryWheel

  constructor(width: Width) {
    this.records = new FlowRecords(width)
    this.#index = new FlowIndex(this.records)
    this.#wheel = new ExpiryWheel(this.records)
  }

  /** The flow's record, expired or not, or `none`. */
  find(flow: PackedFlow): number {
    return this.#index.find(flow)
  }

  /** A record for a flow that has none. */
  add(flow: PackedFlow, { now, openedAt, order, expiresAt, state, admission }: Fresh): number {
    const record = this.records.take(flow.words, openedAt, order)
    this.records.setExpiresAt(record, expiresAt)
    this.records.setState(record, state)
    this.records.setAdmission(record, admission)
    this.#index.add(record, flow.hash)
    this.#wheel.add(record, expiresAt, now)
    return record
  }

  /** A packet of the flow: what most packets cost, so it touches the wheel for a shortened life alone. */
  renew(record: number, expiresAt: Instant): void {
    const isSooner = this.records.setExpiresAt(record, expiresAt)
    if (isSooner) this.#wheel.hasten(record, expiresAt)
  }

  remove(record: number): void {
    this.#index.delete(record, this.records.hashOf(record))
    this.#wheel.remove(record)
    this.records.release(record)
  }

  /** Hands over records that have expired, in at most so many turns of the wheel; the taker removes each. */
  takeExpired(now: Instant, turns: number, take: (record: number) => void): void {
    for (let turn = 0; turn < turns; turn++) {
      const record = this.#wheel.next(now)
      if (record === nothingDue) return
      if (record !== keepAsking) take(record)
    }
  }
}
