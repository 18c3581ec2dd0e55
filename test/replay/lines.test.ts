/** Lines of flow logs, cut anywhere, read as a plain reading of the text would. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatAddress } from '../../src/net/address.ts'
import { InterfaceNames } from '../../src/replay/interface-names.ts'
import { columnKinds, formatFromText } from '../../src/replay/log-format.ts'
import { LogLines } from '../../src/replay/log-lines.ts'
import { absent, mostRows, type RecordBatch, unnamedInterface } from '../../src/replay/record-batch.ts'

const fields = [
  'version',
  'interface-id',
  'srcaddr',
  'dstaddr',
  'srcport',
  'dstport',
  'protocol',
  'packets',
  'bytes',
  'start',
  'end',
  'action',
  'log-status',
  'tcp-flags',
  'az-id',
  'pkt-srcaddr',
  'flow-direction',
] as const
const format = formatFromText(fields.join(' '))

const numbers = [
  ['srcport', columnKinds.sourcePort],
  ['dstport', columnKinds.destinationPort],
  ['protocol', columnKinds.protocol],
  ['packets', columnKinds.packets],
  ['bytes', columnKinds.bytes],
  ['start', columnKinds.start],
  ['end', columnKinds.end],
  ['tcp-flags', columnKinds.flags],
] as const

const words = {
  action: [columnKinds.action, ['ACCEPT', 'REJECT']],
  'log-status': [columnKinds.status, ['OK', 'NODATA', 'SKIPDATA']],
  'flow-direction': [columnKinds.direction, ['ingress', 'egress']],
} as const

/** What a batch's row says, spelt as the line has it. */
function spelt(batch: RecordBatch, row: number, ids: readonly string[]): Record<string, string> {
  const number = (kind: number) => batch.numbers[kind * mostRows + row] as number
  const text = (value: number) => (value === absent ? '-' : String(value))
  const address = (place: number) =>
    batch.families[place * mostRows + row] === 0 ? '-' : formatAddress(batch.address(place, row))
  return {
    'interface-id': number(columnKinds.interface) === absent ? '-' : String(ids[number(columnKinds.interface)]),
    srcaddr: address(0),
    dstaddr: address(1),
    'pkt-srcaddr': address(2),
    ...Object.fromEntries(numbers.map(([name, kind]) => [name, text(number(kind))])),
    ...Object.fromEntries(
      Object.entries(words).map(([name, [kind, known]]) => [name, known[number(kind)] ?? text(number(kind))]),
    ),
  }
}

interface Read {
  readonly records: readonly Record<string, string>[]
  readonly damaged: readonly (readonly [line: number, text: string])[]
}

function read(text: string, cuts: readonly number[]): Read {
  const records: Record<string, string>[] = []
  const damaged: (readonly [number, string])[] = []
  const ids: string[] = []
  const lines = new LogLines(new InterfaceNames(), { name: 'a.log', format }, (portion) => {
    ids.push(...portion.names)
    for (let row = 0; row < portion.records.size; row++) records.push(spelt(portion.records, row, ids))
    damaged.push(...portion.damaged.examples.map(({ line, text }) => [line, text] as const))
    return portion.records
  })
  const bytes = Buffer.from(text)
  const ends = [...new Set([...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].sort((a, b) => a - b)
  ends.reduce((from, to) => {
    lines.push(bytes.subarray(from, to))
    return to
  }, 0)
  lines.end()
  return { records, damaged }
}

const octets = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)).map((all) => all.join('.'))
const wide = fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }).map((bits) => formatAddress({ family: 6, bits }))
const address = fc.oneof({ weight: 4, arbitrary: octets }, wide, fc.constant('-'))
const orDash = (number: fc.Arbitrary<number>) =>
  fc.oneof({ weight: 6, arbitrary: number.map(String) }, fc.constant('-'))
const large = fc.oneof(fc.nat(100_000), fc.integer({ min: 1_600_000_000, max: 2 ** 32 }), fc.maxSafeNat())

