/** Every record comes up when it expires, not a millisecond sooner, in few turns however far off it is. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instant } from '../../base/clock.ts'
import { ExpiryWheel, keepAsking, nothingDue } from './expiry-wheel.ts'
import { FlowRecords } from './flow-records.ts'
import { flowWords } from './packed-flow.ts'

const flow = new Int32Array(flowWords).fill(1)
const start = 1_700_000_000_000

class Wheel {
  readonly #records = new FlowRecords('narrow')
  readonly #wheel = new ExpiryWheel(this.#records)
  turns = 0

  add(expiresAt: number, now: number): number {
    const record = this.#records.take(flow, instant(now), 0)
    this.#records.setExpiresAt(record, instant(expiresAt))
    this.#wheel.add(record, instant(expiresAt), instant(now))
    return record
  }

  /** A later time leaves the record where it is. */
  renew(record: number, expiresAt: number): void {
    const isSooner = expiresAt < this.#records.expiresAt(record)
    this.#records.setExpiresAt(record, instant(expiresAt))
    if (isSooner) this.#wheel.hasten(record, instant(expiresAt))
  }

  remove(record: number): void {
    this.#wheel.remove(record)
    this.#records.release(record)
  }

  expired(now: number): number[] {
    const found: number[] = []
    for (;;) {
      const record = this.#wheel.next(instant(now))
      this.turns++
      if (record === nothingDue) return found.sort((a, b) => a - b)
      if (record === keepAsking) continue
      found.push(record)
      this.remove(record)
    }
  }
}

const day = 86_400_000

describe('a record', () => {
  test.each([
    0,
    1,
    2,
    1000,
    1023,
    1024,
    1025,
    2047,
    2048,
    30_000,
    120_000,
    350_000,
    1_048_575,
    1_048_576,
    1_048_577,
    5 * day,
    1_073_741_822,
    1_073_741_823,
    1_073_741_824,
    20 * day,
  ])('that expires in %i ms comes up then', (span) => {
    for (const now of [start, start + 1, start + 777, 0]) {
      const wheel = new Wheel()
      const record = wheel.add(now + span, now)
      if (span > 0) expect(wheel.expired(now + span - 1)).toEqual([])
      expect(wheel.expired(now + span)).toEqual([record])
      expect(wheel.expired(now + span + 1)).toEqual([])
    }
  })

  test('far off comes up in few turns, also when nobody asked meanwhile', () => {
    const wheel = new Wheel()
    const [near, far] = [wheel.add(start + 120_000, start), wheel.add(start + 5 * day, start)]
    expect(wheel.expired(start + 5 * day)).toEqual([near, far])
    expect(wheel.turns).toBeLessThan(1000)
  })

  test('costs few turns where others are many', () => {
    const wheel = new Wheel()
    for (let each = 0; each < 10_000; each++) wheel.add(start + 30_000 + each, start)
    for (let now = start; now <= start + 40_000; now += 10) wheel.expired(now)
    expect(wheel.turns).toBeLessThan(45_000)
  })

  test('of an idle wheel is waited for from when it came', () => {
    const wheel = new Wheel()
    wheel.add(start + 10, start)
    expect(wheel.expired(start + 10)).toHaveLength(1)
    const later = start + 300 * day
    const record = wheel.add(later + 10, later)
    expect(wheel.expired(later + 9)).toEqual([])
    expect(wheel.expired(later + 10)).toEqual([record])
    expect(wheel.turns).toBeLessThan(60)
  })

  test('that is put behind what was gone through comes up at once', () => {
    const wheel = new Wheel()
    wheel.add(start + 5000, start)
    expect(wheel.expired(start + 4000)).toEqual([])
    const record = wheel.add(start + 3000, start + 4000)
    expect(wheel.expired(start + 4001)).toEqual([record])
  })
})

const anyStep = fc.record({
  kind: fc.constantFrom('add', 'add', 'renew', 'remove', 'wait'),
  which: fc.nat({ max: 1000 }),
  span: fc.oneof(
    fc.nat({ max: 30 }),
    fc.integer({ min: 1000, max: 1050 }),
    fc.nat({ max: 3_000_000 }),
    fc.nat({ max: 2 ** 31 }),
  ),
})

test('those that come up are those that a list says have expired', () => {
  const property = fc.property(fc.array(anyStep, { maxLength: 60 }), (steps) => {
    const wheel = new Wheel()
    const list = new Map<number, number>()
    let now = start
    for (const { kind, which, span } of steps) {
      const record = [...list.keys()][which % Math.max(list.size, 1)]
      if (kind === 'wait') now += span
      else if (kind === 'add' || record === undefined) list.set(wheel.add(now + span + 1, now), now + span + 1)
      else if (kind === 'remove') {
        wheel.remove(record)
        list.delete(record)
      } else {
        wheel.renew(record, now + span + 1)
        list.set(record, now + span + 1)
      }
      const due = [...list].filter(([, expiresAt]) => expiresAt <= now).map(([each]) => each)
      expect(wheel.expired(now)).toEqual(due.sort((a, b) => a - b))
      for (const each of due) list.delete(each)
    }
  })
  fc.assert(property, { numRuns: 200 })
})
