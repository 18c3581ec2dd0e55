/**
 * The same line in the terminal and in a real shell with the real CLI, both on the same world: the server's
 * before the line. What differs by nature is made equal: ids that the line makes, times, client tokens.
 */

import { execFile } from 'node:child_process'
import { fetchWorld } from '../../src/app/remote-world.ts'
import { Sandbox } from '../../src/app/sandbox.ts'
import { instant } from '../../src/base/clock.ts'
import { seededEntropy } from '../../src/base/entropy.ts'
import { type Ended, Terminal } from '../../src/terminal/terminal.ts'
import { findTool } from '../tools.ts'
import { account, region, surroundings } from './surroundings.ts'

/** Version 2, which the terminal is like, when there is one. */
const found = newest()

export const hasCli = found !== undefined
export const isVersion2 = found?.isVersion2 === true

interface Found {
  readonly path: string
  readonly isVersion2: boolean
}

function newest(): Found | undefined {
  const two = findTool('aws2').path
  if (two !== undefined) return { path: two, isVersion2: true }
  const { path } = findTool('aws')
  return path === undefined ? undefined : { path, isVersion2: false }
}

export interface Variables {
  readonly [name: string]: string
}

/** What a real shell makes of the line, `aws` being the real CLI pointed at `url`. */
export function inShell(url: string, line: string, variables: Variables): Promise<Ended> {
  const env = { ...surroundings(url), ...variables, REAL_AWS: found?.path ?? 'aws', REAL_URL: url }
  const script = `aws() { "$REAL_AWS" "$@" --endpoint-url "$REAL_URL"; }\n${line}\n`
  return new Promise((resolve) => {
    execFile('sh', ['-c', script], { env, maxBuffer: 10_000_000 }, (error, stdout, stderr) => {
      resolve({ exitCode: error === null ? 0 : Number(error.code), stdout, stderr })
    })
  })
}

/** What the terminal makes of it, in a sandbox on the server's world. */
export async function inTerminal(url: string, line: string, variables: Variables): Promise<Ended> {
  const world = await fetchWorld({ url, region, accessKeyId: 'test', secret: 'test' })
  const cloud = await Sandbox.open({ scope: { account, region }, now: instant(Date.now()), world })
  const terminal = new Terminal({ cloud, entropy: seededEntropy(1) })
  for (const [name, value] of Object.entries(variables)) await terminal.run(`${name}='${value}'`)
  return terminal.run(line)
}

/** Ids that only this line knows are numbered as they appear; times and tokens are all alike. */
export function comparable({ stdout, stderr, exitCode }: Ended, variables: Variables): Ended {
  const known = new Set(Object.values(variables))
  const numbers = new Map<string, string>()
  const alike = (text: string) =>
    text
      .replace(/\b([a-z]+)-[0-9a-f]{17}\b/g, (id, prefix: string) => {
        if (known.has(id)) return id
        const number = numbers.get(id) ?? `${prefix}-${String(numbers.size + 1).padStart(17, '0')}`
        numbers.set(id, number)
        return number
      })
      .replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)/g, 'TIME')
      .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, 'TOKEN')
      .replace(/\b[0-9a-f]{2}(:[0-9a-f]{2}){5}\b/g, 'MAC')
      .replace(/\br-[0-9a-f]{17}\b/g, 'RESERVATION')
  return { stdout: alike(stdout), stderr: alike(stderr), exitCode }
}

/** The members of a line's answer that the real CLI knows, in the order in which it prints them. */
export async function skeletonOf(url: string, line: string, variables: Variables): Promise<unknown> {
  const { stdout } = await inShell(url, `${line} --generate-cli-skeleton output`, variables)
  return JSON.parse(stdout)
}
