/**
 * Sets of packets that begin something, exact over addresses of both families, protocol, ports and ICMP
 * fields: made from boxes, united, intersected and subtracted, and asked for a packet that is in them.
 */

import type { Family } from '../../net/address.ts'
import type { AddressSet } from '../../net/address-set.ts'
import { type Packet, type Payload, protocolNumber, tcpFlags } from '../../packet/packet.ts'
import { at, type Cut, type Diagram, type Diagrams, everything, intervalsOf, type Line, nothing } from './diagram.ts'
import {
  addressAt,
  addressCut,
  addressLines,
  addressRanges,
  clientLine,
  protocolLine,
  protocols,
  serviceLine,
} from './lines.ts'
import { openings } from './services.ts'

export type PacketSet = Readonly<Record<Family, Diagram>>

const families: readonly Family[] = [4, 6]

/** Every packet from one of some addresses to one of others, on some services. */
export interface Box {
  readonly sources: AddressSet
  readonly destinations: AddressSet
  /** Of each family. */
  readonly services: Readonly<Record<Family, Diagram>>
}

export function boxOf(diagrams: Diagrams, { sources, destinations, services }: Box): PacketSet {
  return byFamily((family) => {
    const line = addressLines[family]
    const below = diagrams.within(line, addressRanges(destinations, family), services[family])
    return diagrams.within(line, addressRanges(sources, family), below)
  })
}

function byFamily(make: (family: Family) => Diagram): PacketSet {
  return { 4: make(4), 6: make(6) }
}

export function union(diagrams: Diagrams, all: readonly PacketSet[]): PacketSet {
  return byFamily((family) => diagrams.unionOf(all.map((set) => set[family])))
}

export function intersection(diagrams: Diagrams, a: PacketSet, b: PacketSet): PacketSet {
  return byFamily((family) => diagrams.intersection(a[family], b[family]))
}

export function difference(diagrams: Diagrams, a: PacketSet, b: PacketSet): PacketSet {
  return byFamily((family) => diagrams.difference(a[family], b[family]))
}

export function isEmpty(set: PacketSet): boolean {
  return set[4] === nothing && set[6] === nothing
}

export function hasPacket(set: PacketSet, { source, destination, payload }: Packet): boolean {
  const ends = [source, destination].map(addressCut)
  return [...ends, ...servicePoint(payload)].reduce(at, set[source.family]) === everything
}

/** Where a payload is on the lines of protocol, service and client port. */
export function servicePoint(payload: Payload): readonly [protocol: number, service: number, client: number] {
  const protocol = protocolNumber(payload)
  if (payload.kind === 'icmp') return [protocol, payload.type * 256 + payload.code, 0]
  return payload.kind === 'other' ? [protocol, 0, 0] : [protocol, payload.ports.destination, payload.ports.source]
}

/** The lowest packet of the set, its usual services first; undefined for the empty set. */
export function samplePacket(diagrams: Diagrams, set: PacketSet): Packet | undefined {
  for (const family of families) {
    const [first] = firstOf(set[family], addressLines[family])
    const [second] = first ? firstOf(first.below, addressLines[family]) : []
    if (!first || !second) continue
    const asked = diagrams.intersection(second.below, openings(diagrams, family))
    const payload = samplePayload(asked === nothing ? second.below : asked)
    return {
      source: addressAt(family, first.first),
      destination: addressAt(family, second.first),
      payload,
      length: 40,
    }
  }
  return undefined
}

function firstOf(diagram: Diagram, line: Line): readonly [(Line & { readonly below: Diagram })?] {
  for (const interval of intervalsOf(diagram, line)) return [interval]
  return []
}

/** TCP speaks for a service where it may: people know its ports. */
const preferred = [protocols.tcp, protocols.udp, protocols.icmp, protocols.icmpv6]
/** Of all ports the one that everybody knows, and any client port but the odd lowest ones. */
const usual = { port: 443, client: 40_000, echo: { [protocols.icmp]: 8 * 256, [protocols.icmpv6]: 128 * 256 } }

/** One payload of a set of services that is not empty. */
export function samplePayload(services: Diagram): Payload {
  const protocol =
    preferred.find((each) => at(services, each) !== nothing) ?? Number(firstOf(services, protocolLine)[0]?.first)
  const below = at(services, protocol)
  if (protocol === protocols.tcp || protocol === protocols.udp) {
    const destination = pick(below, serviceLine, usual.port)
    const source = pick(at(below, destination), clientLine, usual.client)
    return transport(protocol, { source, destination })
  }
  if (protocol !== protocols.icmp && protocol !== protocols.icmpv6) return { kind: 'other', protocol }
  const message = pick(below, serviceLine, usual.echo[protocol])
  const [type, code] = [message >> 8, message & 255]
  return { kind: 'icmp', protocol: protocol === protocols.icmp ? 'icmp' : 'icmpv6', type, code }
}

function transport(protocol: number, ports: { readonly source: number; readonly destination: number }): Payload {
  return protocol === protocols.tcp ? { kind: 'tcp', ports, flags: tcpFlags.syn } : { kind: 'udp', ports }
}

/** The wanted number if the diagram has it, else its lowest. */
function pick(diagram: Diagram, line: Line, wanted: Cut): number {
  return Number(at(diagram, wanted) === nothing ? firstOf(diagram, line)[0]?.first : wanted)
}
