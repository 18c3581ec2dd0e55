/** A world that is written as a template and read again is the same network: over random worlds. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cloudFormationOf } from '../../src/export/cloudformation.ts'
import { inventoryOf } from '../../src/export/inventory.ts'
import { pascal } from '../../src/export/names.ts'
import { importTemplates } from '../../src/import/cloudformation/import-templates.ts'
import { put } from '../../src/model/change.ts'
import { apply, type World } from '../../src/model/world.ts'
import { canonicalWorld } from '../canonical-world.ts'
import { randomEstate } from '../proof/estate.ts'

/** The estates share one open ACL between VPCs, which AWS does not: each VPC is given its own. */
function ownAcls(world: World): World {
  return apply(
    world,
    Array.from(world.subnet.values()).flatMap((subnet) => {
      const acl = world.networkAcl.get(subnet.acl)
      if (!acl || acl.vpc === subnet.vpc) return []
      const id = `acl-of-${subnet.vpc}` as const
      return [put('networkAcl', { ...acl, id, vpc: subnet.vpc }), put('subnet', { ...subnet, acl: id })]
    }),
  )
}

/** Both sides under the names of the template. */
function thereAndBack(world: World) {
  const inventory = inventoryOf(world)
  const { text } = cloudFormationOf(inventory)
  const given = { ...world.scope, parameters: {} }
  const back = importTemplates([{ file: 'made.yaml', text, stack: '' }], given)
  const before = canonicalWorld(world, (id) => pascal(inventory.names.get(id) ?? id))
  const after = canonicalWorld(back.certain, (id) => back.origins.get(id)?.name ?? id)
  return { before, after, back, text }
}

describe('a template', () => {
  test('brings back the world that it was written from', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0 }), (seed) => {
        const { before, after, back } = thereAndBack(ownAcls(randomEstate(seed)))
        expect(after).toEqual(before)
        expect(back.doubts).toEqual([])
      }),
      { numRuns: 250 },
    )
  })
})
