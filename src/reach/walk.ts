/**
 * One packet's whole way, hop by hop: the sender's rules, ACL and route, the receiver's ACL and rules,
 * and the answer's way back. Every hop is asked, also behind one that stops the packet, so that a
 * refusal names all its causes; only what depends on an unknown address is not.
 */

import type { PeeringId } from '../model/ids.ts'
import type { World } from '../model/world.ts'
import { type Address, formatAddress } from '../net/address.ts'
import { isSpecial } from '../net/special-blocks.ts'
import { type Packet, reversed } from '../packet/packet.ts'
import { holderIn, privateOf, publicOf } from './holder.ts'
import type { Hop, HopOf, Leg } from './hop.ts'
import type { Host, Terrain } from './host.ts'
import { type Place, peeringAround } from './place.ts'
import type { Onward } from './route.ts'

export interface Journey {
  readonly from: Place
  readonly to: Place
  /** As the sender sends it. */
  readonly packet: Packet
}

/** Part of the way. */
interface Stretch {
  readonly hops: readonly Hop[]
  /** The packet as it comes in at the other end; undefined where nobody can tell. */
  readonly arriving: Packet | undefined
}

export function walk(terrain: Terrain, journey: Journey): readonly Hop[] {
  const { world } = terrain
  const sender = terrain.hostAt(journey.from)
  const receiver = terrain.hostAt(journey.to)
  const { hops, arriving } = wayThere(terrain, journey)
  if (arriving === undefined) return hops
  return [
    ...hops,
    ...(receiver?.checks(arriving, 'ingress', 'forward') ?? []),
    ...(receiver
      ? sent(world, receiver, reversed(arriving), { leg: 'return', to: sender, over: peeringAround(journey.from) }).hops
      : []),
    ...(sender?.checks(reversed(journey.packet), 'ingress', 'return') ?? []),
  ]
}

/** What the receiver meets: translated where the packet comes over the internet, else as it was sent. */
export function arrivingPacket(terrain: Terrain, journey: Journey): Packet {
  return wayThere(terrain, journey).arriving ?? journey.packet
}

/** What is never filtered needs no way: its service is at hand (data-plane 1.5). */
function wayThere(terrain: Terrain, { from, to, packet }: Journey): Stretch {
  const sender = terrain.hostAt(from)
  const receiver = terrain.hostAt(to)
  // Who is behind a peering connection is in the VPC at once: it translates nothing.
  if (!sender && peeringAround(from)) return { hops: [], arriving: packet }
  if (!sender) return fromOutside(terrain.world, receiver, packet)
  const exempt = sender.exempts(packet, 'egress', 'forward')
  if (exempt) {
    const kept = peeringAround(to) ? [keptHere(sender, packet, 'forward')] : keptToItself(sender, receiver, packet)
    return { hops: [exempt, ...kept], arriving: undefined }
  }
  return sent(terrain.world, sender, packet, { leg: 'forward', to: receiver, over: peeringAround(to) })
}

/** Another VPC may have the sender's address as well: what goes there from here never leaves the sender. */
function keptToItself({ card, policy }: Host, receiver: Host | undefined, { destination }: Packet): Hop[] {
  const isOwn = policy.addresses.some(({ family, bits }) => family === destination.family && bits === destination.bits)
  if (!isOwn || !receiver || receiver.card.id === card.id) return []
  const address = formatAddress(destination)
  return [{ leg: 'forward', outcome: 'stops', kind: 'delivery', where: card.vpc, address, networkInterface: card.id }]
}

interface Aim {
  readonly leg: Leg
  /** Undefined: somewhere outside. */
  readonly to: Host | undefined
  /** Where that is behind a peering connection. */
  readonly over: PeeringId | undefined
}

function sent(world: World, host: Host, packet: Packet, { leg, to, over }: Aim): Stretch {
  const { onward, hop } = host.onward(packet.destination, leg)
  const checks = host.checks(packet, 'egress', leg)
  if (over !== undefined)
    return { hops: [...checks, onlyOver(over, hop) ?? keptHere(host, packet, leg)], arriving: packet }
  const left: Hop[] = [...checks, ...(hop ? [hop] : [])]
  const { hops, arriving } = delivered(world, packet, onward, { host, leg, to, over })
  return { hops: [...left, ...hops], arriving }
}

function onlyOver(peering: PeeringId, hop: HopOf<'route'> | undefined): HopOf<'route'> | undefined {
  if (hop === undefined || hop.via === peering || hop.outcome === 'stops') return hop
  return { ...hop, outcome: 'stops', why: `which does not lead over ${peering}` }
}

/** Neighbours and services at hand are not behind a peering connection. */
function keptHere({ card }: Host, { destination }: Packet, leg: Leg): Hop {
  const address = formatAddress(destination)
  return { leg, outcome: 'stops', kind: 'delivery', where: card.vpc, address, networkInterface: undefined }
}

