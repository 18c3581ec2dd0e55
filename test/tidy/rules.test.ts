/** Each house rule, shown biting on a breach and silent on what it allows. */

import { describe, expect, test } from 'vitest'
import { type Complaint, formatComplaint } from './complaint.ts'
import { effectComplaints } from './effects.ts'
import { linkComplaints } from './links.ts'
import { looseEndComplaints, nameComplaints, openingComplaints, sizeComplaints } from './shape.ts'
import { wordingComplaints } from './wordings.ts'

const rulesOf = (complaints: readonly Complaint[]): string[] => complaints.map(({ rule }) => rule)
const later = `TO${'DO'}`
const bodyOf = (lines: number): string => `${'  work()\n'.repeat(lines)}}\n`

describe('effects below the edge', () => {
  test.each([
    ['const at = Date.now()', 'Date.now'],
    ['const at = new Date()', 'new Date()'],
    ['const at = globalThis.Date.now()', 'Date.now'],
    ['const at = performance.now()', 'performance.now'],
    ['const chance = Math.random', 'Math.random'],
    ["import { randomUUID } from 'node:crypto'", 'randomUUID'],
    ['setTimeout(work, 10)', 'setTimeout'],
    ['const home = process.env.HOME', 'process.env'],
    ["console.log('hello')", 'console'],
  ])('%s is refused', (text, name) => {
    expect(rulesOf(effectComplaints({ path: 'src/model/rule.ts', text }))).toEqual([`no \`${name}\` below the edge`])
  })

  test.each([
    ['src/model/rule.ts', 'const at = new Date(now)'],
    ['src/model/rule.ts', "const text = 'Date.now()' // setTimeout"],
    ['src/app/assemble.ts', 'const at = Date.now()'],
    ['src/store/group-commit.ts', 'setImmediate(work)'],
    ['src/cli/print.ts', 'console.log(process.env.HOME)'],
  ])('%s may say %s', (path, text) => {
    expect(effectComplaints({ path, text })).toEqual([])
  })

  test('the store reads no clock', () => {
    expect(effectComplaints({ path: 'src/store/x.ts', text: 'const at = Date.now()' })).toHaveLength(1)
  })
})

describe('shape', () => {
  test('a function over sixty lines is refused, a chapter of tests is not', () => {
    const path = 'src/net/x.ts'
    const complaints = sizeComplaints({ path, text: `function long() {\n${bodyOf(60)}` })
    expect(complaints.map(formatComplaint)).toEqual(['src/net/x.ts:1: `long` has 62 lines, over 60. Name its parts.'])
    expect(sizeComplaints({ path, text: `function fits() {\n${bodyOf(58)}` })).toEqual([])
    expect(sizeComplaints({ path, text: `describe('x', () => {\n${bodyOf(60).trimEnd()})` })).toEqual([])
  })

  test('a file over four hundred lines is refused unless it is data or generated', () => {
    const long = `function f() {}\n${'f()\n'.repeat(400)}`
    expect(rulesOf(sizeComplaints({ path: 'src/x.ts', text: long }))).toEqual(['401 lines, over 400'])
    expect(sizeComplaints({ path: 'src/x.generated.ts', text: long })).toEqual([])
    expect(sizeComplaints({ path: 'src/x.ts', text: `export const rows = [\n${'  1,\n'.repeat(500)}]\n` })).toEqual([])
  })

  test('five parameters are refused', () => {
    const text = 'const f = (a, b, c, d, e) => a'
    expect(rulesOf(sizeComplaints({ path: 'src/x.ts', text }))).toEqual(['`f` has 5 parameters, over 4'])
  })

  test.each(['src/utils/', 'src/net/address-helpers.ts', 'src/shared.ts', 'src/GroupManager.ts', 'docs/misc.md'])(
    'the name %s is refused',
    (path) => {
      expect(nameComplaints(path)).toHaveLength(1)
    },
  )

  test.each(['src/model/managed-prefix-list.ts', 'src/model/commonality.ts', 'src/ec2/'])(
    'the name %s is fine',
    (path) => {
      expect(nameComplaints(path)).toEqual([])
    },
  )

  test.each([
    [`// ${later}: later`, 'is left behind'],
    [`// @ts-${'ignore'}`, 'is left behind'],
    ['const x = y as any', 'no `any`'],
    ['function f(x: any) {}', 'no `any`'],
  ])('%s is refused', (text, rule) => {
    expect(rulesOf(looseEndComplaints({ path: 'src/x.ts', text }))).toEqual([expect.stringContaining(rule)])
  })

  test('a file without an opening doc comment, or with a long one, is refused', () => {
    const path = 'src/x.ts'
    expect(openingComplaints({ path, text: "import './y.ts'\n/** Late. */" })).toHaveLength(1)
    expect(openingComplaints({ path, text: `/**\n${' * line\n'.repeat(6)} */\n` })).toHaveLength(1)
    expect(openingComplaints({ path, text: `#!/usr/bin/env node\n/**\n${' * line\n'.repeat(5)} */\n` })).toEqual([])
  })
})

describe('links', () => {
  const page = (text: string) => [{ path: 'docs/a.md', text }]
  const paths = ['docs/', 'docs/a.md', 'README.md']

  test.each(['[x](../README.md)', '[x](a.md#two-words)', '[x](https://example.com/y)', '`[x](nowhere)`', '[x](..)'])(
    '%s is alive',
    (link) => {
      expect(linkComplaints(paths, page(`# Two words\n\n${link}\n`))).toEqual([])
    },
  )

  test.each(['[x](nowhere.md)', '[x](#three-words)', '[x]: gone/', '![x](picture.png "title")'])(
    '%s is dead',
    (link) => {
      expect(linkComplaints(paths, page(`# Two words\n\n${link}\n`))).toHaveLength(1)
    },
  )
})

describe('wordings', () => {
  const gone = { text: (p: { id: string; all: string[] }) => `No '${p.id}' is among the ${p.all.join(', ')} given` }
  const opaque = { text: (p: { reason: string }) => p.reason }

  test('the longest part between the parameters must be quoted', () => {
    expect(wordingComplaints({ gone }, "'No \\'x\\' is among the a, b given'")).toEqual([])
    expect(wordingComplaints({ gone }, 'No x was among those given')).toHaveLength(1)
  })

  test('a sentence that is all parameter must be named', () => {
    expect(wordingComplaints({ opaque }, "of: 'opaque'")).toEqual([])
    expect(wordingComplaints({ opaque }, 'opaque')).toHaveLength(1)
  })
})
