import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isExact, matcher, patternFrom } from './filter.ts'

describe('a filter value', () => {
  test.each([
    ['web', 'web', true],
    ['web', 'WEB', false],
    ['web', 'web1', false],
    ['', '', true],
    ['', 'web', false],
    ['web*', 'web', true],
    ['web*', 'web-1', true],
    ['*web*', 'my web tier', true],
    ['*', '', true],
    ['w*b', 'wide web', true],
    ['w*b', 'wide webs', false],
    ['AWS Lambda VPC ENI*', 'AWS Lambda VPC ENI-1', true],
    ['database?', 'database', true],
    ['database?', 'databases', true],
    ['database?', 'database10', false],
    ['database??', 'database10', true],
    ['?', '', true],
    ['a?c', 'ac', true],
    ['a?c', 'abc', true],
    ['a?c', 'abbc', false],
    ['a\\*c', 'a*c', true],
    ['a\\*c', 'abc', false],
    ['a\\?', 'a?', true],
    ['a\\?', 'a', false],
    ['a\\\\c', 'a\\c', true],
    ['a\\c', 'a\\c', true],
    ['a.c', 'abc', false],
    ['[a]', 'a', false],
    ['*a*a*a*b', 'aaaa', false],
    ['日?語', '日本語', true],
  ])('%j matches %j: %s', (value, text, matches) => {
    expect(patternFrom(value)(text)).toBe(matches)
  })

  test('is exact when it holds no wildcard and no backslash', () => {
    expect(['web', 'w?b', 'w*', 'w\\b'].map(isExact)).toEqual([true, false, false, false])
  })

  test('with wildcards is bounded in length and in what it costs', () => {
    expect(() => patternFrom(`*${'a'.repeat(1024)}`)).toThrow('A filter value may be at most 1024 characters long.')
    const slow = patternFrom('*a'.repeat(500))
    expect(slow('a'.repeat(2000))).toBe(true)
    expect(slow('a'.repeat(499))).toBe(false)
  })

  test('that is the text with its wildcards escaped matches that text only', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '\\'), maxLength: 8 })
    fc.assert(
      fc.property(text, text, (one, other) => {
        const escaped = patternFrom(one.replace(/[*?\\]/g, '\\$&'))
        expect(escaped(one)).toBe(true)
        expect(escaped(other)).toBe(one === other)
      }),
    )
  })

  test('agrees with a regular expression', () => {
    const value = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 6 })
    const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 6 })
    fc.assert(
      fc.property(value, text, (pattern, candidate) => {
        const expression = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.?')}$`)
        expect(patternFrom(pattern)(candidate)).toBe(expression.test(candidate))
      }),
      { numRuns: 1_000 },
    )
  })
})

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
