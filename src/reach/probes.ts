/**
 * The packets that stand for a question. A block of addresses, all ports and a client's ephemeral port
 * are cut where anything on the way could tell packets apart; each part is tried by one packet, so
 * together they are exact and not a sample.
 */

import type { Address, Family } from '../net/address.ts'
import { lastOf } from '../net/cidr.ts'
import { type Packet, type Payload, tcpFlags } from '../packet/packet.ts'
import { type Distinctions, distinctionsOf, rangesOf } from './distinctions.ts'
import type { Terrain } from './host.ts'
import { type Part, partsOf, type Range } from './parts.ts'
import type { OutsidePlace, Place, PlacePair } from './place.ts'
import type { Journey } from './walk.ts'

export interface Traffic {
  readonly protocol: 'tcp' | 'udp' | 'icmp' | 'icmpv6' | number
  /** TCP and UDP; absent asks for every port. */
  readonly port?: number
}

/** One packet and all that it stands for: every address with every port and client port. */
export interface Probe {
  readonly journey: Journey
  /** Of the end that is outside; its own address if both are interfaces. */
  readonly addresses: Part
  readonly ports: Part
  readonly clientPorts: Part
}

/** All probes between two parts of the ends' addresses. */
export interface ProbeGrid {
  readonly ports: readonly Part[]
  readonly clientPorts: readonly Part[]
  probe(ports: Part, clientPorts: Part): Probe
}

/** From where most systems begin to draw them (data-plane 3). */
export const clientPorts = { from: 1024, to: 65_535 } as const
const echoIdentifier = 1
const noPorts: Part = []

/** Ports that are asked about, where not all are. */
export interface PortLimits {
  readonly ports: PortSpan
  readonly clientPorts: PortSpan
}

interface PortSpan {
  readonly from: number
  readonly to: number
}

const anyPort: PortLimits = { ports: { from: 0, to: 65_535 }, clientPorts }

/** Nothing if the two ends have no address family in common, or the protocol is of another. */
export function probeGrids(
  terrain: Terrain,
  [from, to]: PlacePair,
  traffic: Traffic,
  within: PortLimits = anyPort,
): ProbeGrid[] {
  const hosts = [from, to].flatMap((place) => terrain.hostAt(place) ?? [])
  return familiesOf(traffic).flatMap((family) => {
    const cuts = distinctionsOf(terrain.world, hosts, family)
    const parts = portParts(traffic, cuts, within)
    return endsOf(from, family, cuts).flatMap((source) =>
      endsOf(to, family, cuts).map((destination): ProbeGrid => {
        const addresses = from.kind === 'outside' ? source.part : destination.part
        const probe = (ports: Part, drawn: Part): Probe => {
          const payload = payloadFor(traffic, ports, drawn)
          const packet: Packet = { source: source.at, destination: destination.at, payload, length: 40 }
          return { journey: { from, to, packet }, addresses, ports, clientPorts: drawn }
        }
        return { ...parts, probe }
      }),
    )
  })
}

function familiesOf({ protocol }: Traffic): readonly Family[] {
  if (protocol === 'icmp') return [4]
  return protocol === 'icmpv6' ? [6] : [4, 6]
}

interface End {
  readonly at: Address
  readonly part: Part
}

function endsOf(place: Place, family: Family, cuts: Distinctions): End[] {
  if (place.kind === 'outside') return outsideEnds(place, family, cuts)
  return place.addresses
    .filter((address) => address.family === family)
    .map((at) => ({ at, part: [{ first: at.bits, last: at.bits }] }))
}

function outsideEnds({ block, without }: OutsidePlace, family: Family, { addresses }: Distinctions): End[] {
  if (block.family !== family) return []
  const leftOut = rangesOf(without, family)
  return partsOf({ first: block.first, last: lastOf(block) }, [leftOut, ...addresses]).flatMap((part) => {
    const bits = (part[0] as Range).first
    const isLeftOut = leftOut.some(({ first, last }) => first <= bits && bits <= last)
    return isLeftOut ? [] : [{ at: { family, bits }, part }]
  })
}

function portParts(
  { protocol, port }: Traffic,
  cuts: Distinctions,
  { ports, clientPorts: drawn }: PortLimits,
): Pick<ProbeGrid, 'ports' | 'clientPorts'> {
  if (protocol !== 'tcp' && protocol !== 'udp') return { ports: [noPorts], clientPorts: [noPorts] }
  return {
    ports: partsOf(rangeOf(port ?? ports.from, port ?? ports.to), cuts.ports),
    clientPorts: partsOf(rangeOf(drawn.from, drawn.to), cuts.clientPorts),
  }
}

function payloadFor({ protocol }: Traffic, ports: Part, drawn: Part): Payload {
  if (typeof protocol === 'number') return { kind: 'other', protocol }
  if (protocol === 'icmp' || protocol === 'icmpv6') {
    const type = protocol === 'icmp' ? 8 : 128
    return { kind: 'icmp', protocol, type, code: 0, identifier: echoIdentifier }
  }
  const pair = { source: lowest(drawn), destination: lowest(ports) }
  return protocol === 'tcp' ? { kind: 'tcp', ports: pair, flags: tcpFlags.syn } : { kind: 'udp', ports: pair }
}

function rangeOf(from: number, to: number): Range {
  return { first: BigInt(from), last: BigInt(to) }
}

function lowest(part: Part): number {
  return Number((part[0] as Range).first)
}
