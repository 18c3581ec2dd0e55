/** What a policy holds of the world, field by field. */

import { describe, expect, test } from 'vitest'
import { addressOf, worldLines } from '../../test/arbitraries.ts'
import { invariant } from '../base/invariant.ts'
import { type Change, put } from '../model/change.ts'
import type { Direction } from '../model/rule.ts'
import { apply, type World } from '../model/world.ts'
import { formatCidr } from '../net/cidr.ts'
import { compile } from './compile.ts'
import type { InterfacePolicy } from './policy.ts'

function compiled(world: World, id = 'eni-e'): InterfacePolicy {
  const card = world.networkInterface.get(id)
  invariant(card, `${id} is of the world`)
  return compile(world, card)
}

function policyOf(...lines: readonly string[]): InterfacePolicy {
  return compiled(worldLines(lines))
}

const linesOf = ({ acl }: InterfacePolicy, direction: Direction) =>
  acl.lines[direction].map(({ number, action, protocol, cidr, ports, icmp }) => {
    const detail = ports ? `${ports.from}-${ports.to}` : icmp ? `${icmp.type}/${icmp.code}` : ''
    return `${number} ${action} ${protocol} ${detail} ${formatCidr(cidr)}`
  })

test('an interface’s own facts', () => {
  const card = 'interface e 10.0.0.10 10.0.0.11 2001:db8::10 in e idle udp 45 instance 1 unchecked'
  expect(policyOf('group e', card)).toMatchObject({
    id: 'eni-e',
    instance: 'i-1',
    groups: ['sg-e'],
    addresses: ['10.0.0.10', '10.0.0.11', '2001:db8::10'].map(addressOf),
    tracking: { udpTimeout: 45 },
    sourceDestCheck: false,
  })
  expect(policyOf('interface e 10.0.0.10')).toMatchObject({ instance: undefined, tracking: {}, sourceDestCheck: true })
})

/** EC2 User Guide, "Idle connection tracking timeout": 350 seconds for types of Nitro V6, 432,000 for others. */
test.each([
  ['instance 1', {}],
  ['instance 1 type m7i.large', { tcpEstablishedTimeout: 432_000 }],
  ['instance 1 type m8i.large', { tcpEstablishedTimeout: 350 }],
  ['instance 1 type m8i.large idle udp 45', { tcpEstablishedTimeout: 350, udpTimeout: 45 }],
  ['instance 1 type m8i.large idle tcp 99', { tcpEstablishedTimeout: 99 }],
  ['idle tcp 99', { tcpEstablishedTimeout: 99 }],
])('an interface with %s has the timeouts %j', (settings, tracking) => {
  expect(policyOf(`interface e 10.0.0.10 ${settings}`).tracking).toStrictEqual(tracking)
})

test('an instance of a type that is not known has no default timeout', () => {
  const world = worldLines(['interface e 10.0.0.10 instance 1 type m8i.large'])
  const instance = world.instance.get('i-1')
  invariant(instance, 'the world has it')
  const after = apply(world, [put('instance', { ...instance, type: 'none.large' })])
  expect(compiled(after).tracking).toStrictEqual({})
})

describe('the subnet', () => {
  test('has blocks of both families, and a router at the first address of its IPv4 block', () => {
    const policy = policyOf('subnet s 10.0.3.0/26 2001:db8::/64', 'interface e 10.0.3.10 subnet s')
    expect(policy.subnet.map(formatCidr)).toEqual(['10.0.3.0/26', '2001:db8::/64'])
    expect(policy.router).toEqual(addressOf('10.0.3.1'))
  })

  test('without an IPv4 block has its router at the first address of its IPv6 block', () => {
    const policy = policyOf('subnet s 2001:db8::/64', 'interface e 2001:db8::10 subnet s')
    expect(policy.subnet.map(formatCidr)).toEqual(['2001:db8::/64'])
    expect(policy.router).toEqual(addressOf('2001:db8::1'))
  })

  test('must be there, and its ACL', () => {
    const world = worldLines(['acl n', 'subnet s 10.0.3.0/26 acl n', 'interface e 10.0.3.10 subnet s'])
    const without = (of: Change & { kind: 'removed' }) => () => compiled(apply(world, [of]))
    expect(without({ kind: 'removed', of: 'subnet', id: 'subnet-s' })).toThrow('eni-e is in a subnet that exists')
    expect(without({ kind: 'removed', of: 'networkAcl', id: 'acl-n' })).toThrow('subnet-s has an ACL that exists')
  })
})

