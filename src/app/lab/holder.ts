/**
 * The process that the lab's namespaces live and die with. Its first process inside reads a pipe from the server:
 * when the server is gone, in whatever way, the pipe closes, that process ends, and the kernel ends every process
 * of its process namespace and with them every network namespace and link. Nothing is left to clean up.
 */

import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { namespaceFolder } from '../../enforce/namespaces/print.ts'
import { SystemFailure } from '../system-failure.ts'
import { runTool, shell, toolEnvironment } from '../system-tool.ts'

/** Whether the namespaces hang below a user namespace, in which whoever runs the server is root. */
export type Privilege = 'root' | 'user-namespace'

/** The lab's own files, gone with it. */
export const labFolder = '/run/sallyport'
export const logFolder = `${labFolder}/logs`

const firstProcess = `
mount -t tmpfs -o mode=755 sallyport /run
mkdir -p ${namespaceFolder} ${logFolder}
ip link set dev lo up
echo ready
while read -r _; do :; done
`

/** The command that makes the namespaces and runs its arguments as their first process. */
export function unshareCommand(privilege: Privilege): string[] {
  const user = privilege === 'root' ? [] : ['--user', '--map-root-user']
  return ['unshare', ...user, '--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc']
}

/** Hundreds of namespaces at once take their time: in milliseconds. */
const longestScript = 600_000

export class Holder {
  readonly privilege: Privilege
  /** The first process inside, by its number outside. */
  readonly pid: number
  readonly #child: ChildProcessByStdio<Writable, Readable, null>
  /** Settles when it has ended, whoever ended it. */
  readonly ended: Promise<void>

  private constructor(privilege: Privilege, pid: number, child: ChildProcessByStdio<Writable, Readable, null>) {
    this.privilege = privilege
    this.pid = pid
    this.#child = child
    this.ended = new Promise((resolve) => child.once('exit', () => resolve()))
  }

  /** Rejects with SystemFailure. */
  static async start(privilege: Privilege): Promise<Holder> {
    const [program = '', ...args] = unshareCommand(privilege)
    // A session of its own: Ctrl-C is for the server, which then ends it in order.
    const child = spawn(program, [...args, ...shell, '-c', firstProcess], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: toolEnvironment,
      detached: true,
    })
    child.stdin.on('error', () => undefined)
    const ready = once(createInterface(child.stdout), 'line').then(() => true)
    const failed = Promise.race([once(child, 'exit'), once(child, 'error')]).then(() => false)
    const isReady = await Promise.race([ready, failed])
    if (!isReady || child.pid === undefined) throw new SystemFailure('The lab’s namespaces could not be made.')
    return new Holder(privilege, firstInside(child.pid), child)
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null
  }

  /** What a command begins with that is to run in the lab, or in one of its network namespaces. */
  enter(namespace?: string): string[] {
    return enterCommand(this, namespace)
  }

  /** Runs a shell script inside. Rejects with SystemFailure. */
  async run(script: string): Promise<void> {
    if (script.trim() !== '') await runTool([...this.enter(), ...shell, '-s'], `${script}\n`, longestScript)
  }

  /** Ends everything inside. */
  async stop(): Promise<void> {
    this.#child.stdin.end()
    const late = setTimeout(() => this.#child.kill('SIGKILL'), 2000)
    await this.ended
    clearTimeout(late)
  }
}

/** Whose namespaces are entered: another process may ask for this as well. */
export function enterCommand({ pid, privilege }: Pick<Holder, 'pid' | 'privilege'>, namespace?: string): string[] {
  const user = privilege === 'root' ? [] : ['--user', '--preserve-credentials']
  const net = namespace === undefined ? '--net' : `--net=${pathInside(pid, `${namespaceFolder}/${namespace}`)}`
  return ['nsenter', '--target', String(pid), ...user, '--mount', '--pid', net, '--']
}

/** A file of the lab as it is reached from outside. */
export function pathInside(pid: number, path: string): string {
  return `/proc/${pid}/root${path}`
}

/** The process that `unshare` started has the number 1 where it is. */
function firstInside(unshare: number): number {
  const children = readFileSync(`/proc/${unshare}/task/${unshare}/children`, 'utf8').trim().split(' ')
  const first = children.find((pid) => /^NSpid:.*\s1$/m.test(readFileSync(`/proc/${pid}/status`, 'utf8')))
  if (first === undefined) throw new SystemFailure('The lab’s first process is not there.')
  return Number(first)
}