interface Delivery extends Aim {
  readonly host: Host
}

function delivered(world: World, packet: Packet, onward: Onward, delivery: Delivery): Stretch {
  switch (onward.kind) {
    case 'vpc':
      return insideVpc(world, packet, onward.vpc, delivery)
    case 'internet':
      return overInternet(world, packet, delivery)
    case 'nowhere':
      return {
        hops: onward.lacksInternet ? wantedForInternet(world, packet, delivery) : [],
        arriving: asReceived(world, packet, delivery),
      }
    case 'unknown':
    case 'outbound-only':
      return { hops: [], arriving: undefined }
    default:
      return onward satisfies never
  }
}

function insideVpc(world: World, packet: Packet, vpc: `vpc-${string}`, { leg, to }: Delivery): Stretch {
  const holder = holderIn(world, vpc, packet.destination)
  if (holder && holder.id === to?.card.id) return { hops: [], arriving: packet }
  const address = formatAddress(packet.destination)
  const hop: Hop = { leg, outcome: 'stops', kind: 'delivery', where: vpc, address, networkInterface: holder?.id }
  return { hops: [hop], arriving: undefined }
}

function overInternet(world: World, packet: Packet, delivery: Delivery): Stretch {
  const { host, leg, to } = delivery
  const { source, destination } = packet
  // An answer to what came from the internet leaves by the public address that it came to.
  const hops = leg === 'forward' && source.family === 4 ? [publicAddress(world, host, source, leg)] : []
  if (!to) return { hops, arriving: packet }
  if (!answersOnInternet(world, to, destination)) {
    const address = formatAddress(destination)
    const lost: Hop = {
      leg,
      outcome: 'stops',
      kind: 'delivery',
      where: 'the internet',
      address,
      networkInterface: undefined,
    }
    return { hops: [...hops, lost], arriving: undefined }
  }
  return { hops: [...hops, gateway(world, to, leg)], arriving: asReceived(world, packet, delivery) }
}

/** Without a route, what the way over the internet would ask for besides. */
function wantedForInternet(world: World, { source, destination }: Packet, { host, leg, to }: Delivery): Hop[] {
  if (leg === 'return' || isSpecial(destination) || (to && !answersOnInternet(world, to, destination))) return []
  const translation = source.family === 4 ? [publicAddress(world, host, source, leg)] : []
  const gateways = [...new Set([host, ...(to ? [to] : [])])].map((each) => gateway(world, each, leg))
  return [...gateways, ...translation]
}

function answersOnInternet(world: World, { card, policy }: Host, address: Address): boolean {
  if (address.family === 4) return privateOf(world, card, address) !== undefined
  return policy.addresses.some((own) => isSame(own, address))
}

/** What is addressed to a public address arrives at the private one, and comes from the sender's public one. */
function asReceived(world: World, packet: Packet, { host, to }: Delivery): Packet | undefined {
  const inner = to && privateOf(world, to.card, packet.destination)
  if (!inner) return packet
  const source = publicOf(world, host.card, packet.source)
  return source && { ...packet, source, destination: inner }
}

/** How a packet from outside comes in follows from where answers to its source would go. */
function fromOutside(world: World, receiver: Host | undefined, packet: Packet): Stretch {
  if (!receiver) return { hops: [], arriving: packet }
  const { source } = packet
  const destination = privateOf(world, receiver.card, packet.destination) ?? packet.destination
  const arriving = { ...packet, destination }
  const leg = 'forward'
  const service = receiver.exempts(arriving, 'ingress', leg)
  if (service) return { hops: [service], arriving: undefined }
  const { onward } = receiver.onward(source, 'return')
  if (onward.kind === 'vpc') {
    const address = formatAddress(source)
    const hop: Hop = {
      leg,
      outcome: 'stops',
      kind: 'delivery',
      where: onward.vpc,
      address,
      networkInterface: undefined,
    }
    return { hops: [hop], arriving: undefined }
  }
  if (onward.kind === 'unknown' || isSpecial(source)) return { hops: [], arriving }
  const translation = source.family === 4 ? [publicAddress(world, receiver, destination, leg)] : []
  return { hops: [gateway(world, receiver, leg), ...translation], arriving }
}

function gateway(world: World, { card }: Host, leg: Leg): Hop {
  const attached = Array.from(world.internetGateway.values()).find(({ attachedTo }) => attachedTo === card.vpc)
  return { leg, outcome: attached ? 'passes' : 'stops', kind: 'gateway', vpc: card.vpc, gateway: attached?.id }
}

function publicAddress(world: World, { card }: Host, own: Address, leg: Leg): Hop {
  const found = publicOf(world, card, own)
  const address = found && formatAddress(found)
  return { leg, outcome: found ? 'passes' : 'stops', kind: 'public-address', networkInterface: card.id, address }
}

function isSame(a: Address, b: Address): boolean {
  return a.family === b.family && a.bits === b.bits
}
