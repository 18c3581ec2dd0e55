import { expect, test } from 'vitest'
import { worldLines } from '../../test/arbitraries.ts'
import { invariant } from '../base/invariant.ts'
import { openRules } from './open-rules.ts'
import { PolicyTable } from './policy-table.ts'

const rules = [
  'ingress any from 0.0.0.0/0 as sgr-1',
  'ingress tcp 0-65535 from 0.0.0.0/0 as sgr-2',
  'ingress udp any from 0.0.0.0/0 as sgr-3',
  'ingress tcp 1-65535 from 0.0.0.0/0 as sgr-4',
  'ingress icmp any from 0.0.0.0/0 as sgr-5',
  'ingress 50 from 0.0.0.0/0 as sgr-6',
  'ingress any from 0.0.0.0/1 as sgr-7',
  'ingress udp 0-65534 from ::/0 as sgr-8',
  'egress any to ::/0 as sgr-9',
].map((rule) => `group e ${rule}`)
const policy = new PolicyTable(worldLines(['group e', ...rules, 'interface e 10.0.0.10 in e'])).get('eni-e')

test('the open rules of a direction and a family, and those of them that are for every port', () => {
  invariant(policy, 'the world has it')
  const named = (direction: 'ingress' | 'egress', family: 4 | 6) => {
    const { all, everyPort } = openRules(policy, direction, family)
    return [all, everyPort.tcp, everyPort.udp].map((some) => some.map(({ rule }) => rule.slice(4)).join(' '))
  }
  expect(named('ingress', 4)).toEqual(['1 2 3 4 5 6', '1 2', '1 3'])
  expect(named('ingress', 6)).toEqual(['8', '', ''])
  expect(named('egress', 4)).toEqual(['', '', ''])
  expect(named('egress', 6)).toEqual(['9', '9', '9'])
})

test('are picked out once', () => {
  invariant(policy, 'the world has it')
  expect(openRules(policy, 'ingress', 4)).toBe(openRules(policy, 'ingress', 4))
})
