/**
 * `npm run soak:kernel [-- --scenes N --seed S --lanes L]`: the engine against the kernel on 50,000 random rulesets
 * and the packets that meet them. Each difference is printed as the smallest timeline that shows it; one is a failure.
 */

import { parseArgs } from 'node:util'
import { Lane, playSeeds, seedsFrom } from '../test/kernel/differential.ts'

const { values } = parseArgs({
  options: {
    scenes: { type: 'string', default: '50000' },
    seed: { type: 'string', default: String(Date.now()) },
    lanes: { type: 'string', default: '2' },
  },
})

const reportEvery = 500

function whole(name: keyof typeof values): number {
  const number = Number(values[name])
  if (Number.isSafeInteger(number) && number >= 0) return number
  throw new Error(`--${name} takes a whole number, not '${values[name]}'`)
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

async function soak(scenes: number, seed: number): Promise<number> {
  const start = performance.now()
  say(`${scenes} scenes from seed ${seed} on`)
  const lanes = await Promise.all(Array.from({ length: Math.max(1, whole('lanes')) }, () => Lane.open()))
  let differences = 0
  for (let done = 0; done < scenes; done += reportEvery) {
    const count = Math.min(reportEvery, scenes - done)
    const complaints = await playSeeds(lanes, seedsFrom(seed + done, count))
    for (const complaint of complaints) say(complaint)
    differences += complaints.length
    const seconds = Math.round((performance.now() - start) / 1000)
    say(`${done + count} played, ${differences} with differences, ${seconds} s`)
  }
  await Promise.all(lanes.map((lane) => lane.close()))
  return differences
}

if ((await soak(whole('scenes'), whole('seed'))) > 0) process.exitCode = 1
