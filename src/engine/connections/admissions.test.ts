/** What shares an admission, what it counts against, and when its rules are held against a policy anew. */

import { describe, expect, test } from 'vitest'
import { worldLines } from '../../../test/arbitraries.ts'
import { invariant } from '../../base/invariant.ts'
import type { Allow, InterfacePolicy } from '../../policy/policy.ts'
import { PolicyTable } from '../../policy/policy-table.ts'
import { Admissions } from './admissions.ts'

const policies = new PolicyTable(
  worldLines([
    'group e ingress tcp 80 from 0.0.0.0/0 as sgr-1',
    'group e ingress any from 203.0.113.5 as sgr-2',
    'interface e 10.0.0.10 in e instance 1 idle udp 45',
    'interface f 10.0.0.11 in e instance 1',
    'interface g 10.0.0.12 in e',
  ]),
)

function policyOf(name: 'e' | 'f' | 'g'): InterfacePolicy {
  const policy = policies.get(`eni-${name}`)
  invariant(policy, 'the world has it')
  return policy
}

const [one, two] = policyOf('e').allows.ingress as readonly [Allow, Allow]
const [narrow, auto] = ['no rule that admits it is open to all addresses', 'the path is automatically tracked'] as const

describe('an interface', () => {
  test('is known while it tracks something', () => {
    const admissions = new Admissions('instance')
    const policy = policyOf('e')
    expect(admissions.cardOf(policy)).toBeUndefined()
    expect(admissions.numberOf('eni-e')).toBeUndefined()
    const card = admissions.cardFor(policy)
    expect(card).toMatchObject({ id: 'eni-e', number: 0, policy })
    expect([admissions.cardFor(policy), admissions.cardOf(policy)]).toEqual([card, card])
    const admission = admissions.admit(card, [one], narrow)
    admissions.hold(admission)
    expect([admissions.numberOf('eni-e'), admissions.numberOf('eni-f')]).toEqual([0, undefined])
    admissions.release(admission)
    expect(admissions.numberOf('eni-e')).toBeUndefined()
    expect(admissions.cardOf(policy)).toBeUndefined()
  })

  test('has a number of its own, which the next one gets when it is free', () => {
    const admissions = new Admissions('instance')
    const numberOf = (name: 'e' | 'f' | 'g') => admissions.cardFor(policyOf(name)).number
    expect([numberOf('e'), numberOf('f'), numberOf('e')]).toEqual([0, 1, 0])
    const held = admissions.admit(admissions.cardFor(policyOf('e')), [one], narrow)
    admissions.hold(held)
    admissions.release(held)
    expect([numberOf('g'), numberOf('f'), numberOf('e')]).toEqual([0, 1, 2])
  })

  test('goes by its newest policy', () => {
    const admissions = new Admissions('instance')
    const [before, after] = [policyOf('e'), { ...policyOf('e') }]
    const card = admissions.cardFor(before)
    const { epoch } = card
    expect(admissions.cardOf(before)?.epoch).toBe(epoch)
    expect(admissions.cardOf(after)).toBe(card)
    expect(card.policy).toBe(after)
    expect(card.epoch).toBeGreaterThan(epoch)
    admissions.cardFor(policyOf('f'))
    const newer = card.epoch
    expect(admissions.cardOf(after)?.epoch).toBe(newer)
  })
})

