/** What the revoke of one rule is said to do, held against the engine that is then asked. */

import { describe, expect, test } from 'vitest'
import { worldLines } from '../../test/arbitraries.ts'
import { instant } from '../base/clock.ts'
import { parsePacket } from '../packet/notation.ts'
import type { InterfacePolicy } from '../policy/policy.ts'
import { PolicyTable } from '../policy/policy-table.ts'
import { engineDefaults } from './defaults.ts'
import { Engine } from './engine.ts'
import { revocationOf } from './revocation.ts'

const segment = parsePacket('tcp 203.0.113.5:40000 > 10.0.0.10:80 S')
const datagram = parsePacket('udp 203.0.113.5:1000 > 10.0.0.10:53')
const question = parsePacket('udp 10.0.0.10:1000 > 203.0.113.5:53')

function policyOf(rules: readonly string[]): InterfacePolicy {
  const named = rules.map((rule, index) => `group e ${rule} as sgr-${index + 1}`)
  return new PolicyTable(worldLines(['group e', ...named, 'interface e 10.0.0.10 in e'])).get(
    'eni-e',
  ) as InterfacePolicy
}

const web = 'ingress tcp 80 from 0.0.0.0/0'
const narrowWeb = 'ingress tcp 80 from 203.0.113.0/24'
const dns = 'ingress udp 53 from 0.0.0.0/0'
const narrowDns = 'ingress udp 53 from 203.0.113.5'
const allOut = 'egress any to 0.0.0.0/0'
const narrowOut = 'egress any to 203.0.113.5'
const tracked = 'the flow goes on until it idles out, as it is tracked'
const cut = 'the flow is cut at once, as it is untracked'
const byOthers = 'the flow goes on by other open rules'

/** The first rule is the one that is revoked. */
describe('the revoke of a rule', () => {
  test.each([
    {
      title: 'lets a tracked flow go on and refuses new ones',
      rules: [narrowWeb],
      flow: { isTracked: true, direction: 'ingress', opening: segment },
      effect: 'goes on',
      sentence: `${tracked}; new ones like it are refused`,
      newcomer: 'deny',
    },
    {
      title: 'lets a tracked flow go on where other rules admit new ones',
      rules: [narrowWeb, web, 'ingress any from 203.0.113.5'],
      flow: { isTracked: true, direction: 'ingress', opening: segment },
      effect: 'goes on',
      sentence: `${tracked}; new ones like it are admitted by sgr-2, sgr-3`,
      newcomer: 'allow',
    },
    {
      title: 'cuts an untracked TCP flow, for want of a SYN',
      rules: [web, allOut],
      flow: { isTracked: false, direction: 'ingress', opening: segment },
      effect: 'cut',
      sentence: `${cut}; new ones like it are refused`,
      newcomer: 'deny',
    },
    {
      title: 'cuts an untracked TCP flow even where a narrow rule admits new ones',
      rules: [web, narrowWeb, allOut],
      flow: { isTracked: false, direction: 'ingress', opening: segment },
      effect: 'cut',
      sentence: `${cut}; new ones like it are admitted by sgr-2`,
      newcomer: 'allow',
    },
    {
      title: 'of the other half of the pair cuts it as well',
      rules: [allOut, web],
      flow: { isTracked: false, direction: 'ingress', opening: segment },
      effect: 'cut',
      sentence: `${cut}; new ones like it are admitted by sgr-2`,
      newcomer: 'allow',
    },
    {
      title: 'changes nothing where other open rules remain',
      rules: [web, 'ingress any from 0.0.0.0/0', allOut],
      flow: { isTracked: false, direction: 'ingress', opening: segment },
      effect: 'goes on',
      sentence: `${byOthers}; new ones like it are admitted by sgr-2`,
      newcomer: 'allow',
    },
    {
      title: 'stops an untracked UDP flow until its asker asks again, where a narrow rule admits that',
      rules: [dns, narrowDns, allOut],
      flow: { isTracked: false, direction: 'ingress', opening: datagram },
      effect: 'reopens',
      sentence: 'the flow stops until its next ingress datagram opens it again, tracked',
      newcomer: 'allow',
    },
    {
      title: 'stops an untracked UDP flow until its answerer sends, where rules admit that side alone',
      rules: [dns, allOut],
      flow: { isTracked: false, direction: 'ingress', opening: datagram },
      effect: 'reopens',
      sentence: 'the flow stops until its next egress datagram opens it again, tracked',
      newcomer: 'deny',
    },
    {
      title: 'of the answering half leaves the asker’s side to open it again',
      rules: [allOut, dns],
      flow: { isTracked: false, direction: 'ingress', opening: datagram },
      effect: 'reopens',
      sentence: 'the flow stops until its next ingress datagram opens it again, tracked',
      newcomer: 'allow',
    },
    {
      title: 'stops a UDP flow that the interface asked for alike',
      rules: ['egress udp 53 to 0.0.0.0/0', narrowOut, 'ingress udp any from 0.0.0.0/0'],
      flow: { isTracked: false, direction: 'egress', opening: question },
      effect: 'reopens',
      sentence: 'the flow stops until its next egress datagram opens it again, tracked',
      newcomer: 'allow',
    },
    {
      title: 'cuts a UDP flow that no side may open again',
      rules: [dns],
      flow: { isTracked: false, direction: 'ingress', opening: datagram },
      effect: 'cut',
      sentence: `${cut}; new ones like it are refused`,
      newcomer: 'deny',
    },
  ] as const)('$title', ({ rules, flow, effect, sentence, newcomer }) => {
    const revoked = { rule: 'sgr-1', group: 'sg-e' } as const
    expect(revocationOf(policyOf(rules), flow, revoked)).toEqual({ ...revoked, effect, sentence })
    const remaining = policyOf(['egress any to 192.0.2.1', ...rules.slice(1)])
    const meeting = { packet: flow.opening, policy: remaining, direction: flow.direction, now: instant(0) }
    expect(new Engine().decide(meeting).action).toBe(newcomer)
  })
})

