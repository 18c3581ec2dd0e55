/** Whose policy each kind of change makes anew, and nobody else's: policy-table.property.test.ts proves them right. */

import { describe, expect, test } from 'vitest'
import { walkWorld } from '../../test/policy-walk.ts'
import { instant } from '../base/clock.ts'
import { invariant } from '../base/invariant.ts'
import { type Change, put } from '../model/change.ts'
import { worldLine } from '../model/notation.ts'
import type { Peering } from '../model/peering.ts'
import { apply, type World } from '../model/world.ts'
import { PolicyTable } from './policy-table.ts'

/**
 * eni-a is in sg-a, which uses pl-1; eni-b in sg-b and sg-c, which names sg-a; eni-c of VPC 2 in sg-x and
 * sg-y, which names sg-a as well: stale, until the VPCs are peered.
 */
const world = walkWorld()

function found<T>(object: T | undefined): T {
  invariant(object, 'the world has it')
  return object
}

function side(vpc: 'vpc-1' | 'vpc-2' | 'vpc-3') {
  return { vpc, owner: '123456789012', region: 'us-east-1', allowDnsResolution: false }
}

function peering(requester: 'vpc-1' | 'vpc-3', accepter: 'vpc-2' | 'vpc-3', state: Peering['state']): Change {
  const at = instant(0)
  const ends = { requester: side(requester), accepter: side(accepter) }
  return put('peering', { id: 'pcx-1', ...ends, state, message: '', createdAt: at, stateSince: at })
}

const card = (id: string) => found(world.networkInterface.get(id))
const group = (id: string) => found(world.securityGroup.get(id))
const peered = apply(world, [peering('vpc-1', 'vpc-2', 'active')])
const associated = apply(world, [put('vpcAssociation', { id: 'sg-a/vpc-2', group: 'sg-a', vpc: 'vpc-2' })])
const lineOf = (text: string) => worldLine(text, world)

interface Case {
  readonly title: string
  readonly before?: World
  readonly changes: readonly Change[]
  readonly of: string
  /** Whose rules are looked at again without need. */
  readonly also?: string
}

const cases: readonly Case[] = [
  { title: 'nothing', changes: [], of: '' },
  { title: 'a VPC', changes: [put('vpc', { ...found(world.vpc.get('vpc-2')) })], of: 'c' },
  { title: 'a subnet', changes: [put('subnet', { ...found(world.subnet.get('subnet-2')) })], of: 'b' },
  { title: 'an ACL', changes: [put('networkAcl', { ...found(world.networkAcl.get('acl-n')) })], of: 'b' },
  {
    title: 'a rule of a group that others name',
    changes: [{ kind: 'rule-removed', group: 'sg-a', rule: 'sgr-3' }],
    of: 'a',
  },
  { title: 'a group in its VPC', changes: [put('securityGroup', { ...group('sg-a'), description: 'x' })], of: '' },
  { title: 'a group of another VPC', changes: [put('securityGroup', { ...group('sg-a'), vpc: 'vpc-2' })], of: 'b c' },
  { title: 'a group that goes', changes: [{ kind: 'removed', of: 'securityGroup', id: 'sg-a' }], of: 'a b c' },
  {
    title: 'a group that is associated with a VPC',
    changes: [put('vpcAssociation', { id: 'sg-a/vpc-2', group: 'sg-a', vpc: 'vpc-2' })],
    of: 'b c',
  },
  {
    title: 'a group that no longer is',
    before: associated,
    changes: [{ kind: 'removed', of: 'vpcAssociation', id: 'sg-a/vpc-2' }],
    of: 'b c',
  },
  { title: 'a prefix list', changes: [put('prefixList', found(world.prefixList.get('pl-1')))], of: 'a' },
  { title: 'a new prefix list', changes: lineOf('prefix-list pl-2 10.0.0.0/8'), of: '' },
  { title: 'a version of a prefix list', changes: [lineOf('prefix-list pl-1 10.0.0.0/8')[0] as Change], of: 'a' },
  {
    title: 'a version of a prefix list that goes',
    changes: [{ kind: 'removed', of: 'prefixListVersion', id: Array.from(world.prefixListVersion.keys())[0] ?? '' }],
    of: 'a',
  },
  {
    title: 'settings of an interface',
    changes: [put('networkInterface', { ...card('eni-a'), sourceDestCheck: false })],
    of: 'a',
  },
  {
    title: 'addresses of an interface',
    changes: [put('networkInterface', { ...card('eni-a'), ipv6Addresses: ['::5'] })],
    of: 'a b',
  },
  {
    title: 'addresses of an interface that another VPC reaches',
    before: peered,
    changes: [put('networkInterface', { ...card('eni-a'), ipv6Addresses: ['::5'] })],
    of: 'a b c',
  },
  {
    title: 'private addresses of an interface',
    changes: [
      put('networkInterface', { ...card('eni-a'), privateAddresses: [{ address: '10.0.0.99', isPrimary: true }] }),
    ],
    of: 'a b',
  },
  {
    title: 'which of its addresses is the primary one',
    changes: [
      put('networkInterface', { ...card('eni-a'), privateAddresses: [{ address: '10.0.0.10', isPrimary: false }] }),
    ],
    of: 'a',
  },
  {
    title: 'an interface that leaves a group',
    changes: [put('networkInterface', { ...card('eni-a'), groups: [] })],
    of: 'a b',
  },
  {
    title: 'an interface that joins a group which others name',
    changes: [put('networkInterface', { ...card('eni-c'), groups: ['sg-x', 'sg-y', 'sg-a'] })],
    of: 'b c',
  },
  {
    title: 'addresses of one whose groups nobody names',
    changes: [put('networkInterface', { ...card('eni-c'), ipv6Addresses: ['::5'] })],
    of: 'c',
  },
  { title: 'an interface that goes', changes: [{ kind: 'removed', of: 'networkInterface', id: 'eni-a' }], of: 'b' },
  { title: 'an interface that comes', changes: lineOf('interface d 10.0.0.77 in b subnet 1'), of: 'd' },
  {
    title: 'a peering, where groups name groups',
    changes: [peering('vpc-1', 'vpc-2', 'active')],
    of: 'b c',
    also: 'a',
  },
  {
    title: 'a peering that changes sides',
    before: peered,
    changes: [peering('vpc-3', 'vpc-3', 'active')],
    of: 'b c',
    also: 'a',
  },
  {
    title: 'a peering that goes',
    before: peered,
    changes: [{ kind: 'removed', of: 'peering', id: 'pcx-1' }],
    of: 'b c',
    also: 'a',
  },
  { title: 'a tag', changes: [put('tagSet', { id: 'eni-a', tags: [] })], of: '' },
]

function tabled(table: PolicyTable, of: World) {
  return Array.from(of.networkInterface.keys(), (id) => [id, table.get(id as `eni-${string}`)] as const)
}

describe('a change makes just those policies anew that differ by it', () => {
  test.each(cases)('$title: $of', ({ before = world, changes, of, also = '' }) => {
    const table = new PolicyTable(before)
    const known = new Map(tabled(table, before))
    const after = apply(before, changes)
    table.update(before, after, changes)
    const anew = tabled(table, after).filter(([id, policy]) => policy !== known.get(id))
    const names = anew.map(([id]) => id.replace('eni-', ''))
    expect(names.filter((name) => !also.includes(name)).join(' ')).toBe(of)
    expect(tabled(table, after).every(([id, policy]) => table.get(id as `eni-${string}`) === policy)).toBe(true)
    expect(table.world).toBe(after)
  })
})
