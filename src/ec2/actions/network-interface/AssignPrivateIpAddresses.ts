/**
 * AssignPrivateIpAddresses (spec 8.3). With AllowReassignment a secondary address moves over from
 * another interface of the subnet, and the elastic address associated with it moves along.
 */

import { type Change, put } from '../../../model/change.ts'
import { elasticAddressesOf } from '../../../model/elastic-association.ts'
import type { NetworkInterface } from '../../../model/network-interface.ts'
import { reject } from '../../../model/rejection.ts'
import type { World } from '../../../model/world.ts'
import type { Context, InputOf, Run } from '../../action.ts'
import { addressCount, takeAddresses } from '../../input/interface-address.ts'
import { find } from '../../input/lookup.ts'
import { refusePrefixes } from '../../input/prefix-delegation.ts'
import { holderOf } from '../../input/subnet-address.ts'

export const run: Run<'AssignPrivateIpAddresses'> = (input, context) => {
  refusePrefixes(input)
  const card = find(context.world, 'networkInterface', input.NetworkInterfaceId)
  const addresses = wantedAddresses(input, card, context)
  const added = addresses.map((address) => ({ address, isPrimary: false }))
  const taker = { ...card, privateAddresses: [...card.privateAddresses, ...added] }
  return {
    changes: [...movedChanges(context.world, addresses, card), put('networkInterface', taker)],
    output: {
      NetworkInterfaceId: card.id,
      AssignedPrivateIpAddresses: addresses.map((address) => ({ PrivateIpAddress: address })),
    },
  }
}

function wantedAddresses(
  input: InputOf<'AssignPrivateIpAddresses'>,
  card: NetworkInterface,
  context: Context,
): string[] {
  const { PrivateIpAddresses: given = [], SecondaryPrivateIpAddressCount: count, AllowReassignment = false } = input
  if (count !== undefined && given.length > 0) {
    reject('ParametersExclusive', { first: 'secondaryPrivateIpAddressCount', second: 'privateIpAddresses' })
  }
  if (count === undefined && given.length === 0) {
    reject('MissingParameter', { name: 'privateIpAddresses or secondaryPrivateIpAddressCount' })
  }
  const own = card.privateAddresses.map(({ address }) => address)
  return takeAddresses(
    {
      subnet: find(context.world, 'subnet', card.subnet),
      family: 4,
      given: AllowReassignment ? given.filter((address) => !own.includes(address)) : given,
      free: count === undefined ? 0 : addressCount(count, 'secondaryPrivateIpAddressCount'),
      card,
      mayMove: AllowReassignment,
    },
    context,
  )
}

/** Takes each address from the interface that has it. */
function movedChanges(world: World, addresses: readonly string[], taker: NetworkInterface): Change[] {
  const givers = new Set(addresses.map((address) => holderOf(world, taker.subnet, address)))
  return [...givers].flatMap((id) => {
    const giver = id && world.networkInterface.get(id)
    if (!giver) return []
    const primary = giver.privateAddresses.find(({ address, isPrimary }) => isPrimary && addresses.includes(address))
    if (primary) reject('PrimaryAddressUnassign', { address: primary.address, id: giver.id })
    const kept = giver.privateAddresses.filter(({ address }) => !addresses.includes(address))
    const elastic = elasticAddressesOf(world, giver, addresses).flatMap((each) => {
      const association = each.association && { ...each.association, networkInterface: taker.id }
      return association ? [put('elasticAddress', { ...each, association })] : []
    })
    return [put('networkInterface', { ...giver, privateAddresses: kept }), ...elastic]
  })
}
