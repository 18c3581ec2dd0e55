/** What holds of the engine whatever the rules and the packets are. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressOf, anyDirection, anyPacketOf, anyRuleFacts, anyRules, worldWith } from '../../test/arbitraries.ts'
import { instant } from '../base/clock.ts'
import { invariant } from '../base/invariant.ts'
import type { NetworkInterface } from '../model/network-interface.ts'
import { type Kind, kinds, type Objects } from '../model/objects.ts'
import type { Direction, Rule } from '../model/rule.ts'
import { type World, worldOf } from '../model/world.ts'
import { type Packet, reversed } from '../packet/packet.ts'
import { compile } from '../policy/compile.ts'
import type { InterfacePolicy } from '../policy/policy.ts'
import { Engine } from './engine.ts'
import { opposite } from './tracking.ts'

const start = instant(0)

function cardOf(world: World): NetworkInterface {
  const card = world.networkInterface.get('eni-e')
  invariant(card, 'the world has the interface')
  return card
}

function policyOf(rules: readonly Rule[]): InterfacePolicy {
  const world = worldWith(rules)
  return compile(world, cardOf(world))
}

interface Sent {
  readonly direction: Direction
  readonly packet: Packet
}

const anySent: fc.Arbitrary<Sent> = anyDirection.chain((direction) =>
  anyPacketOf(direction).map((packet) => ({ direction, packet })),
)

const anyCase = fc.record({ rules: anyRules(8), sent: anySent, more: anyRuleFacts })

function firstAction(rules: readonly Rule[], { direction, packet }: Sent): 'allow' | 'deny' {
  return new Engine().decide({ packet, policy: policyOf(rules), direction, now: start }).action
}

function actions(policy: InterfacePolicy, sent: readonly Sent[]): string[] {
  const engine = new Engine()
  return sent.map(
    ({ direction, packet }, index) => engine.decide({ packet, policy, direction, now: instant(index) }).action,
  )
}

describe('rules', () => {
  test('one more never denies a first packet', () => {
    const property = fc.property(anyCase, ({ rules, sent, more }) => {
      const before = firstAction(rules, sent)
      const after = firstAction([...rules, { id: 'sgr-more', ...more }], sent)
      expect([before, after]).not.toEqual(['allow', 'deny'])
    })
    fc.assert(property, { numRuns: 500 })
  })

  test('their order is irrelevant', () => {
    const anyWalk = fc.record({ rules: anyRules(8), sent: fc.array(anySent, { maxLength: 12 }), turn: fc.nat() })
    const property = fc.property(anyWalk, ({ rules, sent, turn }) => {
      const at = turn % Math.max(rules.length, 1)
      const others = [...rules.slice(at), ...rules.slice(0, at)].reverse()
      const walk = sent.flatMap((each) => [
        each,
        { direction: opposite(each.direction), packet: reversed(each.packet) },
      ])
      expect(actions(policyOf(others), walk)).toEqual(actions(policyOf(rules), walk))
    })
    fc.assert(property, { numRuns: 500 })
  })

  test('compiling depends on nothing but what the world holds', () => {
    const property = fc.property(anyRules(8), (rules) => {
      const world = worldWith(rules)
      const objects = kinds.flatMap((kind) =>
        Array.from<Objects[Kind], { kind: Kind; object: Objects[Kind] }>(world[kind].values(), (object) => ({
          kind,
          object,
        })),
      )
      const again = worldOf(world.scope, objects.toReversed())
      expect(compile(again, cardOf(again))).toEqual(compile(world, cardOf(world)))
    })
    fc.assert(property)
  })
})

describe('connections', () => {
  /** What a rule for all traffic of that direction opens, when it is tracked. */
  const anyOpened = anySent.map(({ direction, packet }) => {
    const zero = packet.source.family === 4 ? '0.0.0.0/0' : '::/0'
    const peer =
      packet.source.family === 4 ? ({ kind: 'ipv4', cidr: zero } as const) : ({ kind: 'ipv6', cidr: zero } as const)
    const policy = policyOf([{ id: 'sgr-1', direction, traffic: { protocol: 'all' }, peer }])
    const engine = new Engine()
    const verdict = engine.decide({ packet, policy, direction, now: start })
    return { direction, packet, policy, engine, verdict }
  })

  test('an expired one is absent exactly at its deadline', () => {
    const property = fc.property(anyOpened, fc.boolean(), ({ direction, packet, policy, engine, verdict }, isLate) => {
      fc.pre(verdict.because.kind === 'rules')
      if (verdict.because.kind !== 'rules') return
      const now = instant(verdict.because.expiresAt - (isLate ? 0 : 1))
      expect(Array.from(engine.connections(now))).toHaveLength(isLate ? 0 : 1)
      const answer = { packet: reversed(packet), policy, direction: opposite(direction), now }
      expect(engine.decide(answer).because.kind).toBe(isLate ? 'no-rule' : 'connection')
    })
    fc.assert(property, { numRuns: 500 })
  })

  test('an answer to a flow that the other side opened grants nothing to third parties', () => {
    const property = fc.property(anyOpened, ({ direction, packet, policy, engine, verdict }) => {
      fc.pre(verdict.because.kind === 'rules')
      const back = opposite(direction)
      const answer = reversed(packet)
      engine.decide({ packet: answer, policy, direction: back, now: start })
      const third = addressOf(answer.source.family === 4 ? '198.18.0.1' : '2001:db8:ffff::1')
      const stranger = back === 'ingress' ? { ...answer, source: third } : { ...answer, destination: third }
      const isError = stranger.payload.kind === 'icmp' && stranger.payload.about !== undefined
      fc.pre(!isError)
      expect(engine.decide({ packet: stranger, policy, direction: back, now: start }).action).toBe('deny')
    })
    fc.assert(property, { numRuns: 500 })
  })
})
