/** Laws of lint over random worlds: what is said to be without effect is, and what is said to be open is. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { groupedBy } from '../../src/base/grouped.ts'
import { untrackedPair } from '../../src/engine/tracking.ts'
import { type Change, put } from '../../src/model/change.ts'
import type { GroupId, RuleId } from '../../src/model/ids.ts'
import { apply, type World } from '../../src/model/world.ts'
import type { Family } from '../../src/net/address.ts'
import { isSpecial } from '../../src/net/special-blocks.ts'
import { parsePacket } from '../../src/packet/notation.ts'
import { tcpFlags } from '../../src/packet/packet.ts'
import { compareWorlds } from '../../src/reach/compare.ts'
import { Terrain } from '../../src/reach/host.ts'
import type { Finding } from '../../src/reach/lint/finding.ts'
import { lint } from '../../src/reach/lint/lint.ts'
import { plainSettings } from '../../src/reach/lint/settings.ts'
import { type Allows, untrackedBy } from '../../src/reach/lint/tracking.ts'
import { Diagrams } from '../../src/reach/packet-set/diagram.ts'
import { type OutsidePlace, placesNamed } from '../../src/reach/place.ts'
import { placeOf } from '../../src/reach/reachability/end.ts'
import { Reachability } from '../../src/reach/reachability/reachability.ts'
import { journeyOf } from '../../src/reach/reachability/way.ts'
import { walk } from '../../src/reach/walk.ts'
import { Chance } from '../model/chance.ts'
import { randomEstate } from '../proof/estate.ts'

const met: Record<string, number> = {}

function findingsOf(world: World, ...only: readonly string[]): readonly Finding[] {
  const { findings } = lint({ certain: world, possible: world, settings: plainSettings, only })
  for (const { id } of findings) met[id] = (met[id] ?? 0) + 1
  return findings
}

/** A random world, and more rules in it that have to do with each other. */
const worlds = fc.integer().map((seed) => crowded(randomEstate(seed), new Chance(seed)))

function crowded(world: World, chance: Chance): World {
  const traffics = [
    { protocol: 'all' },
    { protocol: 'tcp', from: 0, to: 65_535 },
    { protocol: 'tcp', from: 22, to: 22 },
    { protocol: 'tcp', from: 20, to: 30 },
    { protocol: 'udp', from: 0, to: 65_535 },
  ] as const
  const blocks = ['0.0.0.0/0', '0.0.0.0/1', '128.0.0.0/1', '64.0.0.0/2', '198.51.100.0/24', '10.0.0.0/16']
  const added = Array.from({ length: 8 }, (_, index): Change => {
    const direction = chance.of(['ingress', 'ingress', 'egress'] as const)
    const peer = { kind: 'ipv4', cidr: chance.of(blocks) } as const
    const rule = { id: `sgr-more${index}` as const, direction, traffic: chance.of([...traffics]), peer }
    return { kind: 'rule-added', group: 'sg-z', rule }
  })
  const named = chance.some(['sg-none', 'sg-gone'] as const, 0.6).map((group): Change => {
    const peer = { kind: 'group', group, owner: world.scope.account } as const
    const rule = { id: `sgr-${group}` as const, direction: 'ingress', traffic: { protocol: 'all' }, peer } as const
    return { kind: 'rule-added', group: 'sg-z', rule }
  })
  const z = world.securityGroup.get('sg-z')
  if (!z) return world
  const none = put('securityGroup', { ...z, id: 'sg-none', name: 'none', rules: [] })
  return apply(world, [none, ...added, ...named])
}

function without(world: World, findings: readonly Finding[]): World {
  const removed = findings.map(({ on }): Change => {
    return { kind: 'rule-removed', group: world.groupOfRule.get(on) as GroupId, rule: on as RuleId }
  })
  return removed.length === 0 ? world : apply(world, removed)
}

