import { describe, expect, test } from 'vitest'
import { worldLines } from '../../test/arbitraries.ts'
import { instant } from '../base/clock.ts'
import { parsePacket } from '../packet/notation.ts'
import type { InterfacePolicy } from '../policy/policy.ts'
import { PolicyTable } from '../policy/policy-table.ts'
import { engineDefaults } from './defaults.ts'
import { Engine } from './engine.ts'
import { isCarriedOn, untrackedPair } from './tracking.ts'

const http = 'tcp 203.0.113.5:40000 > 10.0.0.10:80 S'
const http6 = 'tcp [2001:db8:1::5]:40000 > [2001:db8::10]:80 S'
const dns = 'udp 203.0.113.5:1000 > 10.0.0.10:53'
const ping = 'icmp 203.0.113.5 > 10.0.0.10 echo 7'

function policyOf(rules: readonly string[]): InterfacePolicy {
  const lines = ['group e', ...rules.map((rule) => `group e ${rule}`), 'interface e 10.0.0.10 2001:db8::10 in e']
  return new PolicyTable(worldLines(['prefix-list pl-1 0.0.0.0/0', ...lines])).get('eni-e') as InterfacePolicy
}

/** data-plane 2.2, and 8 (10, 11, 27). */
describe('an inbound flow is untracked only by a pair of literally open rules', () => {
  test.each([
    { packet: http, rules: ['ingress tcp 80 from 0.0.0.0/0', 'egress any to 0.0.0.0/0'], isUntracked: true },
    { packet: http, rules: ['ingress any from 0.0.0.0/0', 'egress tcp 0-65535 to 0.0.0.0/0'], isUntracked: true },
    { packet: http, rules: ['ingress tcp 0-65535 from 0.0.0.0/0', 'egress tcp any to 0.0.0.0/0'], isUntracked: true },
    {
      packet: http,
      rules: ['ingress tcp 80 from 0.0.0.0/0', 'ingress tcp 80 from 203.0.113.5', 'egress any to 0.0.0.0/0'],
      isUntracked: true,
    },
    { packet: http, rules: ['ingress tcp 80 from 0.0.0.0/0'], isUntracked: false },
    { packet: http, rules: ['ingress tcp 80 from 203.0.113.0/24', 'egress any to 0.0.0.0/0'], isUntracked: false },
    { packet: http, rules: ['ingress tcp 80 from 0.0.0.0/0', 'egress tcp 1-65535 to 0.0.0.0/0'], isUntracked: false },
    { packet: http, rules: ['ingress tcp 80 from 0.0.0.0/0', 'egress tcp 0-65534 to 0.0.0.0/0'], isUntracked: false },
    { packet: http, rules: ['ingress tcp 80 from 0.0.0.0/0', 'egress udp 0-65535 to 0.0.0.0/0'], isUntracked: false },
    { packet: http, rules: ['ingress tcp 80 from 0.0.0.0/0', 'egress any to ::/0'], isUntracked: false },
    {
      packet: http,
      rules: ['ingress tcp 80 from 0.0.0.0/1', 'ingress tcp 80 from 128.0.0.0/1', 'egress any to 0.0.0.0/0'],
      isUntracked: false,
    },
    { packet: http, rules: ['ingress tcp 80 from pl-1', 'egress any to 0.0.0.0/0'], isUntracked: false },
    { packet: http, rules: ['ingress tcp 80 from 0.0.0.0/0', 'egress any to pl-1'], isUntracked: false },
    { packet: http6, rules: ['ingress tcp 80 from ::/0', 'egress any to ::/0'], isUntracked: true },
    { packet: http6, rules: ['ingress tcp 80 from ::/0', 'egress any to 0.0.0.0/0'], isUntracked: false },
    { packet: dns, rules: ['ingress udp 53 from 0.0.0.0/0', 'egress udp 0-65535 to 0.0.0.0/0'], isUntracked: true },
    { packet: dns, rules: ['ingress udp 53 from 0.0.0.0/0', 'egress tcp 0-65535 to 0.0.0.0/0'], isUntracked: false },
    { packet: ping, rules: ['ingress any from 0.0.0.0/0', 'egress any to 0.0.0.0/0'], isUntracked: false },
  ])('$rules', ({ packet, rules, isUntracked }) => {
    expect(untrackedPair(policyOf(rules), parsePacket(packet), 'ingress') !== undefined).toBe(isUntracked)
  })
})

test('the answer of an untracked flow is untracked, and says that it is an answer', () => {
  const policy = policyOf(['ingress tcp 80 from 0.0.0.0/0 as sgr-1', 'egress any to 0.0.0.0/0 as sgr-2'])
  const answer = parsePacket('tcp 10.0.0.10:80 > 203.0.113.5:40000 SA')
  const pair = untrackedPair(policy, answer, 'egress')
  expect(pair).toMatchObject({ isAnswer: true, admitting: [{ rule: 'sgr-1' }], answering: [{ rule: 'sgr-2' }] })
})

