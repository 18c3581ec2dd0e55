import { expect, test } from 'vitest'
import type { ConnectionTracking } from '../model/network-interface.ts'
import { engineDefaults } from './defaults.ts'
import { idleTimeout } from './idle-timeout.ts'
import type { ProtocolState } from './protocol-state.ts'

const tcp = (state: Extract<ProtocolState, { protocol: 'tcp' }>['state']): ProtocolState => ({ protocol: 'tcp', state })
const udp = (answered: 0 | 1 | 2): ProtocolState => ({ protocol: 'udp', turns: { last: 'opener', answered } })
const all: ConnectionTracking = { tcpEstablishedTimeout: 350, udpTimeout: 45, udpStreamTimeout: 60 }

/** data-plane 2.4, 7.2, 7.3: seconds by default, and with all three settings of the interface. */
const table: readonly { what: string; state: ProtocolState; plain: number; set: number }[] = [
  { what: 'syn-sent', state: tcp('syn-sent'), plain: 120, set: 120 },
  { what: 'syn-sent-both', state: tcp('syn-sent-both'), plain: 120, set: 120 },
  { what: 'syn-received', state: tcp('syn-received'), plain: 60, set: 60 },
  { what: 'established', state: tcp('established'), plain: 432_000, set: 350 },
  { what: 'fin-wait', state: tcp('fin-wait'), plain: 120, set: 120 },
  { what: 'close-wait', state: tcp('close-wait'), plain: 60, set: 60 },
  { what: 'last-ack', state: tcp('last-ack'), plain: 30, set: 30 },
  { what: 'time-wait', state: tcp('time-wait'), plain: 120, set: 120 },
  { what: 'closed', state: tcp('closed'), plain: 10, set: 10 },
  { what: 'UDP one way', state: udp(0), plain: 30, set: 45 },
  { what: 'UDP with one answer', state: udp(1), plain: 30, set: 45 },
  { what: 'UDP with two answers', state: udp(2), plain: 180, set: 60 },
  { what: 'ICMP', state: { protocol: 'icmp', isAnswered: false }, plain: 30, set: 30 },
  { what: 'any other protocol', state: { protocol: 'other', isAnswered: true }, plain: 600, set: 600 },
]

test.each(table)('$what idles for $plain s, and $set s where the interface says otherwise', ({ state, plain, set }) => {
  expect(idleTimeout(state, {}, engineDefaults)).toBe(plain * 1000)
  expect(idleTimeout(state, all, engineDefaults)).toBe(set * 1000)
})
