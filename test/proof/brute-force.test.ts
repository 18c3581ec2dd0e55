/**
 * Reachability of whole worlds against brute force: every packet of a small address space is sent through the
 * packet engine at both ends, and its answer back. The engine shares neither sets nor walks with `src/reach`.
 */

import { expect, test } from 'vitest'
import { after, days, type Instant, instant } from '../../src/base/clock.ts'
import { Engine } from '../../src/engine/engine.ts'
import { worldFromLines } from '../../src/import/world-lines.ts'
import type { NetworkInterfaceId } from '../../src/model/ids.ts'
import type { World } from '../../src/model/world.ts'
import { type Address, parseAddress } from '../../src/net/address.ts'
import { formatPacket } from '../../src/packet/notation.ts'
import { type Packet, type Payload, reversed } from '../../src/packet/packet.ts'
import { PolicyTable } from '../../src/policy/policy-table.ts'
import { at, type Diagram, everything } from '../../src/reach/packet-set/diagram.ts'
import { addressCut } from '../../src/reach/packet-set/lines.ts'
import { servicePoint } from '../../src/reach/packet-set/packet-set.ts'
import { placesNamed } from '../../src/reach/place.ts'
import type { EndClass } from '../../src/reach/reachability/end.ts'
import { Reachability } from '../../src/reach/reachability/reachability.ts'
import { Chance } from '../model/chance.ts'

const worlds = 5000

/** Two subnets of eight addresses; of the internet, four. */
const inside = ['10.0.0.3', '10.0.0.4', '10.0.0.5', '10.0.0.11', '10.0.0.12']
const outside = ['203.0.113.0', '203.0.113.1', '203.0.113.2', '203.0.113.3']
const blocks = [
  ...['0.0.0.0/0', '0.0.0.0/0', '10.0.0.0/28', '10.0.0.0/29', '10.0.0.8/29', '10.0.0.4/31', '10.0.0.3/32'],
  ...['203.0.113.0/31', '203.0.113.2/32', '203.0.113.0/30', '10.0.0.11/32'],
]
const traffic = [
  'any',
  'tcp any',
  'tcp 0-1',
  'tcp 2',
  'tcp 1-2',
  'udp 0',
  'udp any',
  'icmp any',
  'icmp 8',
  'icmp 13/0',
  '47',
]
const aclTraffic = [...traffic, 'any', 'any', 'tcp 1024', 'udp 1025', 'icmp 0', 'icmp 14']
const groups = ['g', 'h', 'k']

function randomLines(chance: Chance): string {
  const rule = () => {
    const [direction, between] = chance.of([['ingress', 'from'] as const, ['egress', 'to'] as const])
    return `${chance.of(groups)} ${direction} ${chance.of(traffic)} ${between} ${chance.of([...blocks, ...groups])}`
  }
  const entry = (number: number) => {
    const [direction, between] = chance.of([['ingress', 'from'] as const, ['egress', 'to'] as const])
    const action = chance.of(['allow', 'allow', 'deny'])
    return `acl n ${direction} ${number} ${action} ${chance.of(aclTraffic)} ${between} ${chance.of(blocks)}`
  }
  const cards = inside.slice(0, 2 + chance.below(3)).map((address, index) => {
    const carried = chance.some(groups, 0.5)
    const isPublic = chance.isLikely(0.5) ? ` public 198.51.100.${index}` : ''
    return `interface e${index} ${chance.isLikely(0.4) ? chance.of(inside.slice(index)) : address} in ${(carried.length > 0 ? carried : ['g']).join(' ')}${isPublic}`
  })
  const taken = new Set<string>()
  const apart = cards.filter((line) => {
    const address = line.split(' ')[2] as string
    const isNew = !taken.has(address)
    taken.add(address)
    return isNew
  })
  const rules = new Set(Array.from({ length: 3 + chance.below(8) }, rule))
  const isNarrow = chance.isLikely(0.5)
  const open = ['acl n ingress 200 allow any from 0.0.0.0/0', 'acl n egress 200 allow any to 0.0.0.0/0']
  return [
    ...groups.map((name) => `group ${name}`),
    ...[...rules].map((text) => `group ${text}`),
    'acl n',
    ...(isNarrow ? Array.from({ length: 1 + chance.below(4) }, (_, index) => entry(100 + index)) : []),
    ...open.filter(() => !isNarrow || chance.isLikely(0.7)),
    'subnet s 10.0.0.0/29',
    'subnet t 10.0.0.8/29 acl n',
    ...apart,
  ].join('\n')
}

