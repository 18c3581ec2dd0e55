/**
 * Live connections, found by either orientation. An expired one is absent at once, whether or not it was
 * removed; removal bounds memory and costs each opening a constant share.
 */

import type { Instant } from '../base/clock.ts'
import type { NetworkInterfaceId } from '../model/ids.ts'
import type { ConnectionTracking } from '../model/network-interface.ts'
import type { Direction } from '../model/rule.ts'
import type { Payload, Quoted } from '../packet/packet.ts'
import type { Allow, InterfacePolicy } from '../policy/policy.ts'
import { type Connection, standingOf } from './connection.ts'
import { type Admission, Admissions } from './connections/admissions.ts'
import { none } from './connections/flow-index.ts'
import { FlowStore } from './connections/flow-store.ts'
import { type Opening, PackedFlow, unpack } from './connections/packed-flow.ts'
import { numberOfState, stateBits, stateOfNumber } from './connections/state-number.ts'
import { type EngineDefaults, engineDefaults } from './defaults.ts'
import type { ProtocolState } from './protocol-state.ts'
import type { ConnectionView, WhyTracked } from './verdict.ts'

/** A connection until the table changes: its record, and whether it is one of the wide ones. */
export type Handle = number & { readonly unit: 'connection' }

export interface NewConnection {
  readonly opening: Quoted
  readonly direction: Direction
  readonly policy: InterfacePolicy
  readonly matching: readonly Allow[]
  readonly why: WhyTracked
  readonly state: ProtocolState
  readonly now: Instant
  readonly openedAt: Instant
  readonly expiresAt: Instant
}

/** What the word of state holds besides the state. */
const stateMask = (1 << stateBits) - 1
const isEgress = 1 << 5
const hasIdentifier = 1 << 6
const vouched = { ingress: 1 << 7, egress: 1 << 8 } as const
const detailShift = 16

/** Turns of the wheel that an opening pays for: a connection takes four at most from its opening to its end. */
const turnsAtOnce = 8

export class ConnectionTable {
  readonly #narrow = new FlowStore('narrow')
  readonly #wide = new FlowStore('wide')
  readonly #admissions: Admissions
  readonly #flow = new PackedFlow()
  #openings = 0

  constructor({ allowanceOf }: Pick<EngineDefaults, 'allowanceOf'> = engineDefaults) {
    this.#admissions = new Admissions(allowanceOf)
  }

  /** The live connection that a packet of the header, in that direction at the policy's interface, belongs to. */
  find(policy: InterfacePolicy, header: Quoted, direction: Direction, now: Instant): Handle | undefined {
    const card = this.#admissions.cardOf(policy)
    return card === undefined ? undefined : this.#findOf(card.number, header, direction, now)
  }

  /** The same of an interface whatever its policy. */
  findAt(networkInterface: NetworkInterfaceId, header: Quoted, direction: Direction, now: Instant): Handle | undefined {
    const card = this.#admissions.numberOf(networkInterface)
    return card === undefined ? undefined : this.#findOf(card, header, direction, now)
  }

