/**
 * The hops of a packet that passes, as the components of AWS's path: what stands at each end, and what lies
 * between with the rule, the entry or the route that let the packet by.
 */

import type { ComponentFilter, PacketHeader, PathComponent } from '../../model/network-insights.ts'
import type { NetworkInterface } from '../../model/network-interface.ts'
import type { Peering } from '../../model/peering.ts'
import type { World } from '../../model/world.ts'
import { type Address, formatAddress } from '../../net/address.ts'
import { formatCidr } from '../../net/cidr.ts'
import { blocksOfRange } from '../../net/cidr-cover.ts'
import { protocolNumber } from '../../packet/packet.ts'
import { privateOf, publicOf } from '../holder.ts'
import type { Hop, HopOf, Leg } from '../hop.ts'
import type { Part } from '../parts.ts'
import type { Place, PlacePair } from '../place.ts'
import type { Trial } from '../trial.ts'
import { entryCited, routeCited, ruleCited } from './cited.ts'
import { componentOf, placeComponents } from './component.ts'

/** The way there and the answer's way back; nothing comes back where nothing is filtered. */
export interface ComponentLists {
  readonly forward: readonly PathComponent[]
  readonly back: readonly PathComponent[]
}

export function componentsOf(world: World, trial: Trial, wanted: ComponentFilter): ComponentLists {
  const { from, to } = trial.probe.journey
  const headers = headersOf(world, trial)
  const along = (leg: Leg) =>
    trial.hops.filter((hop) => hop.leg === leg).flatMap((hop) => between(world, hop, headers, wanted))
  const there = headers.forward
  const back = headers.back
  const isAnswered = trial.hops.some(({ kind }) => kind !== 'exempt')
  return {
    forward: [...leaving(world, [from, to], there), ...along('forward'), ...arriving(world, to, there)],
    back: isAnswered ? [...leaving(world, [to, from], back), ...along('return'), ...arriving(world, from, back)] : [],
  }
}

/** What a packet says when it is sent and when it is received: an internet gateway translates IPv4 between the two. */
interface Headers {
  readonly sent: PacketHeader
  readonly received: PacketHeader
}

function headersOf(world: World, { probe }: Trial): Readonly<Record<'forward' | 'back', Headers>> {
  const { from, to, packet } = probe.journey
  // A peering connection translates nothing.
  const isOutside = [from, to].some((place) => place.kind === 'outside' && place.behind === undefined)
  const protocol = protocolNumber(packet.payload)
  const [clients, services] = [spans(probe.clientPorts), spans(probe.ports)]
  const source = from.kind === 'outside' ? blocks(probe.addresses) : [host(packet.source)]
  const destination = to.kind === 'outside' ? blocks(probe.addresses) : [host(packet.destination)]
  // Over the internet each side knows the other by its public address.
  const isPublic = isOutside || (to.kind === 'interface' && privateOf(world, to.card, packet.destination) !== undefined)
  const seenSource = from.kind === 'interface' && isPublic ? [host(outer(world, from.card, packet.source))] : source
  const inner =
    to.kind === 'interface' ? (privateOf(world, to.card, packet.destination) ?? packet.destination) : undefined
  const asked =
    to.kind === 'interface' && from.kind === 'outside'
      ? [host(isPublic ? outer(world, to.card, packet.destination) : packet.destination)]
      : destination
  const known = inner ? [host(inner)] : destination
  const header = (sources: readonly string[], destinations: readonly string[]): PacketHeader => ({
    sourceAddresses: sources,
    destinationAddresses: destinations,
    sourcePorts: clients,
    destinationPorts: services,
    protocol,
  })
  const answer = (sources: readonly string[], destinations: readonly string[]): PacketHeader => ({
    ...header(sources, destinations),
    sourcePorts: services,
    destinationPorts: clients,
  })
  return {
    forward: { sent: header(source, asked), received: header(seenSource, known) },
    back: { sent: answer(known, seenSource), received: answer(asked, source) },
  }
}

function outer(world: World, card: NetworkInterface, address: Address): Address {
  return publicOf(world, card, address) ?? address
}

function host(address: Address): string {
  return `${formatAddress(address)}/${address.family === 4 ? 32 : 128}`
}

function blocks(part: Part): string[] {
  return part.flatMap(({ first, last }) => blocksOfRange({ family: 4, first, last }).map(formatCidr))
}

