import { describe, expect, test } from 'vitest'
import { addressOf, worldLines } from '../../test/arbitraries.ts'
import { walkWorld } from '../../test/policy-walk.ts'
import { instant } from '../base/clock.ts'
import { invariant } from '../base/invariant.ts'
import { findAwsPrefixList } from '../model/aws-prefix-lists.ts'
import { type Change, put } from '../model/change.ts'
import type { ElasticAddress } from '../model/elastic-address.ts'
import type { Peering } from '../model/peering.ts'
import type { Peer, Rule } from '../model/rule.ts'
import { apply, type World } from '../model/world.ts'
import { hasAddress } from '../net/address-set.ts'
import { resolvePeer } from './resolve-peer.ts'

const account = '123456789012'
const toGroup = (group: `sg-${string}`): Peer => ({ kind: 'group', group, owner: account })

/** Which of the addresses the peer of a rule of the holder stands for. */
function among(world: World, holder: `sg-${string}`, peer: Peer, addresses: readonly string[]): string[] {
  const group = world.securityGroup.get(holder)
  invariant(group, `${holder} is of the world`)
  const rule: Rule = { id: 'sgr-test', direction: 'ingress', traffic: { protocol: 'all' }, peer }
  const set = resolvePeer(world, group, rule)
  return addresses.filter((text) => hasAddress(set, addressOf(text)))
}

describe('a group stands for the private addresses of its interfaces', () => {
  const world = worldLines([
    'group e',
    'group p',
    'interface p 10.0.0.20 10.0.0.21 2001:db8::20 2001:db8::21 in p',
    'interface q 10.0.0.30 in e p',
    'interface r 10.0.0.40 in e',
  ])
  const all = ['10.0.0.20', '10.0.0.21', '2001:db8::20', '2001:db8::21', '10.0.0.30', '10.0.0.40', '198.51.100.20']

  test('primary and secondary ones, IPv4 and IPv6', () => {
    expect(among(world, 'sg-e', toGroup('sg-p'), all)).toEqual(all.slice(0, 5))
  })

  test('a group may name itself', () => {
    expect(among(world, 'sg-e', toGroup('sg-e'), all)).toEqual(['10.0.0.30', '10.0.0.40'])
  })

  test('never public ones', () => {
    const card = world.networkInterface.get('eni-p')
    invariant(card, 'the world has it')
    const elastic: ElasticAddress = {
      id: 'eipalloc-1',
      publicAddress: '198.51.100.20',
      networkBorderGroup: 'us-east-1',
      association: { id: 'eipassoc-1', networkInterface: 'eni-p', privateAddress: '10.0.0.20' },
    }
    const after = apply(world, [
      put('networkInterface', { ...card, autoAssignedPublicAddress: '198.51.100.20' }),
      put('elasticAddress', elastic),
    ])
    expect(among(after, 'sg-e', toGroup('sg-p'), all)).toEqual(all.slice(0, 5))
  })

  test('nobody when the group is gone', () => {
    const after = apply(world, [{ kind: 'removed', of: 'securityGroup', id: 'sg-p' }])
    expect(among(after, 'sg-e', toGroup('sg-p'), all)).toEqual([])
  })
})

describe('a group of another VPC stands for its members while the two VPCs are joined', () => {
  const side = (vpc: 'vpc-1' | 'vpc-2') => ({ vpc, owner: account, region: 'us-east-1', allowDnsResolution: false })
  const at = instant(0)
  const peering = (state: Peering['state'], isTurned = false): Change => {
    const [requester, accepter] = isTurned ? [side('vpc-2'), side('vpc-1')] : [side('vpc-1'), side('vpc-2')]
    return put('peering', { id: 'pcx-1', requester, accepter, state, message: '', createdAt: at, stateSince: at })
  }
  const association = (group: `sg-${string}`, vpc: 'vpc-1' | 'vpc-2'): Change =>
    put('vpcAssociation', { id: `${group}/${vpc}`, group, vpc })

  test.each([
    { title: 'not joined', changes: [], isMember: false },
    { title: 'peered', changes: [peering('active')], isMember: true },
    { title: 'peered, asked for by the other side', changes: [peering('active', true)], isMember: true },
    { title: 'asked for and not accepted', changes: [peering('pending-acceptance')], isMember: false },
    { title: 'peering deleted', changes: [peering('deleted')], isMember: false },
    { title: 'deleted and peered again', changes: [peering('deleted'), peering('active')], isMember: true },
    { title: 'the named group associated with the VPC', changes: [association('sg-x', 'vpc-1')], isMember: true },
    {
      title: 'the naming group associated with the other VPC',
      changes: [association('sg-a', 'vpc-2')],
      isMember: true,
    },
    { title: 'another group associated', changes: [association('sg-y', 'vpc-1')], isMember: false },
  ])('$title: $isMember', ({ changes, isMember }) => {
    const world = apply(walkWorld(), changes)
    expect(among(world, 'sg-a', toGroup('sg-x'), ['10.1.0.10'])).toEqual(isMember ? ['10.1.0.10'] : [])
  })
})

describe('a prefix list stands for the entries of its present version', () => {
  const list: Peer = { kind: 'prefix-list', list: 'pl-1' }
  const some = ['203.0.113.5', '198.51.100.7', '10.9.9.9']

  test('another version, other addresses', () => {
    const before = worldLines(['group e', 'prefix-list pl-1 203.0.113.0/24 10.0.0.0/8'])
    expect(among(before, 'sg-e', list, some)).toEqual(['203.0.113.5', '10.9.9.9'])
    const after = worldLines(['group e', 'prefix-list pl-1 203.0.113.0/24', 'prefix-list pl-1 198.51.100.0/24'])
    expect(among(after, 'sg-e', list, some)).toEqual(['198.51.100.7'])
  })

  test('none for a list that does not exist, and none for an empty one', () => {
    expect(among(worldLines(['group e']), 'sg-e', list, some)).toEqual([])
    expect(among(worldLines(['group e', 'prefix-list pl-1']), 'sg-e', list, some)).toEqual([])
  })

  test('a list that AWS owns stands for its ranges', () => {
    const s3 = findAwsPrefixList('us-east-1', 'pl-63a5400a')
    expect(s3?.cidrs).toContain('52.216.0.0/15')
    const peer: Peer = { kind: 'prefix-list', list: 'pl-63a5400a' }
    expect(among(worldLines(['group e']), 'sg-e', peer, ['52.217.1.1', '203.0.113.5'])).toEqual(['52.217.1.1'])
  })
})

test('a CIDR that was stored is one: anything else is a broken promise', () => {
  const world = worldLines(['group e'])
  const peer: Peer = { kind: 'ipv4', cidr: 'nonsense' }
  expect(() => among(world, 'sg-e', peer, [])).toThrow('nonsense was checked to be a CIDR when it was stored')
})
