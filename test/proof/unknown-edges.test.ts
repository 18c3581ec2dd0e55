/** ACL entries and routes that are not known: what is certain holds, and nothing else is possible, whatever they turn out to be. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type EntryKnown, type PerhapsRoute, withPerhapsEntry, withPerhapsRoute } from '../../src/import/perhaps.ts'
import { put } from '../../src/model/change.ts'
import type { NetworkAcl, NetworkAclEntry } from '../../src/model/network-acl.ts'
import type { Route, RouteTarget } from '../../src/model/routing.ts'
import { apply, type World } from '../../src/model/world.ts'
import { explain, explainWithin } from '../../src/reach/explain.ts'
import type { Bounds } from '../../src/reach/reachability/bounded.ts'
import { Chance } from '../model/chance.ts'
import { randomEstate } from './estate.ts'

/** What is not told of an entry, besides its block. */
type Untold = 'number' | 'direction' | 'action' | 'traffic'

const cidrs = ['10.0.0.0/16', '10.0.1.0/24', '10.0.0.32/27', '10.0.2.30/32', '192.0.2.0/24', '0.0.0.0/0', '10.1.0.0/16']

function anyEntry(chance: Chance): NetworkAclEntry {
  return {
    number: chance.of([1, 75, 80, 85, 90, 200]),
    direction: chance.of(['ingress', 'egress']),
    action: chance.of(['allow', 'deny']),
    family: 4,
    cidr: chance.of(cidrs),
    ...chance.of([
      { protocol: -1 },
      { protocol: 6, ports: { from: 20, to: 80 } },
      { protocol: 17, ports: { from: 53, to: 53 } },
    ]),
  }
}

interface Case {
  readonly real: World
  readonly bounds: Bounds
}

function withEntry(world: World, chance: Chance): Case {
  const acl = chance.of(Array.from(world.networkAcl.values()))
  const entry = anyEntry(chance)
  const taken = (each: NetworkAclEntry) => each.number === entry.number && each.direction === entry.direction
  const rest: NetworkAcl = { ...acl, entries: acl.entries.filter((each) => !taken(each)) }
  const untold = new Set<Untold>(chance.some(['number', 'direction', 'action', 'traffic'] as const, 0.15))
  const { number, direction, action, ports, protocol } = entry
  const known: EntryKnown = {
    families: chance.of([[4], [4, 6]]),
    ...(untold.has('number') ? {} : { number }),
    ...(untold.has('direction') ? {} : { direction }),
    ...(untold.has('action') ? {} : { action }),
    ...(untold.has('traffic') ? {} : { traffic: { protocol, ...(ports && { ports }) } }),
    ...(chance.isLikely(0.2) ? { cidr: entry.cidr } : {}),
  }
  // An entry whose every part is told may still not be there.
  const isThere = chance.isLikely(0.8)
  const of = (bound: 'certain' | 'possible') => apply(world, [put('networkAcl', withPerhapsEntry(rest, known, bound))])
  const told = isThere ? { ...rest, entries: [...rest.entries, entry] } : rest
  return {
    real: apply(world, [put('networkAcl', told)]),
    bounds: { certain: of('certain'), possible: of('possible') },
  }
}

const targets: readonly RouteTarget[] = [
  { kind: 'internet-gateway', id: 'igw-1' },
  { kind: 'peering', id: 'pcx-1' },
  { kind: 'other', id: 'vgw-1' },
  { kind: 'other', id: 'nat-1' },
  { kind: 'network-interface', id: 'eni-g' },
]

function withRoute(world: World, chance: Chance): Case {
  const table = chance.of(Array.from(world.routeTable.values()))
  const blocks = world.vpc.get(table.vpc)?.cidrBlocks.map(({ cidr }) => cidr) ?? []
  const target = chance.of(targets)
  const destination = { kind: 'ipv4', cidr: chance.of(cidrs) } as const
  // AWS takes no second route for a block, and inside of the VPC middleboxes alone.
  const route: Route = { destination, target }
  const isInside = destination.cidr.startsWith('10.0.') && table.vpc === 'vpc-1'
  const isTaken = table.routes.some((each) => JSON.stringify(each.destination) === JSON.stringify(destination))
  const isMiddlebox = target.kind === 'network-interface' || (target.kind === 'other' && target.id === 'nat-1')
  const isRefused = isTaken || (isInside && !isMiddlebox)
  const isThere = !isRefused && chance.isLikely(0.8)
  const perhaps: PerhapsRoute = {
    families: chance.of([[4], [4, 6]]),
    target,
    ...(chance.isLikely(0.3) ? { destination } : {}),
  }
  const of = (bound: 'certain' | 'possible') =>
    apply(world, [put('routeTable', withPerhapsRoute(table, perhaps, { bound, blocks }))])
  const real = isThere ? apply(world, [put('routeTable', { ...table, routes: [...table.routes, route] })]) : world
  return { real, bounds: { certain: of('certain'), possible: of('possible') } }
}

/** For each two ends, what is said within the bounds and what is true. */
function checked({ real, bounds }: Case, chance: Chance, counts: Record<string, number>): void {
  const ends = [...Array.from(real.networkInterface.keys()), '192.0.2.7', '198.51.100.9']
  for (let tries = 0; tries < 12; tries += 1) {
    const [from, to] = [chance.of(ends), chance.of(ends)]
    if (from === to || !(from.startsWith('eni-') || to.startsWith('eni-'))) continue
    const traffic = chance.of([{ protocol: 'tcp', port: 80 } as const, { protocol: 'udp', port: 53 } as const])
    const said = explainWithin(bounds, { from, to, traffic })
    const is = explain(real, { from, to, traffic })
    counts[said.result] = (counts[said.result] ?? 0) + 1
    const why = JSON.stringify({ from, to, traffic, is: is.findings.map(({ hops }) => hops) })
    if (said.result === 'reachable') expect(is.result, why).toBe('reachable')
    if (said.result === 'unreachable') expect(is.result, why).toBe('unreachable')
  }
}

test.each([
  ['an ACL entry', withEntry],
  ['a route', withRoute],
] as const)(
  'of %s over random worlds',
  (_, loosened) => {
    const counts: Record<string, number> = {}
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), (seed) => {
        const chance = new Chance(seed)
        checked(loosened(randomEstate(seed), chance), chance, counts)
      }),
      { numRuns: 200 },
    )
    for (const result of ['reachable', 'unreachable', 'undetermined'])
      expect(counts[result], result).toBeGreaterThan(20)
  },
  60_000,
)
