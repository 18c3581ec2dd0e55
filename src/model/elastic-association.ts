/**
 * What happens to elastic addresses when interfaces lose private addresses: they stay allocated and
 * are associated with nothing.
 */

import { type Change, put } from './change.ts'
import type { ElasticAddress } from './elastic-address.ts'
import type { NetworkInterface } from './network-interface.ts'
import { linked, removal, type World } from './world.ts'

/** The same address, associated with nothing. */
export function dissociated({ association: _, ...address }: ElasticAddress): ElasticAddress {
  return address
}

/** Elastic addresses of the interface; with `privateAddresses`, those of these only. */
export function elasticAddressesOf(
  world: World,
  { id }: NetworkInterface,
  privateAddresses?: readonly string[],
): ElasticAddress[] {
  return linked(world, 'elastic addresses of interface', id).flatMap((each) => {
    const elastic = world.elasticAddress.get(each)
    const isWanted = elastic?.association && (privateAddresses?.includes(elastic.association.privateAddress) ?? true)
    return isWanted ? [elastic] : []
  })
}

/** Removes an interface for good, with its tags. */
export function interfaceRemoval(world: World, card: NetworkInterface): Change[] {
  const freed = elasticAddressesOf(world, card).map((elastic) => put('elasticAddress', dissociated(elastic)))
  return [...freed, ...removal(world, 'networkInterface', card.id)]
}
