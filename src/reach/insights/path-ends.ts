/**
 * The ends of a path as places, at the addresses that its filters leave. Where a filter asks for what an end
 * cannot be, there is nothing to try, and that is the explanation.
 */

import { interfacesOf } from '../../model/attached-interface.ts'
import type { VpcId } from '../../model/ids.ts'
import type { NetworkInsightsPath, PathExplanation } from '../../model/network-insights.ts'
import type { NetworkInterface } from '../../model/network-interface.ts'
import type { Peering } from '../../model/peering.ts'
import type { InternetGateway } from '../../model/routing.ts'
import type { World } from '../../model/world.ts'
import { type Address, formatAddress, parseAddress } from '../../net/address.ts'
import { blockAround, type Cidr, containsAddress } from '../../net/cidr.ts'
import { isSpecial } from '../../net/special-blocks.ts'
import { pairsOf } from '../explain.ts'
import { blocksOfVpc, privateOf, publicOf } from '../holder.ts'
import { cardPlace, type OutsidePlace, type Place, type PlacePair, placesNamed } from '../place.ts'
import { componentOf, placeComponents } from './component.ts'
import { specialCode } from './path-explanations.ts'

/** Pairs of places to try, and why others are none. */
export interface PathEnds {
  readonly pairs: readonly PlacePair[]
  readonly misfits: readonly PathExplanation[]
}

export function endsOf(world: World, path: NetworkInsightsPath): PathEnds {
  const misfits: PathExplanation[] = []
  const keep = <T>(found: T | PathExplanation): T[] => {
    if (!isMisfit(found)) return [found]
    misfits.push(found)
    return []
  }
  const senders = sourcesOf(world, path).flatMap(keep)
  const receivers = destinationsOf(world, path).flatMap(keep)
  const pairs = pairsOf(senders, receivers)
  if (pairs.length === 0 && misfits.length === 0) misfits.push({ code: 'NO_PATH' })
  return { pairs: pairs.flatMap((pair) => keep(fitted(world, path, pair))), misfits }
}

function isMisfit(found: unknown): found is PathExplanation {
  return typeof found === 'object' && found !== null && 'code' in found
}

/** Filters and the plain parameters say the same thing; a request has one of them. */
function wantedAddresses({ sourceIp, destinationIp, filterAtSource, filterAtDestination }: NetworkInsightsPath) {
  return {
    source: filterAtSource?.sourceAddress ?? sourceIp,
    sourceOnArrival: filterAtDestination?.sourceAddress,
    destination: filterAtSource?.destinationAddress ?? destinationIp,
    destinationOnArrival: filterAtDestination?.destinationAddress,
  }
}

function sourcesOf(world: World, path: NetworkInsightsPath): (Place | PathExplanation)[] {
  const wanted = wantedAddresses(path)
  const peering = world.peering.get(path.source)
  if (peering) return peeringPlaces(world, peering, wanted.source ?? wanted.sourceOnArrival, receivingVpcs(world, path))
  const gateway = world.internetGateway.get(path.source)
  // Nothing translates an address outside: it is seen as it is.
  if (gateway) return [gatewayPlace(world, gateway, wanted.source ?? wanted.sourceOnArrival, 'ingress')]
  return interfacesAt(world, path.source).map((card) => interfacePlace(world, card, wanted.source, 'sender'))
}

function destinationsOf(world: World, path: NetworkInsightsPath): (Place | PathExplanation)[] {
  const wanted = wantedAddresses(path)
  const address = wanted.destination ?? wanted.destinationOnArrival
  if (path.destination === undefined) {
    return placesNamed(world, address ?? '0.0.0.0/0').filter((place) => place.kind === 'interface' || isIpv4(place))
  }
  const peering = world.peering.get(path.destination)
  if (peering) return peeringPlaces(world, peering, address, vpcsOf(interfacesAt(world, path.source)))
  const gateway = world.internetGateway.get(path.destination)
  if (gateway) return [gatewayPlace(world, gateway, address, 'egress')]
  return interfacesAt(world, path.destination).map((card) => interfacePlace(world, card, address, 'receiver'))
}

