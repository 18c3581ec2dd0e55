import { describe, expect, test } from 'vitest'
import { seededEntropy } from '../base/entropy.ts'
import { type Change, put } from './change.ts'
import { openEgress } from './default-network.ts'
import { newId } from './ids.ts'
import { groupNameKey } from './links.ts'
import type { Rule } from './rule.ts'
import type { SecurityGroup } from './security-group.ts'
import { apply, emptyWorld, findRule, isLinked, linked, removal, tagsOf, type World, worldOf } from './world.ts'

const scope = { account: '123456789012', region: 'us-east-1' }
const entropy = seededEntropy(7)
const vpc = newId(entropy, 'vpc')

function group(name: string, rules: readonly Rule[] = []): SecurityGroup {
  return { id: newId(entropy, 'sg'), vpc, name, description: name, rules, hasOriginalEgress: true }
}

function ingress(peer: Rule['peer']): Rule {
  return { id: newId(entropy, 'sgr'), direction: 'ingress', traffic: { protocol: 'all' }, peer }
}

function from(of: SecurityGroup): Rule {
  return ingress({ kind: 'group', group: of.id, owner: scope.account })
}

function worldWith(...changes: readonly Change[]): World {
  return apply(emptyWorld(scope), changes)
}

describe('a world', () => {
  test('never changes: applying makes the next one', () => {
    const before = worldWith(put('securityGroup', group('web')))
    const after = apply(before, [put('securityGroup', group('db'))])
    expect([before.securityGroup.size, after.securityGroup.size]).toEqual([1, 2])
    expect([before.version, after.version]).toEqual([1, 2])
    expect(linked(before, 'groups in vpc', vpc)).toHaveLength(1)
    expect(after.scope).toBe(scope)
  })

  test('that a change breaks is as it was', () => {
    const web = group('web')
    const before = worldWith(put('securityGroup', web))
    const broken: Change[] = [
      { kind: 'rule-added', group: web.id, rule: from(web) },
      { kind: 'rule-removed', group: web.id, rule: 'sgr-00000000' },
    ]
    expect(() => apply(before, broken)).toThrow(`${web.id} holds sgr-00000000 unless it is added`)
    expect(before.securityGroup.get(web.id)?.rules).toEqual([])
    expect([...before.groupOfRule.keys()]).toEqual([])
  })

  test.each([
    ['a rule of no group', { kind: 'rule-added', group: 'sg-00000000', rule: from(group('x')) }],
    ['a rule replaced that is not there', { kind: 'rule-replaced', group: 'sg-00000000', rule: from(group('x')) }],
  ] satisfies [string, Change][])('does not take %s', (_, change) => {
    expect(() => worldWith(change)).toThrow('sg-00000000 exists when its rules change')
  })

  test('does not take a rule twice', () => {
    const web = group('web')
    const added: Change = { kind: 'rule-added', group: web.id, rule: from(web) }
    expect(() => worldWith(put('securityGroup', web), added, added)).toThrow('unless it is added')
  })

  test('is the same from its objects as from its changes, but for the version', () => {
    const web = group('web')
    const made = worldWith(
      put('securityGroup', web),
      { kind: 'rule-added', group: web.id, rule: from(web) },
      put('tagSet', { id: web.id, tags: [{ key: 'a', value: 'b' }] }),
    )
    const objects = [
      { kind: 'tagSet' as const, object: made.tagSet.get(web.id) },
      { kind: 'securityGroup' as const, object: made.securityGroup.get(web.id) },
    ].flatMap(({ kind, object }) => (object ? [{ kind, object }] : []))
    const read = worldOf(scope, objects)
    expect([...read.links.keys()]).toEqual([...made.links.keys()])
    expect([...read.groupOfRule.keys()]).toEqual([...made.groupOfRule.keys()])
    expect([...read.securityGroup.values()]).toEqual([...made.securityGroup.values()])
    expect(tagsOf(read, web.id)).toEqual([{ key: 'a', value: 'b' }])
  })
})

