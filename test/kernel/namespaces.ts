/**
 * A private set of namespaces, and programs in it. Its first process is the packet tool, which ends with its
 * input: when the process that opened it dies, however it dies, the kernel takes all of it away.
 */

import { type ChildProcessByStdio, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { findTool, type ToolName } from '../tools.ts'

type Holder = ChildProcessByStdio<Writable, Readable, Readable>

const needed = ['nft', 'ip', 'nsenter', 'conntrack', 'python3'] as const satisfies readonly ToolName[]

/** Whether this machine has the programs that a stage needs. */
export const hasStageTools = needed.every((name) => findTool(name).path !== undefined)

const isRoot = process.getuid?.() === 0
const script = fileURLToPath(new URL('packets.py', import.meta.url))

/** Debian keeps administrators' programs in folders that an ordinary user's PATH lacks. */
const surroundings = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` }

export class Namespaces {
  readonly holder: Holder
  /** Begins a command line that runs where the links' outer ends are. */
  readonly enter: readonly string[]
  readonly #of: string

  constructor() {
    const python = findTool('python3').path ?? 'python3'
    const inside = `mount -t tmpfs run /run && exec '${python}' -B -I '${script}'`
    const own = isRoot ? [] : ['--user', '--map-root-user']
    const kinds = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc']
    this.holder = spawn('unshare', [...own, ...kinds, 'sh', '-c', inside], {
      env: surroundings,
    })
    // The processes of a stage end with it, and so do pipes to them.
    this.holder.stdin.on('error', () => undefined)
    this.#of = `/proc/${this.holder.pid}`
    this.enter = this.#entering(`${this.#of}/ns/net`)
  }

  /** The same in a network namespace that was added by that name. */
  enterNamed(name: string): readonly string[] {
    return this.#entering(`${this.#of}/root/run/netns/${name}`)
  }

  async close(): Promise<void> {
    if (this.holder.exitCode !== null || this.holder.signalCode !== null) return
    const ended = once(this.holder, 'exit')
    this.holder.stdin.end()
    await ended
  }

  #entering(network: string): readonly string[] {
    const user = isRoot ? [] : [`--user=${this.#of}/ns/user`, '--preserve-credentials']
    const rest = [`--mount=${this.#of}/ns/mnt`, `--pid=${this.#of}/ns/pid_for_children`, `--net=${network}`]
    return ['nsenter', ...user, ...rest, '--']
  }
}

const mostOutput = 256 << 20

/** What the program printed; throws what it wrote to standard error when it fails. */
export function run(argv: readonly string[], input = ''): Promise<string> {
  const [program = '', ...args] = argv
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, { env: surroundings, maxBuffer: mostOutput }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${argv.join(' ')} failed: ${stderr.trim() || error.message}`))
      else resolve(stdout)
    })
    // A program may end without having read its input.
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(input)
  })
}
