import { describe, expect, test } from 'vitest'
import { addressOf, worldLines } from '../../test/arbitraries.ts'
import type { Direction } from '../model/rule.ts'
import { parsePacket } from '../packet/notation.ts'
import { admits, decidingLine, matchingRules } from './match.ts'
import type { AclLine, InterfacePolicy } from './policy.ts'
import { PolicyTable } from './policy-table.ts'

function policyOf(lines: readonly string[]): InterfacePolicy {
  const around = ['acl n', 'subnet s 10.0.0.0/24 2001:db8::/64 acl n', 'group e', 'group p']
  const cards = [
    'interface e 10.0.0.10 2001:db8::10 in e subnet s',
    'interface p 10.0.0.20 10.0.0.21 2001:db8::20 in p subnet s',
  ]
  return new PolicyTable(worldLines([...around, ...lines, ...cards])).get('eni-e') as InterfacePolicy
}

const from = (rest: string, port = 80) => `tcp 203.0.113.5:40000 > 10.0.0.10:${port} ${rest}`

/** data-plane 1.2: which packets one rule admits. */
describe('a rule admits a packet by protocol, destination port or ICMP fields, and peer', () => {
  test.each([
    { rule: 'ingress any from 203.0.113.5', packet: from('S'), isAdmitted: true },
    { rule: 'ingress any from 203.0.113.5', packet: 'icmp 203.0.113.5 > 10.0.0.10 3/4', isAdmitted: true },
    { rule: 'ingress any from 203.0.113.5', packet: '132 203.0.113.5 > 10.0.0.10', isAdmitted: true },
    { rule: 'ingress tcp 80 from 203.0.113.5', packet: from('S'), isAdmitted: true },
    { rule: 'ingress tcp 80 from 203.0.113.5', packet: from('S', 79), isAdmitted: false },
    { rule: 'ingress tcp 80 from 203.0.113.5', packet: from('S', 81), isAdmitted: false },
    { rule: 'ingress tcp 80-90 from 203.0.113.5', packet: from('S', 80), isAdmitted: true },
    { rule: 'ingress tcp 80-90 from 203.0.113.5', packet: from('S', 90), isAdmitted: true },
    { rule: 'ingress tcp 80-90 from 203.0.113.5', packet: from('S', 91), isAdmitted: false },
    { rule: 'ingress tcp 40000 from 203.0.113.5', packet: from('S'), isAdmitted: false },
    { rule: 'ingress udp 80 from 203.0.113.5', packet: from('S'), isAdmitted: false },
    { rule: 'ingress udp 53 from 203.0.113.5', packet: 'udp 203.0.113.5:1 > 10.0.0.10:53', isAdmitted: true },
    { rule: 'egress tcp 80 to 203.0.113.5', packet: from('S'), isAdmitted: false },
    { rule: 'ingress icmp any from 203.0.113.5', packet: 'icmp 203.0.113.5 > 10.0.0.10 5/1', isAdmitted: true },
    { rule: 'ingress icmp 8 from 203.0.113.5', packet: 'icmp 203.0.113.5 > 10.0.0.10 echo 1', isAdmitted: true },
    { rule: 'ingress icmp 8 from 203.0.113.5', packet: 'icmp 203.0.113.5 > 10.0.0.10 reply 1', isAdmitted: false },
    { rule: 'ingress icmp 3/4 from 203.0.113.5', packet: 'icmp 203.0.113.5 > 10.0.0.10 3/4', isAdmitted: true },
    { rule: 'ingress icmp 3/4 from 203.0.113.5', packet: 'icmp 203.0.113.5 > 10.0.0.10 3/1', isAdmitted: false },
    { rule: 'ingress icmpv6 128/0 from ::/0', packet: 'icmpv6 2001:db8:1::5 > 2001:db8::10 echo 1', isAdmitted: true },
    { rule: 'ingress icmp any from ::/0', packet: 'icmpv6 2001:db8:1::5 > 2001:db8::10 echo 1', isAdmitted: false },
    { rule: 'ingress icmpv6 any from 0.0.0.0/0', packet: 'icmp 203.0.113.5 > 10.0.0.10 echo 1', isAdmitted: false },
    { rule: 'ingress 50 from 203.0.113.5', packet: '50 203.0.113.5 > 10.0.0.10', isAdmitted: true },
    { rule: 'ingress 50 from 203.0.113.5', packet: '51 203.0.113.5 > 10.0.0.10', isAdmitted: false },
    { rule: 'ingress any from 0.0.0.0/0', packet: 'udp [2001:db8:1::5]:1 > [2001:db8::10]:1', isAdmitted: false },
    { rule: 'ingress any from ::/0', packet: from('S'), isAdmitted: false },
    { rule: 'ingress any from 10.0.0.10', packet: from('S'), isAdmitted: false },
    { rule: 'ingress tcp 80 from p', packet: 'tcp 10.0.0.20:1 > 10.0.0.10:80 S', isAdmitted: true },
    { rule: 'ingress tcp 80 from p', packet: 'tcp 10.0.0.21:1 > 10.0.0.10:80 S', isAdmitted: true },
    { rule: 'ingress tcp 80 from p', packet: 'tcp [2001:db8::20]:1 > [2001:db8::10]:80 S', isAdmitted: true },
    { rule: 'ingress tcp 80 from p', packet: 'tcp 10.0.0.22:1 > 10.0.0.10:80 S', isAdmitted: false },
    { rule: 'ingress tcp 80 from gone', packet: 'tcp 10.0.0.20:1 > 10.0.0.10:80 S', isAdmitted: false },
  ])('$rule: $packet is admitted: $isAdmitted', ({ rule, packet, isAdmitted }) => {
    const policy = policyOf([`group e ${rule} as sgr-1`])
    const admitting = matchingRules(policy, parsePacket(packet), 'ingress').map((each) => each.rule)
    expect(admitting).toEqual(isAdmitted ? ['sgr-1'] : [])
  })

  test('an egress rule looks at the destination', () => {
    const policy = policyOf(['group e egress tcp 443 to 203.0.113.0/24 as sgr-1'])
    const rules = (packet: string) => matchingRules(policy, parsePacket(packet), 'egress').map(({ rule }) => rule)
    expect(rules('tcp 10.0.0.10:1 > 203.0.113.5:443 S')).toEqual(['sgr-1'])
    expect(rules('tcp 203.0.113.5:1 > 10.0.0.10:443 S')).toEqual([])
  })

  test('all rules that admit a packet are named, in the order of the groups and of their rules', () => {
    const policy = policyOf([
      'group e ingress tcp 80 from 0.0.0.0/0 as sgr-2',
      'group e ingress any from 203.0.113.5 as sgr-1',
    ])
    expect(matchingRules(policy, parsePacket(from('S')), 'ingress').map(({ rule }) => rule)).toEqual(['sgr-2', 'sgr-1'])
  })
})

