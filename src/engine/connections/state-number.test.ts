import { expect, test } from 'vitest'
import { parsePacket } from '../../packet/notation.ts'
import { firstState, nextState, type ProtocolState } from '../protocol-state.ts'
import { numberOfState, stateBits, stateOfNumber } from './state-number.ts'

const ends = { tcp: 'tcp 203.0.113.5:1 > 10.0.0.10:80', udp: 'udp 203.0.113.5:1 > 10.0.0.10:53' }
const payloads = [
  ...['S', 'SA', 'A', 'FA', 'R', 'P'].map((flags) => `${ends.tcp} ${flags}`),
  ends.udp,
  'icmp 203.0.113.5 > 10.0.0.10 echo 7',
  '50 203.0.113.5 > 10.0.0.10',
].map((text) => parsePacket(text).payload)

/** Every state that packets lead to. */
function reached(): ProtocolState[] {
  const known = new Map<string, ProtocolState>()
  const reach = (state: ProtocolState, kind: string): void => {
    const text = JSON.stringify(state)
    if (known.has(text)) return
    known.set(text, state)
    for (const payload of payloads.filter((each) => each.kind === kind)) {
      reach(nextState(state, 'original', payload), kind)
      reach(nextState(state, 'reply', payload), kind)
    }
  }
  for (const payload of payloads) reach(firstState(payload), payload.kind)
  return [...known.values()]
}

test('every state that packets lead to has a number of its own, from which it is read again', () => {
  const states = reached()
  const numbers = states.map(numberOfState)
  expect(numbers.map(stateOfNumber)).toEqual(states)
  expect(new Set(numbers).size).toBe(states.length)
  expect(Math.max(...numbers)).toBeLessThan(2 ** stateBits)
  expect(states.filter(({ protocol }) => protocol === 'tcp')).toHaveLength(9)
})

test('what is no state’s number is a broken promise', () => {
  expect(() => stateOfNumber(31)).toThrow('31 is the number of a state')
  expect(() => stateOfNumber(-1)).toThrow('-1 is the number of a state')
})
