/** After any additions and deletions the index finds just the records that are there. */

import { expect, test } from 'vitest'
import { instant } from '../../base/clock.ts'
import { FlowIndex, none } from './flow-index.ts'
import { FlowRecords } from './flow-records.ts'
import { PackedFlow } from './packed-flow.ts'

const bits = (host: number) => 0xcb00_7100n + BigInt(host)

class Indexed {
  readonly #records = new FlowRecords('narrow')
  readonly #index = new FlowIndex(this.#records)
  readonly #flow = new PackedFlow()
  readonly #known = new Map<number, number>()

  #pack(port: number): PackedFlow {
    const ports = { source: port & 0xffff, destination: 443 }
    const source = { family: 4, bits: bits(port >> 16) } as const
    const destination = { family: 4, bits: 0x0a00_000an } as const
    this.#flow.pack({ source, destination, payload: { kind: 'udp', ports } }, 'ingress', 1)
    return this.#flow
  }

  add(port: number): void {
    const flow = this.#pack(port)
    const record = this.#records.take(flow.words, instant(0), 0)
    this.#index.add(record, flow.hash)
    this.#known.set(port, record)
  }

  delete(port: number): void {
    const record = this.#known.get(port) ?? none
    this.#index.delete(record, this.#records.hashOf(record))
    this.#records.release(record)
    this.#known.delete(port)
  }

  /** How many of the ports are not found as they should be. */
  faults(ports: readonly number[]): number {
    return ports.filter((port) => this.#index.find(this.#pack(port)) !== (this.#known.get(port) ?? none)).length
  }
}

const upTo = (count: number) => Array.from({ length: count }, (_, port) => port)

test('what was added is found and nothing else, at every size on the way up and down', () => {
  const indexed = new Indexed()
  const all = upTo(1500)
  for (const port of all) {
    indexed.add(port)
    if (port < 300 || port % 50 === 0) expect(indexed.faults(all)).toBe(0)
  }
  for (const port of all) {
    indexed.delete(port)
    if (port > 1200 || port % 50 === 0) expect(indexed.faults(all)).toBe(0)
  }
})

test('deletions in the midst of growth and additions in the midst of shrinking lose nothing', () => {
  const indexed = new Indexed()
  const all = upTo(3000)
  for (const port of all) {
    indexed.add(port)
    if (port % 3 === 2) indexed.delete(port - 2)
    if (port % 97 === 0) expect(indexed.faults(all)).toBe(0)
  }
  for (const port of all.filter((each) => each % 3 !== 0)) {
    indexed.delete(port)
    if (port % 4 === 1) {
      indexed.add(port + 100_000)
      indexed.delete(port + 100_000)
    }
    if (port % 97 === 1) expect(indexed.faults([...all, ...all.map((each) => each + 100_000)])).toBe(0)
  }
  expect(indexed.faults(all)).toBe(0)
})

test('thousands come and go at one size', () => {
  const indexed = new Indexed()
  for (const port of upTo(200)) indexed.add(port)
  for (const port of upTo(20_000)) {
    indexed.add(port + 200)
    indexed.delete(port)
  }
  expect(indexed.faults(upTo(21_000))).toBe(0)
})
