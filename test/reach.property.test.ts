/** Laws of explanations, over random worlds: exact in every part, agreed with by the engine, mended by their fixes. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instant } from '../src/base/clock.ts'
import { Engine } from '../src/engine/engine.ts'
import { apply, findRule, type World } from '../src/model/world.ts'
import { formatAddress, parseAddress } from '../src/net/address.ts'
import { containsAddress, parseCidr } from '../src/net/cidr.ts'
import { parsePacket } from '../src/packet/notation.ts'
import { type Packet, type Payload, reversed, tcpFlags } from '../src/packet/packet.ts'
import { compile } from '../src/policy/compile.ts'
import type { Finding } from '../src/reach/explain.ts'
import { Terrain } from '../src/reach/host.ts'
import { joined, partsOf, type Range } from '../src/reach/parts.ts'
import { placesNamed } from '../src/reach/place.ts'
import { walk } from '../src/reach/walk.ts'
import { Chance } from './model/chance.ts'
import { hosts } from './model/random-world.ts'
import { asked, ports, type Scene, scenes } from './reach-scene.ts'
import { change } from './reach-world.ts'

/** What becomes of one packet between two places that have one address each. */
function resultFor(world: World, [from, to]: readonly [string, string], packet: Packet): Finding['result'] {
  const [sender, second] = placesNamed(world, from)
  const [receiver, other] = placesNamed(world, to)
  if (!sender || !receiver || second || other) throw new Error(`${from} or ${to} is several places`)
  const outcomes = walk(new Terrain(world), { from: sender, to: receiver, packet }).map(({ outcome }) => outcome)
  if (outcomes.includes('stops')) return 'unreachable'
  return outcomes.includes('unknown') ? 'undetermined' : 'reachable'
}

/** No ranges stand for all there is. */
function isAmong(ranges: readonly string[], number: bigint): boolean {
  return ranges.length === 0 || ranges.some((range) => holds(rangeFrom(range), number))
}

function rangeFrom(text: string): Range {
  const [first = '', last = first] = text.split('-')
  return { first: numberFrom(first), last: numberFrom(last) }
}

function numberFrom(text: string): bigint {
  return parseAddress(text)?.bits ?? BigInt(text)
}

function holds({ first, last }: Range, number: bigint): boolean {
  return first <= number && number <= last
}

