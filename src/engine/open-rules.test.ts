/** Which rules count as open to all addresses, to the letter and by what they cover (data-plane 2.2; 8, 10). */

import { describe, expect, test } from 'vitest'
import { worldLines } from '../../test/arbitraries.ts'
import { invariant } from '../base/invariant.ts'
import { parsePacket } from '../packet/notation.ts'
import type { InterfacePolicy } from '../policy/policy.ts'
import { PolicyTable } from '../policy/policy-table.ts'
import { allPortsRules, openRules } from './open-rules.ts'

function policyOf(rules: readonly string[]): InterfacePolicy {
  const named = rules.map((rule, index) => `group e ${rule} as sgr-${index + 1}`)
  const lists = ['prefix-list pl-all 0.0.0.0/0', 'prefix-list pl-low 0.0.0.0/1', 'prefix-list pl-six ::/0']
  const world = worldLines(['group e', 'group m', ...lists, ...named, 'interface e 10.0.0.10 2001:db8::10 in e m'])
  const policy = new PolicyTable(world).get('eni-e')
  invariant(policy, 'the world has it')
  return policy
}

const low = 'tcp 100.64.0.5:40000 > 10.0.0.10:80 S'
const high = 'tcp 203.0.113.5:40000 > 10.0.0.10:80 S'
const six = 'tcp [2001:db8:1::5]:40000 > [2001:db8::10]:80 S'
const names = (rules: readonly { readonly rule: string }[]) =>
  rules.map(({ rule }) => rule.replace('sgr-', '')).join(' ')

interface Case {
  readonly rules: readonly string[]
  readonly packet: string
  readonly literal: string
  readonly covering: string
}

describe('rules that admit an inbound packet and are open', () => {
  const halves = ['ingress tcp 80 from 0.0.0.0/1', 'ingress tcp 80 from 128.0.0.0/1']
  const cases: readonly Case[] = [
    { rules: ['ingress tcp 80 from 0.0.0.0/0'], packet: high, literal: '1', covering: '1' },
    { rules: ['ingress any from 0.0.0.0/0'], packet: high, literal: '1', covering: '1' },
    { rules: ['ingress tcp 81 from 0.0.0.0/0'], packet: high, literal: '', covering: '' },
    { rules: ['egress tcp 80 to 0.0.0.0/0'], packet: high, literal: '', covering: '' },
    { rules: ['ingress tcp 80 from ::/0'], packet: high, literal: '', covering: '' },
    { rules: ['ingress tcp 80 from ::/0'], packet: six, literal: '1', covering: '1' },
    { rules: ['ingress tcp 80 from 0.0.0.0/0'], packet: six, literal: '', covering: '' },
    { rules: ['ingress tcp 80 from pl-all'], packet: high, literal: '', covering: '1' },
    { rules: ['ingress tcp 80 from pl-six'], packet: six, literal: '', covering: '1' },
    { rules: halves, packet: high, literal: '', covering: '2' },
    { rules: halves, packet: low, literal: '', covering: '1' },
    { rules: halves.slice(1), packet: high, literal: '', covering: '' },
    { rules: halves.slice(0, 1), packet: low, literal: '', covering: '' },
    {
      rules: ['ingress tcp 80 from 0.0.0.0/2', 'ingress tcp 80 from 128.0.0.0/1'],
      packet: high,
      literal: '',
      covering: '',
    },
    { rules: ['ingress tcp 80 from pl-low', 'ingress any from 128.0.0.0/1'], packet: high, literal: '', covering: '2' },
    { rules: ['ingress tcp 80 from ::/1', 'ingress tcp 80 from 8000::/1'], packet: six, literal: '', covering: '1' },
    { rules: [...halves, 'ingress tcp 80 from 203.0.113.5'], packet: high, literal: '', covering: '2 3' },
    { rules: [...halves, 'ingress tcp 80 from 203.0.113.6'], packet: high, literal: '', covering: '2' },
    { rules: ['ingress tcp 80 from m', 'ingress tcp 80 from 0.0.0.0/0'], packet: high, literal: '2', covering: '2' },
  ]

  test.each(cases)('$rules: $literal to the letter, $covering by cover', ({ rules, packet, literal, covering }) => {
    const found = (openPeers: 'literal' | 'covering') =>
      names(openRules(policyOf(rules), parsePacket(packet), 'ingress', { openPeers }))
    expect([found('literal'), found('covering')]).toEqual([literal, covering])
  })

  test('members of a group are hosts, and open nothing', () => {
    const policy = policyOf(['ingress tcp 80 from 0.0.0.0/0', 'ingress tcp 80 from m'])
    const packet = parsePacket('tcp 10.0.0.10:1 > 10.0.0.10:80 S')
    expect(names(openRules(policy, packet, 'ingress', { openPeers: 'covering' }))).toBe('1')
  })

  test('of the other direction are those for its packets', () => {
    const policy = policyOf(['egress tcp 443 to 0.0.0.0/1', 'egress tcp 443 to 128.0.0.0/1'])
    const packet = parsePacket('tcp 10.0.0.10:1 > 203.0.113.5:443 S')
    expect(names(openRules(policy, packet, 'egress', { openPeers: 'covering' }))).toBe('2')
  })
})

