/** Findings that people live with: by whom they name, until when, and what of a configuration is of no use. */

import { describe, expect, test } from 'vitest'
import { lintConfigFrom } from '../../src/app/lint-config-file.ts'
import { worldFromLines } from '../../src/import/world-lines.ts'
import { put } from '../../src/model/change.ts'
import { apply } from '../../src/model/world.ts'
import { lint } from '../../src/reach/lint/lint.ts'
import { plainSettings } from '../../src/reach/lint/settings.ts'
import { judged, type Suppression } from '../../src/reach/lint/suppression.ts'

const world = worldFromLines(`
  group web ingress tcp 22 from 0.0.0.0/0 as sgr-ssh
  interface web 10.0.0.5 in web public 203.0.113.80
`)
const { findings } = lint({ certain: world, possible: world, settings: plainSettings })

function suppressed(changes: Partial<Suppression>, today = '2026-11-30', of = world) {
  const one = { id: 'SG-OPEN-ADMIN', on: 'sgr-ssh', reason: 'the lab', until: undefined, line: 1, ...changes }
  const sourceName = (id: string) => (id === 'sgr-ssh' ? 'aws_security_group.web' : undefined)
  return judged(findings, { world: of, suppressions: [one], sourceName, today })
}

describe('a suppression', () => {
  test.each(['sgr-ssh', 'sg-web', 'web', 'eni-web', 'aws_security_group.web', '*'])('names %s', (on) => {
    expect(suppressed({ on })).toMatchObject({ findings: [], unused: [], suppressed: [{ reason: 'the lab' }] })
  })

  test.each([{ on: 'sg-db' }, { on: 'sgr-1' }, { id: 'SG-RULE-DEAD' }])(
    'of %o is about nothing, and is told',
    (other) => {
      const { findings: left, unused } = suppressed(other)
      expect([left.length, unused.length]).toEqual([1, 1])
    },
  )

  test('of the rule that implies others silences none of them', () => {
    const wide = worldFromLines(`
      group web ingress tcp 443 from 0.0.0.0/0 as sgr-wide
      group web ingress tcp 443 from 10.0.0.0/8 as sgr-narrow
      interface web 10.0.0.5 in web
    `)
    const found = lint({ certain: wide, possible: wide, settings: plainSettings }).findings
    const left = (on: string) => {
      const one = { id: 'SG-RULE-IMPLIED', on, reason: 'it stays', until: undefined, line: 1 }
      const question = { world: wide, suppressions: [one], sourceName: () => undefined, today: '2026-11-30' }
      return judged(found, question).findings.map((each) => each.on)
    }
    expect([left('sgr-wide'), left('sgr-narrow')]).toEqual([['sgr-narrow'], []])
  })

  test('holds on its last day and not after it', () => {
    expect(suppressed({ until: '2026-11-30' })).toMatchObject({ findings: [], ended: [] })
    expect(suppressed({ until: '2026-11-29' })).toMatchObject({
      findings: [{ on: 'sgr-ssh' }],
      ended: [{ line: 1 }],
      unused: [],
    })
  })

  test('may be a tag of the rule or the group', () => {
    const tagged = (value: string) =>
      apply(world, [put('tagSet', { id: 'sgr-ssh', tags: [{ key: 'lint-suppress', value }] })])
    const nobody = { on: 'nobody' }
    expect(suppressed(nobody, '2026-11-30', tagged('SG-OPEN-ADMIN: a lab')).suppressed).toMatchObject([
      { reason: 'a lab' },
    ])
    expect(suppressed(nobody, '2026-11-30', tagged('SG-RULE-DEAD SG-OPEN-ADMIN: a lab')).findings).toEqual([])
    expect(suppressed(nobody, '2026-11-30', tagged('SG-OPEN-ADMIN')).findings).toHaveLength(1)
    expect(suppressed(nobody, '2026-11-30', tagged('SG-RULE-DEAD: a lab')).findings).toHaveLength(1)
  })
})

describe('a configuration', () => {
  test('is read', () => {
    const text = `
admin-ports: [8443, udp/500, 9000-9010]
intended-public:
  - to: web
    ports: [443, udp/443, icmp]
    from: 0.0.0.0/0
    reason: the shop
suppress:
  - id: SG-OPEN-ADMIN
    on: bastion
    reason: until the VPN is there
    until: 2027-03-31
`
    expect(lintConfigFrom(text)).toEqual({
      adminServices: ['tcp/8443', 'udp/500', 'tcp/9000-9010'],
      intended: [{ to: 'web', from: '0.0.0.0/0', services: ['tcp/443', 'udp/443', 'icmp'], reason: 'the shop' }],
      suppressions: [
        { id: 'SG-OPEN-ADMIN', on: 'bastion', reason: 'until the VPN is there', until: '2027-03-31', line: 9 },
      ],
    })
    expect(lintConfigFrom('')).toEqual({ adminServices: [], intended: undefined, suppressions: [] })
  })

  test.each([
    ['suppress:\n  - id: SG-OPEN-ADMIN\n    on: web', 'line 2: reason is missing'],
    ['suppress:\n  - id: SG-OPEN-ADMIN\n    on: web\n    reason: ""', 'line 2: the reason is empty'],
    ['suppress:\n  - id: SG-NOTHING\n    on: web\n    reason: a', 'line 2: there is no SG-NOTHING'],
    ['suppress:\n  - id: SG-OPEN-ADMIN\n    on: web\n    reason: a\n    until: soon', "line 5: 'soon' is no day"],
    ['intended-public:\n  - to: web\n    reason: a', 'line 2: ports is missing'],
    ['intended-public:\n  - to: web\n    ports: [http]\n    reason: a', "line 3: 'http' names no services"],
    ['intended-public:\n  - to: web\n    ports: [80]\n    from: all\n    reason: a', "line 4: 'all' is no CIDR"],
    ['admin-ports: 22', 'line 1: admin-ports is a list'],
    ['ignore: []', "line 1: 'ignore' is none of admin-ports, intended-public, suppress"],
    ['a: [', 'line 1:'],
  ])('%j is refused', (text, message) => {
    expect(() => lintConfigFrom(text)).toThrow(message)
  })
})
