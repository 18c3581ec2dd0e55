/** Two ends, as people name them, made into the one pair of addresses that a packet can be sent between. */

import type { World } from '../model/world.ts'
import { type Address, addressLength, type Family } from '../net/address.ts'
import { type Place, placesNamed, UnknownPlace } from '../reach/place.ts'
import { BadInput } from './bad-input.ts'

export interface Path {
  readonly from: Place
  readonly to: Place
  readonly source: Address
  readonly destination: Address
}

interface Ends {
  readonly from: string
  readonly to: string
  /** That the protocol insists on: ICMP is IPv4's, ICMPv6 is IPv6's. */
  readonly family?: Family | undefined
}

/** IPv4 where both ends have it. Throws BadInput for ends that are nobody, several, or of no common family. */
export function pathBetween(world: World, { from, to, family }: Ends): Path {
  const senders = placesOf(world, from)
  const receivers = placesOf(world, to)
  const sender = onePlace(from, senders, receivers)
  const receiver = onePlace(to, receivers, senders)
  if (sender.kind === 'outside' && receiver.kind === 'outside') {
    throw new BadInput(`Neither '${from}' nor '${to}' is an interface of this world, so there is no rule to ask.`)
  }
  for (const each of family === undefined ? ([4, 6] as const) : [family]) {
    const source = addressAt(sender, each)
    const destination = addressAt(receiver, each)
    if (source && destination) return { from: sender, to: receiver, source, destination }
  }
  const wanted = family === undefined ? 'addresses of one IP family' : `IPv${family} addresses`
  throw new BadInput(`'${from}' and '${to}' do not both have ${wanted}.`)
}

function placesOf(world: World, text: string): readonly Place[] {
  try {
    return placesNamed(world, text)
  } catch (thrown) {
    throw thrown instanceof UnknownPlace ? new BadInput(thrown.message) : thrown
  }
}

/** Of an instance the primary interface; of an address that several VPCs use, the one in the other end's VPC. */
function onePlace(text: string, places: readonly Place[], others: readonly Place[]): Place {
  const near = isShared(places)
    ? places.filter((place) => others.some((other) => vpcOf(other) === vpcOf(place)))
    : places
  const [place] = near
  if (place === undefined || (near.length > 1 && !isOneInstance(near))) {
    throw new BadInput(
      `'${text}' names several: ${places.map(nameOf).join(', ')}. A packet has one address at each end.`,
    )
  }
  if (place.kind === 'outside' && place.block.length !== addressLength[place.block.family]) {
    throw new BadInput(`'${text}' is a block of addresses. A packet has one address at each end.`)
  }
  return place
}

function isShared(places: readonly Place[]): boolean {
  return places.length > 1 && places.every((place) => place.kind === 'interface' && place.isByAddress)
}

function isOneInstance(places: readonly Place[]): boolean {
  const owners = new Set(
    places.map((place) => (place.kind === 'interface' ? place.card.attachment?.instance : undefined)),
  )
  return owners.size === 1 && !owners.has(undefined)
}

function vpcOf(place: Place): string | undefined {
  return place.kind === 'interface' ? place.card.vpc : undefined
}

function nameOf(place: Place): string {
  return place.kind === 'interface' ? place.card.id : place.name
}

function addressAt(place: Place, family: Family): Address | undefined {
  if (place.kind === 'interface') return place.addresses.find((each) => each.family === family)
  return place.block.family === family ? { family, bits: place.block.first } : undefined
}
