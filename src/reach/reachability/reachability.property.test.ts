/** Reachability of all at once is what walking every single packet says, over random worlds. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Chance } from '../../../test/model/chance.ts'
import { hosts } from '../../../test/model/random-world.ts'
import { randomEstate } from '../../../test/proof/estate.ts'
import { type Address, parseAddress } from '../../net/address.ts'
import { blockAround } from '../../net/cidr.ts'
import { type Payload, tcpFlags } from '../../packet/packet.ts'
import type { Terrain } from '../host.ts'
import { at, type Diagram, everything } from '../packet-set/diagram.ts'
import { addressCut } from '../packet-set/lines.ts'
import { samplePayload, servicePoint } from '../packet-set/packet-set.ts'
import { openings } from '../packet-set/services.ts'
import { type OutsidePlace, placesNamed } from '../place.ts'
import { walk } from '../walk.ts'
import { type End, type EndClass, placeOf } from './end.ts'
import type { Passage } from './passage.ts'
import { Reachability } from './reachability.ts'
import { journeyOf, type Pair } from './way.ts'

const ports = [0, 21, 22, 53, 79, 80, 81, 123, 443, 1024, 1688, 65_535]
const clients = [1024, 1688, 32_767, 32_768, 60_999, 61_000, 65_535]
const messages = [0, 3, 8, 13, 14, 128, 129, 1, 255]

function anyPayload(chance: Chance, family: 4 | 6): Payload {
  const pair = { source: chance.of(clients), destination: chance.of(ports) }
  return chance.of<Payload>([
    { kind: 'tcp', ports: pair, flags: tcpFlags.syn },
    { kind: 'udp', ports: pair },
    {
      kind: 'icmp',
      protocol: family === 4 ? 'icmp' : 'icmpv6',
      type: chance.of(messages),
      code: chance.of([0, 4, 255]),
    },
    { kind: 'other', protocol: chance.of([0, 47, 50, 132, 255]) },
  ])
}

function walked(terrain: Terrain, pair: Pair, payload: Payload): string {
  const outcomes = walk(terrain, journeyOf(pair, payload)).map(({ outcome }) => outcome)
  if (outcomes.includes('stops')) return 'unreachable'
  return outcomes.includes('unknown') ? 'undetermined' : 'reachable'
}

function told({ reachable, undetermined }: Passage, payload: Payload, address?: Address): string {
  const has = (set: Diagram) => {
    const services = address ? at(set, addressCut(address)) : set
    return servicePoint(payload).reduce(at, services) === everything
  }
  if (has(reachable)) return 'reachable'
  return has(undetermined) ? 'undetermined' : 'unreachable'
}

/** Some member of each class, of two interfaces. */
function pairOf(from: EndClass, to: EndClass, chance: Chance): Pair | undefined {
  const sender = chance.of(from.members)
  const others = to.members.filter(({ card }) => card.id !== sender.card.id)
  if (others.length === 0) return undefined
  const receiver = chance.of(others)
  return { from: placeOf(sender), to: placeOf(receiver), source: sender.address, destination: receiver.address }
}

const counts: Record<string, number> = {}

describe('what is told of a pair is what becomes of each packet', () => {
  test('between interfaces', () => {
    const property = fc.property(fc.integer(), (seed) => {
      const chance = new Chance(seed)
      const reachability = new Reachability(randomEstate(seed, { twin: seed % 2 === 0 }))
      for (const from of reachability.classes) {
        for (const to of reachability.classes.filter(({ family }) => family === from.family)) {
          const pair = pairOf(from, to, chance)
          const passage = reachability.between(from, to)
          const inside = passage.reachable.kind === 'nothing' ? [] : [samplePayload(passage.reachable)]
          const payloads = [...inside, ...Array.from({ length: 6 }, () => anyPayload(chance, from.family))]
          for (const payload of pair ? payloads : []) {
            const fate = walked(reachability.terrain, pair as Pair, payload)
            counts[fate] = (counts[fate] ?? 0) + 1
            expect(told(passage, payload), `${seed} ${describePair(pair as Pair)} ${JSON.stringify(payload)}`).toBe(
              fate,
            )
          }
        }
      }
    })
    fc.assert(property, { numRuns: 150 })
    expect(counts['reachable']).toBeGreaterThan(200)
  }, 60_000)

  test('between an interface and addresses outside, both ways', () => {
    const fates: Record<string, number> = {}
    const property = fc.property(fc.integer(), (seed) => {
      const chance = new Chance(seed)
      const reachability = new Reachability(randomEstate(seed))
      const text = chance.of(['internet', 'internet', '0.0.0.0/0', '::/0', '192.0.2.0/24', '169.254.0.0/16'])
      const places = placesNamed(reachability.world, text).filter((each) => each.kind === 'outside')
      for (const end of reachability.classes) {
        for (const place of places.filter(({ block }) => block.family === end.family)) {
          for (const address of outerAddresses(place, chance)) {
            const direction = chance.of(['ingress', 'egress'] as const)
            const pair = outerPair(place, chance.of(end.members), address, direction)
            const passage = reachability.beyond(end, place, direction)
            const payload = anyPayload(chance, end.family)
            const fate = walked(reachability.terrain, pair, payload)
            fates[fate] = (fates[fate] ?? 0) + 1
            expect(
              told(passage, payload, address),
              `${seed} ${text} ${describePair(pair)} ${JSON.stringify(payload)}`,
            ).toBe(fate)
          }
        }
      }
    })
    fc.assert(property, { numRuns: 150 })
    expect(Math.min(fates['reachable'] ?? 0, fates['undetermined'] ?? 0)).toBeGreaterThan(20)
  }, 60_000)
})

function describePair({ source, destination }: Pair): string {
  return `${JSON.stringify(source.bits.toString(16))} > ${JSON.stringify(destination.bits.toString(16))}`
}

const anybody = [
  ...hosts,
  '8.8.8.8',
  '0.0.0.0',
  '129.0.0.1',
  '192.0.2.200',
  '169.254.169.254',
  '169.254.169.253',
  '3fff::1',
]

/** Of those that anything could tell apart, the ones in the place. */
function outerAddresses({ block, without }: OutsidePlace, chance: Chance): Address[] {
  const isIn = (around: OutsidePlace['block'], address: Address) =>
    around.family === address.family && blockAround(address, around.length).first === around.first
  return [chance.of(anybody), chance.of(anybody), chance.of(anybody)]
    .flatMap((text) => parseAddress(text) ?? [])
    .filter((address) => isIn(block, address) && !without.some((each) => isIn(each, address)))
}

function outerPair(place: OutsidePlace, member: End, address: Address, direction: 'ingress' | 'egress'): Pair {
  const inner = placeOf(member)
  return direction === 'ingress'
    ? { from: place, to: inner, source: address, destination: member.address }
    : { from: inner, to: place, source: member.address, destination: address }
}

test('what passes is among what may begin something', () => {
  const property = fc.property(fc.integer(), (seed) => {
    const { classes, diagrams, ...reachability } = bound(new Reachability(randomEstate(seed)))
    for (const from of classes) {
      for (const to of classes) {
        const { reachable, undetermined } = reachability.between(from, to)
        const all = openings(diagrams, from.family)
        expect(diagrams.difference(diagrams.union(reachable, undetermined), all).kind).toBe('nothing')
      }
    }
  })
  fc.assert(property, { numRuns: 100 })
})

function bound(reachability: Reachability) {
  const { classes, diagrams } = reachability
  return { classes, diagrams, between: reachability.between.bind(reachability) }
}
