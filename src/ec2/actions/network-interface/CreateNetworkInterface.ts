/** CreateNetworkInterface (spec 8.3). */

import { put } from '../../../model/change.ts'
import { apply } from '../../../model/world.ts'
import type { Run } from '../../action.ts'
import { trackingFrom } from '../../input/connection-tracking.ts'
import { find } from '../../input/lookup.ts'
import { newInterface } from '../../input/new-interface.ts'
import { refusePrefixes } from '../../input/prefix-delegation.ts'
import { tagged, tagsFor } from '../../input/tag-specification.ts'
import { viewInterface } from '../../view/network-interface.ts'

export const run: Run<'CreateNetworkInterface'> = (input, context) => {
  const { world, quotas } = context
  refusePrefixes(input)
  const tags = tagsFor(input.TagSpecifications, 'network-interface', quotas)
  const card = newInterface(
    {
      subnet: find(world, 'subnet', input.SubnetId),
      groups: input.Groups,
      description: input.Description,
      privateIpAddress: input.PrivateIpAddress,
      privateIpAddresses: input.PrivateIpAddresses,
      secondaryPrivateIpAddressCount: input.SecondaryPrivateIpAddressCount,
      ipv6Addresses: input.Ipv6Addresses,
      ipv6AddressCount: input.Ipv6AddressCount,
      hasPrimaryIpv6: input.EnablePrimaryIpv6,
      tracking: trackingFrom(input.ConnectionTrackingSpecification),
      interfaceType: input.InterfaceType,
      limit: 'interface',
    },
    context,
  )
  const changes = [put('networkInterface', card), ...tagged(card.id, tags)]
  const view = viewInterface(apply(world, changes), card)
  return { changes, output: { NetworkInterface: { ...view, Status: 'pending' }, ClientToken: input.ClientToken } }
}
