/**
 * What a decision costs once rules are indexed, beside the plain search, a scan of typed arrays and the same
 * tables in C; what making the tables costs; and what a change costs until the next packet is decided.
 */

import { invariant } from '../src/base/invariant.ts'
import type { Allow } from '../src/policy/policy.ts'
import { PolicyTable } from '../src/policy/policy-table.ts'
import { emptyList, indexRules, type RuleIndex } from '../src/policy/rule-index.ts'
import { median } from './compare.ts'
import { measureChanges } from './deciding-changes.ts'
import { type Packets, packetObjects, packetsFor } from './deciding-packets.ts'
import { floorInC, plainSearch, typedScan } from './deciding-rivals.ts'
import { type Families, type Workload, workloads, worldOfWorkload } from './deciding-worlds.ts'
import { formatSpread, inProcess, interleave, type Standing, type Subject } from './interleave.ts'
import type { Figure, Size } from './report.ts'

const allFamilies: readonly Families[] = ['IPv4', 'IPv6', 'mixed']
/** Packets that the searches are held against: so many take them long enough. */
const searchedPackets = 2048
const rounds = 7

/** How many times faster than a scan of typed arrays. */
const leastSpeedUp: Readonly<Record<string, number>> = { d60: 5, d1000: 45, d10000: 300, d100000: 2000 }

export async function measureDeciding(size: Size): Promise<Figure[]> {
  const chosen = workloads.filter(({ name }) => size.decidingWorkloads.includes(name))
  const times = new Map<string, number>()
  const figures: Figure[] = []
  for (const families of allFamilies) {
    for (const workload of chosen) {
      const contest = await contestOf(workload, families, size.decidedPackets)
      times.set(`${workload.name} ${families}`, contest.nanoseconds)
      figures.push(...contest.figures)
      const ipv4 = times.get(`${workload.name} IPv4`)
      if (families === 'IPv6' && ipv4 !== undefined) figures.push(againstIpv4(workload, contest.nanoseconds / ipv4))
    }
  }
  const [least, most] = [chosen.at(0), chosen.at(-1)]
  invariant(least && most, 'workloads were chosen')
  const value = (times.get(`${most.name} IPv4`) ?? Number.NaN) / (times.get(`${least.name} IPv4`) ?? Number.NaN)
  const name = `a decision by ${most.name} to one by ${least.name}, IPv4`
  figures.push({ name, value, unit: 'ratio', aim: { atMost: 2 }, note: '' })
  return [...figures, ...measureChanges(chosen)]
}

function againstIpv4({ name, rules }: Workload, value: number): Figure {
  const aim = rules > 60 ? { atMost: 2 } : undefined
  return { name: `${name}, IPv6 to IPv4`, value, unit: 'ratio', aim, note: '' }
}

interface Contest {
  readonly nanoseconds: number
  readonly figures: readonly Figure[]
}

async function contestOf(workload: Workload, families: Families, packetCount: number): Promise<Contest> {
  const world = worldOfWorkload(workload, families)
  const policies = timed(5, () => new PolicyTable(world).get('eni-d'))
  invariant(policies.result, 'the workload has it')
  const allows = policies.result.allows.ingress
  const tables = timed(5, () => accelerated(allows))
  const packets = packetsFor(allows, families, packetCount)
  const subjects = [ours(tables.result, packets)]
  const floor = families === 'IPv4' ? floorInC(allows, packets, searchedPackets) : undefined
  if (floor !== undefined && typeof floor !== 'string') subjects.push(floor)
  if (families === 'IPv4') subjects.push(typedScan(allows, packets, searchedPackets))
  subjects.push(plainSearch(allows, packetObjects(allows, families, searchedPackets)))
  const standings = await interleave(subjects, rounds)
  const [own, ...rivals] = standings
  invariant(own, 'it is the first')
  const name = `${workload.name}, ${families}`
  const note = `${rivals.map(describe).join('; ')}${typeof floor === 'string' ? `; C ${floor}` : ''}; ${agreement(standings)}`
  return {
    nanoseconds: own.nanoseconds.median,
    figures: [
      { name: `a decision by ${name}`, value: own.nanoseconds.median, unit: 'ns', aim: undefined, note },
      ...rivals.flatMap((rival) => rivalFigure(workload, name, rival)),
      {
        name: `compiling ${name}`,
        value: policies.milliseconds,
        unit: 'ms',
        aim: undefined,
        note: `median of 5; its index ${tables.milliseconds.toFixed(1)} ms`,
      },
    ],
  }
}

