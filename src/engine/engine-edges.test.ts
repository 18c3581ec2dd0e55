/** Where one fact more or less decides otherwise: what stands before state, flows carried on, flows of an instance. */

import { describe, expect, test } from 'vitest'
import { addressOf, worldLines } from '../../test/arbitraries.ts'
import { type Instant, instant } from '../base/clock.ts'
import { invariant } from '../base/invariant.ts'
import type { Direction } from '../model/rule.ts'
import { parsePacket } from '../packet/notation.ts'
import { PolicyTable } from '../policy/policy-table.ts'
import { Engine } from './engine.ts'
import { playTimeline } from './timeline.ts'

const fates = (...lines: readonly string[]) =>
  Array.from(playTimeline(lines.join('\n')), ({ verdict, reason }) => `${verdict.action} ${reason}`)

describe('a packet of a live connection still meets what looks at more than its flow', () => {
  test('an ACL’s entry for an ICMP code', () => {
    const echo = (code: number) => `0s e ingress icmp 203.0.113.5 > 10.0.0.10 8/${code} id=7`
    expect(
      fates(
        'world',
        '  acl n ingress 100 allow icmp 8/0 from 0.0.0.0/0',
        '  subnet s 10.0.0.0/24 acl n',
        '  group e ingress icmp any from 0.0.0.0/0 as sgr-1',
        '  interface e 10.0.0.10 in e subnet s',
        ...[echo(0), echo(0), echo(0), echo(1)],
      ),
    ).toEqual(['allow sgr-1', 'allow connection(sgr-1)', 'allow connection(sgr-1)', 'deny acl(*)'])
  })

  test('and a TCP segment without flags is malformed', () => {
    const lines = ['S', 'A', 'A', '-'].map((flags) => `0s e ingress tcp 203.0.113.5:1 > 10.0.0.10:80 ${flags}`)
    const results = Array.from(
      playTimeline(
        ['world', '  group e ingress tcp 80 from 203.0.113.5', '  interface e 10.0.0.10 in e', ...lines].join('\n'),
      ),
    )
    expect(results.map(({ verdict }) => verdict.action)).toEqual(['allow', 'allow', 'allow', 'deny'])
    expect(results.at(-1)?.sentence).toBe('malformed: TCP without flags')
  })
})

test('an interface’s address in the other family is another address', () => {
  expect(
    fates(
      'world',
      '  group e egress any to ::/0 as sgr-1',
      '  interface e 10.0.0.10 2001:db8::10 in e',
      '0s e egress udp [::a00:a]:1 > [2001:db8:1::5]:53',
      '0s e egress udp [2001:db8::10]:1 > [2001:db8:1::5]:53',
    ),
  ).toEqual(['deny source-dest-check', 'allow sgr-1'])
})

/** RFC 3021: two addresses have no broadcast address. */
test('a subnet’s last address is its broadcast address, unless it has but two', () => {
  const sent = (cidr: string, to: string) =>
    fates(
      'world',
      `  subnet s ${cidr} 2001:db8::/64`,
      '  group e egress any to 10.0.0.0/8 as sgr-1',
      '  interface e 10.0.0.10 in e subnet s',
      `0s e egress udp 10.0.0.10:1 > ${to}:53`,
    ).join()
  expect(sent('10.0.0.8/30', '10.0.0.11')).toBe('deny multicast')
  expect(sent('10.0.0.8/30', '10.0.0.9')).toBe('allow exempt')
  expect(sent('10.0.0.10/31', '10.0.0.11')).toBe('allow exempt')
  expect(sent('10.0.0.0/24', '10.0.0.11')).toBe('allow sgr-1')
})

describe('multicast that is left to the rules', () => {
  const world = [
    'option multicast judged',
    'world',
    '  group e egress any to 224.0.0.0/4 as sgr-1',
    '  group e ingress any from 203.0.113.5 as sgr-2',
    '  interface e 10.0.0.10 in e',
  ]

  test('leaves from the interface’s own addresses alone, and is for everybody', () => {
    const lines = [
      '0s e egress udp 10.0.0.10:1 > 224.0.0.251:5353',
      '0s e egress udp 10.0.0.99:1 > 224.0.0.251:5353',
      '0s e ingress udp 203.0.113.5:1 > 224.0.0.251:5353',
      '0s e ingress udp 203.0.113.5:1 > 10.0.0.99:5353',
    ]
    expect(fates(...world, ...lines)).toEqual([
      'allow sgr-1',
      'deny source-dest-check',
      'allow sgr-2',
      'deny source-dest-check',
    ])
  })
})

