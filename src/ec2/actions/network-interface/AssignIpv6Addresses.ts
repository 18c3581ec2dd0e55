/** AssignIpv6Addresses (spec 8.3). */

import { put } from '../../../model/change.ts'
import { reject } from '../../../model/rejection.ts'
import type { Run } from '../../action.ts'
import { addressCount, takeAddresses } from '../../input/interface-address.ts'
import { find } from '../../input/lookup.ts'
import { refusePrefixes } from '../../input/prefix-delegation.ts'

export const run: Run<'AssignIpv6Addresses'> = (input, context) => {
  refusePrefixes(input)
  const { Ipv6Addresses: given = [], Ipv6AddressCount: count } = input
  if (count !== undefined && given.length > 0) {
    reject('ParametersExclusive', { first: 'ipv6AddressCount', second: 'ipv6Addresses' })
  }
  if (count === undefined && given.length === 0) {
    reject('MissingParameter', { name: 'ipv6Addresses or ipv6AddressCount' })
  }
  const card = find(context.world, 'networkInterface', input.NetworkInterfaceId)
  const subnet = find(context.world, 'subnet', card.subnet)
  const free = count === undefined ? 0 : addressCount(count, 'ipv6AddressCount')
  const added = takeAddresses({ subnet, family: 6, given, free, card }, context)
  return {
    changes: [put('networkInterface', { ...card, ipv6Addresses: [...card.ipv6Addresses, ...added] })],
    output: { NetworkInterfaceId: card.id, AssignedIpv6Addresses: added },
  }
}