/** Of each interface, the services of flows that are untracked. */
function trackingOf(world: World, diagrams: Diagrams): Map<string, string> {
  const terrain = new Terrain(world)
  return new Map(
    Array.from(world.networkInterface.values(), (card) => [
      card.id,
      untrackedText(diagrams, terrain.hostOf(card).policy.allows),
    ]),
  )
}

function untrackedText(diagrams: Diagrams, allows: Allows): string {
  const found = untrackedBy(diagrams, allows)
  const of = (direction: string, family: Family) =>
    diagrams.unionOf(
      found.filter((each) => each.direction === direction && each.family === family).map(({ services }) => services),
    ).id
  return [of('ingress', 4), of('ingress', 6), of('egress', 4), of('egress', 6)].join()
}

test('without all rules that are implied, dead or stale, every packet fares as before, and is tracked as before unless that is said', () => {
  const property = fc.property(worlds, (world) => {
    const findings = findingsOf(world, 'SG-RULE-IMPLIED', 'SG-RULE-DEAD', 'SG-RULE-STALE')
    const unique = [...new Map(findings.map((each) => [each.on, each])).values()]
    const after = without(world, unique)
    expect(compareWorlds(world, after, 'interface').rows).toEqual([])
    const diagrams = new Diagrams()
    const isSame = JSON.stringify([...trackingOf(world, diagrams)]) === JSON.stringify([...trackingOf(after, diagrams)])
    const isSaid = findings.some(({ details }) => details.some((line) => line.startsWith('without it flows')))
    expect(isSame || isSaid).toBe(true)
    expect(findingsOf(after, 'SG-RULE-IMPLIED', 'SG-RULE-STALE')).toEqual([])
  })
  fc.assert(property, { numRuns: 20 })
  expect(Math.min(...['SG-RULE-IMPLIED', 'SG-RULE-DEAD', 'SG-RULE-STALE'].map((id) => met[id] ?? 0))).toBeGreaterThan(0)
}, 60_000)

test('a rule that nobody can use now lets nothing by', () => {
  const property = fc.property(worlds, (world) => {
    expect(compareWorlds(world, without(world, findingsOf(world, 'SG-RULE-IDLE')), 'interface').rows).toEqual([])
  })
  fc.assert(property, { numRuns: 40 })
  expect(met['SG-RULE-IDLE'] ?? 0).toBeGreaterThan(0)
})

function outcome(terrain: Terrain, place: OutsidePlace, world: World, text: string): string {
  const packet = parsePacket(text)
  const [to] = new Reachability(world).classes.flatMap(({ members }) =>
    members.filter(
      ({ address }) => address.family === packet.destination.family && address.bits === packet.destination.bits,
    ),
  )
  if (!to) return 'nobody'
  const pair = { from: place, to: placeOf(to), source: packet.source, destination: packet.destination }
  const outcomes = walk(terrain, journeyOf(pair, packet.payload)).map((hop) => hop.outcome)
  return outcomes.every((each) => each === 'passes') ? 'passes' : 'stops'
}

test('the packet of an exposure passes', () => {
  const property = fc.property(worlds, (world) => {
    const terrain = new Terrain(world)
    const [v4, v6] = placesNamed(world, 'internet') as [OutsidePlace, OutsidePlace]
    for (const { packet, isCertain } of findingsOf(world, 'SG-OPEN-ADMIN')) {
      if (packet === undefined || !isCertain) continue
      expect(outcome(terrain, parsePacket(packet).source.family === 6 ? v6 : v4, world, packet)).toBe('passes')
    }
  })
  fc.assert(property, { numRuns: 40 })
  expect(met['SG-OPEN-ADMIN'] ?? 0).toBeGreaterThan(0)
})

/** Of so many random addresses of the internet. */
const draws = 200

