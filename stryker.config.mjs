/**
 * Mutation testing of the parts that decide about packets: `npm run mutate`, or `npm run mutate -- --mutate FILE`.
 * What ran is remembered in .cache/, so that a second run tries only what changed in sources and tests; `--force`
 * tries all, as is due after a change of vectors or of what the sources import.
 */

export default {
  mutate: ['src/{policy,engine}/**/*.ts', '!src/**/*.test.ts'],
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  // A busy machine must not pass a slow test for an endless loop, which would count as detected.
  timeoutMS: 60_000,
  timeoutFactor: 4,
  disableTypeChecks: 'src/{policy,engine}/**/*.ts',
  ignorePatterns: ['dist', 'bench', 'coverage', '.ci', '.sallyport', '.cache'],
  incremental: true,
  incrementalFile: '.cache/mutation/incremental.json',
  tempDirName: '.cache/mutation/sandbox',
  reporters: ['progress-append-only', 'clear-text', 'json'],
  jsonReporter: { fileName: '.cache/mutation/report.json' },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  thresholds: { high: 95, low: 85, break: 85 },
}
