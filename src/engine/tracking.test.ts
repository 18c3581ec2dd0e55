import { describe, expect, test } from 'vitest'
import { worldLines } from '../../test/arbitraries.ts'
import { instant } from '../base/clock.ts'
import { parsePacket } from '../packet/notation.ts'
import type { InterfacePolicy } from '../policy/policy.ts'
import { PolicyTable } from '../policy/policy-table.ts'
import { Engine } from './engine.ts'
import { untrackedPair } from './tracking.ts'

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
