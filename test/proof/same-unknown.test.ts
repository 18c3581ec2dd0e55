/** What is undetermined before and after: no difference where the unknown is one, and told where it may be two. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Change, put } from '../../src/model/change.ts'
import { apply, type World } from '../../src/model/world.ts'
import { formatAddress, parseAddress } from '../../src/net/address.ts'
import { parsePacket } from '../../src/packet/notation.ts'
import type { Packet } from '../../src/packet/packet.ts'
import { type Comparison, compareBounds, compareWorlds } from '../../src/reach/compare.ts'
import { Terrain } from '../../src/reach/host.ts'
import { ruleText } from '../../src/reach/packet-set/service-text.ts'
import { placesNamed } from '../../src/reach/place.ts'
import type { Bounds } from '../../src/reach/reachability/bounded.ts'
import { walk } from '../../src/reach/walk.ts'
import { Chance } from '../model/chance.ts'
import { hosts } from '../model/random-world.ts'
import { instance, reachWorld, route } from '../reach-world.ts'
import { randomEstate } from './estate.ts'

const known = `
  group web
  group db
  group web egress any to 0.0.0.0/0
  group db ingress tcp 5432 from web
  interface web 10.0.0.5 in web
  interface db 10.0.0.6 in db
`

function told({ rows, undetermined }: Comparison): string[] {
  return [...rows, ...undetermined].map(({ result, from, to, services }) => {
    const ends = [from, to].map(({ name, addresses }) => [name, ...addresses].join(' ')).join(' > ')
    return `${result} ${ends}: ${services.map(ruleText).join('; ')}`
  })
}

describe('a rule that a source does not tell', () => {
  const unknown = '  group db ingress tcp 22 from 0.0.0.0/0 as sgr-unknown\n'
  const bounds = (lines = known): Bounds => ({ certain: reachWorld(lines), possible: reachWorld(lines + unknown) })
  const ssh = 'undetermined eni-web > eni-db: tcp 22'

  test('may turn out one way in one source and the other way in another', () => {
    const { rows, undetermined } = compareBounds(bounds(), bounds(), 'interface')
    expect(told({ rows, undetermined, ends: 2 })).toEqual([ssh])
    expect(undetermined[0]).toMatchObject({
      packet: 'tcp 10.0.0.5:40000 > 10.0.0.6:22 S',
      by: [{ rule: 'sgr-1' }, { rule: 'sgr-unknown' }],
    })
  })

  test('is no difference where it is one unknown and nothing about its ends changes', () => {
    const bystander = `${known}  group ops\n  interface ops 10.0.0.7 in ops\n`
    expect(told(compareBounds(bounds(), bounds(), 'interface', true))).toEqual([])
    expect(told(compareBounds(bounds(), bounds(bystander), 'interface', true))).toEqual([])
  })

  test('may be another one where the rules of an end change, though its bounds do not', () => {
    const other = {
      certain: reachWorld(known),
      possible: reachWorld(known + unknown.replace('sgr-unknown', 'sgr-new')),
    }
    expect(told(compareBounds(bounds(), other, 'interface', true))).toEqual([ssh])
  })

  test('is a difference as before where it is in one of them only', () => {
    const certain = { certain: reachWorld(known), possible: reachWorld(known) }
    expect(told(compareBounds(certain, bounds(), 'interface'))).toEqual(['may open eni-web > eni-db: tcp 22'])
    expect(told(compareBounds(bounds(), certain, 'interface'))).toEqual(['may close eni-web > eni-db: tcp 22'])
  })
})

describe('a hop that is not run here', () => {
  const behind = (...routes: readonly (readonly [string, string])[]) =>
    reachWorld(known, ...routes.map(([to, via]) => route(to, via)))

  test('is one unknown while the way leads there', () => {
    const before = behind(['0.0.0.0/0', 'nat-1'])
    expect(told(compareWorlds(before, behind(['0.0.0.0/0', 'nat-1']), 'interface'))).toEqual([])
    expect(told(compareWorlds(before, behind(['0.0.0.0/1', 'nat-1'], ['128.0.0.0/1', 'nat-1']), 'interface'))).toEqual(
      [],
    )
  })

  test('is another unknown where another stands there, for those addresses', () => {
    const before = behind(['0.0.0.0/0', 'nat-1'])
    const after = behind(['0.0.0.0/0', 'nat-1'], ['198.51.100.0/24', 'nat-2'])
    expect(told(compareWorlds(before, after, 'interface'))).toEqual([
      'undetermined eni-web > internet 198.51.100.0/24: all traffic',
    ])
  })

  test('lets by what its own rules say, where it is an interface', () => {
    const appliance = (port: number) =>
      reachWorld(
        `${known}  group fw ingress tcp ${port} from 0.0.0.0/0\n  interface fw 10.0.9.9 in fw instance fw\n`,
        instance('i-fw', 'running'),
        route('0.0.0.0/0', 'eni-fw'),
      )
    const rows = told(compareWorlds(appliance(443), appliance(80), 'interface'))
    expect(rows.filter((row) => row.startsWith('undetermined'))).toEqual([
      'undetermined eni-web > internet: all traffic',
    ])
    expect(told(compareWorlds(appliance(443), appliance(443), 'interface'))).toEqual([])
  })

  test('is one unknown beside what a source does not tell', () => {
    const doubtful = (): Bounds => ({
      certain: behind(['0.0.0.0/0', 'nat-1']),
      possible: reachWorld(`${known}  group db egress tcp 443 to 0.0.0.0/0\n`, route('0.0.0.0/0', 'nat-1')),
    })
    expect(told(compareBounds(doubtful(), doubtful(), 'interface'))).toEqual([
      'undetermined eni-db > internet: tcp 443',
    ])
  })
})

type Fate = 'stops' | 'unknown' | 'passes'

function walked(terrain: Terrain, packet: Packet): { readonly fate: Fate; readonly via: string } | undefined {
  const [from, to] = [packet.source, packet.destination].map(
    (address) => placesNamed(terrain.world, formatAddress(address))[0],
  )
  if (!from || !to || (from.kind === 'outside' && to.kind === 'outside')) return undefined
  const hops = walk(terrain, { from, to, packet })
  const unknown = hops.filter(({ outcome }) => outcome === 'unknown')
  const fate = hops.some(({ outcome }) => outcome === 'stops') ? 'stops' : unknown.length > 0 ? 'unknown' : 'passes'
  return { fate, via: unknown.map((hop) => ('via' in hop ? `${hop.leg} ${hop.via}` : '')).join() }
}

describe('over random worlds', () => {
  test('each packet that is undetermined in both is told, or meets the same hop in both', () => {
    let [met, rowsMet] = [0, 0]
    const property = fc.property(fc.integer(), (seed) => {
      const chance = new Chance(seed)
      const real = randomEstate(seed)
      const [before, after] = [loosened(detoured(real, chance), chance), loosened(detoured(real, chance), chance)]
      const comparison = compareBounds(before, after, 'interface')
      const terrains = [before.certain, before.possible, after.certain, after.possible].map((each) => new Terrain(each))
      const isTold = (packet: Packet) => {
        const all = terrains.map((terrain) => walked(terrain, packet))
        if (all.includes(undefined)) return undefined
        const [least, most, leastAfter, mostAfter] = all as NonNullable<(typeof all)[number]>[]
        const isOpen = [
          [least, most],
          [leastAfter, mostAfter],
        ].every(([one, other]) => one?.fate !== 'passes' && other?.fate !== 'stops')
        if (!isOpen) return false
        const isAtHop = least?.fate === 'unknown' && leastAfter?.fate === 'unknown'
        return !(isAtHop && new Set(all.map((each) => each?.via)).size === 1)
      }
      for (const packet of comparison.undetermined.map((row) => parsePacket(row.packet))) {
        rowsMet += 1
        expect(isTold(packet), `${seed} ${JSON.stringify(formatAddress(packet.destination))}`).toBe(true)
      }
      for (const packet of packetsAmong(real, chance)) {
        if (isTold(packet) !== true) continue
        met += 1
        expect(comparison.undetermined.length, `${seed}`).toBeGreaterThan(0)
      }
    })
    fc.assert(property, { numRuns: 60 })
    expect(Math.min(met, rowsMet)).toBeGreaterThan(20)
  }, 60_000)

  test('a world beside itself has no unknown of its own', () => {
    const property = fc.property(fc.integer(), (seed) => {
      const chance = new Chance(seed)
      const world = detoured(randomEstate(seed), chance)
      expect(compareWorlds(world, world, 'interface').undetermined).toEqual([])
      const bounds = loosened(world, chance)
      expect(compareBounds(bounds, bounds, 'interface', true).undetermined).toEqual([])
    })
    fc.assert(property, { numRuns: 30 })
  }, 60_000)
})

/** Some of the internet lies behind what nobody here runs. */
function detoured(world: World, chance: Chance): World {
  const routes = ['0.0.0.0/1', '198.51.100.0/24'].map((cidr) => {
    const id = chance.of(['nat-1', 'nat-2', 'vgw-1'])
    return { destination: { kind: 'ipv4', cidr }, target: { kind: 'other', id } } as const
  })
  const tables = Array.from(world.routeTable.values()).filter(() => chance.of([true, true, false]))
  return apply(
    world,
    tables.map((table) => put('routeTable', { ...table, routes: [...table.routes, ...routes] })),
  )
}

