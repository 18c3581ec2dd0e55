import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseShorthand, ShorthandError } from './shorthand.ts'

describe('shorthand', () => {
  test.each<readonly [string, unknown]>([
    ['a=b', { a: 'b' }],
    ['a=', { a: '' }],
    ['a=b,c', { a: ['b', 'c'] }],
    ['a=b,c=d', { a: 'b', c: 'd' }],
    ['a=b,c,d=e,f=g,h', { a: ['b', 'c'], d: 'e', f: ['g', 'h'] }],
    ['a=b=c', { a: 'b=c' }],
    ['a = b , c = d', { a: 'b', c: 'd' }],
    ['a="b,c",d=\'e\'', { a: 'b,c', d: 'e' }],
    ['a="b\\"c"', { a: 'b"c' }],
    ['a=b\\,c', { a: 'b,c' }],
    ['a=[b,"c d",[e]]', { a: ['b', 'c d', ['e']] }],
    ['a=[]', { a: [] }],
    ['a={b=c,d={e=f}},g=h', { a: { b: 'c', d: { e: 'f' } }, g: 'h' }],
    ['a={}', { a: {} }],
    ['a=[{b=c},{b=d}]', { a: [{ b: 'c' }, { b: 'd' }] }],
    [
      'IpRanges=[{CidrIp=10.0.0.0/8,Description=the office}]',
      { IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'the office' }] },
    ],
    ['a=2001:db8::/32', { a: '2001:db8::/32' }],
    ['__proto__=a', Object.fromEntries([['__proto__', 'a']])],
  ])('%s', (text, value) => {
    expect(parseShorthand(text)).toStrictEqual(value)
  })

  /** Each as aws-cli 2.9.19 words it. */
  test.each([
    ['', "Expected: '=', received: 'EOF' for input:\n\n^"],
    ['a', "Expected: '=', received: 'EOF' for input:\na\n ^"],
    ['a=b,', "Expected: '<second>', received: '<none>' for input:\na=b,\n    ^"],
    ['a;b=c', "Expected: '=', received: ';' for input:\na;b=c\n ^"],
    ['a="b', "Expected: '<double quoted>', received: '<none>' for input:\na=\"b\n  ^"],
    ["a='b", "Expected: '<singled quoted>', received: '<none>' for input:\na='b\n  ^"],
    ['a=[b', "Expected: ',', received: 'EOF' for input:\na=[b\n    ^"],
    ['a={b}', "Expected: '=', received: '}' for input:\na={b}\n    ^"],
    ['a=[b]c', "Expected: ',', received: 'c' for input:\na=[b]c\n     ^"],
    [
      'a=b,a=c',
      'Second instance of key "a" encountered for input:\na=b,a=c\n    ^\n' +
        'This is often because there is a preceding "," instead of a space.',
    ],
    ['a=b,\n;c=d', "Expected: '=', received: ';' for input:\na=b,\n;c=d\n^"],
    [`a=${'['.repeat(60)}`, 'Nested more than 50 deep'],
  ])('%j is refused', (text, message) => {
    expect(() => parseShorthand(text)).toThrow(new ShorthandError(message))
  })

  test('nothing that is typed is more than a ShorthandError', () => {
    const piece = fc.constantFrom('a', '=', ',', '[', ']', '{', '}', '"', "'", '\\', ' ', '\n', 'b=')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        try {
          parseShorthand(pieces.join(''))
        } catch (cause) {
          expect(cause).toBeInstanceOf(ShorthandError)
        }
      }),
      { numRuns: 3000 },
    )
  })
})
