/** The programs at the two ends of a probe: one that answers, one that asks. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { SystemFailure } from '../system-failure.ts'
import { runTool, toolEnvironment } from '../system-tool.ts'
import { answering, asking } from './scripts.ts'

export type Transport = 'tcp' | 'udp'

/** Runs an answering program at the address while the work is done, which is told its port. Rejects with SystemFailure. */
export async function withAnswering<T>(
  inside: readonly string[],
  { transport, address }: { readonly transport: Transport; readonly address: string },
  work: (port: number) => Promise<T>,
): Promise<T> {
  const [program = '', ...args] = [...inside, process.execPath, '-e', answering]
  const running = spawn(program, [...args, JSON.stringify({ transport, address })], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: toolEnvironment,
  })
  running.stdin.on('error', () => undefined)
  const ended = once(running, 'exit').catch(() => undefined)
  try {
    const line = await Promise.race([once(createInterface(running.stdout), 'line'), ended])
    const { port } = parsed(String(line?.[0])) as { readonly port?: number }
    if (port === undefined) throw new SystemFailure(`Nothing can listen at ${address}.`)
    return await work(port)
  } finally {
    running.stdin.end()
    await ended
  }
}

export interface Asked {
  readonly transport: Transport
  readonly source: string
  readonly sourcePort: number
  readonly target: string
  readonly port: number
  readonly patience: number
}

export type Word =
  | 'no-answer'
  /** Somebody uses the port to send from. */
  | 'taken'
  | { readonly milliseconds: number }

/** Rejects with SystemFailure. */
export async function ask(inside: readonly string[], asked: Asked): Promise<Word> {
  const said = await runTool([...inside, process.execPath, '-e', asking, JSON.stringify(asked)])
  const { milliseconds, isTaken } = parsed(said) as { readonly milliseconds?: number; readonly isTaken?: boolean }
  if (isTaken) return 'taken'
  return milliseconds === undefined ? 'no-answer' : { milliseconds }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
