/**
 * A replay: records of flow logs judged under proposed rules as they come. What is kept of them is bounded,
 * whatever their number: flows in two tables, those that were accepted and those that were refused, so that a scan
 * of the whole internet does not push out what works; records of flows beyond are judged and counted by cause.
 */

import type { Imported } from '../import/imported.ts'
import type { NetworkInterface } from '../model/network-interface.ts'
import type { Family } from '../net/address.ts'
import { type Certainty, certainties, type Evidence, evidences, type Flow, type SeenFlow, servicePort } from './flow.ts'
import { FlowTable, keyLength } from './flow-table.ts'
import { InterfaceEnds } from './interface-ends.ts'
import { type Fate, Judge, judgedBetween } from './judge.ts'
import { type Doubt, doubtful, type Judgement } from './judgement.ts'
import { columnKinds, type LogFormat } from './log-format.ts'
import { LogLines } from './log-lines.ts'
import { actions, addressFromWords, directions, LogRecord, places, statuses, unknownInterface } from './log-record.ts'
import { Openers } from './openers.ts'
import { lastOfClasses, portClasses } from './port-classes.ts'
import { guessByPorts } from './port-guess.ts'
import { Tally } from './tally.ts'

export interface ReplayOptions {
  /** What would rest on a guess is uncertain instead. */
  readonly isStrict?: boolean
  /** Seconds since 1970; what lies outside is not judged. */
  readonly since?: number
  readonly until?: number
  /** For lines without a header. */
  readonly format?: LogFormat
  /** How many flows are kept, of each action. */
  readonly mostFlows?: { readonly accepted: number; readonly rejected: number }
}

const usualFlows = { accepted: 2 ** 18, rejected: 2 ** 16 }
const tcp = 6
const udp = 17
/** SYN and ACK as tcp-flags has them. */
const synAck = 18
const syn = 2

/** Of a key's word of facts. */
const bits = { direction: 8, action: 9, evidence: 10, opening: 12, certainty: 13, family: 15 } as const

export class Replay {
  readonly ends: InterfaceEnds
  readonly tally = new Tally()
  readonly #options: ReplayOptions
  readonly #record = new LogRecord()
  /** Of the record at hand. */
  readonly #key = new Int32Array(keyLength)
  readonly #tables: { readonly accepted: FlowTable; readonly rejected: FlowTable }
  readonly #openers = new Openers(this.#record.words)
  readonly #classes: Uint16Array
  readonly #lasts: ReadonlyMap<number, number>
  readonly #certain: Judge
  readonly #possible: Judge
  readonly #since: number
  readonly #until: number

  constructor({ certain, possible }: Imported, options: ReplayOptions = {}) {
    this.#options = options
    this.ends = new InterfaceEnds(certain)
    const most = options.mostFlows ?? usualFlows
    this.#tables = {
      accepted: new FlowTable(most.accepted, this.#key),
      rejected: new FlowTable(most.rejected, this.#key),
    }
    this.#classes = portClasses(certain === possible ? [certain] : [certain, possible])
    this.#lasts = lastOfClasses(this.#classes)
    this.#certain = new Judge(certain, this.ends, options.isStrict ?? false)
    this.#possible = certain === possible ? this.#certain : new Judge(possible, this.ends, options.isStrict ?? false)
    this.#since = options.since ?? Number.NEGATIVE_INFINITY
    this.#until = options.until ?? Number.POSITIVE_INFINITY
  }

  /** A file, to be pushed in chunks. `format` stands for a header, of a file that has its fields by name. */
  file(name: string, format?: LogFormat): LogLines {
    return new LogLines(this.ends.names, this.#record, format ?? this.#options.format, {
      take: () => this.#take(),
      damaged: (line, text) => this.tally.damaged(name, line, text),
    })
  }

  /** What would be said of flows under other rules than the proposed. */
  judgeUnder({ certain, possible }: Pick<Imported, 'certain' | 'possible'>): (flow: Flow) => Judgement {
    const isStrict = this.#options.isStrict ?? false
    const one = new Judge(certain, this.ends, isStrict)
    const other = certain === possible ? one : new Judge(possible, this.ends, isStrict)
    return (flow) => judgedBetween(flow, one, other)
  }

