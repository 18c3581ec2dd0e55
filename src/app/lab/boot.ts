/**
 * An instance's boot: its user data is run, as EC2 does at the first boot only. After a restart of the server it
 * is run again, as what it had started ended with the server.
 */

import { spawn } from 'node:child_process'
import { closeSync } from 'node:fs'
import { formatInstant, type Instant } from '../../base/clock.ts'
import { instanceNamespace } from '../../enforce/namespaces/names.ts'
import type { Instance } from '../../model/instance.ts'
import { shell, toolEnvironment, toolPath } from '../system-tool.ts'
import { confined, hostnameOf } from './confine.ts'
import { type Holder, labFolder } from './holder.ts'
import type { InstanceLogs } from './instance-logs.ts'

export type BootKind = 'first' | 'again' | 'rebuilt'

export interface Boot {
  readonly instance: Instance
  /** Of its interfaces, the primary one's first. */
  readonly addresses: readonly string[]
  readonly kind: BootKind
  readonly now: Instant
}

interface Parts {
  readonly holder: Holder
  readonly logs: InstanceLogs
}

const sentences: Readonly<Record<BootKind, string>> = {
  first: 'first boot',
  again: 'started again; user data is run at the first boot only',
  rebuilt: 'rebuilt, as the server was restarted; user data is run again',
}

export function boot({ instance, addresses, kind, now }: Boot, parts: Parts): void {
  const note = (line: string) => parts.logs.note(instance.id, line)
  note(`${formatInstant(now)} ${sentences[kind]}`)
  if (kind === 'again' || instance.userData === undefined || instance.userData === '') return
  const userData = Buffer.from(instance.userData, 'base64')
  if (userData.subarray(0, 2).toString() !== '#!') {
    note('user data is not run: only a script is, text that begins with #!')
    return
  }
  runUserData(instance, hostnameOf(instance.id, addresses), userData, parts)
}

/** Takes the script from standard input, as a file that is its own program. */
const runScript = 'mkdir -p "$HOME"; cd "$HOME"; cat > user-data; chmod 700 user-data; exec ./user-data < /dev/null'

function runUserData({ id }: Instance, hostname: string, userData: Uint8Array, { holder, logs }: Parts): void {
  const environment = {
    ...toolEnvironment,
    HOME: `${labFolder}/${id}`,
    USER: 'root',
    SHELL: '/bin/bash',
    PATH: toolPath,
  }
  const command = confined(holder.enter(instanceNamespace(id)), { folder: '/', hostname }, [...shell, '-c', runScript])
  const [program = '', ...args] = command
  const log = logs.open(id)
  const running = spawn(program, args, { stdio: ['pipe', log, log], env: environment, detached: true })
  closeSync(log)
  running.stdin?.on('error', () => undefined).end(userData)
  const note = (line: string) => {
    try {
      logs.note(id, line)
    } catch {
      // The lab has ended, and the log with it.
    }
  }
  running.once('error', (cause) => note(`user data could not be run: ${cause.message}`))
  running.once('exit', (status, signal) => note(`user data ended: ${signal ?? `exit code ${status}`}`))
}
