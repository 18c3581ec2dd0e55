/** One vitest project run as a step, counted from the report it leaves in .cache/. */

import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { failed, type Tally, tallyOf, type VitestReport } from './tally.ts'

/** The longest any step may take before it is ended and counted as failed. */
export const stepLimit = 20 * 60_000

export function runVitestProject(project: string): Tally {
  const report = `.cache/vitest-${project}.json`
  mkdirSync('.cache', { recursive: true })
  rmSync(report, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const { status } = spawnSync('node_modules/.bin/vitest', ['run', '--project', project, ...reporters], {
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: stepLimit,
  })
  return readTally(report, status)
}

/** A vitest that dies early leaves no report. */
function readTally(report: string, status: number | null): Tally {
  try {
    return tallyOf(JSON.parse(readFileSync(report, 'utf8')) as VitestReport, status)
  } catch {
    return failed
  }
}
