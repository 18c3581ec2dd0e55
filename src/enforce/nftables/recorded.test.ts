/** What flow logs are told of two looks at the kernel's sets, and of an ACL's refusals behind an interface. */

import { expect, test } from 'vitest'
import { instant } from '../../base/clock.ts'
import { formatPacket } from '../../packet/notation.ts'
import { readTallies } from './recorded.ts'
import { RecordedFlows, type SeenFlow } from './recorded-flows.ts'
import { RefusedBeyond } from './refused-beyond.ts'

const flow = '6 . 10.0.0.5 . 10.0.1.9 . 40000 . 80'
const segments = '10.0.0.5 . 10.0.1.9 . 40000 . 80'

function listing(sets: Readonly<Record<string, readonly string[]>>): string {
  const blocks = Object.entries(sets).map(([name, elements]) => {
    return `\tset ${name} {\n\t\ttype x\n\t\telements = { ${elements.join(',\n\t\t\t     ')} }\n\t}`
  })
  return `table inet sallyport-eth0 {\n${blocks.join('\n\n')}\n}\n`
}

const counted = (key: string, packets: number, bytes: number, expires = '118s') =>
  `${key} counter packets ${packets} bytes ${bytes} expires ${expires}`

const shown = ({ fate, way, header, packets, bytes, start, end }: SeenFlow) =>
  `${fate} ${way} ${formatPacket({ ...header, length: 40 })} ${packets} ${bytes} ${start}-${end}`

test('a look tells what came since the one before, with the flags that came', () => {
  const flows = new RecordedFlows(instant(0))
  const look = (sets: Readonly<Record<string, readonly string[]>>, now: number) =>
    flows.next(readTallies(listing(sets)), instant(now)).map(shown)
  const first = { 'passed-in-4': [counted(flow, 2, 100)], 'passed-in-4-syn': [counted(segments, 1, 60)] }
  expect(look(first, 5000)).toEqual(['passed in tcp 10.0.0.5:40000 > 10.0.1.9:80 S 2 100 3000-3000'])
  expect(look(first, 10_000)).toEqual([])
  const more = { ...first, 'passed-in-4': [counted(flow, 5, 250)], 'passed-in-4-fin': [counted(segments, 1, 52)] }
  expect(look(more, 15_000)).toEqual(['passed in tcp 10.0.0.5:40000 > 10.0.1.9:80 F 3 150 10000-13000'])
})

test('a flag that is listed before its packet goes with the flow’s next packets', () => {
  const flows = new RecordedFlows(instant(0))
  const look = (sets: Readonly<Record<string, readonly string[]>>, now: number) =>
    flows.next(readTallies(listing(sets)), instant(now)).map(shown)
  look({ 'passed-in-4': [counted(flow, 2, 100)] }, 5000)
  const early = { 'passed-in-4': [counted(flow, 2, 100)], 'passed-in-4-rst': [counted(segments, 1, 40)] }
  expect(look(early, 10_000)).toEqual([])
  expect(look({ ...early, 'passed-in-4': [counted(flow, 3, 140)] }, 15_000)[0]).toMatch(' R 1 40 ')
})

test('a flow that counts less was forgotten in between and began anew', () => {
  const flows = new RecordedFlows(instant(0))
  flows.next(
    readTallies(listing({ 'refused-out-4-messages': [counted('1 . 10.0.0.5 . 10.0.1.9', 9, 756)] })),
    instant(5000),
  )
  const anew = listing({ 'refused-out-4-messages': [counted('1 . 10.0.0.5 . 10.0.1.9', 2, 168, '1m59s')] })
  expect(flows.next(readTallies(anew), instant(10_000)).map(({ packets, bytes }) => [packets, bytes])).toEqual([
    [2, 168],
  ])
})

test('what an ACL refused of a flow that passed its interface has passed no more', () => {
  const [passed] = new RecordedFlows(instant(0)).next(
    readTallies(listing({ 'passed-out-4': [counted(flow, 3, 180)] })),
    instant(5000),
  )
  if (!passed) throw new Error('the flow is seen')
  const refusal = { ...passed, fate: 'refused', packets: 5, bytes: 300 } as const
  const beyond = new RefusedBeyond()
  const settled = (flows: readonly SeenFlow[], refusals: readonly SeenFlow[]) =>
    beyond.settle(flows, refusals).map(({ fate, packets, bytes }) => `${fate} ${packets} ${bytes}`)
  expect(settled([passed], [refusal])).toEqual(['refused 3 180'])
  // Two were refused before the interface's own count was looked at.
  expect(settled([passed], [])).toEqual(['refused 2 120', 'passed 1 60'])
  expect(settled([passed], [])).toEqual(['passed 3 180'])
})