function isIpv4({ block }: OutsidePlace): boolean {
  return block.family === 4
}

/** The interfaces of an instance, or the one that was named. An end that is gone has none. */
function interfacesAt(world: World, id: string): NetworkInterface[] {
  const card = world.networkInterface.get(id)
  const instance = world.instance.get(id)
  return card ? [card] : instance ? interfacesOf(world, instance) : []
}

/** Why there are none. */
export function missingEnd(world: World, id: string): PathExplanation | undefined {
  const peering = world.peering.get(id)
  if (peering && peering.state !== 'active') {
    return { code: 'BAD_STATE', component: componentOf(world, id), state: peering.state }
  }
  if (peering || world.internetGateway.has(id) || interfacesAt(world, id).length > 0) return undefined
  const state = world.instance.get(id)?.state
  if (state !== undefined) return { code: 'BAD_STATE', component: componentOf(world, id), state }
  return { code: 'NO_SOURCE_OR_DESTINATION', missingComponent: id }
}

/** What is on the other side of the peering connection, as the path's other end sees it. */
function peeringPlaces(
  world: World,
  { id, requester, accepter }: Peering,
  wanted: string | undefined,
  vpcs: ReadonlySet<VpcId>,
): (Place | PathExplanation)[] {
  const far = [requester, accepter].find(({ vpc }, index) => vpcs.has([accepter, requester][index]?.vpc ?? vpc))?.vpc
  if (far === undefined) return disconnected(world, requester.vpc, vpcs)
  const address = wanted === undefined ? undefined : parseAddress(wanted)
  // Another account's VPC may have any address.
  const blocks = world.vpc.has(far) ? blocksOfVpc(world, far).filter(({ family }) => family === 4) : [anywhere]
  const own = address ? blocks.filter((block) => containsAddress(block, address)) : blocks
  if (address && own.length === 0) {
    return [
      { code: 'PCX_REQUIRES_ADDRESS_IN_VPC_CIDR', peering: { id }, vpc: componentOf(world, far), ...text(address) },
    ]
  }
  return own.map((block) => {
    const asked = address ? blockAround(address, 32) : block
    return { kind: 'outside', name: id, block: asked, without: [], behind: id }
  })
}

const anywhere: Cidr = { family: 4, first: 0n, length: 0 }

/** Of the path's destination, or of whoever has its address. */
function receivingVpcs(world: World, path: NetworkInsightsPath): ReadonlySet<VpcId> {
  if (path.destination !== undefined) return vpcsOf(interfacesAt(world, path.destination))
  return vpcsOf(destinationsOf(world, path).flatMap((place) => ('card' in place ? [place.card] : [])))
}

function vpcsOf(cards: readonly NetworkInterface[]): ReadonlySet<VpcId> {
  return new Set(cards.map(({ vpc }) => vpc))
}

function disconnected(world: World, near: VpcId, [far]: Iterable<VpcId>): PathExplanation[] {
  if (far === undefined) return []
  return [{ code: 'DISCONNECTED_VPCS', sourceVpc: componentOf(world, near), destinationVpc: componentOf(world, far) }]
}

/** What is on the other side of the gateway. */
function gatewayPlace(
  world: World,
  gateway: InternetGateway,
  wanted: string | undefined,
  direction: 'ingress' | 'egress',
): Place | PathExplanation {
  const internetGateway = componentOf(world, gateway.id)
  if (gateway.attachedTo === undefined) return { code: 'UNASSOCIATED_COMPONENT', component: internetGateway }
  const address = wanted === undefined ? undefined : parseAddress(wanted)
  if (address === undefined) {
    const everywhere = placesNamed(world, 'internet').find((place) => place.kind === 'outside' && isIpv4(place))
    return everywhere ?? { code: 'NO_PATH' }
  }
  if (direction === 'ingress' && isSpecial(address)) {
    return { code: specialCode(formatAddress(address), direction), direction, internetGateway, ...text(address) }
  }
  return { kind: 'outside', name: formatAddress(address), block: blockAround(address, 32), without: [] }
}

