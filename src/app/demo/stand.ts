/**
 * What the demonstration is played on: a running endpoint with instances, the aws CLI of the terminal, programs
 * inside instances, and the engine, which is asked why.
 */

import { execFile } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'
import { type Cloud, type Ended, Terminal } from '../../terminal/terminal.ts'
import type { HopReport, PacketReport } from '../exchange.ts'
import { confined, hostnameOf } from '../lab/confine.ts'
import { enterCommand } from '../lab/holder.ts'
import type { LabReport } from '../lab/lab-paths.ts'
import { systemEntropy } from '../random.ts'
import { ask, type Remote } from '../remote.ts'
import { toolPath } from '../system-tool.ts'

export interface StandParts {
  readonly cloud: Cloud
  /** The same endpoint, as others reach it. */
  readonly remote: Remote
  /** Waits until namespaces and rules are as the cloud says. */
  readonly settled: () => Promise<void>
}

/** A program that has said nothing for so long is ended. */
const patience = 20_000

export class Stand {
  readonly #parts: StandParts
  readonly #terminal: Terminal

  constructor(parts: StandParts) {
    this.#parts = parts
    this.#terminal = new Terminal({ cloud: parts.cloud, entropy: systemEntropy() })
  }

  /** Types a line, and waits until what it changed is in force. */
  async type(line: string): Promise<Ended> {
    const ended = await this.#terminal.run(line)
    await this.#parts.settled()
    return ended
  }

  /** Runs a program inside a running instance. */
  async run(instance: string, command: readonly string[]): Promise<Ended> {
    const { holder, instances } = await this.#lab()
    const { namespace, addresses = [] } = instances.find(({ id }) => id === instance) ?? {}
    if (namespace === undefined) return { stdout: '', stderr: `${instance} does not run.\n`, exitCode: 2 }
    const inside = { folder: '/', hostname: hostnameOf(instance, addresses) }
    return finished(confined(enterCommand(holder, namespace), inside, command))
  }

  /** Runs it again until it ends well: a server takes a moment to start. */
  async runUntilWell(instance: string, command: readonly string[]): Promise<Ended> {
    const deadline = performance.now() + patience
    for (;;) {
      const ended = await this.run(instance, command)
      if (ended.exitCode === 0 || performance.now() > deadline) return ended
      await setTimeout(100)
    }
  }

  /** What the engine says of a whole TCP connection: every packet at every interface, up to the first refusal. */
  async judged(from: string, to: string, port: number): Promise<readonly HopReport[]> {
    const body = JSON.stringify({ from, to, protocol: 'tcp', port, exchange: true })
    const asked = { method: 'POST', target: '/_sallyport/packets', body } as const
    const reports = (await ask(this.#parts.remote, asked)) as readonly PacketReport[]
    return reports.flatMap(({ hops }) => hops)
  }

  async #lab(): Promise<LabReport> {
    return (await ask(this.#parts.remote, { method: 'GET', target: '/_sallyport/instances' })) as LabReport
  }
}

function finished([file = '', ...args]: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const environment = { ...process.env, PATH: toolPath, LC_ALL: 'C' }
    const child = execFile(file, args, { env: environment, timeout: patience }, (error, stdout, stderr) => {
      const exitCode = error ? (child.exitCode ?? 1) : 0
      resolve({ stdout, stderr: error && stderr === '' ? `${error.message}\n` : stderr, exitCode })
    })
    child.stdin?.end()
  })
}
