/**
 * The unit and contract tests under every Node that package.json promises. npm carries Node's
 * binaries as packages named after the platform; they are kept in .cache/. Run as a program, it
 * installs what lacks and tests each.
 */

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stepLimit } from './test/vitest-run.ts'

export interface NodeVersion {
  readonly major: number
  readonly version: string
}

const nodeVersions: readonly NodeVersion[] = [
  { major: 20, version: '20.20.2' },
  { major: 22, version: '22.23.3' },
  { major: 24, version: '24.21.0' },
]

const binaryPackage = `node-${process.platform}-${process.arch}`
const searches = ['**/*.property.test.ts', 'test/model/**', 'test/proof/**', 'test/replay/truth.test.ts']
const fiveCommands = 'test/clients/five-commands.test.ts'

/** The promised versions that this process is not one of. */
export const otherNodes = nodeVersions.filter(({ major }) => !process.version.startsWith(`v${major}.`))

export function installedBinary(node: NodeVersion): string | undefined {
  const binary = resolve(cacheFolder(node), 'node_modules', binaryPackage, 'bin/node')
  return existsSync(binary) ? binary : undefined
}

export function install(node: NodeVersion): string | undefined {
  const options = ['--prefix', cacheFolder(node), '--no-save', '--no-package-lock', '--ignore-scripts']
  spawnSync('npm', ['install', ...options, '--loglevel=error', `${binaryPackage}@${node.version}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: stepLimit,
  })
  return installedBinary(node)
}

/** Whether the tests pass under `binary`, which is also the `node` that the tests' own children find. */
export function passesUnder(binary: string): boolean {
  const runs = [
    // What is decided does not hang on Node: the long searches for a counterexample are made once.
    ['--project', 'unit', '--project', 'contract', ...searches.flatMap((each) => ['--exclude', each])],
    ...(existsSync(fiveCommands) ? [['--project', 'clients', fiveCommands]] : []),
  ]
  const env = { ...process.env, PATH: `${dirname(binary)}${delimiter}${process.env['PATH'] ?? ''}` }
  return runs.every((args) => {
    const vitest = ['node_modules/vitest/vitest.mjs', 'run', ...args]
    return spawnSync(binary, vitest, { stdio: ['ignore', 'inherit', 'inherit'], env, timeout: stepLimit }).status === 0
  })
}

function cacheFolder({ version }: NodeVersion): string {
  return `.cache/node-${version}`
}

function main(): void {
  const failing = otherNodes.filter((node) => {
    process.stdout.write(`\n== Node ${node.version}\n`)
    const binary = installedBinary(node) ?? install(node)
    return binary === undefined || !passesUnder(binary)
  })
  for (const { version } of failing) process.stdout.write(`Node ${version} failed\n`)
  process.exitCode = failing.length === 0 ? 0 : 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main()
