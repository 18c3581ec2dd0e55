/**
 * The numbered statements of docs/ and the vectors: each statement's links lead to vectors that exist,
 * and no vector proves nothing.
 */

import { existsSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { vectorFiles } from './vector-files.ts'

interface Statement {
  readonly series: string
  readonly number: number
  readonly provenance: string
  /** Paths from the project's root. */
  readonly vectors: readonly string[]
}

const pages = ['docs/semantics.md', 'docs/data-plane.md'].filter((page) => existsSync(page))
const statements = pages.flatMap(statementsOf)
const ofDataPlane = statements.filter(({ series }) => series === 'D')

/** Rows whose first cell is a letter and a number. */
function statementsOf(page: string): Statement[] {
  return readFileSync(page, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, series, number, rest] = /^\| ([A-Z]+)(\d+) \| (.*) \|$/.exec(line) ?? []
      if (series === undefined || rest === undefined) return []
      const provenance = rest.split(' | ').at(1) ?? ''
      return [{ series, number: Number(number), provenance, vectors: vectorLinks(page, rest) }]
    })
}

function vectorLinks(page: string, text: string): string[] {
  const links = Array.from(text.matchAll(/\]\(([^)]+\.txt)\)/g), ([, link = '']) => link)
  return links.map((link) => posix.join(posix.dirname(page), link))
}

test('the numbers of each series rise without a gap', () => {
  for (const name of new Set(statements.map(({ series }) => series))) {
    const own = statements.filter(({ series }) => series === name)
    expect(own.map(({ number }) => `${name}${number}`)).toEqual(own.map((_, index) => `${name}${index + 1}`))
  }
})

test('every statement about packets says how it is known and has a vector', () => {
  expect(ofDataPlane.length).toBeGreaterThan(0)
  for (const { number, provenance, vectors } of ofDataPlane) {
    expect(provenance, `D${number}`).toMatch(/^(recorded|documented|derived)\b/)
    expect(vectors, `D${number}`).not.toEqual([])
  }
})

test('every linked vector exists', () => {
  const known = new Set(vectorFiles().map(({ path }) => path))
  expect(statements.flatMap(({ vectors }) => vectors).filter((path) => !known.has(path))).toEqual([])
})

test('every vector is named by a statement', () => {
  const named = new Set(statements.flatMap(({ vectors }) => vectors))
  expect(vectorFiles().flatMap(({ path }) => (named.has(path) ? [] : [path]))).toEqual([])
})

test('a statement that calls itself recorded or documented has a vector that does', () => {
  const ofVector = new Map(vectorFiles().map(({ path, text }) => [path, /^# provenance: (\w+)/m.exec(text)?.[1]]))
  const bare = ofDataPlane.filter(
    ({ provenance, vectors }) =>
      !provenance.startsWith('derived') && vectors.every((path) => ofVector.get(path) === 'derived'),
  )
  expect(bare.map(({ number }) => `D${number}`)).toEqual([])
})