describe('rules', () => {
  test('are kept in the order added, and a replaced one keeps its place', () => {
    const web = group('web')
    const [first, second] = [from(web), ingress({ kind: 'ipv4', cidr: '10.0.0.0/8' })]
    const changed = { ...first, description: 'again' }
    const world = worldWith(
      put('securityGroup', web),
      { kind: 'rule-added', group: web.id, rule: first },
      { kind: 'rule-added', group: web.id, rule: second },
      { kind: 'rule-replaced', group: web.id, rule: changed },
    )
    expect(world.securityGroup.get(web.id)?.rules).toEqual([changed, second])
  })

  test('are found by their id until they or their group go', () => {
    const rule = ingress({ kind: 'ipv4', cidr: '10.0.0.0/8' })
    const web = group('web', [rule])
    const world = worldWith(put('securityGroup', web))
    expect(findRule(world, rule.id)).toEqual({ group: web, rule })
    const revoked = apply(world, [{ kind: 'rule-removed', group: web.id, rule: rule.id }])
    expect(findRule(revoked, rule.id)).toBeUndefined()
    expect(findRule(apply(world, removal(world, 'securityGroup', web.id)), rule.id)).toBeUndefined()
  })

  test('end the original egress of their group when they go out, not when they come in', () => {
    const egress = openEgress(entropy, 4)
    const web = group('web', [egress])
    const original = (...changes: readonly Change[]) =>
      worldWith(put('securityGroup', web), ...changes).securityGroup.get(web.id)?.hasOriginalEgress
    expect(original({ kind: 'rule-added', group: web.id, rule: from(web) })).toBe(true)
    expect(original({ kind: 'rule-added', group: web.id, rule: openEgress(entropy, 6) })).toBe(false)
    expect(original({ kind: 'rule-replaced', group: web.id, rule: egress })).toBe(false)
    expect(original({ kind: 'rule-removed', group: web.id, rule: egress.id })).toBe(false)
  })
})

describe('links', () => {
  test('lead to groups by VPC and by name in whatever case, in id order', () => {
    const groups = [group('web'), group('DB')]
    const world = worldWith(...groups.map((each) => put('securityGroup', each)))
    expect(linked(world, 'groups in vpc', vpc)).toEqual(groups.map(({ id }) => id).sort())
    expect(linked(world, 'group named', groupNameKey(vpc, 'db'))).toEqual([groups[1]?.id])
    expect(isLinked(world, 'group named', groupNameKey(vpc, 'w'))).toBe(false)
    expect(isLinked(world, 'groups in vpc', vpc.slice(0, -1))).toBe(false)
  })

  test('lead from a group to those that name it, but for itself', () => {
    const web = group('web')
    const db = group('db', [from(web)])
    const self = { ...web, rules: [from(web)] }
    const world = worldWith(put('securityGroup', self), put('securityGroup', db))
    expect(linked(world, 'groups referencing group', web.id)).toEqual([db.id])
    const [rule] = db.rules
    const revoked = apply(world, rule ? [{ kind: 'rule-removed', group: db.id, rule: rule.id }] : [])
    expect(linked(revoked, 'groups referencing group', web.id)).toEqual([])
  })

  test('stay while one of two rules that make them is left', () => {
    const web = group('web')
    const [one, two] = [from(web), { ...from(web), direction: 'egress' as const }]
    const db = group('db', [one, two])
    const world = worldWith(put('securityGroup', db))
    const first = apply(world, [{ kind: 'rule-removed', group: db.id, rule: one.id }])
    expect(isLinked(first, 'groups referencing group', web.id)).toBe(true)
    const second = apply(first, [{ kind: 'rule-removed', group: db.id, rule: two.id }])
    expect(isLinked(second, 'groups referencing group', web.id)).toBe(false)
  })
})

test('removing a group removes its tags and those of its rules', () => {
  const rule = ingress({ kind: 'ipv4', cidr: '10.0.0.0/8' })
  const web = group('web', [rule])
  const tags = [{ key: 'a', value: 'b' }]
  const world = worldWith(
    put('securityGroup', web),
    put('tagSet', { id: web.id, tags }),
    put('tagSet', { id: rule.id, tags }),
    put('tagSet', { id: vpc, tags }),
  )
  const after = apply(world, removal(world, 'securityGroup', web.id))
  expect([...after.tagSet.keys()]).toEqual([vpc])
  expect([...after.links.keys()]).toEqual([])
})
