/** The program as a user starts it: the built command line, in a process of its own. */

import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

export interface ServerProcess {
  readonly url: string
  /** Asks the process to end, and answers with its exit code: null when the signal ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

export interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

type Running = ChildProcessByStdio<null, Readable, Readable>

/** The built command line. */
export const program = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))

/** Starts `sallyport serve` on a free port and waits for the line that names it. */
export async function startServer(options: readonly string[] = ['--memory']): Promise<ServerProcess> {
  const server = start(['serve', '--port', '0', ...options])
  const ended = once(server, 'exit') as Promise<[number | null]>
  const log = text(server.stderr)
  const url = await Promise.race([announcedUrl(server), ended.then(() => undefined)])
  if (url === undefined) throw new Error(`The server ended before it served: ${await log}`)
  return {
    url,
    async stop(signal = 'SIGTERM') {
      server.kill(signal)
      return (await ended)[0]
    },
  }
}

export interface Given {
  /** What it reads from standard input. */
  readonly input?: string
  /** Variables besides those of the test run. */
  readonly env?: NodeJS.ProcessEnv
}

/** Runs a command that ends by itself. */
export async function runProgram(args: readonly string[], { input = '', env = {} }: Given = {}): Promise<Ended> {
  const running = spawn(process.execPath, [program, ...args], { env: { ...process.env, ...env } })
  // A command that reads nothing may be gone before it is told all.
  running.stdin.on('error', () => undefined).end(input)
  const ended = once(running, 'exit') as Promise<[number | null]>
  const [stdout, stderr] = await Promise.all([text(running.stdout), text(running.stderr)])
  const [status] = await ended
  return { status, stdout, stderr }
}

const alive = new Set<Running>()

/** A test that fails half-way leaves no server behind. */
process.once('exit', () => {
  for (const each of alive) each.kill('SIGKILL')
})

function start(args: readonly string[]): Running {
  const started = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  alive.add(started)
  started.once('exit', () => alive.delete(started))
  return started
}

async function announcedUrl({ stdout }: Running): Promise<string | undefined> {
  let said = ''
  for await (const chunk of stdout) {
    said += String(chunk)
    const url = / at (http:\S+)/.exec(said)?.[1]
    if (url !== undefined) return url
  }
  return undefined
}
