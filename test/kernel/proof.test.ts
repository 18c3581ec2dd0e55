/** What `reach` and `test` claim, on the kernel: every packet that they show fares there as they say. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { policyTestsFrom } from '../../src/app/policy-test-file.ts'
import { disagrees } from '../../src/app/stage/kernel-timeline.ts'
import { Witness } from '../../src/app/stage/witness.ts'
import type { World } from '../../src/model/world.ts'
import { formatAddress } from '../../src/net/address.ts'
import { parsePacket } from '../../src/packet/notation.ts'
import { servicesNamed } from '../../src/reach/packet-set/service-name.ts'
import { placesNamed } from '../../src/reach/place.ts'
import { Examiner } from '../../src/reach/policy-test/examiner.ts'
import { labelsBy } from '../../src/reach/reachability/labels.ts'
import { listReachability } from '../../src/reach/reachability/listing.ts'
import { Reachability } from '../../src/reach/reachability/reachability.ts'
import { selectionOf } from '../../src/reach/reachability/selection.ts'
import { replayOf } from '../../src/reach/replay.ts'
import { Chance } from '../model/chance.ts'
import { randomEstate } from '../proof/estate.ts'
import { hasStageTools } from './stage-tools.ts'

const worlds = 25

/** A timeline of each packet that the list of a world shows as reachable. */
function replaysOfRows(world: World): string[] {
  const reachability = new Reachability(world)
  const all = selectionOf(reachability, undefined)
  const on = servicesNamed(reachability.diagrams, undefined)
  const rows = listReachability(reachability, { from: all, to: all, labels: labelsBy(world, 'interface'), on })
  return rows
    .filter(({ result }) => result === 'reachable')
    .flatMap(({ packet: text }) => {
      const { source, destination, payload } = parsePacket(text)
      const [from, ...others] = placesNamed(world, formatAddress(source))
      const [to, ...more] = placesNamed(world, formatAddress(destination))
      // An address of two VPCs names two interfaces.
      if (!from || !to || others.length > 0 || more.length > 0) return []
      return [replayOf(reachability.terrain, { from, to, source, destination }, payload)]
    })
}

/** A timeline of what refutes a random claim about a world; none where it holds. */
function replaysOfClaim(world: World, chance: Chance): string[] {
  const [src, dst] = [chance.of(['internet', '10.0.0.0/16', 'eni-e', 'eni-f']), chance.of(['eni-e', 'eni-f', 'eni-g'])]
  const proto = chance.of(['tcp', 'udp'])
  const claim = `${chance.of(['accept', 'deny'])}: ["${dst}:${chance.of(['22', '*', '80-443'])}"]`
  const examiner = new Examiner(new Reachability(world))
  return policyTestsFrom(`tests:\n  - src: ${src}\n    proto: ${proto}\n    ${claim}\n`)
    .flatMap(({ claims }) => claims)
    .flatMap((each) => examiner.examine(each).replay ?? [])
}

describe.skipIf(!hasStageTools)('what is proved', () => {
  let witness: Witness

  beforeAll(async () => {
    witness = await Witness.open()
  })

  afterAll(() => witness.close())

  test('is what the kernel does', async () => {
    const first = Math.floor(Math.random() * 2 ** 31)
    const counts: Record<string, number> = {}
    for (let seed = first; seed < first + worlds; seed += 1) {
      const chance = new Chance(seed)
      const world = randomEstate(seed)
      for (const replay of [...replaysOfRows(world).slice(0, 6), ...replaysOfClaim(world, chance)]) {
        for (const witnessed of await witness.play(replay)) {
          const { result, kernel } = witnessed
          expect(
            result.isAsExpected && !disagrees(witnessed),
            `seed ${seed}, ${JSON.stringify(kernel)}\n${replay}`,
          ).toBe(true)
          const key = 'agrees' in kernel ? kernel.action : 'not asked'
          counts[key] = (counts[key] ?? 0) + 1
        }
      }
    }
    expect(Math.min(counts['allow'] ?? 0, counts['deny'] ?? 0)).toBeGreaterThan(5)
    expect(counts['not asked'] ?? 0).toBeLessThan((counts['allow'] ?? 0) / 4)
  })
})
