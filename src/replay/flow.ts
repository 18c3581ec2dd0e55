/**
 * What records that are judged alike have in common: one interface, one other end, one service, one direction
 * and action, and how much is known of who opened the connection. A client's port counts as one of its class
 * only, as far as rules and ACLs tell ports apart.
 */

import type { Direction } from '../model/rule.ts'
import type { Address } from '../net/address.ts'
import type { InterfaceEnd } from './interface-ends.ts'

/** What the TCP flags of a record say of it; `none` where there are no flags. */
export const evidences = ['none', 'syn', 'syn-ack', 'neither'] as const
export type Evidence = (typeof evidences)[number]

/** `flags`: seen in this record or another one of the connection. The others are guesses by ports. */
export const certainties = ['flags', 'likely', 'unclear'] as const
export type Certainty = (typeof certainties)[number]

export interface Flow {
  readonly own: InterfaceEnd
  readonly peer: Address
  readonly protocol: number
  /** Of its packets, at the interface. */
  readonly direction: Direction
  readonly action: 'ACCEPT' | 'REJECT'
  readonly sourcePort: number
  readonly destinationPort: number
  readonly evidence: Evidence
  /** Whether its packets are of the side that opened the connection. */
  readonly isOpening: boolean
  readonly certainty: Certainty
}

export interface Weight {
  readonly records: number
  readonly packets: number
  readonly bytes: number
}

export const noWeight: Weight = { records: 0, packets: 0, bytes: 0 }

export function heavier(one: Weight, other: Weight): Weight {
  return {
    records: one.records + other.records,
    packets: one.packets + other.packets,
    bytes: one.bytes + other.bytes,
  }
}

/** A flow with what was seen of it, in seconds since 1970. */
export interface SeenFlow extends Weight {
  readonly flow: Flow
  readonly first: number
  readonly last: number
}

/** The port that the connection was opened to; 0 where the protocol has none. */
export function servicePort({ isOpening, sourcePort, destinationPort }: Flow): number {
  return isOpening ? destinationPort : sourcePort
}
