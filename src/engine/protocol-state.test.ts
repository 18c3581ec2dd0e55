/** How states that are not TCP's move; tcp-state.test.ts has those. */

import { describe, expect, test } from 'vitest'
import { parsePacket } from '../packet/notation.ts'
import { firstState, isAnswered, nextState, type ProtocolState, startsAnew } from './protocol-state.ts'
import type { TcpState } from './tcp-state.ts'

const payloadOf = (text: string) => parsePacket(text).payload
const segment = (flags: string) => payloadOf(`tcp 203.0.113.5:1 > 10.0.0.10:80 ${flags}`)
const datagram = payloadOf('udp 203.0.113.5:1 > 10.0.0.10:53')
const question = payloadOf('icmp 203.0.113.5 > 10.0.0.10 echo 7')
const esp = payloadOf('50 203.0.113.5 > 10.0.0.10')
const tcp = (state: TcpState): ProtocolState => ({ protocol: 'tcp', state })

test('a flow begins with what its first packet says', () => {
  expect([segment('S'), segment('A'), segment('SA'), datagram, question, esp].map(firstState)).toEqual([
    tcp('syn-sent'),
    tcp('established'),
    tcp('established'),
    { protocol: 'udp', turns: { last: 'opener', answered: 0 } },
    { protocol: 'icmp', isAnswered: false },
    { protocol: 'other', isAnswered: false },
  ])
})

describe('UDP counts the answers that follow a question', () => {
  test.each([
    ['', 0],
    ['>', 0],
    ['<', 1],
    ['<<<', 1],
    ['<>', 1],
    ['<><', 2],
    ['<>>><<', 2],
    ['<><><><><><><><', 8],
    ['<><><><><><><><><><', 8],
  ])('%j: %i', (packets, answered) => {
    const state = Array.from(packets).reduce(
      (before, way) => nextState(before, way === '<' ? 'reply' : 'original', datagram),
      firstState(datagram),
    )
    expect(state).toMatchObject({ protocol: 'udp', turns: { answered } })
    expect(isAnswered(state)).toBe(answered > 0)
  })
})

test.each([
  ['icmp', question],
  ['other', esp],
] as const)('%s is answered by the first packet of the other side and stays so', (protocol, payload) => {
  const begun = firstState(payload)
  const again = nextState(begun, 'original', payload)
  const answered = nextState(again, 'reply', payload)
  expect([begun, again].map(isAnswered)).toEqual([false, false])
  expect(answered).toEqual({ protocol, isAnswered: true })
  expect(isAnswered(answered)).toBe(true)
  expect(nextState(nextState(answered, 'reply', payload), 'original', payload)).toEqual(answered)
})

test('TCP is answered once its opening segment is not all there was', () => {
  const states: readonly TcpState[] = ['syn-sent', 'syn-sent-both', 'syn-received', 'established', 'closed']
  expect(states.map((state) => isAnswered(tcp(state)))).toEqual([false, true, true, true, true])
})

describe('a SYN opens a connection anew', () => {
  test.each([
    ['closed', 'original', 'S', true, true],
    ['time-wait', 'original', 'S', true, true],
    ['closed', 'reply', 'S', false, false],
    ['closed', 'original', 'SA', false, false],
    ['closed', 'original', 'A', false, false],
    ['established', 'original', 'S', false, true],
    ['established', 'original', 'A', false, false],
    ['established', 'reply', 'S', false, false],
    ['last-ack', 'original', 'S', false, true],
  ] as const)('%s, %s %s: %s, and %s where it opens on a live flow', (...row) => {
    const [state, role, flags, passes, opens] = row
    expect(startsAnew(tcp(state), role, segment(flags), { synOnLiveFlow: 'passes' })).toBe(passes)
    expect(startsAnew(tcp(state), role, segment(flags), { synOnLiveFlow: 'opens' })).toBe(opens)
  })

  test.each([datagram, question, esp])('and no other protocol does', (payload) => {
    expect(startsAnew(firstState(payload), 'original', payload, { synOnLiveFlow: 'opens' })).toBe(false)
  })
})
