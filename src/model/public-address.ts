/** Which public addresses lead to an interface's private ones. They live in three places, and one hides another. */

import type { NetworkInterface } from './network-interface.ts'
import { linked, type World } from './world.ts'

/** A public IPv4 address and the private one that an internet gateway translates it to. */
export interface Translation {
  readonly publicAddress: string
  readonly privateAddress: string
}

/** An elastic address takes the place of the one that came with the launch. */
export function translationsOf(world: World, card: NetworkInterface): Translation[] {
  const elastic = linked(world, 'elastic addresses of interface', card.id).flatMap((id): Translation[] => {
    const address = world.elasticAddress.get(id)
    const privateAddress = address?.association?.privateAddress
    return privateAddress === undefined ? [] : [{ publicAddress: address?.publicAddress ?? '', privateAddress }]
  })
  const [primary] = card.privateAddresses
  const { autoAssignedPublicAddress: launched } = card
  const isReplaced = elastic.some(({ privateAddress }) => privateAddress === primary?.address)
  if (launched === undefined || primary === undefined || isReplaced) return elastic
  return [{ publicAddress: launched, privateAddress: primary.address }, ...elastic]
}