function text(address: Address): { readonly address: string } {
  return { address: formatAddress(address) }
}

/** The interface at its first IPv4 address, or at the one that was asked for: a public one too. */
function interfacePlace(
  world: World,
  card: NetworkInterface,
  wanted: string | undefined,
  role: 'sender' | 'receiver',
): Place | PathExplanation {
  const place = cardPlace(card)
  const address = wanted === undefined ? undefined : parseAddress(wanted)
  if (address === undefined) return { ...place, addresses: place.addresses.filter(({ family }) => family === 4) }
  const isOwn = card.privateAddresses.some((own) => own.address === formatAddress(address))
  if (isOwn || (role === 'receiver' && privateOf(world, card, address))) {
    return { ...place, addresses: [address], isByAddress: true }
  }
  return {
    code: role === 'sender' && card.sourceDestCheck ? 'ENI_SOURCE_DEST_CHECK_RESTRICTION' : 'ENI_ADDRESS_RESTRICTION',
    direction: role === 'sender' ? 'egress' : 'ingress',
    networkInterface: componentOf(world, card.id),
    ...placeComponents(world, card),
    ...text(address),
  }
}

/** The pair, if the gateway is the other end's own and the packet arrives as the filter at the destination wants it. */
function fitted(world: World, path: NetworkInsightsPath, pair: PlacePair): PlacePair | PathExplanation {
  const [from, to] = pair
  const ends = [
    { id: path.source, other: to },
    { id: path.destination, other: from },
  ]
  for (const { id, other } of ends) {
    const vpc = world.internetGateway.get(id ?? '')?.attachedTo
    if (vpc === undefined || other.kind === 'outside' || other.card.vpc === vpc) continue
    const [near, far] = [componentOf(world, vpc), componentOf(world, other.card.vpc)]
    const [sourceVpc, destinationVpc] = id === path.source ? [near, far] : [far, near]
    return { code: 'DISCONNECTED_VPCS', sourceVpc, destinationVpc }
  }
  const wanted = wantedAddresses(path)
  const source = arrivingSource(world, pair)
  if (!isWanted(wanted.sourceOnArrival, source)) {
    return { code: 'FILTER_AT_DESTINATION_SOURCE_ADDRESS', address: wanted.sourceOnArrival ?? '' }
  }
  if (!isWanted(wanted.destinationOnArrival, arrivingDestination(world, to))) {
    return { code: 'FILTER_AT_DESTINATION_DESTINATION_ADDRESS', address: wanted.destinationOnArrival ?? '' }
  }
  return pair
}

/** Undefined where many addresses are meant. */
function isWanted(wanted: string | undefined, found: Address | undefined): boolean {
  return wanted === undefined || found === undefined || formatAddress(found) === wanted
}

function arrivingSource(world: World, [from, to]: PlacePair): Address | undefined {
  if (from.kind === 'outside') return single(from)
  const [own] = from.addresses
  const isTranslated =
    to.kind === 'outside' ? to.behind === undefined : to.addresses.some((each) => privateOf(world, to.card, each))
  return own && isTranslated ? (publicOf(world, from.card, own) ?? own) : own
}

function arrivingDestination(world: World, to: Place): Address | undefined {
  if (to.kind === 'outside') return single(to)
  const [own] = to.addresses
  return own && (privateOf(world, to.card, own) ?? own)
}

function single({ block: { family, first, length } }: OutsidePlace): Address | undefined {
  return length === 32 ? { family, bits: first } : undefined
}
