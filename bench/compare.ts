/** Two servers in turn, many short rounds: what else the machine does falls on both alike. */

import { cpuSeconds, type Generator, type Measured } from './process.ts'

export interface Contestant {
  readonly server: Measured
  readonly requests: readonly string[]
}

export interface Settings {
  readonly generator: Generator
  readonly rounds: number
  readonly roundMilliseconds: number
  readonly connections: number
}

export interface Comparison {
  /** Requests per second of the server's own processor time, medians. */
  readonly ours: number
  readonly bare: number
  /** Median of the rounds' ratios, ours to bare. */
  readonly ratio: number
  readonly lowest: number
  readonly highest: number
}

export async function compare(ours: Contestant, bare: Contestant, settings: Settings): Promise<Comparison> {
  await rate(ours, settings)
  await rate(bare, settings)
  const rounds: { ours: number; bare: number }[] = []
  for (let round = 0; round < settings.rounds; round += 1) {
    rounds.push({ ours: await rate(ours, settings), bare: await rate(bare, settings) })
  }
  const ratios = rounds.map((round) => round.ours / round.bare)
  return {
    ours: median(rounds.map((round) => round.ours)),
    bare: median(rounds.map((round) => round.bare)),
    ratio: median(ratios),
    lowest: Math.min(...ratios),
    highest: Math.max(...ratios),
  }
}

/** Answers of one round for each second of the server's processor time. */
async function rate({ server, requests }: Contestant, settings: Settings): Promise<number> {
  const { generator, connections, roundMilliseconds: milliseconds } = settings
  const before = cpuSeconds(server)
  const report = await generator.run({ url: server.url, requests, connections, milliseconds })
  const refusals = Object.entries(report.refusals)
  if (refusals.length > 0) throw new Error(`answers that are no success: ${JSON.stringify(refusals)}`)
  return report.answers / (cpuSeconds(server) - before)
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
