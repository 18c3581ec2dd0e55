/**
 * The one test command. Runs every check to the end, says what a missing program prevented and how
 * to get it, and closes with a count. With CI=true whatever was skipped counts as failed.
 */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { findTool, type ToolName, toolNames } from '../test/tools.ts'
import { install, installedBinary, type NodeVersion, otherNodes, passesUnder } from './node-versions.ts'
import { closingLine, failed, passed, skipped, sum, type Tally, withoutSkips } from './test/tally.ts'
import { runVitestProject, stepLimit } from './test/vitest-run.ts'

interface Step {
  readonly title: string
  readonly run: () => Tally | Promise<Tally>
}

const isCi = process.env['CI'] === 'true'

const steps: readonly Step[] = [
  // None waits for another.
  atOnce('types, lint and format, layers, dead code, build', [
    ...['check:types', 'check:lint', 'check:layers', 'check:dead', 'build'],
  ]),
  project('unit, property and house rules', 'unit'),
  project('store contract', 'contract'),
  project('durability', 'durability'),
  project('real clients', 'clients'),
  project('the kernel', 'kernel'),
  project('the console in a browser', 'browser'),
  ...otherNodes.map(nodeStep),
]

function atOnce(title: string, names: readonly string[]): Step {
  return { title, run: async () => sum(await Promise.all(names.map(runScript))) }
}

/** What it says is told when it has ended, so that two do not speak at once. */
async function runScript(name: string): Promise<Tally> {
  const running = spawn('npm', ['run', '--silent', name], { stdio: ['ignore', 'pipe', 'pipe'], timeout: stepLimit })
  const ended = once(running, 'close') as Promise<[number | null]>
  const [out, err, [status]] = await Promise.all([text(running.stdout), text(running.stderr), ended])
  say(`${name}: ${status === 0 ? 'passed' : 'failed'}`)
  process.stdout.write(out + err)
  return status === 0 ? passed : failed
}

function project(title: string, name: string): Step {
  return { title, run: () => runVitestProject(name) }
}

/** Downloading another Node takes a while: outside CI it is run only when it is there. */
function nodeStep(node: NodeVersion): Step {
  return {
    title: `Node ${node.version}`,
    run: () => {
      const binary = installedBinary(node) ?? (isCi ? install(node) : undefined)
      if (binary === undefined) return isCi ? failed : skipped
      return passesUnder(binary) ? passed : failed
    },
  }
}

async function runStep({ title, run }: Step): Promise<Tally> {
  say(`\n== ${title}`)
  const start = performance.now()
  const tally = await run()
  say(`== ${title}: ${closingLine(tally)} (${((performance.now() - start) / 1000).toFixed(1)} s)`)
  return tally
}

/** A line for each thing that kept tests from running: what it is and what installs it. */
function notRun(): string[] {
  const nodes = otherNodes.filter((node) => installedBinary(node) === undefined)
  return [
    ...missingTools().map((name) => `${name} is missing, its tests were skipped: ${findTool(name).install}`),
    ...nodes.map(({ version }) => `Node ${version} is missing, nothing was run under it: npm run test:nodes`),
  ]
}

function missingTools(): ToolName[] {
  return toolNames.filter((name) => findTool(name).path === undefined)
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

async function main(): Promise<void> {
  const tallies: { readonly title: string; readonly tally: Tally }[] = []
  for (const step of steps) tallies.push({ title: step.title, tally: await runStep(step) })
  const broken = tallies.filter(({ tally }) => tally.failed > 0)
  const absent = notRun()
  if (broken.length > 0) say(`\nFailed: ${broken.map(({ title }) => title).join(', ')}`)
  if (absent.length > 0) say(`\nNot run:\n${absent.map((line) => `  ${line}`).join('\n')}`)
  const closing = close(sum(tallies.map(({ tally }) => tally)))
  say(`\n${closingLine(closing)}`)
  process.exitCode = closing.failed > 0 ? 1 : 0
}

function close(total: Tally): Tally {
  if (!isCi) return total
  if (total.skipped > 0) say(`\nIn CI the ${total.skipped} skipped count as failed.`)
  return withoutSkips(sum([total, ...missingTools().map(() => failed)]))
}

await main()
