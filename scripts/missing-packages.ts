/** Prints the Debian packages of the programs that tests need and this machine lacks, one a line. */

import { findTool, toolNames } from '../test/tools.ts'

for (const tool of toolNames.map(findTool)) {
  if (tool.path === undefined) process.stdout.write(`${tool.debianPackage}\n`)
}