/** data-plane 3 */
describe('the entry with the lowest number that fits decides', () => {
  const tcp22 = 'tcp 203.0.113.5:40000 > 10.0.0.10:22 S'
  test.each<{
    title: string
    entries: string[]
    packet: string
    direction?: Direction
    number: number | '*'
    action: string
  }>([
    { title: 'nothing fits', entries: [], packet: tcp22, number: '*', action: 'deny' },
    {
      title: 'nothing fits, IPv6',
      entries: [],
      packet: 'udp [2001:db8:1::5]:1 > [2001:db8::10]:1',
      number: '*',
      action: 'deny',
    },
    {
      title: 'the numbers count, not the order of writing',
      entries: ['ingress 110 allow any from 0.0.0.0/0', 'ingress 90 deny tcp 22 from 203.0.113.5'],
      packet: tcp22,
      number: 90,
      action: 'deny',
    },
    {
      title: 'an entry for another port is passed over',
      entries: ['ingress 90 deny tcp 23 from 203.0.113.5', 'ingress 100 allow tcp 22 from 0.0.0.0/0'],
      packet: tcp22,
      number: 100,
      action: 'allow',
    },
    {
      title: 'an entry of the other direction does not count',
      entries: ['egress 90 allow any to 0.0.0.0/0'],
      packet: tcp22,
      number: '*',
      action: 'deny',
    },
    {
      title: 'an entry of the other family does not count',
      entries: ['ingress 90 allow any from ::/0'],
      packet: tcp22,
      number: '*',
      action: 'deny',
    },
    {
      title: 'the destination port of an answer is the client’s',
      entries: ['egress 90 allow tcp 1024-65535 to 0.0.0.0/0'],
      packet: 'tcp 10.0.0.10:22 > 203.0.113.5:40000 SA',
      direction: 'egress',
      number: 90,
      action: 'allow',
    },
    {
      title: 'ICMP by type and code',
      entries: ['ingress 90 allow icmp 3/4 from 0.0.0.0/0'],
      packet: 'icmp 203.0.113.5 > 10.0.0.10 3/1',
      number: '*',
      action: 'deny',
    },
    {
      title: 'ICMP by type alone',
      entries: ['ingress 90 allow icmp 3 from 0.0.0.0/0'],
      packet: 'icmp 203.0.113.5 > 10.0.0.10 3/1',
      number: 90,
      action: 'allow',
    },
    {
      title: 'another protocol by its number',
      entries: ['ingress 90 allow 50 from 0.0.0.0/0'],
      packet: '50 203.0.113.5 > 10.0.0.10',
      number: 90,
      action: 'allow',
    },
  ])('$title', ({ entries, packet, direction = 'ingress', number, action }) => {
    const { acl } = policyOf(entries.map((entry) => `acl n ${entry}`))
    expect(decidingLine(acl, parsePacket(packet), direction)).toMatchObject({ number, action })
  })
})