/** data-plane 8: 8, 9 and 13 */
describe('by choice', () => {
  const udp = { isTracked: false, direction: 'ingress', opening: datagram } as const
  const tcp = { isTracked: false, direction: 'ingress', opening: segment } as const
  const unanswered = { isTracked: true, direction: 'ingress', opening: datagram, isAnswered: false } as const
  const later = 'the flow goes on, tracked from then on'
  const chosen = {
    'halved-pair keeps': { halvedPair: 'keeps' },
    'narrowed-rule keeps': { narrowedRule: 'keeps' },
    'one-way-flow cuts': { oneWayFlow: 'cuts' },
    none: {},
  } as const

  test.each([
    [[allOut, web], 'goes on', 'halved-pair keeps', tcp, `${later}; new ones like it are admitted by sgr-2`],
    [[allOut, dns], 'goes on', 'halved-pair keeps', udp, `${later}; new ones like it are admitted by sgr-2`],
    [[web, allOut], 'cut', 'halved-pair keeps', tcp, `${cut}; new ones like it are refused`],
    [[web, narrowWeb, allOut], 'cut', 'halved-pair keeps', tcp, `${cut}; new ones like it are admitted by sgr-2`],
    [
      [web, narrowWeb, allOut],
      'goes on',
      'narrowed-rule keeps',
      tcp,
      `${later}; new ones like it are admitted by sgr-2`,
    ],
    [[allOut, web], 'cut', 'narrowed-rule keeps', tcp, `${cut}; new ones like it are admitted by sgr-2`],
    [
      [dns],
      'cut',
      'one-way-flow cuts',
      unanswered,
      'the flow is cut at once, as nobody answered it yet; new ones like it are refused',
    ],
    [
      [dns, narrowDns],
      'goes on',
      'one-way-flow cuts',
      unanswered,
      `${tracked}; new ones like it are admitted by sgr-2`,
    ],
    [
      [dns],
      'goes on',
      'one-way-flow cuts',
      { ...unanswered, isAnswered: true },
      `${tracked}; new ones like it are refused`,
    ],
    [[dns], 'cut', 'one-way-flow cuts', { ...unanswered, isTracked: false }, `${cut}; new ones like it are refused`],
    [[dns], 'goes on', 'none', unanswered, `${tracked}; new ones like it are refused`],
  ] as const)('of the first of %j: %s with the choice %s', (...row) => {
    const [rules, effect, choice, flow, sentence] = row
    const choices = { ...engineDefaults, ...chosen[choice] }
    const revoked = { rule: 'sgr-1', group: 'sg-e' } as const
    expect(revocationOf(policyOf(rules), flow, revoked, choices)).toEqual({ ...revoked, effect, sentence })
  })
})