const clients = [1024, 1025]
const transport = ['tcp', 'udp'] as const
const payloads: readonly Payload[] = [
  ...transport.flatMap((kind) =>
    [0, 1, 2].flatMap((destination) =>
      clients.map((source): Payload => {
        const ports = { source, destination }
        return kind === 'tcp' ? { kind, ports, flags: 2 } : { kind, ports }
      }),
    ),
  ),
  ...[8, 13].map((type): Payload => ({ kind: 'icmp', protocol: 'icmp', type, code: 0, identifier: 1 })),
  { kind: 'other', protocol: 47 },
]

/** An end at an address; `id` where it is an interface of the world. */
interface BruteEnd {
  readonly id: NetworkInterfaceId | undefined
  readonly address: Address
  /** Its own, if the internet knows it by one. */
  readonly isPublic: boolean
}

function endsOf(world: World): BruteEnd[] {
  const cards = Array.from(world.networkInterface.values(), (card) => ({
    id: card.id,
    address: addressOf(card.privateAddresses[0]?.address ?? ''),
    isPublic: card.autoAssignedPublicAddress !== undefined,
  }))
  return [...cards, ...outside.map((text) => ({ id: undefined, address: addressOf(text), isPublic: true }))]
}

function addressOf(text: string): Address {
  const address = parseAddress(text)
  if (!address) throw new Error(`${text} is an address`)
  return address
}

interface Playing {
  readonly table: PolicyTable
  readonly engine: Engine
  readonly now: Instant
}

/** After which no connection is remembered: AWS's longest timeout is five days. */
const apart = days(6)

/** Both ends see private addresses: the internet gateway translates in between. */
function passes({ table, engine, now }: Playing, from: BruteEnd, to: BruteEnd, payload: Payload): boolean {
  if (from.id === undefined ? !to.isPublic : to.id === undefined && !from.isPublic) return false
  const packet: Packet = { source: from.address, destination: to.address, payload, length: 40 }
  const back = reversed(packet)
  const answer: Packet = back.payload.kind === 'tcp' ? { ...back, payload: { ...back.payload, flags: 18 } } : back
  return [
    { id: from.id, packet, direction: 'egress' as const },
    { id: to.id, packet, direction: 'ingress' as const },
    { id: to.id, packet: answer, direction: 'egress' as const },
    { id: from.id, packet: answer, direction: 'ingress' as const },
  ].every(({ id, ...meeting }) => {
    const policy = id === undefined ? undefined : table.get(id)
    return !policy || engine.decide({ ...meeting, policy, now }).action === 'allow'
  })
}

/** What is told of a pair, as services. */
function told(reachability: Reachability, from: BruteEnd, to: BruteEnd): Diagram {
  const own = classOf(reachability, from.id ?? to.id)
  if (from.id !== undefined && to.id !== undefined)
    return reachability.between(own, classOf(reachability, to.id)).reachable
  const outer = from.id === undefined ? from : to
  const place = placesNamed(reachability.world, '203.0.113.0/30').find(({ kind }) => kind === 'outside')
  if (place?.kind !== 'outside') throw new Error('it is outside')
  const { reachable } = reachability.beyond(own, place, from.id === undefined ? 'ingress' : 'egress')
  return at(reachable, addressCut(outer.address))
}

function classOf(reachability: Reachability, id: string | undefined): EndClass {
  const [found] = reachability.endsOf(id ?? '')
  if (!found) throw new Error(`${id} has an end`)
  return found.of
}

function disagreements(seed: number): string[] {
  const lines = randomLines(new Chance(seed))
  const world = worldFromLines(lines)
  const [table, reachability, engine] = [new PolicyTable(world), new Reachability(world), new Engine()]
  let now = instant(0)
  const ends = endsOf(world)
  const pairs = ends.flatMap((from) =>
    ends.filter((to) => to !== from && (from.id ?? to.id) !== undefined).map((to) => [from, to] as const),
  )
  return pairs.flatMap(([from, to]) => {
    const set = told(reachability, from, to)
    return payloads.flatMap((payload) => {
      const isSaid = servicePoint(payload).reduce(at, set) === everything
      counts[`${isSaid}`] = (counts[`${isSaid}`] ?? 0) + 1
      now = after(now, apart)
      if (passes({ table, engine, now }, from, to, payload) === isSaid) return []
      const packet = formatPacket({ source: from.address, destination: to.address, payload, length: 40 })
      return [`seed ${seed}: ${packet} is ${isSaid ? '' : 'not '}reachable, the engine says otherwise\n${lines}`]
    })
  })
}

const counts: Record<string, number> = {}

test(`in ${worlds} small worlds every packet fares as told`, () => {
  const first = Math.floor(Math.random() * 2 ** 31)
  for (let seed = first; seed < first + worlds; seed += 1) expect(disagreements(seed)).toEqual([])
  expect(Math.min(counts['true'] ?? 0, counts['false'] ?? 0)).toBeGreaterThan(100_000)
}, 600_000)
