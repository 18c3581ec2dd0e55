/**
 * The key of a record's flow: the interface's own end, the other end's address, what is known of who opened the
 * connection, and the ports, of which a client's is known by its class only.
 */

import type { NetworkInterface } from '../model/network-interface.ts'
import type { Address } from '../net/address.ts'
import { type Certainty, certainties, type Evidence, evidences, type Flow } from './flow.ts'
import { keyLength } from './flow-table.ts'
import type { InterfaceEnds } from './interface-ends.ts'
import type { Doubt } from './judgement.ts'
import { Openers } from './openers.ts'
import { guessByPorts } from './port-guess.ts'
import {
  actions,
  addressFromWords,
  addressWords,
  columns,
  directions,
  mostRows,
  places,
  type RecordBatch,
} from './record-batch.ts'

const tcp = 6
const udp = 17
/** SYN and ACK as tcp-flags has them. */
const synAck = 18
const syn = 2

/** Of a key's word of facts. */
const bits = { direction: 8, action: 9, evidence: 10, opening: 12, certainty: 13, family: 15 } as const

export class FlowKeys {
  /** Of the record that was written last. */
  readonly key = new Int32Array(keyLength)
  readonly #ends: InterfaceEnds
  readonly #classes: Uint16Array
  readonly #openers = new Openers(this.key)

  /** `classes`: of every port, the lowest of its class. */
  constructor(ends: InterfaceEnds, classes: Uint16Array) {
    this.#ends = ends
    this.#classes = classes
  }

  /** Writes the key of the row's flow, `own` being its interface's number in the world; a doubt where it has none. */
  write(batch: RecordBatch, row: number, own: number): Doubt | undefined {
    const { numbers, families } = batch
    const action = numbers[columns.action + row] as number
    const protocol = numbers[columns.protocol + row] as number
    const family = families[row]
    if (action < 0 || protocol < 0 || family === 0 || family !== families[places.destination * mostRows + row])
      return 'fields'
    const isEgress = this.#isEgress(batch, row, own)
    if (isEgress === undefined) return 'unknown-address'
    const end = this.#ownEnd(batch, row, { own, isEgress })
    if (end < 0) return 'unknown-address'
    this.key[0] = end
    this.#writePeer(batch, row, isEgress)
    const facts =
      protocol |
      ((isEgress ? 1 : 0) << bits.direction) |
      (action << bits.action) |
      ((family === 6 ? 1 : 0) << bits.family)
    if (protocol === tcp || protocol === udp) return this.#writePorts(batch, row, own, facts)
    this.key[5] = facts | (1 << bits.opening) | (2 << bits.certainty)
    this.key[6] = 0
    return undefined
  }

