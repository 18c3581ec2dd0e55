/** Many interfaces at once: their rules brought into the kernel from nothing, and what one change then takes. */

import { ProgramLoader } from '../src/app/enforcement/program-loader.ts'
import { Turns } from '../src/app/enforcement/turns.ts'
import { Namespaces } from '../src/app/stage/namespaces.ts'
import { PacketTool } from '../src/app/stage/packet-tool.ts'
import { runTool } from '../src/app/system-tool.ts'
import type { InterfacePolicy } from '../src/policy/policy.ts'
import { median } from './compare.ts'
import { crowd, policiesAfter } from './kernel-worlds.ts'
import type { Figure, Size } from './report.ts'

/** As the running system does it. */
const atOnce = 4

const steps = [
  { what: 'one rule more in one group', change: 'authorize g0 ingress tcp 9500 from 203.0.113.0/24' },
  { what: 'one member more in one group', change: 'attach g1 to e0' },
]

interface Taken {
  readonly seconds: number
  /** Of each interface that had something to do, from when its turn came. */
  readonly each: readonly number[]
}

export async function scaleFigures({ interfaces }: Size): Promise<Figure[]> {
  const namespaces = new Namespaces()
  await new PacketTool(namespaces.holder).ready()
  const names = Array.from({ length: interfaces }, (_, index) => `e${index}`)
  await runTool([...namespaces.enter, 'sh', '-e'], `${names.map((name) => `ip netns add ${name}`).join('\n')}\n`)
  const loaders = names.map(
    (name) => new ProgramLoader({ enter: namespaces.enterNamed(name), device: 'eth0', slot: 0 }),
  )
  const [first = [], ...rest] = policiesAfter(
    crowd(interfaces),
    steps.map(({ change }) => change),
  )
  const figures = [
    shown(`${interfaces} interfaces of 5 groups of 60 rules, from nothing`, await load(loaders, first, [])),
  ]
  for (const [index, { what }] of steps.entries()) {
    const [before = [], after = []] = [index === 0 ? first : rest[index - 1], rest[index]]
    figures.push(shown(`${what}, until all whom it concerns have it`, await load(loaders, after, before)))
  }
  for (const loader of loaders) loader.release()
  await namespaces.close()
  return figures
}

async function load(
  loaders: readonly ProgramLoader[],
  policies: readonly InterfacePolicy[],
  before: readonly InterfacePolicy[],
): Promise<Taken> {
  const turns = new Turns(atOnce)
  const each: number[] = []
  const start = performance.now()
  const concerned = policies.flatMap((policy, index) => (policy === before[index] ? [] : [{ policy, index }]))
  await Promise.all(
    concerned.map(({ policy, index }) =>
      turns.take(async () => {
        const begun = performance.now()
        await loaders[index]?.load({ policy })
        each.push(performance.now() - begun)
      }),
    ),
  )
  return { seconds: (performance.now() - start) / 1000, each }
}

function shown(name: string, { seconds, each }: Taken): Figure {
  const note = `${each.length} interfaces changed, each in ${median(each).toFixed(1)} ms (median) of its turn`
  return { name, value: seconds * 1000, unit: 'ms', aim: undefined, note }
}