describe('an untracked flow that is carried on', () => {
  const world = [
    'option halved-pair keeps',
    'world',
    '  group e ingress any from 0.0.0.0/0 as sgr-1',
    '  group e egress any to 0.0.0.0/0 as sgr-2',
    '  interface e 10.0.0.10 in e',
  ]
  const asked = 'e ingress udp 203.0.113.5:1000 > 10.0.0.10:53'
  const answered = 'e egress udp 10.0.0.10:53 > 203.0.113.5:1000'
  const segment = (flags: string) => `e ingress tcp 203.0.113.5:1000 > 10.0.0.10:80 ${flags}`

  test('was seen within its idle timeout', () => {
    const last = (time: string) => fates(...world, `0s ${asked}`, '1s revoke sgr-2', `${time} ${answered}`).at(-1)
    expect([last('29999ms'), last('30s'), last('31s')]).toEqual([
      'allow connection(sgr-1)',
      'deny no-rule',
      'deny no-rule',
    ])
  })

  test('is not opened again by its SYN: that is a connection of its own', () => {
    const begun = [...world, `0s ${segment('S')}`, '1s revoke sgr-2']
    expect(fates(...begun, `2s ${segment('S')}`)[1]).toBe('allow sgr-1')
    expect(fates(...begun, `2s ${segment('A')}`)[1]).toBe('allow connection(sgr-1)')
    expect(fates(...world, `0s ${asked}`, '1s revoke sgr-2', `2s ${asked}`)[1]).toBe('allow connection(sgr-1)')
  })

  test('is carried on once: when the connection ends, so does it', () => {
    const lines = [
      `0s ${segment('S')}`,
      `0s ${segment('A')}`,
      '1s revoke sgr-2',
      `2s ${segment('A')}`,
      `3s ${segment('R')}`,
    ]
    expect(fates(...world, ...lines, `13s ${segment('A')}`)).toEqual([
      'allow untracked(sgr-1; sgr-2)',
      'allow untracked(sgr-1; sgr-2)',
      'allow connection(sgr-1)',
      'allow connection(sgr-1)',
      'deny no-state',
    ])
  })
})

describe('with tracking-scope instance', () => {
  const rules = ['  group app egress tcp 443 to 0.0.0.0/0 as sgr-1', '  group other']
  const out = '0s a egress tcp 10.0.0.5:50000 > 203.0.113.5:443 S'
  const back = '0s b ingress tcp 203.0.113.5:443 > 10.0.0.5:50000 SA'
  const played = (scope: string, a: string, b: string) =>
    fates(`option tracking-scope ${scope}`, 'world', ...rules, `  interface a ${a}`, `  interface b ${b}`, out, back)

  test.each([
    ['instance', '10.0.0.5 in app instance 1', '10.0.0.6 in app instance 1 unchecked', 'allow connection(sgr-1)'],
    [
      'instance',
      '10.0.0.5 in app instance 1',
      '10.0.0.6 in other instance 1 unchecked',
      'allow connection(sgr-1, revoked)',
    ],
    ['instance', '10.0.0.5 in app instance 1', '10.0.0.6 in app instance 2 unchecked', 'deny no-rule'],
    ['instance', '10.0.0.5 in app', '10.0.0.6 in app unchecked', 'deny no-rule'],
    ['interface', '10.0.0.5 in app instance 1', '10.0.0.6 in app instance 1 unchecked', 'deny no-rule'],
  ])('%s: opened at %s, answered at %s: %s', (scope, a, b, fate) => {
    expect(played(scope, a, b)).toEqual(['allow sgr-1', fate])
  })
})

describe('the connections of an engine', () => {
  const policies = new PolicyTable(
    worldLines(['group e ingress any from 203.0.113.0/24 as sgr-1', 'interface e 10.0.0.10 in e instance 1']),
  )
  const policy = policies.get('eni-e')
  invariant(policy, 'the world has it')

  function sent(engine: Engine, at: Instant, text: string, direction: Direction = 'ingress') {
    return engine.decide({
      packet: parsePacket(text),
      policy: policy as NonNullable<typeof policy>,
      direction,
      now: at,
    })
  }

  test('are told as they were opened, oldest first, while they live', () => {
    const engine = new Engine()
    const [question, later] = ['icmp 203.0.113.5 > 10.0.0.10 8/0 id=7', 'icmp 203.0.113.5 > 10.0.0.10 8/0']
    sent(engine, instant(1000), question)
    sent(engine, instant(2000), later)
    const header = { source: addressOf('203.0.113.5'), destination: addressOf('10.0.0.10') }
    const echo = { kind: 'icmp', protocol: 'icmp', type: 8, code: 0 }
    const told = Array.from(engine.connections(instant(2000)))
    expect(told.map(({ opening }) => opening)).toStrictEqual([
      { ...header, payload: { ...echo, identifier: 7 } },
      { ...header, payload: echo },
    ])
    expect(told[0]).toMatchObject({ networkInterface: 'eni-e', instance: 'i-1', direction: 'ingress', openedAt: 1000 })
    expect(told[0]).toMatchObject({ expiresAt: 31_000, by: [{ rule: 'sgr-1', group: 'sg-e' }] })
    expect(Array.from(engine.connections(instant(31_000)))).toHaveLength(1)
    engine.forget('eni-e')
    expect(Array.from(engine.connections(instant(2000)))).toEqual([])
  })

  test('have two sides: who opened and who answers', () => {
    const engine = new Engine()
    sent(engine, instant(0), 'udp 203.0.113.5:1000 > 10.0.0.10:53')
    const roles = [
      sent(engine, instant(1), 'udp 10.0.0.10:53 > 203.0.113.5:1000', 'egress'),
      sent(engine, instant(2), 'udp 203.0.113.5:1000 > 10.0.0.10:53'),
      sent(engine, instant(3), 'udp 10.0.0.10:53 > 203.0.113.5:1000', 'egress'),
    ].map(({ because }) => (because.kind === 'connection' ? because.role : because.kind))
    expect(roles).toEqual(['reply', 'original', 'reply'])
  })
})
