import { describe, expect, test } from 'vitest'
import { matcher } from './filter.ts'

interface Thing {
  readonly name: string
  readonly ports: readonly number[]
  readonly isOpen: boolean
  readonly tags: readonly { readonly key: string; readonly value: string }[]
}

const web: Thing = { name: 'web', ports: [80, 443], isOpen: true, tags: [{ key: 'team', value: 'net' }] }
const db: Thing = { name: 'db', ports: [], isOpen: false, tags: [] }

function found(...filters: readonly (readonly [string, ...string[]])[]): string[] {
  const table = {
    name: (thing: Thing) => thing.name,
    port: (thing: Thing) => thing.ports,
    open: (thing: Thing) => thing.isOpen,
    missing: () => undefined,
  }
  const given = filters.map(([Name, ...Values]) => ({ Name, Values }))
  const matches = matcher(given, table, (thing) => thing.tags)
  return [web, db].filter(matches).map(({ name }) => name)
}

describe('filters', () => {
  test('are alternatives in their values and add up', () => {
    expect(found()).toEqual(['web', 'db'])
    expect(found(['name', 'web', 'db'])).toEqual(['web', 'db'])
    expect(found(['name', 'web', 'db'], ['open', 'true'])).toEqual(['web'])
    expect(found(['name', 'web'], ['name', 'db'])).toEqual([])
  })

  test('read numbers, booleans and lists as text', () => {
    expect(found(['port', '443'])).toEqual(['web'])
    expect(found(['port', '44*'])).toEqual(['web'])
    expect(found(['open', 'false'])).toEqual(['db'])
    expect(found(['open', 'False'])).toEqual([])
  })

  test('never match what is not there, and nothing without a value', () => {
    expect(found(['missing', '*'])).toEqual([])
    expect(found(['name'])).toEqual([])
  })

  test('read tags by key, by presence and with wildcards', () => {
    expect(found(['tag:team', 'net'])).toEqual(['web'])
    expect(found(['tag:team', 'n*', 'x'])).toEqual(['web'])
    expect(found(['tag:Team', 'net'])).toEqual([])
    expect(found(['tag:toString', '*'])).toEqual([])
    expect(found(['tag-key', 'te*'])).toEqual(['web'])
  })

  test.each(['', 'Name', 'tag', 'toString', '__proto__'])('named %j are unknown', (name) => {
    expect(() => found([name, 'x'])).toThrow(`The filter '${name}' is invalid`)
  })

  test('named tag: are unknown where nothing has tags', () => {
    expect(() => matcher([{ Name: 'tag:a', Values: ['b'] }], {})).toThrow("The filter 'tag:a' is invalid")
    expect(() => matcher([{ Values: ['b'] }], {})).toThrow('The request must contain the parameter filter.name')
  })

  test('take at most 200 values', () => {
    const values = Array.from({ length: 201 }, () => 'web')
    expect(found(['name', ...values.slice(1)])).toEqual(['web'])
    expect(() => found(['name', ...values])).toThrow(
      'The maximum number of filter values specified on a single call is 200',
    )
  })
})