function rivalFigure(workload: Workload, name: string, { name: rival, toFirst }: Standing): Figure[] {
  if (rival.includes('in C')) {
    const note = `rounds from ${(1 / toFirst.highest).toFixed(2)} to ${(1 / toFirst.lowest).toFixed(2)}`
    return [{ name: `${name}, to ${rival}`, value: 1 / toFirst.median, unit: 'of C', aim: { atMost: 1.7 }, note }]
  }
  if (!rival.includes('typed')) return []
  const atLeast = leastSpeedUp[workload.name] ?? 1
  const note = `rounds from ${Math.round(toFirst.lowest)} to ${Math.round(toFirst.highest)}`
  return [{ name: `${name}, faster than ${rival}`, value: toFirst.median, unit: 'times', aim: { atLeast }, note }]
}

function describe({ name, nanoseconds }: Standing): string {
  return `${name} ${formatSpread(nanoseconds, nanoseconds.median < 100 ? 1 : 0)} ns`
}

/** `allowed of the first packets/allowed of all`: the searches answer for the first alone. */
function agreement(standings: readonly Standing[]): string {
  const answers = standings.flatMap((standing) => [...standing.answers])
  const firsts = new Set(answers.map((answer) => answer.split('/')[0]))
  const wholes = new Set(answers.map((answer) => answer.split('/')[1]).filter((whole) => whole !== undefined))
  if (firsts.size !== 1 || wholes.size !== 1) throw new Error(`the subjects disagree: ${answers.join(' ')}`)
  return `all allow the same ${[...firsts].join()} of ${searchedPackets}`
}

function accelerated(allows: readonly Allow[]): RuleIndex {
  const index = indexRules(allows)
  invariant(index, 'the workloads can be indexed')
  index.accelerate()
  return index
}

function ours(index: RuleIndex, packets: Packets): Subject {
  const lists = new Int32Array(packets.count)
  const decide = packets.families.every((family) => family === 4) ? decideIpv4 : decideBoth
  const allowedOf = (count: number) =>
    lists.subarray(0, count).reduce((sum, list) => sum + Number(list !== emptyList), 0)
  const subject = inProcess('the index', packets.count, () => {
    decide(index, packets, lists)
    return ''
  })
  return {
    ...subject,
    // Counting what was allowed is no part of deciding.
    round: async () => ({
      ...(await subject.round()),
      answer: `${allowedOf(searchedPackets)}/${allowedOf(packets.count)}`,
    }),
  }
}

function decideIpv4(index: RuleIndex, { count, words, keys }: Packets, lists: Int32Array): void {
  for (let packet = 0; packet < count; packet++) {
    lists[packet] = index.known4(words[packet * 4] as number, keys[packet] as number)
  }
  for (let packet = 0; packet < count; packet++) {
    if (lists[packet] === 0) lists[packet] = index.find4(words[packet * 4] as number, keys[packet] as number)
  }
}

function decideBoth(index: RuleIndex, { count, families, words, keys }: Packets, lists: Int32Array): void {
  for (let packet = 0; packet < count; packet++) {
    const key = keys[packet] as number
    lists[packet] =
      families[packet] === 4 ? index.known4(words[packet * 4] as number, key) : index.known6(words, packet * 4, key)
  }
  for (let packet = 0; packet < count; packet++) {
    if (lists[packet] !== 0) continue
    const key = keys[packet] as number
    lists[packet] =
      families[packet] === 4 ? index.find4(words[packet * 4] as number, key) : index.find6(words, packet * 4, key)
  }
}

function timed<T>(times: number, make: () => T): { readonly result: T; readonly milliseconds: number } {
  const spans: number[] = []
  let result = make()
  for (let time = 0; time < times; time++) {
    const before = process.cpuUsage()
    result = make()
    const { user, system } = process.cpuUsage(before)
    spans.push((user + system) / 1000)
  }
  return { result, milliseconds: median(spans) }
}
