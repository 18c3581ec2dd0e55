import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readmeWithTable } from '../scripts/generate-action-table.ts'
import { actionFiles, registryText } from '../scripts/generate-registry.ts'
import { modelActions } from '../scripts/model-actions.ts'
import { registry } from '../src/ec2/registry.generated.ts'

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')

test('the table of actions lists every action file', () => {
  expect(read('src/ec2/registry.generated.ts')).toBe(registryText(actionFiles()))
})

test('every action whose shapes the model gives is there', () => {
  expect(Object.keys(registry).sort()).toEqual([...modelActions].sort())
})

test('the README lists the actions that are there', () => {
  const readme = read('README.md')
  expect(readmeWithTable(readme)).toBe(readme)
})
