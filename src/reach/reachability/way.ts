/**
 * What the way between two ends says besides their rules, for all services at once. One packet is walked
 * (walk.ts is the truth); which hops it meets follows from addresses alone, and what an ACL on the way
 * lets by is a set. Services that are never filtered are tried one by one.
 */

import type { Direction } from '../../model/rule.ts'
import { type Address, parseAddress } from '../../net/address.ts'
import { type Packet, type Payload, tcpFlags } from '../../packet/packet.ts'
import { exemptAddresses, exemptPorts } from '../../policy/exempt.ts'
import type { Hop, HopOf } from '../hop.ts'
import type { Host, Terrain } from '../host.ts'
import { type Diagram, type Diagrams, everything, nothing } from '../packet-set/diagram.ts'
import { clientLine, protocolLine, protocols, serviceLine } from '../packet-set/lines.ts'
import { aclServices, openings } from '../packet-set/services.ts'
import type { Place } from '../place.ts'
import { type Journey, walk } from '../walk.ts'

export interface Way {
  /** Passes without being looked at. */
  readonly free: Diagram
  /** Passes if the rules of the ends that are asked admit it. */
  readonly judged: Diagram
  readonly asks: Readonly<Record<Direction, boolean>>
  /** False: it depends on a hop that this program does not run. */
  readonly isKnown: boolean
}

/** Two places, at one address of each. */
export interface Pair {
  readonly from: Place
  readonly to: Place
  readonly source: Address
  readonly destination: Address
}

/** A protocol for experiments (RFC 3692), which no service is of. */
const plain: Payload = { kind: 'other', protocol: 253 }

export function wayBetween(terrain: Terrain, diagrams: Diagrams, pair: Pair): Way {
  const hops = walk(terrain, plainJourney(pair))
  const all = openings(diagrams, pair.source.family)
  if (isExempt(hops)) return { free: all, judged: nothing, asks: { egress: false, ingress: false }, isKnown: true }
  const judged = hops.reduce<Diagram>(
    (set, hop) => diagrams.intersection(set, passedBy(terrain, diagrams, pair, hop)),
    all,
  )
  return {
    free: diagrams.intersection(all, exemptServices(terrain, diagrams, pair)),
    judged,
    asks: { egress: hops.some(isRulesOf('egress')), ingress: hops.some(isRulesOf('ingress')) },
    isKnown: hops.every(({ outcome }) => outcome !== 'unknown'),
  }
}

/** Of a packet that stands for all: which hops it meets follows from addresses alone. */
export function plainJourney(pair: Pair): Journey {
  return journeyOf(pair, plain)
}

export function journeyOf({ from, to, source, destination }: Pair, payload: Payload): Journey {
  return { from, to, packet: packetBetween(source, destination, payload) }
}

export function packetBetween(source: Address, destination: Address, payload: Payload): Packet {
  return { source, destination, payload, length: 40 }
}

function isExempt(hops: readonly Hop[]): boolean {
  return hops[0]?.kind === 'exempt' && hops.every(({ outcome }) => outcome === 'passes')
}

function isRulesOf(direction: Direction): (hop: Hop) => boolean {
  return (hop) => hop.kind === 'rules' && hop.direction === direction
}

/** Rules are asked elsewhere; what is no matter of services stops all or nothing. */
function passedBy(terrain: Terrain, diagrams: Diagrams, pair: Pair, hop: Hop): Diagram {
  if (hop.kind === 'rules') return everything
  if (hop.kind === 'acl') return aclSet(terrain, diagrams, pair, hop)
  return hop.outcome === 'stops' ? nothing : everything
}

function aclSet(terrain: Terrain, diagrams: Diagrams, pair: Pair, hop: HopOf<'acl'>): Diagram {
  const hosts = [terrain.hostAt(pair.from), terrain.hostAt(pair.to)]
  const acl = hosts.find((host) => host?.policy.acl.id === hop.acl)?.policy.acl
  const peer = parseAddress(hop.peer)
  if (!acl || !peer) return nothing
  return aclServices(diagrams, acl, {
    direction: hop.direction,
    peer,
    heading: hop.leg === 'forward' ? 'there' : 'back',
  })
}

/** Ports at which one of AWS's own services answers, or is itself the client. */
function exemptServices(terrain: Terrain, diagrams: Diagrams, pair: Pair): Diagram {
  const [sender, receiver] = [terrain.hostAt(pair.from), terrain.hostAt(pair.to)]
  const peer = sender ? pair.destination : pair.source
  const host = sender ?? receiver
  if (!host || !isService(host, peer)) return nothing
  return diagrams.unionOf(
    (['tcp', 'udp'] as const).flatMap((kind) =>
      exemptPorts
        .map((port) => (sender ? { source: 40_000, destination: port } : { source: port, destination: 40_000 }))
        .filter((ports) => isExempt(walk(terrain, journeyOf(pair, transport(kind, ports)))))
        .map((ports) => portSet(diagrams, protocols[kind], sender ? 'destination' : 'source', ports)),
    ),
  )
}

function isService({ policy }: Host, peer: Address): boolean {
  return [...exemptAddresses, ...policy.resolvers].some(
    ({ family, bits }) => family === peer.family && bits === peer.bits,
  )
}

function transport(kind: 'tcp' | 'udp', ports: { readonly source: number; readonly destination: number }): Payload {
  return kind === 'tcp' ? { kind, ports, flags: tcpFlags.syn } : { kind, ports }
}

function portSet(
  diagrams: Diagrams,
  protocol: number,
  end: 'source' | 'destination',
  ports: { readonly source: number; readonly destination: number },
): Diagram {
  const number = ports[end]
  const only = [{ first: number, last: number }]
  const below =
    end === 'destination'
      ? diagrams.within(serviceLine, only, everything)
      : diagrams.within(serviceLine, [serviceLine], diagrams.within(clientLine, only, everything))
  return diagrams.within(protocolLine, [{ first: protocol, last: protocol }], below)
}
