/**
 * What a mutant of src/policy/ or src/engine/ must get past: their unit tests and properties, the vectors,
 * and a short run against the reference model. No test draws by chance: a mutant's fate is the same each time.
 */

import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** A mutant is dead at the first failure, so what answers at once is asked first. */
class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isSlow = ({ moduleId }: TestSpecification) => /\.(property\.test|spec)\.ts$/.test(moduleId)
    return [...files.filter((file) => !isSlow(file)), ...files.filter(isSlow)]
  }
}

export default defineConfig({
  test: {
    pool: 'threads',
    isolate: false,
    deps: { interopDefault: false },
    alias: [
      { find: /^fast-check$/, replacement: fileURLToPath(new URL('test/mutation/quick-check.ts', import.meta.url)) },
    ],
    sequence: { sequencer: QuickFirst },
    include: [
      'src/{policy,engine}/**/*.test.ts',
      'test/vectors.test.ts',
      'test/vector-notation.test.ts',
      'test/mutation/*.spec.ts',
    ],
    // Two properties that are slow and whose failures the rest finds as well.
    exclude: ['src/engine/{engine,timeline}.property.test.ts'],
    // Only the mutation run's own limit counts: a test that a busy machine slows down must not look like a death.
    testTimeout: 600_000,
  },
})
