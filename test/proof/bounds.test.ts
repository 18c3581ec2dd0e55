/** Worlds known in bounds only: what is said for certain holds whatever the unknown parts turn out to be. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Bound, withPerhapsEntry, withPerhapsRoute } from '../../src/import/perhaps.ts'
import { type Change, put } from '../../src/model/change.ts'
import { apply, type World } from '../../src/model/world.ts'
import { formatAddress } from '../../src/net/address.ts'
import type { Payload } from '../../src/packet/packet.ts'
import { compareBounds } from '../../src/reach/compare.ts'
import { explain, explainWithin } from '../../src/reach/explain.ts'
import { Terrain } from '../../src/reach/host.ts'
import { at, type Diagram, everything, nothing } from '../../src/reach/packet-set/diagram.ts'
import { servicePoint } from '../../src/reach/packet-set/packet-set.ts'
import { Examiner } from '../../src/reach/policy-test/examiner.ts'
import { type Bounds, type Reaches, reachabilityWithin } from '../../src/reach/reachability/bounded.ts'
import { type End, placeOf } from '../../src/reach/reachability/end.ts'
import { noPassage, type Passage } from '../../src/reach/reachability/passage.ts'
import { journeyOf } from '../../src/reach/reachability/way.ts'
import { walk } from '../../src/reach/walk.ts'
import { Chance } from '../model/chance.ts'
import { gateway, reachWorld, route } from '../reach-world.ts'
import { randomEstate } from './estate.ts'

const known = `
  group web
  group db
  group web ingress tcp 443 from 10.0.0.9/32
  group web egress any to 0.0.0.0/0
  group db ingress tcp 5432 from web
  interface web 10.0.0.5 in web
  interface db 10.0.0.6 in db
  interface ops 10.0.0.9 in web
`
const unknownRule = '  group db ingress tcp 22 from 0.0.0.0/0\n'

function bounds(): Bounds {
  const steps = [gateway(), route('0.0.0.0/0', 'igw-1')]
  return { certain: reachWorld(known, ...steps), possible: reachWorld(known + unknownRule, ...steps) }
}

describe('a rule whose source is not known', () => {
  test.each([
    ['tcp', 5432, 'reachable'],
    ['tcp', 22, 'undetermined'],
    ['tcp', 80, 'unreachable'],
  ] as const)('%s %i is %s', (protocol, port, result) => {
    const question = { from: 'eni-web', to: 'eni-db', traffic: { protocol, port } }
    expect(explainWithin(bounds(), question).result).toBe(result)
  })

  test('is shown at the hop that nobody can tell of', () => {
    const traffic = { protocol: 'tcp', port: 22 } as const
    const { findings, fixes } = explainWithin(bounds(), { from: 'eni-web', to: 'eni-db', traffic })
    expect(findings.flatMap(({ hops }) => hops.map(({ kind, outcome }) => `${kind} ${outcome}`))).toEqual([
      'rules passes',
      'rules unknown',
    ])
    expect(fixes).toEqual([])
  })

  test('makes an accept and a deny undetermined, not failed and not passed', () => {
    const examiner = new Examiner(reachabilityWithin(bounds()))
    const claim = { from: ['eni-web'], to: ['eni-db'], families: [4], text: '', line: 1 } as const
    const outcomes = (services: readonly string[]) =>
      (['accept', 'deny'] as const).map((kind) => examiner.examine({ ...claim, kind, services }).outcome)
    expect([outcomes(['tcp/22']), outcomes(['tcp/5432']), outcomes(['tcp/80'])]).toEqual([
      ['undetermined', 'undetermined'],
      ['passed', 'failed'],
      ['failed', 'passed'],
    ])
    expect(examiner.examine({ ...claim, kind: 'accept', services: ['tcp/22'] }).blockers).toEqual([
      'ingress rules of eni-db for 10.0.0.5: none of sg-db admits it',
    ])
  })

  test('may open what it may let in, and opens nothing for certain', () => {
    const { certain } = bounds()
    const { rows } = compareBounds({ certain, possible: certain }, bounds(), 'interface')
    expect(rows.map(({ result, from, to }) => `${result} ${from.name} > ${to.name}`)).toEqual([
      'may open eni-ops > eni-db',
      'may open eni-web > eni-db',
    ])
  })

  test('an interface that may not exist at all reaches nothing for certain', () => {
    const { certain, possible } = bounds()
    const card = possible.networkInterface.get('eni-web')
    if (!card) throw new Error('it is there')
    const twin = { ...card, id: 'eni-twin', privateAddresses: [{ address: '10.0.0.7', isPrimary: true }] } as const
    const wider = { certain, possible: apply(possible, [put('networkInterface', twin)]) }
    const question = { from: 'eni-twin', to: 'eni-db', traffic: { protocol: 'tcp', port: 5432 } } as const
    expect(explainWithin(wider, question).result).toBe('undetermined')
    expect(new Set(passagesOf(reachabilityWithin(wider), 'eni-twin').map(({ reachable }) => reachable))).toEqual(
      new Set([nothing]),
    )
  })
})

function passagesOf(reaches: Reaches, card: string): Passage[] {
  return reaches.endsOf(card).flatMap(({ of }) => reaches.classes.map((to) => reaches.between(of, to)))
}

test('over random worlds, what is told is what the two worlds leave no doubt of', () => {
  const counts: Record<string, number> = {}
  const property = fc.property(fc.integer(), (seed) => {
    const chance = new Chance(seed)
    const real = randomEstate(seed)
    const { certain, possible } = loosened(real, chance)
    const reaches = reachabilityWithin({ certain, possible })
    const [least, most, true_] = [new Terrain(certain), new Terrain(possible), new Terrain(real)]
    for (let tries = 0; tries < 80; tries += 1) {
      const [from, to] = [chance.of(reaches.classes), chance.of(reaches.classes)]
      const [sender, receiver] = [chance.of(from.members), chance.of(to.members)]
      if (from.family !== to.family || sender.card.id === receiver.card.id) continue
      const payload = anyPayload(chance)
      const fates = [least, most, true_].map((terrain) => fateOf(terrain, sender, receiver, payload)) as Fates
      const said = told(reaches.between(from, to), payload)
      counts[said] = (counts[said] ?? 0) + 1
      expect(said, `${seed} ${formatAddress(sender.address)} ${JSON.stringify([fates, payload])}`).toBe(between(fates))
    }
    let visited = 0
    const open = new Set<string>()
    reaches.eachBlock(reaches.classes, reaches.classes, (some, others, passage) => {
      for (const [from, to] of some.flatMap((one) => others.map((other) => [one, other] as const))) {
        visited += 1
        open.add(`${from.index} ${to.index}`)
        expect(passage).toEqual(reaches.between(from, to))
      }
    })
    for (const from of reaches.classes) {
      for (const to of reaches.classes.filter(({ index }) => !open.has(`${from.index} ${index}`))) {
        expect(reaches.between(from, to)).toEqual(noPassage)
      }
    }
    counts['visited'] = (counts['visited'] ?? 0) + visited
  })
  fc.assert(property, { numRuns: 120 })
  expect(Math.min(counts['reachable'] ?? 0, counts['undetermined'] ?? 0, counts['visited'] ?? 0)).toBeGreaterThan(20)
}, 60_000)

test('with nothing unknown, an explanation is that of the world', () => {
  const { certain } = bounds()
  const question = { from: 'eni-web', to: 'eni-db', traffic: { protocol: 'tcp' } } as const
  expect(explainWithin({ certain, possible: certain }, question)).toEqual(explain(certain, question))
})

/** Some rules become unknown: nothing is certain of them, and everything possible. */
function loosened(world: World, chance: Chance): Bounds {
  const all = Array.from(world.securityGroup.values()).flatMap(({ id, rules }) =>
    rules.map((rule) => ({ group: id, rule })),
  )
  const unknown = all.filter(() => chance.of([true, false, false]))
  const gone = unknown.map(({ group, rule }): Change => ({ kind: 'rule-removed', group, rule: rule.id }))
  const open = unknown.flatMap(({ group, rule }): Change[] => [
    {
      kind: 'rule-replaced',
      group,
      rule: { ...rule, traffic: { protocol: 'all' }, peer: { kind: 'ipv4', cidr: '0.0.0.0/0' } },
    },
    {
      kind: 'rule-added',
      group,
      rule: { ...rule, id: `${rule.id}6`, traffic: { protocol: 'all' }, peer: { kind: 'ipv6', cidr: '::/0' } },
    },
  ])
  const edges = [...unknownEntry(world, chance), ...unknownRoute(world, chance)]
  const within = (bound: Bound) => edges.map((changeIn) => changeIn(bound))
  return {
    certain: apply(world, [...gone, ...within('certain')]),
    possible: apply(world, [...open, ...within('possible')]),
  }
}

