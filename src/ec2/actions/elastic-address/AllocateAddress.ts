/**
 * AllocateAddress. `Address` asks for one certain address, which AWS allows for those that were
 * allocated before; here any free one of the pool can be had.
 */

import { put } from '../../../model/change.ts'
import { newId } from '../../../model/ids.ts'
import { reject } from '../../../model/rejection.ts'
import type { World } from '../../../model/world.ts'
import type { InputOf, Run } from '../../action.ts'
import { freePublicAddress, isPoolAddress, isPublicAddressTaken } from '../../input/public-address.ts'
import { tagged, tagsFor } from '../../input/tag-specification.ts'

const pool = 'amazon'

export const run: Run<'AllocateAddress'> = (input, { world, entropy, quotas }) => {
  refuseForeignSources(input, world.scope.region)
  const tags = tagsFor(input.TagSpecifications, 'elastic-ip', quotas)
  if (world.elasticAddress.size >= quotas['elastic-addresses-per-region']) reject('AddressLimitExceeded')
  const publicAddress = input.Address ? certainAddress(world, input.Address) : freePublicAddress(world)
  const id = newId(entropy, 'eipalloc')
  const networkBorderGroup = world.scope.region
  return {
    changes: [put('elasticAddress', { id, publicAddress, networkBorderGroup }), ...tagged(id, tags)],
    output: {
      AllocationId: id,
      PublicIp: publicAddress,
      PublicIpv4Pool: pool,
      NetworkBorderGroup: networkBorderGroup,
      Domain: 'vpc',
    },
  }
}

function refuseForeignSources(input: InputOf<'AllocateAddress'>, region: string): void {
  const { Domain = 'vpc', PublicIpv4Pool = pool, NetworkBorderGroup = region } = input
  if (Domain !== 'vpc') {
    reject('InvalidParameterValue', { value: Domain, name: 'domain', reason: 'Expecting vpc.' })
  }
  if (PublicIpv4Pool !== pool) reject('PublicPoolNotFound', { pool: PublicIpv4Pool })
  if (NetworkBorderGroup !== region) {
    const reason = `Expecting ${region}.`
    reject('InvalidParameterValue', { value: NetworkBorderGroup, name: 'networkBorderGroup', reason })
  }
  if (input.IpamPoolId) reject('InterfaceFeatureUnsupported', { feature: 'Allocating from an IPAM pool' })
  if (input.CustomerOwnedIpv4Pool) {
    reject('InterfaceFeatureUnsupported', { feature: 'Allocating from a customer-owned pool' })
  }
}

function certainAddress(world: World, address: string): string {
  if (!isPoolAddress(address)) reject('AddressNotFound', { address })
  return isPublicAddressTaken(world, address) ? reject('AddressInUse', { address }) : address
}
