/** The filters of DescribeNetworkInterfaces (spec 8.3). What a filter reads is what the view prints. */

import { formatInstant } from '../../base/clock.ts'
import type { NetworkInterface } from '../../model/network-interface.ts'
import { findZone } from '../../model/region.ts'
import type { World } from '../../model/world.ts'
import { type FilterTable, matchingNothing } from '../filter.ts'
import type { NetworkInterfaceAssociation } from '../protocol/types.generated.ts'
import { associationOf, viewInterface } from './network-interface.ts'

export function interfaceFilters(world: World): FilterTable<NetworkInterface> {
  const { account, region } = world.scope
  return {
    ...addressFilters(world),
    ...attachmentFilters(account),
    ...matchingNothing('operator.principal'),
    'availability-zone': (card) => card.zone,
    'availability-zone-id': (card) => findZone(region, card.zone)?.id,
    description: (card) => card.description,
    'group-id': (card) => card.groups,
    'interface-type': (card) => card.interfaceType,
    'ipv6-addresses.ipv6-address': (card) => card.ipv6Addresses,
    'mac-address': (card) => card.macAddress,
    'network-interface-id': (card) => card.id,
    'operator.managed': () => false,
    'owner-id': () => account,
    'private-dns-name': (card) => viewInterface(world, card).PrivateDnsName,
    'requester-id': () => account,
    'requester-managed': () => false,
    'source-dest-check': (card) => card.sourceDestCheck,
    status: (card) => (card.attachment ? 'in-use' : 'available'),
    'subnet-id': (card) => card.subnet,
    'vpc-id': (card) => card.vpc,
  }
}

function addressFilters(world: World): FilterTable<NetworkInterface> {
  const ofAssociation = (member: keyof NetworkInterfaceAssociation) => (card: NetworkInterface) =>
    card.privateAddresses.map(({ address }) => associationOf(world, card, address)?.[member])
  const addresses = (card: NetworkInterface) => card.privateAddresses.map(({ address }) => address)
  return {
    'addresses.association.owner-id': ofAssociation('IpOwnerId'),
    'addresses.association.public-ip': ofAssociation('PublicIp'),
    'addresses.primary': (card) => card.privateAddresses.map(({ isPrimary }) => isPrimary),
    'addresses.private-ip-address': addresses,
    'association.allocation-id': ofAssociation('AllocationId'),
    'association.association-id': ofAssociation('AssociationId'),
    'association.ip-owner-id': ofAssociation('IpOwnerId'),
    'association.public-dns-name': ofAssociation('PublicDnsName'),
    'association.public-ip': ofAssociation('PublicIp'),
    'private-ip-address': addresses,
  }
}

function attachmentFilters(account: string): FilterTable<NetworkInterface> {
  return {
    'attachment.attach-time': ({ attachment }) => attachment && formatInstant(attachment.attachedAt),
    'attachment.attachment-id': ({ attachment }) => attachment?.id,
    'attachment.delete-on-termination': ({ attachment }) => attachment?.deleteOnTermination,
    'attachment.device-index': ({ attachment }) => attachment?.deviceIndex,
    'attachment.instance-id': ({ attachment }) => attachment?.instance,
    'attachment.instance-owner-id': ({ attachment }) => attachment && account,
    'attachment.status': ({ attachment }) => attachment && 'attached',
  }
}
