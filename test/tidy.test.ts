/**
 * The house rules that an import graph cannot see, read from the sources. Each complaint names the
 * place, the rule and what to do instead; test/tidy/rules.test.ts shows each rule biting.
 */

import { describe, expect, test } from 'vitest'
import { catalogue } from '../src/model/rejections/catalogue.ts'
import { type Complaint, formatComplaint } from './tidy/complaint.ts'
import { effectComplaints } from './tidy/effects.ts'
import { linkComplaints } from './tidy/links.ts'
import { pathsBelow, read } from './tidy/project-files.ts'
import { looseEndComplaints, nameComplaints, openingComplaints, sizeComplaints } from './tidy/shape.ts'
import { wordingComplaints } from './tidy/wordings.ts'

const isTest = (path: string): boolean => /\.(test|contract)\.ts$/.test(path)
const paths = pathsBelow()
const files = paths.filter((path) => /^(src|test|bench|scripts|console)\/.*\.tsx?$/.test(path)).map(read)
const sources = files.filter(({ path }) => path.startsWith('src/') && !isTest(path))
const pages = paths.filter((path) => path.endsWith('.md')).map(read)
const quotes = paths
  .filter((path) => path.endsWith('.test.ts') || (path.startsWith('vectors/') && !path.endsWith('/')))
  .filter((path) => !path.startsWith('test/tidy'))

function expectNone(complaints: readonly Complaint[]): void {
  expect(complaints.map(formatComplaint).join('\n')).toBe('')
}

describe('the house rules', () => {
  test('time, chance and surroundings come in as arguments', () => {
    expectNone(sources.flatMap(effectComplaints))
  })

  test('files and functions fit their budgets', () => {
    expectNone(files.flatMap(sizeComplaints))
  })

  test('no name is vague', () => {
    expectNone(paths.flatMap(nameComplaints))
  })

  test('nothing is left for later and nothing escapes the types', () => {
    expectNone(files.flatMap(looseEndComplaints))
  })

  test('every file says what it is, a test by its titles', () => {
    expectNone(files.filter(({ path }) => !path.endsWith('.test.ts')).flatMap(openingComplaints))
  })

  test('no link is dead', () => {
    expectNone(linkComplaints(paths, pages))
  })

  test('every wording of the rejection catalogue is quoted', () => {
    expectNone(wordingComplaints(catalogue, quotes.map((path) => read(path).text).join('\n')))
  })
})
