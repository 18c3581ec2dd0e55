/** Services that neither groups nor ACLs filter (data-plane 1.5). Addresses are AWS's well-known ones. */

import type { Direction } from '../model/rule.ts'
import { type Address, type Family, parseAddress } from '../net/address.ts'
import { containsAddress, parseCidr } from '../net/cidr.ts'
import type { Packet, Payload } from '../packet/packet.ts'
import { peerOf } from './match.ts'
import type { InterfacePolicy } from './policy.ts'

export type ExemptService =
  | 'Amazon DNS'
  | 'DHCP'
  | 'instance metadata'
  | 'ECS task metadata'
  | 'Windows activation'
  | 'Time Sync'
  | 'VPC router'
  | 'neighbour discovery'
  | 'the interface to itself'
  | 'an IPv6 link'

/** What is chosen where AWS says nothing of what is filtered at all (data-plane 8: 22 and 24). */
export interface ExemptChoices {
  /** What an interface sends to its own addresses. */
  readonly selfTraffic: 'exempt' | 'judged'
  /** Traffic with a link-local IPv6 address, other than neighbour discovery. */
  readonly linkLocal: 'judged' | 'exempt'
}

export const exemptDefaults: ExemptChoices = { selfTraffic: 'exempt', linkLocal: 'judged' }

interface Place {
  readonly service: ExemptService
  readonly addresses: readonly string[]
  /** Absent: every protocol and port. */
  readonly ports?: { readonly protocols: readonly Payload['kind'][]; readonly port: number }
}

const dns = { protocols: ['udp', 'tcp'], port: 53 } as const

const places: readonly Place[] = [
  { service: 'Amazon DNS', addresses: ['169.254.169.253', 'fd00:ec2::253'], ports: dns },
  { service: 'instance metadata', addresses: ['169.254.169.254', 'fd00:ec2::254'] },
  { service: 'ECS task metadata', addresses: ['169.254.170.2', '169.254.170.23'] },
  {
    service: 'Windows activation',
    addresses: ['169.254.169.250', '169.254.169.251'],
    ports: { protocols: ['tcp'], port: 1688 },
  },
  { service: 'Time Sync', addresses: ['169.254.169.123', 'fd00:ec2::123'], ports: { protocols: ['udp'], port: 123 } },
]

const byAddress = { 4: placesOf(4), 6: placesOf(6) } as const

/** An address that is never filtered, or that ports of it are not. */
export interface ExemptPlace {
  readonly address: Address
  readonly ports: { readonly protocols: readonly Payload['kind'][]; readonly port: number } | undefined
}

/** All of them as an interface has them, those of its VPC and subnet included. */
export function exemptPlaces({ resolvers, router }: Pick<InterfacePolicy, 'resolvers' | 'router'>): ExemptPlace[] {
  const wellKnown = places.flatMap(({ addresses, ports }) =>
    addresses.flatMap((text) => parseAddress(text) ?? []).map((address) => ({ address, ports })),
  )
  return [
    ...wellKnown,
    ...resolvers.map((address) => ({ address, ports: dns })),
    ...(router ? [{ address: router, ports: undefined }] : []),
  ]
}

function placesOf(family: Family): ReadonlyMap<bigint, Place> {
  return new Map(
    places.flatMap((place) =>
      place.addresses
        .flatMap((text) => parseAddress(text) ?? [])
        .filter((address) => address.family === family)
        .map(({ bits }) => [bits, place] as const),
    ),
  )
}

/** The addresses and ports at which an exemption begins or ends, but for those that the VPC gives. */
export const exemptAddresses = places.flatMap(({ addresses }) => addresses.flatMap((text) => parseAddress(text) ?? []))
export const exemptPorts = places.flatMap(({ ports }) => ports?.port ?? [])

/** The service that the packet belongs to, when it is never filtered. */
export function exemptService(
  policy: InterfacePolicy,
  packet: Packet,
  direction: Direction,
  choices: ExemptChoices = exemptDefaults,
): ExemptService | undefined {
  const peer = peerOf(packet, direction)
  if (isDhcp(packet.payload)) return 'DHCP'
  if (isNeighbourDiscovery(policy, packet.payload, peer)) return 'neighbour discovery'
  if (choices.linkLocal === 'exempt' && isOnLink(packet)) return 'an IPv6 link'
  if (choices.selfTraffic === 'exempt' && isToItself(policy, packet)) return 'the interface to itself'
  const place = byAddress[peer.family].get(peer.bits)
  if (place && isFor(place.ports, packet.payload, direction)) return place.service
  if (policy.resolvers.some((each) => isSame(each, peer)) && isFor(dns, packet.payload, direction)) return 'Amazon DNS'
  return policy.router && isSame(policy.router, peer) ? 'VPC router' : undefined
}

/** Router and neighbour solicitations and advertisements: IPv6's ARP, no matter of groups (data-plane 1.2). */
export const discoveryTypes: readonly number[] = [133, 134, 135, 136]

export const discoveryBlocks = ['fe80::/10', 'ff02::/16', '::/128'].flatMap((text) => parseCidr(text)?.cidr ?? [])

/** It never crosses a router, so its other end is a neighbour, a link's multicast group or still unnamed. */
function isNeighbourDiscovery({ subnet }: InterfacePolicy, payload: Payload, peer: Address): boolean {
  if (payload.kind !== 'icmp' || payload.protocol !== 'icmpv6' || !discoveryTypes.includes(payload.type)) return false
  return [...discoveryBlocks, ...subnet].some((block) => containsAddress(block, peer))
}

const linkLocal = parseCidr('fe80::/10')?.cidr

function isOnLink({ source, destination }: Packet): boolean {
  return [source, destination].some((end) => linkLocal !== undefined && containsAddress(linkLocal, end))
}

/** What an interface sends to its own addresses never leaves it (data-plane 8, 22). */
function isToItself({ addresses }: InterfacePolicy, { source, destination }: Packet): boolean {
  return addresses.some((own) => isSame(own, source)) && addresses.some((own) => isSame(own, destination))
}

export const dhcpPorts: readonly (readonly [number, number])[] = [
  [67, 68],
  [68, 67],
  [546, 547],
  [547, 546],
]

function isDhcp(payload: Payload): boolean {
  if (payload.kind !== 'udp') return false
  const { source, destination } = payload.ports
  return dhcpPorts.some(([one, other]) => source === one && destination === other)
}

/** The service's port is the far one: the destination of what leaves, the source of what enters. */
function isFor(ports: Place['ports'], payload: Payload, direction: Direction): boolean {
  if (ports === undefined) return true
  if (payload.kind !== 'tcp' && payload.kind !== 'udp') return false
  const far = direction === 'egress' ? payload.ports.destination : payload.ports.source
  return ports.protocols.includes(payload.kind) && far === ports.port
}

function isSame(a: Address, b: Address): boolean {
  return a.family === b.family && a.bits === b.bits
}