  /** What becomes of a flow's packets under the proposed rules, as far as they are certain. */
  fateOf(flow: Flow, isOpening = flow.isOpening): Fate {
    return this.#certain.fateOf(flow, isOpening)
  }

  /** The ports that a connection was opened to, if that side opened it: a client's port is known by its class only. */
  servicePorts(flow: Flow, isOpening: boolean): { readonly from: number; readonly to: number } {
    const from = servicePort({ ...flow, isOpening })
    const hasClass = isOpening !== flow.isOpening && (flow.protocol === tcp || flow.protocol === udp)
    return { from, to: hasClass ? (this.#lasts.get(from) ?? from) : from }
  }

  /** All flows that were kept, with what was said of them. */
  *flows(): Generator<SeenFlow & { readonly judgement: Judgement }> {
    for (const table of [this.#tables.accepted, this.#tables.rejected]) {
      for (let row = 0; row < table.size; row++) {
        const flow = this.#flowOf(table.keyOf(row))
        yield { flow, ...table.weightOf(row), judgement: this.tally.judgementOf(table.judgementOf(row)) }
      }
    }
  }

  #take(): void {
    const { numbers } = this.#record
    const start = numbers[columnKinds.start] as number
    const end = numbers[columnKinds.end] as number
    if ((end >= 0 && end < this.#since) || start >= this.#until) {
      this.tally.outside += 1
      return
    }
    const status = numbers[columnKinds.status] as number
    if (status === statuses.noData) this.tally.noData += 1
    else if (status === statuses.skipData) this.tally.skipData += 1
    else this.#judgeRecord()
  }

  #judgeRecord(): void {
    const { numbers } = this.#record
    const number = numbers[columnKinds.interface] as number
    const doubt = number < 0 ? this.#strangeInterface(number) : this.#writeKey(number)
    const packets = Math.max(0, numbers[columnKinds.packets] as number)
    const bytes = Math.max(0, numbers[columnKinds.bytes] as number)
    this.tally.seen(numbers[columnKinds.start] as number, numbers[columnKinds.end] as number)
    if (doubt !== undefined) {
      this.tally.add(this.tally.numberOf(doubtful(doubt)), packets, bytes)
      return
    }
    const isAccepted = numbers[columnKinds.action] === actions.accept
    const table = isAccepted ? this.#tables.accepted : this.#tables.rejected
    let row = table.find()
    if (row < 0) {
      const judgement = this.tally.numberOf(judgedBetween(this.#flowOf(this.#key), this.#certain, this.#possible))
      if (table.isFull) {
        this.tally.beyond(judgement, packets, bytes)
        return
      }
      row = table.add(judgement)
    }
    table.note(row, numbers)
    this.tally.add(table.judgementOf(row), packets, bytes)
  }

  #strangeInterface(number: number): Doubt {
    if (number === unknownInterface) this.tally.stranger(this.#record.stranger)
    return number === unknownInterface ? 'unknown-interface' : 'fields'
  }

  /** The key of the record's flow; a doubt where it has none. */
  #writeKey(number: number): Doubt | undefined {
    const { numbers, families } = this.#record
    const action = numbers[columnKinds.action] as number
    const protocol = numbers[columnKinds.protocol] as number
    if (action < 0 || protocol < 0 || families[0] === 0 || families[0] !== families[1]) return 'fields'
    const isEgress = this.#isEgress(number)
    if (isEgress === undefined) return 'unknown-address'
    const end = this.#ownEnd(number, isEgress)
    if (end < 0) return 'unknown-address'
    const peer = this.#peerPlace(isEgress)
    const { words } = this.#record
    const key = this.#key
    key[0] = end
    key[1] = words[peer] as number
    key[2] = words[peer + 1] as number
    key[3] = words[peer + 2] as number
    key[4] = words[peer + 3] as number
    const facts =
      protocol |
      ((isEgress ? 1 : 0) << bits.direction) |
      (action << bits.action) |
      ((families[0] === 6 ? 1 : 0) << bits.family)
    return this.#writePorts(number, peer, facts, isEgress)
  }

  /** The ports, and who opened the connection. */
  #writePorts(number: number, peer: number, facts: number, isEgress: boolean): Doubt | undefined {
    const { numbers } = this.#record
    const protocol = facts & 255
    const key = this.#key
    if (protocol !== tcp && protocol !== udp) {
      key[5] = facts | (1 << bits.opening) | (2 << bits.certainty)
      key[6] = 0
      return undefined
    }
    const source = numbers[columnKinds.sourcePort] as number
    const destination = numbers[columnKinds.destinationPort] as number
    if (source < 0 || destination < 0) return 'fields'
    const opener = this.#opener(number, peer, protocol, isEgress)
    const classes = this.#classes
    key[5] = facts | opener
    key[6] =
      (opener >> bits.opening) & 1
        ? ((classes[source] as number) << 16) | destination
        : (source << 16) | (classes[destination] as number)
    return undefined
  }

  /** As bits of the key's facts. */
  #opener(number: number, peer: number, protocol: number, isEgress: boolean): number {
    const { numbers } = this.#record
    const source = numbers[columnKinds.sourcePort] as number
    const destination = numbers[columnKinds.destinationPort] as number
    const flags = numbers[columnKinds.flags] as number
    if (protocol === tcp && flags >= 0) {
      const ports = isEgress ? (source << 16) | destination : (destination << 16) | source
      const segments = flags & synAck
      if (segments === syn || segments === synAck) {
        const opens = segments === syn
        if (numbers[columnKinds.action] === actions.accept) {
          this.#openers.note(number, peer, ports, opens === isEgress)
        }
        return opens ? bySyn : bySynAck
      }
      const own = this.#openers.find(number, peer, ports)
      if (own >= 0) return (own === 1) === isEgress ? byMemory : byMemoryOfAnswer
    }
    const { isOpening, isLikely } = guessByPorts(source, destination)
    return openerBits(protocol === tcp && flags >= 0 ? 3 : 0, isOpening ? 1 : 0, isLikely ? 1 : 2)
  }

  #isEgress(number: number): boolean | undefined {
    const { numbers, families, words } = this.#record
    const direction = numbers[columnKinds.direction] as number
    if (direction >= 0) return direction === directions.egress
    if (this.ends.isFirst(number, families[0] as number, words, places.source)) return true
    if (this.ends.isFirst(number, families[1] as number, words, places.destination)) return false
    if (this.ends.endAt(number, families[0] as number, words, places.source) >= 0) return true
    if (this.ends.endAt(number, families[1] as number, words, places.destination) >= 0) return false
    if (this.ends.endAt(number, families[2] as number, words, places.packetSource) >= 0) return true
    if (this.ends.endAt(number, families[3] as number, words, places.packetDestination) >= 0) return false
    return undefined
  }