describe('an admission', () => {
  const admissions = new Admissions('instance')
  const card = admissions.cardFor(policyOf('e'))

  test('is shared by what the same rules let in for the same reason', () => {
    const both = admissions.admit(card, [one, two], narrow)
    expect(admissions.admit(card, [one, two], narrow)).toBe(both)
    const others = [
      admissions.admit(card, [one], narrow),
      admissions.admit(card, [two, one], narrow),
      admissions.admit(card, [one, two], auto),
      admissions.admit(admissions.cardFor(policyOf('f')), [one, two], narrow),
    ]
    expect(new Set([both, ...others]).size).toBe(5)
    expect(new Set([both, ...others].map(({ serial }) => serial)).size).toBe(5)
    const { epoch } = card
    expect(both).toMatchObject({ card, owner: 'i-1', instance: 'i-1', why: narrow, epoch, holders: 0 })
    expect(both.timers).toEqual({ udpTimeout: 45 })
    expect(both.by).toEqual([
      { rule: 'sgr-1', group: 'sg-e', isInForce: true },
      { rule: 'sgr-2', group: 'sg-e', isInForce: true },
    ])
  })

  test('of an interface without an instance counts against the interface', () => {
    const alone = admissions.admit(admissions.cardFor(policyOf('g')), [one], narrow)
    expect(alone).toMatchObject({ owner: 'eni-g', instance: undefined })
  })

  test('counts against its interface where each has an allowance of its own', () => {
    const each = new Admissions('interface')
    const own = each.admit(each.cardFor(policyOf('e')), [one], narrow)
    expect(own).toMatchObject({ owner: 'eni-e', instance: undefined })
  })

  test('under another policy is another one', () => {
    const before = admissions.admit(card, [one], narrow)
    admissions.cardOf({ ...policyOf('e') })
    const after = admissions.admit(card, [one], narrow)
    expect(after).not.toBe(before)
    expect(after.epoch).toBe(card.epoch)
  })

  test('that is held against another policy is shared as well, by which of its rules are in force', () => {
    const before = admissions.admit(card, [one, two], narrow)
    admissions.cardOf({ ...policyOf('e') })
    const by = (...inForce: readonly boolean[]) =>
      before.by.map((each, index) => ({ ...each, isInForce: inForce[index] ?? false }))
    const half = admissions.reconsider(before, by(true, false))
    const { epoch } = card
    expect(half).toMatchObject({ card, owner: 'i-1', instance: 'i-1', why: narrow, epoch, holders: 0 })
    expect(half.timers).toEqual({ udpTimeout: 45 })
    expect(half.by).toEqual(by(true, false))
    expect(admissions.reconsider(before, by(true, false))).toBe(half)
    expect(admissions.reconsider(before, by(false, true))).not.toBe(half)
    const other = admissions.admit(card, [two, one], narrow)
    expect(admissions.reconsider(other, by(true, false))).not.toBe(half)
  })
})

describe('connections', () => {
  test('are counted by owner, over all its interfaces', () => {
    const admissions = new Admissions('instance')
    const admit = (name: 'e' | 'f' | 'g') => admissions.admit(admissions.cardFor(policyOf(name)), [one], narrow)
    const [e, f, g] = [admit('e'), admit('f'), admit('g')]
    for (const each of [e, e, f, g]) admissions.hold(each)
    expect(['i-1', 'eni-g', 'eni-e'].map((owner) => admissions.countFor(owner))).toEqual([3, 1, 0])
    expect([e.card.connections, f.card.connections, e.holders]).toEqual([2, 1, 2])
    admissions.release(e)
    admissions.release(g)
    expect(['i-1', 'eni-g'].map((owner) => admissions.countFor(owner))).toEqual([2, 0])
    expect([admissions.numberOf('eni-e'), admissions.numberOf('eni-g')]).toEqual([0, undefined])
  })

  test('find what let them in by its number, which the next one gets when nobody holds it', () => {
    const admissions = new Admissions('instance')
    const card = admissions.cardFor(policyOf('e'))
    const [a, b] = [admissions.admit(card, [one], narrow), admissions.admit(card, [two], narrow)]
    for (const each of [a, a, b]) admissions.hold(each)
    expect([a.number, b.number]).toEqual([0, 1])
    expect([admissions.at(0), admissions.at(1)]).toEqual([a, b])
    admissions.release(a)
    expect(admissions.at(0)).toBe(a)
    admissions.release(a)
    expect(admissions.at(0)).toBeUndefined()
    const c = admissions.admit(card, [one, two], narrow)
    admissions.hold(c)
    admissions.hold(a)
    expect([c.number, a.number]).toEqual([0, 2])
    expect([admissions.at(0), admissions.at(2)]).toEqual([c, a])
  })

  test('of a new interface are not taken for those of one that is gone', () => {
    const admissions = new Admissions('instance')
    const policy = policyOf('e')
    const gone = admissions.admit(admissions.cardFor(policy), [one], narrow)
    admissions.hold(gone)
    admissions.release(gone)
    const again = admissions.cardFor(policy)
    expect(again).not.toBe(gone.card)
    expect(again.epoch).toBeGreaterThan(gone.card.epoch)
    expect(again.connections).toBe(0)
  })
})

test('four thousand and ninety-six admissions of an interface are known, and then it begins anew', () => {
  const admissions = new Admissions('instance')
  const card = admissions.cardFor(policyOf('e'))
  const rules = Array.from({ length: 4097 }, (_, number): Allow => ({ ...one, rule: `sgr-${number}` }))
  const [first, second] = rules as [Allow, Allow]
  const known = admissions.admit(card, [first], narrow)
  for (const rule of rules.slice(0, 4096)) admissions.admit(card, [rule], narrow)
  expect(admissions.admit(card, [first], narrow)).toBe(known)
  const before = admissions.admit(card, [second], narrow)
  for (const rule of rules.slice(4096)) admissions.admit(card, [rule], narrow)
  expect(admissions.admit(card, [first], narrow)).not.toBe(known)
  expect(admissions.admit(card, [second], narrow)).not.toBe(before)
})
