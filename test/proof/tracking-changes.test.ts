/** Which flows a change of rules turns tracked or untracked, and that the sets are what the engine decides by. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { untrackedPair } from '../../src/engine/tracking.ts'
import { worldFromLines } from '../../src/import/world-lines.ts'
import type { Direction } from '../../src/model/rule.ts'
import type { World } from '../../src/model/world.ts'
import { parseAddress } from '../../src/net/address.ts'
import { parsePacket } from '../../src/packet/notation.ts'
import { type Packet, type Payload, reversed, tcpFlags } from '../../src/packet/packet.ts'
import { matchingRules, peerOf } from '../../src/policy/match.ts'
import type { InterfacePolicy } from '../../src/policy/policy.ts'
import { PolicyTable } from '../../src/policy/policy-table.ts'
import { at, Diagrams, everything } from '../../src/reach/packet-set/diagram.ts'
import { addressCut } from '../../src/reach/packet-set/lines.ts'
import { servicePoint } from '../../src/reach/packet-set/packet-set.ts'
import { ruleText } from '../../src/reach/packet-set/service-text.ts'
import { type Standing, standingsOf, type TrackingChange, trackingChanges } from '../../src/reach/tracking-changes.ts'
import { Chance } from '../model/chance.ts'
import { hosts } from '../model/random-world.ts'
import { randomEstate } from './estate.ts'

const lines = `
  group web  ingress tcp 80   from 0.0.0.0/0
  group web  ingress tcp 443  from 198.51.100.0/24
  group web  egress  any      to 0.0.0.0/0
  group db   ingress tcp 5432 from web
  interface web 10.0.0.5 2001:db8::5 in web
  interface too 10.0.0.6 2001:db8::6 in web
  interface db  10.0.1.9 in db
`

function told(changes: readonly TrackingChange[]): string[] {
  return changes.map(({ cards, direction, was, is, families, services, addresses }) => {
    const far = addresses.length === 0 ? 'all' : addresses.join(' ')
    return `${cards.join(' ')} ${direction} ${services.map(ruleText).join('; ')} ${far} over ${families.join()}: ${was} > ${is}`
  })
}

describe('a change of', () => {
  test.each<[string, (text: string) => string, string[]]>([
    ['nothing', (text) => text, []],
    [
      'a narrow rule, opened',
      (text) => text.replace('198.51.100.0/24', '0.0.0.0/0'),
      [
        'eni-too eni-web ingress tcp 443 198.51.100.0/24 over 4: tracked > untracked',
        'eni-too eni-web ingress tcp 443 0.0.0.0-198.51.99.255 198.51.101.0-255.255.255.255 over 4: refused > untracked',
      ],
    ],
    [
      'an open rule, narrowed',
      (text) => text.replace('80   from 0.0.0.0/0', '80   from 10.0.0.0/8'),
      [
        'eni-too eni-web ingress tcp 80 10.0.0.0/8 over 4: untracked > tracked',
        'eni-too eni-web ingress tcp 80 0.0.0.0/5 8.0.0.0/7 11.0.0.0-255.255.255.255 over 4: untracked > refused',
      ],
    ],
    [
      'the rules of the other direction',
      (text) => text.replace('egress  any      to', 'egress  tcp 443 to'),
      ['eni-too eni-web ingress tcp 80 all over 4: untracked > tracked'],
    ],
    [
      'both directions, of both families',
      (text) => `${text}  group web ingress tcp 443 from ::/0\n  group web egress tcp any to ::/0`,
      ['eni-too eni-web ingress tcp 443 all over 6: refused > untracked'],
    ],
    ['a rule that stays tracked', (text) => text.replace('5432', '5433'), []],
    [
      'an interface that leaves the group',
      (text) => text.replace('2001:db8::6 in web', '2001:db8::6 in db'),
      ['eni-too ingress tcp 80 all over 4: untracked > refused'],
    ],
  ])('%s', (_, edit, expected) => {
    expect(told(trackingChanges(worldFromLines(lines), worldFromLines(edit(lines))))).toEqual(expected)
  })
})

function anyPayload(chance: Chance): Payload {
  const ports = { source: chance.of([1024, 32_768, 65_535]), destination: chance.of([0, 22, 53, 80, 443, 65_535]) }
  return chance.of<Payload>([
    { kind: 'tcp', ports, flags: tcpFlags.syn },
    { kind: 'udp', ports },
    { kind: 'other', protocol: 50 },
  ])
}

function anyPacket({ addresses }: InterfacePolicy, direction: Direction, chance: Chance): Packet {
  const own = chance.of(addresses)
  const others = hosts.flatMap((text) => parseAddress(text.split('/')[0] ?? '') ?? [])
  const peers = others.filter(({ family }) => family === own.family)
  const peer = peers.length === 0 ? own : chance.of(peers)
  const [source, destination] = direction === 'ingress' ? [peer, own] : [own, peer]
  return { source, destination, payload: anyPayload(chance), length: 40 }
}

/** What the sets say of a packet's flow, if the packet opens it. */
function setStanding(
  diagrams: Diagrams,
  policy: InterfacePolicy,
  packet: Packet,
  direction: Direction,
): Standing | 'none' {
  const sets = standingsOf(diagrams, policy, direction, packet.source.family)
  const point = [addressCut(peerOf(packet, direction)), ...servicePoint(packet.payload)]
  const standings = (['tracked', 'untracked', 'refused'] as const).filter(
    (standing) => point.reduce(at, sets[standing]) === everything,
  )
  expect(standings.length).toBeLessThanOrEqual(1)
  return standings[0] ?? 'none'
}