/** data-plane 3: what an entry says of ports and ICMP messages counts for the protocols that have them. */
describe('an entry for one protocol', () => {
  const line: Omit<AclLine, 'protocol' | 'ports' | 'icmp'> = {
    number: 1,
    action: 'allow',
    cidr: { family: 4, first: 0n, length: 0 },
  }
  const port = (number: number) => ({ from: number, to: number })
  const [tcp, udp] = ['tcp 203.0.113.5:1 > 10.0.0.10:80 S', 'udp 203.0.113.5:1 > 10.0.0.10:80']
  const [unreachable, esp] = ['icmp 203.0.113.5 > 10.0.0.10 3/4', '50 203.0.113.5 > 10.0.0.10']

  test.each([
    { title: 'and no ports fits all ports', protocol: 6, ports: undefined, icmp: undefined, fits: [tcp] },
    { title: 'and a port fits that port', protocol: 6, ports: port(80), icmp: undefined, fits: [tcp] },
    { title: 'and another port does not fit', protocol: 6, ports: port(81), icmp: undefined, fits: [] },
    { title: 'of UDP fits UDP alone', protocol: 17, ports: port(80), icmp: undefined, fits: [udp] },
    {
      title: 'of ICMP without a message fits all',
      protocol: 1,
      ports: undefined,
      icmp: undefined,
      fits: [unreachable],
    },
    {
      title: 'of ICMP fits its message',
      protocol: 1,
      ports: undefined,
      icmp: { type: 3, code: -1 },
      fits: [unreachable],
    },
    { title: 'of ICMP fits no other', protocol: 1, ports: undefined, icmp: { type: 3, code: 1 }, fits: [] },
    { title: 'of ICMP ignores ports', protocol: 1, ports: port(0), icmp: undefined, fits: [unreachable] },
    { title: 'without ports ignores them', protocol: 50, ports: port(0), icmp: undefined, fits: [esp] },
    {
      title: 'that is all of them fits everything',
      protocol: -1,
      ports: port(0),
      icmp: undefined,
      fits: [tcp, udp, unreachable, esp],
    },
  ])('$title', ({ protocol, ports, icmp, fits }) => {
    const deciding: AclLine = { ...line, protocol, ports, icmp }
    const other: AclLine = { ...line, number: '*', action: 'deny', protocol: -1, ports: undefined, icmp: undefined }
    const acl = { id: 'acl-1', lines: { ingress: [deciding, other], egress: [] } } as const
    const found = [tcp, udp, unreachable, esp].filter(
      (packet) => decidingLine(acl, parsePacket(packet), 'ingress') === deciding,
    )
    expect(found).toEqual(fits)
  })
})

test('what one rule admits is a matter of its peers and its traffic both', () => {
  const policy = policyOf(['group e ingress tcp 80 from 203.0.113.5 as sgr-1'])
  const [rule] = policy.allows.ingress
  const { payload } = parsePacket(from('S'))
  const [wanted, other] = [addressOf('203.0.113.5'), addressOf('203.0.113.6')]
  const udp = parsePacket('udp 203.0.113.5:1 > 10.0.0.10:80').payload
  expect(rule && [admits(rule, wanted, payload), admits(rule, other, payload), admits(rule, wanted, udp)]).toEqual([
    true,
    false,
    false,
  ])
})
