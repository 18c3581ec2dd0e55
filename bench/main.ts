/**
 * `npm run bench`: builds the program, starts it as users do, and measures it against a bare node:http
 * server in the same run. With `--quick` the sizes are small and the figures are only printed.
 */

import { spawnSync } from 'node:child_process'
import { measureDeciding } from './deciding.ts'
import { measureKernel } from './kernel.ts'
import { measurePackets } from './packets.ts'
import { startGenerator } from './process.ts'
import { measureReaching } from './reaching.ts'
import { measureReading } from './reading.ts'
import { measureReplaying } from './replaying.ts'
import { formatFigure, type Size, writeFigures } from './report.ts'
import { measureStarting } from './starting.ts'
import { measureTracking } from './tracking.ts'
import { measureWriting } from './writing.ts'

const full: Size = {
  groupCounts: [10, 1000, 10_000, 100_000],
  usualGroups: 10_000,
  mostGroups: 100_000,
  writes: 32_000,
  connectionCounts: [1000, 100_000, 1_000_000, 10_000_000],
  decidingWorkloads: ['d60', 'd1000', 'd10000', 'd100000'],
  decidedPackets: 1_048_576,
  usualConnections: 1_000_000,
  ruleCounts: [60, 1000, 10_000],
  interfaces: 500,
  replayedRecords: 5_000_000,
  rounds: { rounds: 7, roundMilliseconds: 2000 },
}

const quick: Size = {
  groupCounts: [10, 1000],
  usualGroups: 1000,
  mostGroups: 5000,
  writes: 8000,
  connectionCounts: [1000, 100_000],
  decidingWorkloads: ['d60', 'd10000'],
  decidedPackets: 262_144,
  usualConnections: 100_000,
  ruleCounts: [60, 1000],
  interfaces: 20,
  replayedRecords: 200_000,
  rounds: { rounds: 3, roundMilliseconds: 700 },
}

const measures = {
  reading: measureReading,
  writing: measureWriting,
  starting: measureStarting,
  deciding: (_: unknown, size: Size) => measureDeciding(size),
  tracking: measureTracking,
  packets: (_: unknown, size: Size) => measurePackets(size),
  reaching: (_: unknown, size: Size) => measureReaching(size),
  replaying: (_: unknown, size: Size) => measureReplaying(size),
  kernel: (_: unknown, size: Size) => measureKernel(size),
}

async function main(args: readonly string[]): Promise<void> {
  const isQuick = args.includes('--quick')
  const chosen = Object.entries(measures).filter(
    ([name]) => !args.some((arg) => arg in measures) || args.includes(name),
  )
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' })
  if (status !== 0) throw new Error('the build failed')
  const generator = startGenerator()
  for (const [name, measure] of chosen) {
    say(`== ${name}`)
    const figures = await measure(generator, isQuick ? quick : full)
    for (const figure of figures) say(`${formatFigure(figure)}${figure.note && ` (${figure.note})`}`)
    if (!isQuick) writeFigures(name, figures, new Date().toISOString().slice(0, 10))
  }
  generator.stop()
  say(isQuick ? 'Nothing was written: the sizes are small.' : 'Written to bench/results.json and bench/README.md.')
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

await main(process.argv.slice(2))
