/**
 * One project a kind of test, so that `--project unit` runs one kind. A test file that no other
 * project claims is a unit test: none can fall through.
 */

import { defineConfig } from 'vitest/config'

const kinds = [
  { name: 'contract', include: ['src/store/*-store.test.ts'], seconds: 60 },
  { name: 'durability', include: ['test/durability/**/*.test.ts'], seconds: 120 },
  { name: 'clients', include: ['test/clients/**/*.test.ts'], seconds: 120 },
]

const unit = { name: 'unit', include: ['{src,test,scripts,bench}/**/*.test.ts'], seconds: 20 }
const claimed = kinds.flatMap((kind) => kind.include)

function project(kind: typeof unit, exclude: readonly string[]) {
  return {
    extends: true as const,
    test: {
      name: kind.name,
      include: kind.include,
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
    // CommonJS packages are seen as Node itself shows them.
    deps: { interopDefault: false },
    setupFiles: ['test/setup.ts'],
    projects: [project(unit, claimed), ...kinds.map((kind) => project(kind, []))],
  },
})
