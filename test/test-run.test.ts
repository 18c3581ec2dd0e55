/** The count that `npm test` closes with. */

import { expect, test } from 'vitest'
import { closingLine, failed, passed, skipped, sum, tallyOf, withoutSkips } from '../scripts/test/tally.ts'

const clean = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] }

test('the closing line names what was skipped only when something was', () => {
  expect(closingLine(sum([passed, passed, failed]))).toBe('2 passed, 1 failed')
  expect(closingLine(sum([passed, skipped]))).toBe('1 passed, 0 failed, 1 skipped')
})

test('in CI what was skipped has failed', () => {
  expect(closingLine(withoutSkips(sum([passed, skipped, failed])))).toBe('1 passed, 2 failed')
})

test('a clean report is counted as it stands', () => {
  expect(tallyOf({ ...clean, numPendingTests: 1, numTodoTests: 1 }, 0)).toEqual({ passed: 3, failed: 0, skipped: 2 })
})

test('a file that breaks outside its tests counts as one failure', () => {
  const broken = { status: 'failed', assertionResults: [{ status: 'skipped' }] }
  const counted = { status: 'failed', assertionResults: [{ status: 'failed' }] }
  expect(tallyOf({ ...clean, numFailedTests: 1, testResults: [broken, counted] }, 1).failed).toBe(2)
})

test('a run that ends badly or without a test is a failure', () => {
  expect(tallyOf(clean, 1).failed).toBe(1)
  expect(tallyOf(clean, null).failed).toBe(1)
  expect(tallyOf({ ...clean, numPassedTests: 0 }, 0).failed).toBe(1)
})
