/** What a replay counts, beside its flows: records by judgement, exact whatever their number; and what was no record. */

import { heavier, noWeight, type Weight } from './flow.ts'
import type { Judgement } from './judgement.ts'
import { type DamagedLine, mostDamagedTold, type Portion } from './log-lines.ts'

const mostStrangers = 1000

export class Tally {
  /** Judged ones. */
  records = 0
  noData = 0
  skipData = 0
  outside = 0
  damagedLines = 0
  readonly damagedExamples: DamagedLine[] = []
  /** Interfaces that the source does not have, with their records. */
  readonly strangers = new Map<string, number>()
  first = Number.POSITIVE_INFINITY
  last = Number.NEGATIVE_INFINITY
  readonly #judgements: Judgement[] = []
  readonly #numbers = new Map<Judgement, number>()
  /** Of each judgement. */
  #weights = new Float64Array(64 * 3)
  readonly #beyond = new Map<number, Weight>()

  damaged({ lines, examples }: Portion['damaged']): void {
    this.damagedLines += lines
    this.damagedExamples.push(...examples.slice(0, mostDamagedTold - this.damagedExamples.length))
  }

  stranger(id: string): void {
    const known = this.strangers.get(id)
    if (known !== undefined || this.strangers.size < mostStrangers) this.strangers.set(id, (known ?? 0) + 1)
  }

  seen(start: number, end: number): void {
    this.records += 1
    if (start >= 0 && start < this.first) this.first = start
    if (end > this.last) this.last = end
  }

  numberOf(judgement: Judgement): number {
    const known = this.#numbers.get(judgement)
    if (known !== undefined) return known
    const number = this.#judgements.length
    this.#judgements.push(judgement)
    this.#numbers.set(judgement, number)
    return number
  }

  judgementOf(number: number): Judgement {
    return this.#judgements[number] as Judgement
  }

  add(judgement: number, packets: number, bytes: number): void {
    const at = judgement * 3
    if (at >= this.#weights.length) this.#grow()
    const weights = this.#weights
    weights[at] = (weights[at] as number) + 1
    weights[at + 1] = (weights[at + 1] as number) + packets
    weights[at + 2] = (weights[at + 2] as number) + bytes
  }

  /** A record, counted already, of a flow that there was no room for. */
  beyond(judgement: number, packets: number, bytes: number): void {
    const before = this.#beyond.get(judgement) ?? noWeight
    this.#beyond.set(judgement, heavier(before, { records: 1, packets, bytes }))
  }

  /** Every judgement with its records, and those of them whose flows were not kept. */
  get judgements(): readonly { readonly judgement: Judgement; readonly weight: Weight; readonly beyond: Weight }[] {
    return this.#judgements.map((judgement, number) => {
      const [records = 0, packets = 0, bytes = 0] = this.#weights.subarray(number * 3, number * 3 + 3)
      return { judgement, weight: { records, packets, bytes }, beyond: this.#beyond.get(number) ?? noWeight }
    })
  }

  #grow(): void {
    const weights = new Float64Array(this.#weights.length * 2)
    weights.set(this.#weights)
    this.#weights = weights
  }
}
