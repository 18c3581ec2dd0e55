import { expect, test } from 'vitest'
import { parseCidr } from '../../net/cidr.ts'
import type { AclLine } from '../../policy/policy.ts'
import { aclRules } from './acl-program.ts'

const base: AclLine = {
  number: 100,
  action: 'allow',
  protocol: -1,
  cidr: cidr('0.0.0.0/0'),
  ports: undefined,
  icmp: undefined,
}

function cidr(text: string): AclLine['cidr'] {
  const spelled = parseCidr(text)
  if (!spelled) throw new Error(text)
  return spelled.cidr
}

const tcp = { protocol: 6, ports: { from: 80, to: 81 } }

const rows: readonly [title: string, line: Partial<AclLine>, rule: string][] = [
  ['everything of a family', {}, 'meta nfproto ipv4 accept'],
  ['a denial', { action: 'deny', cidr: cidr('::/0') }, 'meta nfproto ipv6 drop'],
  ['ports', { ...tcp, cidr: cidr('10.0.0.0/8') }, 'ip saddr 10.0.0.0/8 meta l4proto 6 th dport 80-81 accept'],
  ['UDP', { ...tcp, protocol: 17 }, 'meta nfproto ipv4 meta l4proto 17 th dport 80-81 accept'],
  ['ports of a protocol that has none', { ...tcp, protocol: 50 }, 'meta nfproto ipv4 meta l4proto 50 accept'],
  ['any ICMP', { protocol: 1, icmp: { type: -1, code: -1 } }, 'meta nfproto ipv4 meta l4proto 1 accept'],
  ['an ICMP type', { protocol: 1, icmp: { type: 8, code: -1 } }, 'meta nfproto ipv4 meta l4proto 1 @th,0,8 8 accept'],
  [
    'an ICMPv6 code',
    { protocol: 58, cidr: cidr('2001:db8::/32'), icmp: { type: 1, code: 4 } },
    'ip6 saddr 2001:db8::/32 meta l4proto 58 @th,0,8 1 @th,8,8 4 accept',
  ],
]

test.each(rows)('%s', (_, line, rule) => {
  const acl = { id: 'acl-1', lines: { ingress: [{ ...base, ...line }], egress: [] } } as const
  expect(aclRules(acl, 'ingress', { onward: 'accept', refused: 'drop' }).slice(1, -1)).toEqual([rule])
})

test('egress looks at the destination, and an allowed packet is asked more', () => {
  const acl = { id: 'acl-1', lines: { ingress: [], egress: [{ ...base, cidr: cidr('10.1.0.0/16') }] } } as const
  expect(aclRules(acl, 'egress', { onward: 'goto onward', refused: 'drop' })).toEqual([
    'meta l4proto udp th sport . th dport { 67 . 68, 68 . 67, 546 . 547, 547 . 546 } goto onward',
    'ip daddr 10.1.0.0/16 goto onward',
    'drop',
  ])
})

test('an ACL without lines drops all but DHCP', () => {
  expect(
    aclRules({ id: 'acl-1', lines: { ingress: [], egress: [] } }, 'ingress', { onward: 'accept', refused: 'drop' }).at(
      -1,
    ),
  ).toBe('drop')
})
