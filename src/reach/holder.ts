/** Whom an address belongs to. A private one means something in its VPC only; a public one everywhere. */

import type { NetworkInterface } from '../model/network-interface.ts'
import { translationsOf } from '../model/public-address.ts'
import { linked, type World } from '../model/world.ts'
import { type Address, formatAddress, parseAddress } from '../net/address.ts'
import { type Cidr, parseCidr } from '../net/cidr.ts'

/** The interface that has the address inside the VPC. */
export function holderIn(world: World, vpc: string, address: Address): NetworkInterface | undefined {
  const text = formatAddress(address)
  const index = indexes.get(world)
  if (index) return index.get(`${vpc}/${text}`)
  for (const subnet of linked(world, 'subnets in vpc', vpc)) {
    const [id] = linked(world, 'interface with address', `${subnet}/${text}`)
    if (id) return world.networkInterface.get(id)
  }
  return undefined
}

const indexes = new WeakMap<World, ReadonlyMap<string, NetworkInterface>>()

/** Before many questions: each then costs one look-up, whatever number of subnets the VPC has. */
export function indexHolders(world: World): void {
  if (indexes.has(world)) return
  const index = new Map<string, NetworkInterface>()
  // The search goes through the subnets in the order of their ids, and takes the first interface of the first.
  const cards = Array.from(world.networkInterface.values()).sort((a, b) =>
    a.subnet === b.subnet ? compare(a.id, b.id) : compare(a.subnet, b.subnet),
  )
  for (const card of cards) {
    const vpc = world.subnet.get(card.subnet)?.vpc
    for (const text of [...card.privateAddresses.map(({ address }) => address), ...card.ipv6Addresses]) {
      const key = `${vpc}/${text}`
      if (!index.has(key)) index.set(key, card)
    }
  }
  indexes.set(world, index)
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

export function publicOf(world: World, card: NetworkInterface, privateAddress: Address): Address | undefined {
  const text = formatAddress(privateAddress)
  const found = translationsOf(world, card).find((each) => each.privateAddress === text)
  return found && parseAddress(found.publicAddress)
}

export function privateOf(world: World, card: NetworkInterface, publicAddress: Address): Address | undefined {
  const text = formatAddress(publicAddress)
  const found = translationsOf(world, card).find((each) => each.publicAddress === text)
  return found && parseAddress(found.privateAddress)
}

/** Every address that leads to the interface: private, IPv6, public. */
export function addressesOf(world: World, card: NetworkInterface): Address[] {
  const own = [...card.privateAddresses.map(({ address }) => address), ...card.ipv6Addresses]
  const translated = translationsOf(world, card).map(({ publicAddress }) => publicAddress)
  return [...own, ...translated].flatMap((text) => parseAddress(text) ?? [])
}

/** The blocks of a VPC of this world; nothing for one of another account or Region. */
export function blocksOfVpc(world: World, id: string): Cidr[] {
  const vpc = world.vpc.get(id)
  const blocks = vpc ? [...vpc.cidrBlocks, ...vpc.ipv6CidrBlocks] : []
  return blocks.flatMap(({ cidr }) => parseCidr(cidr)?.cidr ?? [])
}
