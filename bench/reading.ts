/** Reads: one group by its id, with and without signatures, at growing sizes; and a page of 1,000 groups. */

import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compare, median } from './compare.ts'
import { type Filled, fill } from './fill.ts'
import { type Generator, startBare, startOurs } from './process.ts'
import type { Figure, Size } from './report.ts'
import { answerTo, keys, requestOf } from './request.ts'

/** Enough different groups that no cache of one answer would help. */
const requestCount = 2000

export async function measureReading(generator: Generator, size: Size): Promise<Figure[]> {
  const figures: Figure[] = []
  const ratios = new Map<number, number>()
  for (const groups of size.groupCounts) {
    const estate = await fill({ groups, rules: 20 })
    const plain = await describeById(estate, { generator, size })
    const { ratio, note } = plain
    ratios.set(groups, ratio)
    const isUsual = groups === size.usualGroups
    const aim = isUsual ? { atLeast: 0.6 } : undefined
    const name = `DescribeSecurityGroups by id, ${groups} groups stored`
    figures.push({ name, value: ratio, unit: 'of bare', aim, note })
    if (isUsual) {
      const { answerSize } = plain
      figures.push(await measureSigned(estate, { generator, size, answerSize }), await measurePage(estate))
    }
    rmSync(estate.directory, { recursive: true })
  }
  const flatness = Math.min(...ratios.values()) / Math.max(...ratios.values())
  const name = `slowest of these sizes to fastest`
  return [...figures, { name, value: flatness, unit: 'ratio', aim: { atLeast: 0.8 }, note: '' }]
}

async function measureSigned(estate: Filled, run: Run): Promise<Figure> {
  const { ratio, note } = await describeById(estate, run, ['--credentials', credentialsFile(estate)])
  return { name: 'the same, signatures verified', value: ratio, unit: 'of bare', aim: { atLeast: 0.4 }, note }
}

interface Run {
  readonly generator: Generator
  readonly size: Size
  /** Known from an earlier run, for a server that answers no unsigned request. */
  readonly answerSize?: number
}

async function describeById(
  estate: Filled,
  { generator, size, answerSize: known }: Run,
  options: readonly string[] = [],
) {
  const server = await startOurs('--data', estate.directory, ...options)
  const asked = estate.groups.slice(0, requestCount)
  const form = (group: string) => ({ Action: 'DescribeSecurityGroups', 'GroupId.1': group })
  const answerSize = known ?? (await answerTo(server.url, form(asked[0] ?? ''))).length
  const bare = await startBare(answerSize)
  const requests = (url: string) => asked.map((group) => requestOf(url, form(group)))
  const comparison = await compare(
    { server, requests: requests(server.url) },
    { server: bare, requests: requests(bare.url) },
    { generator, ...size.rounds, connections: 32 },
  )
  await Promise.all([server.stop(), bare.stop()])
  const { ours, bare: bareRate, lowest, highest } = comparison
  const spread = `rounds from ${lowest.toFixed(2)} to ${highest.toFixed(2)}`
  const rates = `${Math.round(ours)} to ${Math.round(bareRate)} requests per processor second`
  return { ratio: comparison.ratio, answerSize, note: `${rates}, ${spread}, answers of ${answerSize} bytes` }
}

function credentialsFile({ directory }: Filled): string {
  const file = join(directory, 'keys')
  const { accessKeyId, secretAccessKey } = keys
  writeFileSync(file, `[bench]\naws_access_key_id=${accessKeyId}\naws_secret_access_key=${secretAccessKey}\n`)
  return file
}

async function measurePage(estate: Filled): Promise<Figure> {
  const server = await startOurs('--data', estate.directory)
  const form = { Action: 'DescribeSecurityGroups', MaxResults: '1000' }
  const times: number[] = []
  let bytes = 0
  for (let round = 0; round < 15; round += 1) {
    const start = performance.now()
    bytes = (await answerTo(server.url, form)).length
    times.push(performance.now() - start)
  }
  await server.stop()
  const note = `median of 15, ${(bytes / 1024 / 1024).toFixed(1)} MiB of XML`
  return { name: 'a page of 1,000 groups of 20 rules', value: median(times), unit: 'ms', aim: { atMost: 60 }, note }
}
