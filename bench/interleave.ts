/**
 * Subjects of one question in turn, round by round: what else the machine does falls on all alike. A subject may
 * be a function of this process or a C program compiled at run time; a stored number never stands in for one.
 */

import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { median } from './compare.ts'

/** One round: the processor time of an operation, all threads, and what the operations answered. */
export interface Round {
  readonly nanoseconds: number
  readonly answer: string
}

export interface Subject {
  readonly name: string
  round(): Round | Promise<Round>
  stop?(): void
}

export interface Spread {
  readonly median: number
  readonly lowest: number
  readonly highest: number
}

export interface Standing {
  readonly name: string
  readonly nanoseconds: Spread
  /** This subject's time to the first subject's in the same round. */
  readonly toFirst: Spread
  readonly answers: ReadonlySet<string>
}

/** A function of this process: it does `operations` at each call, and returns what identifies their answers. */
export function inProcess(name: string, operations: number, run: () => number | string): Subject {
  return {
    name,
    round() {
      const before = process.cpuUsage()
      const answer = String(run())
      const { user, system } = process.cpuUsage(before)
      return { nanoseconds: ((user + system) * 1000) / operations, answer }
    },
  }
}

/** Every subject warms up, then all take turns; the first is what the others are held against. */
export async function interleave(subjects: readonly Subject[], rounds: number, warmUps = 2): Promise<Standing[]> {
  const taken = subjects.map((): Round[] => [])
  for (let turn = -warmUps; turn < rounds; turn += 1) {
    for (const [index, subject] of subjects.entries()) {
      const round = await subject.round()
      if (turn >= 0) taken[index]?.push(round)
    }
  }
  for (const subject of subjects) subject.stop?.()
  const first = taken[0] ?? []
  return subjects.map(({ name }, index) => {
    const own = taken[index] ?? []
    return {
      name,
      nanoseconds: spreadOf(own.map(({ nanoseconds }) => nanoseconds)),
      toFirst: spreadOf(own.map(({ nanoseconds }, turn) => nanoseconds / (first[turn]?.nanoseconds ?? Number.NaN))),
      answers: new Set(own.map(({ answer }) => answer)),
    }
  })
}

/** Whether all subjects gave the one same answer in every round. */
export function agree(standings: readonly Standing[]): boolean {
  return new Set(standings.flatMap(({ answers }) => [...answers])).size === 1
}

function spreadOf(values: readonly number[]): Spread {
  return { median: median(values), lowest: Math.min(...values), highest: Math.max(...values) }
}

/** `1.20 (1.05 to 1.41)`. */
export function formatSpread({ median: middle, lowest, highest }: Spread, digits = 2): string {
  return `${middle.toFixed(digits)} (${lowest.toFixed(digits)} to ${highest.toFixed(digits)})`
}

export type Compiled = { readonly program: string } | { readonly missing: string }

const made: string[] = []

process.once('exit', () => {
  for (const directory of made) rmSync(directory, { recursive: true, force: true })
})

/** `bench/c/SOURCE` by gcc -O2, or why there is none to hold us against. */
export function compileC(source: string): Compiled {
  const { status, error } = spawnSync('gcc', ['--version'], { stdio: 'ignore' })
  if (error || status !== 0) return { missing: 'skipped: gcc is not installed' }
  const directory = mkdtempSync(join(tmpdir(), 'sallyport-bench-'))
  made.push(directory)
  const program = join(directory, 'program')
  const file = fileURLToPath(new URL(`c/${source}`, import.meta.url))
  const compiled = spawnSync('gcc', ['-O2', '-Wall', '-Werror', '-o', program, file], { encoding: 'utf8' })
  if (compiled.status !== 0) throw new Error(`gcc refused ${source}: ${compiled.stderr}`)
  return { program }
}

/**
 * A C program as a subject: it prepares itself from its arguments, and for each line it reads does a round and
 * prints `NANOSECONDS ANSWER`, nanoseconds of its own CLOCK_PROCESS_CPUTIME_ID for one operation.
 */
export function runC(name: string, program: string, args: readonly (string | number)[]): Subject {
  const child = spawn(program, args.map(String), { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  return {
    name,
    async round() {
      child.stdin.write('round\n')
      const { value, done } = await lines.next()
      if (done) throw new Error(`${name} ended before its round`)
      const [nanoseconds, answer = ''] = String(value).split(' ')
      return { nanoseconds: Number(nanoseconds), answer }
    },
    stop() {
      process.off('exit', kill)
      child.stdin.end()
    },
  }
}