const other = { ingress: 'egress', egress: 'ingress' } as const

describe('what the sets say is what the engine decides by', () => {
  const counts: Record<string, number> = {}

  test('over random worlds and packets, that open a flow or answer in one', () => {
    const property = fc.property(fc.integer(), (seed) => {
      const chance = new Chance(seed)
      const world = randomEstate(seed)
      const [diagrams, policies] = [new Diagrams(), new PolicyTable(world)]
      for (const policy of policiesOf(world, policies)) {
        for (let round = 0; round < 8; round += 1) {
          const direction = chance.of(['ingress', 'egress'] as const)
          const packet = anyPacket(policy, direction, chance)
          const pair = untrackedPair(policy, packet, direction)
          const said = setStanding(diagrams, policy, packet, direction)
          const isAdmitted = matchingRules(policy, packet, direction).length > 0
          const decided = pair && !pair.isAnswer ? 'untracked' : isAdmitted ? 'tracked' : 'refused'
          expect(said).toBe(decided)
          if (pair?.isAnswer) {
            // A client port below 1024 begins nothing, so only such answers are in no set.
            const asked = setStanding(diagrams, policy, reversed(packet), other[direction])
            const { payload } = packet
            const isOpening = 'ports' in payload && payload.ports.destination >= 1024
            expect(asked).toBe(isOpening ? 'untracked' : 'none')
          }
          counts[decided] = (counts[decided] ?? 0) + 1
        }
      }
    })
    fc.assert(property, { numRuns: 150 })
    expect(Math.min(counts['tracked'] ?? 0, counts['untracked'] ?? 0, counts['refused'] ?? 0)).toBeGreaterThan(50)
  })

  test('each packet that a change shows turns as the change says', () => {
    let seen = 0
    const property = fc.property(fc.integer(), fc.integer(), (one, two) => {
      const [before, after] = [randomEstate(one), randomEstate(two)]
      const [old, fresh] = [new PolicyTable(before), new PolicyTable(after)]
      for (const { cards, direction, was, is, packet } of trackingChanges(before, after)) {
        const [card = ''] = cards
        const standing = (policy: InterfacePolicy | undefined) => {
          if (!policy) return undefined
          const opening = parsePacket(packet)
          const pair = untrackedPair(policy, opening, direction)
          if (pair && !pair.isAnswer) return 'untracked'
          return matchingRules(policy, opening, direction).length > 0 ? 'tracked' : 'refused'
        }
        expect([standing(old.get(card as never)), standing(fresh.get(card as never))]).toEqual([was, is])
        seen += 1
      }
    })
    fc.assert(property, { numRuns: 150 })
    expect(seen).toBeGreaterThan(100)
  })
})

function policiesOf(world: World, policies: PolicyTable): InterfacePolicy[] {
  return Array.from(world.networkInterface.keys()).flatMap((id) => policies.get(id as never) ?? [])
}
