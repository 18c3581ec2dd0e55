/** A new network interface from what a request says of it, whether it comes alone or with an instance. */

import { newId } from '../../model/ids.ts'
import type { ConnectionTracking, NetworkInterface } from '../../model/network-interface.ts'
import { reject } from '../../model/rejection.ts'
import type { Context } from '../action.ts'
import { type AddressWishes, ipv6AddressesFor, privateAddressesFor } from './interface-address.ts'
import { type GroupLimit, interfaceGroups } from './interface-groups.ts'

export interface InterfaceRequest extends AddressWishes {
  /** Ids as given; absent or empty means the VPC's default group. */
  readonly groups?: readonly string[] | undefined
  readonly description?: string | undefined
  readonly tracking?: ConnectionTracking | undefined
  readonly interfaceType?: string | undefined
  readonly limit: GroupLimit
}

/** What a request may ask for; `efa-only` interfaces carry no IP traffic and have no addresses. */
const interfaceTypes = ['interface', 'efa', 'efa-only', 'trunk']

/** Picks the addresses that the request leaves open; for several interfaces, each call needs the world after the last. */
export function newInterface(request: InterfaceRequest, context: Context): NetworkInterface {
  const { subnet, description = '', tracking = {}, interfaceType = 'interface', limit } = request
  const { world, entropy, quotas } = context
  if (!interfaceTypes.includes(interfaceType)) {
    const reason = `Expecting one of ${interfaceTypes.join(', ')}.`
    reject('InvalidParameterValue', { value: interfaceType, name: 'interfaceType', reason })
  }
  const place = { vpc: subnet.vpc, subnet: subnet.id }
  const groups = interfaceGroups(request.groups, place, context, limit)
  if (world.networkInterface.size >= quotas['network-interfaces-per-region']) reject('InterfaceLimitExceeded')
  return {
    id: newId(entropy, 'eni'),
    ...place,
    zone: subnet.zone,
    description,
    macAddress: macAddress(entropy.hex(10)),
    ...addressesFor({ ...request, interfaceType }, context),
    groups,
    sourceDestCheck: true,
    interfaceType,
    tracking,
  }
}

function addressesFor(
  request: InterfaceRequest,
  context: Context,
): Pick<NetworkInterface, 'privateAddresses' | 'ipv6Addresses' | 'hasPrimaryIpv6'> {
  if (request.interfaceType === 'efa-only') {
    const { privateIpAddress, privateIpAddresses, secondaryPrivateIpAddressCount, ipv6Addresses, ipv6AddressCount } =
      request
    const counts = (secondaryPrivateIpAddressCount ?? 0) + (ipv6AddressCount ?? 0)
    if (privateIpAddress || privateIpAddresses || ipv6Addresses || counts > 0) reject('AddressesOfEfaOnly')
    return { privateAddresses: [], ipv6Addresses: [] }
  }
  return {
    privateAddresses: privateAddressesFor(request, context).map((address, index) => {
      return { address, isPrimary: index === 0 }
    }),
    ipv6Addresses: ipv6AddressesFor(request, context),
    ...(request.hasPrimaryIpv6 ? { hasPrimaryIpv6: true } : {}),
  }
}

/** The `02` marks an address that no vendor assigned. */
function macAddress(digits: string): string {
  return `02:${(digits.match(/../g) ?? []).join(':')}`
}
