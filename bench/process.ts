/** The processes of a benchmark, and what the kernel says they cost. */

import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Order, Report } from './load.ts'

export interface Measured {
  readonly url: string
  readonly pid: number
  /** From the start of the process to its line. */
  readonly startMilliseconds: number
  stop(): Promise<void>
}

const place = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** Our server, as built. */
export function startOurs(...options: readonly string[]): Promise<Measured> {
  return startProcess([place('../dist/cli/main.js'), 'serve', '--port', '0', '--quota', 'off', ...options])
}

export function startBare(answerSize: number): Promise<Measured> {
  return startProcess(['--import', 'tsx', place('echo.ts'), String(answerSize)])
}

async function startProcess(args: readonly string[]): Promise<Measured> {
  const start = performance.now()
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  endWithUs(child)
  const ended = once(child, 'exit')
  const line = await Promise.race([once(child.stdout, 'data'), ended.then(() => [''])])
  const url = / at (http:\S+)/.exec(String(line[0]))?.[1]
  if (url === undefined || child.pid === undefined) throw new Error(`${args.join(' ')} did not start`)
  return {
    url,
    pid: child.pid,
    startMilliseconds: performance.now() - start,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

export interface Generator {
  run(order: Order): Promise<Report>
  stop(): void
}

export function startGenerator(): Generator {
  const child = fork(place('load.ts'), { execArgv: ['--import', 'tsx'] })
  endWithUs(child)
  // A generator that cannot go on has said why.
  child.once('exit', (code) => code && process.exit(1))
  return {
    async run(order) {
      if (child.exitCode !== null) throw new Error('the load generator has ended')
      child.send(order)
      const [report] = await once(child, 'message')
      return report as Report
    },
    stop: () => child.kill(),
  }
}

const alive = new Set<ChildProcess>()

process.once('exit', () => {
  for (const each of alive) each.kill('SIGKILL')
})

function endWithUs(child: ChildProcess): void {
  alive.add(child)
  child.once('exit', () => alive.delete(child))
}

const ticksPerSecond = 100

/** User and system time of all its threads, in seconds. */
export function cpuSeconds({ pid }: Measured): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}

/** Resident memory, at this moment and at its highest, in MiB. */
export function residentMemory({ pid }: Measured): { readonly present: number; readonly highest: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const of = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024
  return { present: of('VmRSS'), highest: of('VmHWM') }
}

/** What a program of this folder reports, in a process of its own whose heap holds nothing else. */
export async function inChild<Report>(program: string, ...args: readonly (string | number)[]): Promise<Report> {
  const child = fork(place(program), args.map(String), { execArgv: ['--expose-gc', '--import', 'tsx'] })
  endWithUs(child)
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(`${program} ended without a report`)))
  const [report] = await Promise.race([once(child, 'message'), ended])
  child.disconnect()
  return report as Report
}