const record = fc.record({
  version: fc.constantFrom('2', '5'),
  'interface-id': fc.constantFrom('-', 'eni-0123456789abcdef0', 'eni-1', 'eni-0123456789abcdef1', 'eni-web'),
  srcaddr: address,
  dstaddr: address,
  srcport: orDash(fc.nat(65_535)),
  dstport: orDash(fc.nat(65_535)),
  protocol: orDash(fc.nat(255)),
  packets: orDash(large),
  bytes: orDash(large),
  start: orDash(large),
  end: orDash(large),
  action: fc.constantFrom('ACCEPT', 'REJECT', '-'),
  'log-status': fc.constantFrom('OK', 'NODATA', 'SKIPDATA', '-'),
  'tcp-flags': orDash(fc.nat(255)),
  'az-id': fc.constantFrom('use1-az4', '-'),
  'pkt-srcaddr': address,
  'flow-direction': fc.constantFrom('ingress', 'egress', '-'),
})

/** One field that its column does not have. */
const damage = fc.constantFrom(
  ['srcaddr', '10.0.0.256'],
  ['srcaddr', '10.0.0'],
  ['dstaddr', '10.0.0.1.2'],
  ['dstaddr', '10..0.1'],
  ['pkt-srcaddr', '2001:db8::g'],
  ['srcport', '65536'],
  ['dstport', '4a3'],
  ['protocol', '256'],
  ['packets', '-1'],
  ['bytes', '9007199254740993'],
  ['start', '1:'],
  ['action', 'ACCEPTED'],
  ['action', 'ACCEP'],
  ['log-status', 'ok'],
  ['flow-direction', 'egres'],
  ['tcp-flags', ''],
  ['interface-id', 'x'.repeat(65)],
)

type Line = Readonly<Record<string, string>>
const lineOf = (line: Line) => fields.map((field) => line[field]).join(' ')

describe('lines', () => {
  test('are read as they are written, wherever chunks end, and damaged ones are told with their numbers', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(record, fc.option(damage), fc.constantFrom('\n', '\r\n', '\n\n')), { maxLength: 30 }),
        fc.array(fc.nat(), { maxLength: 12 }),
        (lines, cuts) => {
          const expected: { records: Line[]; damaged: [number, string][] } = { records: [], damaged: [] }
          let number = 1
          let text = ''
          for (const [line, wrong, end] of lines) {
            const written: Line = wrong ? { ...line, [wrong[0] as string]: wrong[1] as string } : line
            if (wrong) expected.damaged.push([number, lineOf(written).trim().slice(0, 200)])
            else expected.records.push(line)
            text += lineOf(written) + end
            number += end === '\n\n' ? 2 : 1
          }
          const { records, damaged } = read(text, cuts)
          const told = expected.records.map(({ version: _, 'az-id': __, ...line }) => line)
          expect(records).toEqual(told.map((line) => ({ ...line })))
          expect(damaged).toEqual(expected.damaged.slice(0, 20))
        },
      ),
      { numRuns: 300 },
    )
  })

  test('are as many as there are, over the ends of batches', () => {
    const line = `${lineOf({ ...Object.fromEntries(fields.map((field) => [field, '-'])), bytes: '7' })}\n`
    const { records, damaged } = read(line.repeat(mostRows * 2 + 1), [5000, 100_000])
    expect(damaged).toEqual([])
    expect(records).toHaveLength(mostRows * 2 + 1)
    expect(new Set(records.map(({ bytes }) => bytes))).toEqual(new Set(['7']))
  })
})

describe('interfaces', () => {
  const view = (id: string) => {
    const bytes = Buffer.from(`${id}    `)
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  }

  test('are numbered as they come, each once, however many', () => {
    const names = new InterfaceNames()
    const ids = Array.from({ length: 5000 }, (_, number) => `eni-${(number * 7919).toString(16).padStart(17, '0')}`)
    for (const round of [0, 1]) {
      expect(ids.map((id) => names.numberOf(view(id), 0, id.length))).toEqual(ids.map((_, number) => number))
      expect(names.takeFresh()).toEqual(round === 0 ? ids : [])
    }
  })

  test('beyond the most are not told apart', () => {
    const names = new InterfaceNames()
    const numbers = Array.from({ length: 2 ** 18 + 2 }, (_, number) => {
      const id = `eni-${number}`
      return names.numberOf(view(id), 0, id.length)
    })
    expect(numbers.slice(-3)).toEqual([2 ** 18 - 1, unnamedInterface, unnamedInterface])
    expect(names.numberOf(view('eni-5'), 0, 5)).toBe(5)
  })
})
