/**
 * Builds the program once before the tests that start it as a user would, so that none of them meets
 * an older build. A type error does not stop it: `check:types` is where it belongs.
 */

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Vitest calls this before the first test of a project that names this file as its `globalSetup`. */
export function setup(): void {
  spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], { stdio: 'ignore' })
  if (!existsSync('dist/cli/main.js')) throw new Error('The program could not be built: npm run build says why.')
}
