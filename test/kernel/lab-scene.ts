/** The endpoint of open-endpoint.ts in a process of its own, as root or as nobody in particular, and who talks to it. */

import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { EC2Client } from '@aws-sdk/client-ec2'
import type { LabReport } from '../../src/app/lab/lab-paths.ts'
import { type Ended, program } from '../server-process.ts'
import { findTool } from '../tools.ts'

export type Who = 'root' | 'an ordinary user'

/** Whoever runs the tests; root also as another. */
export const everybody: readonly Who[] = process.getuid?.() === 0 ? ['root', 'an ordinary user'] : ['an ordinary user']

export const lacksTools = (['nft', 'ip', 'nsenter', 'ping', 'curl', 'conntrack'] as const).some(
  (name) => findTool(name).path === undefined,
)

const project = fileURLToPath(new URL('../..', import.meta.url))

const nobody = ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups']
/** Where the project lies in a folder that only root may enter. */
const reader = ['--inh-caps', '+dac_read_search', '--ambient-caps', '+dac_read_search']

export function prefixOf(who: Who): string[] {
  if (who === 'root' || process.getuid?.() !== 0) return []
  const [tool = '', ...words] = [...nobody, 'test', '-r', `${project}/package.json`]
  return spawnSync(tool, words).status === 0 ? nobody : [...nobody, ...reader]
}

export interface GuardCall {
  readonly call: string
  readonly networkInterface?: string
  readonly device?: string
  readonly isUp?: boolean
  readonly cause?: string
}

export interface Lab {
  readonly url: string
  readonly pid: number
  readonly ec2: EC2Client
  /** What the guard was told so far. */
  readonly calls: readonly GuardCall[]
  /** `sallyport …` by the same user. */
  sallyport(...words: string[]): Promise<Ended>
  report(): Promise<LabReport>
  stop(signal?: NodeJS.Signals): Promise<void>
}

const alive = new Set<ChildProcessByStdio<Writable, Readable, null>>()

process.once('exit', () => {
  for (const each of alive) each.kill('SIGKILL')
})

/** In memory unless a directory is given. */
export async function openLab(who: Who, directory?: string): Promise<Lab> {
  const prefix = prefixOf(who)
  const words = ['--import', 'tsx', fileURLToPath(new URL('open-endpoint.ts', import.meta.url))]
  const server = start([...prefix, process.execPath, ...words, ...(directory === undefined ? [] : [directory])])
  const lines = createInterface(server.stdout)[Symbol.asyncIterator]()
  const first = await lines.next()
  const url = / at (\S+)/.exec(String(first.value))?.[1]
  if (url === undefined) throw new Error('The endpoint did not start.')
  const calls: GuardCall[] = []
  void (async () => {
    for await (const line of { [Symbol.asyncIterator]: () => lines }) calls.push(JSON.parse(line) as GuardCall)
  })()
  const ended = once(server, 'exit')
  const sallyport = (...spoken: string[]) => finish([...prefix, process.execPath, program, ...spoken], url)
  return {
    url,
    pid: Number(server.pid),
    ec2: new EC2Client({
      endpoint: url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    }),
    calls,
    sallyport,
    report: async () => JSON.parse((await sallyport('ps', '--output', 'json')).stdout) as LabReport,
    async stop(signal = 'SIGTERM') {
      server.kill(signal)
      await ended
    },
  }
}

function start([tool = '', ...words]: readonly string[]): ChildProcessByStdio<Writable, Readable, null> {
  const started = spawn(tool, words, { stdio: ['pipe', 'pipe', 'inherit'], cwd: project })
  alive.add(started)
  started.once('exit', () => alive.delete(started))
  return started
}

async function finish([tool = '', ...words]: readonly string[], url: string): Promise<Ended> {
  const running = spawn(tool, words, {
    env: { ...process.env, AWS_ENDPOINT_URL: url, AWS_REGION: 'us-east-1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(running, 'exit') as Promise<[number | null]>
  const [stdout, stderr] = await Promise.all([text(running.stdout), text(running.stderr)])
  return { status: (await ended)[0], stdout, stderr }
}

/** The processes that have that process or network namespace. */
export function processesWith(kind: 'pid' | 'net', namespace: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return readlinkSync(`/proc/${pid}/ns/${kind}`) === namespace
    } catch {
      return false
    }
  })
}

export function isGone(pid: number): boolean {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return true
  }
}

/** A web server that says who asked. */
export const webServer = `#!/bin/bash
echo serving
exec ${process.execPath} -e "require('http').createServer((q, r) => r.end('hello ' + q.socket.remoteAddress + '\\n')).listen(80, '::')"
`
