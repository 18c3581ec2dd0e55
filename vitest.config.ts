/**
 * One project a kind of test, so that `--project unit` runs one kind. A test file that no other
 * project claims is a unit test: none can fall through.
 */

import { defineConfig } from 'vitest/config'

const kinds: readonly Kind[] = [
  { name: 'contract', include: ['src/store/*-store.test.ts'], seconds: 60, before: [] },
  { name: 'durability', include: ['test/durability/**/*.test.ts'], seconds: 120, before: ['test/build.ts'] },
  {
    name: 'browser',
    include: ['test/browser/**/*.test.ts'],
    seconds: 120,
    before: ['test/build.ts', 'test/build-console.ts'],
  },
  { name: 'kernel', include: ['test/kernel/**/*.test.ts'], seconds: 120, before: ['test/build.ts'] },
  { name: 'clients', include: ['test/clients/**/*.test.ts'], seconds: 120, before: ['test/build.ts'] },
]

const unit: Kind = { name: 'unit', include: ['{src,test,scripts,bench,console}/**/*.test.ts'], seconds: 20, before: [] }
const claimed = kinds.flatMap((kind) => kind.include)

interface Kind {
  readonly name: string
  readonly include: readonly string[]
  readonly seconds: number
  /** What is run once before the first test. */
  readonly before: readonly string[]
}

function project(kind: Kind, exclude: readonly string[]) {
  return {
    extends: true as const,
    test: {
      name: kind.name,
      include: [...kind.include],
      globalSetup: [...kind.before],
      exclude: [...exclude],
      testTimeout: kind.seconds * 1000,
      hookTimeout: kind.seconds * 1000,
    },
  }
}

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    passWithNoTests: true,
    expect: { poll: { timeout: 10_000 } },
    // CommonJS packages are seen as Node itself shows them.
    deps: { interopDefault: false },
    setupFiles: ['test/setup.ts'],
    projects: [project(unit, claimed), ...kinds.map((kind) => project(kind, []))],
  },
})
