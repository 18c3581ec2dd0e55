/**
 * Engine and kernel judge the packets of 2,000 random rulesets alike, while rules, members and lists change under
 * them; `npm run soak:kernel` takes more. What the scenes leave out stands in avoided.ts.
 */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Lane, playSeeds, seedsFrom } from './differential.ts'

const scenes = 2000
const atOnce = 100
const lanes: Lane[] = []

beforeAll(async () => {
  lanes.push(...(await Promise.all([Lane.open(), Lane.open()])))
})

afterAll(() => Promise.all(lanes.map((lane) => lane.close())))

test('a kernel that does otherwise is found out', async () => {
  const scene = `
world
  group a ingress tcp 80  from 0.0.0.0/0 as sgr-1
  group a egress  tcp any to 0.0.0.0/0 as sgr-2
  interface e 10.0.0.10 in a

0s e ingress tcp 203.0.113.5:40000 > 10.0.0.10:80 S
0s revoke sgr-1
0s e egress  tcp 10.0.0.10:80 > 203.0.113.5:40000 SA
`
  const [lane] = lanes
  expect(await lane?.disagreements(scene)).toEqual([])
  const found = await lane?.disagreements(scene, { isAutoTracked: true })
  expect(found).toMatchObject([{ line: 9, engine: 'deny', kernel: 'allow' }])
})

const firsts = Array.from({ length: scenes / atOnce }, (_, index) => 1 + index * atOnce)

describe('engine and kernel agree on every packet', () => {
  test.each(firsts)(`of the ${atOnce} scenes from seed %i on`, async (first) => {
    expect(await playSeeds(lanes, seedsFrom(first, atOnce))).toEqual([])
  })
})
