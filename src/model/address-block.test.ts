import { describe, expect, test } from 'vitest'
import type { Entropy } from '../base/entropy.ts'
import { formatCidr } from '../net/cidr.ts'
import { amazonIpv6Block, blockOf, freeBlock } from './address-block.ts'
import { put } from './change.ts'
import { apply, emptyWorld } from './world.ts'

describe('the lowest free block', () => {
  const cases = [
    { title: 'is the first when nothing is taken', outer: ['10.0.0.0/16'], taken: [], free: '10.0.0.0/20' },
    {
      title: 'follows what is taken',
      outer: ['10.0.0.0/16'],
      taken: ['10.0.0.0/20', '10.0.16.0/20'],
      free: '10.0.32.0/20',
    },
    { title: 'fills a gap', outer: ['10.0.0.0/16'], taken: ['10.0.0.0/20', '10.0.32.0/20'], free: '10.0.16.0/20' },
    {
      title: 'starts at its own boundary after a smaller one',
      outer: ['10.0.0.0/16'],
      taken: ['10.0.0.16/28'],
      free: '10.0.16.0/20',
    },
    { title: 'skips a wider one at a stretch', outer: ['10.0.0.0/16'], taken: ['10.0.0.0/17'], free: '10.0.128.0/20' },
    {
      title: 'comes from a further block when the first is full',
      outer: ['10.0.0.0/20', '10.1.0.0/20'],
      taken: ['10.0.0.0/20'],
      free: '10.1.0.0/20',
    },
    { title: 'ignores the other family', outer: ['10.0.0.0/16'], taken: ['2001:db8::/64'], free: '10.0.0.0/20' },
    { title: 'does not exist where it would not fit', outer: ['10.0.0.0/24'], taken: [], free: undefined },
    {
      title: 'does not exist where all is taken',
      outer: ['10.0.0.0/19'],
      taken: ['10.0.0.0/20', '10.0.16.0/20'],
      free: undefined,
    },
    {
      title: 'ends with the address space',
      outer: ['255.255.240.0/20'],
      taken: ['255.255.255.0/24'],
      free: undefined,
    },
  ]

  test.each(cases)('$title', ({ outer, taken, free }) => {
    const found = freeBlock(outer.map(blockOf), 20, taken.map(blockOf))
    expect(found && formatCidr(found)).toBe(free)
  })
})

test("a block of Amazon's IPv6 is never given twice", () => {
  const digits = ['18', '0a0b', '0c', '18', '0a0b', '0c', '18', '0a0b', '0d']
  const entropy: Entropy = { hex: () => digits.shift() ?? '' }
  const empty = emptyWorld({ account: '123456789012', region: 'us-east-1' })
  const first = amazonIpv6Block(empty, entropy)
  expect(first).toBe('2600:1f18:a0b:c00::/56')
  const world = apply(empty, [
    put('vpc', {
      id: 'vpc-00000000',
      cidrBlocks: [],
      ipv6CidrBlocks: [{ associationId: 'vpc-cidr-assoc-00000000', cidr: first }],
      dhcpOptions: 'dopt-00000000',
      tenancy: 'default',
      isDefault: false,
      dnsSupport: true,
      dnsHostnames: false,
      networkAddressUsageMetrics: false,
    }),
  ])
  expect(amazonIpv6Block(world, entropy)).toBe('2600:1f18:a0b:d00::/56')
})
