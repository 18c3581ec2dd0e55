/** What `sallyport diff` tells, and that it tells all: over random worlds and random changes of them. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { worldFromLines } from '../../src/import/world-lines.ts'
import { type Change, put } from '../../src/model/change.ts'
import { worldLine } from '../../src/model/notation.ts'
import { apply, type World } from '../../src/model/world.ts'
import { formatAddress, parseAddress } from '../../src/net/address.ts'
import { parsePacket } from '../../src/packet/notation.ts'
import type { Packet } from '../../src/packet/packet.ts'
import { type Comparison, compareWorlds, type DifferenceRow } from '../../src/reach/compare.ts'
import { Terrain } from '../../src/reach/host.ts'
import { ruleText } from '../../src/reach/packet-set/service-text.ts'
import { placesNamed } from '../../src/reach/place.ts'
import { walk } from '../../src/reach/walk.ts'
import { Chance } from '../model/chance.ts'
import { hosts } from '../model/random-world.ts'
import { randomEstate } from './estate.ts'

const lines = `
  group web  ingress tcp 443  from 0.0.0.0/0 as sgr-https
  group web  egress  any      to 0.0.0.0/0   as sgr-out
  group db   ingress tcp 5432 from web       as sgr-pg
  interface web 10.0.0.5 in web public 203.0.113.80
  interface db  10.0.1.9 in db
`

function told({ rows }: Comparison): string[] {
  return rows.map(({ result, from, to, services, by }) => {
    const ends = [from, to].map(({ name, addresses }) => [name, ...addresses].join(' ')).join(' > ')
    return `${result} ${ends}: ${services.map(ruleText).join('; ')} by ${by.map(({ rule }) => rule).join(' ')}`
  })
}

describe('a change of', () => {
  const before = worldFromLines(lines)

  test.each<[string, (text: string) => string, string[]]>([
    ['nothing', (text) => text, []],
    ['rules, into halves that are the whole', (text) => text.replace('443  from 0.0.0.0/0 as sgr-https', halves), []],
    ['the order of rules', (text) => text.trim().split('\n').sort(groupsFirst).join('\n'), []],
    [
      'a rule, narrower',
      (text) => text.replace('from 0.0.0.0/0', 'from 198.51.100.0/24'),
      ['closes internet 1.0.0.0-198.51.99.255 198.51.101.0-223.255.255.255 > web: tcp 443 by sgr-https'],
    ],
    [
      'a rule to another port',
      (text) => text.replace('5432', '5433'),
      ['closes web > db: tcp 5432 by sgr-out sgr-pg', 'opens web > db: tcp 5433 by sgr-out sgr-pg'],
    ],
    [
      'a new interface',
      (text) => `${text}\n  interface db2 10.0.1.10 in db`,
      ['opens web > db2: tcp 5432 by sgr-out sgr-pg'],
    ],
    [
      'a public address taken away',
      (text) => text.replace('public 203.0.113.80', ''),
      ['closes internet > web: tcp 443 by sgr-https', 'closes web > internet: all traffic by sgr-out'],
    ],
  ])('%s', (_, edit, rows) => {
    expect(told(compareWorlds(before, worldFromLines(edit(lines)), 'interface'))).toEqual(rows)
  })
})

const halves = '443 from 0.0.0.0/1 as sgr-https\n  group web ingress tcp 443 from 128.0.0.0/1'

/** Interfaces are of groups that stand above them. */
function groupsFirst(one: string, other: string): number {
  return Number(one.includes('interface')) - Number(other.includes('interface')) || (one < other ? 1 : -1)
}

test('what goes behind a NAT gateway is no certain difference', () => {
  const before = worldFromLines(lines)
  const table = before.routeTable.get('rtb-main')
  if (!table) throw new Error('the world has a main table')
  const route = { destination: { kind: 'ipv4', cidr: '0.0.0.0/0' }, target: { kind: 'other', id: 'nat-1' } } as const
  const after = apply(before, [put('routeTable', { ...table, routes: [route] })])
  expect(told(compareWorlds(before, after, 'interface'))).toEqual([
    'closes internet > web: tcp 443 by sgr-https',
    'may close web > internet: all traffic by sgr-out',
  ])
})

