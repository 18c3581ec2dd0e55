/** From an allocation id or a public IP in a request to the elastic address. */

import type { ElasticAddress } from '../../model/elastic-address.ts'
import { reject } from '../../model/rejection.ts'
import { linked, type World } from '../../model/world.ts'
import { parseAddress } from '../../net/address.ts'
import { find } from './lookup.ts'

export interface AddressNames {
  readonly AllocationId?: string | undefined
  readonly PublicIp?: string | undefined
}

export function addressNamed(world: World, { AllocationId, PublicIp }: AddressNames): ElasticAddress {
  if (AllocationId && PublicIp) reject('AddressIdsExclusive')
  if (AllocationId) return find(world, 'elasticAddress', AllocationId)
  if (!PublicIp) reject('MissingParameter', { name: 'AllocationId' })
  return addressWithIp(world, PublicIp)
}

/** The elastic address with that public IP. */
export function addressWithIp(world: World, address: string): ElasticAddress {
  if (parseAddress(address)?.family !== 4) reject('AddressMalformed', { address })
  const [holder] = linked(world, 'holder of public address', address)
  return (holder && world.elasticAddress.get(holder)) ?? reject('AddressNotFound', { address })
}
