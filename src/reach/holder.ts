/** Whom an address belongs to. A private one means something in its VPC only; a public one everywhere. */

import type { NetworkInterface } from '../model/network-interface.ts'
import { translationsOf } from '../model/public-address.ts'
import { linked, type World } from '../model/world.ts'
import { type Address, formatAddress, parseAddress } from '../net/address.ts'
import { type Cidr, parseCidr } from '../net/cidr.ts'

/** The interface that has the address inside the VPC. */
export function holderIn(world: World, vpc: string, address: Address): NetworkInterface | undefined {
  const text = formatAddress(address)
  for (const subnet of linked(world, 'subnets in vpc', vpc)) {
    const [id] = linked(world, 'interface with address', `${subnet}/${text}`)
    if (id) return world.networkInterface.get(id)
  }
  return undefined
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
