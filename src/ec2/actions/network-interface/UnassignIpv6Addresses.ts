/** UnassignIpv6Addresses (spec 8.3). Addresses compare by value, whichever way the request spells them. */

import { put } from '../../../model/change.ts'
import { reject } from '../../../model/rejection.ts'
import { formatAddress, parseAddress } from '../../../net/address.ts'
import type { Run } from '../../action.ts'
import { find, required } from '../../input/lookup.ts'
import { refusePrefixes } from '../../input/prefix-delegation.ts'

export const run: Run<'UnassignIpv6Addresses'> = (input, { world }) => {
  refusePrefixes(input)
  const card = find(world, 'networkInterface', input.NetworkInterfaceId)
  const addresses = required(input.Ipv6Addresses, 'ipv6Addresses').map(canonical)
  for (const address of addresses) {
    if (!card.ipv6Addresses.includes(address)) reject('AddressNotAssigned', { address, id: card.id })
    const isPrimary = card.hasPrimaryIpv6 && card.ipv6Addresses[0] === address
    if (isPrimary) reject('PrimaryAddressUnassign', { address, id: card.id })
  }
  const kept = card.ipv6Addresses.filter((address) => !addresses.includes(address))
  return {
    changes: [put('networkInterface', { ...card, ipv6Addresses: kept })],
    output: { NetworkInterfaceId: card.id, UnassignedIpv6Addresses: addresses },
  }
}

function canonical(text: string): string {
  const address = parseAddress(text)
  return address ? formatAddress(address) : text
}
