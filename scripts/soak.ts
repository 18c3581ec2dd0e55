/**
 * `npm run soak [-- --sequences N --seed S]`: the engine against the reference model on a million random
 * timelines. On the first difference it prints the smallest vector that shows it, and fails.
 */

import { parseArgs } from 'node:util'
import { disagreement, report } from '../test/model/agreement.ts'
import { randomTimeline } from '../test/model/random-timeline.ts'

const { values } = parseArgs({
  options: { sequences: { type: 'string', default: '1000000' }, seed: { type: 'string', default: String(Date.now()) } },
})

const reportEvery = 10_000

function whole(name: 'sequences' | 'seed'): number {
  const number = Number(values[name])
  if (Number.isSafeInteger(number) && number >= 0) return number
  throw new Error(`--${name} takes a whole number, not '${values[name]}'`)
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

function soak(sequences: number, seed: number): boolean {
  const start = performance.now()
  say(`${sequences} sequences from seed ${seed} on`)
  for (let count = 0; count < sequences; count++) {
    const text = randomTimeline(seed + count)
    if (disagreement(text)) {
      say(report(seed + count, text))
      return false
    }
    const done = count + 1
    if (done % reportEvery === 0) say(`${done} agree, ${Math.round((performance.now() - start) / 1000)} s`)
  }
  say(`${sequences} agree`)
  return true
}

if (!soak(whole('sequences'), whole('seed'))) process.exitCode = 1
