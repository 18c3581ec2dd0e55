/** When a change is in force that takes its time (data-plane 8, 25). */

import { describe, expect, test } from 'vitest'
import { worldLines } from '../../test/arbitraries.ts'
import { instant, seconds } from '../base/clock.ts'
import type { Change } from '../model/change.ts'
import { worldLine } from '../model/notation.ts'
import { LaggingPolicies } from './lagging-policies.ts'

const world = worldLines(['group e ingress tcp 80 from 0.0.0.0/0 as sgr-1', 'interface e 10.0.0.10 in e'])
const revoked: readonly Change[] = [{ kind: 'rule-removed', group: 'sg-e', rule: 'sgr-1' }]
const added = (id: `sgr-${string}`, port: number): readonly Change[] => [
  {
    kind: 'rule-added',
    group: 'sg-e',
    rule: {
      id,
      direction: 'ingress',
      traffic: { protocol: 'tcp', from: port, to: port },
      peer: { kind: 'ipv4', cidr: '0.0.0.0/0' },
    },
  },
]

class Observed {
  readonly policies: LaggingPolicies

  constructor(delay: number) {
    this.policies = new LaggingPolicies(world, { changeDelay: seconds(delay) })
  }

  rulesAt(second: number): string {
    const policy = this.policies.get('eni-e', instant(second * 1000))
    return policy ? policy.allows.ingress.map(({ rule }) => rule).join(' ') : 'no interface'
  }
}

describe('a change', () => {
  test('is in force at once where it takes no time', () => {
    const seen = new Observed(0)
    expect(seen.rulesAt(0)).toBe('sgr-1')
    seen.policies.change(revoked, instant(1000))
    expect(seen.rulesAt(1)).toBe('')
  })

  test('is in force after its time, to the moment, and stays so', () => {
    const seen = new Observed(5)
    seen.policies.change(revoked, instant(1000))
    expect([1, 5.999, 6, 7, 100].map((at) => seen.rulesAt(at))).toEqual(['sgr-1', 'sgr-1', '', '', ''])
  })

  test('comes after those that were made before it', () => {
    const seen = new Observed(5)
    seen.policies.change(added('sgr-2', 81), instant(0))
    seen.policies.change(added('sgr-3', 82), instant(2000))
    seen.policies.change(revoked, instant(2000))
    expect([4, 5, 6.999, 7].map((at) => seen.rulesAt(at))).toEqual([
      'sgr-1',
      'sgr-1 sgr-2',
      'sgr-1 sgr-2',
      'sgr-2 sgr-3',
    ])
  })

  test('that is set takes no time, and with it all that was made before', () => {
    const seen = new Observed(5)
    seen.policies.change(added('sgr-2', 81), instant(0))
    seen.policies.set(added('sgr-3', 82))
    expect(seen.rulesAt(0)).toBe('sgr-1 sgr-2 sgr-3')
    expect(seen.rulesAt(10)).toBe('sgr-1 sgr-2 sgr-3')
  })

  test('may make an interface', () => {
    const seen = new Observed(5)
    seen.policies.change(worldLine('interface f 10.0.0.11 in e', world), instant(0))
    expect(seen.policies.get('eni-f', instant(4999))).toBeUndefined()
    expect(seen.policies.get('eni-f', instant(5000))?.id).toBe('eni-f')
  })
})
