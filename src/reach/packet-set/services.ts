/**
 * What rules and ACL entries say of protocol, ports and ICMP fields, as sets. match.ts holds the same
 * against single packets and is the truth: services.property.test.ts holds the two equal.
 */

import type { Direction, Traffic } from '../../model/rule.ts'
import type { Address, Family } from '../../net/address.ts'
import { containsAddress } from '../../net/cidr.ts'
import { counterpart } from '../../packet/icmp.ts'
import type { AclLine, AclPolicy } from '../../policy/policy.ts'
import { type Diagram, type Diagrams, everything, type Line, nothing } from './diagram.ts'
import { clientLine, protocolLine, protocols, serviceLine } from './lines.ts'

/** Which way a packet goes: an answer goes to the client's port, and its ICMP type is the answering one. */
export type Heading = 'there' | 'back'

export function trafficServices(diagrams: Diagrams, traffic: Traffic): Diagram {
  switch (traffic.protocol) {
    case 'all':
      return everything
    case 'tcp':
    case 'udp':
      return service(diagrams, protocols[traffic.protocol], [{ first: traffic.from, last: traffic.to }])
    case 'icmp':
    case 'icmpv6':
      return service(diagrams, protocols[traffic.protocol], messages(traffic))
    default:
      return ofProtocol(diagrams, traffic.protocol, everything)
  }
}

function ofProtocol(diagrams: Diagrams, protocol: number, below: Diagram): Diagram {
  return diagrams.within(protocolLine, [{ first: protocol, last: protocol }], below)
}

function service(diagrams: Diagrams, protocol: number, ranges: readonly Line[]): Diagram {
  return ofProtocol(diagrams, protocol, diagrams.within(serviceLine, ranges, everything))
}

/** A rule's ICMP fields on the line of services; -1 is all. */
function messages({ type, code }: { readonly type: number; readonly code: number }): Line[] {
  if (type === -1 && code === -1) return [serviceLine]
  const types = type === -1 ? Array.from({ length: 256 }, (_, each) => each) : [type]
  return types.map((each) => ({
    first: each * 256 + Math.max(0, code),
    last: each * 256 + (code === -1 ? 255 : code),
  }))
}

/** What the ACL lets by to or from the peer: the first line that matches decides. */
export function aclServices(
  diagrams: Diagrams,
  { lines }: AclPolicy,
  { direction, peer, heading }: { readonly direction: Direction; readonly peer: Address; readonly heading: Heading },
): Diagram {
  return lines[direction]
    .filter(({ cidr }) => containsAddress(cidr, peer))
    .reduceRight<Diagram>((rest, line) => decided(diagrams, rest, line, heading), nothing)
}

/** What passes a line and those behind it. */
function decided(diagrams: Diagrams, rest: Diagram, line: AclLine, heading: Heading): Diagram {
  const own = lineServices(diagrams, line, heading)
  return line.action === 'allow' ? diagrams.union(rest, own) : diagrams.difference(rest, own)
}

/** Ports count for TCP and UDP, type and code for ICMP; with any other protocol they are ignored (data-plane 3). */
function lineServices(diagrams: Diagrams, { protocol, ports, icmp }: AclLine, heading: Heading): Diagram {
  if (protocol === -1) return everything
  if (protocol === protocols.tcp || protocol === protocols.udp) {
    if (!ports) return ofProtocol(diagrams, protocol, everything)
    const range = [{ first: ports.from, last: ports.to }]
    if (heading === 'there') return service(diagrams, protocol, range)
    const toClient = diagrams.within(clientLine, range, everything)
    return ofProtocol(diagrams, protocol, diagrams.within(serviceLine, [serviceLine], toClient))
  }
  const name = protocol === protocols.icmp ? 'icmp' : protocol === protocols.icmpv6 ? 'icmpv6' : undefined
  if (name === undefined || icmp === undefined) return ofProtocol(diagrams, protocol, everything)
  if (heading === 'there' || icmp.type === -1) return service(diagrams, protocol, messages(icmp))
  // The only type whose answer has this one: counterparts come in pairs.
  const asking = { type: counterpart({ protocol: name, type: icmp.type }), code: icmp.code }
  return service(diagrams, protocol, messages(asking))
}

/** From where most systems begin to draw client ports (data-plane 3). */
export const clientPorts: Line = { first: 1024, last: 65_535 }

/** Neighbour discovery is IPv6's ARP: it never leaves a link and nothing filters it (data-plane 1.2). */
const discovery: Line = { first: 133 * 256, last: 136 * 256 + 255 }

/**
 * All traffic that may begin something, of an IP family: TCP and UDP from a client port to any port, every
 * ICMP message but neighbour discovery, every other protocol.
 */
export function openings(diagrams: Diagrams, family: Family): Diagram {
  const known = knownOpenings.get(diagrams)
  if (known) return known[family]
  const made = { 4: openingsOf(diagrams, 4), 6: openingsOf(diagrams, 6) }
  knownOpenings.set(diagrams, made)
  return made[family]
}

const knownOpenings = new WeakMap<Diagrams, Readonly<Record<Family, Diagram>>>()

function openingsOf(diagrams: Diagrams, family: Family): Diagram {
  const clients = diagrams.within(clientLine, [clientPorts], everything)
  const transport = diagrams.within(serviceLine, [serviceLine], clients)
  const others = diagrams.difference(
    everything,
    diagrams.unionOf(Object.values(protocols).map((protocol) => ofProtocol(diagrams, protocol, everything))),
  )
  const icmp =
    family === 4
      ? ofProtocol(diagrams, protocols.icmp, everything)
      : diagrams.difference(
          ofProtocol(diagrams, protocols.icmpv6, everything),
          service(diagrams, protocols.icmpv6, [discovery]),
        )
  return diagrams.unionOf([
    others,
    icmp,
    ofProtocol(diagrams, protocols.tcp, transport),
    ofProtocol(diagrams, protocols.udp, transport),
  ])
}
