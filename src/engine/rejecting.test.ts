import { expect, test } from 'vitest'
import { parsePacket } from '../packet/notation.ts'
import { rejecting } from './rejecting.ts'

const refused = { kind: 'no-rule', direction: 'ingress', groups: [] } as const

/** RFC 9293 3.5.2: no reset answers a reset. RFC 1122 3.2.2: no error answers an error, a later fragment or multicast. */
test.each([
  ['tcp 203.0.113.5:1 > 10.0.0.10:80 S', 'tcp-reset'],
  ['tcp 203.0.113.5:1 > 10.0.0.10:80 PA', 'tcp-reset'],
  ['tcp 203.0.113.5:1 > 10.0.0.10:80 S first 7', 'tcp-reset'],
  ['tcp 203.0.113.5:1 > 10.0.0.10:80 S later 7', undefined],
  ['tcp 203.0.113.5:1 > 10.0.0.10:80 R', undefined],
  ['tcp 203.0.113.5:1 > 10.0.0.10:80 RA', undefined],
  ['udp 203.0.113.5:1 > 10.0.0.10:53', 'icmp-prohibited'],
  ['udp 203.0.113.5:1 > 10.0.0.10:53 later 7', undefined],
  ['50 203.0.113.5 > 10.0.0.10', 'icmp-prohibited'],
  ['icmp 203.0.113.5 > 10.0.0.10 echo 7', 'icmp-prohibited'],
  ['icmp 203.0.113.5 > 10.0.0.10 reply 7', 'icmp-prohibited'],
  ['icmp 203.0.113.5 > 10.0.0.10 3/4', undefined],
  ['icmpv6 2001:db8::5 > 2001:db8::10 2/0', undefined],
] as const)('%s, refused, is answered by %s', (text, sends) => {
  expect(rejecting(parsePacket(text), refused)).toBe(sends)
  expect(rejecting(parsePacket(text), { kind: 'multicast' })).toBeUndefined()
})