/** Nothing is certain of some rules, and everything possible. */
function loosened(world: World, chance: Chance): Bounds {
  const all = Array.from(world.securityGroup.values()).flatMap(({ id, rules }) =>
    rules.map((rule) => ({ group: id, rule })),
  )
  const unknown = all.filter(() => chance.of([true, false, false, false]))
  const gone = unknown.map(({ group, rule }): Change => ({ kind: 'rule-removed', group, rule: rule.id }))
  const open = unknown.map(({ group, rule }): Change => {
    const anybody = { traffic: { protocol: 'all' }, peer: { kind: 'ipv4', cidr: '0.0.0.0/0' } } as const
    return { kind: 'rule-replaced', group, rule: { ...rule, ...anybody } }
  })
  return { certain: apply(world, gone), possible: apply(world, open) }
}

function packetsAmong(world: World, chance: Chance): Packet[] {
  const own = Array.from(world.networkInterface.values()).flatMap(({ privateAddresses }) =>
    privateAddresses.map(({ address }) => address),
  )
  return Array.from({ length: 40 }, (): Packet => {
    const ends = [chance.of([...own, ...hosts]), chance.of([...own, '198.51.100.7', '9.9.9.9'])]
    const [source, destination] = ends.map((text) => parseAddress(text))
    if (!source || !destination) throw new Error('they are addresses')
    const ports = { source: 40_000, destination: chance.of([22, 53, 80, 443]) }
    return { source, destination, payload: { kind: 'tcp', ports, flags: 2 }, length: 40 }
  }).filter(({ source, destination }) => source.family === destination.family && source.bits !== destination.bits)
}
