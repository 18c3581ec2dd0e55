/** Builds the console's files once before a browser visits them, or a test weighs them. */

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Vitest calls this before the first test of a project that names this file as its `globalSetup`. */
export function setup(): void {
  spawnSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build'], { stdio: 'ignore' })
  if (!existsSync('dist/console/index.html')) throw new Error('The console could not be built: npm run build says why.')
}
