/**
 * A private set of namespaces, and programs in it. Its first process is the packet tool, which ends with its
 * input: when the process that opened it dies, however it dies, the kernel takes all of it away.
 */

import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { delimiter, join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { type Privilege, unshareCommand } from '../lab/holder.ts'
import { toolEnvironment, toolPath } from '../system-tool.ts'
import { packetsScript } from './packets-script.ts'

type Holder = ChildProcessByStdio<Writable, Readable, Readable>

const ownPrivilege: Privilege = process.getuid?.() === 0 ? 'root' : 'user-namespace'

export class Namespaces {
  readonly holder: Holder
  /** Begins a command line that runs where the links' outer ends are. */
  readonly enter: readonly string[]
  readonly #of: string
  readonly #privilege: Privilege

  constructor(privilege: Privilege = ownPrivilege) {
    this.#privilege = privilege
    const [program = '', ...own] = unshareCommand(privilege)
    const inside = 'mount -t tmpfs run /run && exec "$@"'
    const tool = [python(), '-B', '-I', '-c', packetsScript]
    this.holder = spawn(program, [...own, 'sh', '-c', inside, 'sh', ...tool], { env: toolEnvironment })
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
    const user = this.#privilege === 'root' ? [] : [`--user=${this.#of}/ns/user`, '--preserve-credentials']
    const rest = [`--mount=${this.#of}/ns/mnt`, `--pid=${this.#of}/ns/pid_for_children`, `--net=${network}`]
    return ['nsenter', ...user, ...rest, '--']
  }
}

/** A shim of a version manager can lead nowhere, so each candidate is run. */
function python(): string {
  const candidates = toolPath.split(delimiter).map((folder) => join(folder, 'python3'))
  const runs = (path: string) =>
    spawnSync(path, ['-I', '--version'], { stdio: 'ignore', env: toolEnvironment }).status === 0
  return candidates.find(runs) ?? 'python3'
}