/** A few rules, an ACL entry or an interface more or less. */
function changed(world: World, chance: Chance): World {
  const groups = Array.from(world.securityGroup.values())
  const rules = groups.flatMap((group) => group.rules.map((rule) => ({ group: group.id, rule: rule.id })))
  const card = world.networkInterface.get('eni-g')
  const edits: (() => readonly Change[])[] = [
    () => [{ kind: 'rule-removed', ...chance.of(rules) }],
    () => worldLine(`group z ingress tcp ${chance.of(['22', '443', 'any'])} from ${chance.of(hosts)}`, world),
    () => worldLine('group a egress udp 53 to 0.0.0.0/0', world),
    () => worldLine(`acl m ingress 60 deny tcp ${chance.of([22, 80])} from 0.0.0.0/0`, world),
    () => worldLine('acl open egress 90 deny udp any to 10.0.1.0/24', world),
    () => (card ? [{ kind: 'removed', of: 'networkInterface', id: card.id }] : []),
    () => (card ? [put('networkInterface', { ...card, groups: ['sg-a'] })] : []),
  ]
  return apply(world, rules.length > 0 ? chance.of(edits)() : [])
}

function fateOf(terrain: Terrain, packet: Packet): string | undefined {
  const ends = [packet.source, packet.destination].map((address) => placesNamed(terrain.world, formatAddress(address)))
  const [[from], [to]] = ends as [ReturnType<typeof placesNamed>, ReturnType<typeof placesNamed>]
  if (!from || !to || (from.kind === 'outside' && to.kind === 'outside')) return undefined
  const outcomes = walk(terrain, { from, to, packet }).map(({ outcome }) => outcome)
  return outcomes.includes('stops') ? 'stops' : outcomes.includes('unknown') ? 'unknown' : 'passes'
}

const kinds: Readonly<Record<string, DifferenceRow['result'] | 'same'>> = {
  'stops passes': 'opens',
  'passes stops': 'closes',
  'stops unknown': 'may open',
  'unknown passes': 'may open',
  'unknown stops': 'may close',
  'passes unknown': 'may close',
}

describe('over random worlds and changes', () => {
  const seeds = fc.integer()

  test('each difference has a packet that meets that fate, and each packet that fares otherwise is in a difference', () => {
    const counts: Record<string, number> = {}
    const property = fc.property(seeds, (seed) => {
      const chance = new Chance(seed)
      const before = randomEstate(seed)
      const after = changed(before, chance)
      const sides = [new Terrain(before), new Terrain(after)] as const
      const { rows } = compareWorlds(before, after, 'interface')
      for (const { packet, result } of rows) {
        counts[result] = (counts[result] ?? 0) + 1
        const fates = sides.map((side) => fateOf(side, parsePacket(packet)) ?? 'stops')
        expect(kinds[fates.join(' ')], `${seed} ${packet}`).toBe(result)
      }
      for (const packet of packetsAmong(before, chance)) {
        const fates = sides.map((side) => fateOf(side, packet))
        if (fates.includes(undefined) || fates[0] === fates[1]) continue
        const kind = kinds[fates.join(' ')]
        expect(
          rows.some(({ result }) => result === kind),
          `${seed} ${JSON.stringify(fates)}`,
        ).toBe(true)
      }
    })
    fc.assert(property, { numRuns: 150 })
    expect(Math.min(counts['opens'] ?? 0, counts['closes'] ?? 0)).toBeGreaterThan(3)
  }, 60_000)

  test('backwards, what opens closes', () => {
    const mirrored = { opens: 'closes', closes: 'opens', 'may open': 'may close', 'may close': 'may open' } as const
    const property = fc.property(seeds, (seed) => {
      const before = randomEstate(seed)
      const after = changed(before, new Chance(seed))
      const facts = ({ from, to, services, families, pairs }: DifferenceRow, result: string) =>
        JSON.stringify([result, from, to, services, families, pairs])
      const there = compareWorlds(before, after, 'interface').rows.map((row) => facts(row, row.result))
      const back = compareWorlds(after, before, 'interface').rows.map((row) => facts(row, mirrored[row.result]))
      expect(back.sort()).toEqual(there.sort())
    })
    fc.assert(property, { numRuns: 20 })
  }, 60_000)
})

function packetsAmong(world: World, chance: Chance): Packet[] {
  const own = Array.from(world.networkInterface.values()).flatMap(({ privateAddresses, ipv6Addresses }) => [
    ...privateAddresses.map(({ address }) => address),
    ...ipv6Addresses,
  ])
  return Array.from({ length: 60 }, (): Packet => {
    const [source, destination] = [chance.of([...own, ...hosts]), chance.of(own)].map((text) => parseAddress(text))
    if (!source || !destination) throw new Error('they are addresses')
    const ports = { source: chance.of([1024, 40_000]), destination: chance.of([22, 53, 80, 443]) }
    const payload = chance.of([{ kind: 'tcp', ports, flags: 2 } as const, { kind: 'udp', ports } as const])
    return { source, destination, payload, length: 40 }
  }).filter(({ source, destination }) => source.family === destination.family && source.bits !== destination.bits)
}
