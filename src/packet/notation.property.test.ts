/** Packets survive their notation, and no text breaks its reader in any way but by a NotationError. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addressOf, anyPacket } from '../../test/arbitraries.ts'
import { NotationError } from '../base/words.ts'
import { flowKey } from './flow-key.ts'
import { formatPacket, parsePacket } from './notation.ts'
import { reversed } from './packet.ts'

test('a packet that is written is the packet that is read', () => {
  const property = fc.property(anyPacket, (packet) => {
    expect(parsePacket(formatPacket(packet))).toEqual(packet)
  })
  fc.assert(property, { numRuns: 2_000 })
})

test('the answer to the answer is the packet again', () => {
  const property = fc.property(anyPacket, (packet) => {
    expect(reversed(reversed(packet))).toEqual(packet)
  })
  fc.assert(property)
})

test('an IPv4 and an IPv6 flow are never the same, though their numbers be', () => {
  const property = fc.property(anyPacket, (packet) => {
    const { source, destination } = packet
    const other = source.family === 4 ? 6 : 4
    const alias = {
      ...packet,
      source: { ...source, family: other },
      destination: { ...destination, family: other },
    } as const
    expect(flowKey(alias)).not.toBe(flowKey(packet))
  })
  fc.assert(property)
})

test('flows that differ in one field are never the same', () => {
  const anyPair = fc.tuple(anyPacket, anyPacket)
  const property = fc.property(anyPair, ([one, other]) => {
    const facts = ({ source, destination, payload }: typeof one) => {
      const { kind } = payload
      if (kind === 'tcp' || kind === 'udp') return { source, destination, kind, ports: payload.ports }
      if (kind === 'other') return { source, destination, kind, protocol: payload.protocol }
      return { source, destination, kind, type: payload.type, protocol: payload.protocol, id: payload.identifier ?? 0 }
    }
    const isSame = flowKey(one) === flowKey(other)
    if (isSame) expect(facts(one)).toEqual(facts(other))
    else expect(facts(one)).not.toEqual(facts(other))
  })
  fc.assert(property, { numRuns: 2_000 })
})

const fragment = fc.oneof(
  fc.constantFrom(
    'tcp',
    'udp',
    'icmp',
    'icmpv6',
    '50',
    '17',
    '999',
    '>',
    '{',
    '}',
    'S',
    '-',
    'SA',
    'first',
    'later',
    '1',
  ),
  fc.constantFrom(
    '10.0.0.1',
    '10.0.0.1:80',
    '[::1]:80',
    '::1',
    '[::1',
    '10.0.0.1:99999',
    'echo',
    'reply',
    '3/4',
    '300/1',
  ),
  fc.constantFrom('id=7', '40B', '99999B', '__proto__', 'constructor', '0x10', '1e9', '\0', 'é'),
  fc.string({ maxLength: 6 }),
)

test('no text breaks the reader of packets in any way but by a NotationError', () => {
  const property = fc.property(fc.array(fragment, { maxLength: 14 }), (words) => {
    const text = words.join(' ')
    try {
      expect(parsePacket(formatPacket(parsePacket(text)))).toEqual(parsePacket(text))
    } catch (error) {
      expect(error).toBeInstanceOf(NotationError)
    }
  })
  fc.assert(property, { numRuns: 5_000 })
})

test('quotations do not nest, however deep', () => {
  const depth = 20_000
  const text = `${'icmp 10.0.0.1 > 10.0.0.2 3/4 { '.repeat(depth)}${'} '.repeat(depth)}`
  expect(() => parsePacket(text)).toThrow(new NotationError('a quoted packet quotes nothing'))
})

test('addresses that are not equal make flows that are not equal', () => {
  const ports = { source: 1, destination: 2 }
  const [a, b] = [addressOf('10.0.0.1'), addressOf('10.0.0.2')]
  const one = flowKey({ source: a, destination: b, payload: { kind: 'udp', ports } })
  expect(one).not.toBe(flowKey({ source: b, destination: a, payload: { kind: 'udp', ports } }))
})