describe('the resolvers', () => {
  const world = worldLines(['interface e 10.0.0.10'])
  const vpc = world.vpc.get('vpc-1')
  invariant(vpc, 'the notation has a VPC')

  test('are at the second address of each IPv4 block of the VPC', () => {
    const second = { associationId: 'vpc-cidr-assoc-2', cidr: '100.64.0.0/24' } as const
    const after = apply(world, [put('vpc', { ...vpc, cidrBlocks: [...vpc.cidrBlocks, second] })])
    expect(compiled(after).resolvers).toEqual(['10.0.0.2', '100.64.0.2'].map(addressOf))
  })

  test('are none where the VPC is not known', () => {
    expect(compiled(apply(world, [{ kind: 'removed', of: 'vpc', id: 'vpc-1' }])).resolvers).toEqual([])
  })
})

describe('the rules', () => {
  test('stand by direction, in the order of the groups and of their rules, each with its group', () => {
    const { allows } = policyOf(
      'group e ingress tcp 80 from 10.0.0.0/8 as sgr-1',
      'group e egress any to 10.0.0.0/8 as sgr-2',
      'group f ingress udp 53 from 10.0.0.0/8 as sgr-3',
      'group f egress icmp any to 10.0.0.0/8 as sgr-4',
      'interface e 10.0.0.10 in f e',
    )
    const named = (direction: Direction) =>
      allows[direction].map((each) => `${each.rule} ${each.group} ${each.direction}`)
    expect(named('ingress')).toEqual(['sgr-3 sg-f ingress', 'sgr-1 sg-e ingress'])
    expect(named('egress')).toEqual(['sgr-4 sg-f egress', 'sgr-2 sg-e egress'])
    expect(allows.ingress[0]?.traffic).toEqual({ protocol: 'udp', from: 53, to: 53 })
  })

  test('of a group that is gone are none', () => {
    const world = worldLines(['group e ingress any from 0.0.0.0/0', 'interface e 10.0.0.10 in e'])
    const { allows } = compiled(apply(world, [{ kind: 'removed', of: 'securityGroup', id: 'sg-e' }]))
    expect(allows.ingress).toEqual([])
  })

  /** data-plane 2.2 and 8.10 */
  test.each([
    ['0.0.0.0/0', 4],
    ['::/0', 6],
    ['0.0.0.0/1', undefined],
    ['128.0.0.0/1', undefined],
    ['::/1', undefined],
    ['10.0.0.0/8', undefined],
    ['pl-4', undefined],
    ['e', undefined],
  ])('for %s are open to all addresses of family %s', (peer, open) => {
    const { allows } = policyOf(
      'prefix-list pl-4 0.0.0.0/0',
      'group e',
      `group e ingress any from ${peer}`,
      'interface e 10.0.0.10 in e',
    )
    expect(allows.ingress.map((each) => each.open)).toEqual([open])
  })
})

test('an ACL’s entries stand by direction in ascending order, before the final deny of each family', () => {
  const policy = policyOf(
    'acl n',
    'acl n ingress 200 allow tcp 80-90 from 0.0.0.0/0',
    'acl n ingress 100 deny icmp 3/4 from 10.0.0.0/8',
    'acl n ingress 300 allow 50 from ::/0',
    'acl n egress 5 allow any to 192.0.2.0/24',
    'subnet s 10.0.0.0/24 acl n',
    'interface e 10.0.0.10 subnet s',
  )
  expect(policy.acl.id).toBe('acl-n')
  const final = ['* deny -1  0.0.0.0/0', '* deny -1  ::/0']
  expect(linesOf(policy, 'ingress')).toEqual([
    '100 deny 1 3/4 10.0.0.0/8',
    '200 allow 6 80-90 0.0.0.0/0',
    '300 allow 50  ::/0',
    ...final,
  ])
  expect(linesOf(policy, 'egress')).toEqual(['5 allow -1  192.0.2.0/24', ...final])
})

test('what is compiled from an ACL is shared by all that it stands before', () => {
  const world = worldLines(['interface e 10.0.0.10', 'interface f 10.0.1.10'])
  expect(compiled(world, 'eni-f').acl).toBe(compiled(world).acl)
})

test('a block that was stored is a CIDR: anything else is a broken promise', () => {
  const world = worldLines(['subnet s 10.0.3.0/26', 'interface e 10.0.3.10 subnet s'])
  const subnet = world.subnet.get('subnet-s')
  invariant(subnet, 'the world has it')
  const after = apply(world, [put('subnet', { ...subnet, cidr: 'nonsense' })])
  expect(() => compiled(after)).toThrow('nonsense was checked to be a CIDR when it was stored')
})