  /** The packet's own address where the record has it: srcaddr and dstaddr show the primary one (data-plane 4.2). */
  #ownEnd(number: number, isEgress: boolean): number {
    const { families, words } = this.#record
    const ofPacket = isEgress ? 2 : 3
    const place = families[ofPacket] === 0 ? ofPacket - 2 : ofPacket
    return this.ends.endAt(number, families[place] as number, words, place * 4)
  }

  #peerPlace(isEgress: boolean): number {
    const ofPacket = isEgress ? 3 : 2
    return (this.#record.families[ofPacket] === 0 ? ofPacket - 2 : ofPacket) * 4
  }

  #flowOf(key: Int32Array): Flow {
    const [end = 0, , , , , facts = 0, ports = 0] = key
    const own = this.ends.all[end]
    return {
      own: own as { readonly card: NetworkInterface; readonly address: Flow['peer'] },
      peer: addressFromWords((facts >> bits.family) & 1 ? 6 : (4 satisfies Family), key, 1),
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
}

function openerBits(evidence: number, opens: number, certainty: number): number {
  return (evidence << bits.evidence) | (opens << bits.opening) | (certainty << bits.certainty)
}

const bySyn = openerBits(1, 1, 0)
const bySynAck = openerBits(2, 0, 0)
const byMemory = openerBits(3, 1, 0)
const byMemoryOfAnswer = openerBits(3, 0, 0)