type Loosened = (bound: Bound) => Change

/** In some worlds the addresses of an ACL entry become unknown. */
function unknownEntry(world: World, chance: Chance): Loosened[] {
  const acl = chance.of(Array.from(world.networkAcl.values()))
  const entry = chance.of(acl.entries)
  if (entry === undefined || chance.isLikely(0.5)) return []
  const rest = { ...acl, entries: acl.entries.filter((each) => each !== entry) }
  const { number, direction, action, family, cidr: _, ...traffic } = entry
  return [
    (bound) =>
      put('networkAcl', withPerhapsEntry(rest, { number, direction, action, families: [family], traffic }, bound)),
  ]
}

/** In some worlds the destination of a route becomes unknown. */
function unknownRoute(world: World, chance: Chance): Loosened[] {
  const table = chance.of(Array.from(world.routeTable.values()))
  const route = chance.of(table.routes)
  if (route === undefined || chance.isLikely(0.6)) return []
  const rest = { ...table, routes: table.routes.filter((each) => each !== route) }
  const blocks = world.vpc.get(table.vpc)?.cidrBlocks.map(({ cidr }) => cidr) ?? []
  const perhaps = { families: [route.destination.kind === 'ipv4' ? 4 : 6], target: route.target } as const
  return [(bound) => put('routeTable', withPerhapsRoute(rest, perhaps, { bound, blocks }))]
}

