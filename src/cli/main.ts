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
import { UsageError } from './usage-error.ts'

/** In the order of the help. A command is loaded when it is named: all of them take far longer to load than one. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./commands/serve.ts')).serveCommand(),
  demo: async () => (await import('./commands/demo.ts')).demoCommand(),
  explain: async () => (await import('./commands/explain.ts')).explainCommand(),
  reach: async () => (await import('./commands/reach.ts')).reachCommand(),
  diff: async () => (await import('./commands/diff.ts')).diffCommand(),
  test: async () => (await import('./commands/test.ts')).testCommand(),
  lint: async () => (await import('./commands/lint.ts')).lintCommand(),
  replay: async () => (await import('./commands/replay.ts')).replayCommand(),
  simulate: async () => (await import('./commands/simulate.ts')).simulateCommand(),
  state: async () => (await import('./commands/state.ts')).stateCommand(),
  export: async () => (await import('./commands/export.ts')).exportCommand(),
  apply: async () => (await import('./commands/apply.ts')).applyCommand(),
  send: async () => (await import('./commands/send.ts')).sendCommand(),
  connections: async () => (await import('./commands/connections.ts')).connectionsCommand(),
  status: async () => (await import('./commands/status.ts')).statusCommand(),
  rules: async () => (await import('./commands/rules.ts')).rulesCommand(),
  enforce: async () => (await import('./commands/enforce.ts')).enforceCommand(),
  agent: async () => (await import('./commands/agent.ts')).agentCommand(),
  ps: async () => (await import('./commands/ps.ts')).psCommand(),
  exec: async () => (await import('./commands/exec.ts')).execCommand(),
  logs: async () => (await import('./commands/logs.ts')).logsCommand(),
  learn: async () => (await import('./commands/learn.ts')).learnCommand(),
}

const program = new Command('sallyport')
  .description('AWS security groups you can run.')
  .version(version)
  // What follows the instance of `exec` is the command's own.
  .enablePositionalOptions()

const [, , name = ''] = process.argv
const named = Object.hasOwn(commands, name) ? commands[name] : undefined
for (const load of named ? [named] : Object.values(commands)) program.addCommand(await load())

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
