/** How the system's network tools are run: a program, its input, and what it said when it failed. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { SystemFailure } from './system-failure.ts'

/** The tools of an administrator are not on everybody's PATH. */
export const toolPath = [process.env['PATH'], '/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/bin', '/bin']
  .filter((folder) => folder !== undefined && folder !== '')
  .join(':')

/** Messages are read by programs, so they are in one language. */
export const toolEnvironment = { PATH: toolPath, LC_ALL: 'C' }

/** With a socket for input, as Node's pipes are, bash believes itself called from afar and reads ~/.bashrc. */
export const shell = ['bash', '--norc', '-e'] as const

const longestComplaint = 600

/**
 * Answers with its standard output. Rejects with SystemFailure, which holds what the program said, also if it takes
 * more than the patience, in milliseconds.
 */
export async function runTool(argv: readonly string[], input = '', patience = 60_000): Promise<string> {
  const [program = '', ...args] = argv
  const running = spawn(program, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: toolEnvironment,
    timeout: patience,
  })
  // A program that fails early reads no further.
  running.stdin.on('error', () => undefined).end(input)
  const ended = once(running, 'close') as Promise<[number | null, string | null]>
  const failed = once(running, 'error').then(([cause]) => {
    throw new SystemFailure(`${program} could not be started: ${(cause as Error).message}`, { cause })
  })
  const said = Promise.all([text(running.stdout), text(running.stderr), ended])
  const [out, complaint, [status, signal]] = await Promise.race([said, failed])
  if (status === 0) return out
  const how = signal === null ? `ended with ${status}` : `was ended by ${signal}`
  throw new SystemFailure(`${program} ${how}: ${complaint.trim().slice(-longestComplaint)}`)
}

export function isInstalled(name: string): boolean {
  return toolPath.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