describe('an explanation', () => {
  test('is exact: any packet of a part meets the fate of the part', () => {
    fc.assert(
      fc.property(scenes, (scene) => {
        const { world, ends, chance } = scene
        for (const finding of asked(scene).findings) {
          const told = parsePacket(finding.packet)
          const pair = endsOf(ends, finding, chance)
          const packet = between(pair, { ...told, payload: drawnFrom(scene, finding, told.payload) })
          expect(resultFor(world, pair, packet), `${pair} ${JSON.stringify(packet.payload)}`).toBe(finding.result)
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('has each packet in one part only', () => {
    fc.assert(
      fc.property(scenes, (scene) => {
        const { findings } = asked(scene)
        const address = parseAddress(scene.chance.of([...hosts, '8.8.8.8', '203.0.113.77', '2001:db8:1::77']))
        const port = BigInt(scene.port ?? scene.chance.below(65_536))
        const client = BigInt(1024 + scene.chance.below(64_512))
        const holding = findings.filter((finding) => {
          const isOutside = scene.ends.every((end) => [finding.from, finding.to].some((text) => text.startsWith(end)))
          const family = parsePacket(finding.packet).source.family
          if (!isOutside || family !== address?.family) return false
          const isThere = finding.addresses.length === 0 || isAmong(finding.addresses, address.bits)
          return isThere && isAmong(finding.ports, port) && isAmong(finding.clientPorts, client)
        })
        expect(holding.length).toBeLessThanOrEqual(1)
      }),
      { numRuns: 400 },
    )
  })

  test('of a yes stands on rules: revoke one and the packet stops', () => {
    fc.assert(
      fc.property(scenes, (scene) => {
        for (const { result, packet, standsOn } of asked(scene).findings) {
          const told = parsePacket(packet)
          for (const { rule, group } of standsOn) {
            expect([result, findRule(scene.world, rule)?.group.id]).toEqual(['reachable', group])
            const revoked = apply(scene.world, [{ kind: 'rule-removed', group, rule }])
            expect(resultFor(revoked, addressesOf(scene.ends, told), told)).toBe('unreachable')
          }
        }
      }),
      { numRuns: 100 },
    )
  })

  test('of a no has fixes: when each has a command that is known to the end, the answer becomes yes', () => {
    let proved = 0
    fc.assert(
      fc.property(scenes, (scene) => {
        const { result, fixes, findings } = asked(scene)
        const isKnown = findings.every((finding) => finding.result !== 'undetermined')
        if (result === 'reachable' || !isKnown || fixes.some(({ changes }) => changes.length === 0)) return
        const mended = change(scene.world, () => fixes.flatMap(({ changes }) => changes))
        expect(asked({ ...scene, world: mended }).result).toBe('reachable')
        proved++
      }),
      { numRuns: 400 },
    )
    expect(proved).toBeGreaterThan(20)
  })
})

/** A packet from somewhere in the finding's part. */
function drawnFrom({ port, chance }: Scene, { ports: to, clientPorts }: Finding, payload: Payload): Payload {
  if (payload.kind !== 'tcp' && payload.kind !== 'udp') return payload
  const anyPort = port === undefined ? chance.of([0, 21, 22, 53, 80, 123, 1023, 1024, 1688, 65_535]) : Number(port)
  const source = drawn(clientPorts, chance) ?? BigInt(1024 + chance.below(64_512))
  const destination = drawn(to, chance) ?? BigInt(anyPort)
  return { ...payload, ports: { source: Number(source), destination: Number(destination) } }
}

function drawn(ranges: readonly string[], chance: Chance): bigint | undefined {
  if (ranges.length === 0) return undefined
  const { first, last } = rangeFrom(chance.of(ranges))
  return chance.of([first, last, first + (last - first) / 2n])
}

const anybody = [...hosts, '8.8.8.8', '129.0.0.1', '198.51.100.200', '203.0.113.77', '2001:db8:1:8::1', '3fff::1']

/** The question's ends, one address of the part in place of a block. */
function endsOf(ends: readonly [string, string], finding: Finding, chance: Chance): readonly [string, string] {
  const { source, destination } = parsePacket(finding.packet)
  const [from, to] = addressesOf(ends, { source, destination })
  const block = ends.find((end) => !end.startsWith('eni-'))
  if (block === undefined || ![finding.from, finding.to].some((text) => text.startsWith(block))) return [from, to]
  const cidr = parseCidr(block === 'internet' ? (source.family === 4 ? '0.0.0.0/0' : '::/0') : block)?.cidr
  const others = anybody
    .flatMap((text) => parseAddress(text) ?? [])
    .filter((each) => cidr && containsAddress(cidr, each))
  const bits = drawn(finding.addresses, chance) ?? (others.length > 0 ? chance.of(others).bits : undefined)
  if (bits === undefined) return [from, to]
  const text = formatAddress({ family: source.family, bits })
  return ends[0] === block ? [text, to] : [from, text]
}

function between([from, to]: readonly [string, string], packet: Packet): Packet {
  const { source, destination } = packet
  return { ...packet, source: parseAddress(from) ?? source, destination: parseAddress(to) ?? destination }
}

function addressesOf(
  [from, to]: readonly [string, string],
  { source, destination }: Pick<Packet, 'source' | 'destination'>,
): readonly [string, string] {
  return [
    from.startsWith('eni-') ? from : formatAddress(source),
    to.startsWith('eni-') ? to : formatAddress(destination),
  ]
}

test('two interfaces reach each other exactly if the engine lets the question and its answer pass', () => {
  let passed = 0
  const pairs = fc.tuple(scenes, fc.constantFrom(4, 6), fc.constantFrom('tcp', 'udp', 'icmp', '50'), fc.integer())
  fc.assert(
    fc.property(pairs, ([{ world }, family, kind, seed]) => {
      const chance = new Chance(seed)
      const [from, to] = chance.isLikely(0.5) ? (['e', 'f'] as const) : (['f', 'e'] as const)
      const packet: Packet = {
        source: addressOf(world, from, family as 4 | 6),
        destination: addressOf(world, to, family as 4 | 6),
        payload: payloadOf(kind, family, chance),
        length: 40,
      }
      const passes = engineLetsPass(world, [from, to], packet)
      if (passes) passed++
      expect(resultFor(world, [`eni-${from}`, `eni-${to}`], packet)).toBe(passes ? 'reachable' : 'unreachable')
    }),
    { numRuns: 500 },
  )
  expect(passed).toBeGreaterThan(20)
})

function addressOf(world: World, name: string, family: 4 | 6): Packet['source'] {
  const card = world.networkInterface.get(`eni-${name}`)
  const text = family === 4 ? card?.privateAddresses[0]?.address : card?.ipv6Addresses[0]
  return parseAddress(text ?? '') ?? { family, bits: 0n }
}

function payloadOf(kind: string, family: number, chance: Chance): Payload {
  const pair = { source: 1024 + chance.below(64_512), destination: Number(chance.of(ports)) }
  if (kind === 'tcp') return { kind: 'tcp', ports: pair, flags: tcpFlags.syn }
  if (kind === 'udp') return { kind: 'udp', ports: pair }
  if (kind === '50') return { kind: 'other', protocol: 50 }
  return family === 4
    ? { kind: 'icmp', protocol: 'icmp', type: 8, code: 0, identifier: 7 }
    : { kind: 'icmp', protocol: 'icmpv6', type: 128, code: 0, identifier: 7 }
}

function engineLetsPass(world: World, [from, to]: readonly [string, string], packet: Packet): boolean {
  const engine = new Engine()
  const answer = reversed(packet)
  const { payload } = answer
  const replied =
    payload.kind === 'tcp' ? { ...answer, payload: { ...payload, flags: tcpFlags.syn | tcpFlags.ack } } : answer
  const meetings = [
    [from, 'egress', packet],
    [to, 'ingress', packet],
    [to, 'egress', replied],
    [from, 'ingress', replied],
  ] as const
  return meetings.every(([name, direction, each]) => {
    const card = world.networkInterface.get(`eni-${name}`)
    const policy = card && compile(world, card)
    return policy && engine.decide({ packet: each, policy, direction, now: instant(0) }).action === 'allow'
  })
}

test('parts are all of a range, without overlap, and no set tells two numbers of one part apart', () => {
  const range = fc.tuple(fc.bigInt(0n, 60n), fc.bigInt(0n, 20n)).map(([first, more]) => ({ first, last: first + more }))
  const sets = fc.array(fc.array(range, { maxLength: 3 }), { maxLength: 6 })
  fc.assert(
    fc.property(range, sets, (whole, all) => {
      const parts = partsOf(whole, all)
      const numbers = parts.map((part) => part.flatMap(numbersIn))
      expect(numbers.flat().sort((a, b) => Number(a - b))).toEqual(numbersIn(whole))
      const membership = (number: bigint) => all.map((set) => set.some((each) => holds(each, number))).join()
      const known = numbers.map((part) => new Set(part.map(membership)))
      expect(known.map(({ size }) => size)).toEqual(parts.map(() => 1))
      expect(new Set(known.flatMap((each) => [...each])).size).toBe(parts.length)
      expect(parts.map(joined)).toEqual(parts)
    }),
  )
})

function numbersIn({ first, last }: Range): bigint[] {
  return Array.from({ length: Number(last - first) + 1 }, (_, index) => first + BigInt(index))
}
