/** docs/lint.md tells of every lint rule, and of no other. */

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { lintConfigFrom } from '../../src/app/lint-config-file.ts'
import { lintText } from '../../src/cli/lint-report.ts'
import { readWorldLines } from '../../src/import/world-lines.ts'
import { lint } from '../../src/reach/lint/lint.ts'
import { lintRules } from '../../src/reach/lint/registry.ts'
import { plainSettings } from '../../src/reach/lint/settings.ts'

const page = readFileSync(new URL('../../docs/lint.md', import.meta.url), 'utf8')

test('its table is the registry', () => {
  const rows = [...page.matchAll(/^\| `(SG-[A-Z-]+)` \| (\w+) \| (.+) \|$/gm)].map(([, ...cells]) => cells)
  expect(rows).toEqual(lintRules.map(({ id, severity, title }) => [id, severity, title]))
})

test('its example is what is printed', () => {
  const [, lines = '', printed] =
    /\$ cat shop\.txt\n(.+?)\n\n\$ sallyport lint --state shop\.txt\n(.+?)\n```/s.exec(page) ?? []
  const { world, made, written } = readWorldLines(lines)
  const { findings, unknown } = lint({ certain: world, possible: world, settings: { ...plainSettings, written } })
  const origins = new Map(Array.from(made, ([id, line]) => [id, { file: 'shop.txt', line, name: id }]))
  const facts = { unknown, origins, source: 'shop.txt', groups: world.securityGroup.size, rules: lintRules }
  const judgement = { findings, suppressed: [], unused: [], ended: [] }
  expect(lintText({ ...judgement, ...facts, doubts: [], failOn: 'warning' }).trim()).toBe(printed)
})

test('its configuration is one', () => {
  const [, text = ''] = /```yaml\n(.+?)```/s.exec(page) ?? []
  expect(lintConfigFrom(text)).toMatchObject({ intended: [{ to: 'web' }], suppressions: [{ on: 'web' }, { on: '*' }] })
})

test('each rule has an id of its own, a title that is no sentence, and an explanation that is some', () => {
  expect(new Set(lintRules.map(({ id }) => id)).size).toBe(lintRules.length)
  for (const { id, title, explanation } of lintRules) {
    expect(id).toMatch(/^SG-(?:OPEN|EGRESS|RULE|GROUP)(?:-[A-Z]+)+$/)
    expect(title).not.toMatch(/\.$/)
    expect(explanation).toMatch(/\.$/)
  }
})
