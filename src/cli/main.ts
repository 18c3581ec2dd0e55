#!/usr/bin/env node
/**
 * The command `sallyport`. Exit codes: 0 done, 1 failed, 2 wrong usage, 70 a fault of this program.
 * The only place that ends the process.
 */

import { Command, CommanderError } from 'commander'
import { BadCredentialsFile } from '../app/credentials-file.ts'
import { version } from '../app/version.ts'
import { BrokenInvariant } from '../base/invariant.ts'
import { CommandFailure } from './command-failure.ts'
import { commandsFor } from './commands.ts'
import { UsageError } from './usage-error.ts'

const program = new Command('sallyport')
  .description('AWS security groups you can run.')
  .version(version)
  // What follows the instance of `exec` is the command's own.
  .enablePositionalOptions()

for (const command of await commandsFor(process.argv.slice(2))) program.addCommand(command)
for (const command of [program, ...program.commands]) command.exitOverride().showHelpAfterError('(add --help for help)')

// Whoever reads our output may have read enough: `sallyport explain … | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

try {
  await program.parseAsync()
  await end(0)
} catch (thrown) {
  await end(exitCode(thrown))
}

/** A pipe takes what its reader has room for; the rest is written later, or lost when the process ends before. */
async function end(code: number): Promise<never> {
  for (const stream of [process.stdout, process.stderr]) await new Promise((resolve) => stream.write('', resolve))
  process.exit(code)
}

function exitCode(thrown: unknown): number {
  // Commander has printed its own message by the time it throws.
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2
  if (thrown instanceof CommandFailure && thrown.message === '') return thrown.exitCode
  process.stderr.write(`sallyport: ${thrown instanceof Error ? thrown.message : String(thrown)}\n`)
  if (thrown instanceof CommandFailure) return thrown.exitCode
  if (thrown instanceof UsageError || thrown instanceof BadCredentialsFile) return 2
  if (thrown instanceof BrokenInvariant) {
    process.stderr.write(`${thrown.stack}\n`)
    return 70
  }
  return 1
}
