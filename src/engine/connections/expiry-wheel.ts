/**
 * Which records expire when: a timing wheel of milliseconds, three rings of 1,024 places, so that a record is
 * moved twice at most on its way from twelve days off. A record that is renewed stays where it is and is looked
 * at when its place comes; only one that is to expire sooner moves.
 */

import type { Instant } from '../../base/clock.ts'
import type { FlowRecords } from './flow-records.ts'

const ringShift = 10
const ringSize = 1 << ringShift
const withinRing = ringSize - 1
const rings = 3
/** Farther ones wait in the last place and are looked at there. */
const farthest = 2 ** (rings * ringShift) - 1

/** A turn of `next`: what was found is nothing due, or work done with nothing to show. */
export const nothingDue = -1
export const keepAsking = -2

export class ExpiryWheel {
  readonly #records: FlowRecords
  /** First record of each place and one; 0 for none. In records: next and one; previous and one, or -place - 1. */
  readonly #first = new Int32Array(rings * ringSize)
  /** Places of each ring that hold any. */
  readonly #taken = new Int32Array(rings)
  /** The first millisecond that has not been gone through; `#low` is its low bits, where the rings stand. */
  #time = 0
  #low = 0

  constructor(records: FlowRecords) {
    this.#records = records
  }

  /** `now` counts for the first record of an empty wheel. */
  add(record: number, expiresAt: Instant, now: Instant): void {
    if (this.#isEmpty) this.#stand(now)
    this.#link(record, expiresAt)
  }

  remove(record: number): void {
    const next = this.#records.next(record)
    const previous = this.#records.previous(record)
    if (next !== 0) this.#records.setPrevious(next - 1, previous)
    if (previous > 0) this.#records.setNext(previous - 1, next)
    else {
      const place = -previous - 1
      this.#first[place] = next
      if (next === 0) this.#count(place, -1)
    }
  }

  /** It is to expire sooner than when it was put where it is. */
  hasten(record: number, expiresAt: Instant): void {
    this.remove(record)
    this.#link(record, expiresAt)
  }

  /** A record that has expired, `nothingDue`, or `keepAsking`: a turn is short, however much there is to do. */
  next(now: Instant): number {
    if (this.#time > now) return nothingDue
    const ring = this.#ringToEmpty()
    const place = ring * ringSize + ((this.#low >> (ring * ringShift)) & withinRing)
    const record = (this.#first[place] as number) - 1
    if (record < 0) return this.#advance(now)
    const expiresAt = this.#records.expiresAt(record)
    if (ring === 0 && expiresAt <= this.#time) return record
    this.hasten(record, expiresAt)
    return keepAsking
  }

  get #isEmpty(): boolean {
    return this.#taken[0] === 0 && this.#taken[1] === 0 && this.#taken[2] === 0
  }

  /** At a multiple of a ring's step its place is dealt out to the rings below. */
  #ringToEmpty(): number {
    const low = this.#low
    if ((low & withinRing) !== 0) return 0
    if ((low & (ringSize ** 2 - 1)) === 0 && this.#first[2 * ringSize + (low >> (2 * ringShift))] !== 0) return 2
    return this.#first[ringSize + ((low >> ringShift) & withinRing)] === 0 ? 0 : 1
  }

  /** To the next place that may hold something, in this turn of the lowest ring that does. */
  #advance(now: Instant): number {
    if (this.#isEmpty) {
      this.#stand((now + 1) as Instant)
      return nothingDue
    }
    if (this.#taken[0] === 0) this.#stand(this.#time + this.#untilNextTurn)
    else {
      let steps = 1
      const most = ringSize - (this.#low & withinRing)
      while (steps < most && this.#first[(this.#low + steps) & withinRing] === 0) steps++
      this.#stand(this.#time + steps)
    }
    return this.#time > now ? this.#standAtMost(now) : keepAsking
  }

  /** Rings that are empty are passed over whole. */
  get #untilNextTurn(): number {
    const step = this.#taken[1] === 0 ? ringSize ** 2 : ringSize
    return step - (this.#low & (step - 1))
  }

  /** Time that has not come yet is not gone through: something may still be put there. */
  #standAtMost(now: Instant): number {
    this.#stand(now + 1)
    return nothingDue
  }

  #stand(time: number): void {
    this.#time = time
    this.#low = time % (farthest + 1)
  }

  #link(record: number, expiresAt: Instant): void {
    const span = Math.min(Math.max(Math.ceil(expiresAt - this.#time), 0), farthest) | 0
    const ring = span < ringSize ? 0 : span < ringSize ** 2 ? 1 : 2
    const target = (this.#low + span) & farthest
    const place = ring * ringSize + ((target >> (ring * ringShift)) & withinRing)
    const first = this.#first[place] as number
    this.#records.setNext(record, first)
    this.#records.setPrevious(record, -place - 1)
    if (first === 0) this.#count(place, 1)
    else this.#records.setPrevious(first - 1, record + 1)
    this.#first[place] = record + 1
  }

  #count(place: number, by: 1 | -1): void {
    const ring = place >> ringShift
    this.#taken[ring] = (this.#taken[ring] as number) + by
  }
}