  #writePeer({ families, words }: RecordBatch, row: number, isEgress: boolean): void {
    const ofPacket = isEgress ? places.packetDestination : places.packetSource
    const place = families[ofPacket * mostRows + row] === 0 ? ofPacket - 2 : ofPacket
    const { key } = this
    const from = place * addressWords * mostRows + row
    key[1] = words[from] as number
    const isWide = families[place * mostRows + row] === 6
    key[2] = isWide ? (words[from + mostRows] as number) : 0
    key[3] = isWide ? (words[from + 2 * mostRows] as number) : 0
    key[4] = isWide ? (words[from + 3 * mostRows] as number) : 0
  }

  /** The ports, and who opened the connection. */
  #writePorts({ numbers }: RecordBatch, row: number, own: number, facts: number): Doubt | undefined {
    const source = numbers[columns.sourcePort + row] as number
    const destination = numbers[columns.destinationPort + row] as number
    if (source < 0 || destination < 0) return 'fields'
    const flags = numbers[columns.flags + row] as number
    const ports = (source << 16) | destination
    const hasFlags = flags >= 0 && (facts & 255) === tcp
    const opener = hasFlags ? this.#openerByFlags(own, { flags, facts, ports }) : openerByPorts(0, ports)
    const classes = this.#classes
    this.key[5] = facts | opener
    this.key[6] =
      (opener >> bits.opening) & 1
        ? ((classes[source] as number) << 16) | destination
        : (source << 16) | (classes[destination] as number)
    return undefined
  }

  /** As bits of the key's facts. */
  #openerByFlags(own: number, record: { flags: number; facts: number; ports: number }): number {
    const { flags, facts, ports } = record
    const isEgress = ((facts >> bits.direction) & 1) === 1
    const ownFirst = isEgress ? ports : (ports << 16) | (ports >>> 16)
    const segments = flags & synAck
    if (segments === syn || segments === synAck) {
      const opens = segments === syn
      const isAccepted = ((facts >> bits.action) & 1) === actions.accept
      if (isAccepted) this.#openers.note(own, 1, ownFirst, opens === isEgress)
      return opens ? bySyn : bySynAck
    }
    const opener = this.#openers.find(own, 1, ownFirst)
    if (opener >= 0) return (opener === 1) === isEgress ? byMemory : byMemoryOfAnswer
    return openerByPorts(3, ports)
  }

  #isEgress(batch: RecordBatch, row: number, own: number): boolean | undefined {
    const direction = batch.numbers[columns.direction + row] as number
    if (direction >= 0) return direction === directions.egress
    const ends = this.#ends
    if (ends.isFirst(own, batch, row, places.source)) return true
    if (ends.isFirst(own, batch, row, places.destination)) return false
    if (ends.endAt(own, batch, row, places.source) >= 0) return true
    if (ends.endAt(own, batch, row, places.destination) >= 0) return false
    if (ends.endAt(own, batch, row, places.packetSource) >= 0) return true
    if (ends.endAt(own, batch, row, places.packetDestination) >= 0) return false
    return undefined
  }

  /** The packet's own address where the record has it: srcaddr and dstaddr show the primary one (data-plane 4.2). */
  #ownEnd(batch: RecordBatch, row: number, { own, isEgress }: { own: number; isEgress: boolean }): number {
    const ofPacket = isEgress ? places.packetSource : places.packetDestination
    const place = batch.families[ofPacket * mostRows + row] === 0 ? ofPacket - 2 : ofPacket
    return this.#ends.endAt(own, batch, row, place)
  }
}

function openerByPorts(evidence: number, ports: number): number {
  const { isOpening, isLikely } = guessByPorts(ports >>> 16, ports & 0xffff)
  return openerBits(evidence, isOpening ? 1 : 0, isLikely ? 1 : 2)
}

function openerBits(evidence: number, opens: number, certainty: number): number {
  return (evidence << bits.evidence) | (opens << bits.opening) | (certainty << bits.certainty)
}

const bySyn = openerBits(1, 1, 0)
const bySynAck = openerBits(2, 0, 0)
const byMemory = openerBits(3, 1, 0)
const byMemoryOfAnswer = openerBits(3, 0, 0)

/** Whether the key is of a record that was refused. */
export function isRefused(key: Int32Array): boolean {
  return (((key[5] as number) >> bits.action) & 1) === actions.reject
}

/** The flow that a key is of. */
export function flowOfKey(key: Int32Array, ends: InterfaceEnds): Flow {
  const [end = 0, , , , , facts = 0, ports = 0] = key
  return {
    own: ends.all[end] as { readonly card: NetworkInterface; readonly address: Address },
    peer: addressFromWords((facts >> bits.family) & 1 ? 6 : 4, key, 1),
    protocol: facts & 255,
    direction: (facts >> bits.direction) & 1 ? 'egress' : 'ingress',
    action: (facts >> bits.action) & 1 ? 'REJECT' : 'ACCEPT',
    sourcePort: ports >>> 16,
    destinationPort: ports & 0xffff,
    evidence: evidences[(facts >> bits.evidence) & 3] as Evidence,
    isOpening: ((facts >> bits.opening) & 1) === 1,
    certainty: certainties[(facts >> bits.certainty) & 3] as Certainty,
  }
}