function spans(part: Part): { readonly from: number; readonly to: number }[] {
  return part.map(({ first, last }) => ({ from: Number(first), to: Number(last) }))
}

function leaving(world: World, [place, other]: PlacePair, { sent }: Headers): PathComponent[] {
  if (place.kind === 'outside') {
    const { behind } = place
    return behind ? [{ ...peeringComponent(world, behind, vpcOf(other)), outbound: sent }] : []
  }
  const { card } = place
  return [...instanceOf(world, card), { ...interfaceComponent(world, card), outbound: sent }]
}

function arriving(world: World, place: Place, { received }: Headers): PathComponent[] {
  if (place.kind === 'outside') return []
  const { card } = place
  return [{ ...interfaceComponent(world, card), inbound: received }, ...instanceOf(world, card)]
}

function instanceOf(world: World, { attachment }: NetworkInterface): PathComponent[] {
  return attachment ? [{ component: componentOf(world, attachment.instance) }] : []
}

function interfaceComponent(world: World, card: NetworkInterface): PathComponent {
  return {
    component: componentOf(world, card.id),
    ...(card.attachment ? { attachedTo: componentOf(world, card.attachment.instance) } : {}),
    ...placeComponents(world, card),
  }
}

function between(
  world: World,
  hop: Hop,
  headers: Readonly<Record<'forward' | 'back', Headers>>,
  wanted: ComponentFilter,
): PathComponent[] {
  const { sent, received } = hop.leg === 'forward' ? headers.forward : headers.back
  switch (hop.kind) {
    case 'rules':
      return groupComponents(world, hop, wanted)
    case 'acl': {
      const aclEntry = entryCited(world, hop)
      return [{ component: componentOf(world, hop.acl), ...(aclEntry ? { aclEntry } : {}) }]
    }
    case 'route':
      return routeComponents(world, hop, { inbound: sent, outbound: received })
    case 'gateway':
      if (hop.gateway === undefined) return []
      return [{ ...gatewayComponent(world, hop.gateway), inbound: sent, outbound: received }]
    case 'interface-state':
    case 'exempt':
    case 'public-address':
    case 'delivery':
      return []
    default:
      return hop satisfies never
  }
}

/** One rule is shown: of several, one of a group that was asked for and of none that was ruled out. */
function groupComponents(
  world: World,
  { rules }: HopOf<'rules'>,
  { through, avoiding }: ComponentFilter,
): PathComponent[] {
  const shown =
    rules.find(({ group }) => through.includes(group)) ??
    rules.find(({ group }) => !avoiding.includes(group)) ??
    rules[0]
  const rule = shown && ruleCited(world, shown)
  return shown && rule ? [{ component: componentOf(world, shown.group), rule }] : []
}

function routeComponents(
  world: World,
  hop: HopOf<'route'>,
  headers: Pick<PathComponent, 'inbound' | 'outbound'>,
): PathComponent[] {
  const { table, via } = hop
  if (table === undefined) return []
  const route = routeCited(world, hop)
  const shown: PathComponent = { component: componentOf(world, table), ...(route ? { route } : {}) }
  if (via?.startsWith('igw-')) return [shown, { ...gatewayComponent(world, via), ...headers }]
  return via?.startsWith('pcx-') ? [shown, peeringComponent(world, via, farSide(world, via, hop.subnet))] : [shown]
}

function gatewayComponent(world: World, id: string): PathComponent {
  const vpc = world.internetGateway.get(id)?.attachedTo
  return { component: componentOf(world, id), ...(vpc ? { vpc: componentOf(world, vpc) } : {}) }
}

/** From the one VPC to the other. */
function peeringComponent(world: World, id: string, destination: string | undefined): PathComponent {
  const peering = world.peering.get(id)
  const component = componentOf(world, id)
  if (!peering || destination === undefined) return { component }
  const source = otherVpcOf(peering, destination)
  return { component, sourceVpc: componentOf(world, source), destinationVpc: componentOf(world, destination) }
}

function farSide(world: World, id: string, subnet: string): string | undefined {
  const peering = world.peering.get(id)
  const near = world.subnet.get(subnet)?.vpc
  return peering && near && otherVpcOf(peering, near)
}

function otherVpcOf({ requester, accepter }: Peering, vpc: string): string {
  return requester.vpc === vpc ? accepter.vpc : requester.vpc
}

function vpcOf(place: Place): string | undefined {
  return place.kind === 'interface' ? place.card.vpc : undefined
}
