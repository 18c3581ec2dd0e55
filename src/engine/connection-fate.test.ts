/** Which tracked flows a choice ends, once no rule admits them (data-plane 8: 7 and 13). */

import { describe, expect, test } from 'vitest'
import { worldLines } from '../../test/arbitraries.ts'
import { invariant } from '../base/invariant.ts'
import { parsePacket } from '../packet/notation.ts'
import { PolicyTable } from '../policy/policy-table.ts'
import { isCut } from './connection-fate.ts'
import type { ProtocolState } from './protocol-state.ts'

const answered: ProtocolState = { protocol: 'udp', turns: { last: 'answerer', answered: 1 } }
const unanswered: ProtocolState = { protocol: 'udp', turns: { last: 'opener', answered: 0 } }
const opening = parsePacket('udp 203.0.113.5:1000 > 10.0.0.10:53')
const around = ['group e', 'group f', 'group m', 'prefix-list pl-1 198.51.100.0/24']
const card = 'interface e 10.0.0.10 in e'

const policyOf = (rules: readonly string[], last = card) => {
  const policy = new PolicyTable(worldLines([...around, ...rules, last])).get('eni-e')
  invariant(policy, 'the world has it')
  return policy
}

const base = { opening, direction: 'ingress', by: [{ rule: 'sgr-1', group: 'sg-e' }] } as const
const both = { ...base, by: [...base.by, { rule: 'sgr-2', group: 'sg-e' }] } as const

interface Case {
  readonly title: string
  readonly rules: readonly string[]
  /** The choices that cut it. */
  readonly cuts: '' | 'lost' | 'one-way' | 'lost one-way'
  readonly state?: ProtocolState
  readonly last?: string
  readonly flow?: typeof base | typeof both
}

describe('a flow that sgr-1 admitted', () => {
  test.each<Case>([
    { title: 'still admitted', rules: ['ingress udp 53 from 203.0.113.5'], cuts: '' },
    { title: 'unanswered and still admitted', rules: ['ingress udp 53 from 203.0.113.5'], state: unanswered, cuts: '' },
    { title: 'its rule revoked', rules: [], cuts: '' },
    { title: 'unanswered, its rule revoked', rules: [], state: unanswered, cuts: 'one-way' },
    {
      title: 'its group detached',
      rules: ['ingress udp 53 from 203.0.113.5'],
      last: 'interface e 10.0.0.10 in f',
      cuts: 'lost',
    },
    {
      title: 'unanswered, its group detached',
      rules: ['ingress udp 53 from 203.0.113.5'],
      last: 'interface e 10.0.0.10 in f',
      state: unanswered,
      cuts: 'lost one-way',
    },
    { title: 'the group that its rule names lost its member', rules: ['ingress udp 53 from m'], cuts: 'lost' },
    { title: 'the prefix list of its rule edited', rules: ['ingress udp 53 from pl-1'], cuts: 'lost' },
    { title: 'its rule narrowed to another CIDR', rules: ['ingress udp 53 from 198.51.100.7'], cuts: '' },
    { title: 'its rule for other traffic now', rules: ['ingress udp 54 from m'], cuts: '' },
    { title: 'its rule for the other direction now', rules: ['egress udp 53 to m'], cuts: '' },
    {
      title: 'one of its rules revoked, the other’s list edited',
      rules: ['ingress udp 53 from pl-1'],
      flow: both,
      cuts: '',
    },
    {
      title: 'both its rules’ lists edited',
      rules: ['ingress udp 53 from pl-1', 'ingress udp 53 from m'],
      flow: both,
      cuts: 'lost',
    },
  ])('$title, is cut by: $cuts', ({ rules, cuts, state = answered, last = card, flow = base }) => {
    const policy = policyOf(
      rules.map((rule, index) => `group e ${rule} as sgr-${index + 1}`),
      last,
    )
    const isCutBy = (lostMembership: 'keeps' | 'cuts', oneWayFlow: 'keeps' | 'cuts') =>
      isCut({ ...flow, state }, policy, { lostMembership, oneWayFlow })
    expect(isCutBy('keeps', 'keeps')).toBe(false)
    expect(isCutBy('cuts', 'keeps')).toBe(cuts.includes('lost'))
    expect(isCutBy('keeps', 'cuts')).toBe(cuts.includes('one-way'))
    expect(isCutBy('cuts', 'cuts')).toBe(cuts !== '')
  })
})
