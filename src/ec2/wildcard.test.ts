import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isExact, patternFrom } from './wildcard.ts'

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
    ['a?c', 'a😀c', true],
    ['a?c', 'a😀😀c', false],
    ['😀*', '😀-1', true],
    ['*?', '😀', true],
    ['ab?b', 'abb', true],
    ['?ab', 'aab', true],
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
    const many = Array.from({ length: 200 }, (_, number) => patternFrom(`${'?'.repeat(1000)}${number}`))
    const texts = Array.from({ length: 1000 }, (_, number) => `a description of usual length, ${number}!`)
    expect(texts.filter((text) => many.some((pattern) => pattern(text)))).toEqual([])
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
    const value = fc.string({ unit: fc.constantFrom('a', 'b', '😀', '*', '?'), maxLength: 8 })
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '😀'), maxLength: 6 })
    fc.assert(
      fc.property(value, text, (pattern, candidate) => {
        const expression = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.?')}$`, 'u')
        expect(patternFrom(pattern)(candidate)).toBe(expression.test(candidate))
      }),
      { numRuns: 1_000 },
    )
  })
})
