/** How soon a server serves again, and how much memory it holds. */

import { rmSync } from 'node:fs'
import { median } from './compare.ts'
import { fill } from './fill.ts'
import { type Generator, residentMemory, startOurs } from './process.ts'
import type { Figure, Size } from './report.ts'
import { requestOf } from './request.ts'

export async function measureStarting(generator: Generator, size: Size): Promise<Figure[]> {
  const empty = await startTimes(['--memory'])
  const { directory } = await fill({ groups: size.usualGroups, rules: 20 })
  const full = await startTimes(['--data', directory])
  rmSync(directory, { recursive: true })
  const name = `restart with ${size.usualGroups} groups of 20 rules, until it serves`
  const note = `median of 5; ${Math.round(empty)} ms of it with nothing to read`
  return [{ name, value: full, unit: 'ms', aim: { atMost: 2000 }, note }, await measureMemory(generator, size)]
}

async function startTimes(options: readonly string[]): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < 5; round += 1) {
    const server = await startOurs(...options)
    times.push(server.startMilliseconds)
    await server.stop()
  }
  return median(times)
}

async function measureMemory(generator: Generator, size: Size): Promise<Figure> {
  const { directory, groups } = await fill({ groups: size.mostGroups, rules: 10 })
  const server = await startOurs('--data', directory)
  const loaded = residentMemory(server)
  const requests = groups
    .slice(0, 2000)
    .map((group) => requestOf(server.url, { Action: 'DescribeSecurityGroups', 'GroupId.1': group }))
  await generator.run({ url: server.url, requests, connections: 32, milliseconds: 3000 })
  const { present, highest } = residentMemory(server)
  await server.stop()
  rmSync(directory, { recursive: true })
  const note =
    `resident after three seconds of reads; ${Math.round(loaded.present)} when it began to serve, ` +
    `${Math.round(highest)} at the highest; started in ${Math.round(server.startMilliseconds)} ms`
  const name = `memory with ${size.mostGroups} groups of 10 rules`
  return { name, value: Math.max(present, loaded.present), unit: 'MiB', aim: { atMost: 1024 }, note }
}
