/**
 * The numbered statements of docs/semantics.md: each has its source, its provenance and a proof that exists;
 * no vector proves nothing, and every option of the engine is stated and proved both ways.
 */

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { optionTable } from '../src/engine/timeline-options.ts'
import { vectorFiles } from './vector-files.ts'

interface Statement {
  readonly name: string
  readonly text: string
  readonly source: string
  readonly provenance: string
  /** Paths from the project's root. */
  readonly vectors: readonly string[]
  readonly tests: readonly string[]
}

const page = 'docs/semantics.md'
const lines = readFileSync(page, 'utf8').split('\n')
const statements = lines.flatMap(statementOf)
const ofPackets = statements.filter(({ name }) => /^[DS]/.test(name))
const silences = statements.filter(({ name }) => name.startsWith('S'))
const sources = new Set(lines.flatMap((line) => /^\| (\[[^\]]+\]|RFC \d+|silent) \| [^|]+ \|$/.exec(line)?.[1] ?? []))

/** A row whose first cell is a letter and a number. */
function statementOf(line: string): Statement[] {
  const [, name, rest] = /^\| ([A-Z]+\d+) \| (.*) \|$/.exec(line) ?? []
  if (name === undefined || rest === undefined) return []
  const [text = '', source = '', provenance = '', proof = ''] = rest.split(' | ')
  const links = Array.from(proof.matchAll(/\]\(([^)]+\.txt)\)/g), ([, link = '']) => link)
  const tests = Array.from(proof.matchAll(/`([^`]+)`/g), ([, path = '']) => path)
  const vectors = links.map((link) => posix.join(posix.dirname(page), link))
  return [{ name, text, source, provenance, vectors, tests }]
}

const named = (found: readonly Statement[]) => found.map(({ name }) => name)

test('the numbers of each series rise without a gap', () => {
  const series = (name: string) => name.replace(/\d+/, '')
  for (const letter of new Set(statements.map(({ name }) => series(name)))) {
    const own = named(statements.filter(({ name }) => series(name) === letter))
    expect(own).toEqual(own.map((_, index) => `${letter}${index + 1}`))
  }
})

test('every statement says how it is known', () => {
  expect(named(statements.filter(({ provenance }) => !/^(recorded|documented|derived)\b/.test(provenance)))).toEqual([])
})

test('every statement names a source that the page lists, and every source is used', () => {
  const keys = ({ source }: Statement) => source.match(/\[[^\]]+\]|RFC \d+|silent/g) ?? []
  expect(named(statements.filter((each) => keys(each).length === 0))).toEqual([])
  expect(new Set(statements.flatMap(keys))).toEqual(sources)
})

test('what is documented or recorded has a page', () => {
  const bare = statements.filter(({ source, provenance }) => source === 'silent' && !provenance.startsWith('derived'))
  expect(named(bare)).toEqual([])
})

test('every statement has a proof, and every proof exists', () => {
  expect(named(statements.filter(({ vectors, tests }) => vectors.length + tests.length === 0))).toEqual([])
  const known = new Set(vectorFiles().map(({ path }) => path))
  expect(statements.flatMap(({ vectors }) => vectors).filter((path) => !known.has(path))).toEqual([])
  expect(statements.flatMap(({ tests }) => tests).filter((path) => !isProof(path))).toEqual([])
})

/** A test file, or a folder with tests in it. */
function isProof(path: string): boolean {
  if (!existsSync(path)) return false
  const names = statSync(path).isDirectory() ? readdirSync(path, { recursive: true, encoding: 'utf8' }) : [path]
  return names.some((name) => name.endsWith('.test.ts'))
}

test('every statement about what a packet experiences has a vector', () => {
  expect(ofPackets.length).toBeGreaterThan(100)
  expect(named(ofPackets.filter(({ vectors }) => vectors.length === 0))).toEqual(['S28'])
})

test('every vector is named by a statement', () => {
  const proving = new Set(statements.flatMap(({ vectors }) => vectors))
  expect(vectorFiles().flatMap(({ path }) => (proving.has(path) ? [] : [path]))).toEqual([])
})

test('a statement about packets that calls itself recorded or documented has a vector that does', () => {
  const ofVector = new Map(vectorFiles().map(({ path, text }) => [path, /^# provenance: (\w+)/m.exec(text)?.[1]]))
  const bare = ofPackets.filter(
    ({ provenance, vectors }) =>
      !provenance.startsWith('derived') && vectors.every((path) => ofVector.get(path) === 'derived'),
  )
  expect(named(bare)).toEqual([])
})

const options = Array.from(optionTable().matchAll(/^ {2}([a-z-]+)=/gm), ([, name = '']) => name)
const optionNames = new Set(options.map((name) => (/^timeout-(?!edit)/.test(name) ? 'timeout' : name)))

test('every silence names its option or says why it has none, and every option fills a silence', () => {
  const without = silences.filter(({ text }) => ![...optionNames].some((name) => new RegExp(`\`${name} `).test(text)))
  expect(without.filter(({ text }) => !text.includes('No option: ')).map(({ name }) => name)).toEqual([])
  const filled = (option: string) => silences.some(({ text }) => text.includes(`\`${option} `))
  expect([...optionNames].filter((option) => !filled(option))).toEqual([])
})

test('every option is proved by a vector that chooses it, in a silence that has one with the default too', () => {
  const texts = new Map(vectorFiles().map(({ path, text }) => [path, text]))
  const chooses = (path: string, option: string) => new RegExp(`^option ${option} `, 'm').test(texts.get(path) ?? '')
  const unproved = [...optionNames].filter((option) => {
    const own = silences.filter(({ text }) => text.includes(`\`${option} `))
    const isChosen = statements.some(({ vectors }) => vectors.some((path) => chooses(path, option)))
    return !isChosen || !own.some(({ vectors }) => vectors.some((path) => !chooses(path, option)))
  })
  // No verdict depends on what a flow log records.
  expect(unproved).toEqual(['allowance-record'])
})
