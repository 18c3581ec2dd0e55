/**
 * The programs that some tests need and npm cannot install. A test asks `findTool` and skips itself
 * when the path is undefined; the test run asks the same and prints the line that installs it.
 */

import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export type ToolName = 'aws' | 'aws2' | 'boto3' | 'postgres' | 'chromium' | KernelToolName

/** What tests with real packets need. */
export type KernelToolName = 'nft' | 'ip' | 'nsenter' | 'conntrack' | 'ping' | 'curl' | 'python3'

export interface Tool {
  /** `aws`: the program. `boto3`: the Python that can import it. `postgres`: the folder of initdb and postgres. */
  readonly path: string | undefined
  readonly debianPackage: string
  readonly install: string
}

interface Probe {
  readonly debianPackage: string
  readonly find: () => string | undefined
}

const probes: Readonly<Record<ToolName, Probe>> = {
  aws: { debianPackage: 'awscli', find: () => findRunning('aws', ['--version']) },
  // The terminal of the lesson is like version 2; a machine may have version 1 as well, and before it.
  aws2: { debianPackage: 'awscli', find: findAws2 },
  boto3: { debianPackage: 'python3-boto3', find: findPython },
  postgres: { debianPackage: 'postgresql', find: findPostgres },
  chromium: { debianPackage: 'chromium', find: () => findRunning('chromium', ['--version']) },
  nft: { debianPackage: 'nftables', find: () => findThere('nft') },
  ip: { debianPackage: 'iproute2', find: () => findThere('ip') },
  nsenter: { debianPackage: 'util-linux', find: () => findThere('nsenter') },
  conntrack: { debianPackage: 'conntrack', find: () => findThere('conntrack') },
  ping: { debianPackage: 'iputils-ping', find: () => findThere('ping') },
  curl: { debianPackage: 'curl', find: () => findThere('curl') },
  python3: { debianPackage: 'python3', find: () => findRunning('python3', ['--version']) },
}

export const toolNames = Object.keys(probes) as readonly ToolName[]

const found = new Map<ToolName, Tool>()

export function findTool(name: ToolName): Tool {
  const known = found.get(name)
  if (known !== undefined) return known
  const { debianPackage, find } = probes[name]
  const tool: Tool = { path: find(), debianPackage, install: `apt-get install -y ${debianPackage}` }
  found.set(name, tool)
  return tool
}

/** A shim of a version manager can lead nowhere, so each candidate is run. */
function findRunning(program: string, args: readonly string[]): string | undefined {
  return candidates(program).find((path) => runs(path, args))
}

function findAws2(): string | undefined {
  return candidates('aws').find((path) => {
    const { stdout, stderr } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 30_000 })
    return /^aws-cli\/2\./.test(`${stdout}${stderr}`)
  })
}

function findPython(): string | undefined {
  return [...candidates('python3'), '/usr/bin/python3'].find((path) => runs(path, ['-c', 'import boto3']))
}

/** Debian keeps the server's programs off PATH, in a folder a version; the highest version wins. */
function findPostgres(): string | undefined {
  const root = '/usr/lib/postgresql'
  const versions = existsSync(root) ? readdirSync(root) : []
  const packaged = versions.sort((a, b) => Number(b) - Number(a)).map((version) => join(root, version, 'bin'))
  return [...packaged, ...searchPath()].find(
    (folder) => isExecutable(join(folder, 'initdb')) && isExecutable(join(folder, 'postgres')),
  )
}

function findThere(program: string): string | undefined {
  return candidates(program)[0]
}

/** Not everybody has the administrators' folders on their PATH. */
function candidates(program: string): string[] {
  return [...new Set([...searchPath(), '/usr/sbin', '/sbin'])]
    .map((folder) => join(folder, program))
    .filter(isExecutable)
}

function searchPath(): string[] {
  return (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function runs(program: string, args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore', timeout: 30_000 }).status === 0
}
