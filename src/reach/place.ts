/** What people name as an end of a path: an interface of the world, or addresses outside of it. */

import { interfacesOf } from '../model/attached-interface.ts'
import type { PeeringId } from '../model/ids.ts'
import type { NetworkInterface } from '../model/network-interface.ts'
import { linked, type World } from '../model/world.ts'
import { type Address, addressLength, formatAddress, parseAddress } from '../net/address.ts'
import { blockAround, type Cidr, contains, containsAddress, parseCidr } from '../net/cidr.ts'
import { specialBlocks } from '../net/special-blocks.ts'
import { addressesOf, blocksOfVpc } from './holder.ts'

export interface InterfacePlace {
  readonly kind: 'interface'
  readonly card: NetworkInterface
  /** Those that packets bear: the first of each IP family, or the one that the place was named by. */
  readonly addresses: readonly Address[]
  /** An address, unlike an id, may mean interfaces of several VPCs. */
  readonly isByAddress: boolean
}

export interface OutsidePlace {
  readonly kind: 'outside'
  readonly name: string
  readonly block: Cidr
  /** Left out of the block: an interface's own, a VPC's where nobody is, what no internet gateway carries. */
  readonly without: readonly Cidr[]
  /** The peering connection that it lies behind; else the internet, or whatever a route leads to. */
  readonly behind?: PeeringId
}

/** The peering connection that one of two places lies behind. */
export function peeringAround(...places: readonly Place[]): PeeringId | undefined {
  return places.flatMap((place) => (place.kind === 'outside' ? (place.behind ?? []) : []))[0]
}

export type Place = InterfacePlace | OutsidePlace

export type PlacePair = readonly [from: Place, to: Place]

/** Text that names nothing, or names that make no question; the message says what would. */
export class UnknownPlace extends Error {
  override readonly name = 'UnknownPlace'
}

/** The places that `text` names: several if it names an instance, a tag, a CIDR. Throws UnknownPlace. */
export function placesNamed(world: World, text: string): Place[] {
  if (text === 'internet') return internet(world)
  const block = blockNamed(text)
  const places = block
    ? placesIn(world, text, block)
    : [...byId(world, text), ...byGroup(world, text), ...byTag(world, text)]
  return places.length > 0 ? places : refuse(world, text)
}

function refuse(world: World, text: string): never {
  const state = world.instance.get(text)?.state
  if (state !== undefined) throw new UnknownPlace(`${text} has no network interface: it is ${state}.`)
  throw new UnknownPlace(
    `'${text}' is no interface, instance, Name tag, address or CIDR of this world. ` +
      'Use eni-…, i-…, a Name tag, an address, a CIDR or internet; sg-…, subnet-…, vpc-… or tag:KEY=VALUE for many.',
  )
}

/** Neither what no gateway carries nor the world's own addresses. */
function internet(world: World): Place[] {
  const cards = Array.from(world.networkInterface.values())
  const own = cards.flatMap((card) => addressesOf(world, card)).map(hostBlock)
  const without = [...specialBlocks, ...vpcBlocks(world), ...own]
  return ([4, 6] as const).map((family) => {
    return { kind: 'outside', name: 'internet', block: { family, first: 0n, length: 0 }, without }
  })
}

function byId(world: World, text: string): Place[] {
  const card = world.networkInterface.get(text)
  if (card) return [cardPlace(card)]
  const instance = world.instance.get(text)
  return instance ? interfacesOf(world, instance).map(cardPlace) : []
}

export function cardPlace(card: NetworkInterface): InterfacePlace {
  const first = [card.privateAddresses[0]?.address, card.ipv6Addresses[0]]
  const addresses = first.flatMap((text) => (text === undefined ? [] : (parseAddress(text) ?? [])))
  return { kind: 'interface', card, addresses, isByAddress: false }
}

/** All interfaces that carry a group, or are in a subnet or a VPC. */
function byGroup(world: World, text: string): Place[] {
  const links = { sg: 'interfaces of group', subnet: 'interfaces in subnet', vpc: 'interfaces in vpc' } as const
  const kind = (Object.keys(links) as (keyof typeof links)[]).find((each) => text.startsWith(`${each}-`))
  const ids = kind ? linked(world, links[kind], text) : []
  return ids.flatMap((id) => byId(world, id))
}

/** `web` is a Name; `tag:role=db` any tag. */
function byTag(world: World, text: string): Place[] {
  const [, key = 'Name', value = text] = /^tag:([^=]+)=(.*)$/.exec(text) ?? []
  const ids = Array.from(world.tagSet.values())
    .filter(({ tags }) => tags.some((tag) => tag.key === key && tag.value === value))
    .map(({ id }) => id)
  const places = ids.flatMap((id) => byId(world, id))
  // An instance and its interface may bear the same name.
  return places.filter((place, index) => index === places.findIndex((each) => cardOf(each) === cardOf(place)))
}

function cardOf(place: Place): NetworkInterface | undefined {
  return place.kind === 'interface' ? place.card : undefined
}

function blockNamed(text: string): Cidr | undefined {
  const address = parseAddress(text)
  return address ? hostBlock(address) : parseCidr(text)?.cidr
}

function hostBlock(address: Address): Cidr {
  return blockAround(address, addressLength[address.family])
}

/** The interfaces with an address in the block, and what of it lies outside of every VPC. */
function placesIn(world: World, name: string, block: Cidr): Place[] {
  const inside = Array.from(world.networkInterface.values()).flatMap((card) =>
    addressesOf(world, card)
      .filter((address) => containsAddress(block, address))
      .map((address) => ({ kind: 'interface', card, addresses: [address], isByAddress: true }) as const),
  )
  const vpcs = vpcBlocks(world)
  const isWithinVpc = vpcs.some((each) => contains(each, block))
  if (isWithinVpc && inside.length > 0) return inside
  const own = inside.flatMap(({ addresses }) => addresses.map(hostBlock))
  // Nobody is at a VPC's other addresses; only a question about nothing else is about them.
  const without = isWithinVpc ? own : [...own, ...vpcs]
  return own.some((each) => contains(each, block)) ? inside : [...inside, { kind: 'outside', name, block, without }]
}

function vpcBlocks(world: World): Cidr[] {
  return Array.from(world.vpc.keys()).flatMap((id) => blocksOfVpc(world, id))
}

export function placeName(place: Place, address: Address): string {
  const name = place.kind === 'interface' ? place.card.id : place.name
  const text = formatAddress(address)
  return name === text ? name : `${name} (${text})`
}