  #findOf(card: number, header: Quoted, direction: Direction, now: Instant): Handle | undefined {
    this.#flow.pack(header, direction, card)
    const store = this.#flow.isWide ? this.#wide : this.#narrow
    const record = store.find(this.#flow)
    if (record === none) return undefined
    if (store.records.isLive(record, now)) return handleOf(record, this.#flow.isWide)
    this.#remove(store, record)
    return undefined
  }

  /** Of a flow that has none. */
  add({ opening, direction, policy, matching, why, state, now, openedAt, expiresAt }: NewConnection): void {
    const card = this.#admissions.cardFor(policy)
    const admission = this.#admissions.admit(card, matching, why)
    this.#admissions.hold(admission)
    this.#flow.pack(opening, direction, card.number)
    const store = this.#flow.isWide ? this.#wide : this.#narrow
    const word = numberOfState(state) | openingBits(opening.payload, direction)
    this.#openings = (this.#openings + 1) | 0
    const fresh = { now, openedAt, order: this.#openings, expiresAt, state: word, admission: admission.number }
    store.add(this.#flow, fresh)
    this.#expire(now, turnsAtOnce)
  }

  stateOf(handle: Handle): ProtocolState {
    return stateOfNumber(this.#storeOf(handle).records.state(recordOf(handle)) & stateMask)
  }

  /** The direction of the packet that opened it. */
  directionOf(handle: Handle): Direction {
    return directionOf(this.#storeOf(handle).records.state(recordOf(handle)))
  }

  /** The idle timeouts of the interface when it was opened. */
  timersOf(handle: Handle): ConnectionTracking {
    return this.#admissions.at(this.#storeOf(handle).records.admission(recordOf(handle))).timers
  }

  /** What a packet of it does. */
  renew(handle: Handle, state: ProtocolState, expiresAt: Instant): void {
    const store = this.#storeOf(handle)
    const record = recordOf(handle)
    const before = store.records.state(record)
    const after = (before & ~stateMask) | numberOfState(state)
    if (after !== before) store.records.setState(record, after)
    store.renew(record, expiresAt)
  }

  delete(handle: Handle): void {
    this.#remove(this.#storeOf(handle), recordOf(handle))
  }

  /** Its packets of that direction pass all that asks the policy alone. */
  vouch(handle: Handle, direction: Direction, policy: InterfacePolicy): void {
    this.#admissionOf(handle, policy)
    const { records } = this.#storeOf(handle)
    const record = recordOf(handle)
    records.setState(record, records.state(record) | vouched[direction])
  }

  isVouchedFor(handle: Handle, direction: Direction, policy: InterfacePolicy): boolean {
    const { records } = this.#storeOf(handle)
    const record = recordOf(handle)
    const { card, epoch } = this.#admissions.at(records.admission(record))
    return (records.state(record) & vouched[direction]) !== 0 && card.policy === policy && card.epoch === epoch
  }

  viewOf(handle: Handle, policy: InterfacePolicy): ConnectionView {
    const { by } = this.#admissionOf(handle, policy)
    const { records } = this.#storeOf(handle)
    const record = recordOf(handle)
    const word = records.state(record)
    return {
      by,
      direction: directionOf(word),
      openedAt: records.openedAt(record),
      expiresAt: records.expiresAt(record),
      state: stateOfNumber(word & stateMask),
    }
  }

  /** Live connections of the instance, or of the interface where there is none; exact from `atLeast` on. */
  countFor(owner: string, now: Instant, atLeast: number): number {
    const count = this.#admissions.countFor(owner)
    if (count < atLeast) return count
    this.#expire(now, Number.POSITIVE_INFINITY)
    return this.#admissions.countFor(owner)
  }

  /** Every live connection once, oldest first; the table must not change meanwhile. */
  *live(now: Instant): IterableIterator<Connection> {
    const live = this.#handles((record, { records }) => records.isLive(record, now))
    for (const handle of live.sort((one, other) => this.#compareAge(one, other))) yield this.connectionOf(handle)
  }

  /** Forgets an interface's connections: it is gone, or moved to another host. */
  forget(networkInterface: NetworkInterfaceId): void {
    if (this.#admissions.numberOf(networkInterface) === undefined) return
    const its = this.#handles((record, { records }) => {
      return this.#admissions.at(records.admission(record)).card.id === networkInterface
    })
    for (const handle of its) this.delete(handle)
  }

  #handles(isWanted: (record: number, store: FlowStore) => boolean): Handle[] {
    return [this.#narrow, this.#wide].flatMap((store) => {
      const wanted: Handle[] = []
      for (const record of store.records.numbers()) {
        if (isWanted(record, store)) wanted.push(handleOf(record, store === this.#wide))
      }
      return wanted
    })
  }

  #storeOf(handle: Handle): FlowStore {
    return (handle & 1) === 1 ? this.#wide : this.#narrow
  }

  /** The count of openings may wrap, but not within a millisecond. */
  #compareAge(one: Handle, other: Handle): number {
    const [a, b] = [this.#storeOf(one).records, this.#storeOf(other).records]
    const span = a.openedAt(recordOf(one)) - b.openedAt(recordOf(other))
    return span !== 0 ? span : (a.order(recordOf(one)) - b.order(recordOf(other))) | 0
  }

  connectionOf(handle: Handle): Connection {
    const { records } = this.#storeOf(handle)
    const record = recordOf(handle)
    const word = records.state(record)
    const { card, instance, by, why } = this.#admissions.at(records.admission(record))
    return {
      networkInterface: card.id,
      instance,
      direction: directionOf(word),
      opening: this.#openingOf(handle),
      by: by.map(({ rule, group }) => ({ rule, group })),
      why,
      openedAt: records.openedAt(record),
      state: stateOfNumber(word & stateMask),
      expiresAt: records.expiresAt(record),
    }
  }

  #openingOf(handle: Handle): Quoted {
    const { records } = this.#storeOf(handle)
    const record = recordOf(handle)
    return unpack(records.flowOf(record), openingFrom(records.state(record)))
  }

  /** Held against the policy: worked out anew when another one has come. */
  #admissionOf(handle: Handle, policy: InterfacePolicy): Admission {
    const { records } = this.#storeOf(handle)
    const record = recordOf(handle)
    const admission = this.#admissions.at(records.admission(record))
    this.#admissions.cardOf(policy)
    if (admission.card.epoch === admission.epoch) return admission
    const { by } = admission
    const word = records.state(record)
    const standing = standingOf({ by, direction: directionOf(word), opening: this.#openingOf(handle) }, policy)
    const renewed = this.#admissions.reconsider(admission, standing)
    this.#admissions.hold(renewed)
    this.#admissions.release(admission)
    records.setAdmission(record, renewed.number)
    records.setState(record, word & ~(vouched.ingress | vouched.egress))
    return renewed
  }

  #remove(store: FlowStore, record: number): void {
    const admission = this.#admissions.at(store.records.admission(record))
    store.remove(record)
    this.#admissions.release(admission)
  }

  #expire(now: Instant, turns: number): void {
    this.#narrow.takeExpired(now, turns, (record) => this.#remove(this.#narrow, record))
    this.#wide.takeExpired(now, turns, (record) => this.#remove(this.#wide, record))
  }
}

function handleOf(record: number, isWide: boolean): Handle {
  return (2 * record + (isWide ? 1 : 0)) as Handle
}

function recordOf(handle: Handle): number {
  return handle >> 1
}

function directionOf(word: number): Direction {
  return (word & isEgress) === 0 ? 'ingress' : 'egress'
}

function openingBits(payload: Payload, direction: Direction): number {
  const detail = payload.kind === 'tcp' ? payload.flags : payload.kind === 'icmp' ? payload.code : 0
  const isNamed = payload.kind === 'icmp' && payload.identifier !== undefined
  return (detail << detailShift) | (isNamed ? hasIdentifier : 0) | (direction === 'egress' ? isEgress : 0)
}

function openingFrom(word: number): Opening {
  return { direction: directionOf(word), detail: word >>> detailShift, hasIdentifier: (word & hasIdentifier) !== 0 }
}
