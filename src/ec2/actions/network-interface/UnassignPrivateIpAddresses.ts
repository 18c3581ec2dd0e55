/** UnassignPrivateIpAddresses (spec 8.3): secondary addresses only; their elastic addresses come free. */

import { put } from '../../../model/change.ts'
import { dissociated, elasticAddressesOf } from '../../../model/elastic-association.ts'
import { reject } from '../../../model/rejection.ts'
import type { Run } from '../../action.ts'
import { find, required } from '../../input/lookup.ts'
import { refusePrefixes } from '../../input/prefix-delegation.ts'

export const run: Run<'UnassignPrivateIpAddresses'> = (input, { world }) => {
  refusePrefixes(input)
  const { id, ...card } = find(world, 'networkInterface', input.NetworkInterfaceId)
  const addresses = required(input.PrivateIpAddresses, 'privateIpAddresses')
  for (const address of addresses) {
    const held = card.privateAddresses.find((each) => each.address === address)
    if (!held) reject('AddressNotAssigned', { address, id })
    if (held.isPrimary) reject('PrimaryAddressUnassign', { address, id })
  }
  const kept = card.privateAddresses.filter(({ address }) => !addresses.includes(address))
  const freed = elasticAddressesOf(world, { id, ...card }, addresses)
  return {
    changes: [
      ...freed.map((elastic) => put('elasticAddress', dissociated(elastic))),
      put('networkInterface', { id, ...card, privateAddresses: kept }),
    ],
    output: {},
  }
}
