/** Records keep what was written to them, each for itself, however many there are. */

import { describe, expect, test } from 'vitest'
import { instant } from '../../base/clock.ts'
import { FlowRecords, type Width } from './flow-records.ts'
import { flowWords, hashOf, hashOfWide } from './packed-flow.ts'

const widths: readonly Width[] = ['narrow', 'wide']

/** Words of which none is 0, as the word of traits of a flow never is. */
function flowOf(seed: number): Int32Array {
  return Int32Array.from({ length: flowWords }, (_, word) => seed * 16 + word + 1)
}

const kept = (width: Width, flow: Int32Array) => Array.from(flow).slice(0, width === 'narrow' ? 4 : flowWords)

function written(records: FlowRecords, seed: number): number {
  const record = records.take(flowOf(seed), instant(1_700_000_000_000 + seed), seed)
  records.setExpiresAt(record, instant(1_800_000_000_000.25 + seed))
  records.setState(record, -seed)
  records.setAdmission(record, seed + 7)
  records.setNext(record, seed + 11)
  records.setPrevious(record, -seed - 13)
  return record
}

function read(records: FlowRecords, record: number) {
  return {
    expiresAt: records.expiresAt(record),
    state: records.state(record),
    admission: records.admission(record),
    next: records.next(record),
    previous: records.previous(record),
    openedAt: records.openedAt(record),
    order: records.order(record),
  }
}

function expected(seed: number) {
  return {
    expiresAt: 1_800_000_000_000.25 + seed,
    state: -seed,
    admission: seed + 7,
    next: seed + 11,
    previous: -seed - 13,
    openedAt: 1_700_000_000_000 + seed,
    order: seed,
  }
}

/** Over the edges of the first chunk, which doubles from 64, and of the second and third. */
const many = 40_000

describe.each(widths)('%s records', (width) => {
  test('are numbered from 0 and keep what was written to them', () => {
    const records = new FlowRecords(width)
    const numbers = Array.from({ length: many }, (_, at) => written(records, at + 1))
    expect(numbers.every((record, at) => record === at)).toBe(true)
    expect(records.count).toBe(many)
    const samples = [0, 1, 63, 64, 127, 128, 16_383, 16_384, 32_767, 32_768, many - 1]
    for (const record of samples) {
      const flow = flowOf(record + 1)
      expect(read(records, record)).toEqual(expected(record + 1))
      expect(records.holds(record, flow)).toBe(true)
      expect(records.holds(record, flowOf(record + 2))).toBe(false)
      expect(kept(width, records.flowOf(record))).toEqual(kept(width, flow))
      expect(records.hashOf(record)).toBe(width === 'narrow' ? hashOf(flow, 0) : hashOfWide(flow, 0, 4))
    }
  })

  test('hold a flow if all the words that count are its', () => {
    const records = new FlowRecords(width)
    const record = written(records, 1)
    const differing = Array.from(flowOf(1), (_, word) => {
      const flow = flowOf(1)
      flow[word] = -1
      return records.holds(record, flow)
    })
    expect(differing).toEqual(differing.map((_, word) => width === 'narrow' && word >= 4))
  })

  test('are listed while they are in use, and used again once they are free, the last freed first', () => {
    const records = new FlowRecords(width)
    for (let seed = 1; seed <= 5; seed++) written(records, seed)
    for (const record of [1, 3]) records.release(record)
    expect([...records.numbers()]).toEqual([0, 2, 4])
    expect(records.count).toBe(3)
    expect([written(records, 8), written(records, 9), written(records, 10)]).toEqual([3, 1, 5])
    expect(read(records, 3)).toEqual(expected(8))
    expect(read(records, 0)).toEqual(expected(1))
    expect([...records.numbers()]).toEqual([0, 1, 2, 3, 4, 5])
  })

  test('begin anew after all of many are gone', () => {
    const records = new FlowRecords(width)
    for (let seed = 1; seed <= 20_000; seed++) written(records, seed)
    for (let record = 0; record < 20_000; record++) records.release(record)
    expect([records.count, [...records.numbers()]]).toEqual([0, []])
    expect([written(records, 3), written(records, 4)]).toEqual([0, 1])
    expect(read(records, 0)).toEqual(expected(3))
    expect([...records.numbers()]).toEqual([0, 1])
  })
})
