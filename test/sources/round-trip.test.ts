/** A world that is written as a template and read again is the same network: over random worlds. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Sandbox } from '../../src/app/sandbox.ts'
import { instant } from '../../src/base/clock.ts'
import { seededEntropy } from '../../src/base/entropy.ts'
import { awsCliOf } from '../../src/export/aws-cli.ts'
import { cloudFormationOf } from '../../src/export/cloudformation.ts'
import { inventoryOf } from '../../src/export/inventory.ts'
import { pascal, snake } from '../../src/export/names.ts'
import { importTemplates } from '../../src/import/cloudformation/import-templates.ts'
import { type Change, put } from '../../src/model/change.ts'
import { apply, type World } from '../../src/model/world.ts'
import { overlaps, parseCidr } from '../../src/net/cidr.ts'
import { Terminal } from '../../src/terminal/terminal.ts'
import { canonicalWorld } from '../canonical-world.ts'
import { randomEstate } from '../proof/estate.ts'
import { change, gateway } from '../reach-world.ts'

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

/** Without IPv6, of which AWS gives blocks of its own choice. */
function withoutIpv6(world: World): World {
  const cards = Array.from(world.networkInterface.values()).filter((card) => card.privateAddresses.length > 0)
  return apply(world, [
    ...Array.from(world.vpc.values(), (vpc) => put('vpc', { ...vpc, ipv6CidrBlocks: [] })),
    // A rule about a list counts as many as the list may hold.
    ...Array.from(world.prefixList.values(), (list) => put('prefixList', { ...list, maxEntries: 5 })),
    ...Array.from(world.subnet.values(), (subnet) => put('subnet', { ...subnet, ipv6CidrBlocks: [] })),
    ...cards.map((card) => put('networkInterface', { ...card, ipv6Addresses: [] })),
  ])
}

/** Lines may put a subnet into another, and interfaces where no IPv4 is: AWS has no such network. */
function isOfAws(world: World): boolean {
  // To an entry for ICMPv6 with an IPv4 block AWS gives all types, whatever it was asked for.
  const entries = Array.from(world.networkAcl.values()).flatMap((acl) => acl.entries)
  if (entries.some(({ protocol, family, icmp }) => protocol === 58 && family === 4 && icmp?.type !== -1)) return false
  const blocks = Array.from(world.subnet.values(), ({ vpc, cidr }) => ({ vpc, block: parseCidr(cidr ?? '')?.cidr }))
  return blocks.every(({ vpc, block }, index) => {
    const others = blocks.slice(index + 1).filter((each) => each.vpc === vpc)
    return block && others.every((each) => each.block && !overlaps(block, each.block))
  })
}

/** Without routes to what is not of the world, which a script leaves out. */
function withoutForeign(world: World): World {
  const tables = Array.from(world.routeTable.values(), (table) => {
    return put('routeTable', { ...table, routes: table.routes.filter(({ target }) => target.kind !== 'other') })
  })
  return apply(world, tables)
}

/** Without what AWS makes in every Region. */
function withoutDefault(world: World): World {
  const isOut = new Set(Array.from(world.vpc.values()).flatMap(({ id, isDefault }) => (isDefault ? [id] : [])))
  return apply(world, [
    ...Array.from(isOut, (id): Change => ({ kind: 'removed', of: 'vpc', id })),
    ...Array.from(world.subnet.values())
      .filter(({ vpc }) => isOut.has(vpc))
      .map(({ id }): Change => ({ kind: 'removed', of: 'subnet', id })),
  ])
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
      { numRuns: 200 },
    )
  }, 60_000)
})

/** As the terminal takes it, which has no redirections and no options of its own. */
async function played(world: World) {
  const inventory = inventoryOf(world)
  const script = awsCliOf(inventory).text.replace('set -euo pipefail\n', '').replaceAll(' > /dev/null', '')
  const { scope } = world
  const cloud = await Sandbox.open({ scope, now: instant(0), entropy: seededEntropy(1) })
  const terminal = new Terminal({ cloud, entropy: seededEntropy(2) })
  const { stderr, exitCode } = await terminal.run(script)
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
  const names = new Map<string, string>()
  for (const [id, name] of inventory.names) {
    const { stdout } = await terminal.run(`echo $${snake(name).toUpperCase()}`)
    names.set(stdout.trim(), inventory.names.get(id) ?? '')
  }
  return { inventory, cloud, names }
}

describe('a script of aws CLI calls', () => {
  test('makes the world that it was written from', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0 }), async (seed) => {
        const world = ownAcls(withoutIpv6(change(randomEstate(seed), gateway())))
        fc.pre(world.vpc.size === 1 && isOfAws(world))
        const { inventory, cloud, names } = await played(world)
        const before = canonicalWorld(withoutForeign(inventory.world), (id) => inventory.names.get(id) ?? id)
        const after = canonicalWorld(withoutDefault(cloud.world), (id) => names.get(id) ?? id)
        expect(after).toEqual(before)
      }),
      { numRuns: 25 },
    )
  }, 60_000)
})
