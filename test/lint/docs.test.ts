/** docs/lint.md tells of every lint rule, and of no other. */

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { lintConfigFrom } from '../../src/app/lint-config-file.ts'
import { lintRules } from '../../src/reach/lint/registry.ts'

const page = readFileSync(new URL('../../docs/lint.md', import.meta.url), 'utf8')

test('its table is the registry', () => {
  const rows = [...page.matchAll(/^\| `(SG-[A-Z-]+)` \| (\w+) \| (.+) \|$/gm)].map(([, ...cells]) => cells)
  expect(rows).toEqual(lintRules.map(({ id, severity, title }) => [id, severity, title]))
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