function anyPayload(chance: Chance): Payload {
  const ports = { source: chance.of([1024, 40_000]), destination: chance.of([22, 53, 80, 443]) }
  return chance.of<Payload>([
    { kind: 'tcp', ports, flags: 2 },
    { kind: 'udp', ports },
    { kind: 'other', protocol: 47 },
  ])
}

type Fate = 'stops' | 'unknown' | 'passes'
type Fates = [certain: Fate, possible: Fate, real: Fate]

function fateOf(terrain: Terrain, sender: End, receiver: End, payload: Payload): Fate {
  const pair = {
    from: placeOf(sender),
    to: placeOf(receiver),
    source: sender.address,
    destination: receiver.address,
  }
  const outcomes = walk(terrain, journeyOf(pair, payload)).map(({ outcome }) => outcome)
  return outcomes.includes('stops') ? 'stops' : outcomes.includes('unknown') ? 'unknown' : 'passes'
}

/** The real world is between the bounds, or the bounds are none. Where nobody knows the way, anything may be. */
function between([certain, possible, real]: Fates): string {
  if (certain === 'passes') expect(real).toBe('passes')
  if (possible === 'stops') expect(real).toBe('stops')
  if (certain === 'passes') return 'reachable'
  return possible === 'stops' ? 'unreachable' : 'undetermined'
}

function told({ reachable, undetermined }: Passage, payload: Payload): string {
  const has = (set: Diagram) => servicePoint(payload).reduce(at, set) === everything
  if (has(reachable)) return 'reachable'
  return has(undetermined) ? 'undetermined' : 'unreachable'
}