test('an interface is exposed on SSH if far more than a quarter of random addresses reach it there, and not if far fewer do', () => {
  const counts = { exposed: 0, spared: 0 }
  const property = fc.property(worlds, fc.integer(), (world, seed) => {
    const chance = new Chance(seed)
    const findings = findingsOf(world, 'SG-OPEN-ADMIN').filter(({ packet }) => isSsh(packet))
    const terrain = new Terrain(world)
    const [place] = placesNamed(world, 'internet') as [OutsidePlace]
    const ends = new Reachability(world).classes.flatMap(({ members, family }) => (family === 4 ? members : []))
    for (const own of groupedBy(ends, ({ card }) => card.id).values()) {
      const share = Math.max(...own.map((end) => shareReaching(terrain, place, end, chance)))
      const isFound = findings.some(({ objects, isCertain }) => isCertain && objects.includes(own[0].card.id))
      if (share > 0.4) expect(isFound).toBe(true)
      if (share < 0.1) expect(isFound).toBe(false)
      counts[isFound ? 'exposed' : 'spared'] += 1
    }
  })
  fc.assert(property, { numRuns: 40 })
  expect(Math.min(counts.exposed, counts.spared)).toBeGreaterThan(0)
})

/** Where a finding is of SSH as well, its packet is. */
function isSsh(text: string | undefined): boolean {
  if (text === undefined) return false
  const { source, payload } = parsePacket(text)
  return source.family === 4 && payload.kind === 'tcp' && payload.ports.destination === 22
}

function shareReaching(
  terrain: Terrain,
  place: OutsidePlace,
  end: Parameters<typeof placeOf>[0],
  chance: Chance,
): number {
  let [drawn, reached] = [0, 0]
  while (drawn < draws) {
    const source = { family: 4 as const, bits: BigInt(chance.below(2 ** 16)) * 65_536n + BigInt(chance.below(2 ** 16)) }
    if (isSpecial(source)) continue
    drawn += 1
    const pair = { from: place, to: placeOf(end), source, destination: end.address }
    const payload = { kind: 'tcp' as const, ports: { source: 40_000, destination: 22 }, flags: tcpFlags.syn }
    const outcomes = walk(terrain, journeyOf(pair, payload)).map((hop) => hop.outcome)
    if (outcomes.every((each) => each === 'passes')) reached += 1
  }
  return reached / draws
}

test('flows that are said to be untracked are, and those of the internet that are untracked are said', () => {
  const property = fc.property(worlds, (world) => {
    const terrain = new Terrain(world)
    const found = findingsOf(world, 'SG-RULE-UNTRACKED')
    for (const { on, packet } of found) {
      const { source, destination, ...rest } = parsePacket(packet ?? '')
      const judges = Array.from(world.networkInterface.values(), (card) => terrain.hostOf(card).policy)
      const pairs = judges.flatMap((policy) =>
        (['ingress', 'egress'] as const).map((direction) =>
          untrackedPair(policy, { source, destination, payload: rest.payload }, direction),
        ),
      )
      expect(pairs.some((pair) => pair?.admitting.some(({ rule }) => rule === on))).toBe(true)
    }
    const [place] = placesNamed(world, 'internet') as [OutsidePlace]
    for (const end of new Reachability(world).classes.flatMap(({ members, family }) => (family === 4 ? members : []))) {
      for (const port of [22, 80, 443]) {
        const pair = {
          from: place,
          to: placeOf(end),
          source: { family: 4, bits: 3_405_803_777n },
          destination: end.address,
        } as const
        const { packet } = journeyOf(pair, {
          kind: 'tcp',
          ports: { source: 40_000, destination: port },
          flags: tcpFlags.syn,
        })
        if (!walk(terrain, { from: pair.from, to: pair.to, packet }).every((hop) => hop.outcome === 'passes')) continue
        const untracked = untrackedPair(terrain.hostOf(end.card).policy, packet, 'ingress')
        const missed = untracked?.admitting.filter(({ rule }) => !found.some(({ on }) => on === rule))
        expect(untracked?.isAnswer ? [] : (missed ?? [])).toEqual([])
      }
    }
  })
  fc.assert(property, { numRuns: 40 })
  expect(met['SG-RULE-UNTRACKED'] ?? 0).toBeGreaterThan(0)
})
