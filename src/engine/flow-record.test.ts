/** Flow log records, byte for byte as the VPC user guide prints them, and what each field holds. */

import { describe, expect, test } from 'vitest'
import { instant } from '../base/clock.ts'
import { defaultFlowLogFormat } from '../model/flow-log.ts'
import { parseAddress } from '../net/address.ts'
import { parsePacket } from '../packet/notation.ts'
import { type FlowAction, FlowWindow, flowAction } from './flow-record.ts'
import { type RecordedInterface, recordLine } from './flow-record-text.ts'
import { allow, deny } from './verdict.ts'

const at: RecordedInterface = {
  account: '123456789010',
  region: 'us-east-1',
  id: 'eni-1235b8ca123456789',
  vpc: 'vpc-abcdefab012345678',
  subnet: 'subnet-aaaaaaaa012345678',
  instance: 'i-01234567890123456',
  zoneId: 'use1-az1',
  primaryAddress: parseAddress('172.31.16.139'),
}

/** Seconds of 2015, direction, action, packet. */
type Seen = readonly [second: number, direction: 'ingress' | 'egress', action: FlowAction, packet: string]

function linesOf(format: string, seen: readonly Seen[], where = at): string[] {
  const window = new FlowWindow()
  for (const [second, direction, action, text] of seen) {
    const sighting = { packet: parsePacket(text), direction, action, now: instant(second * 1000), trafficPath: () => 1 }
    window.note(sighting)
  }
  return window.records.map((record) => recordLine(format, where, { status: 'OK', record }))
}

const one = (fields: string, seen: Seen, where = at) => linesOf(format(fields), [seen], where)[0]
const format = (fields: string) =>
  fields
    .split(' ')
    .map((field) => `\${${field}}`)
    .join(' ')

const echo = 'icmp 203.0.113.12 > 172.31.16.139 echo 7 84B'
const reply = 'icmp 172.31.16.139 > 203.0.113.12 reply 7 84B'
const ping = (action: FlowAction): Seen[] => [
  ...[1432917027, 1432917065, 1432917100, 1432917142].map((at): Seen => [at, 'ingress', 'ACCEPT', echo]),
  ...[1432917094, 1432917110, 1432917126, 1432917142].map((at): Seen => [at, 'egress', action, reply]),
]

describe('the ping of the user guide', () => {
  test('is two records where the answer is refused', () => {
    expect(linesOf(defaultFlowLogFormat, ping('REJECT'))).toEqual([
      '2 123456789010 eni-1235b8ca123456789 203.0.113.12 172.31.16.139 0 0 1 4 336 1432917027 1432917142 ACCEPT OK',
      '2 123456789010 eni-1235b8ca123456789 172.31.16.139 203.0.113.12 0 0 1 4 336 1432917094 1432917142 REJECT OK',
    ])
  })

  test('is two records as well where it is let out', () => {
    expect(linesOf(defaultFlowLogFormat, ping('ACCEPT')).map((line) => line.split(' ').at(-2))).toEqual([
      'ACCEPT',
      'ACCEPT',
    ])
  })
})

describe('a window of which there is nothing to tell', () => {
  const window = { start: instant(1431280876_000), end: instant(1431280934_000) }
  test.each([
    [
      'NODATA',
      defaultFlowLogFormat,
      '2 123456789010 eni-1235b8ca123456789 - - - - - - - 1431280876 1431280934 - NODATA',
    ],
    [
      'SKIPDATA',
      defaultFlowLogFormat,
      '2 123456789010 eni-1235b8ca123456789 - - - - - - - 1431280876 1431280934 - SKIPDATA',
    ],
    ['NODATA', format('vpc-id tcp-flags flow-direction log-status'), 'vpc-abcdefab012345678 - - NODATA'],
  ] as const)('is a %s line', (status, wanted, text) => {
    expect(recordLine(wanted, at, { status, ...window })).toBe(text)
  })
})

