/** An elastic address as responses show it. */

import type { ElasticAddress } from '../../model/elastic-address.ts'
import type { InstanceId } from '../../model/ids.ts'
import type { World } from '../../model/world.ts'
import type { Address } from '../protocol/types.generated.ts'
import { viewTagsOf } from './tags.ts'

export function viewAddress(world: World, elastic: ElasticAddress): Address {
  const { id, publicAddress, networkBorderGroup, association } = elastic
  return {
    AllocationId: id,
    PublicIp: publicAddress,
    PublicIpv4Pool: 'amazon',
    NetworkBorderGroup: networkBorderGroup,
    Domain: 'vpc',
    ...(association && {
      AssociationId: association.id,
      InstanceId: instanceOf(world, elastic),
      NetworkInterfaceId: association.networkInterface,
      NetworkInterfaceOwnerId: world.scope.account,
      PrivateIpAddress: association.privateAddress,
    }),
    Tags: viewTagsOf(world, id),
  }
}

/** The instance that the address leads to, if its interface is attached. */
export function instanceOf(world: World, { association }: ElasticAddress): InstanceId | undefined {
  const card = association && world.networkInterface.get(association.networkInterface)
  return card?.attachment?.instance
}
