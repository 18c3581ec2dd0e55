/**
 * Counting what passed. The form of the closing line is read by machines: `N passed, N failed`
 * alone on a line, with what was skipped after it.
 */

export interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** The part of vitest's JSON report that is counted. */
export interface VitestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly testResults: readonly {
    readonly status: string
    readonly assertionResults: readonly { readonly status: string }[]
  }[]
}

export const passed: Tally = { passed: 1, failed: 0, skipped: 0 }
export const failed: Tally = { passed: 0, failed: 1, skipped: 0 }
export const skipped: Tally = { passed: 0, failed: 0, skipped: 1 }

export function sum(tallies: readonly Tally[]): Tally {
  const total = (key: keyof Tally): number => tallies.reduce((count, tally) => count + tally[key], 0)
  return { passed: total('passed'), failed: total('failed'), skipped: total('skipped') }
}

/** A file that breaks outside its tests counts as one failure; so does a run without a single test. */
export function tallyOf(report: VitestReport, exitStatus: number | null): Tally {
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  )
  const tally = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
  const ranNothing = tally.passed + tally.failed + tally.skipped === 0
  const brokeUncounted = exitStatus !== 0 && tally.failed === 0
  return ranNothing || brokeUncounted ? sum([tally, failed]) : tally
}

/** In CI nothing may be skipped: what was not run is not known to work. */
export function withoutSkips(tally: Tally): Tally {
  return { passed: tally.passed, failed: tally.failed + tally.skipped, skipped: 0 }
}

export function closingLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