describe('a record', () => {
  const segment = (flags: string): Seen => [
    1,
    'ingress',
    'ACCEPT',
    `tcp 203.0.113.12:40000 > 172.31.16.139:22 ${flags}`,
  ]

  test.each([
    ['S A PA FA A', '3'],
    ['S', '2'],
    ['SA', '18'],
    ['SA A FA', '19'],
    ['S SA', '18'],
    ['R', '4'],
    ['RA', '4'],
    ['A PA A', '0'],
    ['F U -', '1'],
    ['S A RA', '6'],
  ])('has of the segments %s the tcp-flags %s', (flags, expected) => {
    expect(linesOf(format('tcp-flags'), flags.split(' ').map(segment))).toEqual([expected])
  })

  test.each([
    ['version', '2'],
    ['version start', '2 1'],
    ['version tcp-flags', '3 2'],
    ['az-id version', 'use1-az1 4'],
    ['version flow-direction az-id', '5 ingress use1-az1'],
    ['version reject-reason', '8 -'],
    [
      'region vpc-id subnet-id instance-id',
      'us-east-1 vpc-abcdefab012345678 subnet-aaaaaaaa012345678 i-01234567890123456',
    ],
    ['type protocol srcport dstport', 'IPv4 6 40000 22'],
    ['sublocation-type sublocation-id pkt-src-aws-service pkt-dst-aws-service', '- - - -'],
    ['traffic-path', '-'],
    ['ecs-task-id no-such-field', '- -'],
    ['action action', 'ACCEPT ACCEPT'],
  ])('with the fields %s reads %s', (fields, text) => {
    expect(one(fields, segment('S'))).toBe(text)
  })

  test.each([
    ['udp', 'udp 203.0.113.12:9 > 172.31.16.139:53', '17 9 53 -'],
    ['another protocol', '50 203.0.113.12 > 172.31.16.139', '50 0 0 -'],
    ['IPv6', 'icmpv6 2001:db8::1 > 2001:db8::2 echo 1', '58 0 0 -'],
    ['a later fragment', 'udp 203.0.113.12:9 > 172.31.16.139:53 later 7', '17 0 0 -'],
  ])('of %s has the ports and flags that it has', (_, packet, text) => {
    expect(one('protocol srcport dstport tcp-flags', [1, 'ingress', 'ACCEPT', packet])).toBe(text)
  })

  test('shows the primary private address on its own side, and the packet’s own in the pkt- fields', () => {
    const fields = 'srcaddr dstaddr pkt-srcaddr pkt-dstaddr'
    const [into, out]: Seen[] = [
      [1, 'ingress', 'ACCEPT', 'udp 203.0.113.12:9 > 172.31.16.200:53'],
      [1, 'egress', 'ACCEPT', 'udp 172.31.16.200:53 > 203.0.113.12:9'],
    ] as const
    expect([into, out].map((seen) => seen && one(fields, seen))).toEqual([
      '203.0.113.12 172.31.16.139 203.0.113.12 172.31.16.200',
      '172.31.16.139 203.0.113.12 172.31.16.200 203.0.113.12',
    ])
    const other: Seen = [1, 'egress', 'ACCEPT', 'udp [2001:db8::2]:53 > [2001:db8::1]:9']
    expect(one(fields, other)).toBe('2001:db8::2 2001:db8::1 2001:db8::2 2001:db8::1')
    const bare = { ...at, primaryAddress: undefined, instance: undefined, zoneId: undefined }
    expect(one('dstaddr instance-id az-id', [1, 'ingress', 'ACCEPT', echo], bare)).toBe('172.31.16.139 - -')
  })

  test('names the way out of what leaves, and of nothing else', () => {
    expect(one('flow-direction traffic-path', [1, 'egress', 'ACCEPT', reply])).toBe('egress 1')
    expect(one('flow-direction traffic-path', [1, 'ingress', 'ACCEPT', echo])).toBe('ingress -')
  })

  test('is one for each 5-tuple, direction and action', () => {
    const tuple = (port: number) => `tcp 203.0.113.12:${port} > 172.31.16.139:22 S 60B`
    const seen: Seen[] = [
      [1, 'ingress', 'ACCEPT', tuple(1)],
      [2, 'ingress', 'REJECT', tuple(1)],
      [3, 'ingress', 'ACCEPT', tuple(2)],
      [4, 'ingress', 'ACCEPT', tuple(1)],
      [5, 'egress', 'ACCEPT', tuple(1)],
    ]
    expect(linesOf(format('srcport action packets bytes start end flow-direction'), seen)).toEqual([
      '1 ACCEPT 2 120 1 4 ingress',
      '1 REJECT 1 60 2 2 ingress',
      '2 ACCEPT 1 60 3 3 ingress',
      '1 ACCEPT 1 60 5 5 egress',
    ])
  })

  test('is lost where a window already holds ten thousand, and the window says so', () => {
    const window = new FlowWindow()
    expect(window.hasSkipped).toBe(false)
    for (let port = 0; port <= 10_000; port++) {
      const packet = parsePacket(`udp 203.0.113.12:${port} > 172.31.16.139:53`)
      window.note({ packet, direction: 'ingress', action: 'ACCEPT', now: instant(0), trafficPath: () => undefined })
    }
    expect([window.records.length, window.hasSkipped]).toEqual([10_000, true])
  })
})

test('what is never filtered is never logged, nor are its fragments', () => {
  const exempt = { kind: 'exempt', service: 'Amazon DNS' } as const
  const refused = { kind: 'no-rule', direction: 'ingress', groups: [] } as const
  const verdicts = [
    allow(exempt),
    allow({ kind: 'fragment', first: exempt }),
    allow({ kind: 'message', rules: [] }),
    deny(refused),
    deny({ kind: 'fragment', first: refused }),
    deny({ kind: 'allowance', allowance: 1 }),
  ]
  const recorded = verdicts.map((verdict) => flowAction(verdict))
  expect(recorded).toEqual([undefined, undefined, 'ACCEPT', 'REJECT', 'REJECT', 'REJECT'])
})

test('what the allowance refused is a REJECT, or by choice in no record, nor are its fragments', () => {
  const full = { kind: 'allowance', allowance: 1 } as const
  const verdicts = [deny(full), deny({ kind: 'fragment', first: full }), deny({ kind: 'multicast' })]
  const actions = (allowanceRecord: 'reject' | 'none') =>
    verdicts.map((verdict) => flowAction(verdict, { allowanceRecord }))
  expect(actions('reject')).toEqual(['REJECT', 'REJECT', 'REJECT'])
  expect(actions('none')).toEqual([undefined, undefined, 'REJECT'])
})
