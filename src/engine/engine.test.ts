import { describe, expect, test } from 'vitest'
import { worldLines } from '../../test/arbitraries.ts'
import { instant } from '../base/clock.ts'
import { parsePacket } from '../packet/notation.ts'
import type { InterfacePolicy } from '../policy/policy.ts'
import { PolicyTable } from '../policy/policy-table.ts'
import { Engine } from './engine.ts'
import { playTimeline } from './timeline.ts'

const world = `world
  group e  egress any to 0.0.0.0/0 as sgr-1
  group e  ingress icmp 8 from 203.0.113.5 as sgr-2
  group e  ingress udp 53 from 203.0.113.5 as sgr-3
  interface e 10.0.0.10 in e
`

function reasons(lines: readonly string[]): string[] {
  return Array.from(playTimeline(world + lines.join('\n')), ({ verdict, reason }) => `${verdict.action} ${reason}`)
}

describe('ICMP questions', () => {
  const out = '0s e egress icmp 10.0.0.10 > 203.0.113.5 echo 7'
  const into = '0s e ingress icmp 203.0.113.5 > 10.0.0.10 echo 7'

  test('two hosts that ping each other with one identifier have two connections', () => {
    const answers = [
      '0s e ingress icmp 203.0.113.5 > 10.0.0.10 reply 7',
      '0s e egress icmp 10.0.0.10 > 203.0.113.5 reply 7',
    ]
    expect(reasons([out, into, ...answers])).toEqual([
      'allow sgr-1',
      'allow sgr-2',
      'allow connection(sgr-1)',
      'allow connection(sgr-2)',
    ])
  })

  test('an error about a question that was never asked is related to nothing', () => {
    const error = '0s e ingress icmp 192.0.2.1 > 10.0.0.10 11/0 { icmp 10.0.0.10 > 203.0.113.5 echo 7 }'
    expect(reasons([into, error])).toEqual(['allow sgr-2', 'deny no-rule'])
    expect(reasons([out, error])).toEqual(['allow sgr-1', 'allow related-error(sgr-1)'])
  })
})

describe('later fragments', () => {
  test('share the verdict of an exempt datagram, and only of one that began', () => {
    const dns = 'udp 10.0.0.2:53 > 10.0.0.10:50000'
    expect(
      reasons([`0s e ingress ${dns} later 1`, `0s e ingress ${dns} first 1`, `0s e ingress ${dns} later 1`]),
    ).toEqual(['deny fragment-without-first', 'allow exempt', 'allow fragment(exempt)'])
  })
})

describe('a SYN of the answerer on a connection that ended', () => {
  test('belongs to it, as only the opener begins anew', () => {
    const lines = ['egress tcp 10.0.0.10:50000 > 203.0.113.5:443 S', 'ingress tcp 203.0.113.5:443 > 10.0.0.10:50000 R']
    const again = ['ingress tcp 203.0.113.5:443 > 10.0.0.10:50000 S', 'egress tcp 10.0.0.10:50000 > 203.0.113.5:443 S']
    expect(reasons([...lines, ...again].map((line) => `0s e ${line}`))).toEqual([
      'allow sgr-1',
      'allow connection(sgr-1)',
      'allow connection(sgr-1)',
      'allow sgr-1',
    ])
  })
})

describe('the allowance', () => {
  test('counts what it refused, by instance', () => {
    const lines = [
      'group e ingress udp any from 0.0.0.0/0',
      'interface e 10.0.0.10 in e instance 1',
      'interface f 10.0.0.11 in e instance 1',
    ]
    const policies = new PolicyTable(worldLines(['group e', ...lines]))
    const engine = new Engine()
    const decide = (name: 'e' | 'f', port: number) => {
      const policy = policies.get(`eni-${name}`) as InterfacePolicy
      const packet = parsePacket(`udp 203.0.113.5:${port} > ${name === 'e' ? '10.0.0.10' : '10.0.0.11'}:53`)
      return engine.decide({ packet, policy, direction: 'ingress', now: instant(0), path: { allowance: 1 } }).action
    }
    expect([decide('e', 1), decide('f', 2), decide('e', 3), decide('e', 1)]).toEqual(['allow', 'deny', 'deny', 'allow'])
    expect(engine.allowanceExceeded('i-1')).toBe(2)
    expect(engine.allowanceExceeded('eni-e')).toBe(0)
  })
})
