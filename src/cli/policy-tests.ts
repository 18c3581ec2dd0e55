/** Files of policy tests that a command is given. */

import { readFileSync } from 'node:fs'
import { policyTestsFrom } from '../app/policy-test-file.ts'
import { BadYaml } from '../app/yaml-reader.ts'
import type { PolicyTest } from '../reach/policy-test/claim.ts'
import { CommandFailure, isSystemError } from './command-failure.ts'

/** `-` is standard input. Throws CommandFailure. */
export function testsIn(file: string): PolicyTest[] {
  try {
    return policyTestsFrom(readFileSync(file === '-' ? 0 : file, 'utf8'))
  } catch (thrown) {
    if (thrown instanceof BadYaml || isSystemError(thrown)) throw new CommandFailure(2, `${file}: ${thrown.message}`)
    throw thrown
  }
}