describe('rules of the other direction that are open on all ports', () => {
  const cases: readonly Case[] = [
    { rules: ['egress any to 0.0.0.0/0'], packet: high, literal: '1', covering: '1' },
    { rules: ['egress tcp 0-65535 to 0.0.0.0/0'], packet: high, literal: '1', covering: '1' },
    { rules: ['egress tcp 1-65535 to 0.0.0.0/0'], packet: high, literal: '', covering: '' },
    { rules: ['egress tcp 0-65534 to 0.0.0.0/0'], packet: high, literal: '', covering: '' },
    { rules: ['egress udp any to 0.0.0.0/0'], packet: high, literal: '', covering: '' },
    { rules: ['egress icmp any to 0.0.0.0/0'], packet: high, literal: '', covering: '' },
    { rules: ['ingress any from 0.0.0.0/0'], packet: high, literal: '', covering: '' },
    { rules: ['egress any to ::/0'], packet: high, literal: '', covering: '' },
    { rules: ['egress any to ::/0'], packet: six, literal: '1', covering: '1' },
    { rules: ['egress any to pl-all'], packet: high, literal: '', covering: '1' },
    { rules: ['egress any to 0.0.0.0/1', 'egress tcp any to 128.0.0.0/1'], packet: high, literal: '', covering: '2' },
    { rules: ['egress any to 0.0.0.0/1', 'egress udp any to 128.0.0.0/1'], packet: high, literal: '', covering: '' },
    { rules: ['egress udp any to 0.0.0.0/0'], packet: 'udp 203.0.113.5:1 > 10.0.0.10:53', literal: '1', covering: '1' },
    { rules: ['egress any to 0.0.0.0/0'], packet: 'icmp 203.0.113.5 > 10.0.0.10 echo 7', literal: '', covering: '' },
    { rules: ['egress any to 0.0.0.0/0'], packet: '50 203.0.113.5 > 10.0.0.10', literal: '', covering: '' },
  ]

  test.each(cases)('$rules: $literal to the letter, $covering by cover', ({ rules, packet, literal, covering }) => {
    const found = (openPeers: 'literal' | 'covering') =>
      names(allPortsRules(policyOf(rules), parsePacket(packet), 'ingress', { openPeers }))
    expect([found('literal'), found('covering')]).toEqual([literal, covering])
  })

  test('are ingress rules for a packet that goes out', () => {
    const policy = policyOf(['ingress any from 0.0.0.0/0', 'egress any to 0.0.0.0/0'])
    const packet = parsePacket('tcp 10.0.0.10:1 > 203.0.113.5:443 S')
    for (const openPeers of ['literal', 'covering'] as const) {
      expect(names(allPortsRules(policy, packet, 'egress', { openPeers }))).toBe('1')
    }
  })
})
