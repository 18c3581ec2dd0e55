/**
 * A replay: records of flow logs judged under proposed rules as they come. What is kept of them is bounded,
 * whatever their number: flows in two tables, those that were accepted and those that were refused, so that a scan
 * of the whole internet does not push out what works; records of flows beyond are judged and counted by cause.
 */

import type { Imported } from '../import/imported.ts'
import { type Flow, type SeenFlow, servicePort } from './flow.ts'
import { FlowKeys, flowOfKey, isRefused } from './flow-keys.ts'
import { FlowTable } from './flow-table.ts'
import { InterfaceEnds } from './interface-ends.ts'
import { InterfaceNames } from './interface-names.ts'
import { type Fate, Judge, judgedBetween } from './judge.ts'
import { type Doubt, doubtful, type Judgement } from './judgement.ts'
import type { LogFormat } from './log-format.ts'
import { LogLines, type Portion } from './log-lines.ts'
import { lastOfClasses, portClasses } from './port-classes.ts'
import { columns, type RecordBatch, statuses, unnamedInterface } from './record-batch.ts'
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

export class Replay {
  readonly ends: InterfaceEnds
  readonly tally = new Tally()
  readonly #options: ReplayOptions
  readonly #keys: FlowKeys
  readonly #tables: { readonly accepted: FlowTable; readonly rejected: FlowTable }
  /** Of the files that are read here. */
  readonly #names = new InterfaceNames()
  readonly #take = this.intake()
  readonly #lasts: ReadonlyMap<number, number>
  readonly #certain: Judge
  readonly #possible: Judge
  readonly #since: number
  readonly #until: number

  constructor({ certain, possible }: Imported, options: ReplayOptions = {}) {
    this.#options = options
    this.ends = new InterfaceEnds(certain)
    const most = options.mostFlows ?? usualFlows
    const classes = portClasses(certain === possible ? [certain] : [certain, possible])
    this.#lasts = lastOfClasses(classes)
    this.#keys = new FlowKeys(this.ends, classes)
    this.#tables = { accepted: new FlowTable(most.accepted), rejected: new FlowTable(most.rejected) }
    this.#certain = new Judge(certain, this.ends, options.isStrict ?? false)
    this.#possible = certain === possible ? this.#certain : new Judge(possible, this.ends, options.isStrict ?? false)
    this.#since = options.since ?? Number.NEGATIVE_INFINITY
    this.#until = options.until ?? Number.POSITIVE_INFINITY
  }

  /** A file, to be pushed in chunks. `format` stands for a header, of a file that has its fields by name. */
  file(name: string, format = this.#options.format): LogLines {
    return new LogLines(this.#names, { name, format }, (portion) => {
      this.#take(portion)
      return portion.records
    })
  }

  /** Judges portions in the order of the log, whose interfaces one table of names has numbered. */
  intake(): (portion: Portion) => void {
    const interfaces: Interfaces = { ids: [], numbers: [] }
    return ({ records, names, damaged }) => {
      for (const id of names) {
        interfaces.ids.push(id)
        interfaces.numbers.push(this.ends.numberOf(id) ?? unknown)
      }
      this.tally.damaged(damaged)
      this.#judge(records, interfaces)
    }
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
      for (let row = 1; row <= table.size; row++) {
        const judgement = this.tally.judgementOf(table.judgementOf(row))
        const flow = flowOfKey(table.keyOf(row), this.ends)
        yield { flow, ...table.weightOf(row), ...table.timesOf(row), judgement }
      }
    }
  }

  #judge(batch: RecordBatch, interfaces: Interfaces): void {
    const { accepted, rejected } = this.#tables
    const { key } = this.#keys
    for (let row = 0; row < batch.size; row++) {
      if (!this.#isJudged(batch, row)) continue
      const doubt = this.#writeKey(batch, row, interfaces)
      if (doubt !== undefined) this.#count(batch, row, this.tally.numberOf(doubtful(doubt)))
      else if (isRefused(key)) rejected.ask(key, row)
      else accepted.ask(key, row)
    }
    this.#noteAll(batch, accepted)
    this.#noteAll(batch, rejected)
  }

  /** Whether it is a record of packets, of the time that is asked about. */
  #isJudged({ numbers }: RecordBatch, row: number): boolean {
    const start = numbers[columns.start + row] as number
    const end = numbers[columns.end + row] as number
    const status = numbers[columns.status + row] as number
    if ((end >= 0 && end < this.#since) || start >= this.#until) this.tally.outside += 1
    else if (status === statuses.noData) this.tally.noData += 1
    else if (status === statuses.skipData) this.tally.skipData += 1
    else {
      this.tally.seen(start, end)
      return true
    }
    return false
  }

  #writeKey(batch: RecordBatch, row: number, { ids, numbers }: Interfaces): Doubt | undefined {
    const named = batch.numbers[columns.interface + row] as number
    if (named < 0) return named === unnamedInterface ? 'unknown-interface' : 'fields'
    const own = numbers[named] as number
    if (own !== unknown) return this.#keys.write(batch, row, own)
    this.tally.stranger(ids[named] as string)
    return 'unknown-interface'
  }

  #noteAll(batch: RecordBatch, table: FlowTable): void {
    const count = table.findAll()
    for (let index = 0; index < count; index++) {
      const known = table.rowOf(index)
      const row = table.batchRowOf(index)
      if (known > 0) this.#note(batch, row, table, known)
      else this.#noteFirst(batch, row, table, index)
    }
  }

  /** A record of a flow that the table does not have. */
  #noteFirst(batch: RecordBatch, row: number, table: FlowTable, asked: number): void {
    const flow = flowOfKey(table.askedKey(asked), this.ends)
    const judgement = this.tally.numberOf(judgedBetween(flow, this.#certain, this.#possible))
    if (!table.isFull) {
      this.#note(batch, row, table, table.add(asked, judgement))
      return
    }
    this.#count(batch, row, judgement)
    this.tally.beyond(judgement, ...weightOf(batch, row))
  }

  #note(batch: RecordBatch, row: number, table: FlowTable, flow: number): void {
    const [packets, bytes] = weightOf(batch, row)
    table.weigh(flow, packets, bytes)
    table.date(flow, batch.numbers[columns.start + row] as number, batch.numbers[columns.end + row] as number)
    this.tally.add(table.judgementOf(flow), packets, bytes)
  }

  #count(batch: RecordBatch, row: number, judgement: number): void {
    this.tally.add(judgement, ...weightOf(batch, row))
  }
}

/** Interfaces as a table of names numbers them: their ids, and their numbers in the world. */
interface Interfaces {
  readonly ids: string[]
  readonly numbers: number[]
}

const unknown = -1

/** Packets and bytes. */
function weightOf({ numbers }: RecordBatch, row: number): [packets: number, bytes: number] {
  return [Math.max(0, numbers[columns.packets + row] as number), Math.max(0, numbers[columns.bytes + row] as number)]
}
