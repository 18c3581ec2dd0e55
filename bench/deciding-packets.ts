/**
 * Packets to hold against a workload's rules, as objects and as numbers: 70 % are derived from a rule, some of
 * them with another port, the rest are random.
 */

import type { Address, Family } from '../src/net/address.ts'
import type { Packet, Payload } from '../src/packet/packet.ts'
import { splitAddress } from '../src/policy/address-plane.ts'
import type { Allow } from '../src/policy/policy.ts'
import { trafficKey } from '../src/policy/traffic-plane.ts'
import type { Families } from './deciding-worlds.ts'
import { Dice } from './dice.ts'

export interface Packets {
  readonly count: number
  /** 4 or 6. */
  readonly families: Uint8Array
  /** An IPv4 address, or four words of an IPv6 one, each at a multiple of four. */
  readonly words: Int32Array
  readonly keys: Int32Array
}

export function packetsFor(allows: readonly Allow[], families: Families, count: number): Packets {
  const dice = new Dice(`packets ${families} ${allows.length}`)
  const packets: Packets = {
    count,
    families: new Uint8Array(count),
    words: new Int32Array(count * 4),
    keys: new Int32Array(count),
  }
  for (let index = 0; index < count; index++) {
    const { peer, payload } = anyHeader(allows, families, dice)
    packets.families[index] = peer.family
    if (peer.family === 4) packets.words[index * 4] = Number(peer.bits)
    else splitAddress(peer.bits, packets.words, index * 4)
    packets.keys[index] = trafficKey(payload)
  }
  return packets
}

/** The first of those packets, as the engine gets them. */
export function packetObjects(allows: readonly Allow[], families: Families, count: number): Packet[] {
  const dice = new Dice(`packets ${families} ${allows.length}`)
  return Array.from({ length: count }, () => {
    const { peer, payload } = anyHeader(allows, families, dice)
    return { source: peer, destination: { ...peer, bits: 1n }, payload, length: 40 }
  })
}

interface Header {
  readonly peer: Address
  readonly payload: Payload
}

function anyHeader(allows: readonly Allow[], families: Families, dice: Dice): Header {
  const isDerived = dice.below(10) < 7
  const allow = dice.of(allows)
  const family: Family = families === 'mixed' ? (dice.below(2) === 0 ? 4 : 6) : families === 'IPv4' ? 4 : 6
  if (!isDerived) return { peer: { family, bits: anyBits(family, dice) }, payload: payloadOf(allow, dice, true) }
  const own: Family = allow.peers[4].length > 0 ? 4 : 6
  const { first, last } = dice.of(allow.peers[own])
  const offset = last === first ? 0n : anyBits(6, dice) % (last - first + 1n)
  return { peer: { family: own, bits: first + offset }, payload: payloadOf(allow, dice, dice.below(10) < 2) }
}

function anyBits(family: Family, dice: Dice): bigint {
  const word = () => BigInt(dice.below(2 ** 32))
  if (family === 4) return word()
  const prefix = BigInt(0x2600_0000 + dice.below(120) * 65_537)
  return (((((prefix << 32n) + word()) << 32n) + word()) << 32n) + word()
}

function payloadOf({ traffic }: Allow, dice: Dice, isOtherPort: boolean): Payload {
  const any = dice.below(65_536)
  if ('from' in traffic) {
    const destination = isOtherPort ? any : traffic.from + dice.below(traffic.to - traffic.from + 1)
    const ports = { source: 50_000, destination }
    return traffic.protocol === 'tcp' ? { kind: 'tcp', ports, flags: 2 } : { kind: 'udp', ports }
  }
  if ('type' in traffic) {
    const { protocol, type, code } = traffic
    return { kind: 'icmp', protocol, type: isOtherPort ? any & 255 : type, code: Math.max(code, 0) }
  }
  return { kind: 'tcp', ports: { source: 50_000, destination: any }, flags: 2 }
}
