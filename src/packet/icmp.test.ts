import { expect, test } from 'vitest'
import { counterpart, icmpRole } from './icmp.ts'

/** data-plane 7.1 steps 5 and 6; every type that is not named is neither. */
const named = [
  { protocol: 'icmp', type: 0, role: 'reply', other: 8 },
  { protocol: 'icmp', type: 8, role: 'query', other: 0 },
  { protocol: 'icmp', type: 13, role: 'query', other: 14 },
  { protocol: 'icmp', type: 14, role: 'reply', other: 13 },
  { protocol: 'icmp', type: 15, role: 'query', other: 16 },
  { protocol: 'icmp', type: 16, role: 'reply', other: 15 },
  { protocol: 'icmp', type: 17, role: 'query', other: 18 },
  { protocol: 'icmp', type: 18, role: 'reply', other: 17 },
  { protocol: 'icmp', type: 3, role: 'error', other: 3 },
  { protocol: 'icmp', type: 4, role: 'error', other: 4 },
  { protocol: 'icmp', type: 11, role: 'error', other: 11 },
  { protocol: 'icmp', type: 12, role: 'error', other: 12 },
  { protocol: 'icmpv6', type: 128, role: 'query', other: 129 },
  { protocol: 'icmpv6', type: 129, role: 'reply', other: 128 },
  { protocol: 'icmpv6', type: 1, role: 'error', other: 1 },
  { protocol: 'icmpv6', type: 2, role: 'error', other: 2 },
  { protocol: 'icmpv6', type: 3, role: 'error', other: 3 },
  { protocol: 'icmpv6', type: 4, role: 'error', other: 4 },
] as const

test.each(named)('$protocol type $type is a $role, its counterpart is $other', ({ protocol, type, role, other }) => {
  expect(icmpRole({ protocol, type })).toBe(role)
  expect(counterpart({ protocol, type })).toBe(other)
})

test.each(['icmp', 'icmpv6'] as const)('every other type of %s is neither and its own counterpart', (protocol) => {
  const known = new Set<number>(named.filter((each) => each.protocol === protocol).map(({ type }) => type))
  const others = Array.from({ length: 256 }, (_, type) => type).filter((type) => !known.has(type))
  expect(new Set(others.map((type) => icmpRole({ protocol, type })))).toEqual(new Set(['neither']))
  expect(others.filter((type) => counterpart({ protocol, type }) !== type)).toEqual([])
})
