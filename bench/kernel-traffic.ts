/**
 * Real TCP through the program that the kernel is given, beside no filter at all, connection tracking alone, and the
 * same rules as a line each: new connections and bulk, all in turns.
 */

import { ProgramLoader } from '../src/app/enforcement/program-loader.ts'
import { Namespaces } from '../src/app/stage/namespaces.ts'
import { PacketTool } from '../src/app/stage/packet-tool.ts'
import { runTool } from '../src/app/system-tool.ts'
import { compileC, formatSpread, interleave, runC, type Standing, type Subject } from './interleave.ts'
import { client, naiveRuleset, server, serverPolicy, trackingAlone } from './kernel-worlds.ts'
import type { Figure, Size } from './report.ts'

type Mode = 'connect' | 'bulk'

/** Operations of a round. */
const amounts = { connect: 1500, bulk: 1500 } as const

/** Two namespaces and a cable for each ruleset. */
class Grounds {
  readonly #namespaces: Namespaces
  readonly #program: string
  #count = 0

  private constructor(namespaces: Namespaces, program: string) {
    this.#namespaces = namespaces
    this.#program = program
  }

  static async open(program: string): Promise<Grounds> {
    const namespaces = new Namespaces()
    await new PacketTool(namespaces.holder).ready()
    return new Grounds(namespaces, program)
  }

  close(): Promise<void> {
    return this.#namespaces.close()
  }

  /** Gives what makes subjects of it. */
  async lay(load: (enter: readonly string[]) => Promise<void>): Promise<(name: string, mode: Mode) => Subject> {
    const [one, other] = [`s${this.#count}`, `c${this.#count++}`]
    const lines = [
      ...[one, other].map((name) => `ip netns add ${name}`),
      `ip -n ${one} link add eth0 type veth peer eth0 netns ${other}`,
      `ip -n ${one} address add ${server.address}/24 dev eth0`,
      `ip -n ${other} address add ${client}/24 dev eth0`,
      ...[one, other].map((name) => `ip -n ${name} link set eth0 up`),
    ]
    await runTool([...this.#namespaces.enter, 'sh', '-e'], `${lines.join('\n')}\n`)
    await load(this.#namespaces.enterNamed(one))
    const [nsenter = '', ...words] = this.#namespaces.enter
    const fixed = [this.#program, `/run/netns/${one}`, `/run/netns/${other}`, server.address, server.port]
    return (name, mode) => runC(name, nsenter, [...words, ...fixed, mode, amounts[mode]])
  }
}

async function loadOurs(enter: readonly string[], count: number): Promise<void> {
  const loader = new ProgramLoader({ enter, device: 'eth0', slot: 0 })
  await loader.load({ policy: serverPolicy(count) })
  loader.release()
}

async function loadText(enter: readonly string[], text: string): Promise<void> {
  await runTool([...enter, 'nft', '-f', '-'], text)
}

export async function trafficFigures({ ruleCounts, rounds: { rounds } }: Size): Promise<Figure[]> {
  const compiled = compileC('traffic.c')
  if ('missing' in compiled) throw new Error(compiled.missing)
  const grounds = await Grounds.open(compiled.program)
  const figures: Figure[] = []
  const bare = await grounds.lay(() => Promise.resolve())
  const tracking = await grounds.lay((enter) => loadText(enter, trackingAlone))
  const ours = new Map<number, Awaited<ReturnType<Grounds['lay']>>>()
  for (const count of ruleCounts) {
    const own = await grounds.lay((enter) => loadOurs(enter, count))
    const naive = await grounds.lay((enter) => loadText(enter, naiveRuleset(count)))
    ours.set(count, own)
    for (const mode of ['connect', 'bulk'] as const) {
      const subjects = [own('ours', mode), bare('none', mode), tracking('tracking', mode), naive('naive', mode)]
      figures.push(...ratios(count, mode, await interleave(subjects, rounds * roundsMore)))
    }
  }
  const [fewest, most] = [ruleCounts[0], ruleCounts.at(-1)] as const
  const [few, many] = [ours.get(Number(fewest)), ours.get(Number(most))]
  if (few && many) {
    const [, standing] = await interleave([many('many', 'connect'), few('few', 'connect')], rounds * roundsMore)
    figures.push(figure(`new connections, ${most} entries to ${fewest}`, standing, { aim: { atLeast: 0.93 } }))
  }
  await grounds.close()
  return figures
}

/** Short rounds, many of them: a neighbour's work shows in some. */
const roundsMore = 3

/** What feasibility promised, in rates to another's in the same round. */
const aims: Readonly<Record<Mode, Readonly<Record<string, number>>>> = {
  connect: { none: 0.8, tracking: 0.93, 'naive 1000': 2.3, 'naive 10000': 9 },
  bulk: { none: 0.93 },
}

const titles = { connect: 'new connections', bulk: 'throughput' } as const
const rivals = { none: 'no filter', tracking: 'connection tracking alone', naive: 'a line a rule' } as const

function ratios(count: number, mode: Mode, [own, ...others]: readonly Standing[]): Figure[] {
  return others.map((standing) => {
    const aim = aims[mode][standing.name] ?? aims[mode][`${standing.name} ${count}`]
    const against = rivals[standing.name as keyof typeof rivals]
    const costs = [own, standing].map((each) => `${((each?.nanoseconds.median ?? 0) / 1000).toFixed(1)} µs`)
    return figure(`${titles[mode]}, ${count} entries, to ${against}`, standing, {
      aim: aim === undefined ? undefined : { atLeast: aim },
      costs: `; ${mode === 'connect' ? 'a connection' : '64 KiB'} ${costs.join(' to ')}`,
    })
  })
}

interface About {
  readonly aim: Figure['aim']
  readonly costs?: string
}

/** The other's time to ours in the same round is our rate to the other's. */
function figure(name: string, standing: Standing | undefined, { aim, costs = '' }: About): Figure {
  const spread = standing?.toFirst ?? { median: Number.NaN, lowest: Number.NaN, highest: Number.NaN }
  return { name, value: spread.median, unit: 'ratio', aim, note: `rounds ${formatSpread(spread)}${costs}` }
}