/** Which of data-plane 2.2 and 2.3 made a flow tracked. */
describe('a tracked flow says why it is tracked', () => {
  test.each([
    {
      packet: ping,
      rules: ['ingress any from 0.0.0.0/0', 'egress any to 0.0.0.0/0'],
      why: 'the protocol is always tracked',
    },
    {
      packet: '50 203.0.113.5 > 10.0.0.10',
      rules: ['ingress any from 0.0.0.0/0'],
      why: 'the protocol is always tracked',
    },
    {
      packet: http,
      rules: ['ingress tcp 80 from 203.0.113.5'],
      why: 'no rule that admits it is open to all addresses',
    },
    {
      packet: http,
      rules: ['ingress tcp 80 from 0.0.0.0/0'],
      why: 'the other direction is not open to all addresses on all ports',
    },
    {
      packet: http,
      rules: ['ingress tcp 80 from 0.0.0.0/0', 'egress any to 0.0.0.0/0'],
      path: { isAutoTracked: true },
      why: 'the path is automatically tracked',
    },
    {
      packet: dns,
      rules: ['ingress udp 53 from 203.0.113.5'],
      why: 'no rule that admits it is open to all addresses',
    },
    {
      packet: dns,
      rules: ['ingress udp 53 from 0.0.0.0/0'],
      path: { isAutoTracked: true },
      why: 'the path is automatically tracked',
    },
  ])('$why: $packet by $rules', ({ packet, rules, path, why }) => {
    const meeting = {
      packet: parsePacket(packet),
      policy: policyOf(rules),
      direction: 'ingress',
      now: instant(0),
    } as const
    const verdict = new Engine().decide({ ...meeting, ...(path ? { path } : {}) })
    expect(verdict.because).toMatchObject({ kind: 'rules', why })
  })
})

/** data-plane 8, 11 */
describe('where an open rule beside a narrow one makes a flow tracked', () => {
  const open = 'ingress tcp 80 from 0.0.0.0/0'
  const narrow = 'ingress tcp 80 from 203.0.113.5'
  const out = 'egress any to 0.0.0.0/0'

  test.each([
    [[open, narrow, out], 'a rule that admits it is not open to all addresses'],
    [[open, narrow], 'a rule that admits it is not open to all addresses'],
    [[open, 'ingress any from 198.51.100.7'], 'the other direction is not open to all addresses on all ports'],
    [[open], 'the other direction is not open to all addresses on all ports'],
    [[narrow, out], 'no rule that admits it is open to all addresses'],
  ])('%j: %s', (rules, why) => {
    const engine = new Engine({ ...engineDefaults, openBesideNarrow: 'tracked' })
    const meeting = {
      packet: parsePacket(http),
      policy: policyOf(rules),
      direction: 'ingress',
      now: instant(0),
    } as const
    expect(engine.decide(meeting).because).toMatchObject({ kind: 'rules', why })
  })

  test('an open pair alone leaves it untracked', () => {
    const choices = { ...engineDefaults, openBesideNarrow: 'tracked' } as const
    expect(untrackedPair(policyOf([open, out]), parsePacket(http), 'ingress', choices)).toBeDefined()
    expect(untrackedPair(policyOf([open, narrow, out]), parsePacket(http), 'ingress', choices)).toBeUndefined()
  })
})

/** data-plane 8: 8 and 9 */
describe('what is left of an open pair carries its flow on', () => {
  const open = 'ingress tcp 80 from 0.0.0.0/0'
  const narrow = 'ingress tcp 80 from 203.0.113.5'
  const out = 'egress any to 0.0.0.0/0'

  test.each([
    { left: [open, out], half: true, narrowed: true, both: true },
    { left: [open], half: true, narrowed: false, both: true },
    { left: [narrow, out], half: false, narrowed: true, both: true },
    { left: [narrow], half: false, narrowed: false, both: true },
    { left: [], half: false, narrowed: false, both: true },
  ])('$left: $half where halves do, $narrowed where narrowed rules do', ({ left, half, narrowed, both }) => {
    const isCarried = (halvedPair: 'keeps' | 'cuts', narrowedRule: 'keeps' | 'cuts') =>
      isCarriedOn(policyOf(left), parsePacket(http), 'ingress', { ...engineDefaults, halvedPair, narrowedRule })
    expect(isCarried('cuts', 'cuts')).toBe(false)
    expect(isCarried('keeps', 'cuts')).toBe(half)
    expect(isCarried('cuts', 'keeps')).toBe(narrowed)
    expect(isCarried('keeps', 'keeps')).toBe(both)
  })
})
