/** Which untracked flows are shown, from which side, in which state and for how long. */

import { describe, expect, test } from 'vitest'
import { worldLines } from '../../test/arbitraries.ts'
import { type Instant, instant } from '../base/clock.ts'
import { invariant } from '../base/invariant.ts'
import type { Direction } from '../model/rule.ts'
import { formatPacket, parsePacket } from '../packet/notation.ts'
import { PolicyTable } from '../policy/policy-table.ts'
import { Engine } from './engine.ts'
import { UntrackedFlows } from './untracked-flows.ts'

const open = ['group e ingress any from 0.0.0.0/0', 'group e egress any to 0.0.0.0/0']
const halfOpen = ['group h ingress tcp 80 from 0.0.0.0/0', 'group h egress any to 0.0.0.0/0']
const cards = ['interface e 10.0.0.10 in e', 'interface f 10.0.0.10 in e', 'interface h 10.0.0.10 in h']
const policies = new PolicyTable(worldLines(['group e', 'group h', ...open, ...halfOpen, ...cards]))

type Line = `${'e' | 'f' | 'h'} ${'ingress' | 'egress'} ${string}`

class Observed {
  readonly flows = new UntrackedFlows()
  readonly #engine = new Engine()

  note(seconds: number, ...lines: readonly Line[]): void {
    for (const line of lines) {
      const [, name, direction, text] = /^(\w) (ingress|egress) (.*)$/.exec(line) ?? []
      const policy = policies.get(`eni-${name}`)
      invariant(policy && text !== undefined, line)
      const now = instant(seconds * 1000)
      const meeting = { packet: parsePacket(text), policy, direction: direction as Direction, now }
      this.flows.note(meeting, this.#engine.decide(meeting))
    }
  }

  shown(at: number): string[] {
    return Array.from(this.flows.recent(instant(at * 1000)), (flow) => {
      const { networkInterface, direction, opening, openedAt, lastSeen, state } = flow
      const far = state.protocol === 'tcp' ? state.state : state.protocol === 'udp' ? state.turns.answered : ''
      const span = [openedAt, lastSeen].map((each: Instant) => each / 1000).join('-')
      return `${networkInterface} ${direction} ${formatPacket(opening)} ${span} ${far}`
    })
  }
}

const syn = 'tcp 203.0.113.5:1000 > 10.0.0.10:80 S'
const synAck = 'tcp 10.0.0.10:80 > 203.0.113.5:1000 SA'
const ack = 'tcp 203.0.113.5:1000 > 10.0.0.10:80 A'
const asked = 'udp 203.0.113.5:1000 > 10.0.0.10:53'
const answered = 'udp 10.0.0.10:53 > 203.0.113.5:1000'

test('both sides of an exchange are one flow, from its opener’s side, in the state that it reached', () => {
  const seen = new Observed()
  seen.note(1, `e ingress ${syn}`)
  expect(seen.shown(1)).toEqual([`eni-e ingress ${syn} 1-1 syn-sent`])
  seen.note(2, `e egress ${synAck}`)
  expect(seen.shown(2)).toEqual([`eni-e ingress ${syn} 1-2 syn-received`])
  seen.note(3, `e ingress ${ack}`)
  expect(seen.shown(3)).toEqual([`eni-e ingress ${syn} 1-3 established`])
})

test('what the interface opens itself is shown as egress', () => {
  const seen = new Observed()
  seen.note(1, 'e egress udp 10.0.0.10:1000 > 203.0.113.5:53', 'e ingress udp 203.0.113.5:53 > 10.0.0.10:1000')
  expect(seen.shown(1)).toEqual(['eni-e egress udp 10.0.0.10:1000 > 203.0.113.5:53 1-1 1'])
})

test('an answer whose question was not seen shows the flow from the side that rules say asked', () => {
  const seen = new Observed()
  seen.note(1, `h egress ${synAck}`)
  expect(seen.shown(1)).toEqual(['eni-h ingress tcp 203.0.113.5:1000 > 10.0.0.10:80 SA 1-1 established'])
})

describe('a flow is forgotten', () => {
  test('ten minutes after it was last seen, to the moment', () => {
    const seen = new Observed()
    seen.note(0, `e ingress ${asked}`)
    seen.note(100, `e egress ${answered}`)
    expect(seen.shown(699)).toHaveLength(1)
    expect(seen.shown(699.999)).toHaveLength(1)
    expect(seen.shown(700)).toEqual([])
  })

  test('when it is closed', () => {
    const seen = new Observed()
    seen.note(1, `e ingress ${syn}`, `e egress ${synAck}`, `e ingress ${asked}`)
    seen.note(2, 'e egress tcp 10.0.0.10:80 > 203.0.113.5:1000 R')
    expect(seen.shown(2)).toEqual([`eni-e ingress ${asked} 1-1 0`])
  })

  test('when a connection takes its place, and not when its packet is refused', () => {
    const seen = new Observed()
    seen.note(1, `e ingress ${syn}`)
    const policy = policies.get('eni-e')
    invariant(policy, 'the world has it')
    const meeting = { packet: parsePacket(syn), policy, direction: 'ingress', now: instant(2000) } as const
    seen.flows.note(meeting, { action: 'deny', because: { kind: 'multicast' } })
    expect(seen.shown(2)).toHaveLength(1)
    const why = 'no rule that admits it is open to all addresses'
    const taken = { kind: 'rules', rules: [], tracked: true, why, expiresAt: instant(9000) } as const
    seen.flows.note(meeting, { action: 'allow', because: taken })
    expect(seen.shown(2)).toEqual([])
  })

  test('when it is taken out, from whichever side its packet comes', () => {
    const seen = new Observed()
    seen.note(1, `e ingress ${asked}`, `f ingress ${asked}`)
    const policy = policies.get('eni-e')
    invariant(policy, 'the world has it')
    const question = { packet: parsePacket(asked), policy, direction: 'ingress' } as const
    const answer = { packet: parsePacket(answered), policy, direction: 'egress' } as const
    const flow = seen.flows.find(answer)
    expect(flow).toBe(seen.flows.find(question))
    invariant(flow, 'it was noted')
    seen.flows.delete(flow)
    expect([question, answer].map((each) => seen.flows.find(each))).toEqual([undefined, undefined])
    expect(seen.shown(1)).toEqual([`eni-f ingress ${asked} 1-1 0`])
  })

  test('with its interface, and others are not', () => {
    const seen = new Observed()
    seen.note(1, `e ingress ${asked}`, `f ingress ${asked}`)
    expect(seen.shown(1)).toHaveLength(2)
    seen.flows.forget('eni-e')
    expect(seen.shown(1)).toEqual([`eni-f ingress ${asked} 1-1 0`])
  })
})

test('those longest unseen come first', () => {
  const seen = new Observed()
  const other = 'udp 203.0.113.6:1000 > 10.0.0.10:53'
  seen.note(1, `e ingress ${asked}`, `e ingress ${other}`)
  seen.note(2, `e ingress ${asked}`)
  expect(seen.shown(2)).toEqual([`eni-e ingress ${other} 1-1 0`, `eni-e ingress ${asked} 1-2 0`])
})

test('what is tracked is no untracked flow', () => {
  const seen = new Observed()
  seen.note(1, 'e ingress icmp 203.0.113.5 > 10.0.0.10 echo 7')
  expect(seen.shown(1)).toEqual([])
})

test('four thousand and ninety-six are kept, and the one longest unseen makes room', () => {
  const seen = new Observed()
  const from = (port: number): Line => `e ingress udp 203.0.113.5:${port} > 10.0.0.10:53`
  for (let port = 1; port <= 4096; port++) seen.note(1, from(port))
  expect(seen.shown(1)).toHaveLength(4096)
  seen.note(2, from(1))
  seen.note(3, from(5000))
  const shown = seen.shown(3)
  expect(shown).toHaveLength(4096)
  expect(shown[0]).toBe('eni-e ingress udp 203.0.113.5:3 > 10.0.0.10:53 1-1 0')
  expect(shown.at(-1)).toBe('eni-e ingress udp 203.0.113.5:5000 > 10.0.0.10:53 3-3 0')
})
