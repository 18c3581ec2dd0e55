import { describe, expect, test } from 'vitest'
import { filtered, noFilter, type Property } from './filter.ts'

interface Row {
  readonly name: string
  readonly vpc: string
}

const rows: readonly Row[] = [
  { name: 'web', vpc: 'vpc-1' },
  { name: 'web-internal', vpc: 'vpc-2' },
  { name: 'db', vpc: 'vpc-2' },
]
const properties: readonly Property<Row>[] = [
  { id: 'name', label: 'Name', text: ({ name }) => name },
  { id: 'vpc', label: 'VPC', text: ({ vpc }) => vpc },
]
const names = (filter: Parameters<typeof filtered<Row>>[2]) =>
  filtered(rows, properties, filter).map(({ name }) => name)

describe('a filter', () => {
  test('that is empty lets everything through', () => {
    expect(names(noFilter)).toEqual(['web', 'web-internal', 'db'])
  })

  test('of free text looks at every property, whatever its case', () => {
    expect(names({ text: 'WEB', tokens: [] })).toEqual(['web', 'web-internal'])
    expect(names({ text: 'vpc-1', tokens: [] })).toEqual(['web'])
  })

  test.each([
    [':', 'web', ['web', 'web-internal']],
    ['=', 'web', ['web']],
    ['!=', 'web', ['web-internal', 'db']],
  ] as const)('by a property holds it against %s %s', (operator, value, found) => {
    expect(names({ text: '', tokens: [{ property: 'name', operator, value }] })).toEqual(found)
  })

  test('of several tokens wants all of them', () => {
    const tokens = [
      { property: 'name', operator: ':', value: 'web' },
      { property: 'vpc', operator: '=', value: 'vpc-2' },
    ] as const
    expect(names({ text: '', tokens })).toEqual(['web-internal'])
  })
})
