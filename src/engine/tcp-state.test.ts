import { describe, expect, test } from 'vitest'
import { tcpFlags } from '../packet/packet.ts'
import { isOpening, isOver, type Segment, type Side, segmentOf, type TcpState, tcpAfter } from './tcp-state.ts'

const columns: readonly TcpState[] = [
  'syn-sent',
  'syn-sent-both',
  'syn-received',
  'established',
  'fin-wait',
  'close-wait',
  'last-ack',
  'time-wait',
  'closed',
]

/** data-plane 7.2, without the column `none`; `.` is what leaves the state alone. */
const rows: readonly (readonly [Side, Segment, string])[] = [
  ['opener', 'syn', '. . . . . . . . .'],
  ['opener', 'syn-ack', '. syn-received . . . . . . .'],
  ['opener', 'fin', '. . fin-wait fin-wait last-ack last-ack . . .'],
  ['opener', 'ack', '. . established . close-wait . time-wait . .'],
  ['opener', 'rst', 'closed closed closed closed closed closed closed closed .'],
  ['answerer', 'syn', 'syn-sent-both . . . . . . . .'],
  ['answerer', 'syn-ack', 'syn-received syn-received . . . . . . .'],
  ['answerer', 'fin', '. . fin-wait fin-wait last-ack last-ack . . .'],
  ['answerer', 'ack', '. . . . close-wait . time-wait . .'],
  ['answerer', 'rst', 'closed closed closed closed closed closed closed closed .'],
]

const cells = rows.flatMap(([side, segment, row]) =>
  row.split(' ').map((cell, index) => {
    const before = columns[index] as TcpState
    return { side, segment, before, next: cell === '.' ? before : cell }
  }),
)

test.each(cells)('$segment of the $side in $before leads to $next', ({ side, segment, before, next }) => {
  expect(tcpAfter(before, side, segment)).toBe(next)
})

test.each(columns)('a segment that says nothing leaves %s alone', (state) => {
  expect(tcpAfter(state, 'opener', undefined)).toBe(state)
})

test('only after its end may a connection be opened anew', () => {
  expect(columns.filter(isOver)).toEqual(['time-wait', 'closed'])
})

describe('a segment is named by the first of its flags in the order RST, SYN, FIN, ACK', () => {
  const { fin, syn, rst, psh, ack, urg } = tcpFlags
  test.each([
    { title: 'S', flags: syn, name: 'syn', opens: true },
    { title: 'S with PSH and URG', flags: syn | psh | urg, name: 'syn', opens: true },
    { title: 'SA', flags: syn | ack, name: 'syn-ack', opens: false },
    { title: 'SF', flags: syn | fin, name: 'syn', opens: false },
    { title: 'SR', flags: syn | rst, name: 'rst', opens: false },
    { title: 'FA', flags: fin | ack, name: 'fin', opens: false },
    { title: 'F', flags: fin, name: 'fin', opens: false },
    { title: 'RA', flags: rst | ack, name: 'rst', opens: false },
    { title: 'PA', flags: psh | ack, name: 'ack', opens: false },
    { title: 'P', flags: psh, name: undefined, opens: false },
    { title: 'none', flags: 0, name: undefined, opens: false },
  ])('$title is $name', ({ flags, name, opens }) => {
    expect(segmentOf(flags)).toBe(name)
    expect(isOpening(flags)).toBe(opens)
  })
})
